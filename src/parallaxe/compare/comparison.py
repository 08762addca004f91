"""One article in two layers, with all that its figures ask for: tokens, the pairing, what nests in what."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

from parallaxe.compare.footprints import Tokens
from parallaxe.compare.nesting import nesting
from parallaxe.compare.pairing import Pairing, pair_claims
from parallaxe.core.claims import AUTHOR, Claim, Layer, Quote, Span, Stance
from parallaxe.text.tokens import tokenize


@dataclass(frozen=True)
class Comparison:
    """Two layers about one text; where it is withheld `tokens` is None, and `length` ends with the claims."""

    a: Layer
    b: Layer
    tokens: Tokens
    length: int
    pairing: Pairing[Claim]

    @cached_property
    def nested(self) -> tuple[frozenset[str], frozenset[str]]:
        """Ids of the mentions of a, and of b, that lie within another mention of their layer."""
        return frozenset(nesting(self.a.entities)), frozenset(nesting(self.b.entities))

    @property
    def token_count(self) -> int:
        """How many tokens the text has; code points where it is withheld."""
        return self.length if self.tokens is None else len(self.tokens)


def compare_layers(a: Layer, b: Layer, text: str | None) -> Comparison:
    """Two layers about one text, made independently: claims are paired by what they say, never by their ids."""
    tokens = None if text is None else tokenize(text)
    ends = (span.end for layer in (a, b) for claim in layer.claims for span in spans_of(claim))
    length = max(ends, default=0) if text is None else len(text)
    return Comparison(a, b, tokens, length, pair_claims(a.claims, b.claims, tokens, by_id=False))


def spans_of(claim: Claim) -> tuple[Span, ...]:
    """Every span of a claim, whatever part it plays."""
    return (*claim.content, *claim.cue, *claim.sources) if isinstance(claim, Quote) else claim.fragments


def outermost(quotes: Collection[Quote], *, nested: bool = False) -> list[Quote]:
    """Quotations that stand in no other one; with `nested`, those that do."""
    return [quote for quote in quotes if (quote.inside is not None) == nested]


def of_the_author(stance: Stance) -> bool:
    """Whether a stance is the article's own; all others are attributed to somebody."""
    return stance.holder == AUTHOR
