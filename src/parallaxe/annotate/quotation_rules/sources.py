"""Sources: the noun phrase before a verb, behind an inverted one, or after « selon », with its appositions.

No parser stands behind: a noun phrase begins at a determiner, a name or a pronoun, and ends where a verb, a conjunction
or a circumstance does. Appositions are what stands between commas without a finite verb of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

from parallaxe.annotate.quotation_rules import words_of_grammar as grammar
from parallaxe.annotate.quotation_rules.asides import before_aside
from parallaxe.annotate.quotation_rules.conjugation import GERUND, INFINITIVE, PARTICIPLE
from parallaxe.annotate.quotation_rules.cues import adjectives, says_at
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
    INVERTED,
    NAME,
    NE,
    NEGATION,
    NUMBER,
    OPENING,
    PREPOSITION,
    QUE,
    RELATIVE,
    SEMICOLON,
    STOP,
    SUBJECT,
    SUBORDINATOR,
    SYMBOL,
)

Range: TypeAlias = tuple[int, int]

_HARD = SEMICOLON | COLON | OPENING | CLOSING | STOP | BRACKET | DASH
_LONGEST = 60
_CIRCUMSTANCES = frozenset("lors après avant depuis pendant durant malgré selon sous dès alors afin".split())
_CITED = frozenset("cité citée cités citées".split())
_TIMES = frozenset(
    "veille avant-veille lendemain surlendemain jour soir matin semaine mois an année nuit week-end trimestre".split()
)
_OF_COMPLEMENTS = frozenset(
    "propos issue sujet cours terme occasion suite sortie tribune lendemain veille égard".split()
)
_OWN_PART = frozenset(("lui", "elle", "eux", "elles", "lui-même", "elle-même", "eux-mêmes", "aussi"))
_NO_SOURCE = frozenset("je j' tu c' ce cela ça ceci y".split())


def subject_before(reading: Reading, verb: int, low: int) -> list[Range]:
    """The sources that are subject of the verbal group at `verb`, looked for down to `low`; none where it has none.

    The first named stands first; a coordination of whole noun phrases is several.
    """
    place = before_aside(reading, verb - 1)
    while (
        place >= low
        and (reading.bits(place) & ADVERB or reading.form(place) in _OWN_PART)
        and not (reading.bits(place) & (NAME | SUBJECT) and reading.form(place) not in _OWN_PART)
    ):
        place -= 1
    if place < low:
        return _pronoun(reading, verb - 1, low) or _before_guillemets(reading, place)
    if reading.form(place) == "qui":
        return antecedent(reading, place, low)
    if reading.bits(place) & (COLON | SEMICOLON) and (alone := _pronoun(reading, verb - 1, low)):
        return alone
    if reading.bits(place) & SUBJECT and not reading.bits(place) & INVERTED:
        return [] if reading.form(place) in _NO_SOURCE else [(place, place + 1)]
    if reading.bits(place) & COORDINATOR or (reading.bits(place) & COMMA and _verb_chain(reading, place, low)):
        return _shared_subject(reading, place, low)
    start = _clause_start(reading, verb, low)
    found = _subject_in(reading, start, verb)
    # « Quant à la Chine, *elle* a fait savoir … »
    return found if found or not reading.bits(verb - 2) & COMMA else _pronoun(reading, verb - 1, low)


def _before_guillemets(reading: Reading, opening: int) -> list[Range]:
    """« la Chine “*ne souhaite pas* …” »: the subject of a verb with which guillemets open."""
    if opening < 1 or not reading.bits(opening) & OPENING:
        return []
    if reading.bits(opening - 1) & (BREAK & ~COMMA) or reading.finite[opening - 1]:
        return []
    low = max(reading.sentence(opening)[0], opening - _LONGEST)
    start = _clause_start(reading, opening, low)
    found = _subject_in(reading, start, opening)
    return found if found and opening - found[-1][1] <= 1 else []


def _pronoun(reading: Reading, place: int, low: int) -> list[Range]:
    if place >= low and reading.form(place) in ("elle", "elles", "lui", "eux"):
        return [(place, place + 1)]
    return []


def _verb_chain(reading: Reading, comma: int, low: int) -> bool:
    """Whether what ends at the comma is a clause with its verb and nothing that could be a subject after it."""
    if comma in reading.jumps:
        return False
    for place in _backwards(reading, comma - 1, max(low, comma - 25)):
        bits = reading.bits(place)
        if bits & (COMMA | RELATIVE | QUE | _HARD | SUBORDINATOR):
            return False
        if reading.finite[place]:
            return _relative_of(reading, place, low) is None
    return False


def _backwards(reading: Reading, place: int, low: int) -> Iterator[int]:
    """Places from `place` down to `low`, words in guillemets that the sentence goes on behind left out."""
    while place >= low:
        opening = reading.opening_of(place) if reading.bits(place) & CLOSING else None
        if opening is None:
            yield place
        place = (place if opening is None else opening) - 1


def _shared_subject(reading: Reading, place: int, low: int) -> list[Range]:
    """The subject of the verb that this one is coordinated with (« X dément et accuse »)."""
    for earlier in _backwards(reading, place - 1, max(low, place - _LONGEST)):
        if reading.bits(earlier) & (SEMICOLON | COLON):
            return []
        if reading.finite[earlier]:
            group = earlier
            while (group > low and reading.bits(group - 1) & NE) or reading.form(group - 1) in _CLITIC_FORMS:
                group -= 1
            return subject_before(reading, group, low)
    return []


_CLITIC_FORMS = frozenset("se s' lui y en le la les l' me m' nous".split())


def _clause_start(reading: Reading, verb: int, low: int) -> int:
    """Where the clause of a verb begins: behind the last conjunction, mark or finite verb that is not a relative's."""
    place = verb - 1
    while place >= low:
        if place in reading.jumps:
            place = reading.jumps[place] - 1
            continue
        bits = reading.bits(place)
        if bits & CLOSING and (opening := reading.opening_of(place)) is not None:
            place = opening - 1
            continue
        if bits & _HARD or bits & QUE or _subordinates(reading, place):
            return place + 1
        if bits & RELATIVE and not _names_some(reading, place, verb):
            # A relative clause without a verb of its own yet: the verb is its verb, its subject stands inside.
            return place + 1
        if bits & COORDINATOR and reading.form(place) in ("mais", "car", "or", "donc"):
            return place + 1
        if reading.finite[place]:
            relative = _relative_of(reading, place, low)
            if relative is None:
                return _behind_verb(reading, place, verb)
            place = relative
        place -= 1
    return low


