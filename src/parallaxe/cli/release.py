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
    project: ProjectOption = Path(),
    json: JsonOption = False,
) -> None:
    """Release the data: build and check what is committed, raise its version as the changes ask, commit and tag.

    The version follows Croissant's rule: patch for the same rows in other bytes, minor for additions alone, major for
    rows that are edited, removed or in another split. A smaller one is refused. Nothing is pushed.

    Examples: `parallaxe release --dry-run` · `parallaxe release` · `parallaxe release 1.0.0`
    """
    from parallaxe.cli.show import Progress
    from parallaxe.cli.show_release import changelog_lines, release_as_json, show_release
    from parallaxe.store.release import release_project
    from parallaxe.store.release_candidate import ReleaseOptions

    day = (date or datetime.now().astimezone()).date()
    options = ReleaseOptions(version, day, dry_run, tag)
    with Progress("articles") as progress:
        made = release_project(project, options, changelog_lines, progress)
    if json:
        print_json(release_as_json(made))
    else:
        show_release(made)
