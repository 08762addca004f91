"""Cues in a block: verbs of saying, wanting, fearing with their auxiliaries, negation, reflexive pronoun and locution.

A cue of the guidelines holds no adverb and no inverted subject, so it may stand in several parts (« a | indiqué »).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal, NamedTuple, TypeAlias

from parallaxe.annotate.quotation_rules import words_of_grammar as grammar
from parallaxe.annotate.quotation_rules.asides import before_aside, past_aside
from parallaxe.annotate.quotation_rules.conjugation import FINITE, GERUND, INFINITIVE, PARTICIPLE, forms
from parallaxe.annotate.quotation_rules.cue_verbs import (
    ADJECTIVES,
    BARE_ADJECTIVES,
    CUE_VERBS,
    HAD_TO_SAY,
    LOCUTIONS,
    PREPOSITIONAL,
    READY_ADJECTIVES,
    SAYING_INFINITIVES,
)
from parallaxe.annotate.quotation_rules.reading import Reading
from parallaxe.annotate.quotation_rules.words import (
    ADVERB,
    BE,
    CLITIC,
    CLOSING,
    COLON,
    COMMA,
    COORDINATOR,
    DETERMINER,
    HAVE,
    INVERTED,
    NE,
    NEGATION,
    OPENING,
    PREPOSITION,
    QUE,
    SEMICOLON,
    STOP,
    SUBJECT,
)

Range: TypeAlias = tuple[int, int]
Mood: TypeAlias = Literal["finite", "infinitive", "gerund", "passive", "adjective"]


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue: its parts, where its verbal group begins and ends, what may follow.

    `first` is where its clitics begin; its subject stands before it, or is the word at `inverted`. `frames` are letters
    of `cue_verbs`, `prepositions` what may lead to a noun phrase.
    """

    lemma: str
    kind: str
    frames: frozenset[str]
    prepositions: frozenset[str]
    parts: tuple[Range, ...]
    first: int
    end: int
    mood: Mood
    inverted: int | None = None
    negated: bool = False


class _Group(NamedTuple):
    """A verb with its auxiliary, negation and pronouns: what a cue is made of once its verb is known to attribute."""

    parts: list[Range]
    first: int
    end: int
    mood: Mood
    inverted: int | None = None
    reflexive: bool = False
    negated: bool = False

    def cue(self, name: str, verb: _Verb, parts: tuple[Range, ...], end: int) -> Cue:
        """The cue of this group, up to `end`."""
        return Cue(name, *verb, parts, self.first, end, self.mood, self.inverted, self.negated)


class _Verb(NamedTuple):
    kind: str
    frames: frozenset[str]
    prepositions: frozenset[str]


@cache
def _verbs() -> dict[tuple[str, bool], _Verb]:
    """What may follow each verb, plain and reflexive."""
    found: dict[tuple[str, bool], _Verb] = {}

    def add(verb: str, kind: str, frames: str, prepositions: str = "") -> None:
        reflexive = verb.startswith("s'")
        for key in ((verb.removeprefix("s'"), reflexive), *([(verb, True)] if "r" in frames.split() else [])):
            old = found.get(key, _Verb(kind, frozenset(), frozenset()))
            new = frozenset(frames.split()) - {"s", "r"}
            found[key] = _Verb(old.kind, old.frames | new, old.prepositions | frozenset(prepositions.split()))

    for kind, frames, verbs in CUE_VERBS:
        for verb in _listed(verbs, reflexive="s" in frames.split()):
            add(verb, kind, frames)
    for verbs, prepositions, kind in PREPOSITIONAL:
        for verb in _listed(verbs):
            add(verb, kind, "", prepositions)
    return found


def _listed(verbs: str, *, reflexive: bool = False) -> Iterator[str]:
    """Verbs of a line, reflexive ones all spelt with « s' »."""
    pending = reflexive
    for word in verbs.split():
        if word == "se":
            pending = True
            continue
        yield "s'" + word.removeprefix("s'") if pending else word
        pending = reflexive


@cache
def _lemmas() -> dict[str, tuple[tuple[str, int], ...]]:
    """Cue verbs and verbs of locutions by each of their forms."""
    found: dict[str, list[tuple[str, int]]] = {}
    for verb in dict.fromkeys([*(verb for verb, _ in _verbs()), *(row[0] for row in LOCUTIONS), "montrer"]):
        for form, bits in forms(verb):
            found.setdefault(form, []).append((verb, bits))
    return {form: tuple(dict.fromkeys(readings)) for form, readings in found.items()}


