"""What a format reader finds in a source: edits that lead to plain text, hints for roles, declared metadata."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from parallaxe.core.edits import Edit


class Hint(NamedTuple):
    """A vote of the source for the role of the block that overlaps `source[start:end]` (offsets in the source).

    `weight` lies in 0–1: 1 for what the markup states (`<figcaption>`), less for what it suggests (a class name).
    `why` names the feature, for the person who reads the plan.
    """

    start: int
    end: int
    role: str
    weight: float
    why: str


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a source declares about its article outside the text (JSON-LD, `og:`, front matter, JSONL fields)."""

    title: str | None = None
    byline: str | None = None
    outlet: str | None = None
    published: date | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Extraction:
    """Edits over the source, in order and disjoint, whose result is plain text with a newline at each block border."""

    edits: tuple[Edit, ...] = ()
    hints: tuple[Hint, ...] = ()
    metadata: Metadata = field(default_factory=Metadata)
