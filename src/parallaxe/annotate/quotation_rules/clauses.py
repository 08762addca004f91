"""Where what is attributed ends: clause, infinitive or noun phrase, up to where the writer speaks again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple, TypeAlias

from parallaxe.annotate.quotation_rules import words_of_grammar as grammar
from parallaxe.annotate.quotation_rules.conjugation import CONDITIONAL, GERUND, INFINITIVE, PARTICIPLE
from parallaxe.annotate.quotation_rules.cues import anchors, opens_participle, says_at
from parallaxe.annotate.quotation_rules.reading import Reading
from parallaxe.annotate.quotation_rules.words import (
    ADVERB,
    BRACKET,
    BREAK,
    CLITIC,
    CLOSING,
    COLON,
    COMMA,
    COORDINATOR,
    DASH,
    DETERMINER,
    NAME,
    NE,
    NEGATION,
    OPENING,
    PREPOSITION,
    QUE,
    RELATIVE,
    SEMICOLON,
    STOP,
    SUBJECT,
    SUBORDINATOR,
)

Shape: TypeAlias = Literal["clause", "infinitive", "noun"]

_WRITER_AGAIN = frozenset("après avant lors alors tandis malgré selon comme".split())


class _Stretch(NamedTuple):
    """Where a content begins, how far it may reach, of what shape it is, and the attributions between commas."""

    first: int
    high: int
    shape: Shape
    incises: Mapping[int, int]


def content_end(reading: Reading, first: int, high: int, shape: Shape, incises: Mapping[int, int]) -> int:
    """Where the content that begins at `first` ends; `incises` are attributions between commas, start to end.

    Trailing commas, conjunctions and final marks are outside.
    """
    stretch = _Stretch(first, high, shape, incises)
    place = first
    opened = 0
    while place < high and opened >= 0:
        bits = reading.bits(place)
        if bits & OPENING and (quoted := reading.quoted_after(place)) is not None and quoted.last <= high:
            place = quoted.last + 1
            continue
        if bits & COMMA and (behind := _behind_insert(reading, place, stretch)) is not None:
            place = behind
            continue
        if _ends_at_mark(reading, place, stretch) or (place > first and _ends_at_word(reading, place, stretch)):
            break
        if bits & COLON:
            stretch = stretch._replace(shape="clause")
        if stretch.shape != "clause":
            opened += bool(bits & (RELATIVE | QUE | SUBORDINATOR))
            opened -= bool(reading.finite[place] and not reading.bits(place - 1) & COORDINATOR)
        place += opened >= 0
    return trimmed_end(reading, first, place)


def _behind_insert(reading: Reading, comma: int, stretch: _Stretch) -> int | None:
    """Behind « , selon eux, » or « qui, à leurs yeux, » where the content goes on."""
    if comma in stretch.incises:
        behind = stretch.incises[comma]
        return behind + 1 if behind < _last_word(reading, stretch.high) and reading.bits(behind) & COMMA else None
    if not reading.bits(comma - 1) & (RELATIVE | QUE):
        return None
    for place in range(comma + 1, min(stretch.high, comma + 12)):
        if reading.bits(place) & COMMA:
            return place + 1
        if reading.finite[place] or reading.bits(place) & BREAK:
            return None
    return None


def _ends_at_mark(reading: Reading, place: int, stretch: _Stretch) -> bool:
    """Whether the content ends at a mark, or at an attribution that ends the sentence."""
    first, high, shape, incises = stretch
    if place in incises and incises[place] >= _last_word(reading, high):
        return True
    bits = reading.bits(place)
    if bits & COMMA:
        return _ends_at_comma(reading, place, high, shape)
    if bits & COLON:
        return not _explains(reading, place + 1, high) or any(at in incises for at in range(place + 1, high))
    if bits & BRACKET:
        return reading.form(place) == ")" and "(" not in reading.words.forms[first:place]
    if bits & DASH:
        return not _paired_dash(reading, place, high)
    return bool(bits & (SEMICOLON | CLOSING)) and place > first


def _ends_at_word(reading: Reading, place: int, stretch: _Stretch) -> bool:
    if reading.bits(place) & COORDINATOR and _ends_at_conjunction(reading, place, stretch.high, stretch.shape):
        return True
    return stretch.shape == "noun" and _ends_noun(reading, place)


def trimmed_end(reading: Reading, first: int, end: int) -> int:
    """`end` moved before marks and conjunctions that close nothing; a mark that closes guillemets stays."""
    while end > first and (
        reading.bits(end - 1) & (BREAK & ~(CLOSING | BRACKET) | COORDINATOR | NE)
        or reading.form(end - 1) in ("se", "s'")
    ):
        end -= 1
    return end


def _last_word(reading: Reading, high: int) -> int:
    while high > 0 and reading.bits(high - 1) & (STOP | CLOSING):
        high -= 1
    return high


def _explains(reading: Reading, first: int, high: int) -> bool:
    """After a colon the source goes on where no clause of the writer's begins: a list, « que », a conditional."""
    if reading.bits(first) & QUE:
        return True
    verbs = [place for place in range(first, high) if reading.finite[place]]
    return not verbs or bool(reading.bits(verbs[0]) & CONDITIONAL)


