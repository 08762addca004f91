"""A diff for programs. JSON is passed on: the words of a restricted article are null in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from parallaxe.cli.claim_words import in_context, plain
from parallaxe.cli.diff_words import passed_on
from parallaxe.compare.changes import EntityChange, LayerChange
from parallaxe.compare.conflicts import claim_as_line
from parallaxe.core.claims import Claim
from parallaxe.store.versions.diff import Diff


def diff_as_json(diff: Diff) -> dict[str, Any]:
    """A diff as one JSON object; claims as in a layer file, with their words where the text may be passed on."""
    changes = diff.changes
    counts = {"articles": changes.article_counts, "claims": changes.claim_counts, "entities": changes.entity_counts}
    return {
        "old": diff.old,
        "new": diff.new,
        "counts": counts,
        "articles": [change._asdict() for change in changes.articles],
        "entities": [_entity(change) for change in changes.entities],
        "layers": [_layer(layer, passed_on(diff, layer)) for layer in changes.layers],
    }


def _entity(change: EntityChange) -> dict[str, Any]:
    old, new = (asdict(side) if side is not None else None for side in (change.old, change.new))
    return {"kb_id": change.entity.kb_id, "kind": change.kind, "fields": change.fields, "old": old, "new": new}


def _layer(layer: LayerChange, texts: Mapping[str, str]) -> dict[str, Any]:
    before, after = texts.get(layer.old_text or ""), texts.get(layer.new_text or "")
    claims = [
        {
            "kinds": change.kinds,
            "fields": change.fields,
            "old": claim_as_line(change.old),
            "new": claim_as_line(change.new),
            "old_words": _words(change.old, before),
            "new_words": _words(change.new, after),
        }
        for change in layer.claims
    ]
    return layer._asdict() | {"claims": claims}


def _words(claim: Claim | None, text: str | None) -> str | None:
    """What a claim stands on, between the words around it; null where it stands on none, or the text is withheld."""
    return plain(in_context(claim.fragments, text)) or None if claim is not None and text is not None else None
