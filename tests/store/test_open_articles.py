"""The open articles of this repository against what their writers meant, and the mess that was put into them."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from parallaxe.core.edits import replay
from parallaxe.store.commands import normalize_file
from parallaxe.store.project import Project
from parallaxe.text.decode import decode
from parallaxe.text.document import Document

REPOSITORY = Path(__file__).resolve().parents[2]
PROJECT = Project(REPOSITORY)
TRUTH: dict[str, dict[str, Any]] = json.loads(
    (REPOSITORY / "tests" / "cases" / "open_articles.json").read_text("utf-8")
)
OPEN = {row.id: PROJECT.seeds / row.file for row in PROJECT.catalogue if row.is_open}


def document(name: str) -> Document:
    return normalize_file(OPEN[name])


def test_there_are_thirty_and_all_are_described() -> None:
    """Thirty open articles of at least eight outlets, five of them HTML pages."""
    rows = [row for row in PROJECT.catalogue if row.is_open]

    assert set(OPEN) == set(TRUTH)
    assert len(rows) == 30
    assert len({row.outlet for row in rows}) >= 8
    assert all(str(row.outlet).endswith(" (fictif)") and row.text_origin == "synthetic" for row in rows)
    assert sum(path.suffix == ".html" for path in OPEN.values()) == 5


@pytest.mark.parametrize("name", sorted(TRUTH))
def test_roles_are_those_the_writer_gave(name: str) -> None:
    """Every block has the role it was written for; a lead or caption that nothing sets apart is a paragraph."""
    truth = TRUTH[name]
    unmarked = truth.get("unmarked", [])

    expected = ["paragraph" if role in unmarked else role for role in truth["roles"]]
    assert [block.role for block in document(name).blocks] == expected


@pytest.mark.parametrize("name", sorted(TRUTH))
def test_columns_are_those_the_writer_gave(name: str) -> None:
    """Byline and dateline are told, and every article is French and has a title."""
    read = document(name)

    assert (read.byline, read.dateline) == (TRUTH[name]["byline"], TRUTH[name]["dateline"])
    assert read.language == "fr"
    assert read.title


@pytest.mark.parametrize("name", sorted(TRUTH))
def test_letters_lead_back_to_the_raw_file(name: str) -> None:
    """The plan replays on the raw file, and segments of equal lengths hold the same letters on both sides."""
    raw = decode(OPEN[name].read_bytes()).text
    read = document(name)
    assert read.text is not None

    assert replay(raw, read.plan) == read.text
    for segment in read.alignment.segments:
        if segment.is_linear and segment.text_end - segment.text_start > 1:
            text, source = read.text[segment.text_start : segment.text_end], raw[segment.raw_start : segment.raw_end]
            same = sum(one == other or not one.isalpha() for one, other in zip(text, source, strict=True))
            assert same == len(text)


def test_the_mess_is_there() -> None:
    """Raw files hold what real ones do: encodings, decomposed accents, odd spaces and hyphens, mojibake, flags."""
    raws = {name: path.read_bytes() for name, path in OPEN.items()}
    decoded = {name: decode(raw) for name, raw in raws.items()}
    texts = [item.text for item in decoded.values()]

    assert {item.encoding for item in decoded.values()} == {"utf-8", "utf-8-sig", "utf-16", "cp1252"}
    assert any(b"\r\n" in raw for raw in raws.values())
    assert any(unicodedata.normalize("NFC", text) != text for text in texts)
    for mark in "\u00a0\u202f\u00ad\u2011\u200bﬁ’🇰":
        assert any(mark in text for text in texts), mark
    assert any("Ã©" in text for text in texts)


def test_articles_have_the_length_of_articles() -> None:
    """Each has between 250 and 520 words in the blocks that are annotated."""
    annotated = {label.name for label in PROJECT.schemas.labels["block_roles"].labels if label.annotated}
    for name in OPEN:
        read = document(name)
        assert read.text is not None
        words = sum(len(read.text[b.start : b.end].split()) for b in read.blocks if b.role in annotated)
        assert 220 <= words <= 520, name
