"""Commands of the raw articles of a project: begin one, take articles in, bring restricted ones back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from parallaxe.cli.options import JsonOption, ProjectOption, print_json


def init(
    directory: Annotated[Path, typer.Argument(help="A new or empty directory.")],
    name: Annotated[str, typer.Option(help="Name of the corpus.")] = "",
) -> None:
    """Begin a corpus project: its stations, a copy of the schemas to change, an empty catalogue, a card.

    Example: `parallaxe init presse-climat --name "Presse et climat"`
    """
    from parallaxe.store.init import init_project

    project = init_project(directory, name or directory.resolve().name)
    typer.echo(f"{project.root}: a new corpus project; next, `parallaxe add FILE…` from inside it")


def add(
    paths: Annotated[list[Path], typer.Argument(help="Raw articles: text, HTML, Markdown.")],
    project: ProjectOption = Path(),
    rights: Annotated[
        str, typer.Option(help="open: the text may be passed on; restricted: it may not.")
    ] = "restricted",
    text_origin: Annotated[str, typer.Option(help="press, or synthetic (written for a corpus).")] = "press",
    license_: Annotated[str | None, typer.Option("--license", help="SPDX identifier of the text's licence.")] = None,
    outlet: Annotated[str | None, typer.Option(help="Who published it.")] = None,
    date: Annotated[str | None, typer.Option(help="When, as YYYY-MM-DD.")] = None,
    event: Annotated[str | None, typer.Option(help="Key of the event it tells.")] = None,
    again: Annotated[bool, typer.Option("--again", help="Bring back what was taken down.")] = False,
) -> None:
    """Take raw articles into the project: a copy in `seeds/` and a row in the catalogue.

    Example: `parallaxe add depeche.html --outlet "Le Méridien" --event sommet-2024`
    """
    from parallaxe.store.add import Declared, add
    from parallaxe.store.project import find_project

    declared = Declared(rights, text_origin, license_, outlet, date, event)
    for row in add(find_project(project), paths, declared, again=again):
        typer.echo(f"added {row.id} ({row.rights}) as seeds/{row.file}")


def hydrate(
    place: Annotated[Path, typer.Argument(help="A folder or a .zip with copies of the restricted articles.")],
    project: ProjectOption = Path(),
    json: JsonOption = False,
) -> None:
    """Bring your copies of the restricted articles in: exact ones by their hash, other editions by their sentences.

    Another edition (of another site, typos corrected, a lead cut off) is kept outside of git; the full dataset is then
    built with its text and with the annotations that have a place in it. Exit 1 where an article is not here after all.

    Examples: `parallaxe hydrate ../shared/seeds` · `parallaxe hydrate copies.zip`
    """
    from parallaxe.store.project import find_project
    from parallaxe.store.rights.hydrate import NOT_HERE, hydrate

    matches = hydrate(find_project(project), place)
    if json:
        print_json([match._asdict() | {"likeness": match.likeness and match.likeness._asdict()} for match in matches])
    else:
        for match in matches:
            typer.echo(f"{match.state:8} {match.name}: {match.why}")
    if any(match.state in NOT_HERE for match in matches):
        raise typer.Exit(1)
