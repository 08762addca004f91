"""Plain text: a line is a block, unless the file was wrapped."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parallaxe.core.edits import apply_edits
from parallaxe.text.formats.plain import extract

PARAGRAPH = (
    "Le convoi a quitté la gare avant l'aube, raconte un cheminot qui tient à rester anonyme, et personne sur le quai "
    "ne savait où il allait, ni combien de temps il resterait parti, ni surtout ce qu'il emportait dans ses wagons."
)


@pytest.mark.parametrize("width", [60, 72, 78, 90])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_wrapped_paragraphs_are_joined(width: int, end: str) -> None:
    """Paragraphs of three lines and of two come back whole, whatever ends the lines."""
    paragraphs = [PARAGRAPH, PARAGRAPH[: width + 30].rstrip(), PARAGRAPH]
    source = (end + end).join(end.join(textwrap.wrap(paragraph, width)) for paragraph in paragraphs)

    text, _ = apply_edits(source, extract(source).edits)

    assert text == (end + end).join(paragraphs)


def test_paragraphs_on_lines_are_left() -> None:
    """Where a line is a paragraph nothing is joined."""
    assert extract("\n".join([PARAGRAPH] * 4)).edits == ()


def test_short_lines_are_left() -> None:
    """A list of headlines is no wrapped paragraph."""
    assert extract("Kim à Vladivostok\nun port\nSéoul attend\nTokyo aussi").edits == ()


@given(st.text(alphabet="abc de.\n\r", max_size=200))
def test_only_line_ends_are_edited(source: str) -> None:
    """Joining changes nothing but ends of lines into spaces."""
    assert all(source[edit.start : edit.end] in {"\n", "\r", "\r\n"} for edit in extract(source).edits)
