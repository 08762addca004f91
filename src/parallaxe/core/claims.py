"""Claims: what an annotator says about a text, as values, and the layers that hold them.

A claim holds only what was decided; whatever follows from it (surface, nesting, sentence, the actor of a holder) is
derived when the dataset is built. All spans are half-open, in code points of the text that the layer names by its hash.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple, TypeAlias

AUTHOR = "author"
"""The holder of a stance of level `article`."""


class Span(NamedTuple):
    """`text[start:end]`, in code points."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Provenance:
    """How a claim came to be, beyond what its layer says of all its claims; names as in `_provenance.yaml`."""

    status: str = "proposed"
    origin: str | None = "manual"
    tool: str | None = None
    score: float | None = None
    confidence: str | None = None
    note: str | None = None
    why: str | None = None
    created: date | None = None
    derived_from: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entity:
    """A mention. `metonymic` is the label that the name stands for, or null; `kb_id` may be `NIL:cluster`."""

    id: str
    fragments: tuple[Span, ...]
    label: str
    metonymic: str | None = None
    kb_id: str | None = None
    provenance: Provenance = field(default_factory=Provenance)


@dataclass(frozen=True, slots=True)
class Quote:
    """An attribution: content, cue and sources; `inside` is the id of the quotation whose content holds this one."""

    id: str
    type: str
    content: tuple[Span, ...]
    cue: tuple[Span, ...] = ()
    sources: tuple[Span, ...] = ()
    inside: str | None = None
    provenance: Provenance = field(default_factory=Provenance)

    @property
    def fragments(self) -> tuple[Span, ...]:
        """What the claim stands on: its content."""
        return self.content


@dataclass(frozen=True, slots=True)
class Stance:
    """A tuple (holder, target, polarity, evidence); `quote` is the id of the quotation that carries it, or null."""

    id: str
    level: str
    holder: str
    target: str
    polarity: str
    intensity: int
    evidence: tuple[Span, ...] = ()
    quote: str | None = None
    provenance: Provenance = field(default_factory=Provenance)

    @property
    def fragments(self) -> tuple[Span, ...]:
        """What the claim stands on: its evidence."""
        return self.evidence


Claim: TypeAlias = Entity | Quote | Stance
"""Anything a layer may say of a text."""


@dataclass(frozen=True, slots=True)
class Layer:
    """All claims of one annotator about one text; a kind named in `complete` was looked for throughout.

    `annotator_type` is `human`, `model` or `rule`; `normalizer` and `text_sha256` name the text that was annotated.
    """

    layer: str
    article_id: str
    text_sha256: str
    normalizer: str
    guideline_version: str | None
    annotator: str
    annotator_type: str
    complete: tuple[str, ...]
    claims: tuple[Claim, ...] = ()

    @property
    def entities(self) -> tuple[Entity, ...]:
        """Its mentions, in the order of the layer."""
        return tuple(claim for claim in self.claims if isinstance(claim, Entity))

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """Its attributions, in the order of the layer."""
        return tuple(claim for claim in self.claims if isinstance(claim, Quote))

    @property
    def stances(self) -> tuple[Stance, ...]:
        """Its stances, in the order of the layer."""
        return tuple(claim for claim in self.claims if isinstance(claim, Stance))
