"""Taking raw articles into a project: a copy in `seeds/`, a row in the catalogue, both or neither."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from parallaxe.core.errors import CombinedError, ParallaxeError, ProjectError, UsageError
from parallaxe.dataset.article import OPEN, RESTRICTED
from parallaxe.store.atomic import write_bytes
from parallaxe.store.catalogue import CatalogueRow, checked_row, is_date, read_catalogue, write_catalogue
from parallaxe.store.project import Project
from parallaxe.store.reading import read_article, read_raw
from parallaxe.store.rights.takedown import read_takedowns, write_takedowns
from parallaxe.store.sources import JSONL, SIZE_LIMIT, Item, slug
from parallaxe.store.sync.lock import only_one
from parallaxe.store.sync.places import Places
from parallaxe.store.text_layer import write_text_layer
from parallaxe.text.read import FORMATS

_PATIENCE = 60.0
"""Seconds to wait for another command; two that add would else forget each other's rows."""


class Declared(NamedTuple):
    """What the person who adds articles says of all of them; dates as YYYY-MM-DD."""

    rights: str
    text_origin: str
    license: str | None = None
    outlet: str | None = None
    date: str | None = None
    event: str | None = None


def add(project: Project, paths: list[Path], declared: Declared, *, again: bool = False) -> list[CatalogueRow]:
    """Add files to the project; each must become a text. Nothing is added where one of them is wrong.

    With `again` articles that were taken down may come back; the records of their takedowns go.

    Raises:
        CombinedError: for every file that is no article, is known already, or would get an id that is taken.
        UsageError: for a path that does not exist, and what no catalogue may say.
        SurroundingsError: if another command that writes to the catalogue is at work, and does not end in time.
    """
    check_declared(project, declared)
    with only_one(Places(project).lock, _PATIENCE, of="command"):
        return _add(project, paths, declared, again=again)


def _add(project: Project, paths: list[Path], declared: Declared, *, again: bool) -> list[CatalogueRow]:
    before = read_catalogue(project.catalogue_file)
    known = {row.id: row for row in before}
    errors: list[ParallaxeError] = []
    added: dict[str, tuple[CatalogueRow, Path]] = {}
    for path in paths:
        try:
            row = _row(path, declared)
            _check_new(row, path, {**known, **{name: other for name, (other, _) in added.items()}})
            added[row.id] = (row, path)
        except ParallaxeError as error:
            errors.append(error)
    if errors:
        raise CombinedError(errors)
    _check_taken(project, added, again=again)
    for row, path in added.values():
        write_bytes(project.seeds / row.file, read_raw(path, SIZE_LIMIT))
        if not row.is_open:
            _write_layer(project, row)
    rows = [row for row, _ in added.values()]
    write_catalogue(project.catalogue_file, [*before, *rows])
    return rows


def _check_taken(project: Project, added: Mapping[str, tuple[CatalogueRow, Path]], *, again: bool) -> None:
    """Refuse what was taken down, by its id or its bytes, or forget that it was."""
    taken = read_takedowns(project)
    digests = {row.sha256 for row, _ in added.values()}
    back = [one for one in taken if one.id in added or one.sha256 in digests]
    if back and not again:
        what = f"it was taken down on {back[0].date}{f' ({back[0].reason})' if back[0].reason else ''}"
        raise ProjectError(back[0].id, what, "leave it out, or bring it back with --again")
    if back:
        write_takedowns(project, [one for one in taken if one not in back])


def check_declared(project: Project, declared: Declared) -> None:
    """Raise UsageError where somebody declares what no row of a catalogue may say."""
    for option, value, choices in (
        ("--rights", declared.rights, (OPEN, RESTRICTED)),
        ("--text-origin", declared.text_origin, project.schemas.labels["text_origins"].names),
    ):
        if value not in choices:
            raise UsageError(option, f"`{value}` is none of the choices", f"use one of {', '.join(choices)}")
    if not is_date(declared.date):
        raise UsageError("--date", f"{declared.date!r} is no date", "write YYYY-MM-DD")


def _row(path: Path, declared: Declared) -> CatalogueRow:
    if not path.is_file():
        raise UsageError(str(path), "no such file", "name raw articles")
    suffix = path.suffix.lower()
    if suffix == JSONL or suffix not in FORMATS:
        raise UsageError(str(path), f"`{suffix}` is no format of one article", f"use one of {', '.join(FORMATS)}")
    raw = read_raw(path, SIZE_LIMIT)
    digest = sha256(raw).hexdigest()
    folder = "open" if declared.rights == OPEN else "restricted"
    item = Item(slug(path.stem), f"{folder}/{slug(path.stem)}{suffix}", path, raw_sha256=digest)
    document = read_article(item).document
    published = declared.date or (document.published.isoformat() if document.published else None)
    made = CatalogueRow(
        id=item.article_id,
        file=item.raw_file,
        sha256=digest,
        size=len(raw),
        language=document.language,
        outlet=declared.outlet or document.outlet,
        date=published,
        rights=declared.rights,
        license=declared.license,
        text_origin=declared.text_origin,
        event=declared.event,
    )
    if not made.id:
        raise ProjectError(str(path), "the name of the file gives no id", "rename it with letters a-z or digits")
    return checked_row(made, str(path))


def _check_new(row: CatalogueRow, path: Path, known: dict[str, CatalogueRow]) -> None:
    twin = next((other for other in known.values() if other.sha256 == row.sha256), None)
    if twin is not None:
        raise ProjectError(str(path), f"the same bytes are in the project as `{twin.id}`", "leave it out")
    if row.id in known:
        raise ProjectError(str(path), f"the id `{row.id}` is taken", "rename the file")


def _write_layer(project: Project, row: CatalogueRow) -> None:
    item = Item(row.id, row.file, project.seeds / row.file, raw_sha256=row.sha256)
    article = read_article(item)
    write_text_layer(project.text_layer(row.id), row.id, article.document, article.raw_encoding)
