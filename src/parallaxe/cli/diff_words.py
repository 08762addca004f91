"""What every form of a diff says alike: counts, whole layers, entities, values before and after."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from parallaxe.cli.claim_words import value
from parallaxe.compare.changes import Changes, EntityChange, LayerChange
from parallaxe.core.claims import Claim
from parallaxe.core.wording import counted
from parallaxe.store.versions.diff import Diff

KINDS_OF_ARTICLES: Mapping[str, str] = {
    "added": "added", "removed": "removed", "text": "text changed", "changed": "changed",
}  # fmt: skip
"""How each kind of change of an article is told, in the order in which they are counted."""


HISTORY = frozenset({"id", "tool", "score", "why", "created", "derived_from"})
"""Fields that say how a claim came to be: claims that differ in nothing else are counted, not listed."""


def counts(changes: Changes) -> Iterator[tuple[str, str]]:
    """What kinds of things changed, and how many in which way; each only where any did."""
    if articles := changes.article_counts:
        told = [f"{articles[kind]:,} {words}" for kind, words in KINDS_OF_ARTICLES.items() if kind in articles]
        yield "articles", ", ".join(told)
    if claims := changes.claim_counts:
        yield "claims", ", ".join(f"{count:,} {kind}" for kind, count in claims.items())
    if entities := changes.entity_counts:
        kinds = [kind for kind in ("added", "removed", "changed") if kind in entities]
        yield "entities", ", ".join(f"{entities[kind]:,} {kind}" for kind in kinds)


def whole_layers(changes: Changes) -> Iterator[str]:
    """Layers of articles that came or went whole: their claims are counted, not listed."""
    files: Counter[tuple[str, str]] = Counter()
    claims: Counter[tuple[str, str]] = Counter()
    for layer in changes.layers:
        if layer.is_whole:
            key = (layer.layer, "added" if layer.old_text is None else "removed")
            files[key] += 1
            claims[key] += len(layer.claims)
    for (name, what), count in files.items():
        yield f"{value(name)}  {what} for {counted(count, 'article')}, {counted(claims[name, what], 'claim')}"


def claim_values(old: Claim, new: Claim, name: str) -> tuple[str, str]:
    """A field of a claim or of its history, before and after."""
    before, after = (value(_field(claim, name)) for claim in (old, new))
    return before, after


def _field(claim: Claim, name: str) -> object:
    return getattr(claim if hasattr(claim, name) else claim.provenance, name)


def entity_values(change: EntityChange, name: str) -> tuple[str, str]:
    """A column of an entity, before and after; of a list, what left it and what came."""
    before, after = getattr(change.old, name), getattr(change.new, name)
    if isinstance(before, tuple) and isinstance(after, tuple):
        return (
            _listed(item for item in before if item not in after),
            _listed(item for item in after if item not in before),
        )
    return value(before), value(after)


def _listed(items: Iterator[Any]) -> str:
    """Aliases, or relations as `relation kb_id`."""
    return value(tuple(" ".join(item) if isinstance(item, tuple) else item for item in items))


def passed_on(diff: Diff, layer: LayerChange) -> Mapping[str, str]:
    """The texts that may leave this machine with what is told of a layer."""
    return {} if layer.article_id in diff.restricted else diff.texts
