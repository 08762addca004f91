"""A block as the rules read it: words, sentences, guillemets, mentions, and which forms are finite verbs here."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from parallaxe.annotate.quotation_rules import words_of_grammar as grammar
from parallaxe.annotate.quotation_rules.conjugation import FINITE, INFINITIVE, PARTICIPLE
from parallaxe.annotate.quotation_rules.guillemets import Quoted, quoted_regions
from parallaxe.annotate.quotation_rules.words import (
    ADVERB,
    BE,
    CLITIC,
    COLON,
    COMMA,
    COORDINATOR,
    DETERMINER,
    HAVE,
    INVERTED,
    NAME,
    NE,
    NEGATION,
    NUMBER,
    PREPOSITION,
    QUE,
    RELATIVE,
    STOP,
    SUBJECT,
    Words,
    read_words,
)
from parallaxe.core.claims import Entity, Span
from parallaxe.text.document import Block

REACH = 150
"""Words beyond which no rule looks: what keeps the work for each cue bounded in a sentence that never ends."""

_BEFORE_NOUNS = frozenset(
    (
        "nouveau nouvelle nouveaux nouvelles grand grande grands grandes petit petite premier première dernier dernière"
        " seul seule même autre autres bon bonne bons bonnes long longue vrai vraie vaste simple double ancien ancienne"
        " moindre principal principale futur future nouvel vieux vieil vieille beau bel belle gros grosse faible fort"
        " forte pire meilleur meilleure véritable réel réelle éventuel éventuelle possible tel telle chaque quelque"
        " mauvais mauvaise jeune haut haute court courte prochain prochaine énième pareille pareil propre pleine mi"
    ).split()
)
_LIGHT_VERBS = frozenset("fait faire font faisait faisant faites".split())
"""Verbs that make one verb with the noun behind them: « fait part », « font état »."""
_BEFORE_VERBS = frozenset("se s' ne n' il elle ils elles on qui".split())
_NEVER_NOUNS = ("ait", "aient", "ent", "ront", "rait")
_NAMED_SPEAKERS = ("PER", "ORG", "NORP")


@dataclass(frozen=True, slots=True)
class Reading:
    """Words of a block with what lies over them; all places are indexes of words, ranges half-open.

    `sentences` are the indexes at which sentences begin, and the number of words; `speakers` the words that stand in a
    mention of somebody who may speak; `mentioned` those in any mention but dates, `dated` those in dates,
    `begins` those at which one begins; `finite` those that are finite verbs. `inserts` lead from the mark before an
    attribution that a comma closes to that comma, `jumps` back: they are filled when these are found, for rules that
    read on past them.
    """

    words: Words
    sentences: tuple[int, ...]
    quoted: tuple[Quoted, ...]
    speakers: frozenset[int]
    mentioned: frozenset[int]
    dated: frozenset[int]
    begins: frozenset[int]
    finite: bytearray
    role: str
    jumps: dict[int, int] = field(default_factory=dict)
    inserts: dict[int, int] = field(default_factory=dict)

    def sentence(self, index: int) -> tuple[int, int]:
        """The sentence that a word stands in."""
        position = bisect_right(self.sentences, index)
        return self.sentences[position - 1], self.sentences[min(position, len(self.sentences) - 1)]

    def limits(self, index: int) -> tuple[int, int]:
        """The stretch that a clause around a word may reach: its sentence, inside or outside of guillemets."""
        low, high = self.sentence(index)
        for first, last, _ in self.quoted_near(index):
            if first <= index < last:
                low, high = max(low, first), min(high, last)
        return max(low, index - REACH), min(high, index + REACH)

    def quoted_near(self, index: int) -> Sequence[Quoted]:
        """The few pairs of guillemets that begin nearest before a word."""
        position = bisect_right(self.quoted, (index, len(self.words) + 1, True))
        return self.quoted[max(0, position - 4) : position]

    def quoted_after(self, index: int) -> Quoted | None:
        """The pair of guillemets that opens at a word."""
        position = bisect_right(self.quoted, (index + 1, -1, False))
        if position < len(self.quoted) and self.quoted[position].first == index + 1:
            return self.quoted[position]
        return None

    def opening_of(self, closing: int) -> int | None:
        """The mark that opens the guillemets closed at a word, where the sentence began before them."""
        for region in self.quoted_near(closing):
            if region.last == closing and region.outer and self.sentence(closing)[0] < region.first - 1:
                return region.first - 1
        return None

    def past_time(self, index: int) -> int:
        """Behind « l'autre soir », « cette semaine », « la même année », « ce mois-ci » at a word; else that word."""
        if not self.bits(index) & DETERMINER:
            return index
        noun = index + 1 + (self.form(index + 1) in _BEFORE_TIMES)
        if not _is_time(self.form(noun)) or (noun == index + 1 and self.form(index) in ("un", "une", "son", "sa")):
            return index
        return noun + 1 + (self.form(noun + 1) in _BEHIND_TIMES)

    def bits(self, index: int) -> int:
        """The bits of a word, none outside of the block."""
        bits = self.words.bits
        return bits[index] if 0 <= index < len(bits) else STOP

    def form(self, index: int) -> str:
        """The form of a word, empty outside of the block."""
        forms = self.words.forms
        return forms[index] if 0 <= index < len(forms) else ""

    def span(self, first: int, last: int) -> Span:
        """The code points of `[first, last)`."""
        return Span(self.words.starts[first], self.words.ends[last - 1])


