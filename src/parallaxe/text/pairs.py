"""Pairs of articles that meet at a number: at a run of words, or at a part of their sketch.

Articles are numbers here (their places in a list), and a pair of them is one number, so that millions of pairs are
arrays. All functions work on any part of the numbers that holds each of them whole or not at all; a corpus that does
not fit into memory is divided so.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from parallaxe.text.shingles import Hashes

Places: TypeAlias = npt.NDArray[np.uint32]
"""Articles by their place in a list."""

Pairs: TypeAlias = npt.NDArray[np.uint64]
"""Pairs of places, the smaller one in the upper half of the number."""


def meetings(numbers: Hashes, owners: Places, most: int | None = None) -> Pairs:
    """A pair for every two articles that have a number in common, once for each such number.

    Args:
        numbers: what articles may meet at; each at most once for an article.
        owners: the article of each number.
        most: numbers of more articles than this bring nobody together; all do where it is null.
    """
    order = np.argsort(numbers, kind="stable")
    numbers, wide = numbers[order], owners[order].astype(np.uint64)
    borders = np.flatnonzero(np.r_[True, numbers[1:] != numbers[:-1]]) if len(numbers) else np.empty(0, np.intp)
    counts = np.diff(np.r_[borders, len(numbers)])
    met = (counts > 1) & (counts <= most) if most is not None else counts > 1
    return _combined(wide[np.repeat(met, counts)], counts[met])


def repeated(pairs: Pairs, least: int) -> Pairs:
    """The pairs that come at least so many times, each once, in order."""
    distinct, counts = np.unique(pairs, return_counts=True)
    return distinct[counts >= least]


def divided(pairs: Pairs) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """The first and the second article of each pair."""
    return (pairs >> np.uint64(32)).astype(np.intp), (pairs & np.uint64(0xFFFFFFFF)).astype(np.intp)


def _combined(owners: Hashes, counts: npt.NDArray[np.intp]) -> Pairs:
    """All pairs inside each group, of groups one after the other with so many members."""
    left = np.repeat(np.cumsum(counts), counts) - np.arange(len(owners))
    first = np.arange(len(owners))
    found: list[Pairs] = [np.empty(0, np.uint64)]
    distance = 1
    while len(first := first[left[first] > distance]):
        found.append(_pairs(owners[first], owners[first + distance]))
        distance += 1
    return np.concatenate(found)


def _pairs(one: Hashes, other: Hashes) -> Pairs:
    joined: Pairs = (np.minimum(one, other) << np.uint64(32)) | np.maximum(one, other)
    return joined