@cache
def _locutions() -> dict[str, tuple[tuple[tuple[str, ...], _Verb], ...]]:
    found: dict[str, list[tuple[tuple[str, ...], _Verb]]] = {}
    for verb, tail, frames, kind in LOCUTIONS:
        letters = frames.split()
        prepositions = frozenset(letter[2:] for letter in letters if letter.startswith("P:"))
        plain = frozenset(letter for letter in letters if not letter.startswith("P:"))
        words = tuple(tail.replace("'", "' ").split())
        found.setdefault(verb, []).append((words, _Verb(kind, plain, prepositions)))
    return {verb: tuple(rows) for verb, rows in found.items()}


@cache
def adjectives() -> dict[str, _Verb]:
    """Adjectives that attribute, in all their forms."""
    found: dict[str, _Verb] = {}
    for listed, frames, kind in ADJECTIVES:
        letters = frames.split()
        prepositions = frozenset(letter[2:] for letter in letters if letter.startswith("P:"))
        verb = _Verb(kind, frozenset(letter for letter in letters if not letter.startswith("P:")), prepositions)
        for adjective in listed.split():
            found.update(dict.fromkeys(_inflected(adjective), verb))
    return found


def _inflected(adjective: str) -> tuple[str, ...]:
    if adjective.endswith("eux"):
        return adjective, adjective[:-1] + "se", adjective[:-1] + "ses"
    if adjective.endswith("et"):
        return adjective, adjective + "s", adjective[:-2] + "ète", adjective[:-2] + "ètes"
    return adjective, adjective + "e", adjective + "s", adjective + "es"


@cache
def anchors() -> frozenset[str]:
    """Every form at which a cue may begin: a sentence without one holds no cue."""
    return frozenset(_lemmas()) | frozenset(adjectives())


_BLAMING = _Verb("hostile", frozenset(), frozenset(("à",)))
_ADVERBIAL = frozenset("outre effet ailleurs exemple conséquence".split())
_SHOWING = frozenset("dire montrer déclarer avouer juger estimer sentir prétendre".split())
_READY = frozenset(form for adjective in READY_ADJECTIVES for form in _inflected(adjective))
_BARE = frozenset(form for adjective in BARE_ADJECTIVES for form in _inflected(adjective))


def find_cues(reading: Reading, places: Iterable[int]) -> Iterator[Cue]:
    """Every cue of a block, in order; `places` are the words at which one may begin, and perhaps more."""
    lemmas, qualities, forms_here = _lemmas(), adjectives(), reading.words.forms
    taken = -1
    for index in places:
        form = forms_here[index]
        if index < taken:
            continue
        if form in lemmas:
            cue = _verb_cue(reading, index)
            if cue is not None:
                yield cue
                taken = cue.end if cue.parts[-1][1] == cue.end else taken
                continue
        if form in qualities:
            cue = _adjective_cue(reading, index)
            if cue is not None:
                yield cue


def _verb_cue(reading: Reading, index: int) -> Cue | None:
    for build, lemma in _builders(reading.form(index)):
        cue = build(reading, index, lemma)
        if cue is not None:
            return cue
    return None


@cache
def _builders(form: str) -> tuple[tuple[Callable[[Reading, int, str], Cue | None], str], ...]:
    """What a form may be, by mood, with its first verb in each: « dit » is finite or a participle."""
    readings = _lemmas()[form]
    moods = ((FINITE, _finite_cue), (PARTICIPLE, _compound_cue), (INFINITIVE, _bare), (GERUND, _bare))
    verbs = ((build, next((lemma for lemma, own in readings if own & bits), None)) for bits, build in moods)
    return tuple((build, lemma) for build, lemma in verbs if lemma is not None)


def _finite_cue(reading: Reading, index: int, lemma: str) -> Cue | None:
    if not reading.finite[index]:
        return None
    first, inner, reflexive, negated = _clitics(reading, index)
    end = index + 1
    inverted = None
    if reading.bits(end) & INVERTED:
        inverted, end = end, end + 1
    negation = _negation(reading, end) if negated else 0
    parts = [(inner, index + 1)] if not negation or inverted else [(inner, end + negation)]
    return _completed(reading, lemma, _Group(parts, first, end + negation, "finite", inverted, reflexive, negated))


