"""From a cue to its content: what stands behind it in the constructions that its verb allows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple, TypeAlias

from parallaxe.annotate.quotation_rules import words_of_grammar as grammar
from parallaxe.annotate.quotation_rules.asides import past_aside
from parallaxe.annotate.quotation_rules.clauses import Shape, content_end, trimmed_end
from parallaxe.annotate.quotation_rules.conjugation import GERUND, INFINITIVE, PARTICIPLE
from parallaxe.annotate.quotation_rules.cues import Cue
from parallaxe.annotate.quotation_rules.reading import Reading
from parallaxe.annotate.quotation_rules.words import (
    ADVERB,
    BREAK,
    CLITIC,
    CLOSING,
    COLON,
    COMMA,
    COORDINATOR,
    DETERMINER,
    NAME,
    NE,
    NEGATION,
    NUMBER,
    OPENING,
    PREPOSITION,
    QUE,
    RELATIVE,
    SUBJECT,
    SUBORDINATOR,
    SYMBOL,
)

_SKIPPED = 30
_Construction: TypeAlias = tuple[int, Shape | Literal["whole"], str, float]


class Content(NamedTuple):
    """Words attributed, the construction that led to them, and how far it is trusted."""

    first: int
    last: int
    why: str
    score: float


def content_after(reading: Reading, cue: Cue, high: int, incises: Mapping[int, int]) -> Content | None:
    """The content behind a cue, null where no construction of its verb follows."""
    place = cue.end + bool(reading.bits(cue.end) & CLOSING and reading.bits(cue.first - 1) & OPENING)
    seen_object = False
    if cue.negated and not any(reading.bits(at) & NEGATION for part in cue.parts for at in range(*part)):
        high = next((at for at in range(place + 1, high) if reading.bits(at) & QUE), high)
    while place < min(high, cue.end + _SKIPPED):
        if reading.bits(place) & CLOSING and reading.bits(cue.first - 1) & OPENING and place > cue.end:
            # « “condamne fermement” l'essai »
            place += 1
            continue
        if (behind := max(past_aside(reading, place), reading.past_time(place))) > place:
            place = behind
            continue
        bits = reading.bits(place)
        found = _construction(reading, cue, place, high, seen_object)
        if found is not None:
            first, shape, why, score = found
            if shape == "whole":
                last = trimmed_end(reading, first, high)
            else:
                last = content_end(reading, first, high, shape, incises)
            return Content(first, last, f"{why}:{cue.lemma}", score) if last > first else None
        if bits & COMMA and (after := _behind_insert(reading, place, high)) is not None:
            place = after
            continue
        if "o" in cue.frames and not seen_object and (region := reading.quoted_after(place)) is not None:
            # « appelle “toutes les parties” à la retenue »
            place, seen_object = region.last + 1, True
            continue
        if _stops(reading, place, seen_object):
            return None
        adverbial = reading.form(place) == "en" and reading.form(place + 1) in _ADVERBIAL
        seen_object = seen_object or not bits & (ADVERB | NEGATION | CLITIC)
        place += 1 + adverbial
    return None


def _stops(reading: Reading, place: int, seen_object: bool) -> bool:
    """Whether no content can follow a word: a verb, a mark, a conjunction directly behind the cue."""
    bits = reading.bits(place)
    if bits & (QUE | RELATIVE | GERUND | BREAK) or reading.finite[place]:
        return True
    if bits & INFINITIVE and not bits & NAME:
        return reading.form(place - 1) != "sans"
    return bool(bits & COORDINATOR and not seen_object)


_MARKS = BREAK & ~OPENING
_ADVERBIAL = frozenset("outre effet retour échange contrepartie revanche vain public privé particulier somme".split())


def _construction(reading: Reading, cue: Cue, place: int, high: int, seen_object: bool) -> _Construction | None:
    if reading.bits(place) & QUE:
        apart = seen_object and not _past_complement(reading, cue)
        led = "q" in cue.frames and not apart and not _compares(reading, place, cue)
        return (place + 1, "clause", "que-clause", 0.9) if led else None
    if (behind := _led_clause(reading, cue, place)) is not None:
        return behind, "clause", "que-clause", 0.9
    form = reading.form(place)
    if form in ("de", "d'", "à") and infinitive_at(reading, place + 1):
        led = ("a" if form == "à" else "d") in cue.frames
        return (place + 1, "infinitive", "infinitive", 0.85) if led else None
    verbal = _verbal_construction(reading, cue, place, seen_object)
    towards = _led_by(form)
    if verbal is None and seen_object and "o" in cue.frames and towards in {"à", "contre"} & cue.prepositions:
        # « appelle Kiev à la retenue », « met en garde Paris contre une escalade »
        return place + 1, "noun", f"noun-after-{towards}", 0.7
    if verbal is not None or (seen_object and not _behind_circumstance(reading, cue, place)):
        return verbal
    return _noun_construction(reading, cue, place, high)


def _led_clause(reading: Reading, cue: Cue, place: int) -> int | None:
    """The word behind « à ce que », « de ce que », « pour que »."""
    form = reading.form(place)
    if form in ("à", "de") and reading.form(place + 1) == "ce" and reading.bits(place + 2) & QUE:
        return place + 3
    return place + 2 if form == "pour" and reading.bits(place + 1) & QUE and "q" in cue.frames else None


def _verbal_construction(reading: Reading, cue: Cue, place: int, seen_object: bool) -> _Construction | None:
    bits, frames = reading.bits(place), cue.frames
    if "x" in frames and not seen_object and _opens_object(reading, place) and not bits & PREPOSITION:
        return place, "infinitive", "object-of-suspicion", 0.7
    dated = reading.form(place) in grammar.TIME_WORDS or place in reading.dated
    aside = bits & ADVERB and not bits & (NEGATION | CLITIC)
    if (
        "b" in frames
        and not dated
        and not aside
        and infinitive_at(reading, place)
        and _bare_place(reading, cue, place, seen_object)
    ):
        return place, "infinitive", "bare-infinitive", 0.85
    if "w" in frames and not cue.negated and _asks(reading, place):
        return place, "clause", "indirect-question", 0.7
    if seen_object and cue.lemma == "voir" and (bits & OPENING or reading.form(place) in ("un", "une")):
        return place, "noun", "seen-as", 0.7
    if bits & COLON and frames & {"q", "i"} and not reading.bits(place + 1) & OPENING:
        return place + 1, "whole", "colon", 0.5
    return None


def _behind_circumstance(reading: Reading, cue: Cue, place: int) -> bool:
    """Whether only dates and somebody named stand between verb and object (« propose lundi à Kiev un accord »)."""
    bits = reading.bits(place)
    if not bits & (DETERMINER | OPENING) or reading.bits(place - 1) & (PREPOSITION | DETERMINER):
        return False
    return past_aside(reading, cue.end) == place or all(
        reading.bits(at) & (PREPOSITION | NAME | ADVERB | NEGATION | SYMBOL)
        or at in reading.mentioned
        or at in reading.dated
        or reading.form(at) in grammar.TIME_WORDS
        or reading.form(at) in ("échange", "outre", "retour")
        or _is_told(reading, at, cue.end)
        for at in range(cue.end, place)
    )


def _is_told(reading: Reading, place: int, low: int) -> bool:
    """« au gouvernement », « aux grands patrons »: a word of somebody that « à » leads to."""
    begin = place
    while begin > low and begin > place - 3 and reading.form(begin) not in ("à", "au", "aux"):
        begin -= 1
    return reading.form(begin) in ("à", "au", "aux") and any(
        reading.form(at) in grammar.HUMAN_NOUNS for at in (begin + 1, begin + 2)
    )


def _tells_a_feeling(reading: Reading, cue: Cue, place: int) -> bool:
    """« a confié *son agacement* », of a verb that tells no other thing by a noun."""
    feeling = reading.form(place) in _POSSESSIVES and reading.form(place + 1) in grammar.FEELINGS
    return feeling and cue.lemma in _OPENS_UP


_OPENS_UP = frozenset("confier dire afficher avouer crier manifester témoigner".split())
_POSSESSIVES = frozenset("son sa ses leur leurs".split())


def _noun_construction(reading: Reading, cue: Cue, place: int, high: int) -> _Construction | None:
    bits, form, frames = reading.bits(place), reading.form(place), cue.frames
    led = _led_by(form)
    partitive = "n" in frames and reading.form(place + 1) in _BEFORE_PLURALS
    if (
        led in cue.prepositions
        and not partitive
        and not infinitive_at(reading, place + 1)
        and not (form == "des" and "n" in frames)
    ):
        first = place if form == "des" and led != "de" else place + 1
        return (first, "noun", f"noun-after-{led}", 0.75) if first < high and not reading.bits(first) & _MARKS else None
    if "j" in frames and (judged := _held_for(reading, cue, place) or _judgement(reading, cue, place, high)):
        return judged
    tells = frames & {"n", "m"} or _tells_a_feeling(reading, cue, place)
    if tells and (told := _object(reading, cue, place, high)) is not None:
        return told
    if bits & OPENING and frames & {"n", "i", "q"} and "o" not in frames and not _quoted_adverb(reading, place):
        return place, "noun", "quoted-object", 0.7
    return None


def _quoted_adverb(reading: Reading, place: int) -> bool:
    """« a répondu “fermement” », « relève “du vœu pieux” » tell no words."""
    region = reading.quoted_after(place)
    if reading.form(place - 1).startswith("rel") and reading.form(place + 1) in ("de", "d'", "du", "des"):
        return True
    return region is not None and region.last - region.first == 1 and reading.form(region.first).endswith("ment")


def _object(reading: Reading, cue: Cue, place: int, high: int) -> _Construction | None:
    """A noun phrase without preposition: what is told, where nobody could be told it."""
    form = reading.form(place)
    if form in ("plus", "moins", "davantage", "trop", "assez", "de") and _quantifies(reading, place):
        return place + (form == "de"), "noun", "noun-phrase", 0.7
    if form in ("de", "d'") and reading.form(place + 1) in _BEFORE_PLURALS:
        return place, "noun", "noun-phrase", 0.7
    if not _opens_object(reading, place) or reading.past_time(place) > place:
        return None
    if "o" not in cue.frames:
        return place + (form in ("du", "au", "aux")), "noun", "noun-phrase", 0.7
    return None if _object_then_infinitive(reading, place, high) else (place, "noun", "noun-phrase", 0.6)


_BEFORE_PLURALS = frozenset(
    "nouveaux nouvelles autres grands grandes lourds lourdes graves sérieux sérieuses vastes fortes forts multiples"
    " nombreux nombreuses possibles éventuels éventuelles vives profondes réels réelles véritables".split()
)
"""Adjectives that « de » stands before as the article of a plural."""


def _quantifies(reading: Reading, place: int) -> bool:
    """« plus d'armes », « de “graves manquements” »."""
    if reading.form(place) == "de":
        return bool(reading.bits(place + 1) & OPENING)
    return reading.form(place + 1) in ("de", "d'")


