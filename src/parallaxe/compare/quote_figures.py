"""How two layers agree on quotations: which words, by which cue, of which source, in which manner.

Quotations are paired by their contents, outermost and nested ones alike, and scored apart. A cue or a source is matched
where it overlaps that of the paired quotation: of a quotation that the other layer has not, nothing is matched.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from parallaxe.compare.alpha import nominal_alpha
from parallaxe.compare.bootstrap import Measure
from parallaxe.compare.comparison import Comparison, outermost
from parallaxe.compare.entity_figures import AGREED_IOU
from parallaxe.compare.footprints import footprint, iou
from parallaxe.compare.matches import ALL, Match, Tally, f1_measures, prf_measures, tally
from parallaxe.compare.nesting import linked_mentions
from parallaxe.compare.pairing import Pair, pair_spans
from parallaxe.compare.scores import Array, kappa
from parallaxe.compare.tables import classes_of, equal_share, table_counts, table_measure
from parallaxe.compare.unitizing import Unitized, alpha_u, unitized
from parallaxe.core.claims import Entity, Layer, Quote, Span

SECTION = "quotations"

ROLES: Mapping[str, Callable[[Quote], tuple[Span, ...]]] = {
    "content": lambda quote: quote.content,
    "cue": lambda quote: quote.cue,
    "source": lambda quote: quote.sources,
}
"""The parts of an attribution."""


def quote_measures(articles: Sequence[Comparison], types: Sequence[str]) -> Iterator[Measure]:
    """Every figure of the section but links; `types` in the order of the schema."""
    yield from role_measures(articles, types)
    yield from type_measures(articles)
    yield from _tokens(articles)
    yield from _unitizing(articles)


def role_measures(articles: Sequence[Comparison], types: Sequence[str]) -> Iterator[Measure]:
    """Precision, recall and F1 of contents (by type as well), cues and sources, outermost and nested apart."""
    for nested, name in ((False, "outermost"), (True, "nested")):
        tallies = [_tallies(article, nested=nested) for article in articles]
        for role in ROLES:
            groups = types if role == "content" else ()
            yield from f1_measures(SECTION, f"{name} {role}", [own[role] for own in tallies], groups)


def link_measures(articles: Sequence[Comparison]) -> Iterator[Measure]:
    """F1 of links from sources to mentions, for articles in which both layers have entities and quotations."""
    counts = np.array([_links(article) for article in articles], dtype=float).reshape(len(articles), 3)
    yield from prf_measures(SECTION, "source links", ALL, counts)


def agreed_quotes(article: Comparison) -> list[Pair[Quote]]:
    """Quotations that both layers have, nested ones included."""
    return [pair for pair in article.pairing.of(Quote).pairs if pair.iou >= AGREED_IOU]


def _tallies(article: Comparison, *, nested: bool) -> dict[str, Tally]:
    pairs = [
        pair
        for pair in article.pairing.of(Quote).pairs
        if (pair.a.inside is not None) == (pair.b.inside is not None) == nested
    ]
    a, b = (outermost(layer.quotes, nested=nested) for layer in (article.a, article.b))
    contents = [(pair.a.type if pair.a.type == pair.b.type else None, pair.exact, pair.iou) for pair in pairs]
    return {
        "content": tally(contents, [quote.type for quote in a], [quote.type for quote in b]),
        "cue": tally(_cue_matches(pairs, article), ["cue" for q in a if q.cue], ["cue" for q in b if q.cue]),
        "source": tally(
            _source_matches(pairs, article),
            ["source" for quote in a for _ in set(quote.sources)],
            ["source" for quote in b for _ in set(quote.sources)],
        ),
    }


def _cue_matches(pairs: Sequence[Pair[Quote]], article: Comparison) -> list[Match]:
    both = [(pair.a.cue, pair.b.cue) for pair in pairs if pair.a.cue and pair.b.cue]
    return [(None, one == other, iou(one, other, article.tokens)) for one, other in both]


def _source_matches(pairs: Sequence[Pair[Quote]], article: Comparison) -> list[Match]:
    found = (match for pair in pairs for match in pair_spans(pair.a.sources, pair.b.sources, article.tokens))
    return [(None, one == other, overlap) for one, other, overlap in found]


def type_measures(articles: Sequence[Comparison]) -> Iterator[Measure]:
    """How far both give one type to the quotations that both have."""
    judged = [[(pair.a.type, pair.b.type) for pair in agreed_quotes(article)] for article in articles]
    counts = table_counts(judged, classes_of(judged))
    yield table_measure(SECTION, "κ type", ALL, counts, kappa)
    yield table_measure(SECTION, "equal type", ALL, counts, equal_share)


def _tokens(articles: Sequence[Comparison]) -> Iterator[Measure]:
    """α over tokens: whether each stands in a content, a cue, a source of an outermost quotation."""
    for role in ROLES:
        counts = np.array([_token_table(article, role) for article in articles], dtype=float).reshape(len(articles), 4)
        yield table_measure(SECTION, "α tokens", role, counts, nominal_alpha)


def _token_table(article: Comparison, role: str) -> Array:
    a, b = (_covered(layer, role, article) for layer in (article.a, article.b))
    both, one, other = (np.count_nonzero(cells) for cells in (a & b, a & ~b, b & ~a))
    return np.array([len(a) - both - one - other, other, one, both], dtype=float)


def _covered(layer: Layer, role: str, article: Comparison) -> NDArray[np.bool_]:
    cells = np.zeros(article.token_count, dtype=bool)
    for start, end in footprint(_spans(layer, role), article.tokens):
        cells[start:end] = True
    return cells


def _spans(layer: Layer, role: str) -> list[Span]:
    return [span for quote in outermost(layer.quotes) for span in ROLES[role](quote)]


def _unitizing(articles: Sequence[Comparison]) -> Iterator[Measure]:
    units = {role: [_units(article, role) for article in articles] for role in ROLES}
    for group, categories in {ALL: [*units.values()], **{role: [own] for role, own in units.items()}}.items():
        count = sum(len(article.units) for category in categories for article in category)
        yield Measure(SECTION, "α_U outermost", group, alpha_u(categories), count)


def _units(article: Comparison, role: str) -> Unitized:
    return unitized(_spans(article.a, role), _spans(article.b, role), article.length)


def _links(article: Comparison) -> tuple[int, int, int]:
    """Sources of outermost quotations that both link to one mention or one name, and those that a, and b, links."""
    one, other = (linked_mentions(_spans(layer, "source"), layer.entities) for layer in (article.a, article.b))
    same = {(pair.a.id, pair.b.id) for pair in article.pairing.of(Entity).pairs}
    agreed = [pair for pair in agreed_quotes(article) if pair.a.inside is None and pair.b.inside is None]
    spans = (match for pair in agreed for match in pair_spans(pair.a.sources, pair.b.sources, article.tokens))
    met = [(one[a], other[b]) for a, b, overlap in spans if overlap >= AGREED_IOU and a in one and b in other]
    matched = sum((a.id, b.id) in same or (a.kb_id is not None and a.kb_id == b.kb_id) for a, b in met)
    return matched, _linked(article.a, one), _linked(article.b, other)


def _linked(layer: Layer, links: Mapping[Span, Entity]) -> int:
    return sum(span in links for quote in outermost(layer.quotes) for span in set(quote.sources))
