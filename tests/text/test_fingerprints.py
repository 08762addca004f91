"""A sentence is recognised by its fingerprint in any typography, and a short one has none."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parallaxe.store.project import Project
from parallaxe.store.reading import read_row
from parallaxe.store.text_layer import read_text_layer
from parallaxe.text.document import Sentence
from parallaxe.text.fingerprints import FEWEST_WORDS, fingerprint, is_long, plain, sentence_prints

LONG = "L'équipage du chalutier a refusé de quitter le port avant que la préfecture ne rende les filets saisis."


@given(st.text())
def test_a_plain_text_has_the_same_length(text: str) -> None:
    """Offsets into a plain text are offsets into the text, and what is plain stays as it is."""
    assert len(text) == len(plain(text))
    assert plain(text) == plain(plain(text))


@pytest.mark.parametrize(
    "other",
    [
        LONG.replace("'", "’"),
        LONG.replace("é", "e"),
        LONG.upper(),
        LONG.replace(" ", "\N{NO-BREAK SPACE}", 1),
    ],
)
def test_typography_does_not_change_a_fingerprint(other: str) -> None:
    """Apostrophes, accents, letter case and hard spaces are not looked at."""
    assert fingerprint(LONG) == fingerprint(other)


def test_another_word_changes_it() -> None:
    """A typo that was mended is another sentence."""
    assert fingerprint(LONG) != fingerprint(LONG.replace("saisis", "saisies"))


@given(st.lists(st.sampled_from(["Séoul", "Kim", "ONU", "2024", "le", "port"]), max_size=30))
def test_names_and_numbers_do_not_make_a_sentence_long(words: list[str]) -> None:
    """Only words with a small first letter are counted, since names may be known from annotations."""
    small = sum(word in ("le", "port") for word in words)

    assert (small >= FEWEST_WORDS) == is_long(" ".join(words))


def test_only_long_sentences_have_prints() -> None:
    """Prints stand at the offsets of their sentences, in order."""
    text = f"Non. {LONG}"
    sentences = [Sentence(0, 4, 0), Sentence(5, len(text), 0)]

    assert [(5, len(text), fingerprint(LONG))] == [(*one,) for one in sentence_prints(text, sentences)]


def test_public_sentences_do_not_open_a_print(repository: Path) -> None:
    """No sentence of an open article, whole or cut to the length of a print, has a fingerprint of a seed.

    What tells the same facts in other words is the best dictionary there is.
    """
    project = Project(repository)
    layers = [read_text_layer(project.text_layer(row.id)) for row in project.catalogue if not row.is_open]
    wanted = {one.digest for layer in layers for one in layer.prints}
    lengths = {one.end - one.start for layer in layers for one in layer.prints}
    tried = set()
    for row in project.catalogue:
        document = read_row(project, row) if row.is_open else None
        for sentence in document.sentences if document is not None else ():
            words = (document.text or "")[sentence.start : sentence.end] if document is not None else ""
            ends = {found.end() for found in re.finditer(r"\w\b", words)} & lengths
            tried |= {words, *(words[:end] + "." for end in ends)}

    assert len(wanted) > 100
    assert set() == wanted & {fingerprint(words) for words in tried if is_long(words)}
