"""Krippendorff's α_U: whether two annotators cut the same stretches out of a continuum, borders and gaps included.

After K. Krippendorff, "On the Reliability of Unitizing Continuous Data", Sociological Methodology 25 (1995), 47–76,
with the expected disagreement of *Content Analysis* (2nd ed. 2004, ch. 11; 3rd ed. 2013, ch. 12), for two annotators.
A category at a time, each annotator divides the continuum into units and gaps. Two units that overlap differ by the
squares of how far their beginnings and their ends lie apart; a unit within a gap of the other differs by the square of
its length. Expected is what all pairs of these units and gaps would give wherever they met.

The continuum is code points, the articles put end to end; no unit and no gap goes over the border of an article. Units
of one annotator and category must not overlap: those that do are joined, those that touch are not. Fragments are
units of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from parallaxe.compare.footprints import Interval, overlaps
from parallaxe.compare.scores import Array, Statistic, ratio


@dataclass(frozen=True, slots=True)
class Unitized:
    """What one article adds for one category: its length, the differences observed, lengths of all units and gaps."""

    length: int
    observed: int
    units: tuple[int, ...]
    gaps: tuple[int, ...]


def unitized(a: Iterable[Interval], b: Iterable[Interval], length: int) -> Unitized:
    """Two annotators' units of one category on a continuum of `length` code points; every unit ends within it.

    >>> unitized([(2, 8)], [(4, 8)], 10)
    Unitized(length=10, observed=4, units=(6, 4), gaps=(2, 2, 4, 2))
    """
    one, other = disjoint(a), disjoint(b)
    units = tuple(end - start for start, end in (*one, *other))
    return Unitized(length, observed(one, other), units, (*_gaps(one, length), *_gaps(other, length)))


def disjoint(units: Iterable[Interval]) -> list[Interval]:
    """Units in order, those that overlap made one; those that only touch stay two.

    >>> disjoint([(4, 6), (0, 2), (2, 4), (5, 8)])
    [(0, 2), (2, 4), (4, 8)]
    """
    apart: list[Interval] = []
    for start, end in sorted(units):
        if apart and start < apart[-1][1]:
            apart[-1] = (apart[-1][0], max(end, apart[-1][1]))
        elif start < end:
            apart.append((start, end))
    return apart


def observed(a: Sequence[Interval], b: Sequence[Interval]) -> int:
    """The differences between two annotators' units: squares of code points, summed."""
    meeting = overlaps([(unit,) for unit in a], [(unit,) for unit in b])
    borders = sum((a[i][0] - b[j][0]) ** 2 + (a[i][1] - b[j][1]) ** 2 for i, j in meeting)
    met = ({i for i, _ in meeting}, {j for _, j in meeting})
    alone = [unit for side, units in enumerate((a, b)) for i, unit in enumerate(units) if i not in met[side]]
    return borders + sum((end - start) ** 2 for start, end in alone)


def _gaps(units: Sequence[Interval], length: int) -> list[int]:
    starts = [*(start for start, _ in units), length]
    ends = [0, *(end for _, end in units)]
    return [start - end for start, end in zip(starts, ends, strict=True) if start > end]


def alpha_u(categories: Sequence[Sequence[Unitized]]) -> Statistic:
    """α_U over articles: 1 − D_o / D_e, each the sum over categories (for one category, of that alone).

    Args:
        categories: for each category, what each article adds, in the order of the columns of the weights.

    >>> once = np.ones((1, 1))
    >>> float(alpha_u([[unitized([(2, 8)], [(4, 8)], 10)]])(once)[0].round(3))
    0.561
    """
    prepared = [_disagreements(articles) for articles in categories]

    def statistic(weights: Array) -> Array:
        both = [disagreements(weights) for disagreements in prepared]
        observed_all = np.sum([pair[:, 0] for pair in both], axis=0)
        return 1 - ratio(observed_all, np.sum([pair[:, 1] for pair in both], axis=0))

    return statistic


def disagreements(articles: Sequence[Unitized], weights: Array) -> Array:
    """Observed and expected disagreement (columns) of one category, for each row of weights; 0 without any text."""
    return _disagreements(articles)(weights)


def _disagreements(articles: Sequence[Unitized]) -> Statistic:
    """Krippendorff's D_o and D_e of one category as a function of how often each article counts.

    D_e needs, for each unit, how many places the gaps of all articles have for it. That depends on the length of the
    unit alone, so units are counted by length, and nothing is counted for each pair of articles.
    """
    sums = np.array([_sums(article) for article in articles], dtype=float).reshape(len(articles), 5)
    lengths = np.unique([unit for article in articles for unit in article.units]).astype(float)
    units = np.array([_counts(article.units, lengths) for article in articles], dtype=float)
    places = np.array([_places(article.gaps, lengths) for article in articles], dtype=float)

    def statistic(weights: Array) -> Array:
        length, differences, count, cubes, squares = (weights @ sums).T
        in_gaps = ((weights @ units) * lengths**2 * (weights @ places)).sum(axis=1)
        pairs = 2 * length * (2 * length - 1) - squares
        expected = ratio(2 * ((count - 1) * cubes / 3 + in_gaps), length * pairs)
        return np.column_stack([ratio(differences, length**2), np.where(count > 0, expected, 0)])

    return statistic


def _sums(article: Unitized) -> tuple[int, int, int, int, int]:
    cubes = sum(2 * unit**3 - 3 * unit**2 + unit for unit in article.units)
    squares = sum(unit * (unit - 1) for unit in article.units)
    return article.length, article.observed, len(article.units), cubes, squares


def _counts(units: Sequence[int], lengths: Array) -> Array:
    """How many units there are of each length, lengths ascending."""
    return np.bincount(np.searchsorted(lengths, units), minlength=len(lengths)).astype(float)


def _places(gaps: Sequence[int], lengths: Array) -> Array:
    """In how many places the gaps hold a unit of each length, lengths ascending."""
    ordered = np.sort(np.array(gaps, dtype=float))
    behind = np.append(np.cumsum(ordered[::-1])[::-1], 0.0)
    first = np.searchsorted(ordered, lengths)
    return np.asarray(behind[first] + (len(ordered) - first) * (1 - lengths))
