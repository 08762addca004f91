"""How a machine does on the article's own stance: which targets it finds taken up, and how it says they are presented.

The two are apart: what is asked of polarity is asked of targets that gold takes up. Beside it stands a machine that
calls everything neutral, on the same rows, since most rows of news are.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from parallaxe.compare.bootstrap import Measure
from parallaxe.compare.comparison import Comparison
from parallaxe.compare.matches import ALL, prf_measures
from parallaxe.compare.scores import Array, f1, of_counts, ratio, square
from parallaxe.compare.stance_figures import NOT_TAKEN_UP, SECTION, own_stances
from parallaxe.compare.tables import table_counts
from parallaxe.core.claims import Stance
from parallaxe.core.labels import Label


@dataclass(frozen=True)
class Polarities:
    """The polarities of a project: all, those that a macro score is the mean over, and the one of no evaluation."""

    names: tuple[str, ...]
    scored: tuple[str, ...]
    neutral: str | None

    @classmethod
    def of(cls, labels: Sequence[Label]) -> Polarities:
        """Scored are those with a sign and the neutral one, which needs no evidence; one that is both ways is not."""
        neutral = next((label.name for label in labels if not label.sign and not label.evidence), None)
        scored = tuple(label.name for label in labels if label.sign or label.name == neutral)
        return cls(tuple(label.name for label in labels), scored, neutral)


Own: TypeAlias = Mapping[str, Stance]
Rows: TypeAlias = Sequence[tuple[Own, Own]]


def target_measures(articles: Sequence[Comparison], targets: Sequence[str]) -> Iterator[Measure]:
    """Precision, recall and F1 of the targets that an article takes up, whatever is said of them."""
    rows = _rows(articles)
    for group in (ALL, *targets):
        counts = np.array([_taken_up(a, b, targets if group == ALL else (group,)) for a, b in rows], dtype=float)
        yield from prf_measures(SECTION, "targets taken up", group, counts.reshape(len(rows), 3))


def polarity_measures(articles: Sequence[Comparison], polarities: Polarities) -> Iterator[Measure]:
    """Polarity on the targets that gold takes up, then on those that both do.

    A target that the machine does not take up is wrong for its polarity in gold, and for no other.
    """
    rows = _rows(articles)
    yield from _measures("polarity", [_judged(a, b, b) for a, b in rows], polarities)
    yield from _measures("polarity of found targets", [_judged(a, b, a.keys() & b.keys()) for a, b in rows], polarities)


def _rows(articles: Sequence[Comparison]) -> Rows:
    return [(own_stances(article.a), own_stances(article.b)) for article in articles]


def _taken_up(a: Own, b: Own, targets: Sequence[str]) -> tuple[int, int, int]:
    asked = {*targets}
    return len(asked & a.keys() & b.keys()), len(asked & a.keys()), len(asked & b.keys())


def _judged(a: Own, b: Own, targets: Collection[str]) -> list[tuple[str, str]]:
    return [(a[name].polarity if name in a else NOT_TAKEN_UP, b[name].polarity) for name in targets]


def _measures(name: str, judged: Sequence[Sequence[tuple[str, str]]], polarities: Polarities) -> Iterator[Measure]:
    classes = [*polarities.names, NOT_TAKEN_UP]
    counts = table_counts(judged, classes)
    for polarity in polarities.names:
        index = classes.index(polarity)
        yield from prf_measures(SECTION, name, polarity, _one_class(square(counts), index))
    if polarities.neutral is None:
        return
    scored = [classes.index(polarity) for polarity in polarities.scored]
    neutral = classes.index(polarities.neutral)
    n = round(counts.sum())

    def ours(sums: Array) -> Array:
        return macro_f1(square(sums), scored)

    def theirs(sums: Array) -> Array:
        return macro_f1(all_called(square(sums), neutral), scored)

    yield Measure(SECTION, f"macro-F1 {name}", ALL, of_counts(counts, ours), n)
    yield Measure(SECTION, f"macro-F1 {name}, all neutral", ALL, of_counts(counts, theirs), n)
    yield Measure(
        SECTION, f"macro-F1 {name}, above all neutral", ALL, of_counts(counts, lambda s: ours(s) - theirs(s)), n
    )


def _one_class(tables: Array, index: int) -> Array:
    """Columns (matched, in a, in b) of one class."""
    return np.stack([tables[:, index, index], tables[:, index].sum(axis=1), tables[:, :, index].sum(axis=1)], axis=1)


def all_called(tables: Array, index: int) -> Array:
    """The tables of somebody who says one class of everything, against the same gold.

    >>> all_called(np.array([[[2.0, 1.0], [1.0, 0.0]]]), 1).tolist()
    [[[0.0, 0.0], [3.0, 1.0]]]
    """
    called = np.zeros_like(tables)
    called[:, index] = tables.sum(axis=1)
    return called


def macro_f1(tables: Array, scored: Sequence[int]) -> Array:
    """The mean of F1 over those of the scored classes that gold (across) has; NaN where it has none.

    >>> macro_f1(np.array([[[2.0, 1.0, 0.0], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]]]), [0, 1, 2]).round(3)
    array([0.4])
    """
    total, classes = np.zeros(len(tables)), np.zeros(len(tables))
    for index in scored:
        there = tables[:, :, index].sum(axis=1) > 0
        total += np.where(there, np.nan_to_num(f1(_one_class(tables, index))), 0)
        classes += there
    return ratio(total, classes)
