"""Pairs of articles that meet at a number: all of them, none twice for one number, in any division of the numbers."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import combinations

import numpy as np
import numpy.typing as npt
from hypothesis import given
from hypothesis import strategies as st

from parallaxe.text.pairs import divided, meetings, repeated

held = st.sets(st.tuples(st.integers(0, 8), st.integers(0, 12)), max_size=60)
"""Numbers and their owners."""


def expected_meetings(rows: set[tuple[int, int]], most: int) -> Counter[tuple[int, int]]:
    owners = defaultdict(set)
    for number, owner in rows:
        owners[number].add(owner)
    return Counter(pair for some in owners.values() if len(some) <= most for pair in combinations(sorted(some), 2))


def columns(rows: set[tuple[int, int]]) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.uint32]]:
    return np.array([row[0] for row in rows], np.uint64), np.array([row[1] for row in rows], np.uint32)


@given(held, st.integers(1, 6))
def test_every_two_articles_meet_once_for_each_number_they_share(rows: set[tuple[int, int]], most: int) -> None:
    """As many times as a count of all combinations says, but for numbers of too many articles."""
    pairs = meetings(*columns(rows), most)
    first, second = divided(pairs)

    assert expected_meetings(rows, most) == Counter(zip(first.tolist(), second.tolist(), strict=True))


@given(held, st.integers(1, 3))
def test_pairs_that_meet_often_are_told_once_and_in_order(rows: set[tuple[int, int]], least: int) -> None:
    """Those and no others."""
    expected = sorted(pair for pair, count in expected_meetings(rows, 99).items() if count >= least)
    first, second = divided(repeated(meetings(*columns(rows)), least))

    assert expected == list(zip(first.tolist(), second.tolist(), strict=True))
