"""Commands of those who answer for texts that may not be passed on."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from parallaxe.cli.options import JsonOption, ProjectOption, print_json


def exposure(project: ProjectOption = Path(), json: JsonOption = False) -> None:
    """Try to rebuild each restricted text from what everybody has, and show how far that leads.

    It reads every file that git tracks or would add. Exit 1 where 12 words in a row or a quarter of the words can be
    rebuilt. No word of a text is shown, so that the table may be passed on.

    Example: `parallaxe exposure`
    """
    from parallaxe.cli.show_exposure import exposure_as_json, show_exposures
    from parallaxe.store.project import find_project
    from parallaxe.store.rights.exposure import exposed_texts

    exposures, absent = exposed_texts(find_project(project))
    if json:
        print_json({"articles": [exposure_as_json(one) for one in exposures], "not_here": absent})
    else:
        show_exposures(exposures, absent)
    if any(one.is_too_much for one in exposures):
        raise typer.Exit(1)


def takedown(
    article: Annotated[str, typer.Argument(metavar="ID", help="The id of an article in seeds/catalogue.jsonl.")],
    reason: Annotated[str | None, typer.Option(help="Why, as the changelog tells it.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would go.")] = False,
    project: ProjectOption = Path(),
    json: JsonOption = False,
) -> None:
    """Take an article out of the next version: its text, its row, all that was said of it; the changelog tells.

    All of it goes or nothing. Git and versions that were published still hold it: docs/rights.md says what to do.

    Example: `parallaxe takedown la-gare --reason "asked by its publisher"`
    """
    from datetime import datetime

    from parallaxe.cli.show_takedown import show_takedown
    from parallaxe.store.project import find_project
    from parallaxe.store.rights.takedown import takedown

    done = takedown(find_project(project), article, reason, datetime.now().astimezone().date(), dry_run=dry_run)
    if json:
        print_json(done._asdict() | {"article": done.article._asdict(), "dry_run": dry_run})
    else:
        show_takedown(done, dry_run=dry_run)
