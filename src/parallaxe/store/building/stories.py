"""Which articles tell of the same event, among more than memory holds.

Every word leads to the articles that have it, in the order of their dates, and brings together those that stand near
each other there: however long the list of a word is, time and disk grow with the number of words alone. Pairs that met
at some words are then compared whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from parallaxe.store.building.buckets import Buckets
from parallaxe.store.building.shelf import Shelf
from parallaxe.text.pairs import Pairs, divided, repeated
from parallaxe.text.shingles import Hashes
from parallaxe.text.stories import (
    FARTHEST_DAYS,
    FEWEST_SHARED,
    LEAST_ALIKE,
    Story,
    likeness,
    neighbours,
    story,
    words_of,
)

_REACH = 20
# Words of more articles than these, and than one in twenty, are no trace of an event.
_COMMON = 50
_COMMON_SHARE = 0.05
# Stories of a few hundred words each; pairs come in the order of dates, so that partners come near each other.
_AT_HAND = 2000

Counts = npt.NDArray[np.int64]


class Alike(NamedTuple):
    """Two articles by their places, the earlier place first, and how alike their stories are (0–1)."""

    one: int
    other: int
    score: float


class Stories:
    """The stories of articles, on disk in a folder of their own; articles are places in the order of adding."""

    def __init__(self, folder: Path) -> None:
        self._words = Buckets(folder / "words", 2)
        self._met = folder / "met"
        self._shelf = Shelf(folder / "numbers")

    def add(self, stories: Sequence[Hashes]) -> None:
        """Take the numbers of more articles (`story_numbers`), each the next place."""
        places = self._shelf.add(stories)
        words = words_of(np.concatenate([np.empty(0, np.uint64), *stories]))
        self._words.add(np.column_stack([words, places]))

    def alike(self, days: Sequence[int | None]) -> list[Alike]:
        """Pairs of articles about the same event, in order; `days` are their dates as numbers of days, null if unknown.

        Of two articles of one day, and of two without a date, the place says which stands first in the list of a word.
        """
        by_date = sorted(range(len(days)), key=lambda place: (days[place] is None, days[place] or 0, place))
        counted, candidates = self._meet(np.argsort(np.array(by_date, np.intp)))

        @lru_cache(_AT_HAND)
        def weighed(place: int) -> Story:
            numbers = self._shelf[place]
            return story(numbers, _counts(words_of(numbers), counted), len(days))

        found = [
            Alike(min(one, other), max(one, other), score)
            for one, other in _near(candidates, by_date, days)
            if (score := likeness(weighed(one), weighed(other), _between(days[one], days[other]))) >= LEAST_ALIKE
        ]
        return sorted(found)

    def _meet(self, ranks: npt.NDArray[np.intp]) -> tuple[tuple[Hashes, Counts], Pairs]:
        """How many articles have each word that more than one has, and pairs of ranks that meet at enough words."""
        met = Buckets(self._met, 1)
        most = max(_COMMON, int(_COMMON_SHARE * len(ranks)))
        counted: list[tuple[Hashes, Counts]] = [(np.empty(0, np.uint64), np.empty(0, np.int64))]
        for rows in self._words:
            words, place, counts = np.unique(rows[:, 0], return_inverse=True, return_counts=True)
            counted.append((words[counts > 1], counts[counts > 1]))
            telling = (counts[place] > 1) & (counts[place] <= most)
            owners = ranks[rows[telling, 1].astype(np.intp)].astype(np.uint32)
            met.add(neighbours(rows[telling, 0], owners, _REACH).reshape(-1, 1))
        words, counts = (np.concatenate(parts) for parts in zip(*counted, strict=True))
        order = np.argsort(words)
        pairs = [repeated(rows[:, 0], FEWEST_SHARED) for rows in met]
        return (words[order], counts[order]), np.sort(np.concatenate([np.empty(0, np.uint64), *pairs]))


def _counts(words: Hashes, counted: tuple[Hashes, Counts]) -> Counts:
    """How many articles have each word; those that were not counted are of one article."""
    known, counts = counted
    if not len(known):
        return np.ones(len(words), np.int64)
    at = np.minimum(np.searchsorted(known, words), len(known) - 1)
    return np.where(known[at] == words, counts[at], 1)


def _near(pairs: Pairs, by_date: Sequence[int], days: Sequence[int | None]) -> Iterator[tuple[int, int]]:
    """Pairs of ranks as places, but for those too many days apart."""
    for one, other in zip(*(ranks.tolist() for ranks in divided(pairs)), strict=True):
        first, second = by_date[one], by_date[other]
        between = _between(days[first], days[second])
        if between is None or between <= FARTHEST_DAYS:
            yield first, second


def _between(one: int | None, other: int | None) -> int | None:
    return abs(one - other) if one is not None and other is not None else None
