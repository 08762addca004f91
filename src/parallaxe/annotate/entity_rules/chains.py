"""Words with capitals, as they stand: chains of them without what only begins a sentence, an elision or an office."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from parallaxe.annotate.entity_rules.first_names import FIRST_NAMES
from parallaxe.annotate.entity_rules.folding import fold_name
from parallaxe.annotate.entity_rules.grammar import CHAIN, WORD, opens
from parallaxe.annotate.entity_rules.peoples import nouns
from parallaxe.annotate.entity_rules.small_words import COMMON, OPENERS
from parallaxe.annotate.entity_rules.title_words import COURTESIES

_CHAIN = re.compile(CHAIN)
_ELISION = re.compile(r"(?:[LDSJCMTldsjcmt]|[Qq]u|[Ll]orsqu|[Pp]uisqu|[Jj]usqu|[Aa]ujourd)['’]")
_PARTICLE = re.compile(
    rf" (?:de La |de la |du |des |de |d['’]|von der |von |van der |van den |van |der |ben |bin |ibn |al-|el-|da "
    rf"|dos |di )(?:{WORD})(?: {WORD})?"
)


class Chain(NamedTuple):
    """Capital words `text[start:end]`; `opening` where the first has its capital from the sentence alone, maybe."""

    start: int
    end: int
    opening: bool
    block_start: int
    block_end: int


def chains(text: str, start: int, end: int) -> Iterator[Chain]:
    """The chains of capital words of a block, without elided words, courtesies and words that open a sentence."""
    for found in _CHAIN.finditer(text, start, end):
        begin, stop = found.span()
        if begin > start and (text[begin - 1].isalnum() or text[begin - 1] == "-"):
            space = text.find(" ", begin, stop)
            if space < 0 or not text[space + 1].isupper():
                continue
            begin = space + 1
        chain = _trimmed(text, Chain(begin, stop, opens(text, begin, start), start, end))
        if chain:
            yield chain


def _trimmed(text: str, chain: Chain) -> Chain | None:
    """The chain without what is no part of a name at its beginning; null where nothing stays."""
    begin, opening = chain.start, chain.opening
    while begin < chain.end:
        elision = _ELISION.match(text, begin, chain.end)
        if elision:
            begin = elision.end()
            if not text[begin : begin + 1].isupper():
                return None
            opening = False
            continue
        word = _first_word(text, begin, chain.end)
        if word in COURTESIES or word.rstrip(".") in COURTESIES or (opening and _opens_only(word)):
            begin += len(word) + 1
            opening = False
            continue
        if begin + len(word) < chain.end and (fold_name(word) in _OFFICES or _is_one_of_a_people(text, begin, word)):
            begin += len(word) + 1
            continue
        break
    if begin >= chain.end:
        return None
    return Chain(begin, chain.end, opening, chain.block_start, chain.block_end)


def _is_one_of_a_people(text: str, begin: int, word: str) -> bool:
    """True for « Slovène » of « le Slovène X »."""
    return fold_name(word) in nouns() and text[max(0, begin - 4) : begin].casefold().endswith(_ONE)


_ONE = ("le ", "la ", "l'", "l’", "un ", "une ", "du ", "au ")


# Written large before a name, in « secrétaire d'État X », « le Président X ».
_OFFICES = frozenset(
    "etat etats affaires defense president presidente premier ministre roi reine prince duc comte general "
    "colonel capitaine marechal amiral pape cardinal "
    "docteur professeur chancelier ambassadeur directeur secretaire empereur".split()
)


def _first_word(text: str, begin: int, end: int) -> str:
    space = text.find(" ", begin, end)
    return text[begin : end if space < 0 else space]


def _opens_only(word: str) -> bool:
    folded = fold_name(word)
    return folded in OPENERS or (folded.split(" ")[0] in OPENERS and "-" in word and folded.split(" ")[-1] in _INVERTED)


_INVERTED = frozenset("il elle ils elles on t y vous nous je tu ce".split())


def with_particle(text: str, chain: Chain) -> Chain:
    """« Charles de Gaulle » for « Charles »: a first name alone goes on with a particle."""
    written = text[chain.start : chain.end]
    if " " not in written and all(word in FIRST_NAMES for word in fold_name(written).split(" ")):
        found = _PARTICLE.match(text, chain.end, chain.block_end)
        if found and not _is_common(found.group()):
            return chain._replace(end=found.end())
    return chain


def _is_common(words: str) -> bool:
    return fold_name(words).split(" ")[-1] in COMMON
