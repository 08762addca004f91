"""Attributions that interrupt or close what they attribute: « …, a déclaré X », « … » ironise Y, « selon Z ».

They are found first, since their commas bound every other content of the sentence.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, TypeAlias

from parallaxe.annotate.quotation_rules import words_of_grammar as grammar
from parallaxe.annotate.quotation_rules.conjugation import GERUND, PARTICIPLE
from parallaxe.annotate.quotation_rules.cues import Cue
from parallaxe.annotate.quotation_rules.reading import Reading
from parallaxe.annotate.quotation_rules.sources import noun_phrase_after, source_after
from parallaxe.annotate.quotation_rules.words import (
    ADVERB,
    BREAK,
    CLITIC,
    CLOSING,
    COLON,
    COMMA,
    DASH,
    DETERMINER,
    NAME,
    NUMBER,
    OPENING,
    PREPOSITION,
    QUE,
    RELATIVE,
    SEMICOLON,
    STOP,
    SUBJECT,
    SUBORDINATOR,
)

Range: TypeAlias = tuple[int, int]


class Incise(NamedTuple):
    """An attribution between marks: `[first, last)` with the mark before it, without that behind it."""

    first: int
    last: int
    cue: tuple[Range, ...]
    sources: tuple[Range, ...]
    why: str
    score: float


def verb_incise(reading: Reading, cue: Cue) -> Incise | None:
    """The incise that a cue makes, null where its subject does not stand behind it or no mark before it."""
    if cue.mood != "finite" or ("i" not in cue.frames and not cue.inverted):
        return None
    compares = reading.form(cue.first - 1) == "comme"
    opening = _before_comme(reading, cue.first - 1) if compares else _opening_mark(reading, cue.first)
    if opening is None or reading.form(cue.inverted or -1) in ("je", "nous", "vous", "ce"):
        return None
    low, high = reading.limits(cue.first)
    if cue.inverted is not None:
        last = _to_mark(reading, cue.end, high)
        told_by = (cue.inverted, cue.inverted + 1)
        if reading.form(cue.inverted) == "on" and reading.form(cue.end + 1) in ("source", "sources"):
            told_by = (cue.end + 1, last)
        return Incise(opening, last, cue.parts, (told_by,), f"incise:{cue.lemma}", 0.9)
    subject = _inverted_subject(reading, cue.end, high)
    sources = [] if subject is None else source_after(reading, subject, high)
    if not sources or ("n" in cue.frames and not _names_somebody(reading, sources[0])):
        return None
    last = _to_mark(reading, sources[-1][1], high)
    quoted = compares or reading.bits(opening) & CLOSING or reading.bits(opening - 1) & CLOSING
    if not quoted and not (
        (_closed(reading, last, high) or reading.bits(last) & COMMA)
        and _interrupts(reading, cue, opening, sources, low)
    ):
        return None
    return Incise(opening, last, cue.parts, tuple(sources), f"incise:{cue.lemma}", 0.9 if quoted else 0.8)


def _names_somebody(reading: Reading, source: Range) -> bool:
    """Whether words behind a verb are who speaks: « … », réclame la ministre, not « …, réclame un durcissement »."""
    return reading.form(source[0]) not in ("un", "une", "des", "du") or any(
        reading.bits(place) & NAME or reading.form(place) in grammar.HUMAN_NOUNS
        for place in range(source[0], min(source[1], source[0] + 4))
    )


def _before_comme(reading: Reading, comme: int) -> int | None:
    """Where « comme l'explique X » begins, at the head of a sentence or behind a comma."""
    if comme > 0 and reading.bits(comme - 1) & COMMA:
        return comme - 1
    return comme if comme == reading.sentence(comme)[0] else None


def _interrupts(reading: Reading, cue: Cue, opening: int, sources: list[Range], low: int) -> bool:
    """Whether « A, verb B » is said by B, not A's act: B may speak, and A is a clause or no more than one phrase.

    « Le maire, excédé, exhorte la ville à payer » has a subject in two parts and no verb before the comma.
    """
    first, last = sources[0]
    if "o" in cue.frames and reading.form(last) in ("de", "d'", "à"):
        # « X déplore A, exhorte B *à* agir »
        return False
    words = range(first, min(last, first + 5))
    speaks = any(reading.bits(place) & NAME or reading.form(place) in grammar.HUMAN_NOUNS for place in words)
    if not speaks and ("n" in cue.frames or reading.form(first) in ("un", "une", "des", "du")):
        return False
    begin = opening
    commas = 0
    while begin > low and not reading.bits(begin - 1) & (SEMICOLON | COLON):
        begin -= 1
        if reading.finite[begin] and not _in_relative(reading, begin, low):
            return True
        commas += bool(reading.bits(begin) & COMMA)
    if commas:
        return False
    behind = reading.form(last)
    return behind not in ("de", "d'", "à", "que", "qu'")


