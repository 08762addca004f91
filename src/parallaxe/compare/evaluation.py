"""How far a machine says what gold says: the figures of agreement, read from one side.

Gold is the reference: precision is the share of proposals that it confirms, recall the share of gold that was proposed.
Coefficients that correct for chance between equals are left to agreement. What is told apart here and not there: names
that the machine could know and names that it could not, targets found and what is said of them, holders named by
another id than gold's for the same mentions.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import NamedTuple, TypeAlias

from parallaxe.compare.bootstrap import Figure, Measure
from parallaxe.compare.comparison import Comparison, compare_layers
from parallaxe.compare.entity_figures import (
    Part,
    agreed_mentions,
    cluster_measures,
    equal_links_measures,
    mention_measures,
    metonymy_measures,
    nested_part,
)
from parallaxe.compare.evaluation_known import Familiar, surface_of
from parallaxe.compare.evaluation_stances import Polarities, polarity_measures, target_measures
from parallaxe.compare.quote_figures import link_measures, role_measures, type_measures
from parallaxe.compare.score_figures import SCORED, score_measures
from parallaxe.compare.sections import Section
from parallaxe.compare.stance_figures import ATTRIBUTED, SAID, SECTION, evidence_measures, tuple_measures
from parallaxe.core.claims import Entity, Layer, Stance
from parallaxe.core.schema import Schemas

AS_CLUSTER = "with holder as cluster"
"""What of an attributed tuple is compared where the machine's name for a holder is read as gold's for its mentions."""


class Reference(NamedTuple):
    """What proposals are measured against: layers of gold and their texts by article id, and what could be known.

    A kind of claim that a layer does not hold throughout is not asked of its article.
    """

    gold: Mapping[str, Layer]
    texts: Mapping[str, str]
    familiar: Familiar


def evaluation_figures(
    reference: Reference, proposed: Mapping[str, Layer], schemas: Schemas, resamples: int = 1000
) -> tuple[Figure, ...]:
    """Every figure of proposals against gold, over the articles of gold, with intervals over articles.

    Args:
        reference: gold, with all that belongs to it.
        proposed: the proposals, for each article of gold a layer about the same text.
        schemas: label sets, from which figures by label, type and target take their order.
        resamples: how many bootstrap samples of articles the intervals rest on; they are the same each time.
    """
    gold, texts, familiar = reference
    compared = [compare_layers(proposed[name], gold[name], texts[name]) for name in sorted(gold)]
    parts = {
        known: {article.b.article_id: _part(article, texts, familiar, known=known) for article in compared}
        for known in (True, False)
    }
    return tuple(
        figure for section in _sections(schemas, parts, familiar) for figure in section.figures(compared, resamples)
    )


Parts: TypeAlias = Mapping[bool, Mapping[str, Part]]
"""The mentions of known names, and those of others, by article."""


def _sections(schemas: Schemas, parts: Parts, familiar: Familiar) -> list[Section]:
    labels, types, targets = (schemas.labels[name].names for name in ("entity_labels", "quotation_types", "targets"))
    polarities = Polarities.of(schemas.labels["polarities"].labels)
    return [
        Section(frozenset({"entity"}), lambda articles: _mentions(articles, parts, labels)),
        Section(frozenset({"entity"}), lambda articles: _found(articles, familiar)),
        Section(frozenset({"quote"}), lambda articles: _quotations(articles, types)),
        Section(frozenset({"entity", "quote"}), link_measures),
        Section(frozenset({"stance"}), lambda articles: _own_stances(articles, targets, polarities)),
        Section(frozenset({"stance", "quote"}), lambda articles: _attributed(articles, targets)),
        Section(frozenset({"entity", "stance", "quote"}), lambda articles: _as_clusters(articles, targets)),
        *(Section(scored.needs, partial(score_measures, name)) for name, scored in SCORED.items()),
    ]


def _mentions(articles: Sequence[Comparison], parts: Parts, labels: Sequence[str]) -> Iterator[Measure]:
    whole: list[Part] = [
        ({m.id for m in article.a.entities}, {m.id for m in article.b.entities}) for article in articles
    ]
    asked = {
        "mentions": whole,
        "outer": [nested_part(article, nested=False) for article in articles],
        "nested": [nested_part(article, nested=True) for article in articles],
        "known": [parts[True][article.b.article_id] for article in articles],
        "unknown": [parts[False][article.b.article_id] for article in articles],
    }
    for name, chosen in asked.items():
        yield from mention_measures(name, list(zip(articles, chosen, strict=True)), labels)


def _part(article: Comparison, texts: Mapping[str, str], familiar: Familiar, *, known: bool) -> Part:
    """Gold's mentions of known names, or its others; a proposal goes with the gold mention that it is paired with."""
    text = texts[article.b.article_id]
    of_gold = {mention.id: familiar.holds(mention, surface_of(mention, text)) for mention in article.b.entities}
    paired = {pair.a.id: of_gold[pair.b.id] for pair in article.pairing.of(Entity).pairs}
    of_proposed = {
        mention.id: paired.get(mention.id, _seems_known(mention, text, familiar)) for mention in article.a.entities
    }
    a, b = (frozenset(name for name, held in side.items() if held == known) for side in (of_proposed, of_gold))
    return a, b


def _seems_known(mention: Entity, text: str, familiar: Familiar) -> bool:
    """Of an invented mention: whether the machine took it for a name it had, or it looks like one."""
    return familiar.holds(mention, surface_of(mention, text)) or familiar.holds(
        replace(mention, kb_id=None), surface_of(mention, text)
    )


def _found(articles: Sequence[Comparison], familiar: Familiar) -> Iterator[Measure]:
    """What is said of the mentions that were found."""
    found = [agreed_mentions(article) for article in articles]
    yield from metonymy_measures(found)
    yield from cluster_measures(found)
    known = [[pair for pair in pairs if pair.b.kb_id in familiar.ids] for pairs in found]
    yield from equal_links_measures("equal links of known names", known)


def _quotations(articles: Sequence[Comparison], types: Sequence[str]) -> Iterator[Measure]:
    yield from role_measures(articles, types)
    yield from type_measures(articles)


def _own_stances(articles: Sequence[Comparison], targets: Sequence[str], polarities: Polarities) -> Iterator[Measure]:
    yield from target_measures(articles, targets)
    yield from polarity_measures(articles, polarities)
    yield from evidence_measures(SECTION, articles, own=True)


def _attributed(articles: Sequence[Comparison], targets: Sequence[str]) -> Iterator[Measure]:
    yield from tuple_measures(articles, targets)
    yield from evidence_measures(ATTRIBUTED, articles, own=False)


def _as_clusters(articles: Sequence[Comparison], targets: Sequence[str]) -> Iterator[Measure]:
    renamed = [holders_as_clusters(article) for article in articles]
    yield from tuple_measures(renamed, targets, {AS_CLUSTER: SAID["with holder"]})


def holders_as_clusters(article: Comparison) -> Comparison:
    """The article with each holder under the id that gold most often gives to the mentions that the machine calls so.

    A machine cannot know the id of somebody it never heard of; that it keeps him apart from others is what it can do.
    """
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for pair in agreed_mentions(article):
        if pair.a.kb_id and pair.b.kb_id:
            votes[pair.a.kb_id][pair.b.kb_id] += 1
    names = {ours: min(theirs, key=lambda name: (-theirs[name], name)) for ours, theirs in votes.items()}
    claims = tuple(
        replace(claim, holder=names.get(claim.holder, claim.holder)) if isinstance(claim, Stance) else claim
        for claim in article.a.claims
    )
    return replace(article, a=replace(article.a, claims=claims))
