"""The knowledge base as a gazetteer: all its names found in one pass over a folded text, whatever they are spelt like.

Names are compared folded (`entity_rules.folding`): case, accents, apostrophes and hyphens make no difference, so that
« Kim Jong Un », « Kim Jong-un » and « KIM JONG-UN » are one name, and « l'Ukraine » holds one. A name begins and ends
with a word, and has a capital where its spelling has one: « maison blanche » is a house. One Aho-Corasick automaton
(Aho & Corasick 1975) holds the names of the knowledge base, those that French knows (countries, capitals, peoples …)
and the words at which grammars begin, so that the time grows with the text alone, not with the names.

An alias that several rows have is ambiguous: it goes to the row of which another name stands in the article, the most
often named first; where none does, to the row whose own name it is, or else to the first by id, with a low score.
A name that folds to nothing (empty, only signs) or to a single letter is passed over: it would stand everywhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from parallaxe.annotate.entity_rules.first_names import FAMILY_FIRST
from parallaxe.annotate.entity_rules.folding import fold, fold_name
from parallaxe.annotate.entity_rules.geography import kinds
from parallaxe.annotate.entity_rules.lexicon import capitals, lexicon
from parallaxe.annotate.entity_rules.peoples import nouns
from parallaxe.annotate.entity_rules.sighting import Entry
from parallaxe.annotate.entity_rules.small_words import COMMON
from parallaxe.core.knowledge import KnownEntity

if TYPE_CHECKING:
    import ahocorasick

KNOWN = "known"
"""The rule of an entry that is a name of a row of the knowledge base."""

_GENERIC = COMMON | frozenset(
    "forum conseil nord sud est ouest golfe institut agence observatoire times cercle centre".split()
)


class Hit(NamedTuple):
    """Words of a text with all that they may be, those of the knowledge base first."""

    start: int
    end: int
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Gazetteer:
    """Names to look up, and the rows of the knowledge base by id."""

    rows: Mapping[str, KnownEntity]
    automaton: ahocorasick.Automaton

    @classmethod
    def of(cls, rows: Iterable[KnownEntity]) -> Gazetteer:
        """The gazetteer of a knowledge base; if it is empty, names that French knows are found all the same."""
        held = {row.kb_id: row for row in sorted(rows, key=lambda row: row.kb_id)}
        table: dict[str, list[Entry]] = {}
        for row in held.values():
            for words, entry in _names(row):
                _add(table, words, entry)
        _add_family_names(table, held.values())
        for words, entries in lexicon().items():
            table.setdefault(words, []).extend(entries)
        return cls(held, _automaton(table))

    def hits(self, folded: str, start: int, end: int) -> Iterator[Hit]:
        """All names and words of grammars in `folded[start:end]`, overlapping ones too, in the order of their ends.

        The text is folded (`entity_rules.folding.fold`), which keeps its offsets.
        """
        for last, (length, entries) in self.automaton.iter(f" {folded[start:end]} "):
            stop = start + last - 1
            yield Hit(stop - length, stop, entries)


def _automaton(table: Mapping[str, list[Entry]]) -> ahocorasick.Automaton:
    import ahocorasick

    automaton = ahocorasick.Automaton()
    for words, entries in table.items():
        automaton.add_word(f" {words} ", (len(words), tuple(entries)))
    automaton.make_automaton()
    return automaton


def _names(row: KnownEntity) -> Iterator[tuple[str, Entry]]:
    """The folded spellings of a row, each with its entry; unusable ones are left out."""
    for place, spelling in enumerate(dict.fromkeys((row.name, *row.aliases))):
        words = fold_name(spelling)
        if len(words) > 1:
            kind = kinds().get(words) or kinds().get(fold_name(row.name)) or ("" if place else "name")
            generic = " " not in words and words in _GENERIC
            entry = Entry(KNOWN, row.type, row.kb_id, kind, capitals(spelling), generic)
            yield words, entry
            exact = fold(spelling).strip()
            if exact != words:
                yield exact, entry
    if row.type == "NORP":
        yield from _other_forms(row)


def _other_forms(row: KnownEntity) -> Iterator[tuple[str, Entry]]:
    """« Chinoise » for the row of « Chinois »."""
    plural = nouns().get(fold_name(row.name))
    for noun, name in nouns().items():
        if plural and name == plural:
            yield noun, Entry(KNOWN, row.type, row.kb_id, "", (0,))


def _add(table: dict[str, list[Entry]], words: str, entry: Entry) -> None:
    listed = table.setdefault(words, [])
    if all(other.name != entry.name for other in listed):
        listed.append(entry)


def _add_family_names(table: dict[str, list[Entry]], rows: Iterable[KnownEntity]) -> None:
    """Family names of persons, where no row has them for an alias."""
    families: dict[str, list[Entry]] = {}
    for row in rows:
        family = family_name(fold_name(row.name)) if row.type == "PER" else ""
        if len(family) > 1 and family not in table:
            _add(families, family, Entry(KNOWN, "PER", row.kb_id, "family", (0,)))
    table.update(families)


def family_name(folded: str) -> str:
    """The family name of a folded full name: the first word of Korean and Chinese names, the last of others.

    >>> family_name("kim jong un"), family_name("maria del pozo"), family_name("madonna")
    ('kim', 'pozo', '')
    """
    words = folded.split(" ")
    if len(words) < 2:
        return ""
    return words[0] if words[0] in FAMILY_FIRST and len(words) <= 3 else words[-1]
