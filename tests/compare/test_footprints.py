"""Overlaps from one sweep are those that sets of tokens give."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from parallaxe.compare.footprints import Footprint, footprint, inside, iou, joined, overlaps, size

intervals = st.tuples(st.integers(0, 30), st.integers(0, 12)).map(lambda pair: (pair[0], pair[0] + pair[1]))
footprints = st.lists(intervals, max_size=4).map(joined)


def cells(covered: Footprint) -> set[int]:
    return {cell for start, end in covered for cell in range(start, end)}


@given(st.lists(footprints, max_size=6), st.lists(footprints, max_size=6))
def test_overlaps_are_those_of_sets(a: list[Footprint], b: list[Footprint]) -> None:
    """The sweep finds every shared token of every pair, and no other pair."""
    expected = {
        (i, j): len(cells(one) & cells(other))
        for i, one in enumerate(a)
        for j, other in enumerate(b)
        if cells(one) & cells(other)
    }

    assert expected == overlaps(a, b)


@given(st.lists(footprints, max_size=6), st.lists(footprints, max_size=6))
def test_inside_means_every_token(a: list[Footprint], b: list[Footprint]) -> None:
    """A footprint lies in another where it is not empty and all its tokens do."""
    expected = [(i, j) for i, x in enumerate(a) for j, y in enumerate(b) if x and cells(x) <= cells(y)]

    assert expected == inside(a, b)


@given(st.lists(intervals, max_size=5))
def test_joining_keeps_every_token_once(spans: list[tuple[int, int]]) -> None:
    """Joined intervals cover the same and are apart."""
    whole = joined(spans)

    assert cells(tuple(spans)) == cells(whole)
    assert size(whole) == len(cells(whole))


def test_a_space_weighs_nothing_where_there_are_tokens() -> None:
    """`en Corée ` and `en Corée` are one in tokens, and not in code points."""
    tokens = [(0, 2), (3, 8)]

    assert footprint([(0, 9)], tokens) == footprint([(0, 8)], tokens)
    assert iou([(0, 9)], [(0, 8)], tokens) == 1.0
    assert iou([(0, 10)], [(0, 8)], None) == 0.8