def _in_relative(reading: Reading, verb: int, low: int) -> bool:
    for place in range(verb - 1, max(low, verb - 12) - 1, -1):
        if reading.bits(place) & (RELATIVE | QUE | SUBORDINATOR):
            return True
        if reading.bits(place) & COMMA:
            return False
    return False


def _opening_mark(reading: Reading, first: int) -> int | None:
    """The mark that an incise stands behind: a comma, a closing guillemet, a dash, a question or exclamation mark."""
    place = first - 1
    while place >= 0 and reading.bits(place) & ADVERB and place > first - 3:
        place -= 1
    bits = reading.bits(place)
    if place < 1:
        return None
    if bits & (COMMA | DASH) or (bits & CLOSING and not bits & OPENING) or reading.form(place) == '"':
        return place
    return place if bits & STOP and reading.form(place) in "?!…" and place == first - 1 else None


def _inverted_subject(reading: Reading, end: int, high: int) -> int | None:
    """Where the subject behind a verb begins, past « à l'AFP », « mardi », « dans un entretien »."""
    place = aside = end
    while place < min(high, end + 14):
        bits, form = reading.bits(place), reading.form(place)
        if (bits & (ADVERB | CLITIC) and not bits & (NAME | DETERMINER)) or form in ("en", "outre"):
            place += 1
            continue
        if form in grammar.TIME_WORDS:
            place += 1
            continue
        if (past := reading.past_time(place)) > place:
            place = aside = past
            continue
        if bits & COMMA and place == aside and (behind := _behind_aside(reading, place, high)) is not None:
            place = behind
            continue
        if bits & PREPOSITION and not bits & NAME:
            skipped = _past_complement(reading, place, high)
            if skipped is None:
                return place if form == "des" else None
            place = skipped
            continue
        if bits & (DETERMINER | NAME | NUMBER) or bits == 0:
            return place
        return place if bits & SUBJECT and form in ("celui-ci", "celle-ci") else None
    return None


def _behind_aside(reading: Reading, comma: int, high: int) -> int | None:
    """Behind « , sous le sceau de l'anonymat, », « , mardi, » or « , amer, » between a verb and its subject."""
    described = not reading.bits(comma + 1) & ~PARTICIPLE and reading.bits(comma + 2) & COMMA
    if not described and not reading.bits(comma + 1) & (PREPOSITION | ADVERB):
        return None
    for place in range(comma + 2, min(high, comma + 12)):
        if reading.bits(place) & COMMA:
            return place + 1
        if reading.bits(place) & BREAK or reading.finite[place]:
            return None
    return None


def _past_complement(reading: Reading, place: int, high: int) -> int | None:
    """Behind a complement: where the next noun phrase begins that no preposition leads to."""
    if reading.form(place) == "des":
        return None
    start = place + 1
    while start < high and reading.bits(start) & DETERMINER:
        start += 1
    for later in range(start + 1, min(high, start + 10)):
        bits = reading.bits(later)
        if bits & BREAK or reading.finite[later]:
            return None
        previous = reading.bits(later - 1)
        if previous & PREPOSITION:
            continue
        if (bits & DETERMINER and not bits & PREPOSITION) or reading.form(later) == "des":
            return later
        if later in reading.speakers and (later - 1 not in reading.mentioned or later in reading.begins):
            return later
        if bits & NAME and not previous & (NAME | DETERMINER):
            return later
    return None


def _to_mark(reading: Reading, place: int, high: int) -> int:
    """The mark that ends an incise: the next comma, guillemet or stop."""
    while place < high and not reading.bits(place) & BREAK:
        place += 1
    return place


def _closed(reading: Reading, last: int, high: int) -> bool:
    return last >= high or bool(reading.bits(last) & (STOP | CLOSING)) or last >= high - 1


