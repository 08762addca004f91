"""All that the machine proposes of an article: mentions, then quotations, then stances, each from what came before.

What was loaded from files (a trained component, a stance model) is handed in with the machine, so that proposing is a
function from values to values, the same on every machine.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from parallaxe.annotate.article import Article
from parallaxe.annotate.entities import propose_entities
from parallaxe.annotate.fitting import Mould, with_ids
from parallaxe.annotate.gazetteer import Gazetteer
from parallaxe.annotate.notices import Notice, article_notices, knowledge_notices, speaks_another_language
from parallaxe.annotate.quotations import propose_quotes
from parallaxe.annotate.stance_model import StanceModel
from parallaxe.annotate.stance_opinions import with_opinions
from parallaxe.annotate.stance_scoring import StanceScorer
from parallaxe.annotate.stances import propose_stances
from parallaxe.annotate.trained.proposals import Component, with_trained
from parallaxe.core.claims import Claim, Entity, Quote, Stance
from parallaxe.core.knowledge import KnownEntity
from parallaxe.core.labels import LabelSet
from parallaxe.core.layer_format import KINDS

ANNOTATOR = "parallaxe-machine/1"
"""Who made a layer of the machine."""

LAYER = "machine"
"""The layer that proposals stand in unless somebody names another."""


@dataclass(frozen=True)
class Machine:
    """What proposals are made with: the names that a project knows, its label sets, and what was trained.

    `known` are the rows of the knowledge base by their ids; `gazetteer` finds their names. `component` is asked about
    names beside the rules; without it the rules decide alone. `stance_scorer` has a second opinion on stances.
    """

    gazetteer: Gazetteer
    known: Mapping[str, KnownEntity]
    labels: Mapping[str, LabelSet]
    stance_model: StanceModel | None = None
    component: Component | None = None
    stance_scorer: StanceScorer | None = None

    @classmethod
    def of(
        cls,
        labels: Mapping[str, LabelSet],
        known: Mapping[str, KnownEntity] | None = None,
        stance_model: StanceModel | None = None,
        component: Component | None = None,
        stance_scorer: StanceScorer | None = None,
    ) -> Machine:
        """The machine of a knowledge base, empty where there is none."""
        known = {name: _as_rules_know(entity, labels) for name, entity in (known or {}).items()}
        return cls(Gazetteer.of(known.values()), known, labels, stance_model, component, stance_scorer)

    @property
    def annotator_type(self) -> str:
        """`model`: of the writer's own stance a trained scorer decides, whatever else is left out."""
        return "model"

    @cached_property
    def notices(self) -> tuple[Notice, ...]:
        """What is unusual about the knowledge base."""
        return tuple(knowledge_notices(self.known))


def _as_rules_know(entity: KnownEntity, labels: Mapping[str, LabelSet]) -> KnownEntity:
    """An entity whose type and actor bear the names that the rules know them by, where the project has renamed them."""
    type_ = labels["entity_labels"].rule_name(entity.type)
    actor = entity.actor and labels["targets"].rule_name(entity.actor)
    return entity if (type_, actor) == (entity.type, entity.actor) else replace(entity, type=type_, actor=actor)


class Proposals(NamedTuple):
    """Claims in canonical order that a layer of the project may hold, and what a reader should know of the text.

    `complete` are the kinds that were looked for: none in a text that is not in French.
    """

    claims: tuple[Claim, ...]
    warnings: tuple[Notice, ...]
    complete: tuple[str, ...]


def propose(article: Article, machine: Machine, *, language: str | None = None, seed: str = LAYER) -> Proposals:
    """Mentions, quotations and stances of an article, all of them proposals.

    Args:
        article: clean text with blocks and sentences; nothing is proposed outside its annotated blocks.
        machine: what to propose with.
        language: of the text, where it is known; in another language than French nothing is proposed.
        seed: what the ids of claims begin from: the name of the layer, so that two layers share none.
    """
    notices = tuple(article_notices(article, language))
    if speaks_another_language(article, language):
        return Proposals((), notices, ())
    mould = Mould(article, machine.labels, machine.known)
    mentions = propose_mentions(article, machine)
    quotes = propose_quotes(article, mentions)
    stances = propose_stances(article, mentions, quotes, machine.known, machine.stance_model)
    claims = _heard(article, list(mould.named([*mentions, *quotes, *stances])), machine)
    return Proposals(with_ids(mould.fitting(claims), seed), notices, KINDS)


def _heard(article: Article, claims: Sequence[Claim], machine: Machine) -> Sequence[Claim]:
    """The claims after the scorer from outside was heard, where there is one."""
    if machine.stance_scorer is None:
        return claims
    quotes = [claim for claim in claims if isinstance(claim, Quote)]
    stances = [claim for claim in claims if isinstance(claim, Stance)]
    others = [claim for claim in claims if not isinstance(claim, Stance)]
    return [*others, *with_opinions(article, stances, quotes, machine.stance_scorer, machine.labels)]


def propose_mentions(article: Article, machine: Machine) -> list[Entity]:
    """The mentions of an article by the rules and, where there is one, the trained component; in order."""
    mentions = propose_entities(article, machine.gazetteer)
    return mentions if machine.component is None else with_trained(article, mentions, machine.component)
