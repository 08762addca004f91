"""What one lookup finds in a block: names that are listed, and words at which grammars begin, rule by rule."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from parallaxe.annotate.entity_rules import dates, events, institutions, laws, materiel
from parallaxe.annotate.entity_rules.candidates import Candidate
from parallaxe.annotate.entity_rules.folding import fold_name
from parallaxe.annotate.entity_rules.geography import kinds
from parallaxe.annotate.entity_rules.grammar import CAPITAL
from parallaxe.annotate.entity_rules.known_names import Shared, known_name
from parallaxe.annotate.entity_rules.sighting import Entry, Sighting, has_capital
from parallaxe.annotate.gazetteer import KNOWN, Gazetteer
from parallaxe.text.document import Block


class Found(NamedTuple):
    """Candidates of a block, and names that wait for the end of the article since several rows have them."""

    candidates: list[Candidate]
    shared: list[Shared]


def look_up(text: str, plain: str, block: Block, gazetteer: Gazetteer) -> Found:
    """What the lookup finds in a block of a text; `plain` is the text folded."""
    found = Found([], [])
    for start, end, entries in gazetteer.hits(plain, block.start, block.end):
        asked = _asked(text, Shared(start, end, entries), found.shared) if entries[0].rule == KNOWN else entries
        for entry in asked:
            sighting = Sighting(text, plain, start, end, block.start, block.end, entry, gazetteer.rows)
            found.candidates.extend(_RULES[entry.rule](sighting))
    found.candidates.extend(dates.years(text, block.start, block.end))
    return found


def _asked(text: str, hit: Shared, shared: list[Shared]) -> list[Entry]:
    """The entries of a hit that are asked at once; names of several rows, and generic ones, join those that wait."""
    known = [entry for entry in hit.entries if entry.rule == KNOWN and has_capital(text, hit.start, entry)]
    others = [entry for entry in hit.entries if entry.rule != KNOWN]
    if len(known) > 1 or any(entry.generic for entry in known):
        shared.append(hit._replace(entries=tuple(known)))
        return others
    return [*known, *others]


def _organisation(at: Sighting) -> Iterator[Candidate]:
    if not at.has_capital or not at.holds_no_border:
        return
    written = at.words
    ordinary = at.entry.kind == "ordinary" or (len(written) <= 4 and not written.isupper() and written[1:].islower())
    if not (ordinary and at.opens):
        # « DAX » is no Dax.
        yield _listed(at, 0.93 if written.isupper() else 0.9, "organisation-of-the-world")


def _listed(at: Sighting, score: float, why: str) -> Candidate:
    """A name that French knows, with the row of the knowledge base that has its id, if one does."""
    entry = at.entry
    row = at.rows.get(entry.name)
    known = row is not None and row.type == entry.label
    full = entry.label in ("LOC", "ORG")
    return Candidate(at.start, at.end, entry.label, entry.name, score, why, known=known, full=full, kind=entry.kind)


def _place(at: Sighting) -> Iterator[Candidate]:
    if not at.has_capital or not at.holds_no_border:
        return
    if _in_compound(at):
        return
    if at.entry.kind != "cardinal":
        yield _listed(at, 0.4 if _doubtful_place(at) else 0.92, f"place-{at.entry.kind}")
    elif not at.opens and _is_bloc(at):
        yield _listed(at, 0.5, "cardinal-with-capital")._replace(full=False)


def _in_compound(at: Sighting) -> bool:
    """True for « France » of « Météo-France » and « France-Soir »; not for the places of « Paris-Pékin »."""
    before = at.text[max(at.floor, at.start - _LONGEST_PART) : at.start]
    after = at.text[at.end : at.reach(_LONGEST_PART)]
    parts = (found for found in (_PART_BEFORE.search(before), _PART_BEHIND.match(after)) if found)
    return any(not found["part"].isupper() and fold_name(found["part"]) not in kinds() for found in parts)


_LONGEST_PART = 24
_PART_BEFORE = re.compile(rf"(?P<part>{CAPITAL}\w+)-$")
_PART_BEHIND = re.compile(rf"-(?P<part>{CAPITAL}\w+)")


def _is_bloc(at: Sighting) -> bool:
    """« le Nord », « au Sud »; not « Nord-Est », « Corée du Nord »."""
    before = at.text[max(0, at.start - 3) : at.start].casefold()
    return before.endswith(("le ", "au ", "du ", " l'", " l’")) and at.text[at.end : at.end + 1] != "-"


def _doubtful_place(at: Sighting) -> bool:
    """True for one short word that opens a sentence: « Nice », « Tours »."""
    return (
        at.end - at.start <= 5
        and " " not in at.words
        and at.opens
        and at.text[at.end : at.end + 2] not in (", ", " —", " –")
    )


def _people(at: Sighting) -> Iterator[Candidate]:
    text, end = at.text, at.end
    if not text[at.start].isupper() or at.words.isupper():
        return
    plural = text[end - 1] in "sx"
    before = f" {text[max(at.floor, at.start - 6) : at.start]}".casefold()
    if not plural and not before.endswith(_DETERMINERS):
        return
    if text[end : end + 1] == " " and text[end + 1 : end + 2].isupper() and at.opens:
        return
    yield _listed(at, 0.9 if plural else 0.7, "people")


_DETERMINERS = (" un ", " une ", " le ", " la ", " l'", " l’", " ce ", " cet ", " du ", " au ", " d'un ", "chaque ")


def _named_event(at: Sighting) -> Iterator[Candidate]:
    """An event that has one fixed name."""
    if not at.has_capital or not at.holds_no_border:
        return
    alone = " " not in at.words and "-" not in at.words
    if not (alone and at.opens and at.text[at.end : at.end + 1] not in ",."):
        yield _listed(at, 0.85, "named-event")


def _named_materiel(at: Sighting) -> Iterator[Candidate]:
    if at.text[at.start].isupper() and not materiel.is_risky(at.folded) and not at.opens:
        yield _listed(at, 0.85, "named-materiel")


def _date(at: Sighting) -> Iterator[Candidate]:
    found = dates.date_at(at.text, at.start, at.end, at.floor)
    if found and found.end <= at.ceiling:
        yield found


def _event(at: Sighting) -> Iterator[Candidate]:
    found = events.event_at(at)
    if found:
        name = next((name for name in events.other_ids(found.name or "") if name in at.rows), None)
        yield found._replace(name=name, known=True) if name else found


_RULES: dict[str, Callable[[Sighting], Iterable[Candidate]]] = {
    KNOWN: known_name,
    "organisation": _organisation,
    "place": _place,
    "people": _people,
    "named-event": _named_event,
    "named-materiel": _named_materiel,
    "date": _date,
    "type": materiel.type_at,
    "event": _event,
    "law": laws.laws_at,
    "institution": institutions.institution_at,
    "place-head": institutions.place_at,
    "ministry": institutions.ministry_at,
}