def _names_some(reading: Reading, relative: int, verb: int) -> bool:
    """« …, dont la France et l'Italie, » directly before the verb: no clause."""
    if reading.form(relative) != "dont" or not reading.bits(verb - 1) & COMMA or not reading.bits(relative - 1) & COMMA:
        return False
    return not any(reading.bits(place) & COMMA or reading.finite[place] for place in range(relative + 1, verb - 1))


def _subordinates(reading: Reading, place: int) -> bool:
    """A conjunction that opens a clause; « comme lui » between commas opens none."""
    if not reading.bits(place) & SUBORDINATOR or reading.bits(place) & RELATIVE:
        return False
    return reading.form(place) != "comme" or not reading.bits(place - 1) & COMMA


def _relative_of(reading: Reading, verb: int, low: int) -> int | None:
    """The relative pronoun of a finite verb, a few words before it with no comma between."""
    for place in _backwards(reading, verb - 1, max(low, verb - 14)):
        bits = reading.bits(place)
        if bits & RELATIVE or (
            bits & QUE and not reading.finite[place - 1] and reading.bits(place - 1) & ~(ADVERB | COMMA) == 0
        ):
            return place
        if bits & BREAK or reading.finite[place]:
            return None
    return None


def _behind_verb(reading: Reading, earlier: int, verb: int) -> int:
    """After another clause, the subject begins behind the last comma or conjunction before the verb."""
    for place in _backwards(reading, verb - 1, earlier + 1):
        if reading.bits(place) & (COMMA | COORDINATOR):
            return place + 1
    return verb


