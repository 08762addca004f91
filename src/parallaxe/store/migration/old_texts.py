"""Texts that layers were made for and articles no longer have, found by their hash wherever a project keeps the past.

Asked in turn: what a sync remembers; the raw files of a revision, normalized again; the dataset that was built in the
work tree (in full, too) or is in that revision, which holds texts of normalizers that no longer exist; and for a
restricted article its text layer, which knows no words but tells where each of them stood in the raw file. A text is
taken only if its hash is the one that is looked for.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from parallaxe.compare.anchoring import Version
from parallaxe.compare.migration_texts import stand_in
from parallaxe.core.alignment import Alignment, Segment
from parallaxe.core.errors import ParallaxeError
from parallaxe.store.building.build import FULL
from parallaxe.store.catalogue import CatalogueRow, read_catalogue
from parallaxe.store.project import Project
from parallaxe.store.reading import read_raw, read_row
from parallaxe.store.sources import SIZE_LIMIT
from parallaxe.store.sync.places import Places
from parallaxe.store.sync.session import version_of
from parallaxe.store.sync.texts import known_text
from parallaxe.store.text_layer import read_text_layer
from parallaxe.store.versions.revisions import CATALOGUE, Files
from parallaxe.text.decode import decode
from parallaxe.text.document import text_digest


class Wanted(NamedTuple):
    """A text that an article had, by its hash."""

    article_id: str
    text_sha256: str


@dataclass(frozen=True)
class OldTexts:
    """Where old texts of a project may be; `files` are those of a revision, null where there is no git."""

    project: Project
    files: Files | None

    def find(self, wanted: Collection[Wanted]) -> dict[Wanted, Version]:
        """The texts that are anywhere, with their alignment where it is known; what is nowhere is left out.

        A text without alignment is taken where no other source has it with one.
        """
        found: dict[Wanted, Version] = {}
        sources = (self._remembered, self._in_revision, self._built, self._aligned)
        for source in sources:
            left = [one for one in wanted if one not in found or found[one].alignment is None]
            for one, version in source(left):
                known = found.get(one)
                found[one] = version if known is None else version._replace(text=known.text)
        return found

    def _remembered(self, wanted: Collection[Wanted]) -> Iterator[tuple[Wanted, Version]]:
        """What a sync has pushed."""
        for one in wanted:
            known = known_text(Places(self.project), one.text_sha256)
            if known is not None:
                yield one, version_of(known)

    def _in_revision(self, wanted: Collection[Wanted]) -> Iterator[tuple[Wanted, Version]]:
        """Raw files of the revision (of restricted articles, of the work tree), as today's normalizer reads them."""
        if self.files is None:
            return
        rows = {one: self._rows[one.article_id] for one in wanted if one.article_id in self._rows}
        self.files.bring(f"seeds/{row.file}" for row in rows.values())
        for one, row in rows.items():
            for project in (self.files.project, self.project):
                version = _read(project, row, one.text_sha256)
                if version is not None:
                    yield one, version
                    break

    @cached_property
    def _rows(self) -> Mapping[str, CatalogueRow]:
        """The catalogue of the revision; nothing where it is broken."""
        assert self.files is not None
        self.files.bring([CATALOGUE])
        try:
            return {row.id: row for row in read_catalogue(self.files.project.catalogue_file)}
        except ParallaxeError:
            return {}

    def _built(self, wanted: Collection[Wanted]) -> Iterator[tuple[Wanted, Version]]:
        """Rows of datasets, those of the work tree first."""
        left = set(wanted)
        for dataset in self._datasets if left else ():
            for one in sorted(left):
                version = dataset.text(one)
                if version is not None:
                    left.discard(one)
                    yield one, version

    @cached_property
    def _datasets(self) -> tuple[_Dataset, ...]:
        folders = [self.project.corpus, self.project.state / FULL]
        if self.files is not None:
            tables = ("articles", "alignment")
            self.files.bring(
                path
                for path in self.files.blobs
                if PurePosixPath(path).match("corpus/data/*/*.parquet") and PurePosixPath(path).parent.name in tables
            )
            folders.append(self.files.project.corpus)
        return tuple(map(_Dataset, folders))

    def _aligned(self, wanted: Collection[Wanted]) -> Iterator[tuple[Wanted, Version]]:
        """Text layers of the work tree, whose raw file is that of the catalogue: places without words."""
        rows = {row.id: row for row in self.project.catalogue}
        for one in wanted:
            row = rows.get(one.article_id)
            version = _stand_in(self.project, row, one.text_sha256) if row is not None else None
            if version is not None:
                yield one, version


