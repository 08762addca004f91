"""How far two mixtures of labels are from each other, and how far chance alone would have brought them.

The distance is total variation: half the sum of the differences of shares, 0 where the mixtures are one, 1 where they
have nothing in common. A sample of n rows with k labels is at a distance of at most √((k − 1) / n) / 2 on average
(Cauchy–Schwarz; Weissman et al. 2003 for its tail), so a finding is `MARGIN` beyond twice that: small splits, which
differ by chance, are not blamed for it.
"""

from __future__ import annotations

from math import sqrt

import polars as pl

MARGIN = 0.1
"""How far beyond chance a mixture is told of: one row in ten would have to bear another label."""


def distance(counts: pl.DataFrame, of: str, whole: str) -> float:
    """Total variation between two columns of counts, a row for each label; 0 where one of them is empty.

    >>> distance(pl.DataFrame({"a": [1, 1], "b": [3, 1]}), "a", "b")
    0.25
    """
    one, other = counts[of], counts[whole]
    if not one.sum() or not other.sum():
        return 0.0
    return float(((one / one.sum()) - (other / other.sum())).abs().sum()) / 2


def tolerance(rows: int, labels: int) -> float:
    """The distance from which on a sample of so many rows is told of.

    >>> round(tolerance(100, 5), 2), round(tolerance(10_000, 5), 2)
    (0.3, 0.12)
    """
    return MARGIN + sqrt(max(labels - 1, 0) / max(rows, 1))


def unlike(frame: pl.DataFrame) -> pl.DataFrame:
    """The parts of a whole whose mixture of labels is far from that of the whole.

    Args:
        frame: a row for each thing labelled, with `part` and `label`.

    Returns:
        `part`, `rows`, `distance` and `tolerance` of those that are told of, in the order of their names.
    """
    counts = frame.drop_nulls().group_by("label", "part").len().pivot("part", index="label", values="len").fill_null(0)
    parts = sorted(name for name in counts.columns if name != "label")
    whole = counts.with_columns(whole=pl.sum_horizontal(parts) if parts else pl.lit(0))
    told = [
        (part, int(whole[part].sum()), distance(whole, part, "whole"), tolerance(int(whole[part].sum()), counts.height))
        for part in parts
    ]
    schema = {"part": pl.String, "rows": pl.Int64, "distance": pl.Float64, "tolerance": pl.Float64}
    return pl.DataFrame(told, schema=schema, orient="row").filter(pl.col("distance") > pl.col("tolerance"))
