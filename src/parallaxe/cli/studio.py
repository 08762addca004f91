"""`parallaxe studio`: Label Studio for the project, its own server or an existing one."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from parallaxe.cli.options import JsonOption, ProjectOption, print_json

if TYPE_CHECKING:
    from parallaxe.store.project import Project
    from parallaxe.studio.client import Server

studio = typer.Typer(
    name="studio",
    help="Correct by hand in Label Studio: the project's own server, or the one that LABEL_STUDIO_URL names.",
    no_args_is_help=True,
)

PassOption = Annotated[str, typer.Option("--pass", help="A pass is a project of its own on the server.")]
DryRunOption = Annotated[bool, typer.Option("--dry-run", help="Tell what would be done; change nothing anywhere.")]
WaitOption = Annotated[float, typer.Option("--wait", help="Seconds to wait for another sync to end.", min=0)]


@studio.command()
def up(
    port: Annotated[
        int | None, typer.Option(help="Where it listens; by default as before, or 8080.", min=1, max=65535)
    ] = None,
    env: Annotated[
        Path | None, typer.Option("--env", help="Share the server's environment: a folder with it, or for it.")
    ] = None,
    assist: Annotated[
        bool, typer.Option("--assist", help="With live help: the project's machine proposes for any task when asked.")
    ] = False,
    project: ProjectOption = Path(),
    json: JsonOption = False,
) -> None:
    """Start a server for this project, on this machine alone; the first time it is installed, which takes minutes.

    Log-in and password stand in a file that only you can read. Nothing is sent to anybody.

    Examples: `parallaxe studio up` · `parallaxe studio up --port 9000 --env ~/label-studio`
    """
    from parallaxe.store import studio_server
    from parallaxe.store.project import find_project

    found = find_project(project)
    is_new = studio_server.up(found, port, env, _tell)
    if assist:
        from parallaxe.store.studio_assist import start_help

        start_help(found, _tell)
    _show_up(found, is_new=is_new, as_json=json)


@studio.command()
def down(project: ProjectOption = Path(), json: JsonOption = False) -> None:
    """Stop the server of this project; all that is in it stays.

    Example: `parallaxe studio down`
    """
    from parallaxe.store import studio_server
    from parallaxe.store.project import find_project

    stopped = studio_server.down(find_project(project))
    if json:
        print_json({"stopped": stopped})
    else:
        typer.echo(f"stopped: {', '.join(stopped)}" if stopped else "nothing runs")


@studio.command()
def push(
    name: PassOption = "main",
    blind: Annotated[bool, typer.Option("--blind", help="Begin the pass without proposals.")] = False,
    kind: Annotated[
        list[str] | None, typer.Option("--kind", help="Begin a pass that asks for this kind alone; may come again.")
    ] = None,
    layer: Annotated[str, typer.Option(help="The layer that proposals come from.")] = "machine",
    restore: Annotated[bool, typer.Option("--restore", help="Make tasks again that were deleted there.")] = False,
    dry_run: DryRunOption = False,
    wait: WaitOption = 0,
    project: ProjectOption = Path(),
    json: JsonOption = False,
) -> None:
    """Bring new articles, changed texts and new proposals to the server; what people made there is never touched.

    Examples: `parallaxe studio push --dry-run` · `parallaxe studio push --pass second --blind` ·
    `parallaxe studio push --pass names --kind entity`
    """
    from parallaxe.cli.show import Progress
    from parallaxe.store.sync.options import SyncOptions
    from parallaxe.store.sync.push import push as push_project
    from parallaxe.store.sync.reports import lines_of_push

    options = SyncOptions(name, blind=blind, dry_run=dry_run, restore=restore, layer=layer, patience=wait)
    options = options._replace(kinds=tuple(kind)) if kind else options
    with _connected(project) as (found, server), Progress("tasks") as progress:
        report = push_project(found, server, options, progress)
    _show(report, lines_of_push(report), as_json=json)


@studio.command()
def pull(
    name: PassOption = "main",
    full: Annotated[bool, typer.Option("--full", help="Read every task again, and look for deleted ones.")] = False,
    dry_run: DryRunOption = False,
    wait: WaitOption = 0,
    project: ProjectOption = Path(),
    json: JsonOption = False,
) -> None:
    """Bring what people submitted into layers, a layer for each of them, merged claim by claim with what git has.

    Examples: `parallaxe studio pull` · `parallaxe studio pull --pass second --full`
    """
    from parallaxe.cli.show import Progress
    from parallaxe.store.sync.options import SyncOptions
    from parallaxe.store.sync.pull import pull as pull_project
    from parallaxe.store.sync.reports import lines_of_pull

    options = SyncOptions(name, full=full, dry_run=dry_run, patience=wait)
    with _connected(project) as (found, server), Progress("tasks") as progress:
        report = pull_project(found, server, options, progress)
    _show(report, lines_of_pull(report), as_json=json)


@studio.command()
def status(name: PassOption = "main", project: ProjectOption = Path(), json: JsonOption = False) -> None:
    """Tell where git and the server stand: to push, to pull, in conflict, in draft, orphaned.

    Example: `parallaxe studio status`
    """
    from parallaxe.store.project import find_project
    from parallaxe.store.studio_server import server_state
    from parallaxe.store.sync.connection import connect_if_known
    from parallaxe.store.sync.options import SyncOptions
    from parallaxe.store.sync.reports import lines_of_status
    from parallaxe.store.sync.status import sync_status

    found = find_project(project)
    server = connect_if_known(found)
    try:
        told = sync_status(found, server, SyncOptions(name))
    finally:
        if server is not None:
            server.close()
    state = server_state(found)
    if json:
        print_json({"server": state._asdict(), **_json_of(told)})
        return
    typer.echo(f"Server: {server.url if server else state.state}")
    _show(told, lines_of_status(told), as_json=False)


@contextmanager
def _connected(start: Path) -> Iterator[tuple[Project, Server]]:
    """The project that a directory belongs to, and its server."""
    from parallaxe.store.project import find_project
    from parallaxe.store.sync.connection import connect

    found = find_project(start)
    with connect(found) as server:
        yield found, server


def _show(report: object, lines: Iterable[str], *, as_json: bool) -> None:
    if as_json:
        print_json(_json_of(report))
        return
    for line in lines:
        # Headings stand out on a terminal; in a pipe typer takes the colour away.
        typer.echo(typer.style(line, bold=True) if line.endswith(":") else line)


def _json_of(report: object) -> dict[str, Any]:
    """A report as a JSON object."""
    from parallaxe.store.sync.reports import as_json

    values = as_json(report)
    assert isinstance(values, dict)
    return values


def _tell(words: str) -> None:
    typer.echo(words, err=True)


def _show_up(project: Project, *, is_new: bool, as_json: bool) -> None:
    from parallaxe.store.studio_server import server_state
    from parallaxe.studio.client.connection import URL_VARIABLE

    state = server_state(project)
    if as_json:
        print_json({"started": is_new, **state._asdict()})
        return
    typer.echo(f"{state.url}: Label Studio {'runs' if is_new else 'runs already'}")
    typer.echo(f"log in as {state.login}, password: in {state.access_file}")
    if state.assist:
        typer.echo("live help runs: choose tasks, then Actions › Retrieve Predictions")
    if os.environ.get(URL_VARIABLE):
        typer.echo(f"{URL_VARIABLE} is set: push and pull go there, not to this server", err=True)
