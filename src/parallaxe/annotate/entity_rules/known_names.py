"""Names of rows of the knowledge base: how many words are the name, and which row it is where several share it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from parallaxe.annotate.entity_rules.candidates import Candidate
from parallaxe.annotate.entity_rules.folding import fold_name
from parallaxe.annotate.entity_rules.peoples import adjectives
from parallaxe.annotate.entity_rules.sighting import Entry, Sighting, holds_no_border


class Shared(NamedTuple):
    """Words that are a name of several rows, or that name their row only beside a longer name of it."""

    start: int
    end: int
    entries: tuple[Entry, ...]


def known_name(at: Sighting) -> Iterator[Candidate]:
    """A name of one row."""
    entry = at.entry
    if not at.holds_no_border or _end_of_sentence_inside(at.text, at.start, at.end):
        return
    if entry.kind == "family" and _in_longer_name(at.text, at.start, at.end):
        return
    begin, end = _without_loose_words(at)
    if entry.label == "LAW" and not entry.capitals and _shortened(at, at.plain[begin:end], end):
        return
    why = "knowledge-base-family-name" if entry.kind == "family" else "knowledge-base"
    score = 0.8 if entry.kind == "family" else 0.97
    full = entry.label in ("LOC", "ORG", "EVENT") and bool(entry.capitals)
    yield Candidate(begin, end, entry.label, entry.name, score, why, known=True, full=full, kind=entry.kind)


def _end_of_sentence_inside(text: str, start: int, end: int) -> bool:
    stop = text.find(". ", start, end)
    return stop >= 0 and stop - start > 1 and text[stop - 2] not in " .-"


def _in_longer_name(text: str, start: int, end: int) -> bool:
    return text[start - 1 : start] == "-" or text[end : end + 1] == "-"


# « agence X », « groupe X »: the name alone is the mention, where the rest is a name of the same row.
_LOOSE = frozenset(
    (
        "agence groupe cabinet quotidien journal chaine societe bombardiers bombardier missile missiles drone"
        " drones avion"
    ).split()
)


def _without_loose_words(at: Sighting) -> tuple[int, int]:
    """A name without a general word before it and an adjective of a people behind, if it is one without them too."""
    words = at.folded
    if " " not in words:
        return at.start, at.end
    head, _, rest = words.partition(" ")
    if head in _LOOSE and at.text[at.start].islower() and _is_spelling(at, rest):
        return at.end - len(rest), at.end
    rest, _, last = words.rpartition(" ")
    if at.entry.label in ("ORG", "LOC") and last in adjectives() and _is_spelling(at, rest):
        return at.start, at.start + len(rest)
    return at.start, at.end


def _is_spelling(at: Sighting, words: str) -> bool:
    row = at.rows[at.entry.name]
    return any(words == fold_name(name) for name in (row.name, *row.aliases))


def _shortened(at: Sighting, words: str, end: int) -> bool:
    """True for « l'accord de sécurité » where the full name says which: the short one is a common noun."""
    full = fold_name(at.rows[at.entry.name].name)
    return len(words) < len(full) and not (" global" in words or _SIGNED.match(at.text, end))


_SIGNED = re.compile(r" (?:signé|conclu)e? (?:par|entre) ")


def settle_shared(text: str, shared: Iterable[Shared], found: Iterable[Candidate]) -> Iterator[Candidate]:
    """Names that several rows have, or that name nothing alone, by what else the article names of these rows."""
    named = Counter(candidate.name for candidate in found if candidate.known)
    for start, end, entries in shared:
        entry = max(entries, key=lambda entry: (named[entry.name], entry.kind == "name"))
        if holds_no_border(text[start:end]) and (named[entry.name] or not entry.generic):
            score = 0.8 if named[entry.name] else 0.4
            why, kind = "knowledge-base-by-context", entry.kind or "state"
            yield Candidate(start, end, entry.label, entry.name, score, why, known=True, kind=kind)
