"""Nouns of saying, will and feeling that attribute without a verb: « sa promesse de livrer », « la crainte que »."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from parallaxe.annotate.quotation_rules.clauses import Shape, content_end
from parallaxe.annotate.quotation_rules.conjugation import PARTICIPLE
from parallaxe.annotate.quotation_rules.contents import infinitive_at
from parallaxe.annotate.quotation_rules.cue_verbs import NOUNS
from parallaxe.annotate.quotation_rules.found import Found, Range
from parallaxe.annotate.quotation_rules.reading import Reading
from parallaxe.annotate.quotation_rules.words import BREAK, COLON, COMMA, DETERMINER, NAME, OPENING, PREPOSITION, QUE
from parallaxe.annotate.quotation_rules.words_of_grammar import HUMAN_NOUNS

_POSSESSIVES = frozenset("son sa ses leur leurs".split())


_FELT = frozenset(("crainte", "peur", "hantise", "espoir"))
"""Nouns that attribute even where nobody is named (« la crainte que la digue cède »)."""


@cache
def nouns() -> dict[str, frozenset[str]]:
    """What may follow each noun of saying, singular and plural."""
    found: dict[str, frozenset[str]] = {}
    for listed, frames in NOUNS:
        for noun in listed.split():
            for form in (noun, noun + "s"):
                found[form] = found.get(form, frozenset()) | frozenset(frames.split())
    return found


def of_nouns(reading: Reading, places: Iterable[int], incises: Mapping[int, int]) -> Iterator[Found]:
    """Attributions by a noun whose holder stands beside it, as possessive or after « de »; `places` hold the nouns."""
    known = nouns()
    for place in places:
        form = reading.words.forms[place]
        if form not in known or reading.finite[place]:
            continue
        holder, behind = _holder(reading, place)
        if holder is None and not (form in _FELT and reading.form(place - 1) in ("la", "l'", "cette", "cet")):
            continue
        behind = place + 1 if holder is None else behind
        first = _content_start(reading, behind, known[form])
        shape: Shape = "clause" if first is not None and reading.bits(first - 1) & (QUE | COLON) else "infinitive"
        if first is None and holder is not None:
            first, shape = _object_of(reading, behind, known[form]), "noun"
        if first is None:
            continue
        high = reading.limits(place)[1]
        quoted = reading.quoted_after(first - 1) if reading.bits(first - 2) & COMMA else None
        last = quoted.last if quoted else content_end(reading, first, high, shape, incises)
        if last > first:
            yield Found(((first, last),), ((place, place + 1),), (holder,) if holder else (), f"noun:{form}", 0.6)


def _holder(reading: Reading, place: int) -> tuple[Range | None, int]:
    """Whose promise it is, and where what is promised may begin."""
    if reading.form(place - 1) in _POSSESSIVES:
        described = reading.bits(place + 1) & ~PARTICIPLE == 0 and reading.form(place + 2) in ("de", "d'", "à", "que")
        return (place - 1, place), place + 1 + described
    begin = place + 1
    if reading.form(begin) in ("de", "d'", "du", "des"):
        first = begin if reading.form(begin) == "des" else begin + 1
        while reading.bits(first) & DETERMINER and not reading.bits(first + 1) & (BREAK | PREPOSITION):
            first += 1
        end = first
        while reading.bits(end) & NAME:
            end += 1
        if end > first and first in reading.speakers:
            return (first, end), end
        return _somebody(reading, begin + (reading.form(begin) in ("de", "d'")), place)
    return None, place


def _somebody(reading: Reading, begin: int, noun: int) -> tuple[Range | None, int]:
    """« l'appel de plusieurs sénateurs à », « la crainte des riverains de voir »: a short phrase of people."""
    led = begin + bool(reading.bits(begin) & DETERMINER)
    if not any(reading.form(place) in HUMAN_NOUNS for place in (led, led + 1)):
        return None, noun
    end = led + 1
    while end < begin + 8 and not (
        reading.bits(end) & (BREAK | QUE) or reading.finite[end] or reading.form(end) in ("de", "d'", "à", "au", "aux")
    ):
        end += 1
    return (led if reading.form(begin) == "du" else begin, end), end


def _content_start(reading: Reading, place: int, frames: frozenset[str]) -> int | None:
    bits, form = reading.bits(place), reading.form(place)
    if bits & QUE and "q" in frames:
        return place + 1
    if form in ("de", "d'") and "d" in frames and infinitive_at(reading, place + 1):
        return place + 1
    if form == "à" and "a" in frames and infinitive_at(reading, place + 1):
        return place + 1
    if bits & COLON and ":" in frames and not bits & COMMA:
        return place + 1
    return _quoted_start(reading, place, frames)


_DATIVES = frozenset(("à", "au", "aux"))


def _object_of(reading: Reading, place: int, frames: frozenset[str]) -> int | None:
    """« l'opposition de X *aux sanctions* », « l'appel de X *à une trêve* »: behind whose it is, what it is about.

    So too « la conviction de X *est que* … » and « l'avertissement de X, *“…”,* ».
    """
    form = reading.form(place)
    if {"P:à", "a"} & frames and form in _DATIVES and not reading.bits(place + 1) & BREAK:
        return place + 1
    if frames & {"q", ":"} and form in ("est", "était", "reste") and reading.bits(place + 1) & QUE:
        return place + 2
    if frames & {"q", ":"} and reading.bits(place) & COMMA and reading.bits(place + 1) & OPENING:
        return place + 2
    return None


def _quoted_start(reading: Reading, place: int, frames: frozenset[str]) -> int | None:
    """« son attachement à “la paix” », « la mise en garde de X sur un “décrochage” »: only where words are quoted."""
    form = {"au": "à", "aux": "à"}.get(reading.form(place), reading.form(place))
    if f"P:{form}" not in frames:
        return None
    return next((place + 1 for at in range(place + 1, place + 4) if reading.bits(at) & OPENING), None)
