"""The words of a block with what a reader of clauses asks of each: one integer of bits, looked up once for each form.

Elided words and inverted pronouns stand apart (« qu' | on », « a | il » of « a-t-il »), so that a cue never holds its
subject. What no table knows is told by its ending; capitals inside a sentence make a name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import compress

from parallaxe.annotate.occurrences import occurrences
from parallaxe.annotate.quotation_rules import words_of_grammar as grammar
from parallaxe.annotate.quotation_rules.conjugation import (
    CONDITIONAL,
    FINITE,
    FIRST,
    GERUND,
    INFINITIVE,
    PARTICIPLE,
    PLURAL,
    forms,
)
from parallaxe.annotate.quotation_rules.cue_verbs import CUE_VERBS, LOCUTIONS, PREPOSITIONAL
from parallaxe.annotate.remembered import Remembered

DETERMINER, PREPOSITION, SUBJECT, CLITIC = 1 << 7, 1 << 8, 1 << 9, 1 << 10
NE, NEGATION, ADVERB, COORDINATOR = 1 << 11, 1 << 12, 1 << 13, 1 << 14
QUE, RELATIVE, SUBORDINATOR, NAME = 1 << 15, 1 << 16, 1 << 17, 1 << 18
NUMBER, COMMA, SEMICOLON, COLON = 1 << 19, 1 << 20, 1 << 21, 1 << 22
OPENING, CLOSING, BRACKET, DASH = 1 << 23, 1 << 24, 1 << 25, 1 << 26
STOP, INVERTED, HAVE, BE = 1 << 27, 1 << 28, 1 << 29, 1 << 30
SYMBOL = 1 << 31
BREAK = COMMA | SEMICOLON | COLON | OPENING | CLOSING | BRACKET | DASH | STOP
"""Bits of a word, beside those of verb forms."""

_INVERTED = "(?:t-)?(?:ils?|elles?|on)|je|nous|vous|ce"
# Arrows, dingbats and emoji (U+2190 and up) are no words, so that « 🇺🇸 Washington » reads like « Washington ».
_WORD = re.compile(
    r"("
    # Plain words and marks, which are most of a text, before what takes longer to tell.
    r"[a-zà-ÿœ]++(?=[ ,])|[,;:«»()]"
    r"|(?i:aujourd['’]hui|d['’](?:abord|ailleurs|après)(?!\w))"
    r"|(?i:jusqu|lorsqu|puisqu|quoiqu|qu|[ldsnmtcj])['’](?=[\w«“\"])"
    r"|(?:MM?|Mme|Mlle|Dr|Me|St|[A-Z])\.(?=[ \u00a0\u202f]?[A-Z])"
    r"|\d+(?:[.,\u00a0\u202f]\d+)+(?!\w)|\w+(?:['’\u2011-]\w+)*|\.{2,}|[^\w\s\u200d\u2190-\U0010ffff]"
    r")"
)
_SPLIT = re.compile(rf"(.+?)-(?:t-)?({_INVERTED})", re.IGNORECASE)

_MARKS = {
    ",": COMMA,
    ";": SEMICOLON,
    ":": COLON,
    "«": OPENING,
    "“": OPENING,
    "»": CLOSING,
    "”": CLOSING,
    '"': OPENING | CLOSING,
    "(": BRACKET,
    ")": BRACKET,
    "[": BRACKET,
    "]": BRACKET,
    "—": DASH,
    "–": DASH,
    ".": STOP,
    "!": STOP,
    "?": STOP,
    "…": STOP,
    "...": STOP,
    "..": STOP,
}


@cache
def lexicon() -> dict[str, int]:
    """The bits of every listed word and of every form of a listed verb."""
    listed: dict[str, int] = dict(_MARKS)

    def add(words: Sequence[str] | frozenset[str], bits: int) -> None:
        for word in words:
            listed[word] = listed.get(word, 0) | bits

    for verb in dict.fromkeys((*grammar.COMMON_VERBS, *cue_infinitives())):
        for form, bits in forms(verb):
            listed[form] = listed.get(form, 0) | bits
    for form, bits in forms("avoir"):
        listed[form] |= HAVE if not bits & PARTICIPLE else 0
    for form, _ in forms("être"):
        listed[form] |= BE
    add(grammar.DETERMINERS, DETERMINER)
    add(grammar.ARTICLES_OR_CLITICS, CLITIC)
    add(grammar.SUBJECTS, SUBJECT)
    add(grammar.CLITICS, CLITIC)
    add(grammar.PREPOSITIONS, PREPOSITION)
    add(grammar.COORDINATORS, COORDINATOR)
    add(grammar.SUBORDINATORS, SUBORDINATOR)
    add(grammar.RELATIVES, RELATIVE)
    add(grammar.ADVERBS, ADVERB)
    add(grammar.NEGATIONS_AFTER, NEGATION | ADVERB)
    add(("ne", "n'"), NE)
    add(("que", "qu'"), QUE)
    verbal = FINITE | PARTICIPLE | INFINITIVE | PLURAL | FIRST | CONDITIONAL | GERUND
    for word, bits in listed.items():
        if bits & (PREPOSITION | DETERMINER | SUBJECT | COORDINATOR | SUBORDINATOR | QUE | RELATIVE | NEGATION):
            listed[word] = bits & ~verbal
    for noun in (
        "président",
        "mois",
        "ans",
        "fois",
        "pays",
        "temps",
        "corps",
        "cas",
        "lois",
        "mer",
        "hiver",
        "pouvoirs",
        "près",
        "explicite",
        "explicites",
    ):
        listed[noun] = 0
    return listed


@cache
def cue_infinitives() -> frozenset[str]:
    """Every verb that attributes, without its reflexive pronoun."""
    named = (
        [verbs for _, _, verbs in CUE_VERBS] + [verbs for verbs, _, _ in PREPOSITIONAL] + [row[0] for row in LOCUTIONS]
    )
    bare = (word.removeprefix("s'") for verbs in named for word in verbs.split())
    return frozenset(word for word in bare if word.endswith(("er", "ir", "re")))


_ENDINGS = (
    # The longest first; nouns with these endings are few and listed above.
    ("eraient", FINITE | CONDITIONAL | PLURAL),
    ("iraient", FINITE | CONDITIONAL | PLURAL),
    ("rraient", FINITE | CONDITIONAL | PLURAL),
    ("aient", FINITE | PLURAL),
    ("issait", FINITE),
    ("erait", FINITE | CONDITIONAL),
    ("irait", FINITE | CONDITIONAL),
    ("rrait", FINITE | CONDITIONAL),
    ("èrent", FINITE | PLURAL),
    ("eront", FINITE | PLURAL),
    ("iront", FINITE | PLURAL),
    ("amment", ADVERB),
    ("emment", ADVERB),
    ("quement", ADVERB),
    ("llement", ADVERB),
    ("vement", ADVERB),
    ("alement", ADVERB),
    ("ivement", ADVERB),
    ("ément", ADVERB),
    ("eusement", ADVERB),
    ("èrement", ADVERB),
    ("ètement", ADVERB),
    ("ctement", ADVERB),
    ("idement", ADVERB),
    ("citement", ADVERB),
    ("iblement", ADVERB),
    ("iser", INFINITIVE),
    ("quer", INFINITIVE),
    ("cher", INFINITIVE),
    ("nner", INFINITIVE),
    ("uer", INFINITIVE),
    ("ter", INFINITIVE),
    ("er", INFINITIVE),
    ("ir", INFINITIVE),
    ("ée", PARTICIPLE),
    ("és", PARTICIPLE),
    ("ées", PARTICIPLE),
    ("ait", FINITE),
)
_ENDINGS_BY_TAIL = {
    tail: tuple(row for row in _ENDINGS if row[0].endswith(tail))
    for tail in {ending[-2:] for ending, _ in _ENDINGS if len(ending) > 1}
}
_ACUTE = (("é", PARTICIPLE),)
_NOUN_ENDINGS = ("té", "tés", "tié", "ier", "oir", "eur")
_NOT_VERBS = frozenset(
    (
        "gouvernement événement avènement mouvement prélèvement enlèvement soulèvement relèvement parlement élément"
        " souhait retrait portrait extrait attrait bienfait méfait forfait parfait lait trait abstrait laid cité"
        " été liberté"
        " sécurité société santé vérité autorité volonté réalité qualité majorité minorité université difficulté côté"
        " marché traité comité député musée armée année journée idée soirée matinée allée vallée entrée arrivée unité"
        " charité égalité fraternité identité communauté responsabilité possibilité capacité activité priorité quantité"
        " souveraineté neutralité hostilité stabilité fiabilité nécessité rivalité intégrité dignité gravité"
        " clarté pitié"
        " moitié amitié clé blé pré gré thé café canapé degré congé procédé énoncé exposé employé blessé passé fossé"
        " mer fer hiver cancer danger hier ver rocher clocher boucher étranger berger boulanger léger cher leader poker"
        " hamburger reporter manager container laser enfer foyer loyer noyer dîner déjeuner souper plancher archer"
        " verger"
        " passager messager horloger potager super hyper fier amer outsider désir plaisir loisir soupir cuir tir martyr"
        " avenir souvenir zéphyr cyber"
        " espoir soir trottoir couloir noir miroir tiroir territoire avoir mouchoir terroir"
    ).split()
)


def bits_of(word: str) -> int:
    """The bits of a form in lower case with straight apostrophes.

    >>> bits_of("déclarait") == FINITE, bits_of("pendant") & PREPOSITION > 0
    (True, True)
    >>> bits_of("tarabiscoteraient") & CONDITIONAL > 0
    True
    """
    known = lexicon().get(word)
    if known is not None:
        return known
    if not word[0].isalpha():
        counts = word[0].isdigit() and (not word[-1].isalpha() or word in ("1er", "1re"))
        return NUMBER if counts else SYMBOL
    return 0 if len(word) < 4 else _guessed(word)


def _guessed(word: str) -> int:
    """The bits that an ending tells, the longest that is listed."""
    for ending, bits in _ENDINGS_BY_TAIL.get(word[-2:], ()) or (_ACUTE if word[-1] == "é" else ()):
        if word.endswith(ending):
            noun = word in _NOT_VERBS or word.removesuffix("s") in _NOT_VERBS or word.endswith(_NOUN_ENDINGS)
            return 0 if noun else bits
    return 0


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a stretch of text: where each begins and ends, its form in lower case, its bits."""

    text: str
    starts: list[int]
    ends: list[int]
    forms: list[str]
    bits: list[int]

    def __len__(self) -> int:
        return len(self.starts)


