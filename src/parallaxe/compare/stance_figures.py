"""How two layers agree on stance: the article's own, for each target, and the tuples that are attributed to others.

A target that an article does not take up has a class of polarity as the others have, so that a target seen by one
annotator alone is a disagreement. An attributed tuple (holder, target, polarity) is tied to its quotation, and
agrees where the quotations are paired (token IoU .5 or more) and both tuples say the same; because quotations that are
cut otherwise lose their tuples, these are also counted for the whole article, wherever they stand.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from typing import TypeAlias

import numpy as np

from parallaxe.compare.alpha import nominal_alpha, ordinal_alpha
from parallaxe.compare.bootstrap import Measure
from parallaxe.compare.comparison import Comparison, of_the_author
from parallaxe.compare.footprints import iou
from parallaxe.compare.matches import ALL, prf_measures
from parallaxe.compare.quote_figures import agreed_quotes
from parallaxe.compare.scores import Array, of_counts, share
from parallaxe.compare.tables import V, classes_of, equal_share, table_counts, table_measure
from parallaxe.core.claims import Layer, Stance

SECTION = "stance of the article"
ATTRIBUTED = "attributed stance"

NOT_TAKEN_UP = ""
"""Stands for the polarity of a target that an article does not take up; no label is empty."""

Said: TypeAlias = Callable[[Stance], Hashable]
"""What of a tuple is compared."""

Tuples: TypeAlias = Counter[tuple[str, Hashable]]
"""How often each thing is said, by target."""

SAID: Mapping[str, Said] = {
    "without holder": lambda stance: (stance.target, stance.polarity),
    "with holder": lambda stance: (stance.target, stance.polarity, stance.holder),
}
"""What is compared, by the words for it in the name of a figure."""


def stance_measures(articles: Sequence[Comparison], targets: Sequence[str]) -> Iterator[Measure]:
    """Every figure of the article's own stance; `targets` are all that are asked of an article."""
    rows = [(own_stances(article.a), own_stances(article.b)) for article in articles]
    yield from _polarities(rows, targets)
    yield from _intensities(rows, targets)
    yield from evidence_measures(SECTION, articles, own=True)


def attributed_measures(articles: Sequence[Comparison], targets: Sequence[str]) -> Iterator[Measure]:
    """Every figure of attributed tuples, of all together and of each target."""
    yield from tuple_measures(articles, targets)
    yield from evidence_measures(ATTRIBUTED, articles, own=False)


def tuple_measures(
    articles: Sequence[Comparison], targets: Sequence[str], said_by: Mapping[str, Said] = SAID
) -> Iterator[Measure]:
    """Precision, recall and F1 of attributed tuples, tied to their quotations and anywhere in the article."""
    for holder, said in said_by.items():
        tied = [_tied(article, said) for article in articles]
        loose = [(_attributed(article.a, said), _attributed(article.b, said)) for article in articles]
        for name, tuples in ((f"tuples {holder}", tied), (f"tuples {holder}, anywhere in the article", loose)):
            for group in (ALL, *targets):
                counts = np.array([_matched(a, b, group) for a, b in tuples], dtype=float).reshape(len(articles), 3)
                yield from prf_measures(ATTRIBUTED, name, group, counts)


def own_stances(layer: Layer) -> dict[str, Stance]:
    """The article's stance towards each target it takes up; of two on one target the first in a fixed order."""
    own = sorted(filter(of_the_author, layer.stances), key=lambda stance: (stance.polarity, stance.intensity))
    return {stance.target: stance for stance in reversed(own)}


Rows = Sequence[tuple[Mapping[str, Stance], Mapping[str, Stance]]]


def _polarities(rows: Rows, targets: Sequence[str]) -> Iterator[Measure]:
    judged = {target: [[(_polarity(a, target), _polarity(b, target))] for a, b in rows] for target in targets}
    for target, counts in _tables(judged, len(rows)).items():
        yield table_measure(SECTION, "α polarity", target, counts, nominal_alpha)
        yield table_measure(SECTION, "equal polarity", target, counts, equal_share)


def _polarity(own: Mapping[str, Stance], target: str) -> str:
    return own[target].polarity if target in own else NOT_TAKEN_UP


def _intensities(rows: Rows, targets: Sequence[str]) -> Iterator[Measure]:
    """α of ranks, over the targets that both annotators say the article takes up."""
    judged = {
        target: [[(a[target].intensity, b[target].intensity)] if target in a and target in b else [] for a, b in rows]
        for target in targets
    }
    for target, counts in _tables(judged, len(rows)).items():
        yield table_measure(SECTION, "α intensity", target, counts, ordinal_alpha)


def _tables(judged: Mapping[str, Sequence[Sequence[tuple[V, V]]]], articles: int) -> dict[str, Array]:
    """Tables for all targets together and for each."""
    classes = classes_of(article for of_target in judged.values() for article in of_target)
    tables = {target: table_counts(of_target, classes) for target, of_target in judged.items()}
    return {ALL: sum(tables.values(), np.zeros((articles, len(classes) ** 2))), **tables}


def tied_to_quotes(article: Comparison, said: Said) -> tuple[Said, Said]:
    """What a tuple of a says, and one of b, with the quotation that carries it; unpaired quotations match nothing."""
    quotes = agreed_quotes(article)
    names_a = {pair.a.id: pair.a.id for pair in quotes}
    names_b = {pair.b.id: pair.a.id for pair in quotes}

    def one(stance: Stance) -> Hashable:
        return names_a.get(stance.quote or "", ("a", stance.quote)), said(stance)

    def other(stance: Stance) -> Hashable:
        return names_b.get(stance.quote or "", ("b", stance.quote)), said(stance)

    return one, other


def _tied(article: Comparison, said: Said) -> tuple[Tuples, Tuples]:
    one, other = tied_to_quotes(article, said)
    return _attributed(article.a, one), _attributed(article.b, other)


def _attributed(layer: Layer, said: Said) -> Tuples:
    return Counter((stance.target, said(stance)) for stance in layer.stances if not of_the_author(stance))


def _matched(a: Tuples, b: Tuples, group: str) -> tuple[int, int, int]:
    return _count(a & b, group), _count(a, group), _count(b, group)


def _count(tuples: Tuples, group: str) -> int:
    return sum(count for (target, _), count in tuples.items() if group in (ALL, target))


def evidence_measures(section: str, articles: Sequence[Comparison], *, own: bool) -> Iterator[Measure]:
    """Mean IoU of the evidence of paired stances, in tokens, where at least one of the two gives any."""
    rows = [_evidence_sums(article, own=own) for article in articles]
    counts = np.array(rows, dtype=float).reshape(len(articles), 2)
    yield Measure(section, "IoU evidence", ALL, of_counts(counts, share), round(counts[:, 1].sum()))


def _evidence_sums(article: Comparison, *, own: bool) -> tuple[float, int]:
    overlaps = [
        iou(pair.a.evidence, pair.b.evidence, article.tokens)
        for pair in article.pairing.of(Stance).pairs
        if of_the_author(pair.a) == own and pair.a.target == pair.b.target and (pair.a.evidence or pair.b.evidence)
    ]
    return sum(overlaps), len(overlaps)
