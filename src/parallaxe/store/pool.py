"""Articles between the two passes of a build: tables wait on disk, the little that all must know of each in memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from parallaxe.core.errors import CombinedError, ParallaxeError, RawFileError
from parallaxe.core.schema import Schemas
from parallaxe.dataset.agency_copy import BlockText
from parallaxe.dataset.article import OPEN
from parallaxe.dataset.rows import tables_of
from parallaxe.store.reading import read_article
from parallaxe.store.sources import Item
from parallaxe.text.document import Block, Document
from parallaxe.text.duplicates import Sketch, sketch
from parallaxe.text.shingles import Hashes


@dataclass
class Chunk:
    """Some articles after the first pass: tables, and what likeness is measured on (of open texts only)."""

    tables: dict[str, pa.Table]
    sketches: dict[str, Sketch] = field(default_factory=dict)
    words: dict[str, Hashes] = field(default_factory=dict)
    errors: list[ParallaxeError] = field(default_factory=list)


def read_chunk(items: Sequence[Item], schemas: Schemas) -> Chunk:
    """First pass over some items, in a worker process; broken ones become errors, one for each."""
    articles, errors = [], []
    for item in items:
        try:
            articles.append(read_article(item))
        except ParallaxeError as error:
            errors.append(error)
    words = {
        article.article_id: _words(article.document)
        for article in articles
        if article.rights == OPEN and article.document.text is not None
    }
    sketches = {article_id: sketch(hashes) for article_id, hashes in words.items()}
    return Chunk(tables_of(articles, schemas), sketches, words, errors)


def _words(document: Document) -> Hashes:
    return BlockText(document.text or "", document.blocks).hashes


class Pool:
    """All chunks between the two passes: tables on disk, the little that is needed of every article in memory."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.folder = folder
        self.sketches: dict[str, Sketch] = {}
        self.words: dict[str, Hashes] = {}
        self.is_open: dict[str, bool] = {}
        self._texts: dict[str, str] = {}
        self._errors: list[ParallaxeError] = []
        self._chunks = 0

    @property
    def articles(self) -> int:
        """Articles that were added, broken ones too."""
        return len(self.is_open) + len(self._errors)

    def add(self, chunk: Chunk) -> None:
        """Put the tables of a chunk on disk, and remember the rest."""
        articles = chunk.tables["articles"]
        ids = articles["article_id"].to_pylist()
        self._errors += chunk.errors
        self._check_distinct(ids, articles["text_sha256"].to_pylist(), articles["raw_file"].to_pylist())
        self.sketches |= chunk.sketches
        self.words |= chunk.words
        self.is_open |= {article_id: article_id in chunk.words for article_id in ids}
        for name, table in chunk.tables.items():
            with (
                pa.OSFile(str(self._file(self._chunks, name)), "wb") as file,
                pa.ipc.new_file(file, table.schema) as writer,
            ):
                writer.write_table(table)
        self._chunks += 1

    def raise_errors(self) -> None:
        """Raise everything that is wrong with the raw files, at once."""
        if self._errors:
            raise CombinedError(self._errors)

    def chunks(self) -> Iterator[dict[str, pa.Table]]:
        """The tables of each chunk, in the order in which they were added."""
        for number in range(self._chunks):
            yield {name: _read(self._file(number, name)) for name in ("articles", "alignment", "sentences")}

    def texts(self, wanted: set[str], schemas: Schemas) -> dict[str, BlockText]:
        """Texts and blocks of some articles."""
        roles = schemas.labels["block_roles"].names
        found: dict[str, BlockText] = {}
        for number in range(self._chunks if wanted else 0):
            articles = _read(self._file(number, "articles"))
            rows = articles.filter(pc.is_in(articles["article_id"], value_set=pa.array(sorted(wanted), pa.string())))
            for row in rows.select(["article_id", "text", "blocks"]).to_pylist():
                blocks = [Block(roles[block["role"]], block["start"], block["end"]) for block in row["blocks"]]
                found[row["article_id"]] = BlockText(row["text"], blocks)
        return found

    def _file(self, number: int, name: str) -> Path:
        return self.folder / f"{number:06}-{name}.arrow"

    def _check_distinct(self, ids: Sequence[str], digests: Sequence[str], files: Sequence[str]) -> None:
        for article_id, digest, file in zip(ids, digests, files, strict=True):
            if digest in self._texts:
                what = f"its text is that of {self._texts[digest]}"
                self._errors.append(RawFileError(file, what, f"remove one of them (article `{article_id}`)"))
            self._texts.setdefault(digest, file)


def _read(path: Path) -> pa.Table:
    with pa.memory_map(str(path)) as file:
        return pa.ipc.open_file(file).read_all()
