"""Laws of the normalizer, for any text."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given

from parallaxe.core.edits import Step, Substitution, apply_edits, replay
from parallaxe.text.characters import SUSPECT
from parallaxe.text.normalize import STAGES, is_clean, normalize
from strategies import texts

CASES = json.loads((Path(__file__).parents[1] / "cases" / "normalize.json").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["label"] for case in CASES])
def test_case(case: dict[str, str]) -> None:
    """Each labelled case becomes what it says, and its plan replays."""
    normalized = normalize(case["input"])

    assert normalized.text == case["expected"]
    assert replay(case["input"], normalized.plan) == case["expected"]


@given(texts)
@example("A\u0303©")
@example("e\u00ad\u0301")
@example("ﬁ\u0301")
@example("\u1100\u00ad\u1161")
@example("Ã\u00ad©")
@example("\u202fÃ\u202f👩…”é;")
@example("™»o'\x85\u2010Ã\ufffd")
def test_normalizing_is_idempotent(source: str) -> None:
    """A clean text is left as it is."""
    once = normalize(source).text

    assert normalize(once).text == once


@given(texts)
def test_the_plan_replays(source: str) -> None:
    """What was done can be done again from the plan alone."""
    normalized = normalize(source)

    assert replay(source, normalized.plan) == normalized.text
    spelt_out = [Step(name, list(edits)) for name, edits in normalized.plan]
    assert replay(source, spelt_out) == normalized.text


@given(texts, texts)
def test_a_substitution_is_its_edits(source: str, other: str) -> None:
    """Made in bulk or one by one, they give the same text and alignment; they are applied to no other text in bulk."""
    edits = Substitution(source, "’\N{NO-BREAK SPACE}-", "'")

    assert apply_edits(source, edits) == apply_edits(source, list(edits))
    if len(other) > len(source):
        assert apply_edits(other, edits) == apply_edits(other, list(edits))


@given(texts)
def test_the_alignment_is_complete_and_in_order(source: str) -> None:
    """Segments tile the clean text and the source."""
    normalized = normalize(source)
    corners = [(0, 0)] + [(s.text_end, s.raw_end) for s in normalized.alignment.segments]

    assert [(s.text_start, s.raw_start) for s in normalized.alignment.segments] == corners[:-1]
    assert corners[-1] == (len(normalized.text), len(source))


@given(texts)
def test_letters_are_never_moved(source: str) -> None:
    """An ASCII letter of the clean text stands in the stretch of source that the alignment gives it (in a ligature)."""
    normalized = normalize(source)

    for segment in normalized.alignment.segments:
        stretch = unicodedata.normalize("NFKD", source[segment.raw_start : segment.raw_end])
        letters = normalized.text[segment.text_start : segment.text_end]
        assert {letter for letter in letters if letter.isascii() and letter.isalpha()} <= set(stretch)


@given(texts)
def test_the_fast_path_misses_nothing(source: str) -> None:
    """A text called clean is one that no fix would change; a fix that was not triggered has no work."""
    present = "".join(set(SUSPECT.findall(source)))

    for fix, triggers, _ in STAGES:
        assert triggers is None or triggers.search(present) or not fix(source)
    if is_clean(source):
        assert [fix.__name__ for fix, *_ in STAGES if fix(source)] == []


@given(texts)
def test_clean_texts_hold_what_the_contract_says(source: str) -> None:
    """NFC, no control but LF, no space but U+0020, blocks joined by exactly one blank line."""
    text = normalize(source).text

    assert unicodedata.is_normalized("NFC", text)
    assert not any(unicodedata.category(character) == "Cc" and character != "\n" for character in text)
    assert not any(unicodedata.category(character) in {"Zs", "Zl", "Zp"} and character != " " for character in text)
    assert text == "" or all(block and block == block.strip() and "\n" not in block for block in text.split("\n\n"))


@given(texts)
def test_each_fix_returns_edits_that_apply(source: str) -> None:
    """Edits are in order, disjoint and real: none replaces a thing by itself."""
    for fix, *_ in STAGES:
        edits = fix(source)
        apply_edits(source, edits)
        assert all(source[edit.start : edit.end] != edit.replacement for edit in edits)