def _led_by(form: str) -> str:
    return {"d'": "de", "du": "de", "des": "de", "au": "à", "aux": "à"}.get(form, form)


def _compares(reading: Reading, que: int, cue: Cue) -> bool:
    before = reading.form(que - 1)
    if before in ("aussi", "même") and (que - 1 == cue.end or reading.form(que - 2) == "de"):
        return False
    return before in ("plus", "moins", "aussi", "autre", "même", "tel", "telle", "ainsi", "ce")


_COMPLEMENTS = frozenset("à au aux auprès dans en lors devant sur par depuis dès à".split())


def _past_complement(reading: Reading, cue: Cue) -> bool:
    """Whether what stands between cue and « que » may: somebody spoken to, a circumstance, a date."""
    place = _past_dates(reading, cue.end)
    while reading.bits(place) & COMMA:
        place = _past_dates(reading, place + 1)
    return bool({"o", "j"} & cue.frames) or reading.form(place) in _COMPLEMENTS or bool(reading.bits(place) & QUE)


def _bare_place(reading: Reading, cue: Cue, place: int, seen_object: bool) -> bool:
    """A bare infinitive stands directly behind its verb, or behind who is spoken to (« dit à Tass ne rien savoir »)."""
    if reading.bits(place) & (PREPOSITION | DETERMINER) and not reading.bits(place) & CLITIC:
        return False
    if reading.bits(place - 1) & PREPOSITION and not reading.bits(place - 1) & (ADVERB | CLITIC):
        return False
    return not seen_object or reading.form(_past_dates(reading, cue.end)) in _TOLD_TO