def _read(project: Project, row: CatalogueRow, text_sha256: str) -> Version | None:
    """The text of a raw file, if it is there and its text is the one that is looked for."""
    if not (project.seeds / row.file).is_file():
        return None
    try:
        document = read_row(project, row)
    except ParallaxeError:  # another file than that of its row: no text of anybody
        return None
    if document.text is None or document.text_sha256 != text_sha256:
        return None
    return Version(document.text, document.alignment, row.sha256)


def _stand_in(project: Project, row: CatalogueRow, text_sha256: str) -> Version | None:
    layer, raw = project.text_layer(row.id), project.seeds / row.file
    if not (layer.is_file() and raw.is_file()):
        return None
    try:
        document = read_text_layer(layer).document
        if document.text_sha256 != text_sha256:
            return None
        decoded = decode(read_raw(raw, SIZE_LIMIT), str(raw)).text
        return stand_in(decoded, document.alignment)._replace(raw_sha256=row.sha256)
    except (ParallaxeError, ValueError):
        return None


@dataclass(frozen=True)
class _Dataset:
    """A dataset that was built: texts and alignments of its articles, read when the first is asked for."""

    folder: Path

    def text(self, wanted: Wanted) -> Version | None:
        """The text of an article, if it is the one that is looked for."""
        place = self._places.get(wanted)
        row = self._articles.slice(place, 1).to_pylist()[0] if place is not None else None
        if row is None or row["text"] is None or text_digest(row["text"]) != wanted.text_sha256:
            return None
        return Version(row["text"], self._alignment(wanted.article_id, row["text"]), row["raw_sha256"])

    def _alignment(self, article_id: str, text: str) -> Alignment | None:
        place = self._aligned.get(article_id)
        if place is None:
            return None
        segments: list[dict[str, int]] = self._alignments.slice(place, 1).to_pylist()[0]["segments"]
        alignment = Alignment(tuple(Segment(**segment) for segment in segments))
        return alignment if alignment.text_length == len(text) else None

    @cached_property
    def _articles(self) -> pa.Table:
        return _table(self.folder / "data" / "articles", ["article_id", "text", "text_sha256", "raw_sha256"])

    @cached_property
    def _places(self) -> Mapping[Wanted, int]:
        ids, digests = (self._articles[name].to_pylist() for name in ("article_id", "text_sha256"))
        return {Wanted(*one): place for place, one in enumerate(zip(ids, digests, strict=True))}

    @cached_property
    def _alignments(self) -> pa.Table:
        return _table(self.folder / "data" / "alignment", ["article_id", "segments"])

    @cached_property
    def _aligned(self) -> Mapping[str, int]:
        return {name: place for place, name in enumerate(self._alignments["article_id"].to_pylist())}


def _table(folder: Path, columns: list[str]) -> pa.Table:
    """The rows of all files of a config; none where they cannot be read: the past is asked elsewhere then."""
    tables = []
    for path in sorted(folder.glob("*.parquet")):
        try:
            tables.append(pq.read_table(path, columns=columns))
        except (OSError, pa.ArrowException):
            continue
    empty: dict[str, list[Any]] = {name: [] for name in columns}
    return pa.concat_tables(tables) if tables else pa.table(empty)
