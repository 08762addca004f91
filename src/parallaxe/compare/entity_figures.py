"""How two layers agree on entities: which mentions, of which type, standing for what, naming whom.

A mention is matched by one of the other layer that is paired with it, has its label, and is nested or not as it is.
Metonymy and links are asked of agreed mentions alone: paired with one label, at a token IoU of .5 or more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from typing import TypeAlias

import numpy as np

from parallaxe.compare.bootstrap import Measure
from parallaxe.compare.clusters import b_cubed
from parallaxe.compare.comparison import Comparison
from parallaxe.compare.matches import ALL, Tally, f1_measures, tally
from parallaxe.compare.pairing import Pair
from parallaxe.compare.scores import kappa, of_counts, share
from parallaxe.compare.tables import classes_of, equal_share, table_counts, table_measure
from parallaxe.compare.unitizing import Unitized, alpha_u, unitized
from parallaxe.core.claims import Entity

SECTION = "entities"

AGREED_IOU = 0.5
"""From which token IoU on two claims are the same mention, or the same quotation."""


def entity_measures(articles: Sequence[Comparison], labels: Sequence[str]) -> Iterator[Measure]:
    """Every figure of the section; `labels` in the order of the schema."""
    for nested, name in ((False, "outer"), (True, "nested")):
        yield from mention_measures(
            name, [(article, nested_part(article, nested=nested)) for article in articles], labels
        )
    yield from _unitizing(articles, labels)
    agreed = [agreed_mentions(article) for article in articles]
    yield from metonymy_measures(agreed)
    yield from cluster_measures(agreed)
    yield from equal_links_measures("equal links", agreed)


Part: TypeAlias = tuple[Collection[str], Collection[str]]
"""Ids of the mentions of a, and of those of b, that a figure is about."""


def mention_measures(
    name: str, articles: Sequence[tuple[Comparison, Part]], labels: Sequence[str]
) -> Iterator[Measure]:
    """Precision, recall and F1 of a part of the mentions; a match has one label, and both its mentions in the part."""
    yield from f1_measures(SECTION, name, [_tally(article, part) for article, part in articles], labels)


def nested_part(article: Comparison, *, nested: bool) -> Part:
    """The mentions that lie in another one of their layer, or those that do not."""
    a, b = (
        frozenset(mention.id for mention in layer.entities if (mention.id in inner) == nested)
        for layer, inner in zip((article.a, article.b), article.nested, strict=True)
    )
    return a, b


def agreed_mentions(article: Comparison) -> list[Pair[Entity]]:
    """Mentions that both layers have, under one label."""
    pairs = article.pairing.of(Entity).pairs
    return [pair for pair in pairs if pair.iou >= AGREED_IOU and pair.a.label == pair.b.label]


def _tally(article: Comparison, part: Part) -> Tally:
    in_a, in_b = part
    matches = [
        (pair.a.label, pair.exact, pair.iou)
        for pair in article.pairing.of(Entity).pairs
        if pair.a.label == pair.b.label and pair.a.id in in_a and pair.b.id in in_b
    ]
    a, b = (
        [mention.label for mention in layer.entities if mention.id in ids]
        for layer, ids in zip((article.a, article.b), part, strict=True)
    )
    return tally(matches, a, b)


def _unitizing(articles: Sequence[Comparison], labels: Sequence[str]) -> Iterator[Measure]:
    categories = {label: [_units(article, label) for article in articles] for label in labels}
    for group, units in {ALL: [*categories.values()], **{label: [own] for label, own in categories.items()}}.items():
        yield Measure(SECTION, "α_U outer", group, alpha_u(units), _unit_count(units))


def _units(article: Comparison, label: str) -> Unitized:
    a, b = (
        [
            span
            for mention in layer.entities
            if mention.label == label and mention.id not in inner
            for span in mention.fragments
        ]
        for layer, inner in zip((article.a, article.b), article.nested, strict=True)
    )
    return unitized(a, b, article.length)


def _unit_count(categories: Sequence[Sequence[Unitized]]) -> int:
    return sum(len(article.units) for articles in categories for article in articles)


Agreed: TypeAlias = Sequence[Sequence[Pair[Entity]]]
"""For each article the mentions that both layers have."""


def metonymy_measures(agreed: Agreed) -> Iterator[Measure]:
    """κ over the labels that either annotator ever took metonymically: of others nobody asks."""
    asked = {pair.a.label for pairs in agreed for pair in pairs if pair.a.metonymic or pair.b.metonymic}
    judged = [[(p.a.metonymic or "", p.b.metonymic or "") for p in pairs if p.a.label in asked] for pairs in agreed]
    counts = table_counts(judged, classes_of(judged))
    yield table_measure(SECTION, "κ metonymy", ALL, counts, kappa)
    yield table_measure(SECTION, "equal metonymy", ALL, counts, equal_share)


def cluster_measures(agreed: Agreed) -> Iterator[Measure]:
    """B³ over agreed mentions that at least one side links; a link that is missing is a cluster of its own."""
    linked = _linked(agreed)
    names = [Counter(_names(pair, f"{n}:{m}") for m, pair in enumerate(pairs)) for n, pairs in enumerate(linked)]
    for score, statistic in zip(("precision", "recall", "F1"), b_cubed(names), strict=True):
        yield Measure(SECTION, f"{score} links, B³", ALL, statistic, sum(map(len, linked)))


def equal_links_measures(name: str, agreed: Agreed) -> Iterator[Measure]:
    """The share of agreed mentions, linked by at least one side, that both link to one name."""
    linked = _linked(agreed)
    same = np.array([[sum(p.a.kb_id == p.b.kb_id for p in pairs), len(pairs)] for pairs in linked], dtype=float)
    yield Measure(SECTION, name, ALL, of_counts(same.reshape(len(linked), 2), share), sum(map(len, linked)))


def _linked(agreed: Agreed) -> list[list[Pair[Entity]]]:
    return [[pair for pair in pairs if pair.a.kb_id or pair.b.kb_id] for pairs in agreed]


def _names(pair: Pair[Entity], own: str) -> tuple[str, str]:
    return pair.a.kb_id or f"\0{own}", pair.b.kb_id or f"\0{own}"
