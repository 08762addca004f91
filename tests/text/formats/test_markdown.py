"""Laws and cases of the Markdown reader."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parallaxe.core.edits import apply_edits
from parallaxe.core.errors import RawFileError
from parallaxe.text.extraction import Metadata
from parallaxe.text.formats.markdown import extract

CASES = json.loads((Path(__file__).parents[2] / "cases" / "markdown.json").read_text("utf-8"))
soups = st.lists(
    st.sampled_from(
        [*"*_`[]()!<>#-=\\&~|\n \t'\"", "mot", "é", "🦦", "\r\n", "](u)", "```\n", "> ", "- ", "&amp;", "---\n"]
    )
).map("".join)


@pytest.mark.parametrize("case", CASES, ids=[case["label"] for case in CASES])
def test_case(case: dict[str, str]) -> None:
    """Each labelled case becomes what it says."""
    assert case["expected"] == apply_edits(case["input"], extract(case["input"]).edits)[0]


@given(soups)
def test_any_marks_give_a_text_that_leads_back(source: str) -> None:
    """Edits are sorted, disjoint and not empty; each character of the text is in the source, or a reference is."""
    try:
        extraction = extract(source)
    except RawFileError:
        return
    text, alignment = apply_edits(source, extraction.edits)

    assert len(source) == alignment.raw_length
    for index, character in enumerate(text):
        start, end = alignment.to_raw(index, index + 1)
        assert source[start:end] == character or character in " \n" or source[start] == "&"


@given(
    st.lists(st.lists(st.text("abéLœ🦦,.!?»", min_size=1, max_size=6), min_size=1, max_size=6), min_size=1, max_size=5),
    st.data(),
)
def test_known_blocks_come_back(blocks: list[list[str]], data: st.DataObject) -> None:
    """Wrapped, emphasized, linked, quoted: the words of each block are the same."""
    pieces = []
    for block in blocks:
        marks = [data.draw(st.sampled_from(["{}", "{}", "**{}**", "[{}](http://a.b)", "~~{}~~"])) for _ in block]
        # A mark of emphasis needs a letter inside it, or punctuation would make it no mark at all.
        words = [mark.format("x" + word + "x") for mark, word in zip(marks, block, strict=True)]
        prefix = data.draw(st.sampled_from(["", "> ", "- ", "### "]))
        glue = (
            " "
            if prefix in ("- ", "### ")
            else data.draw(st.sampled_from([" ", f"\n{prefix}", f"  \r\n{prefix}", f"\\\n{prefix}"]))
        )
        pieces.append(prefix + glue.join(words))
    source = data.draw(st.sampled_from(["\n\n", "\r\n\r\n\r\n", "\n---\n\n", "\n\n***\n\n"])).join(["x", *pieces])

    expected = ["x", *(" ".join(f"x{word}x" for word in block) for block in blocks)]
    assert "\n\n".join(expected) == apply_edits(source, extract(source).edits)[0].rstrip()


def test_hints_and_metadata() -> None:
    """Headings and pictures are hints; front matter is metadata and no text."""
    source = (
        '---\ntitle: "L\'été : une saison"\nauthor: [Ninon Barbelet, Tom Vassieux]\ndate: 2031-04-12\n'
        "outlet: Le Phare (fictif)\nlang: fr\n---\n\n# Le bac\n\n"
        "![Le quai](quai.jpg)\n\n## La suite\n\nTexte.\n\n# Autre\n"
    )
    extraction = extract(source)

    assert extraction.metadata == Metadata(
        "L'été : une saison", "Ninon Barbelet, Tom Vassieux", "Le Phare (fictif)", date(2031, 4, 12), "fr"
    )
    assert [(hint.role, source[hint.start : hint.end]) for hint in extraction.hints] == [
        ("title", "Le bac"),
        ("caption", "![Le quai](quai.jpg)"),
        ("heading", "La suite"),
        ("heading", "Autre"),
    ]
    assert extraction.edits[0].reason == "front-matter"


@pytest.mark.parametrize("front_matter", ["title: L'été : une saison", "a: [", "\tb: 1", "a: " + "[" * 5_000])
def test_broken_front_matter_is_refused(front_matter: str) -> None:
    """The error says where the YAML breaks and how to mend it."""
    with pytest.raises(RawFileError, match="front matter"):
        extract(f"---\n{front_matter}\n---\n\nTexte.\n")


@pytest.mark.parametrize(
    "hostile", ["*a", "_a ", "[", "[a](", '[a](b "', "``a`", "<!--", "<a ", "\\", "> ", "[a][", "~~", "&", "#"]
)
def test_hostile_marks_are_read_in_linear_time(hostile: str) -> None:
    """Marks that close nothing do not make the reader slow: a quadratic one would need minutes for this."""
    source = "x" + hostile * (200_000 // len(hostile))

    assert apply_edits(source, extract(source).edits)[0].startswith("x")
