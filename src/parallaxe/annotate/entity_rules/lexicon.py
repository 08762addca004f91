"""All words at which a rule begins, as one table for one lookup: names of the world, and general words of the grammars.

The knowledge base of a project is added to it by the gazetteer; its entries come first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from parallaxe.annotate.entity_rules import (
    dates,
    events,
    geography,
    institution_words,
    institutions,
    laws,
    materiel,
    peoples,
)
from parallaxe.annotate.entity_rules.folding import fold_name, slug
from parallaxe.annotate.entity_rules.sighting import Entry


def capitals(spelling: str) -> tuple[int, ...]:
    """Where a spelling has capitals at the beginning of words, as offsets into it folded.

    >>> capitals("Corée du Nord"), capitals("armée russe")
    ((0, 9), ())
    """
    starts: list[int] = []
    position = 0
    for word in fold_words(spelling):
        if word[0].isupper():
            starts.append(position)
        position += len(word) + 1
    return tuple(starts)


def fold_words(spelling: str) -> list[str]:
    """The words of a spelling as `fold_name` divides them, in their own letters."""
    return "".join(character if character.isalnum() else " " for character in spelling).split()


@cache
def lexicon() -> Mapping[str, tuple[Entry, ...]]:
    """Entries by their folded words."""
    table: dict[str, list[Entry]] = {}
    for words, entry in _entries():
        listed = table.setdefault(words, [])
        if entry not in listed:
            listed.append(entry)
    return {words: tuple(listed) for words, listed in table.items() if words}


def _entries() -> Iterator[tuple[str, Entry]]:
    yield from _names()
    for rule, heads in (
        ("date", dates.TRIGGERS),
        ("type", materiel.TYPES),
        ("event", events.EVENT_HEADS),
        ("law", laws.LAW_HEADS),
        ("institution", institutions.ORG_HEADS),
        ("place-head", institutions.LOC_HEADS),
        ("ministry", ("ministere",)),
    ):
        yield from ((head, Entry(rule)) for head in heads)


def _names() -> Iterator[tuple[str, Entry]]:
    for spellings in institution_words.ORGANISATIONS:
        for spelling in spellings:
            folded = fold_name(spelling)
            ordinary = "ordinary" if folded in institution_words.ORDINARY else ""
            yield folded, Entry("organisation", "ORG", slug(spellings[0]), ordinary, capitals(spelling))
    for place in geography.places():
        yield fold_name(place.spelling), Entry("place", "LOC", place.name, place.kind, capitals(place.spelling))
    for noun, plural in peoples.nouns().items():
        yield noun, Entry("people", "NORP", plural, "", (0,))
    for event in events.NAMED_EVENTS:
        yield fold_name(event), Entry("named-event", "EVENT", slug(event), "", capitals(event))
    for name in materiel.NAMED:
        yield fold_name(name), Entry("named-materiel", "PRODUCT", slug(name), "", (0,))
