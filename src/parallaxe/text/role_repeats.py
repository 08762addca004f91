"""Pull quotes: which blocks repeat, as a whole, words of another block.

Comparing each pair of blocks would be quadratic. Instead the runs of five words of each block are taken as a set, and
those that several blocks share are found by set algebra, at the speed of C. Most articles stop there: only a block
that shares a good part of its runs asks where they stand, and only the block most often named is compared word by
word, in a window as long as the block. Time is linear in the words.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from difflib import SequenceMatcher
from typing import TypeAlias

Words: TypeAlias = Sequence[str]
Run: TypeAlias = tuple[str, ...]
Places: TypeAlias = dict[Run, list[tuple[int, int]]]

REPEATED_SHARE = 0.9
"""A block repeats another where this share of its words stand there in the same order."""

_RUN = 5
_FEWEST_WORDS, _MOST_WORDS = 8, 120
# Of nine words in ten kept, at least this share of the runs is kept too, where the tenth do not all stand alone.
_SHARED_RUNS = 0.25
# Blocks remembered for a run of words; what stands in more of them is phrase, not quotation.
_PLACES = 12
_WINDOW = 1.25


def find_repeats(blocks: Sequence[Words]) -> dict[int, int]:
    """Blocks of 8–120 words that stand in a longer block, or in an equal one before: index → index of that block.

    >>> body = "Poutine a besoin de Kim sur terre et Kim de lui dans l'espace".split()
    >>> find_repeats([body + ["dit-on"], body, ["Kim", "part"]])
    {1: 0}
    """
    runs = [_runs(words) for words in blocks]
    shared = _shared(runs)
    candidates = [i for i, words in enumerate(blocks) if _is_candidate(len(words), runs[i], shared)]
    if not candidates:
        return {}
    places = _index(blocks, shared)
    found = ((i, _container(i, blocks, places)) for i in candidates)
    return {i: container for i, container in found if container is not None}


def _runs(words: Words) -> AbstractSet[Run]:
    return set(zip(*(words[start:] for start in range(_RUN)), strict=False))


def _shared(runs: Sequence[AbstractSet[Run]]) -> AbstractSet[Run]:
    """Runs that stand in more than one block."""
    seen: set[Run] = set()
    shared: set[Run] = set()
    for block in runs:
        shared |= seen & block
        seen |= block
    return shared


def _is_candidate(length: int, runs: AbstractSet[Run], shared: AbstractSet[Run]) -> bool:
    return _FEWEST_WORDS <= length <= _MOST_WORDS and len(runs & shared) >= max(1, _SHARED_RUNS * len(runs))


def _index(blocks: Sequence[Words], shared: AbstractSet[Run]) -> Places:
    """For each shared run, the first place in each of the first few blocks that have it."""
    places: Places = defaultdict(list)
    for number, words in enumerate(blocks):
        for position, run in enumerate(zip(*(words[start:] for start in range(_RUN)), strict=False)):
            if run in shared:
                known = places[run]
                if len(known) < _PLACES and (not known or known[-1][0] != number):
                    known.append((number, position))
    return places


def _container(number: int, blocks: Sequence[Words], places: Places) -> int | None:
    """The block that shares most runs, if the words stand there: it is longer, or as long and before."""
    words = blocks[number]
    shifts: defaultdict[int, Counter[int]] = defaultdict(Counter)
    for position, run in enumerate(zip(*(words[start:] for start in range(_RUN)), strict=False)):
        for block, place in places.get(run, ()):
            if (len(blocks[block]), number) > (len(words), block):
                shifts[block][place - position] += 1
    if not shifts:
        return None
    block = min(shifts, key=lambda block: (-shifts[block].total(), block))
    shift = min(shifts[block], key=lambda shift: (-shifts[block][shift], shift))
    return block if _stands_in(words, blocks[block], shift) else None


def _stands_in(words: Words, container: Words, start: int) -> bool:
    slack = int(len(words) * (_WINDOW - 1)) + 1
    window = container[max(start - slack, 0) : start + len(words) + slack]
    if window[min(start, slack) :][: len(words)] == words:
        return True
    kept = SequenceMatcher(None, words, window, autojunk=False).get_matching_blocks()
    return sum(block.size for block in kept) >= REPEATED_SHARE * len(words)