def read_words(text: str, start: int, end: int) -> Words:
    """The words of `text[start:end]`, in order; offsets are those of the text.

    >>> read_words("L'Iran, a-t-il dit, n'y croit pas.", 0, 33).forms
    ["l'", 'iran', ',', 'a', 'il', 'dit', ',', "n'", 'y', 'croit', 'pas']
    """
    starts, ends, surfaces = occurrences(_WORD, text, start, end)
    if not surfaces:
        return Words(text, [], [], [], [])
    found, bits, kinds = zip(*map(_LOOKED_UP.__getitem__, surfaces), strict=True)
    words = Words(text, starts, ends, list(found), list(bits))
    special = list(compress(range(len(kinds)), kinds))
    for index in special:
        if kinds[index] == _CAPITAL:
            _read_capital(words, index)
    return _split(words, {index: kinds[index] for index in special if kinds[index] > 0})


_CAPITAL = -1


def _look(word: str) -> tuple[str, int, int]:
    """The form of a word, its bits, and where an inverted subject begins in it, −1 for a capital, 0 otherwise.

    A word with an inverted subject has the bits of that.
    """
    form = word.lower().replace("’", "'")
    if "-" in form and (inverted := _SPLIT.fullmatch(form)) and bits_of(inverted[1]) & FINITE:
        return form, SUBJECT | INVERTED, inverted.start(2)
    return form, bits_of(form), _CAPITAL if word[0] != form[0] else 0