_TIMES = frozenset(
    "jour soir matin midi nuit soirée matinée semaine week-end mois an année printemps été hiver".split()
)
_BEFORE_TIMES = frozenset("autre même".split())
_BEHIND_TIMES = frozenset("dernier dernière passé passée durant suivant suivante".split())


def _is_time(form: str) -> bool:
    return form.removesuffix("-ci").removesuffix("-là") in _TIMES


def read_block(text: str, block: Block, sentence_starts: Iterable[int], mentions: Sequence[Entity]) -> Reading:
    """The reading of a block of the text; `sentence_starts` and the mentions are those inside it."""
    words = read_words(text, block.start, block.end)
    starts = sorted({bisect_right(words.starts, place - 1) for place in sentence_starts} | {0, len(words)})
    speakers: set[int] = set()
    mentioned: set[int] = set()
    begins: set[int] = set()
    dated: set[int] = set()
    for mention in mentions:
        covered = range(
            bisect_right(words.starts, mention.fragments[0].start - 1),
            bisect_right(words.starts, mention.fragments[-1].end - 1),
        )
        if mention.label == "DATE":
            dated.update(covered)
            continue
        mentioned.update(covered)
        begins.update(covered[:1])
        if mention.label in _NAMED_SPEAKERS or mention.metonymic is not None:
            speakers.update(covered)
    regions = tuple(quoted_regions(words)) if len(words) else ()
    for index in mentioned:
        words.bits[index] |= NAME
    return Reading(
        words,
        tuple(starts),
        regions,
        frozenset(speakers),
        frozenset(mentioned),
        frozenset(dated),
        frozenset(begins),
        _finite_verbs(words),
        block.role,
    )


def _finite_verbs(words: Words) -> bytearray:
    """Which words are finite verbs here: form by form, by the word before."""
    flags = bytearray(len(words))
    forms, watched = words.forms, FINITE | SUBJECT | CLITIC | NE
    for index, bits in [(index, bits) for index, bits in enumerate(words.bits) if bits & watched]:
        if bits & FINITE:
            flags[index] = _is_finite(words, index, bits)
        if forms[index] in _BEFORE_VERBS and index + 1 < len(forms) and not words.bits[index + 1]:
            # No table knows « se heurte », but nothing else can stand here.
            flags[index + 1] = forms[index + 1].endswith(("e", "ent", "t", "a"))
    return flags


def _lost_its_accent(words: Words, index: int) -> bool:
    """« A deux pas du port »: the capital is a preposition, and « A-t-il » a verb."""
    if words.forms[index] != "a" or words.text[words.starts[index]] != "A":
        return False
    return index + 1 >= len(words) or not words.bits[index + 1] & INVERTED


def _is_finite(words: Words, index: int, bits: int) -> bool:
    own = words.forms[index]
    if (bits & NAME and (index == 0 or own != "est")) or _lost_its_accent(words, index):
        return False
    if index == 0:
        return own not in grammar.NOUNS_LIKE_VERBS
    before, form = words.bits[index - 1], words.forms[index - 1]
    if own.endswith("s") and not own.endswith(("ons", "suis")):
        return form in ("je", "j'", "tu", "vous", "nous")
    if (before & (SUBJECT | NE) and not (before & INVERTED and bits & PARTICIPLE)) or form == "qui":
        return True
    like_noun = own in grammar.NOUNS_LIKE_VERBS
    if form in grammar.ARTICLES_OR_CLITICS:
        return _behind_article(words, index, like_noun)
    return not (form == "en" and like_noun) if before & CLITIC else _behind_word(words, index, like_noun)


def _behind_article(words: Words, index: int, like_noun: bool) -> bool:
    """Whether « le », « la », « les », « leur » before a form is a pronoun, so that it is a verb."""
    earlier = words.bits[index - 2] if index > 1 else 0
    if earlier & (SUBJECT | NE):
        return True
    if words.forms[index - 1] == "l'" and words.bits[index] & HAVE:
        return True
    following = words.bits[index + 1] if index + 1 < len(words) else 0
    if words.forms[index - 1] == "l'" and earlier & COMMA and following & (ADVERB | NEGATION | COLON):
        return not like_noun
    clitic = words.forms[index - 1] == "leur" or earlier & (NAME | RELATIVE) or words.forms[index - 2] == "comme"
    return not like_noun and (bool(clitic) or words.forms[index].endswith(_NEVER_NOUNS))


def _behind_word(words: Words, index: int, like_noun: bool) -> bool:
    before, bits = words.bits[index - 1], words.bits[index]
    if words.forms[index - 1] in _BEFORE_NOUNS and index > 1 and words.bits[index - 2] & DETERMINER:
        return False
    if before & (DETERMINER | PREPOSITION | NUMBER) and not before & NAME:
        return False
    if bits & PARTICIPLE and not bits & (HAVE | BE) and _after_auxiliary(words, index):
        return False
    if not like_noun or words.forms[index - 1] in _BEFORE_NOUNS or words.forms[index - 1] in _LIGHT_VERBS:
        return not like_noun
    # « et demande un procès »: no noun has a determiner behind it.
    following = words.bits[index + 1] if index + 1 < len(words) else 0
    led = following & QUE or (following & DETERMINER and not following & PREPOSITION)
    return bool(led) or not before & (COORDINATOR | STOP)


def _after_auxiliary(words: Words, index: int) -> bool:
    for place in range(index - 1, max(-1, index - 6), -1):
        bits = words.bits[place]
        if bits & (HAVE | BE) and bits & (FINITE | INFINITIVE):
            return True
        if not bits & (ADVERB | NEGATION | SUBJECT | COMMA) and words.forms[place] not in ("été", "lui", "fait"):
            return False
    return False
