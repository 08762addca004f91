"""Percentile intervals over articles: the unit that was drawn from the press, and within which claims hang together.

Articles are drawn with replacement (Efron & Tibshirani 1993, ch. 13). What is drawn is a weight for each article, so
every figure is computed for all resamples at once from counts made once, and all figures see the same resamples.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from parallaxe.compare.scores import Array, Statistic

LEVEL = 0.95
"""Share of the resamples that an interval holds."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure before it is computed: its place in the report, how to get it from weights, and what it rests on."""

    section: str
    name: str
    group: str
    statistic: Statistic
    n: int


@dataclass(frozen=True, slots=True)
class Figure:
    """A value with its 95 % interval; None where it is undefined (nothing to agree on), or for one article alone.

    `group` is a label, a target, or `all`; `n` counts what the figure rests on: claims of both sides, tokens …
    """

    section: str
    name: str
    group: str
    value: float | None
    low: float | None
    high: float | None
    n: int


def resample_weights(articles: int, resamples: int, seed: int = 0) -> Array:
    """How often each article counts: once in the first row, then as often as it was drawn, a row for each resample."""
    draws = np.random.default_rng(seed).integers(0, max(articles, 1), size=(resamples, articles))
    weights = np.ones((resamples + 1, articles))
    for row, drawn in enumerate(draws, 1):
        weights[row] = np.bincount(drawn, minlength=articles)
    return weights


def figures(measures: Iterable[Measure], weights: Array) -> list[Figure]:
    """Each measure on the articles as they are, with the interval of its defined resamples."""
    return [_figure(measure, weights) for measure in measures]


def _figure(measure: Measure, weights: Array) -> Figure:
    values = measure.statistic(weights)
    point, resampled = values[0], values[1:][~np.isnan(values[1:])]
    if np.isnan(point) or weights.shape[1] < 2 or not resampled.size:
        value = None if np.isnan(point) else float(point)
        return Figure(measure.section, measure.name, measure.group, value, None, None, measure.n)
    low, high = np.quantile(resampled, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Figure(measure.section, measure.name, measure.group, float(point), float(low), float(high), measure.n)
