"""Bringing copies of restricted articles into a project, each verified by its hash, and writing their text layers."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from parallaxe.core.errors import UsageError
from parallaxe.store.atomic import surroundings, write_bytes
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
    by_digest = {digest: path for path, digest in offered.items()}
    wanted = [row for row in project.catalogue if not row.is_open]
    matches = [_place(project, row.id, row.file, row.sha256, by_digest, offered) for row in wanted]
    used = {row.sha256 for row in wanted} | {path for path in offered if path.name in {Path(r.file).name for r in wanted}}
    strays = [path for path, digest in offered.items() if digest not in used and path not in used]
    return [*matches, *(Match(path.name, UNUSED, "no restricted article has this hash or name") for path in strays)]


def _digest(path: Path, folder: Path) -> str:
    check_inside(path, folder)
    return sha256(read_raw(path, SIZE_LIMIT)).hexdigest()


def _place(
    project: Project, article_id: str, file: str, digest: str, by_digest: dict[str, Path], offered: dict[Path, str]
) -> Match:
    target = project.seeds / file
    if target.is_file() and sha256(target.read_bytes()).hexdigest() == digest:
        _refresh_layer(project, article_id, file, digest)
        return Match(article_id, PRESENT, "already there, hash verified")
    if digest in by_digest:
        write_bytes(target, by_digest[digest].read_bytes())
        _refresh_layer(project, article_id, file, digest)
        return Match(article_id, COPIED, f"from {by_digest[digest].name}, hash verified")
    namesake = next((path for path in offered if path.name == target.name), None)
    if namesake is not None:
        return Match(article_id, WRONG, f"{namesake.name} has SHA-256 {offered[namesake][:12]}…, not {digest[:12]}…")
    return Match(article_id, MISSING, "no file has its hash or its name")


def _refresh_layer(project: Project, article_id: str, file: str, digest: str) -> None:
    layer = project.text_layer(article_id)
    item = Item(article_id, file, project.seeds / file, layer=layer, raw_sha256=digest)
    if not text_layer_is_current(item):
        article = read_article(item)
        write_text_layer(layer, article_id, article.document, article.raw_encoding)


def text_layer_is_current(item: Item) -> bool:
    """True where the text layer of an item says exactly what its file gives today."""
    if item.layer is None or not item.layer.is_file():
        return False
    article = read_article(item)
    wanted = list(text_layer_rows(item.article_id, article.document, article.raw_encoding))
    return [row for _, row in read_rows(item.layer)] == wanted
