"""Entities and links proposed by rules: names of the knowledge base, names French knows, grammars, capitals in context.

The article is folded once; one lookup finds names and the words at which grammars begin, one search the words with
capitals. What is found is remembered over the article (`Memory`): a clear name is the same thing wherever it stands,
a family name alone the person named in full. Of what overlaps the longest stands, with full names inside (§1, §6).

A link is the id of a row of the knowledge base; where none is meant it is `NIL:` and the slug of the usual name, so
that all mentions of one thing in an article share a cluster. Types of materiel and dates have no link.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from parallaxe.annotate.article import Article
from parallaxe.annotate.entity_rules.candidates import Candidate, Placed, settle
from parallaxe.annotate.entity_rules.chains import Chain, chains, with_particle
from parallaxe.annotate.entity_rules.folding import fold, fold_name
from parallaxe.annotate.entity_rules.geography import ACTING, kinds
from parallaxe.annotate.entity_rules.known_names import Shared, settle_shared
from parallaxe.annotate.entity_rules.lookups import look_up
from parallaxe.annotate.entity_rules.materiel import designations
from parallaxe.annotate.entity_rules.metonymy import WINDOW, is_metonymic
from parallaxe.annotate.entity_rules.names import as_candidate, read
from parallaxe.annotate.entity_rules.repeats import Waiting, repeated
from parallaxe.annotate.gazetteer import Gazetteer
from parallaxe.annotate.histories import proposed_by
from parallaxe.core.claims import Entity, Span
from parallaxe.core.knowledge import UNLINKED
from parallaxe.core.layer_format import mint
from parallaxe.text.document import Block

TOOL = "parallaxe-entities/1"
"""Name and version of these rules, in the provenance of every mention."""


def propose_entities(article: Article, gazetteer: Gazetteer) -> list[Entity]:
    """The mentions of an article's annotated blocks, nested ones too, in the order of the text.

    Each has a score, the rule that fired (`why`), a link where its type has links, and `metonymic` where a place stands
    for its government. Nothing is found in a text without annotated blocks, or in a language without French words;
    the time grows with the text.
    """
    text, plain = article.text, fold(article.text)
    listed: list[Candidate] = []
    shared: list[Shared] = []
    waiting: list[Waiting] = []
    for block in article.body:
        found = look_up(text, plain, block, gazetteer)
        capitals = list(chains(text, block.start, block.end))
        listed += found.candidates
        listed += (named for chain in capitals for named in designations(text, chain.start, chain.end, block.end))
        shared += found.shared
        waiting += (_understood(text, with_particle(text, chain)) for chain in capitals)
    listed += list(settle_shared(text, shared, listed))
    return list(_claims(article, settle(text, [*listed, *repeated(text, listed, waiting)])))


def _understood(text: str, chain: Chain) -> Waiting:
    """A chain as it is read where it stands."""
    understood = read(text, chain)
    return Waiting(chain, as_candidate(text, chain, understood) if understood.label else None)


def _claims(article: Article, placed: Sequence[Placed]) -> Iterator[Entity]:
    """Placed candidates as claims; metonymy is asked of places that act, where they stand for themselves."""
    taken: set[str] = set()
    blocks = iter(article.body)
    block = next(blocks, None)
    for candidate, nested in placed:
        while block and block.end < candidate.end:
            block = next(blocks, None)
        if block is None:
            return
        acts = candidate.label == "LOC" and not nested and _acts(article.text, candidate, block)
        yield _claim(candidate, "ORG" if acts else None, taken)


def _claim(found: Candidate, stands_for: str | None, taken: set[str]) -> Entity:
    fragments = (*((Span(*found.head),) if found.head else ()), Span(found.start, found.end))
    seed = f"{found.label}:{found.start}:{found.end}"
    link = None if found.name is None else found.name if found.known else f"{UNLINKED}{found.name}"
    history = proposed_by(TOOL, found.score, found.why)
    return Entity(mint(seed, taken), fragments, found.label, stands_for, link, history)


def _acts(text: str, place: Candidate, block: Block) -> bool:
    kind = place.kind or kinds().get(fold_name(text[place.start : place.end]), "")
    before = text[max(block.start, place.start - WINDOW) : place.start]
    return kind in ACTING and is_metonymic(before, text[place.end : min(block.end, place.end + WINDOW)], kind)
