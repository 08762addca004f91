"""Only what a layer of the project may hold: the last thing that proposals go through.

A project has label sets and a knowledge base of its own, so a proposer that knows the usual ones may name what is not
there; and a proposer may err. What comes out of here breaks no rule of `validate.layers`, whatever goes in.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import TypeVar

from parallaxe.annotate.article import Article
from parallaxe.core.claims import AUTHOR, Claim, Entity, Provenance, Quote, Span, Stance
from parallaxe.core.knowledge import is_unlinked
from parallaxe.core.labels import LabelSet
from parallaxe.core.layer_format import canonical_order, mint

_LINK = re.compile(r"(?:NIL:)?[a-z0-9][a-z0-9_-]*")
_STRONGEST = 3

Own = TypeVar("Own", bound=Claim)


@dataclass(frozen=True)
class Mould:
    """What claims must fit: the blocks of an article, the label sets and the ids of the project."""

    article: Article
    labels: Mapping[str, LabelSet]
    known: Collection[str]

    def named(self, claims: Iterable[Claim]) -> Iterator[Claim]:
        """Claims of the machine's rules under the labels of the project; what it has no label for is left out."""
        return (own for claim in claims if (own := self._named(claim)) is not None)

    def _named(self, claim: Claim) -> Claim | None:
        match claim:
            case Entity():
                labels = self.labels["entity_labels"].proposed
                label = labels.get(claim.label)
                metonymic = labels.get(claim.metonymic or "")
                return _with(claim, label=label, metonymic=metonymic) if label else None
            case Quote():
                type_ = self.labels["quotation_types"].proposed.get(claim.type)
                return _with(claim, type=type_) if type_ else None
            case Stance():
                polarity = self.labels["polarities"].proposed.get(claim.polarity)
                target = self.labels["targets"].proposed.get(claim.target)
                level = self._level(own=claim.holder == AUTHOR)
                if not (polarity and target and level):
                    return None
                return _with(claim, polarity=polarity, target=target, level=level)

    def _level(self, *, own: bool) -> str | None:
        return next((label.name for label in self.labels["stance_levels"].labels if label.own == own), None)

    def fitting(self, claims: Iterable[Claim]) -> tuple[Claim, ...]:
        """The claims that fit, in canonical order; none twice.

        A link to nothing is taken off its mention. A quotation whose outer one does not fit lies in what that lay in.
        """
        claims = list(claims)
        entities = _once((c for c in claims if isinstance(c, Entity)), lambda c: (c.fragments, c.label))
        said = _once((c for c in claims if isinstance(c, Quote) and self._quote_fits(c)), _words)
        said = _once(said, lambda c: c.id)
        ids = {quote.id for quote in said}
        stances = (c for c in claims if isinstance(c, Stance) and self._stance_fits(c, ids))
        kept: list[Claim] = [
            *(self._linked(entity) for entity in entities if self._entity_fits(entity)),
            *_nested([c for c in claims if isinstance(c, Quote)], said),
            *_once(stances, lambda c: (c.level, c.quote, c.holder, c.target)),
        ]
        return canonical_order(_with(claim, provenance=_proposed(claim.provenance)) for claim in kept)

    def _entity_fits(self, claim: Entity) -> bool:
        return claim.label in self.labels["entity_labels"].names and self._stand(claim.fragments)

    def _linked(self, claim: Entity) -> Entity:
        """The mention without a link or a metonymy that the project cannot have."""
        labels = self.labels["entity_labels"].names
        metonymic = claim.metonymic if claim.metonymic in labels and claim.metonymic != claim.label else None
        kb_id = claim.kb_id if claim.kb_id is not None and self._is_link(claim.kb_id) else None
        return _with(claim, metonymic=metonymic, kb_id=kb_id)

    def _is_link(self, kb_id: str) -> bool:
        return _LINK.fullmatch(kb_id) is not None and (is_unlinked(kb_id) or kb_id in self.known)

    def _quote_fits(self, claim: Quote) -> bool:
        return (
            claim.type in self.labels["quotation_types"].names
            and self._stand(claim.content)
            and all(self._stands(span) for span in (*claim.cue, *claim.sources))
        )

    def _stance_fits(self, claim: Stance, quotes: Collection[str]) -> bool:
        own = {label.name: label.own for label in self.labels["stance_levels"].labels}.get(claim.level)
        polarity = next((label for label in self.labels["polarities"].labels if label.name == claim.polarity), None)
        if own is None or polarity is None or claim.target not in self.labels["targets"].names:
            return False
        held = claim.holder == AUTHOR and claim.quote is None
        voiced = claim.holder != AUTHOR and claim.quote in quotes and self._is_link(claim.holder)
        sign = (claim.intensity > 0) - (claim.intensity < 0)
        return (
            (held if own else voiced)
            and sign == polarity.sign
            and abs(claim.intensity) <= _STRONGEST
            and (self._stand(claim.evidence) if claim.evidence else not (own and polarity.evidence))
        )

    def _stand(self, fragments: Sequence[Span]) -> bool:
        """Whether there are fragments, in order, disjoint, each in one annotated block."""
        return (
            bool(fragments)
            and all(self._stands(span) for span in fragments)
            and all(before.end <= after.start for before, after in pairwise(fragments))
        )

    def _stands(self, span: Span) -> bool:
        index = bisect_right(self._starts, span.start) - 1
        return index in self.article.annotated and span.start < span.end <= self.article.blocks[index].end

    @cached_property
    def _starts(self) -> list[int]:
        return [block.start for block in self.article.blocks]


