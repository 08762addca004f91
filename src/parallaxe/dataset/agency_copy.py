"""Rows of `parallels` of kind `agency_copy`: passages that two newsrooms print nearly word for word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import pyarrow as pa

from parallaxe.core.claims import Span
from parallaxe.core.schema import Schemas
from parallaxe.dataset.parallel_rows import Parallel, parallels_table
from parallaxe.text.document import Block
from parallaxe.text.passages import shared_passages
from parallaxe.text.shingles import Hashes, word_hashes, word_spans

TOOL = "parallaxe-agency-copy/1"


class BlockText(NamedTuple):
    """A text and its blocks: what is needed to turn words into offsets."""

    text: str
    blocks: Sequence[Block]

    @property
    def words(self) -> list[tuple[int, int]]:
        """Words of all blocks, in order (code points)."""
        return word_spans(self.text, tuple((block.start, block.end) for block in self.blocks))

    @property
    def hashes(self) -> Hashes:
        """One number for each of these words."""
        return word_hashes(self.text, self.words)


def agency_copy(pairs: Sequence[tuple[str, str]], texts: Mapping[str, BlockText], schemas: Schemas) -> pa.Table:
    """The table `parallels` for pairs of articles, one row for each shared passage; no rows where they share none.

    Fragments are given block by block, so that none crosses a blank line.
    """
    parallels = [
        Parallel(
            "agency_copy",
            a,
            _fragments(texts[a], passage.start_a, passage.end_a),
            b,
            _fragments(texts[b], passage.start_b, passage.end_b),
            passage.score,
        )
        for a, b in pairs
        for passage in shared_passages(texts[a].hashes, texts[b].hashes)
    ]
    return parallels_table(parallels, "agency-copy", TOOL, schemas)


def _fragments(text: BlockText, first: int, last: int) -> list[Span]:
    """The passage from word `first` up to word `last` as spans of code points, one for each block it touches."""
    words = text.words[first:last]
    start, end = words[0][0], words[-1][1]
    return [
        Span(max(start, block.start), min(end, block.end))
        for block in text.blocks
        if block.start < end and start < block.end
    ]
