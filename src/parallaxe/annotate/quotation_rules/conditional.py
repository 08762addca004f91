"""Reporting conditional: « le trajet prendrait vingt heures » tells that somebody says so, and seldom who.

Not so with modal verbs, in questions, beside « si », in the first person, and where a cue already attributes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from parallaxe.annotate.quotation_rules.clauses import trimmed_end
from parallaxe.annotate.quotation_rules.conjugation import CONDITIONAL, INFINITIVE, forms
from parallaxe.annotate.quotation_rules.found import Found, Range, told
from parallaxe.annotate.quotation_rules.reading import Reading
from parallaxe.annotate.quotation_rules.words import (
    COMMA,
    COORDINATOR,
    INVERTED,
    NAME,
    QUE,
    RELATIVE,
    SEMICOLON,
    SUBJECT,
)

_MODAL = frozenset(
    form
    for verb in ("devoir", "pouvoir", "vouloir", "falloir", "aimer", "savoir", "suffire", "valoir", "mériter", "dire")
    for form, bits in forms(verb)
    if bits & CONDITIONAL
)
_AGAINST = frozenset(("si", "sans", "sinon", "autrement", "tort", "raison", "faute"))


def reporting_conditionals(reading: Reading, found: Sequence[Found]) -> Iterator[Found]:
    """Sentences told in the conditional that no other attribution holds.

    The source is that of the sentence before where it has one, else null.
    """
    covered, cues = _covered(reading, found)
    sources = _last_sources(reading, found)
    last_sentence = -1
    for place in [place for place, bits in enumerate(reading.words.bits) if bits & CONDITIONAL]:
        if not reading.finite[place] or reading.form(place) in _MODAL:
            continue
        low, high = reading.sentence(place)
        if low == last_sentence or high - low > 120 or covered[place]:
            continue
        if not _reports(reading, place, low, high):
            continue
        last_sentence = low
        first = _begin(reading, place, low)
        if cues.find(1, first, high) >= 0:
            continue
        last = trimmed_end(reading, first, _end(reading, place, high))
        if last > first:
            yield Found(
                ((first, last),), (), _earlier_source(reading, sources, low), "reporting-conditional", 0.5, "free"
            )


def _covered(reading: Reading, found: Sequence[Found]) -> tuple[bytearray, bytearray]:
    """Which words are attributed or attribute, and where cues begin; no will in the conditional (« attendrait »)."""
    covered, begins = told(reading, found), bytearray(len(reading.words))
    for part in (part for one in found for part in one.cue if not _wants(reading, part)):
        begins[part[0]] = 1
        covered[part[0] : part[1]] = b"\x01" * (part[1] - part[0])
    return covered, begins


def _wants(reading: Reading, cue: Range) -> bool:
    return bool(reading.bits(cue[0]) & CONDITIONAL) and reading.form(cue[0]) not in _MODAL


def _reports(reading: Reading, place: int, low: int, high: int) -> bool:
    if "?" in reading.words.forms[low:high] or reading.bits(place + 1) & INVERTED:
        return False
    if reading.bits(low) & INFINITIVE and not reading.bits(low) & NAME:
        # « Saluer ce pas serait naïf »: what would be if somebody did.
        return False
    forms_here = reading.words.forms[low:high]
    if _AGAINST & set(forms_here) or any(
        form == "s'" and following in ("il", "ils") for form, following in pairwise(forms_here)
    ):
        return False
    if reading.form(place - 1) in ("je", "j'", "nous", "on", "ce", "c'", "vous"):
        return False
    for earlier in range(place - 1, max(low, place - 12) - 1, -1):
        if reading.bits(earlier) & (RELATIVE | QUE):
            return False
        if reading.bits(earlier) & (COMMA | SEMICOLON):
            break
    return not any(first <= place < last for first, last, _ in reading.quoted_near(place))


def _begin(reading: Reading, place: int, low: int) -> int:
    while (
        place > low
        and not reading.bits(place - 1) & SEMICOLON
        and reading.form(place - 1) != ":"
        and not (reading.role == "title" and reading.bits(place - 1) & COMMA)
    ):
        place -= 1
    if reading.bits(place) & COORDINATOR:
        place += 1
    return place


def _end(reading: Reading, place: int, high: int) -> int:
    while place < high and not reading.bits(place) & SEMICOLON:
        place += 1
    return place


def _last_sources(reading: Reading, found: Sequence[Found]) -> dict[int, tuple[Range, ...]]:
    """The source that is named last in each sentence, by where the sentence begins."""
    return {
        reading.sentence(one.cue[0][0])[0]: one.sources[:1]
        for one in found
        if one.sources and one.cue and not reading.bits(one.sources[0][0]) & SUBJECT
    }


def _earlier_source(reading: Reading, sources: Mapping[int, tuple[Range, ...]], low: int) -> tuple[Range, ...]:
    """The source of an attribution in the sentence before, where it is named."""
    return sources.get(reading.sentence(low - 1)[0], ()) if low else ()
