"""Articles between the two passes of a build: tables and what likeness is measured on wait on disk, in memory the ids.

Which articles are alike can only be told when all are known, and takes thousands of numbers of each: they lie in
buckets, of which one at a time is sorted. So memory grows by an id and a few flags for each article.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from parallaxe.annotate.notices import Notice
from parallaxe.core.errors import CombinedError, ParallaxeError, RawFileError
from parallaxe.core.schema import Schemas
from parallaxe.dataset.agency_copy import BlockText
from parallaxe.dataset.annotation_rows import entities_table, quotes_table, stances_table
from parallaxe.dataset.article import OPEN, Article
from parallaxe.dataset.rows import tables_of
from parallaxe.store.building.buckets import Buckets
from parallaxe.store.building.stories import Stories
from parallaxe.store.machine.equipment import Equipment
from parallaxe.store.reading import read_article
from parallaxe.store.sources import Item
from parallaxe.text.document import Block
from parallaxe.text.duplicates import SKETCH_SIZE, Sketch, band_hashes, near_duplicates, sketch
from parallaxe.text.pairs import Pairs, divided, meetings, repeated
from parallaxe.text.passages import COMMONEST, FEWEST_SHARED, sampled_shingles
from parallaxe.text.shingles import Hashes
from parallaxe.text.stories import story_numbers

# What a worker reads at once: enough to be worth the way there and back, and little to hold as Python objects.
_CHUNK_ARTICLES = 32
_CHUNK_BYTES = 500_000
# Fewer would cost more in starting checks than in checking; more would only take memory.
_ARTICLES_TOGETHER = 256
_BYTES_TOGETHER = 16_000_000
_TEXTS_AT_HAND = 64


class Likeness(NamedTuple):
    """What an open article may have in common with others."""

    shingles: Hashes
    sketch: Sketch
    story: Hashes


@dataclass
class Chunk:
    """Some articles after the first pass: tables, what of open texts likeness is measured on, and what went wrong.

    `notices` are what the machine has to tell of texts, by article.
    """

    tables: dict[str, pa.Table]
    likeness: dict[str, Likeness] = field(default_factory=dict)
    errors: list[ParallaxeError] = field(default_factory=list)
    notices: list[tuple[str, Notice]] = field(default_factory=list)


def in_chunks(items: Sequence[Item]) -> list[Sequence[Item]]:
    """Items in chunks of some articles, fewer where they are long."""
    chunks: list[list[Item]] = []
    room = 0
    for item in items:
        size = item.size()
        if not chunks or len(chunks[-1]) == _CHUNK_ARTICLES or size > room:
            chunks.append([])
            room = _CHUNK_BYTES
        chunks[-1].append(item)
        room -= size
    return list(chunks)


def read_chunk(items: Sequence[Item], schemas: Schemas, *, annotate: Equipment | None = None) -> Chunk:
    """First pass over some items, in a worker process; broken ones become errors, one for each.

    With `annotate`, what the machine of that equipment proposes about each article goes with it, as tables.
    """
    articles, errors = [], []
    for item in items:
        try:
            articles.append(read_article(item))
        except ParallaxeError as error:
            errors.append(error)
    annotated = {label.name for label in schemas.labels["block_roles"].labels if label.annotated}
    likeness = {
        article.article_id: _likeness(BlockText(article.document.text, article.document.blocks), annotated)
        for article in articles
        if article.rights == OPEN and article.document.text is not None
    }
    chunk = Chunk(tables_of(articles, schemas), likeness, errors)
    return chunk if annotate is None else _annotated(chunk, articles, schemas, annotate)


def _annotated(chunk: Chunk, articles: Sequence[Article], schemas: Schemas, equipment: Equipment) -> Chunk:
    """The chunk with the claims of the machine in it."""
    from parallaxe.store.machine.machine import annotated, default_machine

    machine = default_machine(equipment)
    made = [annotated(article, machine) for article in articles if article.document.text is not None]
    items = [item for item, _ in made]
    tables = {
        "entities": entities_table(items, schemas),
        "quotes": quotes_table(items, schemas),
        "stances": stances_table(items, machine.known, schemas),
    }
    notices = [(item.layer.article_id, notice) for item, found in made for notice in found]
    return replace(chunk, tables=chunk.tables | tables, notices=notices)


def _likeness(text: BlockText, annotated: Collection[str]) -> Likeness:
    words = text.hashes
    told = [block for block in text.blocks if block.role in annotated]
    return Likeness(sampled_shingles(words), sketch(words), story_numbers(text.text, told))


class Told(NamedTuple):
    """What is told of texts under one code: the first time it is, and of how many articles."""

    first: str
    articles: int


class Pool:
    """All articles between the two passes; they come in the order of their ids."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.folder = folder
        self.is_open: dict[str, bool] = {}
        self._compared: list[str] = []
        self._shingles = Buckets(folder / "shingles", 2)
        self._bands = Buckets(folder / "bands", 2)
        self._stories = Stories(folder / "stories")
        self._texts: dict[bytes, str] = {}
        self._errors: list[ParallaxeError] = []
        self._held: list[dict[str, pa.Table]] = []
        self._written = 0
        self._tables: tuple[str, ...] = ()
        self.told: dict[str, Told] = {}

    @property
    def articles(self) -> int:
        """Articles that were added, broken ones too."""
        return len(self.is_open) + len(self._errors)

    def add(self, chunk: Chunk) -> None:
        """Put a chunk on disk, and remember which articles it has."""
        articles = chunk.tables["articles"]
        ids = articles["article_id"].to_pylist()
        self._errors += chunk.errors
        self._tell(chunk.notices)
        self._check_distinct(ids, articles["text_sha256"].to_pylist(), articles["raw_file"].to_pylist())
        self.is_open |= {article_id: article_id in chunk.likeness for article_id in ids}
        if chunk.likeness:
            self._add_likeness(chunk.likeness)
        self._held.append(chunk.tables)
        if (
            sum(len(tables["articles"]) for tables in self._held) >= _ARTICLES_TOGETHER
            or sum(table.nbytes for tables in self._held for table in tables.values()) >= _BYTES_TOGETHER
        ):
            self._write_held()

    def close(self) -> None:
        """Say that no more articles come, and raise everything that is wrong with the raw files, at once."""
        if self._errors:
            raise CombinedError(self._errors)
        if self._held:
            self._write_held()

    def chunks(self) -> Iterator[dict[str, pa.Table]]:
        """The tables of some articles after those of others, in the order in which they were added."""
        for number in range(self._written):
            yield {name: _read(self._file(number, name)) for name in self._tables}

    def candidate_pairs(self) -> list[tuple[str, str]]:
        """Pairs of articles that share enough runs of words to hold a passage; each pair and the list in order."""
        shared = Buckets(self.folder / "shared", 1)
        for rows in self._shingles:
            shared.add(meetings(rows[:, 0], rows[:, 1].astype(np.uint32), COMMONEST).reshape(-1, 1))
        return self._named([repeated(rows[:, 0], FEWEST_SHARED) for rows in shared])

    def near_duplicates(self) -> list[tuple[str, str]]:
        """Pairs of articles whose texts are near-duplicates; each pair and the list in order."""
        if not self._compared:
            return []
        candidates = Buckets(self.folder / "candidates", 1)
        for rows in self._bands:
            candidates.add(meetings(rows[:, 0], rows[:, 1].astype(np.uint32)).reshape(-1, 1))
        sketches: Sketch = np.memmap(self.folder / "sketches", np.uint32, "r").reshape(-1, SKETCH_SIZE)
        return self._named([near_duplicates(repeated(rows[:, 0], 1), sketches) for rows in candidates])

    def alike(self, published: Mapping[str, date | None]) -> list[tuple[str, str, float]]:
        """Pairs of open articles that tell of the same event, in order, and how alike; `published` are their dates."""
        days = [day.toordinal() if (day := published[name]) else None for name in self._compared]
        return [(self._compared[one], self._compared[other], score) for one, other, score in self._stories.alike(days)]

    def texts(self, wanted: Collection[str], schemas: Schemas) -> Mapping[str, BlockText]:
        """Texts and blocks of some articles, read when they are asked for."""
        files = [self._file(number, "articles") for number in range(self._written if wanted else 0)]
        return _Texts(files, wanted, schemas)

    def _tell(self, notices: Sequence[tuple[str, Notice]]) -> None:
        for article_id, notice in notices:
            before = self.told.get(notice.code, Told(f"{article_id} {notice.where}: {notice.what}", 0))
            self.told[notice.code] = before._replace(articles=before.articles + 1)

    def _add_likeness(self, likeness: Mapping[str, Likeness]) -> None:
        places = range(len(self._compared), len(self._compared) + len(likeness))
        self._compared += likeness
        sketches = np.stack([of.sketch for of in likeness.values()])
        with (self.folder / "sketches").open("ab") as file:
            file.write(sketches.tobytes())
        self._bands.add(_owned(list(band_hashes(sketches)), places))
        self._shingles.add(_owned([of.shingles for of in likeness.values()], places))
        self._stories.add([of.story for of in likeness.values()])

    def _named(self, found: Sequence[Pairs]) -> list[tuple[str, str]]:
        return sorted(
            (self._compared[one], self._compared[other])
            for pairs in found
            for one, other in zip(*(places.tolist() for places in divided(pairs)), strict=True)
        )

    def _write_held(self) -> None:
        self._tables = tuple(self._held[0])
        for name in self._tables:
            table = pa.concat_tables([tables[name] for tables in self._held]).combine_chunks()
            with (
                pa.OSFile(str(self._file(self._written, name)), "wb") as file,
                pa.ipc.new_file(file, table.schema) as writer,
            ):
                writer.write_table(table)
        self._held = []
        self._written += 1

    def _file(self, number: int, name: str) -> Path:
        return self.folder / f"{number:06}-{name}.arrow"

    def _check_distinct(self, ids: Sequence[str], digests: Sequence[str], files: Sequence[str]) -> None:
        for article_id, digest, file in zip(ids, digests, files, strict=True):
            key = bytes.fromhex(digest)
            if key in self._texts:
                what = f"its text is that of {self._texts[key]}"
                self._errors.append(RawFileError(file, what, f"remove one of them (article `{article_id}`)"))
            self._texts.setdefault(key, file)


