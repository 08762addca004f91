"""Tokens: offsets point at the tokens, counting and cutting agree."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parallaxe.text.tokens import count_tokens, tokenize, tokenizer
from strategies import texts


def _cut(text: str) -> list[str]:
    return [text[start:end] for start, end in tokenize(text)]


def test_french_words_are_cut_as_spacy_cuts_them() -> None:
    """Elision and inversion are cut, compounds and abbreviations are not."""
    expected = ["L'", "ambassadeur", "va", "-t", "-il", "voir", "M.", "Kim", "aux", "États-Unis", "?"]

    assert expected == _cut("L'ambassadeur va-t-il voir M. Kim aux États-Unis ?")


def test_offsets_are_code_points() -> None:
    """A flag before a word counts as its two code points."""
    assert tokenize("🇰🇵 Kim")[-1] == (3, 6)


def test_a_stretch_keeps_the_offsets_of_the_text() -> None:
    """Only the stretch is cut, offsets lead into the whole text."""
    assert tokenize("Kim part. Lui non.", 10, 17) == [(10, 13), (14, 17)]


@given(texts)
def test_tokens_are_in_order_disjoint_and_hold_every_visible_character(text: str) -> None:
    """Outside the tokens there is only white space."""
    spans = tokenize(text)

    assert all(earlier[1] <= later[0] for earlier, later in pairwise(spans))
    assert "".join(text.split()) == "".join("".join(text[start:end].split()) for start, end in spans)


@given(texts)
def test_counting_agrees_with_cutting(text: str) -> None:
    """The number is that of the tokens which are not white space."""
    assert len(tokenize(text)) == count_tokens(text, [(0, len(text))])


def test_a_word_is_cut_the_same_whatever_stands_beside_it() -> None:
    """Its neighbours, and what was read before, change nothing."""
    alone = [_cut(word) for word in ("(:/", ":)", "aujourd'hui", "l'homme")]

    assert _cut("(:/ :) aujourd'hui l'homme") == [token for cut in alone for token in cut]


@given(st.from_regex(r"(?:[A-Za-zÀ-ÿœ]{1,3}['’])?[A-Za-zÀ-ÿœ]{1,6}[.,;:!?…»)]?", fullmatch=True))
def test_a_plain_word_is_cut_as_spacy_cuts_it(word: str) -> None:
    """Whether it is cut here or there makes no difference."""
    assert _cut(word) == [token.text for token in tokenizer()(word)]


@pytest.mark.parametrize("behind", ["", ".", ",", ")"])
@pytest.mark.parametrize("before", ["", "l'", "Qu’"])
def test_exceptions_of_spacy_hold_with_signs_around_them(before: str, behind: str) -> None:
    """« l'av. » ends with an abbreviation, « aujourd'hui, » begins with one word."""
    words = [f"{before}{word}{behind}" for word in tokenizer().rules if not any(map(str.isspace, word))]

    assert [_cut(word) for word in words] == [[token.text for token in tokenizer()(word)] for word in words]


def test_spacy_forgets_the_words_it_has_cut() -> None:
    """Its store of strings, which would hold every word of a corpus, stays as it was."""
    before = len(tokenizer().vocab.strings)
    count_tokens(" ".join(f"mot{number}" for number in range(1_000)), [(0, 6_000)])

    assert len(tokenizer().vocab.strings) == before


def test_spacy_is_not_imported_before_it_is_needed() -> None:
    """`import parallaxe.text.tokens` is free."""
    code = "import sys, parallaxe.text.tokens; sys.exit('spacy' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_string_without_spaces_is_cut_in_linear_time() -> None:
    """Fifty thousand emoji, or elisions, take seconds and not hours; each is a token all the same."""
    assert len(tokenize("🥳" * 50_000)) == 50_000
    assert len(tokenize("l'" * 25_000)) >= 25_000