def _subject_in(reading: Reading, start: int, verb: int) -> list[Range]:
    """The subject among the comma-separated parts of `[start, verb)`."""
    parts = _parts(reading, start, verb)
    ends_with_comma = verb > start and bool(reading.bits(verb - 1) & COMMA)
    voices = [source for part in parts if (source := _voice(reading, part)) is not None]
    parts = [part for part in parts if _voice(reading, part) is None and not _is_circumstance(reading, part)]
    if not parts:
        return voices
    if not ends_with_comma:
        head = [parts[-1]]
        if not _opens_noun_phrase(reading, parts[-1][0]) and len(parts) > 1:
            head = parts
        elif len(parts) > 1:
            head = _listed_before(reading, parts)
        first, last = head[0][0], head[-1][1]
    else:
        opening = next((index for index, part in enumerate(parts) if _opens_noun_phrase(reading, part[0])), None)
        if opening is None:
            # « Elle, qui redoute …, conseille »
            return [(start, start + 1)] if reading.form(start) in ("elle", "elles", "lui", "eux") else voices
        first, last = parts[opening][0], parts[-1][1]
    last = _before_gerund(reading, first, last)
    while last > first and (
        (reading.bits(last - 1) & (ADVERB | COMMA | NEGATION) and not reading.bits(last - 1) & NAME)
        or (reading.form(last - 1) in _OWN_PART and reading.form(last - 2) not in ("de", "d'", "entre"))
    ):
        last -= 1
    first = _skip_opening(reading, first, last)
    if first >= last or not _opens_noun_phrase(reading, first):
        return voices
    if reading.form(first) in _NO_SOURCE and (last - first == 1 or not reading.bits(first) & DETERMINER):
        return []
    return _conjuncts(reading, first, last) + voices


def _before_gerund(reading: Reading, first: int, last: int) -> int:
    """Where a subject ends before « , s'exprimant sous couvert d'anonymat, », which tells how it spoke."""
    for place in range(first, min(last, first + _LONGEST)):
        if reading.bits(place) & COMMA:
            verb = place + 1
            while reading.bits(verb) & CLITIC:
                verb += 1
            if reading.bits(verb) & GERUND and not reading.bits(verb) & NAME:
                return place
    return last


def _listed_before(reading: Reading, parts: list[Range]) -> list[Range]:
    """« Séoul, Tokyo et Washington redoutent »: short names before the last part belong to it."""
    last = parts[-1]
    if not any(reading.form(place) == "et" for place in range(*last)):
        if reading.bits(last[0]) & NAME and _opens_noun_phrase(reading, parts[-2][0]) and len(parts) == 2:
            return [last]
        return [last]
    begin = len(parts) - 1
    while begin > 0 and parts[begin - 1][1] - parts[begin - 1][0] <= 4 and _all_names(reading, parts[begin - 1]):
        begin -= 1
    return parts[begin:]


def _all_names(reading: Reading, part: Range) -> bool:
    return all(reading.bits(place) & (NAME | DETERMINER) for place in range(*part))


def _parts(reading: Reading, start: int, end: int) -> list[Range]:
    parts: list[Range] = []
    begin = start
    for place in range(start, end):
        if place < begin:
            continue
        if place in reading.inserts:
            if place > begin:
                parts.append((begin, place))
            begin = min(end, reading.inserts[place] + 1)
        elif reading.bits(place) & COMMA:
            if place > begin:
                parts.append((begin, place))
            begin = place + 1
    if end > begin:
        parts.append((begin, end))
    return parts


def _voice(reading: Reading, part: Range) -> Range | None:
    """« par la voix de X », « par la bouche de X »: a source beside the subject."""
    first = part[0]
    if reading.words.forms[first : first + 3] in (["par", "la", "voix"], ["par", "la", "bouche"]):
        begin = first + 4
        if begin < part[1]:
            return begin, part[1]
    return None


def _is_circumstance(reading: Reading, part: Range) -> bool:
    """A part that opens with a preposition other than « de » or « à », a date, an adverb, or is a tonic pronoun."""
    first, last = part
    form, bits = reading.form(first), reading.bits(first)
    if form in ("de", "d'", "à", "au", "aux", "du", "des"):
        return _is_led_aside(reading, first)
    if form in ("quant", "comme") or form in _CITED or form.endswith(("ons-le", "ons")):
        return True
    if (first in reading.dated and last - 1 in reading.dated) or (form in grammar.TIME_WORDS and last - first < 6):
        return True
    if last - first == 1 and form in grammar.TONIC:
        return True
    if bits & DETERMINER and last - first < 5 and reading.form(first + 1) in _TIMES:
        return True
    alone = PARTICIPLE | ADVERB | SYMBOL if last - first == 1 else 0
    return not bits & NAME and bool(bits & (alone | GERUND | INFINITIVE | PREPOSITION))


def _is_led_aside(reading: Reading, first: int) -> bool:
    """« de son côté », « au nom de X », « à Paris » at the head of a sentence."""
    form, following = reading.form(first), reading.form(first + 1)
    if form in ("de", "d'"):
        return following in ("son", "leur", "notre", "plus", "même", "nouveau")
    if form in ("du", "des"):
        return False
    return first == reading.sentence(first)[0] or (form != "aux" and following in ("nom", "tour"))


