"""`parallaxe studio`: Label Studio for the project, its own server or an existing one."""

from __future__ import annotations

import os
from json import dumps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from parallaxe.store.project import Project

studio = typer.Typer(
    name="studio",
    help="Correct by hand in Label Studio: the project's own server, or the one that LABEL_STUDIO_URL names.",
    no_args_is_help=True,
)

ProjectOption = Annotated[Path, typer.Option("--project", "-p", help="A directory of the project, or below it.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]


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
        typer.echo(dumps({"stopped": stopped}))
    else:
        typer.echo(f"stopped: {', '.join(stopped)}" if stopped else "nothing runs")


def _tell(words: str) -> None:
    typer.echo(words, err=True)


def _show_up(project: Project, *, is_new: bool, as_json: bool) -> None:
    from parallaxe.store.studio_server import server_state
    from parallaxe.studio.client.connection import URL_VARIABLE

    state = server_state(project)
    if as_json:
        typer.echo(dumps({"started": is_new, **state._asdict()}, default=str, indent=2))
        return
    typer.echo(f"{state.url}: Label Studio {'runs' if is_new else 'runs already'}")
    typer.echo(f"log in as {state.login}, password: in {state.access_file}")
    if state.assist:
        typer.echo("live help runs: choose tasks, then Actions › Retrieve Predictions")
    if os.environ.get(URL_VARIABLE):
        typer.echo(f"{URL_VARIABLE} is set: push and pull go there, not to this server", err=True)
