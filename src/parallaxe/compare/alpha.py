"""Krippendorff's α of two annotators over units that both judged, from tables of counts.

α = 1 − D_o / D_e, the disagreement observed over that expected if values were paired by chance. Written after
K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), and vectorized over resamples, which packages that
take one matrix of judgements cannot be. With two annotators and no gaps the coincidences are the table of counts and
its transpose. Where only one value was ever used there is no variation to agree about: α is NaN.
"""

from __future__ import annotations

import numpy as np

from parallaxe.compare.scores import Array, ratio, square


def nominal_alpha(sums: Array) -> Array:
    """α of classes without order, of k × k counts in flat rows (a's class down, b's across).

    >>> nominal_alpha(np.array([[5.0, 3.0, 1.0, 1.0]])).round(3)
    array([0.095])
    """
    coincidences = _coincidences(sums)
    return _alpha(coincidences, 1 - np.eye(coincidences.shape[1]))


def ordinal_alpha(sums: Array) -> Array:
    """α of ranks, of k × k counts in flat rows, classes in ascending order.

    The difference of two ranks is the square of how many values lie between them, half of each rank itself included.
    """
    coincidences = _coincidences(sums)
    values = coincidences.sum(axis=2)
    middles = values.cumsum(axis=1) - values / 2
    return _alpha(coincidences, (middles[:, :, None] - middles[:, None, :]) ** 2)


def _coincidences(sums: Array) -> Array:
    tables = square(sums)
    return np.asarray(tables + tables.transpose(0, 2, 1))


def _alpha(coincidences: Array, differences: Array) -> Array:
    values = coincidences.sum(axis=2)
    observed = (coincidences * differences).sum(axis=(1, 2))
    expected = (values[:, :, None] * values[:, None, :] * differences).sum(axis=(1, 2))
    return 1 - ratio((values.sum(axis=1) - 1) * observed, expected)
