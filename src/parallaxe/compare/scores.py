"""Scores from counts: each takes sums over articles, one row for each resample, and gives one value for each row.

Agreement is aggregated from counts that each article gives once. A resample is a row of weights (how often each
article was drawn), so a thousand resamples are one multiplication of matrices, and the sample itself is the first row.
Where nothing can be agreed on (no claims, no variation), the score is NaN: undefined is told, never taken for 0 or 1.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[np.float64]

Formula: TypeAlias = Callable[[Array], Array]
"""Sums of shape (resamples, counts) → values of shape (resamples,)."""

Statistic: TypeAlias = Callable[[Array], Array]
"""Weights of shape (resamples, articles) → values of shape (resamples,)."""


def of_counts(counts: Array, formula: Formula) -> Statistic:
    """A statistic that is a formula of sums; `counts` has a row for each article."""
    return lambda weights: formula(weights @ counts)


def ratio(part: Array, whole: Array) -> Array:
    """`part / whole`, NaN where the whole is 0."""
    return np.asarray(np.divide(part, whole, out=np.full(np.shape(whole), np.nan), where=whole != 0))


def share(sums: Array) -> Array:
    """Of columns (part, whole): part of the whole."""
    return ratio(sums[:, 0], sums[:, 1])


def precision(sums: Array) -> Array:
    """Of columns (matched, in a, in b): how many claims of a stand in b."""
    return ratio(sums[:, 0], sums[:, 1])


def recall(sums: Array) -> Array:
    """Of columns (matched, in a, in b): how many claims of b stand in a."""
    return ratio(sums[:, 0], sums[:, 2])


def f1(sums: Array) -> Array:
    """Of columns (matched, in a, in b): the harmonic mean of precision and recall; the same from either side."""
    return ratio(2 * sums[:, 0], sums[:, 1] + sums[:, 2])


def square(sums: Array) -> Array:
    """A flat row of k × k counts as a table: what a said down, what b said across."""
    classes = round(sums.shape[1] ** 0.5)
    return sums.reshape(len(sums), classes, classes)


def kappa(sums: Array) -> Array:
    """Cohen's κ of tables of k × k counts (Cohen 1960); NaN where both used one and the same class throughout.

    >>> kappa(np.array([[20.0, 5.0, 10.0, 15.0]])).round(3)
    array([0.4])
    """
    tables = square(sums)
    total = tables.sum(axis=(1, 2))
    observed = np.trace(tables, axis1=1, axis2=2)
    by_chance = ratio((tables.sum(axis=2) * tables.sum(axis=1)).sum(axis=1), total)
    return ratio(observed - by_chance, total - by_chance)