_TOLD_TO = frozenset("à au aux auprès devant dans sur lors en".split())


def _past_dates(reading: Reading, place: int) -> int:
    """Behind adverbs, days and dates (« a dit samedi 3 mai à Tass »)."""
    while (
        reading.bits(place) & (ADVERB | NEGATION | NUMBER)
        or place in reading.dated
        or reading.form(place) in grammar.TIME_WORDS
    ):
        place += 1
    return reading.past_time(place)


def infinitive_at(reading: Reading, place: int) -> bool:
    """Whether an infinitive stands here, past negation, clitics and an adverb."""
    for later in range(place, place + 6):
        bits = reading.bits(later)
        if bits & INFINITIVE and not bits & NAME:
            return True
        if not bits & (NE | CLITIC | NEGATION | ADVERB | OPENING) and reading.form(later) not in (
            "rien",
            "tout",
            "tous",
        ):
            return False
    return False


def _asks(reading: Reading, place: int) -> bool:
    form = reading.form(place)
    if form == "ce":
        return bool(reading.bits(place + 1) & (QUE | RELATIVE))
    return form in ("si", "s'", "comment", "pourquoi", "combien", "où", "quand", "quel", "quelle", "quels", "quelles")


def _opens_object(reading: Reading, place: int) -> bool:
    bits = reading.bits(place)
    if (bits & SUBJECT and not bits & DETERMINER) or reading.finite[place]:
        return False
    if reading.form(place) in grammar.TIME_WORDS:
        return False
    if bits & (DETERMINER | NAME | NUMBER):
        return reading.form(place) not in ("au", "aux")
    return bits & ~PARTICIPLE == 0


