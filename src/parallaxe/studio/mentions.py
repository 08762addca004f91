"""Mentions of an annotation, and the doubt that an annotator has of a region."""

from __future__ import annotations

from collections.abc import Iterator

from parallaxe.core.claims import Entity, Provenance
from parallaxe.studio import controls
from parallaxe.studio.regions import Parts, Region


def entities_of(parts: Parts) -> Iterator[Entity]:
    """The mentions of an annotation."""
    for region in parts.roots_of(controls.ENTITY):
        yield Entity(
            id=region.id,
            fragments=parts.spans(region),
            label=region.labels[0],
            metonymic=region.one(controls.METONYMIC),
            kb_id=region.one(controls.LINK_OTHER) or region.one(controls.LINK),
            provenance=doubt_of(region),
        )


def doubt_of(region: Region) -> Provenance:
    """How sure an annotator is of a region, and why not; all else of its history is for the reader to say."""
    note = "\n".join(region.said.get(controls.NOTE, ()))
    return Provenance(confidence=region.one(controls.CONFIDENCE), note=note or None)
