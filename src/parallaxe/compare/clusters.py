"""Links compared as clusters: whether two annotators put the same mentions together, whatever name they give them.

B³ (Bagga & Baldwin 1998, "Algorithms for scoring coreference chains") asks of each mention how much of its cluster in
one layer lies in its cluster in the other. Clusters go over all articles, since a `kb_id` means the same in each. All
that is needed is how often each pair of names (a's, b's) stands on one mention, by article.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from parallaxe.compare.scores import Array, Statistic, ratio

NamePairs = Mapping[tuple[str, str], int]
"""How many mentions of an article a named by the first name and b by the second."""


def b_cubed(articles: Sequence[NamePairs]) -> tuple[Statistic, Statistic, Statistic]:
    """Precision, recall and F1 of clusters; precision is 1 where no cluster of a joins what b parts.

    >>> precision, recall, f1 = b_cubed([{("russie", "russie"): 2, ("russie", "moscou"): 2}])
    >>> once = np.ones((1, 1))
    >>> float(precision(once)[0]), float(recall(once)[0]), float(f1(once)[0].round(3))
    (0.5, 1.0, 0.667)
    """
    pairs = sorted({pair for article in articles for pair in article})
    counts = np.array([[article.get(pair, 0) for pair in pairs] for article in articles], dtype=float)
    counts = counts.reshape(len(articles), len(pairs))
    of_a, of_b = (np.unique([pair[side] for pair in pairs], return_inverse=True)[1] for side in (0, 1))

    def precision(weights: Array) -> Array:
        return _kept_together(weights @ counts, of_a)

    def recall(weights: Array) -> Array:
        return _kept_together(weights @ counts, of_b)

    def f1(weights: Array) -> Array:
        forth, back = precision(weights), recall(weights)
        return ratio(2 * forth * back, forth + back)

    return precision, recall, f1


def _kept_together(mentions: Array, cluster: NDArray[np.intp]) -> Array:
    """Mean over mentions of the share of their cluster that has the same pair of names; a column for each pair."""
    if not cluster.size:
        return np.full(len(mentions), np.nan)
    order = np.argsort(cluster, kind="stable")
    starts = np.flatnonzero(np.diff(cluster[order], prepend=-1))
    sizes = np.add.reduceat(mentions[:, order], starts, axis=1)[:, cluster]
    together = np.divide(mentions, sizes, out=np.zeros_like(mentions), where=sizes != 0)
    return ratio((mentions * together).sum(axis=1), mentions.sum(axis=1))