def _object_then_infinitive(reading: Reading, place: int, high: int) -> bool:
    for later in range(place + 1, min(high, place + 14)):
        if reading.finite[later] or reading.bits(later) & (BREAK | RELATIVE):
            return False
        if reading.form(later) in ("de", "d'", "à") and infinitive_at(reading, later + 1):
            return True
    return False


def _held_for(reading: Reading, cue: Cue, place: int) -> _Construction | None:
    """« les manœuvres qu'il tient *pour une menace* »: what is judged stands before."""
    behind = place == cue.end and reading.form(place) in _AS.get(cue.lemma, ())
    return (place + 1, "noun", "judgement", 0.6) if behind else None


_AS = {"tenir": ("pour",), "considérer": ("comme",), "juger": ("comme",), "voir": ("comme",)}


def _judgement(reading: Reading, cue: Cue, place: int, high: int) -> _Construction | None:
    """« tient X pour Y », « évalue à N », « présente X comme Y », « juge X prématuré »."""
    form, bits = reading.form(place), reading.bits(place)
    if form == "à" and cue.lemma in ("estimer", "évaluer", "chiffrer"):
        return place + 1, "noun", "estimate", 0.8
    if cue.lemma in ("présenter", "décrire", "dépeindre", "qualifier", "traiter"):
        if form in ("comme", "de", "d'", "en"):
            return place + 1, "noun", "judgement", 0.6
        linked = _later(reading, place, high, ("comme",) if cue.lemma != "qualifier" else ("de", "d'"))
        return (place, "infinitive", "judgement", 0.5) if linked and _opens_object(reading, place) else None
    if cue.lemma == "tenir":
        held = _later(reading, place, high, ("pour",))
        return (place, "infinitive", "judgement", 0.7) if held and not infinitive_at(reading, held + 1) else None
    plain = cue.lemma not in ("croire", "trouver") or _quotes_soon(reading, place, high)
    if bits & (DETERMINER | NAME) and plain and not bits & PREPOSITION:
        return place, "infinitive", "judgement", 0.6
    return None


def _quotes_soon(reading: Reading, place: int, high: int) -> bool:
    """« trouve le projet “utile” »: guillemets behind a short noun phrase."""
    for later in range(place + 1, min(high, place + 8)):
        if reading.bits(later) & OPENING:
            return True
        if reading.finite[later] or reading.bits(later) & (BREAK | QUE | RELATIVE | PREPOSITION):
            return False
    return False


def _later(reading: Reading, place: int, high: int, forms: tuple[str, ...]) -> int | None:
    """The first of these words behind a place, before any verb or mark."""
    for later in range(place + 1, min(high, place + 14)):
        if reading.finite[later] or reading.bits(later) & BREAK:
            return None
        if reading.form(later) in forms:
            return later
    return None


def _behind_insert(reading: Reading, comma: int, high: int) -> int | None:
    """The word behind an insert between commas (« demande, lui, que », « espère, dit-on, que »), where one is here."""
    if reading.inserts.get(comma, high) < high:
        return reading.inserts[comma] + 1
    for place in range(comma + 1, min(high, comma + 14)):
        bits = reading.bits(place)
        if bits & COMMA:
            return place + 1
        if reading.finite[place] or bits & (BREAK | QUE) or bits & SUBORDINATOR or bits & GERUND:
            return None
    return None
