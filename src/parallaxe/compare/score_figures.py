"""What the scores of proposals are worth: how often gold confirms them, beside how sure their tools were.

A score is calibrated where of all proposals with a score of .7 seven in ten are right. What counts as right is what
counts as found: a mention of the same extent and label, a quotation whose content overlaps at a token IoU of .8, the
same polarity towards a target. Proposals without a score are left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from parallaxe.compare.bootstrap import Measure
from parallaxe.compare.comparison import Comparison, of_the_author
from parallaxe.compare.matches import LEVELS
from parallaxe.compare.scores import Array, of_counts, ratio
from parallaxe.compare.stance_figures import SAID, own_stances, tied_to_quotes
from parallaxe.core.claims import Claim, Entity, Quote

SECTION = "scores of proposals"

BANDS = 10
"""Bands of equal width into which scores are put to compare them with the share of right ones."""

_QUOTATION = LEVELS["IoU .8"]


class Scored(NamedTuple):
    """Proposals that are scored apart: the kinds of claims they ask for, and which of an article gold confirms."""

    needs: frozenset[str]
    confirmed: Callable[[Comparison], Iterator[tuple[Claim, bool]]]


def score_measures(kind: str, articles: Sequence[Comparison]) -> Iterator[Measure]:
    """The figures of one kind of proposals, a key of `SCORED`, which is their group.

    The Brier score is the mean squared distance of a score from 1 where the proposal is right and 0 where it is not
    (Brier 1950); the calibration error is the mean distance of scores from the share of right ones, band by band,
    weighted by what is in a band (Naeini, Cooper & Hauskrecht 2015). Of both, less is better.
    """
    counts = np.array([_counts(SCORED[kind].confirmed(article)) for article in articles]).reshape(len(articles), -1)
    n = round(counts[:, :BANDS].sum())
    for name, formula in _FORMULAS.items():
        yield Measure(SECTION, name, kind, of_counts(counts, formula), n)


def _counts(proposals: Iterator[tuple[Claim, bool]]) -> Array:
    """For each band how many proposals, the sums of their scores and of the right ones; last the squared distances."""
    sums = np.zeros((3, BANDS))
    squared = 0.0
    for claim, right in proposals:
        score = claim.provenance.score
        if score is not None:
            sums[:, min(int(score * BANDS), BANDS - 1)] += (1, score, right)
            squared += (score - right) ** 2
    return np.append(sums.ravel(), squared)


def _mean_score(sums: Array) -> Array:
    return ratio(sums[:, BANDS : 2 * BANDS].sum(axis=1), sums[:, :BANDS].sum(axis=1))


def _share_right(sums: Array) -> Array:
    return ratio(sums[:, 2 * BANDS : 3 * BANDS].sum(axis=1), sums[:, :BANDS].sum(axis=1))


def _brier_score(sums: Array) -> Array:
    return ratio(sums[:, -1], sums[:, :BANDS].sum(axis=1))


def calibration_error(sums: Array) -> Array:
    """Of columns (how many in each band, sum of scores in each, right ones in each, …).

    >>> calibration_error(np.array([[0] * 8 + [2, 2] + [0] * 8 + [1.7, 1.9] + [0] * 8 + [1, 2]])).round(3)
    array([0.2])
    """
    scores, right = sums[:, BANDS : 2 * BANDS], sums[:, 2 * BANDS : 3 * BANDS]
    return ratio(np.abs(scores - right).sum(axis=1), sums[:, :BANDS].sum(axis=1))


_FORMULAS: Mapping[str, Callable[[Array], Array]] = {
    "share right": _share_right,
    "mean score": _mean_score,
    "Brier score": _brier_score,
    "calibration error": calibration_error,
}


def _mentions(article: Comparison) -> Iterator[tuple[Claim, bool]]:
    pairs = article.pairing.of(Entity).pairs
    right = {pair.a.id for pair in pairs if pair.exact and pair.a.label == pair.b.label}
    return ((mention, mention.id in right) for mention in article.a.entities)


def _quotations(article: Comparison) -> Iterator[tuple[Claim, bool]]:
    right = {pair.a.id for pair in article.pairing.of(Quote).pairs if _QUOTATION(pair.exact, pair.iou)}
    return ((quote, quote.id in right) for quote in article.a.quotes)


def _own_stances(article: Comparison) -> Iterator[tuple[Claim, bool]]:
    ours, theirs = own_stances(article.a), own_stances(article.b)
    for target, stance in ours.items():
        yield stance, target in theirs and theirs[target].polarity == stance.polarity


def _attributed_stances(article: Comparison) -> Iterator[tuple[Claim, bool]]:
    one, other = tied_to_quotes(article, SAID["without holder"])
    left = Counter(other(stance) for stance in article.b.stances if not of_the_author(stance))
    for stance in article.a.stances:
        if not of_the_author(stance):
            said = one(stance)
            yield stance, left[said] > 0
            left[said] -= 1


SCORED: Mapping[str, Scored] = {
    "mentions": Scored(frozenset({"entity"}), _mentions),
    "quotations": Scored(frozenset({"quote"}), _quotations),
    "stances of the article": Scored(frozenset({"stance"}), _own_stances),
    "attributed stances": Scored(frozenset({"stance", "quote"}), _attributed_stances),
}
"""Kinds of proposals, by the group of their figures."""