_SOURCES_OF = (
    # What leads to a source, the words of the cue.
    (("selon",), 1),
    (("d'après",), 1),
    (("aux", "yeux", "de"), 3),
    (("aux", "yeux", "d'"), 3),
    (("aux", "yeux", "du"), 3),
    (("aux", "yeux", "des"), 3),
    (("à", "en", "croire"), 3),
    (("de", "l'", "avis", "d'"), 4),
    (("a", "en", "croire"), 3),
    (("a", "entendre"), 2),
    (("à", "entendre"), 2),
    (("à", "écouter"), 2),
    (("à", "lire"), 2),
    (("au", "jugement", "de"), 3),
    (("au", "jugement", "du"), 3),
    (("au", "jugement", "des"), 3),
    (("dans", "l'", "idée", "de"), 4),
    (("dans", "l'", "idée", "du"), 4),
    (("au", "dire", "du"), 3),
    (("au", "dire", "des"), 3),
    (("dans", "l'", "esprit", "de"), 4),
    (("dans", "l'", "esprit", "du"), 4),
    (("dans", "l'", "esprit", "des"), 4),
    (("si", "l'", "on", "en", "croit"), 5),
    (("s'", "il", "faut", "en", "croire"), 5),
    (("aux", "dires", "de"), 3),
    (("aux", "dires", "du"), 3),
    (("aux", "dires", "des"), 3),
    (("au", "dire", "de"), 3),
    (("de", "l'", "avis", "de"), 4),
    (("de", "l'", "avis", "du"), 4),
    (("de", "l'", "avis", "des"), 4),
    (("de", "l'", "aveu", "de"), 4),
    (("de", "l'", "aveu", "du"), 4),
    (("de", "source"), 2),
    (("de", "sources"), 2),
)
_HEARING = frozenset(("entendre", "écouter", "lire"))
"""Infinitives that lead to a source at the head of a clause alone (« À entendre X, … »)."""
_CITED = frozenset("cité citée cités citées que".split())
_SOURCES_BY_WORD = {
    first: tuple(row for row in _SOURCES_OF if row[0][0] == first) for first in {row[0][0] for row in _SOURCES_OF}
}
_SECOND_WORDS = frozenset(
    [*((row[0][0], row[0][1]) for row in _SOURCES_OF if len(row[0]) > 1)]
    + [("que", cites) for cites in ("cite", "citent", "citait")]
    + [(cited, by) for cited in _CITED for by in ("par", "dans")]
    + [("à", "l'")]
    + [("à", possessive) for possessive in ("son", "ses", "leur", "leurs")]
)
"""What may follow the leading words that stand elsewhere too: one look spares most of them the rest."""
_ALONE = frozenset(("selon", "d'après", "pour"))
LEADING_WORDS = frozenset(_SOURCES_BY_WORD) | {"pour"} | _CITED
"""The words that may lead to a source."""


def incises_in(incises: Sequence[Incise], first: int, last: int) -> Sequence[Incise]:
    """Those of sorted incises that begin in `[first, last)`."""
    begin = bisect_left(incises, first, key=_first)
    return incises[begin : bisect_left(incises, last, begin, key=_first)]


def _first(incise: Incise) -> int:
    return incise.first


def according_to(reading: Reading, places: Iterable[int]) -> Iterator[Incise]:
    """« selon X », « d'après X », « pour X, », « à en croire X », wherever they stand; marks around them included.

    `places` are those of `LEADING_WORDS`, and perhaps more.
    """
    forms = reading.words.forms
    for place in places:
        form = forms[place]
        if form not in LEADING_WORDS or (form not in _ALONE and (form, reading.form(place + 1)) not in _SECOND_WORDS):
            continue
        low, high = reading.limits(place)
        if form == "pour":
            found = _in_eyes_of(reading, place, low, high)
        else:
            found = _cited(reading, place, low, high) if form in _CITED else _led(reading, place, high)
            found = found or _in_own_eyes(reading, place)
        if found is not None:
            yield found


def _led(reading: Reading, place: int, high: int) -> Incise | None:
    for words, length in _SOURCES_BY_WORD[reading.form(place)]:
        if tuple(reading.words.forms[place : place + length]) != words:
            continue
        if words[-1] in _HEARING and place != reading.limits(place)[0] and not reading.bits(place - 1) & BREAK:
            continue
        begin = place + length
        if words[-1] in ("source", "sources"):
            if not reading.bits(place - 1) & BREAK:
                return None
            end = _to_mark(reading, begin, high)
            told = Incise(place, end, ((place, place + 1),), ((place + 1, end),), f"according:{words[0]}", 0.7)
            return _with_mark(reading, told)
        if reading.form(begin) in (*grammar.NOT_SPEAKERS_AFTER_SELON, "qui") or (
            reading.form(begin + 1) in grammar.NOT_SPEAKERS_AFTER_SELON and reading.bits(begin) & DETERMINER
        ):
            return None
        if reading.form(begin) in grammar.TONIC:
            sources: list[Range] = [(begin, begin + 1)]
        else:
            sources = _with_clause(reading, source_after(reading, begin, high, relatives=False), high)
        if not sources:
            return None
        cue_end = begin if words[-1] not in ("du", "des") else begin - 1
        why = f"according:{' '.join(words)}"
        return _with_mark(reading, Incise(place, sources[-1][1], ((place, cue_end),), tuple(sources), why, 0.9))
    return None


