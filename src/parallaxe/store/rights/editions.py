"""Near-copies of restricted articles that are not here: kept outside of git, with annotations that stand in them.

A copy of another edition cannot be made the original again: what an editor changed is not known, and text that was put
together of two editions would be nobody's. So it stays what it is, an article of its own in `.parallaxe/editions/`, and
the *full* dataset is built with its text, its hash and its name (`editions/…`); the public one never sees it. Of the
annotations those are in it that have a place in it, each carried whole (`compare.editions`). Only the raw file is kept:
claims are carried when they are read, so that a newer layer reaches an edition that was taken in long ago.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from parallaxe.compare.editions import Edition, match_edition
from parallaxe.core.errors import ParallaxeError, ProjectError
from parallaxe.store.annotations import LayerFile
from parallaxe.store.atomic import building
from parallaxe.store.catalogue import CatalogueRow
from parallaxe.store.project import Project
from parallaxe.store.reading import read_raw_document
from parallaxe.store.sources import SIZE_LIMIT, Item
from parallaxe.store.text_layer import TextLayer, read_text_layer
from parallaxe.text.document import Document
from parallaxe.text.fingerprints import Print, sentence_prints

LEAST_SHARE = 0.6
"""Share of what has fingerprints that a copy must have to be taken for an edition of the article."""

FOLDER = "editions"


class Candidate(NamedTuple):
    """A file that could be an edition of something."""

    name: str
    document: Document
    prints: tuple[Print, ...]


class Kept(NamedTuple):
    """An edition that is here: its raw file, its text, and how it belongs to ours."""

    path: Path
    document: Document
    edition: Edition
    original: TextLayer


def candidate(name: str, content: bytes) -> Candidate:
    """A file as a candidate.

    Raises:
        RawFileError: if it cannot become a text.
    """
    document, _ = read_raw_document(content, Item("", name, None))
    return Candidate(name, document, sentence_prints(document.text or "", document.sentences))


def compare_with(layer: TextLayer, other: Candidate) -> Edition:
    """How the text that a layer describes and a candidate belong together."""
    return match_edition(layer.prints, layer.document.sentences, other.prints, other.document.sentences)


def edition_file(project: Project, article_id: str) -> Path | None:
    """The raw file of the edition of an article; null where none is kept."""
    folder = project.state / FOLDER / article_id
    return next(iter(sorted(folder.glob("article.*"))), None) if folder.is_dir() else None


def keep_edition(project: Project, article_id: str, name: str, content: bytes) -> None:
    """Keep a raw file as the edition of an article, in place of the one before."""
    with building(project.state / FOLDER / article_id) as folder:
        (folder / f"article{Path(name).suffix.lower()}").write_bytes(content)


def drop_edition(project: Project, article_id: str) -> None:
    """Take the edition of an article away, if there is one."""
    shutil.rmtree(project.state / FOLDER / article_id, ignore_errors=True)


def read_edition(project: Project, row: CatalogueRow) -> Kept | None:
    """The edition of an article whose own file is not here; null where none is kept.

    Raises:
        ProjectError: if it is no edition of the article any more, since the text layer has changed.
        RawFileError: if it cannot become a text.
    """
    path = edition_file(project, row.id)
    if path is None or (project.seeds / row.file).exists():
        return None
    original = read_text_layer(project.text_layer(row.id))
    other = candidate(path.name, path.read_bytes())
    edition = compare_with(original, other)
    if edition.share < LEAST_SHARE:
        what = f"it has {edition.share:.0%} of the text of `{row.id}`, {LEAST_SHARE:.0%} are asked"
        raise ProjectError(str(path), what, "`parallaxe hydrate DIR` with another copy")
    return Kept(path, other.document, edition, original)


def edition_of(project: Project, item: Item) -> Item | None:
    """The edition of an article as work to do in place of its own file; null where none is kept."""
    path = edition_file(project, item.article_id)
    if path is None:
        return None
    name, digest = f"{FOLDER}/{item.article_id}{path.suffix}", sha256(path.read_bytes()).hexdigest()
    return replace(item, raw_file=name, path=path, layer=None, size_limit=SIZE_LIMIT, raw_sha256=digest)


def is_edition(item: Item) -> bool:
    """True where an item stands for another edition of its article."""
    return item.raw_file.startswith(f"{FOLDER}/")


def carried(file: LayerFile, kept: Kept) -> LayerFile:
    """A layer as it is about an edition; one that was made for another text stays as it is, for the gate to refuse."""
    if file.layer.text_sha256 != kept.original.document.text_sha256:
        return file
    claims = kept.edition.carry(file.layer.claims).claims
    digest, normalizer = kept.document.text_sha256, kept.document.normalizer
    return file._replace(layer=replace(file.layer, claims=claims, text_sha256=digest, normalizer=normalizer))


def layers_of_editions(project: Project, items: Iterable[Item], files: Iterable[LayerFile]) -> list[LayerFile]:
    """All layers, those of articles that are here as an edition as they are about it.

    Raises:
        ParallaxeError: if an edition is none any more.
    """
    wanted = {item.article_id for item in items if is_edition(item)}
    kept = {row.id: read_edition(project, row) for row in project.catalogue if row.id in wanted}
    return [
        carried(file, edition) if (edition := kept.get(file.layer.article_id)) is not None else file for file in files
    ]


def still_kept(project: Project, row: CatalogueRow) -> Kept | None:
    """The edition of an article where it still is one; null otherwise."""
    try:
        return read_edition(project, row)
    except (ParallaxeError, OSError):
        return None