def _compound_cue(reading: Reading, index: int, lemma: str) -> Cue | None:
    """A past participle with its auxiliary to the left, past adverbs and an inverted subject."""
    auxiliary, inverted, passive = before_aside(reading, index - 1), None, False
    if (alone := _without_auxiliary(reading, index)) is not None:
        return _completed(reading, lemma, alone)
    while auxiliary >= max(0, index - 9):
        bits = reading.bits(auxiliary)
        if bits & (HAVE | BE) and bits & (FINITE | INFINITIVE | GERUND):
            break
        if reading.form(auxiliary) == "été":
            passive = True
        elif bits & INVERTED:
            inverted = auxiliary
        elif not (bits & (ADVERB | NEGATION | COMMA | PREPOSITION | SUBJECT) or _short_insert(reading, auxiliary)):
            return None
        auxiliary = before_aside(reading, auxiliary - 1)
    else:
        return None
    bits = reading.bits(auxiliary)
    if not bits & (HAVE | BE) or not ((bits & FINITE and reading.finite[auxiliary]) or bits & (INFINITIVE | GERUND)):
        return None
    first, inner, reflexive, negated = _clitics(reading, auxiliary)
    if bits & BE and not reflexive:
        passive = True
    parts = _joined(reading, inner, auxiliary, index)
    mood: Mood = "finite" if bits & FINITE else "infinitive" if bits & INFINITIVE else "gerund"
    if passive:
        mood, reflexive = "passive", False
    return _completed(reading, lemma, _Group(parts, first, index + 1, mood, inverted, reflexive, negated))


_PARTICIPLES_APART = 60


def _without_auxiliary(reading: Reading, index: int) -> _Group | None:
    """« Accusé par X d'avoir triché, Y … », and a participle that shares the auxiliary of an earlier one."""
    part = (index, index + 1)
    if (shared := _shared_auxiliary(reading, index)) is not None:
        return _Group([part], shared, index + 1, "finite")
    if reading.form(index + 1) == "par" and (index == 0 or reading.bits(index - 1) & (COMMA | STOP)):
        return _Group([part], index, index + 1, "passive")
    return None


def _shared_auxiliary(reading: Reading, index: int) -> int | None:
    """Where a participle begins that « a évoqué A, et affirmé que B » coordinates with an earlier one."""
    first = index
    while reading.bits(first - 1) & (ADVERB | NEGATION) and not reading.bits(first - 1) & COORDINATOR:
        first -= 1
    if reading.form(first - 1) not in ("et", "puis", "mais") or not opens_participle(reading, index):
        return None
    for earlier in range(first - 2, max(0, first - _PARTICIPLES_APART), -1):
        if reading.bits(earlier) & (STOP | SEMICOLON | COLON):
            return None
        if reading.finite[earlier]:
            said = any(reading.bits(later) & PARTICIPLE for later in range(earlier + 1, min(earlier + 5, first - 1)))
            return first if said and reading.bits(earlier) & HAVE else None
    return None


def opens_participle(reading: Reading, place: int) -> bool:
    """Whether a participle of a cue leads to what is told: « affirmé que », « promis de », « dénoncé les … »."""
    if not reading.bits(place) & PARTICIPLE or reading.form(place) not in anchors():
        return False
    following = reading.bits(place + 1)
    return bool(
        following & (QUE | OPENING) or (following & DETERMINER and not following & PREPOSITION)
    ) or reading.form(place + 1) in ("de", "d'", "à")


def says_at(reading: Reading, place: int) -> bool:
    """Whether a finite verb is a cue, or the auxiliary of one."""
    if not reading.finite[place]:
        return False
    if not reading.bits(place) & (HAVE | BE):
        return reading.form(place) in anchors()
    return any(
        reading.bits(later) & PARTICIPLE and reading.form(later) in anchors() for later in (place + 1, place + 2)
    )


def _short_insert(reading: Reading, index: int) -> bool:
    """A word of « en outre », « pour sa part », « de son côté », « à son tour » between auxiliary and participle."""
    return reading.form(index) in ("outre", "part", "côté", "tour", "sa", "son", "leur", "lui", "tout", "effet", "fait")


def _joined(reading: Reading, inner: int, auxiliary: int, participle: int) -> list[Range]:
    """The parts of a compound: one where nothing but negation and « été » lies between."""
    between = range(auxiliary + 1, participle)
    if all(reading.bits(place) & NEGATION or reading.form(place) in ("été", "fait") for place in between):
        return [(inner, participle + 1)]
    end = auxiliary + 1
    while end < participle and reading.bits(end) & NEGATION:
        end += 1
    return [(inner, end), (participle, participle + 1)]


