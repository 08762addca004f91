"""What a migration of texts did, layer by layer and claim by claim."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from parallaxe.compare.anchoring import Fate
from parallaxe.compare.migration_texts import STATUSES


class LayerMigration(NamedTuple):
    """A layer that went to another text (or, where both hashes are one, to another normalizer): counts and fates.

    `told` are the fates of claims that were changed, are ambiguous or lost, in the order of the layer; those that only
    moved are among them where the report was asked for in full.
    """

    article_id: str
    layer: str
    old: str
    new: str
    counts: Mapping[str, int]
    told: tuple[Fate, ...]


class Left(NamedTuple):
    """An article whose layers stay as they are: which, why, and what to do."""

    article_id: str
    layers: tuple[str, ...]
    why: str
    remedy: str


@dataclass
class TextMigration:
    """What a run did, or would do; `texts` are those that the claims told of stand in, by hash.

    `edited` are open articles whose raw file differs from the catalogue, which follows it; `refreshed` those whose text
    layer was written anew; `decisions` counts what was decided about claims that are lost.
    """

    layers: list[LayerMigration] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    edited: list[str] = field(default_factory=list)
    refreshed: list[str] = field(default_factory=list)
    decisions: int = 0
    texts: dict[str, str] = field(default_factory=dict)
    restricted: set[str] = field(default_factory=set)
    files: int = 0
    completed: int = 0

    @property
    def counts(self) -> dict[str, int]:
        """How many claims of all layers have each status."""
        totals: Counter[str] = Counter()
        for layer in self.layers:
            totals.update(layer.counts)
        return {status: totals[status] for status in STATUSES if totals[status]}
