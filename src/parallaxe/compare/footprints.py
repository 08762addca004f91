"""What claims cover, as tokens: so that a forgotten space weighs nothing, and a forgotten word a word.

A footprint is the tokens (by position) that the fragments of a claim touch, as disjoint intervals in order. Where the
text is withheld there are no tokens, and code points stand in for them. All overlaps between two lists of claims come
from one sweep, so that a long text costs no more than it is long.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TypeAlias

Interval: TypeAlias = tuple[int, int]
"""Half-open, of token positions, or of code points where there are no tokens."""

Footprint: TypeAlias = tuple[Interval, ...]
"""Intervals in order that neither overlap nor touch."""

Tokens: TypeAlias = Sequence[Interval] | None
"""Tokens of a text in order, in code points; None where the text is withheld."""


def footprint(fragments: Iterable[Interval], tokens: Tokens) -> Footprint:
    """The tokens that fragments touch; their code points where there are no tokens.

    >>> tokens = [(0, 2), (2, 9), (10, 14)]  # L'|Ukraine|cède
    >>> footprint([(2, 9)], tokens), footprint([(2, 10)], tokens), footprint([(2, 10)], None)
    (((1, 2),), ((1, 2),), ((2, 10),))
    """
    return joined(fragments if tokens is None else (_touched(fragment, tokens) for fragment in fragments))


def _touched(fragment: Interval, tokens: Sequence[Interval]) -> Interval:
    start, end = fragment
    return bisect_right(tokens, start, key=lambda token: token[1]), bisect_left(tokens, end, key=lambda token: token[0])


def joined(intervals: Iterable[Interval]) -> Footprint:
    """Intervals in order, those that overlap or touch made one, empty ones left out.

    >>> joined([(8, 9), (0, 3), (2, 5), (5, 6), (7, 7)])
    ((0, 6), (8, 9))
    """
    whole: list[Interval] = []
    for start, end in sorted(intervals):
        if start >= end:
            continue
        if whole and start <= whole[-1][1]:
            whole[-1] = (whole[-1][0], max(end, whole[-1][1]))
        else:
            whole.append((start, end))
    return tuple(whole)


def size(covered: Footprint) -> int:
    """How many tokens a footprint holds."""
    return sum(end - start for start, end in covered)


def overlaps(a: Sequence[Footprint], b: Sequence[Footprint]) -> dict[tuple[int, int], int]:
    """How many tokens `a[i]` and `b[j]` share, by (i, j), where they share any.

    >>> overlaps([((0, 6),), ((8, 9),)], [((4, 5), (8, 10))])
    {(0, 0): 1, (1, 0): 1}
    """
    shared: dict[tuple[int, int], int] = defaultdict(int)
    active: tuple[list[Interval], list[Interval]] = ([], [])
    for start, end, side, index in sorted([*_placed(a, 0), *_placed(b, 1)]):
        active[1 - side][:] = [other for other in active[1 - side] if other[0] > start]
        for other_end, other in active[1 - side]:
            shared[(other, index) if side else (index, other)] += min(end, other_end) - start
        active[side].append((end, index))
    return dict(shared)


def _placed(footprints: Sequence[Footprint], side: int) -> Iterable[tuple[int, int, int, int]]:
    return ((start, end, side, index) for index, covered in enumerate(footprints) for start, end in covered)


def ious(a: Sequence[Footprint], b: Sequence[Footprint]) -> dict[tuple[int, int], float]:
    """Intersection over union of `a[i]` and `b[j]`, in tokens over all fragments, by (i, j), where it is above 0.

    >>> ious([((0, 6),)], [((3, 6), (8, 9))])
    {(0, 0): 0.42857142857142855}
    """
    sizes_a, sizes_b = [size(covered) for covered in a], [size(covered) for covered in b]
    return {(i, j): both / (sizes_a[i] + sizes_b[j] - both) for (i, j), both in overlaps(a, b).items()}


def iou(a: Iterable[Interval], b: Iterable[Interval], tokens: Tokens) -> float:
    """Intersection over union of two lists of fragments; 1 where both are the same, empty ones included.

    >>> iou([(0, 5)], [(0, 5)], None), iou([], [(0, 5)], None)
    (1.0, 0.0)
    """
    one, other = tuple(a), tuple(b)
    return 1.0 if one == other else ious([footprint(one, tokens)], [footprint(other, tokens)]).get((0, 0), 0.0)


def inside(inner: Sequence[Footprint], outer: Sequence[Footprint]) -> list[tuple[int, int]]:
    """Pairs (i, j) where all of `inner[i]`, which is not empty, lies in `outer[j]`.

    >>> inside([((2, 4),), ((3, 9),)], [((0, 5),)])
    [(0, 0)]
    """
    sizes = [size(covered) for covered in inner]
    return sorted(pair for pair, both in overlaps(inner, outer).items() if both == sizes[pair[0]])
