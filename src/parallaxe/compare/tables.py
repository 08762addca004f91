"""Tables of counts, k × k, for coefficients of two annotators: what a said down, what b said across."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

import numpy as np

from parallaxe.compare.bootstrap import Measure
from parallaxe.compare.scores import Array, Formula, of_counts, ratio, square

V = TypeVar("V", str, int)


def classes_of(articles: Iterable[Iterable[tuple[V, V]]]) -> list[V]:
    """The classes that either annotator used, in order: numbers by size, so that ranks are in theirs.

    >>> classes_of([[(-1, 3)], [(-3, 0)]])
    [-3, -1, 0, 3]
    """
    return sorted({value for article in articles for pair in article for value in pair})


def table_counts(articles: Sequence[Iterable[tuple[V, V]]], classes: Sequence[V]) -> Array:
    """A flat table for each article (what a and b said of the same units), rows and columns in the order of `classes`.

    >>> table_counts([[("favor", "favor"), ("favor", "neutral")]], ["favor", "neutral"])
    array([[1., 1., 0., 0.]])
    """
    position = {value: index for index, value in enumerate(classes)}
    counts = np.zeros((len(articles), len(classes), len(classes)))
    for row, article in enumerate(articles):
        for one, other in article:
            counts[row, position[one], position[other]] += 1
    return counts.reshape(len(articles), len(classes) ** 2)


def table_measure(section: str, name: str, group: str, counts: Array, formula: Formula) -> Measure:
    """A coefficient of the tables of all articles."""
    return Measure(section, name, group, of_counts(counts, formula), round(counts.sum()))


def equal_share(sums: Array) -> Array:
    """How many of the units both judged alike, chance included; NaN where there is none."""
    return ratio(np.trace(square(sums), axis1=1, axis2=2), sums.sum(axis=1))
