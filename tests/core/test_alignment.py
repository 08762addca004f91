"""Laws of alignments: complete, in order, both ways, through any chain of edits."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parallaxe.core.alignment import Alignment, Segment
from parallaxe.core.edits import Edit, apply_edits
from strategies import edited_texts, edits_of


def assert_tiles(alignment: Alignment, text: str, raw: str) -> None:
    """Segments begin at zero, follow each other without gap on both sides, and end where text and source end."""
    corners = [(0, 0)] + [(segment.text_end, segment.raw_end) for segment in alignment.segments]
    starts = [(segment.text_start, segment.raw_start) for segment in alignment.segments]

    assert starts == corners[:-1]
    assert corners[-1] == (len(text), len(raw))


@given(edited_texts())
def test_edits_give_an_alignment_that_tiles_both_sides(edited: tuple[str, list[Edit]]) -> None:
    """Every character of text and source belongs to exactly one segment."""
    raw, edits = edited

    text, alignment = apply_edits(raw, edits)

    assert_tiles(alignment, text, raw)


@given(edited_texts())
def test_unedited_characters_map_to_themselves(edited: tuple[str, list[Edit]]) -> None:
    """A character in a segment of equal lengths that no edit touched is the same on both sides."""
    raw, edits = edited
    text, alignment = apply_edits(raw, edits)
    touched = {offset for edit in edits for offset in range(edit.start, edit.end)}

    for offset in range(len(text)):
        start, end = alignment.to_raw(offset, offset + 1)
        assert end - start != 1 or start in touched or raw[start] == text[offset]


@given(edited_texts(), st.data())
def test_chained_alignments_tile_and_agree_with_walking_the_chain(
    edited: tuple[str, list[Edit]], data: st.DataObject
) -> None:
    """Composition is complete, and each of its segments covers what going through the middle text leads to."""
    raw, edits = edited
    middle, upper = apply_edits(raw, edits)
    text, lower = apply_edits(middle, data.draw(edits_of(middle)))

    chained = upper.then(lower)

    assert_tiles(chained, text, raw)
    for segment in chained.segments:
        if segment.text_start < segment.text_end:
            walked = upper.to_raw(*lower.to_raw(segment.text_start, segment.text_end))
            assert segment.raw_start <= walked[0]
            assert segment.raw_end >= walked[1]


@given(edited_texts(), st.data())
def test_round_trips_contain_the_span(edited: tuple[str, list[Edit]], data: st.DataObject) -> None:
    """Text → raw → text gives a span that contains the first, and equals it where both ends are borders."""
    raw, edits = edited
    text, alignment = apply_edits(raw, edits)
    start, end = sorted([data.draw(st.integers(0, len(text))), data.draw(st.integers(0, len(text)))])
    if start == end:
        return

    back = alignment.to_text(*alignment.to_raw(start, end))

    assert back[0] <= start
    assert back[1] >= end
    borders = {border for s in alignment.segments for border in (s.text_start, s.text_end)}
    linear = {o for s in alignment.segments if s.is_linear for o in range(s.text_start, s.text_end + 1)}
    if {start, end} <= borders | linear:
        assert back == (start, end)


@given(edited_texts())
def test_both_maps_are_monotone(edited: tuple[str, list[Edit]]) -> None:
    """Later characters never map before earlier ones."""
    raw, edits = edited
    text, alignment = apply_edits(raw, edits)

    for to, length in ((alignment.to_raw, len(text)), (alignment.to_text, len(raw))):
        images = [to(offset, offset + 1) for offset in range(length)]
        assert all(before[0] <= after[0] and before[1] <= after[1] for before, after in pairwise(images))


@given(edited_texts())
def test_identity_is_neutral(edited: tuple[str, list[Edit]]) -> None:
    """Chaining with a text left as it is changes nothing."""
    raw, edits = edited
    text, alignment = apply_edits(raw, edits)

    assert Alignment.identity(len(raw)).then(alignment) == alignment
    assert alignment.then(Alignment.identity(len(text))) == alignment


def test_a_deletion_before_an_expansion_is_kept_apart() -> None:
    """Segments are joined only where they cannot be cut."""
    middle, upper = apply_edits("x\ufeffﬁn", [Edit(1, 2, "")])
    _, lower = apply_edits(middle, [Edit(1, 2, "fi")])

    expected = (Segment(0, 1, 0, 1), Segment(1, 1, 1, 2), Segment(1, 3, 2, 3), Segment(3, 4, 3, 4))
    assert upper.then(lower).segments == expected


@pytest.mark.parametrize("span", [(-1, 0), (0, 6), (3, 2)])
def test_spans_outside_are_refused(span: tuple[int, int]) -> None:
    """A span that leaves the text is an error, not a guess."""
    with pytest.raises(ValueError, match="leaves a text of 5 characters"):
        Alignment.identity(5).to_raw(*span)


def test_alignments_of_different_texts_do_not_chain() -> None:
    """Two alignments meet in one middle text or not at all."""
    with pytest.raises(ValueError, match="meet in texts of 3 and 4"):
        Alignment.identity(3).then(Alignment.identity(4))


@pytest.mark.parametrize("edits", [[Edit(0, 2, ""), Edit(1, 3, "")], [Edit(1, 1, "x")], [Edit(0, 9, "")]])
def test_impossible_edits_are_refused(edits: list[Edit]) -> None:
    """Edits that overlap, cover nothing, or leave the text are refused."""
    with pytest.raises(ValueError, match="overlaps, is empty, or leaves"):
        apply_edits("Séoul", edits)