def _paired_dash(reading: Reading, place: int, high: int) -> bool:
    return any(reading.bits(later) & DASH for later in range(place + 1, high)) or any(
        reading.bits(earlier) & DASH for earlier in range(max(0, place - 30), place)
    )


def _ends_at_comma(reading: Reading, comma: int, high: int, shape: Shape) -> bool:
    following = comma + 1
    form, bits = reading.form(following), reading.bits(following)
    if form in ("mais", "et", "puis"):
        ends = (
            form in ("mais", "puis")
            or _new_clause(reading, following + 1, high)
            or opens_participle(reading, following + 1)
        )
        return ends and not _takes_up(reading, following + 1, shape)
    if form in _WRITER_AGAIN:
        return (shape != "clause" and form != "lors") or not _goes_on_behind(reading, following, high)
    if _comments(reading, following):
        return True
    if shape == "clause":
        return bool(bits & COORDINATOR) and form in ("car", "or")
    if bits & (RELATIVE | QUE):
        return False
    return bool(bits & GERUND and (shape == "noun" or form in anchors())) or _new_clause(reading, following, high)


_UNTOLD = frozenset(
    "préciser donner mentionner citer nommer fournir détailler évoquer dire indiquer apporter commenter prononcer"
    " livrer avancer entrer exclure".split()
)


def _tells_no_more(reading: Reading, place: int) -> bool:
    """« , sans préciser … », « , sans se prononcer »: the writer tells what was not said."""
    if reading.form(place) != "sans":
        return False
    verb = place + 1
    while reading.bits(verb) & (CLITIC | ADVERB) or reading.form(verb) in ("pour", "en"):
        verb += 1
    return reading.form(verb) in _UNTOLD


def _attributes_on(reading: Reading, place: int) -> bool:
    """« , ajoutant que … », « , invitant X à … »: a second act of the same speaker, and no part of the first."""
    while reading.bits(place) & CLITIC and not reading.bits(place) & GERUND:
        place += 1
    return bool(reading.bits(place) & GERUND) and reading.form(place) in anchors()


_WORDS_FOR_IT = frozenset(
    "hypothèse idée perspective proposition position accusation affirmation thèse mesure décision promesse annonce"
    " menace option éventualité demande requête initiative déclaration information démarche lecture analyse version"
    " formule exigence condition solution".split()
)


def _resumes(reading: Reading, place: int) -> bool:
    """« , une hypothèse que X juge folle »: the writer takes up what was said with a word for it."""
    return (
        reading.form(place) in ("un", "une")
        and reading.form(place + 1) in _WORDS_FOR_IT
        and bool(reading.bits(place + 2) & (QUE | RELATIVE | PARTICIPLE))
    )


