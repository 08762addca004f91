"""The command that releases the data."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from parallaxe.cli.options import JsonOption, ProjectOption, print_json


def release(
    version: Annotated[str | None, typer.Argument(help="MAJOR.MINOR.PATCH; by default the least allowed.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Write nothing; show what would be released.")] = False,
    tag: Annotated[bool, typer.Option(help="Tag the commit `vVERSION`.")] = True,
    date: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Day of the release; by default today.")
    ] = None,
    check: Annotated[
        bool,
        typer.Option("--check", help="Build a release (VERSION, or all) again; exit 1 where its digest is another."),
    ] = False,
    project: ProjectOption = Path(),
    json: JsonOption = False,
) -> None:
    """Release the data: build and check what is committed, raise its version as the changes ask, commit and tag.

    The version follows Croissant's rule: patch for the same rows in other bytes, minor for additions alone, major for
    rows that are edited, removed or in another split. A smaller one is refused. Nothing is pushed.

    Examples: `parallaxe release --dry-run` · `parallaxe release` · `parallaxe release 1.0.0` ·
    `parallaxe release --check`
    """
    if check:
        _check(version, project, json=json)
        return
    from parallaxe.cli.show import Progress
    from parallaxe.cli.show_release import changelog_lines, release_as_json, show_release
    from parallaxe.store.release.candidate import ReleaseOptions
    from parallaxe.store.release.making import release_project

    day = (date or datetime.now().astimezone()).date()
    options = ReleaseOptions(version, day, dry_run, tag)
    with Progress("articles") as progress:
        made = release_project(project, options, changelog_lines, progress)
    if json:
        print_json(release_as_json(made))
    else:
        show_release(made)


def _check(version: str | None, project: Path, *, json: bool) -> None:
    from parallaxe.cli.show_release import checked_as_json, show_checked
    from parallaxe.store.release.check import check_releases

    checked = []
    for found in check_releases(project, [version] if version is not None else []):
        checked.append(found)
        if not json:
            show_checked(found)
    if json:
        print_json([checked_as_json(found) for found in checked])
    if not all(found.is_same for found in checked):
        raise typer.Exit(1)
