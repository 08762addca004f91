"""Commands of those who answer for texts that may not be passed on."""

from __future__ import annotations

from pathlib import Path

import typer

from parallaxe.cli.options import JsonOption, ProjectOption, print_json


def exposure(project: ProjectOption = Path(), json: JsonOption = False) -> None:
    """Try to rebuild each restricted text from what everybody has, and show how far that leads.

    It reads every file that git tracks or would add. Exit 1 where 12 words in a row or a quarter of the words can be
    rebuilt. No word of a text is shown, so that the table may be passed on.

    Example: `parallaxe exposure`
    """
    from parallaxe.cli.show_exposure import exposure_as_json, show_exposures
    from parallaxe.store.exposure import exposed_texts
    from parallaxe.store.project import find_project

    exposures, absent = exposed_texts(find_project(project))
    if json:
        print_json({"articles": [exposure_as_json(one) for one in exposures], "absent": absent})
    else:
        show_exposures(exposures, absent)
    if any(one.is_too_much for one in exposures):
        raise typer.Exit(1)
