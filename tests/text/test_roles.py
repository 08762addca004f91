"""Claims about roles: cases as data, laws as properties, and the five seeds where they are at hand."""

from __future__ import annotations

import json
import re
import tomllib
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parallaxe.text.document import Block
from parallaxe.text.extraction import Hint, Metadata
from parallaxe.text.role_votes import ROLES
from parallaxe.text.roles import assign_roles, explain_roles

CASES = Path(__file__).resolve().parents[1] / "cases" / "roles"


def joined(blocks: Sequence[str]) -> tuple[str, list[tuple[int, int]]]:
    """The text of some blocks, and where each of them stands."""
    spans, start = [], 0
    for block in blocks:
        spans.append((start, start + len(block)))
        start += len(block) + 2
    return "\n\n".join(blocks), spans


def roles_of(blocks: Sequence[str], hints: Sequence[Hint] = (), metadata: Metadata | None = None) -> list[str]:
    text, spans = joined(blocks)
    return [block.role for block in assign_roles(text, spans, hints, metadata or Metadata())]


def _cases() -> list[Any]:
    return [
        pytest.param(
            case,
            id=f"{path.stem}: {case['label']}",
            marks=[pytest.mark.xfail(reason=case["comment"])] if case.get("expect") == "fail" else [],
        )
        for path in sorted(CASES.glob("*.json"))
        for case in json.loads(path.read_text("utf-8"))
    ]


@pytest.mark.parametrize("case", _cases())
def test_case(case: dict[str, Any]) -> None:
    """Each case of `tests/cases/roles` gets the roles that it expects."""
    blocks = case["input"]["blocks"]
    _, spans = joined(blocks)
    hints = [
        Hint(spans[hint["block"]][0], spans[hint["block"]][1], hint["role"], hint["weight"], "case")
        for hint in case["input"].get("hints", ())
    ]

    assert case["expected"] == roles_of(blocks, hints, Metadata(**case["input"].get("metadata", {})))


WORDS = st.sampled_from([
    "En direct", "Par", "Jean Dupont", "port", "Lire aussi :", "la", "criée", "©", "«", "»", "14h32", "?", ".", "🇰🇵",
    "Photo :", "5 mai 2023",
])  # fmt: skip
BLOCK = st.one_of(
    st.lists(WORDS, min_size=1, max_size=12).map(" ".join),
    st.text(min_size=1, max_size=60).map(lambda text: re.sub(r"\s+", " ", text).strip() or "x"),
)
BLOCKS = st.lists(BLOCK, max_size=12)
METADATA = st.builds(Metadata, title=st.none() | BLOCK, byline=st.none() | BLOCK)


@st.composite
def articles(draw: st.DrawFn) -> tuple[str, list[tuple[int, int]], list[Hint], Metadata]:
    """A text, its blocks, some hints and metadata."""
    text, spans = joined(draw(BLOCKS))
    starts = st.integers(0, len(text))
    hints = draw(
        st.lists(
            st.builds(
                lambda start, length, role, weight: Hint(start, start + length, role, weight, "drawn"),
                starts, st.integers(0, 40), st.sampled_from(ROLES), st.floats(0, 1),
            ),
            max_size=6,
        )
    )  # fmt: skip
    return text, spans, hints, draw(METADATA)


@given(articles())
def test_every_span_is_a_block(article: tuple[str, list[tuple[int, int]], list[Hint], Metadata]) -> None:
    """Blocks have the spans that were given, in order, each with a known role."""
    blocks = assign_roles(*article)

    assert article[1] == [(block.start, block.end) for block in blocks]
    assert all(block.role in ROLES for block in blocks)


@given(articles())
def test_deterministic_and_explained(article: tuple[str, list[tuple[int, int]], list[Hint], Metadata]) -> None:
    """The same article gets the same votes, and every role given was voted for."""
    votes = explain_roles(*article)

    roles = [block.role for block in assign_roles(*article)]

    assert votes == explain_roles(*article)
    assert all(role in {vote.role for vote in ballot} for role, ballot in zip(roles, votes, strict=True))


@given(BLOCKS, st.sampled_from(ROLES))
def test_enough_markup_always_wins(blocks: list[str], role: str) -> None:
    """Markup that says the same eight times over outvotes any cue in words."""
    text, spans = joined(blocks)
    hints = [Hint(start, end, role, 1.0, "markup") for start, end in spans for _ in range(8)]

    assert [role] * len(spans) == [block.role for block in assign_roles(text, spans, hints, Metadata())]


def test_roles_are_the_closed_list(repository: Path) -> None:
    """The roles that are voted for are those of `schemas/labels.toml`, all of them."""
    labels = tomllib.loads((repository / "schemas" / "labels.toml").read_text("utf-8"))

    assert {label["name"] for label in labels["block_roles"]["labels"]} == set(ROLES)


def test_unknown_role() -> None:
    """A hint for a role that does not exist is a mistake of the reader of the format, and says so."""
    with pytest.raises(ValueError, match="unknown role 'headline'; known are paragraph"):
        assign_roles("Kim", [(0, 3)], [Hint(0, 3, "headline", 1.0, "<h1>")], Metadata())


def test_hint_concerns_what_it_overlaps_by_half() -> None:
    """A hint that touches the next block by a few characters does not vote there."""
    text, spans = joined(["Le port change de visage.", "La criée reste ouverte."])
    votes = explain_roles(text, spans, [Hint(0, 30, "lead", 1.0, "class")], Metadata())

    assert ["class" in {vote.why for vote in ballot} for ballot in votes] == [True, False]


@pytest.mark.parametrize(
    "block",
    [
        "a " * 100_000, "Par Jean Dupont, " * 12_000, "((((" * 50_000, "partager " * 22_000, "-a" * 100_000,
        "«»" * 100_000,
    ],
    ids=["words", "names", "parentheses", "sharing", "slug", "quotation marks"],
)  # fmt: skip
def test_long_blocks_are_text(block: str) -> None:
    """A block of 200,000 characters is a paragraph, and found to be one at once."""
    assert roles_of(["Le port change de visage, dit-on.", block.strip()]) == ["paragraph", "paragraph"]


def test_many_equal_blocks() -> None:
    """Ten thousand equal lines are compared with a few of them, not each with each."""
    line = "Le port change de visage et la criée reste ouverte encore dix ans."

    assert {"paragraph", "pull_quote"} == set(roles_of([line] * 10_000))


def seed_roles(folder: Path, name: str) -> list[Block]:
    source = unicodedata.normalize("NFC", next(folder.glob(f"{name}_*.txt")).read_text("utf-8"))
    lines = [line.strip() for line in re.sub("[\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}]", " ", source).split("\n")]
    text, spans = joined([line.replace("’", "'") for line in lines if line])
    return list(assign_roles(text, spans, [], Metadata()))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("000", {4: "heading", 10: "heading"}),
        ("001", {0: "title", 1: "noise", 4: "heading", 8: "heading", 13: "heading", 19: "byline"}),
        ("002", {2: "pull_quote"}),
        ("003", {}),
        ("004", {0: "label"}),
    ],
)
def test_seed(seed_folder: Path, name: str, expected: dict[int, str]) -> None:
    """In the seeds these blocks are no paragraphs, and all others are."""
    blocks = seed_roles(seed_folder, name)

    assert expected == {i: block.role for i, block in enumerate(blocks) if block.role != "paragraph"}
