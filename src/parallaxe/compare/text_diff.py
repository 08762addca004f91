"""What two versions of a text have in common, as stretches in one order: a diff that is linear enough for any article.

The text is compared from large to small: blocks, then sentences where blocks differ, words where sentences differ, and
characters where words do. At each level what is equal at both ends is taken first, then units that stand once on both
sides, as far as they are in one order (a patience diff). So an inserted sentence is found as a sentence, although it
may begin with the words that the next one begins with, and a name that comes a hundred times is found by its sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

_LEVELS = (
    re.compile(r"[^\n]*\n*"),
    re.compile(r"[^.!?…]*[.!?…]*[\s»”\"]*"),
    re.compile(r"\w+|[^\w\s]|\s+"),
)
"""Blocks, sentences (roughly: any piece will do) and words; each tiles a text, none looks back."""

_LONGEST_BY_CHARACTER = 200
"""Edits that are longer, in code points, are not compared letter by letter."""


class Match(NamedTuple):
    """`old[old_start:old_start + length] == new[new_start:new_start + length]`, in code points."""

    old_start: int
    new_start: int
    length: int

    @property
    def old_end(self) -> int:
        """Where it ends in the old text."""
        return self.old_start + self.length

    @property
    def new_end(self) -> int:
        """Where it ends in the new text."""
        return self.new_start + self.length


class _Gap(NamedTuple):
    """`old[old_start:old_end]` became `new[new_start:new_end]`, as far as is known."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int


def matches(old: str, new: str) -> tuple[Match, ...]:
    """Stretches that both texts have, in the order of both, none touching the next on both sides.

    >>> matches("Kim parle. Fin.", "Kim rit. Kim parle. Fin.")
    (Match(old_start=0, new_start=9, length=15),)
    """
    found: list[Match] = []
    gaps = [_Gap(0, len(old), 0, len(new))]
    for level in _LEVELS:
        left: list[_Gap] = []
        for gap in gaps:
            common = _common_units(old, new, gap, level)
            found += common
            left += _gaps_between(common, gap)
        gaps = [gap for gap in left if gap.old_start < gap.old_end and gap.new_start < gap.new_end]
    for gap in gaps:
        found += _common_characters(old, new, gap)
    whole = _Gap(0, len(old), 0, len(new))
    return tuple(_without_coincidences(_joined(sorted(found)), whole))


def _common_units(old: str, new: str, gap: _Gap, level: re.Pattern[str]) -> list[Match]:
    """Units that both sides of a gap have: at its ends, those that stand once, and what follows on these."""
    a = [found.span() for found in level.finditer(old, gap.old_start, gap.old_end) if found.end() > found.start()]
    b = [found.span() for found in level.finditer(new, gap.new_start, gap.new_end) if found.end() > found.start()]
    words_a, words_b = [old[start:end] for start, end in a], [new[start:end] for start, end in b]
    first, last = _equal_ends(words_a, words_b, (0, 0), (len(a), len(b)))
    low, high = (first, first), (len(a) - last, len(b) - last)
    anchors = _in_one_order(_unique(words_a, words_b, (low[0], high[0]), (low[1], high[1])))
    pairs = [*((n, n) for n in range(first)), *anchors, *((len(a) - n, len(b) - n) for n in range(1, last + 1))]
    for i, j in [*anchors, high]:
        first, last = _equal_ends(words_a, words_b, low, (i, j))
        pairs += [(low[0] + n, low[1] + n) for n in range(first)] + [(i - n, j - n) for n in range(1, last + 1)]
        low = (i + 1, j + 1)
    return [Match(a[i][0], b[j][0], a[i][1] - a[i][0]) for i, j in pairs]


def _equal_ends(a: Sequence[str], b: Sequence[str], low: tuple[int, int], high: tuple[int, int]) -> tuple[int, int]:
    """How many units are equal at the beginning, and of the rest at the end, of `a[low:high]` and `b[low:high]`."""
    shorter = min(high[0] - low[0], high[1] - low[1])
    first = next((n for n in range(shorter) if a[low[0] + n] != b[low[1] + n]), shorter)
    left = shorter - first
    return first, next((n for n in range(left) if a[high[0] - 1 - n] != b[high[1] - 1 - n]), left)


def _unique(
    a: Sequence[str], b: Sequence[str], range_a: tuple[int, int], range_b: tuple[int, int]
) -> list[tuple[int, int]]:
    """Positions of units that are no white space and stand once on each side, in the order of a."""
    counted_a, counted_b = Counter(a[slice(*range_a)]), Counter(b[slice(*range_b)])
    places = {b[j]: j for j in range(*range_b) if counted_b[b[j]] == 1 and not b[j].isspace()}
    return [(i, places[a[i]]) for i in range(*range_a) if counted_a[a[i]] == 1 and a[i] in places]


def _in_one_order(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest selection of pairs that rises on both sides; the first sides rise already.

    Source: patience sorting (Fredman, 1975), as in the patience diff.
    """
    tops: list[int] = []
    piles: list[int] = []
    before: list[int | None] = []
    for position, (_, j) in enumerate(pairs):
        pile = bisect_left(tops, j)
        before.append(piles[pile - 1] if pile else None)
        tops[pile : pile + 1] = [j]
        piles[pile : pile + 1] = [position]
    chosen: list[tuple[int, int]] = []
    at = piles[-1] if piles else None
    while at is not None:
        chosen.append(pairs[at])
        at = before[at]
    return chosen[::-1]


def _gaps_between(found: Sequence[Match], around: _Gap) -> Iterator[_Gap]:
    """What matches leave of a stretch, empty gaps included."""
    old, new = around.old_start, around.new_start
    for match in _joined(sorted(found)):
        yield _Gap(old, match.old_start, new, match.new_start)
        old, new = match.old_end, match.new_end
    yield _Gap(old, around.old_end, new, around.new_end)


def _common_characters(old: str, new: str, gap: _Gap) -> list[Match]:
    if max(gap.old_end - gap.old_start, gap.new_end - gap.new_start) > _LONGEST_BY_CHARACTER:
        return []
    a, b = old[gap.old_start : gap.old_end], new[gap.new_start : gap.new_end]
    blocks = SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks()
    return [Match(gap.old_start + block.a, gap.new_start + block.b, block.size) for block in blocks if block.size]


def _joined(found: Sequence[Match]) -> list[Match]:
    """Matches in order, those that touch on both sides made one."""
    whole: list[Match] = []
    for match in found:
        if whole and (whole[-1].old_end, whole[-1].new_end) == (match.old_start, match.new_start):
            whole[-1] = whole[-1]._replace(length=whole[-1].length + match.length)
        else:
            whole.append(match)
    return whole


def _without_coincidences(found: Sequence[Match], whole: _Gap) -> list[Match]:
    """Matches without those that are short between edits: words that two unlike stretches happen to share.

    A match falls where the text that went around it, and the text that came, are more than twice as long as it is.
    What stands between pure insertions, or between pure deletions, stays. One pass, from the left.
    """
    kept: list[Match] = []
    for position, match in enumerate(found):
        old, new = (kept[-1].old_end, kept[-1].new_end) if kept else (whole.old_start, whole.new_start)
        after = found[position + 1] if position + 1 < len(found) else Match(whole.old_end, whole.new_end, 0)
        gone = match.old_start - old + after.old_start - match.old_end
        came = match.new_start - new + after.new_start - match.new_end
        if 2 * match.length >= min(gone, came):
            kept.append(match)
    return kept