def _opens_noun_phrase(reading: Reading, place: int) -> bool:
    bits = reading.bits(place)
    if reading.form(place) in ("de", "d'") and reading.form(place + 1) in ("autres", "nombreux", "nombreuses"):
        return True
    if reading.form(place) in ("de", "d'", "du", "à", "au", "aux", "en") and not bits & NAME:
        return False
    if bits & (DETERMINER | NAME | SUBJECT | NUMBER):
        return True
    return not bits & ~(PARTICIPLE) and bits == 0


def _skip_opening(reading: Reading, first: int, last: int) -> int:
    """Past conjunctions, adverbs, emoji and an initial circumstance without comma."""
    while first < last and (
        (
            reading.bits(first) & (COORDINATOR | ADVERB | SYMBOL)
            and not reading.bits(first) & (NAME | DETERMINER | SUBJECT)
        )
        or reading.form(first) in ("et", "mais", "car", "même")
    ):
        first += 1
    bits = reading.bits(first)
    if bits & PREPOSITION and not bits & DETERMINER and reading.form(first) not in ("de", "d'"):
        for place in range(first + 2, last):
            if reading.bits(place) & DETERMINER and not reading.bits(place - 1) & PREPOSITION:
                return place
    return first


def _conjuncts(reading: Reading, first: int, last: int) -> list[Range]:
    """Sources that stand in one coordination: apart where each is a noun phrase that needs nothing of the other."""
    for place in range(first + 1, last - 1):
        if reading.form(place) not in ("et", "ou") or reading.bits(place - 1) & COMMA:
            continue
        left, right = (first, place), (place + 1, last)
        if (
            _stands_alone(reading, left)
            and _stands_alone(reading, right)
            and not _inside_relative(reading, first, place)
        ):
            return _listed(reading, left) + _conjuncts(reading, *right)
    return [(first, last)]


def _listed(reading: Reading, part: Range) -> list[Range]:
    return [piece for piece in _parts(reading, *part) if _opens_noun_phrase(reading, piece[0])]


def _inside_relative(reading: Reading, first: int, place: int) -> bool:
    return any(
        reading.bits(earlier) & (RELATIVE | PREPOSITION)
        and not reading.bits(earlier) & DETERMINER
        and reading.form(earlier) not in ("de", "d'")
        for earlier in range(first, place)
    )


def _stands_alone(reading: Reading, part: Range) -> bool:
    first = part[0]
    bits = reading.bits(first)
    if bits & NAME and first in reading.mentioned:
        return True
    if (
        not bits & DETERMINER
        or part[1] - first < 2
        or (reading.form(first) in ("du", "des", "au", "aux") and (reading.form(first) != "des"))
    ):
        return False
    return reading.form(first) not in ("des", "les", "ses", "leurs", "ces", "plusieurs") or any(
        place in reading.mentioned for place in range(*part)
    )


def antecedent(reading: Reading, relative: int, low: int) -> list[Range]:
    """The noun phrase that « qui » takes up: what stands directly before it, a comma passed over."""
    end = relative
    if reading.bits(end - 1) & COMMA:
        end -= 1
    place = end - 1
    while place >= low and not (
        reading.finite[place]
        or reading.bits(place) & (_HARD | COMMA | QUE | RELATIVE | SUBORDINATOR)
        or (reading.bits(place) & PREPOSITION and reading.form(place) not in ("de", "d'", "du", "des"))
    ):
        place -= 1
    first = _skip_opening(reading, place + 1, end)
    if place > low and reading.bits(place) & COMMA and reading.bits(relative - 1) & COMMA:
        # « Jean Untel, délégué syndical, qui … »
        named = antecedent(reading, place, low)
        if named and _is_apposition(reading, named[0][0], (place + 1, end), end):
            return [(named[0][0], end)]
    for later in range(end - 2, first, -1):
        if reading.bits(later) & DETERMINER and not reading.bits(later - 1) & (PREPOSITION | COORDINATOR):
            first = later
            break
    while first < end and not _opens_noun_phrase(reading, first):
        first += 1
    return [(first, end)] if first < end else []


