"""Words by cutting a text are those that a search finds, and what is remembered of them is what it was."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parallaxe.annotate.occurrences import occurrences
from parallaxe.annotate.quotation_rules import words as quotation_words
from parallaxe.annotate.remembered import Remembered
from parallaxe.annotate.stance_rules import phrases

TEXTS = st.text(st.sampled_from("aàé A.,;:'’-«»\"()1 2\u00a0\u202f\n_d’abordqu'Mme🇺🇸"), max_size=60)


@pytest.mark.parametrize("pattern", [quotation_words._WORD, phrases._WORD])
@given(TEXTS, st.integers(0, 60), st.integers(0, 60))
def test_a_text_that_is_cut_has_what_a_search_finds(pattern: re.Pattern[str], text: str, start: int, end: int) -> None:
    """For both kinds of words, in any stretch of any text."""
    start, end = sorted((min(start, len(text)), min(end, len(text))))
    found = list(pattern.finditer(text, start, end))
    starts, ends, surfaces = occurrences(pattern, text, start, end)

    assert [match.span() for match in found] == list(zip(starts, ends, strict=True))
    assert [match.group() for match in found] == surfaces


@given(st.lists(st.sampled_from(["le", "quai", "port", "grue", "mer"])), st.integers(1, 6))
def test_what_is_remembered_is_what_the_function_gives(words: list[str], most: int) -> None:
    """However often it forgets, and it never holds more than it may."""
    remembered = Remembered(len, most)

    assert list(map(len, words)) == [remembered[word] for word in words]
    assert len(remembered) <= most
