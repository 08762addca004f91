"""Bringing copies of restricted articles into a project, each verified by its hash, and writing their text layers."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from parallaxe.core.errors import UsageError
from parallaxe.store.atomic import surroundings, write_bytes
from parallaxe.store.catalogue import CatalogueRow
from parallaxe.store.jsonl import read_rows
from parallaxe.store.project import Project
from parallaxe.store.reading import read_article, read_raw
from parallaxe.store.sources import SIZE_LIMIT, Item, check_inside
from parallaxe.store.text_layer import text_layer_rows, write_text_layer


class Match(NamedTuple):
    """What became of one restricted article or one file offered: `state` and why, in a sentence."""

    name: str
    state: str
    why: str


PRESENT, COPIED, WRONG, MISSING, UNUSED = "present", "copied", "wrong", "missing", "unused"


def hydrate(project: Project, folder: Path) -> list[Match]:
    """Copy the restricted articles that a folder holds into `seeds/restricted/`, and report on every article and file.

    A file is recognised by its hash, whatever its name. One that bears the name of an article but has another hash is
    `wrong` and not copied.

    Raises:
        UsageError: if there is no such folder.
    """
    if not folder.is_dir():
        raise UsageError(str(folder), "no such folder", "name a folder with copies of the restricted articles")
    with surroundings(folder):
        offered = {path: _digest(path, folder) for path in sorted(folder.iterdir()) if path.is_file()}
    wanted = [row for row in project.catalogue if not row.is_open]
    matches = [_place(project, row, offered) for row in wanted]
    known = {row.sha256 for row in wanted} | {Path(row.file).name for row in wanted}
    strays = [path for path, digest in offered.items() if digest not in known and path.name not in known]
    return [*matches, *(Match(path.name, UNUSED, "no restricted article has this hash or name") for path in strays)]


def _digest(path: Path, folder: Path) -> str:
    check_inside(path, folder)
    return sha256(read_raw(path, SIZE_LIMIT)).hexdigest()


def _place(project: Project, row: CatalogueRow, offered: Mapping[Path, str]) -> Match:
    target = project.seeds / row.file
    if target.is_file() and sha256(target.read_bytes()).hexdigest() == row.sha256:
        _refresh_layer(project, row)
        return Match(row.id, PRESENT, "already there, hash verified")
    copy = next((path for path, digest in offered.items() if digest == row.sha256), None)
    if copy is not None:
        write_bytes(target, copy.read_bytes())
        _refresh_layer(project, row)
        return Match(row.id, COPIED, f"from {copy.name}, hash verified")
    namesake = next((path for path in offered if path.name == target.name), None)
    if namesake is not None:
        why = f"{namesake.name} has SHA-256 {offered[namesake][:12]}…, not {row.sha256[:12]}…"
        return Match(row.id, WRONG, why)
    return Match(row.id, MISSING, "no file has its hash or its name")


def _refresh_layer(project: Project, row: CatalogueRow) -> None:
    layer = project.text_layer(row.id)
    item = Item(row.id, row.file, project.seeds / row.file, layer=layer, raw_sha256=row.sha256)
    if not text_layer_is_current(item):
        article = read_article(item)
        write_text_layer(layer, row.id, article.document, article.raw_encoding)


def text_layer_is_current(item: Item) -> bool:
    """True where the text layer of an item says exactly what its file gives today."""
    if item.layer is None or not item.layer.is_file():
        return False
    article = read_article(item)
    wanted = list(text_layer_rows(item.article_id, article.document, article.raw_encoding))
    return [row for _, row in read_rows(item.layer)] == wanted