def _bare(reading: Reading, index: int, lemma: str) -> Cue | None:
    """An infinitive or a present participle; « vient d'annoncer », « a tenu à rappeler » have a subject."""
    bits = reading.bits(index)
    if reading.finite[index] or not bits & (INFINITIVE | GERUND):
        return None
    first, inner, reflexive, negated = _clitics(reading, index)
    mood: Mood = "gerund" if bits & GERUND else "infinitive"
    governor = _governor(reading, first) if mood == "infinitive" else None
    if governor is not None:
        mood, first = "finite", _clitics(reading, governor)[0]
    return _completed(reading, lemma, _Group([(inner, index + 1)], first, index + 1, mood, None, reflexive, negated))


_BEFORE_SAYING = frozenset(("de", "d'", "à", "jusqu'", "jusqu'à", "par", "pas", "encore", "aussi", "également"))
_BARE_HELPERS = frozenset(("aller", "oser", "devoir", "préférer"))


def _governor(reading: Reading, first: int) -> int | None:
    """The finite verb whose subject says what the infinitive at `first` tells: « vient de », « a tenu à », « va »."""
    governor = first - 1
    while governor > 0 and reading.form(governor) in _BEFORE_SAYING:
        governor -= 1
    if reading.form(governor) in HAD_TO_SAY and reading.bits(governor - 1) & DETERMINER and governor < first - 1:
        return _having(reading, governor - 2)
    found = _lemmas_of_helpers().get(reading.form(governor))
    if not found or governor >= first - (0 if found in _BARE_HELPERS else 1):
        return None
    if reading.finite[governor]:
        return governor
    compound = governor - 1
    while compound > 0 and reading.bits(compound) & (ADVERB | NEGATION):
        compound -= 1
    return compound if reading.bits(compound) & (HAVE | BE) and reading.finite[compound] else None


def _having(reading: Reading, place: int) -> int | None:
    """« a », « a même eu » before « le front de »: the finite form of « avoir »."""
    while place > 0 and (reading.form(place) == "eu" or reading.bits(place) & (ADVERB | NEGATION)):
        place -= 1
    return place if reading.bits(place) & HAVE and reading.finite[place] else None


@cache
def _lemmas_of_helpers() -> dict[str, str]:
    return {form: verb for verb in SAYING_INFINITIVES for form, bits in forms(verb) if not bits & INFINITIVE}


def _clitics(reading: Reading, verb: int) -> tuple[int, int, bool, bool]:
    """Where the clitics before a verb begin, where the cue does, and whether they are reflexive and negate.

    Of the clitics a cue keeps the negation and the reflexive pronoun, with what stands between them and the verb.
    """
    first = inner = verb
    reflexive = negated = False
    while first > 0:
        form, bits = reading.form(first - 1), reading.bits(first - 1)
        if form in ("se", "s'") or (form in grammar.REFLEXIVES and _agrees(reading, first - 1, verb)):
            reflexive = True
            inner = first - 1
        elif bits & NE:
            negated = True
            inner = first - 1
        elif form == "lui" and (first == 1 or reading.bits(first - 2) & (STOP | COMMA)):
            # « *Lui* se réjouit »: who is set against somebody else.
            break
        elif not (bits & CLITIC or _is_dative(reading, first - 1, verb)) and not (
            bits & NEGATION and reading.bits(first - 2) & NE
        ):
            break
        first -= 1
    return first, inner, reflexive, negated


def _is_dative(reading: Reading, clitic: int, verb: int) -> bool:
    """« nous assure », « vous dit », which are subjects elsewhere."""
    return reading.form(clitic) in ("nous", "vous") and not reading.form(verb).endswith(("ons", "ez", "tes"))


def _agrees(reading: Reading, clitic: int, verb: int) -> bool:
    """« je m'inquiète », « nous nous demandons », but not « il m'écrit », « nous assure »."""
    subject = {"me": "je", "m'": "je", "nous": "nous", "vous": "vous", "te": "tu", "t'": "tu"}[reading.form(clitic)]
    return clitic > 0 and reading.form(clitic - 1) == subject and verb > clitic


def _negation(reading: Reading, end: int) -> int:
    return 1 if reading.bits(end) & NEGATION else 0


def _completed(reading: Reading, lemma: str, group: _Group) -> Cue | None:
    """The cue with its locution or adjective, where its verb has one; null where the verb attributes nothing."""
    parts, end = group.parts, group.end
    if (longer := _longer(reading, lemma, group)) is not None:
        return longer
    if lemma == "prendre" and group.reflexive and "en" in reading.words.forms[group.first : group.end]:
        return group.cue("s'en prendre", _BLAMING, tuple(parts), end)
    known = _verbs().get((lemma, group.reflexive))
    if known is None or _is_another_sense(reading, lemma, group):
        return None
    if "j" in known.frames and _judges(reading, end):
        return group.cue(lemma, known, _extended(parts, end, end, end + 1), end + 1)
    return group.cue(_reflexive(lemma) if group.reflexive else lemma, known, tuple(parts), end)