def _with_clause(reading: Reading, sources: list[Range], high: int) -> list[Range]:
    """The source with a clause that tells which: « un officier *s'exprimant à X* », « les relevés *que Y lit* »."""
    if not sources:
        return sources
    first, end = sources[-1]
    if reading.bits(end - 1) & CLITIC and end - 1 > first and not reading.bits(end - 1) & NAME:
        end -= 1
    verb = end + bool(reading.bits(end) & CLITIC and not reading.bits(end) & (COMMA | NAME))
    if not (reading.bits(verb) & GERUND or (reading.bits(end) & QUE)) or reading.bits(verb) & NAME:
        return [*sources[:-1], (first, end)]
    stop = _to_mark(reading, verb, high)
    return [*sources[:-1], (first, stop)] if reading.bits(stop) & COMMA else sources


def _in_own_eyes(reading: Reading, place: int) -> Incise | None:
    """« à leurs yeux », « à son avis », « à l'en croire »: the possessive or pronoun is the source."""
    if reading.form(place + 1) == "l'":
        end = place + 2 + (reading.form(place + 2) == "en") + 1
        if reading.form(end - 1) not in ("croire", "entendre") or not reading.bits(end) & BREAK:
            return None
        told = Incise(place, end, ((place, end),), ((place + 1, place + 2),), "according:à croire", 0.8)
        return _with_mark(reading, told)
    if reading.form(place + 1) not in ("son", "ses", "leur", "leurs") or reading.form(place + 2) not in (
        "yeux",
        "avis",
    ):
        return None
    cue = ((place, place + 1), (place + 2, place + 3))
    told = Incise(place, place + 3, cue, ((place + 1, place + 2),), "according:à yeux", 0.8)
    return _with_mark(reading, told) if reading.bits(place + 3) & BREAK else None


def _cited(reading: Reading, place: int, low: int, high: int) -> Incise | None:
    """« , cité par Y, » and « , que cite Y, » beside the subject, or at the head of a sentence: Y tells all of it."""
    if place != low and not reading.bits(place - 1) & COMMA:
        return None
    following = reading.form(place + 1)
    if following not in (("cite", "citent", "citait") if reading.form(place) == "que" else ("par", "dans")):
        return None
    sources = source_after(reading, place + 2, high, relatives=False)
    if not sources or not reading.bits(sources[-1][1]) & COMMA:
        return None
    verb = place + (reading.form(place) == "que")
    told = Incise(place, sources[-1][1], ((verb, verb + 1),), tuple(sources), "chain:cité", 0.8)
    return _with_mark(reading, told)


def _in_eyes_of(reading: Reading, place: int, low: int, high: int) -> Incise | None:
    """« Pour X, … » at the head of a sentence, where X is somebody who may speak."""
    if place != low and not (reading.bits(place - 1) & COMMA and place - 1 <= low + 3):
        return None
    begin = place + 1
    noun = begin + 1 if reading.bits(begin) & DETERMINER else begin
    speaks = any(word in reading.speakers for word in (begin, noun)) or reading.form(noun) in grammar.HUMAN_NOUNS
    speaks = speaks or reading.form(begin) in grammar.TONIC or _is_one_of_several(reading, begin)
    if not speaks or reading.form(noun) == "part":
        return None
    sources = source_after(reading, begin, high) if reading.form(begin) not in grammar.TONIC else [(begin, begin + 1)]
    if sources and not reading.bits(sources[-1][1]) & COMMA:
        # « Pour le préfet, la mairie “maquille les comptes” »: the mayor's office is no apposition.
        sources = [(begin, noun_phrase_after(reading, begin, high))]
    if not sources or not reading.bits(sources[-1][1]) & COMMA:
        return None
    return Incise(place, sources[-1][1] + 1, ((place, begin),), tuple(sources), "according:pour", 0.8)


def _is_one_of_several(reading: Reading, begin: int) -> bool:
    """« l'un d'eux », « certains », « beaucoup d'élus », « les uns »: somebody of those told of before."""
    if reading.form(begin) in ("l'", "les") and reading.form(begin + 1) in (
        "un",
        "une",
        "uns",
        "unes",
        "autre",
        "autres",
    ):
        return True
    return reading.form(begin) in ("certains", "certaines", "beaucoup", "nombre", "plusieurs", "celui-ci", "celle-ci")


def _with_mark(reading: Reading, incise: Incise) -> Incise:
    """The same with the adverb and the mark before it."""
    first = incise.first
    while first > 0 and reading.bits(first - 1) & ADVERB and reading.form(first - 1) in ("toujours", "encore", "du"):
        first -= 1
    if reading.bits(first - 1) & (COMMA | DASH) and first > 0:
        first -= 1
    return incise._replace(first=first)
