"""What is built: a project's catalogue, or any folder of raw articles, as items of work with a card."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path

from parallaxe.core.errors import CombinedError, ParallaxeError, ProjectError
from parallaxe.dataset.article import OPEN
from parallaxe.dataset.card import Card, parse_card, render_marked
from parallaxe.dataset.sections import without_prompts
from parallaxe.dataset.templates import default_card
from parallaxe.store.building.build import FULL
from parallaxe.store.catalogue import CatalogueRow
from parallaxe.store.citation import citation_table
from parallaxe.store.project import Project
from parallaxe.store.rights.editions import edition_of, is_edition
from parallaxe.store.sources import Item, check_inside
from parallaxe.store.text_files import read_text


def project_items(project: Project, profile: str, size_limit: int) -> list[Item]:
    """An item for each row of the catalogue.

    Raises:
        CombinedError: if a row has no file, a file no row, or a link leaves `seeds/`; in the full profile also where a
            restricted article is not here.
    """
    errors: list[ParallaxeError] = [*_files_without_row(project)]
    items = []
    for row in project.catalogue:
        try:
            items.append(item_of(project, row, profile, size_limit))
        except ParallaxeError as error:
            errors.append(error)
    if errors:
        raise CombinedError(errors)
    return items


def item_of(project: Project, row: CatalogueRow, profile: str, size_limit: int) -> Item:
    """A row of the catalogue as work to do: its raw file where it is here, else what is known of it without.

    Raises:
        ProjectError: if neither is here, or the file leads out of the project.
    """
    item = Item(
        article_id=row.id,
        raw_file=row.file,
        path=project.seeds / row.file,
        size_limit=size_limit,
        layer=project.text_layer(row.id),
        raw_sha256=row.sha256,
        text_origin=row.text_origin,
        rights=row.rights,
        license=row.license,
        outlet=row.outlet,
        published=row.published,
        event=row.event,
    )
    return _as_it_is_here(project, item, profile)


def _as_it_is_here(project: Project, item: Item, profile: str) -> Item:
    path, layer = item.path, item.layer
    assert path is not None
    assert layer is not None
    if path.is_symlink() or path.exists():
        check_inside(path, project.seeds)
        return item
    if item.rights == OPEN:
        what = f"the catalogue names it (`{item.article_id}`), but it is not there"
        raise ProjectError(str(path), what, "restore it or its row")
    if profile == FULL and (edition := edition_of(project, item)) is not None:
        return edition
    if profile == FULL or not layer.is_file():
        what = f"restricted article `{item.article_id}` is not here"
        raise ProjectError(str(path), what, "`parallaxe hydrate DIR` with a copy")
    return replace(item, path=None)


def _files_without_row(project: Project) -> list[ProjectError]:
    advice = "`parallaxe add` it, or take it away"
    strays = stray_files(project, {row.file for row in project.catalogue})
    return [ProjectError(str(path), "a file without a row in the catalogue", advice) for path in strays]


def stray_files(project: Project, named: Collection[str]) -> list[Path]:
    """Raw files that are not among those named, which are relative to `seeds/`; in order, hidden ones left aside."""
    files = sorted(path for folder in ("open", "restricted") for path in (project.seeds / folder).rglob("*"))
    names = {path: path.relative_to(project.seeds).as_posix() for path in files if path.is_file()}
    return [path for path, name in names.items() if name not in named and "/." not in name]


def project_card(project: Project) -> Card:
    """The card of a project, with the citation that stands in CITATION.cff now.

    Raises:
        ProjectError: if it is missing or has no version or name, or CITATION.cff is there and cannot be read.
    """
    if not project.card.is_file():
        raise ProjectError(str(project.card), "the project has no card", "write one with YAML front matter")
    card = parse_card(read_text(project.card), str(project.card))
    return card._replace(body=render_marked(card.body, citation_table(project, card)))


def folder_card(name: str) -> Card:
    """The card of a dataset that was built from a folder without a project: what needs nobody's words."""
    card = parse_card(default_card(name), "default card")
    return card._replace(body=without_prompts(card.body))


def stale_text_layers(items: Sequence[Item]) -> list[ProjectError]:
    """Restricted articles that are here, but whose text layer is missing or was made by another normalizer or text.

    A public dataset built here would then differ from one built in a clone without them.
    """
    from parallaxe.store.rights.hydrate import text_layer_is_current

    return [
        ProjectError(str(item.layer), "the text layer is not that of the article", "`parallaxe hydrate` writes it anew")
        for item in items
        if item.path is not None and item.rights != "open" and not is_edition(item) and not text_layer_is_current(item)
    ]