def _reflexive(lemma: str) -> str:
    return f"s'{lemma}" if lemma[0] in "aâeéêèiîoôuhyœ" else f"se {lemma}"


def _longer(reading: Reading, lemma: str, group: _Group) -> Cue | None:
    """The cue of a locution (« met en garde ») or with an adjective (« se dit prêt »)."""
    if lemma not in (_SHOWING if group.reflexive else _locutions()):
        return None
    parts, end = group.parts, group.end
    after = _past_adverbs(reading, end)
    if group.reflexive:
        quoted = bool(reading.bits(after) & OPENING and reading.bits(after + 2) & CLOSING)
        verb = adjectives().get(reading.form(after + quoted))
        longer = _extended(parts, end, after + quoted, after + quoted + 1)
        return None if verb is None else group.cue(f"se {lemma} ADJ", verb, longer, after + 1 + 2 * quoted)
    for tail, verb in _locutions()[lemma]:
        stop = after + len(tail)
        if tuple(reading.words.forms[after:stop]) == tail:
            return group.cue(f"{lemma} {' '.join(tail)}", verb, _extended(parts, end, after, stop), stop)
    return None


def _is_another_sense(reading: Reading, lemma: str, group: _Group) -> bool:
    """« voir » attributes as « y voir » only, « savoir » not as « saurait »."""
    if lemma == "voir":
        in_it = "y" in reading.words.forms[max(0, group.first - 1) : group.end]
        return not in_it and not _sees_in(reading, group.end)
    return lemma == "savoir" and reading.form(group.end - 1).startswith("saurai")


def _sees_in(reading: Reading, place: int) -> bool:
    """« voit dans X une menace », « voit en lui un allié »: an indefinite or quoted object behind « dans », « en »."""
    if reading.form(place) not in ("dans", "en"):
        return False
    for later in range(place + 2, place + 12):
        bits = reading.bits(later)
        if bits & OPENING or (reading.form(later) in ("un", "une") and not reading.bits(later - 1) & PREPOSITION):
            return True
        if reading.finite[later : later + 1] != b"\0" or bits & (COMMA | STOP | QUE):
            return False
    return False


def _past_adverbs(reading: Reading, end: int) -> int:
    """Behind adverbs and « en outre », « par ailleurs », « en effet », three words at most."""
    after = past_aside(reading, end)
    while after < end + 5 and reading.form(after) not in adjectives():
        if reading.form(after) in ("en", "par") and reading.form(after + 1) in _ADVERBIAL:
            after += 1
        elif not reading.bits(after) & (ADVERB | NEGATION) and reading.form(after) not in _ADVERBIAL:
            break
        after += 1
    return after


def _judges(reading: Reading, place: int) -> bool:
    """« juge probable que », « estime nécessaire de »: an adjective that « que » or « de » follows."""
    if reading.bits(place) & ~PARTICIPLE or not reading.form(place).isalpha():
        return False
    following = reading.bits(place + 1)
    if following & COMMA:
        return any(reading.bits(later) & QUE for later in range(place + 2, place + 9))
    return bool(following & QUE) or reading.form(place + 1) in ("de", "d'")


def _extended(parts: list[Range], end: int, after: int, stop: int) -> tuple[Range, ...]:
    if after == end == parts[-1][1]:
        return (*parts[:-1], (parts[-1][0], stop))
    return (*parts, (after, stop))


def _adjective_cue(reading: Reading, index: int) -> Cue | None:
    """« est convaincu que », « se dit prêt à » (found with its verb), and « …, convaincu que »."""
    verb = adjectives()[reading.form(index)]
    place = before_aside(reading, index - 1)
    while place > 0 and reading.bits(place) & (ADVERB | NEGATION):
        place -= 1
    if reading.bits(place) & BE and reading.finite[place]:
        if reading.form(index) in _READY:
            return None
        first, inner, reflexive, negated = _clitics(reading, place)
        parts = ((inner, index + 1),) if place == index - 1 else ((inner, place + 1), (index, index + 1))
        return None if reflexive else Cue("être ADJ", *verb, parts, first, index + 1, "finite", None, negated)
    if reading.form(index) in _BARE and (index == 0 or reading.bits(index - 1) & (COMMA | STOP)):
        return Cue("ADJ", *verb, ((index, index + 1),), index, index + 1, "adjective")
    return None