def _with(claim: Own, **values: object) -> Own:
    """A claim with these values: the same one where it has them, as most do."""
    if all(getattr(claim, name) == value for name, value in values.items()):
        return claim
    return replace(claim, **values)  # type: ignore[arg-type]


def _words(quote: Quote) -> Hashable:
    return quote.content, quote.cue, quote.sources


def _once(claims: Iterable[Own], key: Callable[[Own], Hashable]) -> list[Own]:
    """The first claim of each key."""
    first: dict[Hashable, Own] = {}
    for claim in claims:
        first.setdefault(key(claim), claim)
    return list(first.values())


def _nested(quotes: Sequence[Quote], kept: Sequence[Quote]) -> Iterator[Quote]:
    """Quotations that are kept, each inside the nearest one around it that is kept too, none inside itself."""
    around = {quote.id: quote.inside for quote in quotes}
    ids = {quote.id for quote in kept}
    inside = {quote.id: _nearest(quote.id, around, ids) for quote in kept}
    return (_with(quote, inside=None if _is_around_itself(quote.id, inside) else inside[quote.id]) for quote in kept)


def _nearest(quote: str, around: Mapping[str, str | None], kept: Collection[str]) -> str | None:
    passed = {quote}
    outer = around[quote]
    while outer is not None and outer not in kept and outer not in passed:
        passed.add(outer)
        outer = around.get(outer)
    return outer if outer in kept else None


def _is_around_itself(quote: str, inside: Mapping[str, str | None]) -> bool:
    passed: set[str] = set()
    outer = inside[quote]
    while outer is not None and outer != quote and outer not in passed:
        passed.add(outer)
        outer = inside[outer]
    return outer == quote


# Most proposals of a text have one of few histories.
@lru_cache(1000)
def _proposed(history: Provenance) -> Provenance:
    """A proposal, whatever else was said of it; the score to three places, so that files do not change for nothing."""
    score = None if history.score is None else round(min(1.0, max(0.0, history.score)), 3)
    return replace(history, status="proposed", origin=None, score=score)


def with_ids(claims: Sequence[Claim], seed: str) -> tuple[Claim, ...]:
    """The claims under new ids, the same for the same seed and the same words: scores and links may change under them.

    Ids of proposers are unique among their own kind only. The seed keeps layers of one article apart. The order is
    canonical under the new ids, which tell claims of one extent apart (« X affirme, citant Y, … »).
    """
    taken: set[str] = set()
    quotes: dict[str, str] = {}
    for claim in claims:
        if isinstance(claim, Quote):
            quotes[claim.id] = mint(f"{seed}:quote:{claim.content}:{claim.cue}:{claim.sources}", taken)
    return canonical_order(_renamed(claim, seed, quotes, taken) for claim in claims)


def _renamed(claim: Claim, seed: str, quotes: Mapping[str, str], taken: set[str]) -> Claim:
    match claim:
        case Entity():
            return replace(claim, id=mint(f"{seed}:entity:{claim.fragments}:{claim.label}", taken))
        case Quote():
            return replace(claim, id=quotes[claim.id], inside=quotes[claim.inside] if claim.inside else None)
        case Stance():
            quote = quotes[claim.quote] if claim.quote else None
            name = f"{seed}:stance:{claim.level}:{quote}:{claim.holder}:{claim.target}"
            return replace(claim, id=mint(name, taken), quote=quote)
