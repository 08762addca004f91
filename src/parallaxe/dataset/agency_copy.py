"""Rows of `parallels` of kind `agency_copy`: passages that two newsrooms print nearly word for word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import NamedTuple

import pyarrow as pa

from parallaxe.core.schema import Schemas
from parallaxe.dataset.rows import Nested, table_from_columns
from parallaxe.text.document import Block
from parallaxe.text.passages import Passage, shared_passages
from parallaxe.text.shingles import Hashes, word_hashes, word_spans

TOOL = "parallaxe-agency-copy/1"


class Passages(NamedTuple):
    """All passages that two articles share; spans of words lead back to the texts."""

    article_a: str
    article_b: str
    passages: Sequence[Passage]


class BlockText(NamedTuple):
    """A text and its blocks: what is needed to turn words into offsets."""

    text: str
    blocks: Sequence[Block]

    @property
    def words(self) -> list[tuple[int, int]]:
        """Words of all blocks, in order (code points)."""
        return word_spans(self.text, tuple((block.start, block.end) for block in self.blocks))


def agency_copy(pairs: Sequence[tuple[str, str]], texts: Mapping[str, BlockText], schemas: Schemas) -> pa.Table:
    """The table `parallels` for pairs of articles, one row for each shared passage; no rows where they share none.

    Fragments are given block by block, so that none crosses a blank line.
    """
    rows = [
        (a, b, passage, texts[a], texts[b])
        for a, b in pairs
        for passage in shared_passages(_hashes(texts[a]), _hashes(texts[b]))
    ]
    spans_a = [_fragments(text, passage.start_a, passage.end_a) for _, _, passage, text, _ in rows]
    spans_b = [_fragments(text, passage.start_b, passage.end_b) for _, _, passage, _, text in rows]
    count = len(rows)
    columns = {
        "parallel_id": [_identity(a, b, spans[0]) for (a, b, *_), spans in zip(rows, spans_a, strict=True)],
        "kind": ["agency_copy"] * count,
        "article_a": [a for a, *_ in rows],
        "fragments_a": _nested(spans_a),
        "article_b": [b for _, b, *_ in rows],
        "fragments_b": _nested(spans_b),
        "score": [passage.score for _, _, passage, *_ in rows],
        "layer": ["agency-copy"] * count,
        "annotator": [TOOL] * count,
        "annotator_type": ["rule"] * count,
        "status": ["proposed"] * count,
        "tool": [TOOL] * count,
        "derived_from": [[] for _ in rows],
    }
    table = schemas.table("parallels")
    unsaid = {column.name: [None] * count for column in table.columns if column.name not in columns}
    return table_from_columns({**columns, **unsaid}, table).sort_by("parallel_id")


def _hashes(text: BlockText) -> Hashes:
    return word_hashes(text.text, text.words)


def _fragments(text: BlockText, first: int, last: int) -> list[tuple[int, int]]:
    """The passage from word `first` up to word `last` as spans of code points, one for each block it touches."""
    words = text.words[first:last]
    start, end = words[0][0], words[-1][1]
    return [
        (max(start, block.start), min(end, block.end))
        for block in text.blocks
        if block.start < end and start < block.end
    ]


def _nested(rows: Sequence[Sequence[tuple[int, int]]]) -> Nested:
    flat = [span for row in rows for span in row]
    return Nested([len(row) for row in rows], {"start": [span[0] for span in flat], "end": [span[1] for span in flat]})


def _identity(article_a: str, article_b: str, first: tuple[int, int]) -> str:
    """An id that the same passage gets in every build."""
    return sha256(f"agency_copy:{article_a}:{article_b}:{first[0]}".encode()).hexdigest()[:12]