_LOOKED_UP = Remembered(_look, 100_000)


def _read_capital(words: Words, index: int) -> None:
    """A capital makes a name inside a sentence, and of an article behind a name (« Kim Jong Un »)."""
    bits = words.bits
    own, before = bits[index], bits[index - 1] if index else STOP
    if own & DETERMINER and before & NAME and words.ends[index - 1] + 1 >= words.starts[index]:
        bits[index] = NAME
    elif not own & (PREPOSITION | DETERMINER | SUBJECT | QUE | NE) and not (own and before & _BEFORE_SENTENCES):
        bits[index] |= NAME
        if before & (INFINITIVE | FINITE | PARTICIPLE) and _guessed_at_head(words, index - 1):
            bits[index - 1] = NAME


def _guessed_at_head(words: Words, index: int) -> bool:
    """Whether a word begins a sentence and is a verb by its ending alone: « Vladimir » before « Poutine »."""
    if not words.text[words.starts[index]].isupper() or words.forms[index] in lexicon():
        return False
    return index == 0 or bool(words.bits[index - 1] & _BEFORE_SENTENCES)


def _split(words: Words, cuts: dict[int, int]) -> Words:
    """The words with inverted subjects apart; `cuts` tell where these begin in a word (« dit-il » at 4)."""
    if not cuts:
        return words
    apart = Words(words.text, [], [], [], [])
    done = 0
    for index, cut in cuts.items():
        _append(apart, words, done, index + 1)
        verb = words.forms[index][:cut].removesuffix("-t-").rstrip("-")
        begin = words.starts[index]
        apart.starts[-1:] = (begin, begin + cut)
        apart.ends[-1:] = (begin + len(verb), words.ends[index])
        apart.forms[-1:] = (verb, words.forms[index][cut:])
        apart.bits[-1:] = (bits_of(verb), words.bits[index])
        done = index + 1
    _append(apart, words, done, len(words))
    return apart


def _append(to: Words, words: Words, first: int, last: int) -> None:
    to.starts.extend(words.starts[first:last])
    to.ends.extend(words.ends[first:last])
    to.forms.extend(words.forms[first:last])
    to.bits.extend(words.bits[first:last])


_BEFORE_SENTENCES = STOP | OPENING | COLON | DASH | SYMBOL