def noun_phrase_after(reading: Reading, first: int, high: int) -> int:
    """Where the noun phrase that begins at `first` ends, appositions left out."""
    place = first
    while place < high:
        bits, form = reading.bits(place), reading.form(place)
        if bits & BREAK or (bits & (QUE | SUBORDINATOR | NE) and not bits & RELATIVE):
            break
        if bits & RELATIVE and place > first:
            return _relative_end(reading, place, high)
        if reading.finite[place] and place > first:
            break
        if place > first and _leaves(reading, place, form, bits):
            break
        place += 1
    while place > first + 1 and (
        reading.bits(place - 1) & (PREPOSITION | COORDINATOR | ADVERB) and not reading.bits(place - 1) & NAME
    ):
        place -= 1
    return place


def _leaves(reading: Reading, place: int, form: str, bits: int) -> bool:
    """Whether a circumstance begins here that is no part of the noun phrase before."""
    if form in _CIRCUMSTANCES or form == "devant":
        return True
    if form in grammar.TIME_WORDS:
        return reading.form(place - 1) not in ("du", "de", "d'", "le") and not reading.bits(place - 1) & PARTICIPLE
    if bits & (INFINITIVE | GERUND) and not bits & NAME and not reading.bits(place - 1) & (PREPOSITION | DETERMINER):
        return form != "ayant" and not _is_human(reading, place)
    if form == "en":
        gerund = (reading.bits(place + 1) | reading.bits(place + 2)) & GERUND
        return bool(gerund) or reading.form(place + 1).endswith("ant")
    if bits & SUBJECT and not bits & DETERMINER:
        return form not in ("celui-ci", "celle-ci") and reading.form(place - 1) not in ("d'", "entre")
    return _leads_away(reading, place, form)


def _leads_away(reading: Reading, place: int, form: str) -> bool:
    """« le 3 mai », « au sujet de », « dans un entretien »."""
    following = reading.form(place + 1)
    if form == "le":
        return bool(reading.bits(place + 1) & NUMBER) or following in grammar.TIME_WORDS
    if form in ("à", "au", "aux") and _OF_COMPLEMENTS & {following, reading.form(place + 2)}:
        return True
    if form == "en" and following in ("marge", "réponse", "réaction", "référence"):
        return True
    if form in ("de", "d'", "à") and reading.bits(place + 1) & INFINITIVE and not reading.bits(place + 1) & NAME:
        return True
    return form in ("à", "au", "dans", "sur", "par", "chez") and any(
        reading.form(later) in grammar.MEDIUM_NOUNS for later in range(place + 1, place + 4)
    )


def _relative_end(reading: Reading, relative: int, high: int) -> int:
    """A relative clause without comma runs to the next comma or mark."""
    place = relative
    while place < high and not reading.bits(place) & BREAK:
        place += 1
    return place


def source_after(reading: Reading, first: int, high: int, *, relatives: bool = True) -> list[Range]:
    """The sources behind an inverted verb or « selon », with their appositions."""
    end = noun_phrase_after(reading, first, high)
    if end <= first:
        return []
    whole = _with_appositions(reading, first, end, high, relatives=relatives)
    return _conjuncts(reading, first, end) if whole == end else [(first, whole)]


class ReliedOn(NamedTuple):
    """Those whom a source has it from, and the words that say so; `within` where the source itself says them."""

    cue: Range
    sources: tuple[Range, ...]
    within: bool


_RELIES = (
    # Behind a source, past a comma, « qui » and « en »; the words of the cue.
    (("citant",), 1),
    (("cite",), 1),
    (("citent",), 1),
    (("citait",), 1),
    (("se", "réfère", "à"), 3),
    (("se", "référant", "à"), 3),
    (("s'", "appuie", "sur"), 2),
    (("s'", "appuyant", "sur"), 2),
    (("se", "fondant", "sur"), 2),
    (("le", "tient", "de"), 2),
    (("sur", "la", "foi", "de"), 4),
)


def relies_on(reading: Reading, place: int) -> ReliedOn | None:
    """« , citant Y », « , qui cite Y », « sur la foi de Y » at a place behind a source.

    The cue of « le tient de » is its verb.
    """
    begin = place
    while reading.bits(begin) & COMMA or reading.form(begin) in ("qui", "en"):
        begin += 1
    if begin - place > 2:
        return None
    for words, length in _RELIES:
        if tuple(reading.words.forms[begin : begin + len(words)]) != words:
            continue
        sources = source_after(reading, begin + len(words), reading.limits(begin)[1], relatives=False)
        first = begin + (words[0] == "le")
        within = any(reading.bits(at) & GERUND for at in range(begin, begin + length))
        return ReliedOn((first, begin + length), tuple(sources), within) if sources else None
    return None


