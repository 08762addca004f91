"""What a machine may know before it is asked: the knowledge base as it stood when only the split trained on was read.

A corpus has one knowledge base, drawn up from all its articles. Given whole, it would tell the machine the names of
articles it is tested on; so it is cut to the entities first seen in the split trained on, and of these to the names
that stand in the texts of that split. Ids of other entities, which are spelt like their names, go as well.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from parallaxe.core.claims import Entity, Layer
from parallaxe.core.knowledge import KnownEntity, is_unlinked

_WORD = re.compile(r"\w+")

Words: TypeAlias = tuple[str, ...]


@dataclass(frozen=True)
class Familiar:
    """What is familiar from the split trained on: ids of entities, and surfaces of mentions (case aside)."""

    ids: frozenset[str]
    surfaces: frozenset[str]

    def holds(self, mention: Entity, surface: str) -> bool:
        """Whether a mention is of a known name: its entity is familiar; one without a link, where its surface is.

        >>> familiar = Familiar(frozenset({"russie"}), frozenset({"lundi"}))
        >>> familiar.holds(Entity("x", (), "LOC", None, "russie"), "Moscovie")
        True
        >>> familiar.holds(Entity("y", (), "DATE"), "Lundi"), familiar.holds(Entity("z", (), "DATE"), "mardi")
        (True, False)
        """
        if mention.kb_id is None or is_unlinked(mention.kb_id):
            return surface.casefold() in self.surfaces
        return mention.kb_id in self.ids


def surface_of(mention: Entity, text: str) -> str:
    """The words of a mention, its fragments joined by blanks."""
    return " ".join(text[start:end] for start, end in mention.fragments)


def familiar_from(known: Iterable[str], gold: Mapping[str, Layer], texts: Mapping[str, str]) -> Familiar:
    """What the ids of a cut knowledge base and the gold of the split trained on make familiar."""
    surfaces = (
        surface_of(mention, texts[name]).casefold()
        for name, layer in gold.items()
        if name in texts
        for mention in layer.entities
    )
    return Familiar(frozenset(known), frozenset(surfaces))


def cut_knowledge(
    known: Mapping[str, KnownEntity], articles: Collection[str], texts: Iterable[str]
) -> dict[str, KnownEntity]:
    """The rows first seen in `articles`, each with those of its names alone that stand in `texts`.

    A name stands there where its words do, in that order, whatever is between them (`Kim Jong-un`, `Kim Jong Un`), and
    whatever their case. Where the name itself does not, its first alias that does takes its place; a row of which none
    does is left out. Relations to rows that are gone go with them, and so do descriptions, which tell more names.
    """
    candidates = {kb_id: entity for kb_id, entity in known.items() if entity.first_seen in articles}
    names = {words_of(name) for entity in candidates.values() for name in (entity.name, *entity.aliases)}
    attested = _attested(names, texts)
    kept = {kb_id: cut for kb_id, entity in candidates.items() if (cut := _with_names(entity, attested)) is not None}
    return {kb_id: _without_strangers(entity, kept) for kb_id, entity in kept.items()}


def words_of(text: str) -> Words:
    """The words of a text in lower case, without what stands between them.

    >>> words_of("l'Île-Rousse")
    ('l', 'île', 'rousse')
    """
    return tuple(_WORD.findall(text.casefold()))


def _attested(names: Collection[Words], texts: Iterable[str]) -> frozenset[Words]:
    """Which sequences of words stand in the texts; each text is read once for each length that a name has."""
    lengths = sorted({len(name) for name in names if name})
    found: set[Words] = set()
    for text in texts:
        words = words_of(text)
        for length in lengths:
            found.update(
                sequence
                for start in range(len(words) - length + 1)
                if (sequence := words[start : start + length]) in names
            )
    return frozenset(found)


def _with_names(entity: KnownEntity, attested: Collection[Words]) -> KnownEntity | None:
    names = [name for name in (entity.name, *entity.aliases) if words_of(name) in attested]
    if not names:
        return None
    return replace(entity, name=names[0], aliases=tuple(dict.fromkeys(names[1:])), description="")


def _without_strangers(entity: KnownEntity, kept: Collection[str]) -> KnownEntity:
    return replace(entity, relations=tuple(relation for relation in entity.relations if relation.kb_id in kept))
