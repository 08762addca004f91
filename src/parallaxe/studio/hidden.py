"""What an annotation carries without showing it: the `meta` of a region, which the interface keeps as it is.

Ids, confidence and notes of stances have no control of their own, because a quotation has one region and up to forty
stances; an order of sources that is not that of the text has none either. Confidence and note were said of a judgement:
they come back as long as that judgement stands, and go when it is changed.

Measured on server and interface 1.23.2: `meta` comes back whole from regions and from answers about the whole text, in
each item of the region, also after edits and after the annotator has written a remark of his own (`text` is then a
list); ids of regions and of answers stay through edits, and so does the order of relations.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from parallaxe.core.claims import Quote, Span, Stance
from parallaxe.studio.controls import Step

STANCES = "stances"
SOURCES = "sources"
SHOWN = "text"
"""The key of `meta` that the side panel shows."""


class HiddenStance(NamedTuple):
    """What is known of a stance from before it was shown."""

    id: str
    level: str
    holder: str
    target: str
    step: str
    confidence: str | None = None
    note: str | None = None

    @classmethod
    def of(cls, stance: Stance) -> HiddenStance:
        """What is to be kept of a stance."""
        step = Step(stance.polarity, stance.intensity).name
        history = stance.provenance
        return cls(stance.id, stance.level, stance.holder, stance.target, step, history.confidence, history.note)


def write_meta(quote: Quote | None = None, stances: Sequence[Stance] = (), why: str | None = None) -> dict[str, Any]:
    """The `meta` of a region or an answer; empty where there is nothing to keep or to show."""
    meta: dict[str, Any] = {}
    if why:
        meta[SHOWN] = why
    if quote and list(quote.sources) != sorted(quote.sources):
        meta[SOURCES] = [list(span) for span in quote.sources]
    if stances:
        rows = (HiddenStance.of(stance)._asdict() for stance in stances)
        meta[STANCES] = [{name: value for name, value in row.items() if value is not None} for row in rows]
    return meta


def read_stances(meta: Mapping[str, Any]) -> tuple[HiddenStance, ...]:
    """The stances that a `meta` keeps; rows that are none, because somebody else wrote them, are left out."""
    rows = meta.get(STANCES)
    return tuple(HiddenStance(**row) for row in rows if _is_row(row)) if isinstance(rows, list) else ()


def _is_row(row: object) -> bool:
    known, needed = HiddenStance._fields, HiddenStance._fields[:5]
    return (
        isinstance(row, Mapping)
        and set(needed) <= set(row) <= set(known)
        and all(isinstance(value, str) for value in row.values())
    )


def read_sources(meta: Mapping[str, Any], sources: Iterable[Span]) -> tuple[Span, ...]:
    """Sources in the order that a `meta` keeps, in that of the text where they are others."""
    kept = meta.get(SOURCES)
    in_text = tuple(sorted(sources))
    if not isinstance(kept, list) or not all(isinstance(pair, list) and len(pair) == 2 for pair in kept):
        return in_text
    order = tuple(Span(*pair) for pair in kept)
    return order if len(order) == len(in_text) and set(order) == set(in_text) else in_text
