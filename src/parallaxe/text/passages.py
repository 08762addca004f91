"""Passages that two articles share nearly word for word: agency copy, as rows anyone can load.

Runs of common words are found by shingles and chained where only a few words were changed between them: a desk that
prints a dispatch replaces a word here and there. A passage must be long, and mostly the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from parallaxe.text.shingles import Hashes, shingle_hashes

ANCHOR_SIZE = 4
"""Words of a run that anchors a passage."""

SHORTEST_PASSAGE = 40
"""Words that a passage must have on both sides."""

LEAST_COMMON = 0.75
"""Share of the longer side's words that must stand on the other side in the same order."""

FEWEST_SHARED = 3
"""Sampled runs of words that two articles share if they have a common passage."""

COMMONEST = 20
"""A run of words in more articles than this is a formula of the trade, not copy; it also would cost quadratic time."""

_WIDEST_GAP = 12
_INDEXED_SIZE = 5


class Passage(NamedTuple):
    """Words `[start_a, end_a)` of one article are words `[start_b, end_b)` of another, but for a few; `score` 0–1."""

    start_a: int
    end_a: int
    start_b: int
    end_b: int
    score: float


def sampled_shingles(words: Hashes) -> Hashes:
    """What two articles with a common passage have in common: half of their runs of words, each once, in order.

    The half is chosen by the hash of a run (Broder's mod-m sampling), so that it is the same half everywhere.
    """
    shingles: Hashes = np.unique(shingle_hashes(words, _INDEXED_SIZE))
    sampled: Hashes = shingles[shingles % np.uint64(2) == 0]
    return sampled


def shared_passages(a: Hashes, b: Hashes) -> list[Passage]:
    """All passages that two articles share, in the order of the first; offsets count words."""
    positions: defaultdict[int, list[int]] = defaultdict(list)
    for position, shingle in enumerate(shingle_hashes(b, ANCHOR_SIZE).tolist()):
        positions[shingle].append(position)
    runs = _runs(shingle_hashes(a, ANCHOR_SIZE).tolist(), positions)
    return [passage for chain in _chains(runs) if (passage := _passage(chain)) is not None]


class _Run(NamedTuple):
    """`length` words are the same from `a` in one article and `b` in the other."""

    a: int
    b: int
    length: int


def _runs(shingles: Sequence[int], positions: Mapping[int, list[int]]) -> list[_Run]:
    """Maximal common runs; where one could begin at several places, the one that continues the run before is taken."""
    runs: list[_Run] = []
    a = 0
    while a < len(shingles):
        places = positions.get(shingles[a], ())
        if not 0 < len(places) <= COMMONEST:
            a += 1
            continue
        after = runs[-1].b + runs[-1].length if runs else 0
        b = min(places, key=lambda place: (place < after, abs(place - after)))
        length = 1
        while a + length < len(shingles) and b + length in positions.get(shingles[a + length], ()):
            length += 1
        runs.append(_Run(a, b, length + ANCHOR_SIZE - 1))
        a += length
    return runs


def _chains(runs: Sequence[_Run]) -> list[list[_Run]]:
    """Runs that follow each other in both articles with a small gap."""
    chains: list[list[_Run]] = []
    for run in runs:
        if chains:
            last = chains[-1][-1]
            gaps = (run.a - last.a - last.length, run.b - last.b - last.length)
            if all(-ANCHOR_SIZE < gap <= _WIDEST_GAP for gap in gaps):
                chains[-1].append(run)
                continue
        chains.append([run])
    return chains


def _passage(chain: Sequence[_Run]) -> Passage | None:
    first, last = chain[0], chain[-1]
    end_a, end_b = last.a + last.length, last.b + last.length
    longer = max(end_a - first.a, end_b - first.b)
    common = len({word for run in chain for word in range(run.a, run.a + run.length)})
    score = round(min(common / longer, 1.0), 3)
    if min(end_a - first.a, end_b - first.b) < SHORTEST_PASSAGE or score < LEAST_COMMON:
        return None
    return Passage(first.a, end_a, first.b, end_b, score)
