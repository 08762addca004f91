"""The knowledge base: the entities that claims link to, and the states that their voices belong to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

UNLINKED = "NIL:"
"""What the id of a cluster begins with that no row of the knowledge base stands for."""


class Relation(NamedTuple):
    """The entity stands in `relation` to the one with `kb_id`."""

    relation: str
    kb_id: str


@dataclass(frozen=True, slots=True)
class KnownEntity:
    """A row of `annotations/knowledge_base.jsonl`; `actor` is the target that its stances roll up to, or null."""

    kb_id: str
    type: str
    name: str
    aliases: tuple[str, ...]
    description: str
    wikidata: str | None
    wikidata_source: str | None
    relations: tuple[Relation, ...]
    actor: str | None
    first_seen: str | None


def is_unlinked(kb_id: str) -> bool:
    """True for the cluster of an entity that the knowledge base does not hold."""
    return kb_id.startswith(UNLINKED)