def _with_appositions(reading: Reading, first: int, end: int, high: int, *, relatives: bool) -> int:
    for _ in range(4):
        if not reading.bits(end) & COMMA or end + 1 >= high:
            return end
        stop = end + 1
        while stop < high and not reading.bits(stop) & BREAK:
            stop += 1
        if reading.bits(end + 1) & RELATIVE:
            if not relatives or not _is_added(reading, end + 1, stop):
                return end
        elif not _is_apposition(reading, first, (end + 1, stop), high):
            return end
        core = noun_phrase_after(reading, end + 1, stop) if not reading.bits(end + 1) & RELATIVE else stop
        if core < stop and reading.form(core) != "depuis":
            return core
        end = stop
    return end


def _is_added(reading: Reading, begin: int, stop: int) -> bool:
    """A relative clause of the source that does not attribute itself."""
    if reading.form(begin) not in ("qui", "dont") or relies_on(reading, begin) is not None:
        return False
    return not _attributes(reading, begin, stop)


def _is_apposition(reading: Reading, first: int, part: Range, high: int) -> bool:
    """Whether a part between commas tells who the noun phrase at `first` is."""
    begin, stop = part
    bits, form = reading.bits(begin), reading.form(begin)
    verb = next((place for place in range(begin, stop) if reading.finite[place]), None)
    if verb is not None and (verb == begin or reading.form(verb - 1) not in ("qui", "a", "ont")):
        return False
    if form == "les" and reading.form(first) in ("le", "la", "l'", "un", "une", "son", "sa", "leur"):
        return False
    if form in adjectives() or form in _CITED or form in ("sous", "pour") or reading.form(stop - 1) == "appui":
        return False
    if bits & NAME:
        closes = stop >= high or bool(reading.bits(stop) & (COMMA | CLOSING | STOP | SEMICOLON | COLON))
        return closes and stop - begin < 6 and _is_title(reading, first, begin)
    return (
        _is_led_apposition(reading, first, part, high) if bits & (PREPOSITION | ADVERB) else _tells_who(reading, part)
    )


def _is_led_apposition(reading: Reading, first: int, part: Range, high: int) -> bool:
    """« Jean Untel, de l'université X », « …, à Paris » at the end."""
    begin, stop = part
    form = reading.form(begin)
    if form in ("de", "d'", "du"):
        named = reading.bits(first) & NAME and not reading.bits(first) & DETERMINER
        return bool(named) and any(_is_human(reading, at) or reading.bits(at) & NAME for at in range(begin, stop))
    closes = stop >= high or bool(reading.bits(stop) & (STOP | COMMA))
    return form == "trop" or (closes and form == "à" and bool(reading.bits(begin + 1) & NAME))


def _tells_who(reading: Reading, part: Range) -> bool:
    """« la directrice de X », « chercheuse à X », « chargé de Y », « 47 ans », or a word that nothing is known of."""
    begin, stop = part
    bits, form = reading.bits(begin), reading.form(begin)
    if form in ("le", "la", "l'", "un", "une", "les", "son", "sa"):
        noun = begin + 1
        while noun < stop and reading.form(noun) in ("ancien", "ancienne", "ex", "grand", "vice"):
            noun += 1
        return _is_human(reading, noun)
    if bits & NUMBER:
        return reading.form(begin + 1) == "ans"
    return bits == 0 or _is_human(reading, begin) or bool(bits & PARTICIPLE and not bits & ADVERB)


def may_speak(reading: Reading, source: Range) -> bool:
    """Whether a noun phrase is a pronoun, holds a name, or begins with a noun of people or bodies."""
    first, last = source
    if reading.bits(first) & SUBJECT or reading.form(first) in grammar.TONIC or last - first == 1:
        return True
    return any(
        reading.bits(place) & NAME or place in reading.mentioned or _is_human(reading, place)
        for place in range(first, min(last, first + 12))
    )


def _is_human(reading: Reading, place: int) -> bool:
    form = reading.form(place)
    return form in grammar.HUMAN_NOUNS or form.split("-")[-1] in grammar.HUMAN_NOUNS


def _is_title(reading: Reading, first: int, name: int) -> bool:
    """Whether a name in apposition explains a common noun (« le ministre de la Défense, Jean Untel »)."""
    named = name in reading.speakers or name not in reading.mentioned
    return named and any(_is_human(reading, place) for place in range(first, min(first + 4, name)))


def _attributes(reading: Reading, begin: int, stop: int) -> bool:
    return any(says_at(reading, place) for place in range(begin, stop))
