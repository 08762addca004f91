"""Tokens by spaCy's French tokenizer, as character offsets.

spaCy is imported on first use: it costs most of a second, and most commands need no token. Its tokenizer keeps what it
made of each string between two spaces, but only of the first 10,000 of them, and then slows to a twelfth; the limit is
raised here so that a corpus never meets it.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from spacy.tokenizer import Tokenizer

Span = tuple[int, int]

_CACHED_STRINGS = 10_000_000


@cache
def tokenizer() -> Tokenizer:
    """The French tokenizer of spaCy, one for the whole process, without any model."""
    import spacy

    french: Any = spacy.blank("fr").tokenizer
    french.max_cache_size = _CACHED_STRINGS
    return cast("Tokenizer", french)


def tokenize(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """The tokens of `text[start:end]` in order, half-open, in code points of `text`; white space is no token.

    >>> text = "Où va-t-il ? Aujourd'hui, en Corée."
    >>> [text[start:end] for start, end in tokenize(text, 13)]
    ["Aujourd'hui", ',', 'en', 'Corée', '.']
    """
    tokens = tokenizer()(text[start:end])
    return [(start + token.idx, start + token.idx + len(token)) for token in tokens if not token.is_space]


def count_tokens(text: str, spans: Iterable[Span]) -> int:
    """How many tokens the spans of `text` hold together, each cut alone, white space not counted.

    >>> text = "Kim part. Poutine attend."
    >>> count_tokens(text, [(0, 9), (10, 25)])
    6
    """
    cut = tokenizer()
    return sum(len(cut(" ".join(text[start:end].split()))) for start, end in spans)