def _comments(reading: Reading, place: int) -> bool:
    """« , ce qui … », « , quoi que … », « , tout en … »: the writer speaks of what was said."""
    form = reading.form(place)
    if _tells_no_more(reading, place) or _attributes_on(reading, place) or _resumes(reading, place):
        return True
    if form in ("ce", "quoi"):
        return bool(reading.bits(place + 1) & (QUE | RELATIVE))
    return form == "tout" and reading.form(place + 1) == "en"


def _goes_on_behind(reading: Reading, first: int, high: int) -> bool:
    """Whether an insert ends at a comma with more words behind it."""
    return any(reading.bits(place) & COMMA for place in range(first, high))


def _takes_up(reading: Reading, place: int, shape: Shape) -> bool:
    """« , mais que … », « , et de livrer … », « , mais pas … »: the content goes on."""
    form, bits = reading.form(place), reading.bits(place)
    if bits & QUE:
        return shape == "clause"
    if form in ("de", "d'", "à"):
        return any(reading.bits(later) & INFINITIVE for later in range(place + 1, place + 5)) or shape == "noun"
    return form in ("pas", "non", "aussi", "surtout") or bool(bits & INFINITIVE)


def _new_clause(reading: Reading, first: int, high: int) -> bool:
    """Whether a finite verb of the writer's stands before the next mark, in no relative or que-clause."""
    for place in range(first, min(high, first + 25)):
        bits = reading.bits(place)
        if bits & (RELATIVE | QUE | BREAK):
            return False
        if reading.finite[place]:
            return True
    return False


def _ends_at_conjunction(reading: Reading, place: int, high: int, shape: Shape) -> bool:
    form = reading.form(place)
    if form not in ("et", "mais", "ou", "puis"):
        return False
    following = place + 1
    if shape == "clause":
        return _cue_again(reading, following)
    while reading.bits(following) & (NE | CLITIC | ADVERB | NEGATION) and not reading.finite[following]:
        following += 1
    if reading.finite[following] or opens_participle(reading, place + 1) or _acts(reading, place + 1):
        return True
    return bool(reading.bits(place + 1) & SUBJECT) or (
        _new_clause(reading, place + 1, high)
        and not any(
            reading.bits(later) & (RELATIVE | QUE) or reading.form(later) == "entre"
            for later in range(max(0, place - 8), place)
        )
    )


def _acts(reading: Reading, place: int) -> bool:
    """« a qualifié A de B et convoqué l'ambassadeur »: another participle of the same subject, with its object."""
    following = reading.bits(place + 1)
    known = reading.bits(place) & PARTICIPLE and not reading.bits(place) & NAME
    return bool(known and following & DETERMINER and not following & PREPOSITION)


def _cue_again(reading: Reading, place: int) -> bool:
    """« affirme que A et dénonce B »: a verb of saying without subject is coordinated with the cue."""
    if opens_participle(reading, place):
        return True
    while reading.bits(place) & (NE | CLITIC | ADVERB | NEGATION) and not reading.finite[place]:
        place += 1
    # « qu'un tel projet ruinerait la ville et exposerait le port »: nobody says so in the conditional.
    return place < len(reading.words) and says_at(reading, place) and not reading.bits(place) & CONDITIONAL


_NOUN_ENDS = frozenset(
    "lors après avant alors pendant devant lundi mardi mercredi jeudi vendredi samedi dimanche hier".split()
)


def _ends_noun(reading: Reading, place: int) -> bool:
    form = reading.form(place)
    if form == "devant" and reading.form(place - 1) in grammar.FEELINGS:
        return False
    if form in _NOUN_ENDS:
        dated = reading.bits(place - 1) & PARTICIPLE and form in grammar.TIME_WORDS
        return not dated and reading.form(place - 1) not in ("de", "d'", "du", "ce", "le")
    if form == "en" and reading.bits(place + 1) & GERUND:
        return True
    return form == "dans" and any(reading.form(place + step) in grammar.MEDIUM_NOUNS for step in (2, 3))
