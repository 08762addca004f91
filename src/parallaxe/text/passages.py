"""Passages that two articles share nearly word for word: agency copy, as rows anyone can load.

Runs of common words are found by shingles and chained where only a few words were changed between them: a desk that
prints a dispatch replaces a word here and there. A passage must be long, and mostly the same.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

import numpy as np

from parallaxe.text.shingles import Hashes, shingle_hashes

ANCHOR_SIZE = 4
"""Words of a run that anchors a passage."""

SHORTEST_PASSAGE = 40
"""Words that a passage must have on both sides."""

LEAST_COMMON = 0.75
"""Share of the longer side's words that must stand on the other side in the same order."""

_WIDEST_GAP = 12
_INDEXED_SIZE = 5
_FEWEST_SHARED = 3
# A shingle in more articles than this is a formula of the trade, not copy; it would also make the search quadratic.
_COMMONEST = 20


class Passage(NamedTuple):
    """Words `[start_a, end_a)` of one article are words `[start_b, end_b)` of another, but for a few; `score` 0–1."""

    start_a: int
    end_a: int
    start_b: int
    end_b: int
    score: float


def candidate_pairs(words: Mapping[str, Hashes]) -> list[tuple[str, str]]:
    """Pairs of articles that share enough runs of words to hold a common passage; each pair and the list in order.

    Half of all runs are looked at, chosen by their hash (Broder's mod-m sampling), the same half everywhere.
    """
    names = sorted(words)
    sampled = [np.unique(shingle_hashes(words[name], _INDEXED_SIZE)) for name in names]
    sampled = [shingles[shingles % np.uint64(2) == 0] for shingles in sampled]
    if not sampled:
        return []
    shingles = np.concatenate(sampled)
    owners = np.repeat(np.arange(len(names), dtype=np.uint32), [len(part) for part in sampled])
    order = np.argsort(shingles, kind="stable")
    borders = np.flatnonzero(np.diff(shingles[order])) + 1
    starts, ends = np.r_[0, borders], np.r_[borders, len(order)]
    shared: Counter[tuple[int, int]] = Counter()
    for run in np.flatnonzero((ends - starts > 1) & (ends - starts <= _COMMONEST)).tolist():
        shared.update(combinations(owners[order[starts[run] : ends[run]]].tolist(), 2))
    return sorted((names[a], names[b]) for (a, b), count in shared.items() if count >= _FEWEST_SHARED)


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
        if not 0 < len(places) <= _COMMONEST:
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
