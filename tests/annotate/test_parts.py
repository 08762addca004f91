"""The parts of the machine as plain functions: rows about the text as it was given, whatever text that is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from counted_work import calls
from parallaxe.annotate.parts import Row, claims_of, entity_rows, paragraphs, quotation_rows, stance_rows
from parallaxe.annotate.proposals import Machine
from parallaxe.core.errors import ProjectError
from parallaxe.store.schemas import load_schemas
from parallaxe.text.document import Block
from strategies import texts

MACHINE = Machine.of(load_schemas().labels)
NEWS = "« Nous irons  à Séoul », a déclaré l’avocate Jeanne Kerbrat, qui dénonce l’aide de Moscou."


def all_rows(text: str, blocks: list[Block] | None = None) -> list[Row]:
    return [row for part in (entity_rows, quotation_rows, stance_rows) for row in part(text, blocks, MACHINE)]


def spans(row: Row) -> list[tuple[int, int]]:
    named = (row.get(name) or [] for name in ("fragments", "content", "cue", "sources", "evidence"))
    return [(start, end) for some in named for start, end in some]


def test_offsets_are_those_of_the_text_that_was_given() -> None:
    """The text is cleaned to be read (apostrophes, double spaces), but its own words are told."""
    assert {"Jeanne Kerbrat", "Nous irons  à Séoul"} <= {row["text"] for row in all_rows(NEWS)}
    assert all(row["text"] == " … ".join(NEWS[a:b] for a, b in spans(row)) for row in entity_rows(NEWS, None, MACHINE))


def test_a_clean_text_says_the_same() -> None:
    """Cleaning first, by hand, changes nothing but the offsets."""
    clean = NEWS.replace("’", "'").replace("  ", " ")

    assert [row["text"].replace("’", "'").replace("  ", " ") for row in entity_rows(NEWS, None, MACHINE)] == [
        row["text"] for row in entity_rows(clean, None, MACHINE)
    ]


def test_nothing_is_found_outside_of_blocks() -> None:
    """Blocks that are given hold: here the second paragraph alone."""
    text = f"{NEWS}\n\nTokyo attend."

    assert ["Tokyo"] == [
        row["text"] for row in entity_rows(text, [Block("paragraph", len(NEWS) + 2, len(text))], MACHINE)
    ]
    assert [] == all_rows(text, [])


def test_rows_are_claims_again() -> None:
    """What rows say can be read back; what is no row is refused."""
    rows = quotation_rows(NEWS, None, MACHINE)

    assert [row["id"] for row in rows] == [claim.id for claim in claims_of(rows)]
    with pytest.raises(ProjectError, match="claim-keys"):
        claims_of([{"kind": "entity"}])


@settings(max_examples=60, deadline=None)
@given(texts)
def test_any_text_has_rows_within_its_paragraphs(text: str) -> None:
    """Emoji, controls, mojibake: a result; each span lies in one paragraph or is nothing at all."""
    blocks = paragraphs(text)

    for row in all_rows(text):
        for start, end in spans(row):
            assert 0 <= start < end <= len(text)
            assert any(block.start <= start and end <= block.end for block in blocks)


@given(texts)
def test_paragraphs_hold_every_letter(text: str) -> None:
    """In order, disjoint, without blanks at their ends; what is outside is white space."""
    blocks = paragraphs(text)
    borders = [border for block in blocks for border in (block.start, block.end)]
    outside = text
    for block in reversed(blocks):
        outside = outside[: block.start] + outside[block.end :]

    assert sorted(borders) == borders
    assert "" == outside.strip()
    assert all(text[block.start : block.end] == text[block.start : block.end].strip() for block in blocks)


@pytest.mark.parametrize(
    "text", [" " * 200_000, "\n " * 100_000, "« " * 50_000, "🥳" * 50_000], ids=["a", "b", "c", "d"]
)
def test_long_texts_end(text: str) -> None:
    """No blank, guillemet or emoji is looked at more than a few times."""
    assert calls(lambda: all_rows(text)) < 20 * len(text)