class _Texts(Mapping[str, BlockText]):
    """Some texts of a pool by the ids of their articles; few of them are in memory at once."""

    def __init__(self, files: Sequence[Path], wanted: Collection[str], schemas: Schemas) -> None:
        self._places = {
            article_id: (file, row)
            for file in files
            for row, article_id in enumerate(_read(file)["article_id"].to_pylist())
            if article_id in wanted
        }
        self._roles = schemas.labels["block_roles"].names
        self._read = lru_cache(_TEXTS_AT_HAND)(self._text)

    def __getitem__(self, article_id: str) -> BlockText:
        return self._read(article_id)

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def _text(self, article_id: str) -> BlockText:
        file, place = self._places[article_id]
        [row] = _read(file).select(["text", "blocks"]).slice(place, 1).to_pylist()
        blocks = [Block(self._roles[block["role"]], block["start"], block["end"]) for block in row["blocks"]]
        return BlockText(row["text"], blocks)


def _owned(numbers: Sequence[Hashes], owners: Sequence[int]) -> Hashes:
    """Rows of a number and its owner."""
    counts = [len(part) for part in numbers]
    return np.column_stack([np.concatenate(numbers), np.repeat(np.array(owners, np.uint64), counts)])


def _read(path: Path) -> pa.Table:
    with pa.memory_map(str(path)) as file:
        return pa.ipc.open_file(file).read_all()
