"""Tokens by spaCy's French tokenizer, as character offsets.

spaCy is imported on first use: it costs most of a second, and most commands need no token. Each string between two
white spaces is cut alone, so that its tokens do not depend on what was read before, and what was found is remembered
here as a few lengths. spaCy itself would remember no more than 10,000 strings and then slow to a twelfth, or, allowed
more, keep every word of the corpus for ever: so it is made to forget (a memory zone), and this memory has a bound.

Most words of an article, and most of those that stand in it once, are plain: letters, at most with an elision before
and one sign behind. None of spaCy's rules but those for an elision and for the sign concerns them, unless they are on
its list of exceptions; so they are cut here as it would cut them, which costs a twentieth.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from spacy.tokenizer import Tokenizer

Span = tuple[int, int]

# About 200 bytes each.
_REMEMBERED_WORDS = 100_000
_WORD = re.compile(r"\S+")
_SMALL = "a-zß-öø-ÿœ"
_LETTER = f"A-ZÀ-ÖØ-ÞŒ{_SMALL}"
_PLAIN = re.compile(
    rf"(?P<elision>(?:[CDJLMNSTcdjlmnst]|[Qq]u)['’])?(?P<letters>[{_LETTER}]+)(?P<sign>[,;:!?…»)]|(?<=[{_SMALL}])\.)?"
)
# spaCy takes one sign after the other off the ends of a string and copies the rest: of a hundred thousand emoji without
# a space it would take hours.
_LONGEST_WORD = 200


@cache
def tokenizer() -> Tokenizer:
    """The French tokenizer of spaCy, one for the whole process, without any model and without memory."""
    import spacy

    french: Any = spacy.blank("fr").tokenizer
    french.max_cache_size = 0
    # Nobody asks for the shape, the prefix and twenty other attributes of a word.
    french.vocab.lex_attr_getters = {}
    return cast("Tokenizer", french)


def tokenize(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """The tokens of `text[start:end]` in order, half-open, in code points of `text`; white space is no token.

    >>> text = "Où va-t-il ? Aujourd'hui, en Corée."
    >>> [text[start:end] for start, end in tokenize(text, 13)]
    ["Aujourd'hui", ',', 'en', 'Corée', '.']
    """
    spans: list[Span] = []
    with tokenizer().vocab.memory_zone():
        for word in _WORD.finditer(text, start, len(text) if end is None else end):
            position = word.start()
            for length in _lengths(word.group()):
                spans.append((position, position + length))
                position += length
    return spans


def count_tokens(text: str, spans: Iterable[Span]) -> int:
    """How many tokens the spans of `text` hold together, each cut alone, white space not counted.

    >>> text = "Kim part. Poutine attend."
    >>> count_tokens(text, [(0, 9), (10, 25)])
    6
    """
    with tokenizer().vocab.memory_zone():
        return sum(len(lengths) for start, end in spans for lengths in map(_lengths, text[start:end].split()))


@lru_cache(_REMEMBERED_WORDS)
def _lengths(word: str) -> tuple[int, ...]:
    """The lengths of the tokens of a string without white space, which together are its own."""
    if len(word) > _LONGEST_WORD:
        pieces = (word[start : start + _LONGEST_WORD] for start in range(0, len(word), _LONGEST_WORD))
        return tuple(length for piece in pieces for length in _lengths(piece))
    plain = _PLAIN.fullmatch(word)
    if plain is None or not tokenizer().rules.keys().isdisjoint(
        (word, word[plain.start("letters") :], plain["letters"])
    ):
        return tuple(map(len, tokenizer()(word)))
    return tuple(len(part) for part in plain.groups() if part)
