"""Languages: whole sentences are told apart, texts without letters are undetermined."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parallaxe.text.language import UNDETERMINED, detect_language


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Le dirigeant nord-coréen se rendra en Russie la semaine prochaine.", "fr"),
        ("LE PRÉSIDENT EST MORT CETTE NUIT", "fr"),
        ("La Chine aussi de la partie", "fr"),
        ("The leader will travel to Moscow next week.", "en"),
        ("El presidente viajará a Moscú la próxima semana.", "es"),
        ("Президент поедет в Пекин на следующей неделе.", "ru"),
        ("🥳🚀 12 % — !", UNDETERMINED),
        ("", UNDETERMINED),
    ],
)
def test_language(text: str, expected: str) -> None:
    """A sentence is enough for the languages a French newsroom meets."""
    assert expected == detect_language(text)


def test_two_words_are_a_guess() -> None:
    """`En direct` gets the code of some Romance language, not an error."""
    assert len(detect_language("En direct")) == 2


def test_only_the_beginning_counts() -> None:
    """An English appendix behind 2,000 characters of French changes nothing."""
    assert detect_language("Il se rendra en Russie. " * 100 + "He will go to Russia. " * 1_000) == "fr"


@given(st.text(max_size=40))
def test_any_text_has_a_code(text: str) -> None:
    """Two letters where there is a letter, `und` where there is none."""
    code = detect_language(text)

    assert (code == UNDETERMINED) == (not any(map(str.isalpha, text)))
    assert code.isascii()
    assert code.islower()


def test_a_long_text_is_read_all_over() -> None:
    """A French headline does not make a long English text French."""
    french, english = "Il se rendra en Russie, dit-on. ", "He will go to Russia, they say. "

    assert detect_language(french * 10 + english * 60) == "en"
