"""What people see of `parallaxe review`: answers first, then what must be mended, and never more than GitHub takes."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from command_line import run
from parallaxe.cli.review_markdown import review_markdown
from parallaxe.cli.show_review import FORMATS, review_as, review_lines
from parallaxe.cli.summary import Section, summary_lines
from parallaxe.compare.agreement_change import FigureChange
from parallaxe.compare.bootstrap import Figure
from parallaxe.compare.changes import ArticleChange, Changes, ClaimChange, EntityChange, LayerChange
from parallaxe.compare.versioning import Bump, Reason
from parallaxe.core.claims import Entity, Provenance, Quote, Span, Stance
from parallaxe.core.knowledge import KnownEntity
from parallaxe.store.versions.diff import Diff
from parallaxe.store.versions.review import AgreementReview, Review, VersionReview
from parallaxe.validate.finding_changes import FindingChanges
from parallaxe.validate.findings import Finding, Place

TEXT = "Le port attend. Jeanne Kerbrat parle de Brest."
LAYER_FILE = "annotations/layers/gold/le-port.jsonl"
WORDS = "**Le port** attend. Jeanne Kerbrat …"
MENTION = Entity("e", (Span(40, 45),), "LOC", None, "brest")
STANCE = Stance("s", "attributed", "jeanne-kerbrat", "russia", "favor", 1, (Span(0, 7),), "q")
PORT = KnownEntity("le_port", "LOC", "Le Port", (), "Un port.", None, None, (), None, None)
CLAIMS = (
    ClaimChange(
        MENTION, replace(MENTION, label="ORG", provenance=Provenance(tool="x")), ("relabelled",), ("label", "tool")
    ),
    ClaimChange(STANCE, replace(STANCE, polarity="against"), ("flipped",), ("polarity",)),
    ClaimChange(Quote("q", "direct", (Span(0, 7),)), Quote("q", "direct", (Span(3, 7),)), ("moved",), ("content",)),
    ClaimChange(None, replace(MENTION, id="n", kb_id=None), ("added",)),
)
CHANGES = Changes(
    (ArticleChange("la-gare", "added"),),
    (LayerChange("gold", "le-port", "texte", "texte", False, (), CLAIMS),),
    (EntityChange(PORT, replace(PORT, name="Port-Neuf"), ("name",)),),
)
FINDING = Finding(
    "entity-known", "error", 3, None, "`brest` is no row", "add it", 2,
    (Place(LAYER_FILE, 3, None, "le-port", 40, 45, "e"),),
)  # fmt: skip
FIGURES = (
    FigureChange(
        "links, equal ids", Figure("e", "l", "all", 0.98, 0.97, 0.99, 9), Figure("e", "l", "all", 0.96, 0.95, 0.97, 9)
    ),
    FigureChange("stance", Figure("s", "l", "all", 0.9, 0.8, 1.0, 9), Figure("s", "l", "all", 0.9, 0.8, 1.0, 9)),
)
REVIEW = Review(
    "main",
    "0123456789",
    Diff("main (0123456)", "work tree", CHANGES, {"texte": TEXT}, frozenset()),
    FindingChanges((FINDING,)),
    AgreementReview(FIGURES, ("pass-a", "pass-b"), None, is_recomputed=True),
    VersionReview(Bump.MAJOR, (Reason("rows edited", "entities/train", 2),), "0.1.0", "0.1.0", "1.0.0", is_built=True),
    (),
)
NOTHING = Review(
    "main", "0123456789", Diff("main", "work tree", Changes(), {}, frozenset()), FindingChanges(), None,
    VersionReview(Bump.NONE, (), "0.1.0", "0.1.0", "0.1.0", is_built=True), (),
)  # fmt: skip


def told(review: Review) -> str:
    """The summary of a review."""
    return "\n".join(review_markdown(review))


def test_the_summary_answers_first() -> None:
    """A table with a line for each thing that a reviewer asks; what is grave is bold."""
    lines = told(REVIEW).split("\n")

    assert [
        "## Corpus review: main (0123456) → work tree",
        "",
        "|  | what this changes |",
        "| :--- | :--- |",
        "| **Articles** | 1 added |",
        "| **Claims** | 1 added, 1 flipped, 1 relabelled, 1 moved |",
        "| **Entities** | 1 changed |",
        "| **Agreement** | 1 of 2 headline figures changed, most links, equal ids −.020 |",
        "| **Rules** | **1 new error** |",
        "| **Version** | major: 0.1.0 → 1.0.0 |",
    ] == lines[:10]


def test_the_summary_tells_each_thing_that_changed() -> None:
    """Rules with their place and remedy, figures before and after, reasons, entities, claims in their words."""
    summary = told(REVIEW)

    for line in (
        "> - the figures of agreement that are kept are older than their layers: both sides were computed anew",
        f"- **error** `entity-known`: `brest` is no row (2 times)<br>`{LAYER_FILE}:3 [40, 45) e` …<br>→ add it",
        "| links, equal ids | .980 | .960 | .950 – .970 | **−.020** |",
        "| stance | .900 | .900 | .800 – 1.000 | = |",
        "| rows edited (major) | entities/train 2 |",
        "| `gold` | 1 | · | 1 | 1 | · | 1 | · |",
        "- `la-gare`: added.",
        "- `le_port`: name Le Port → Port-Neuf.",
        f"- **flipped** · jeanne-kerbrat on russia: against · `le-port` · gold<br>polarity favor → against<br>{WORDS}",
        "- **relabelled** · ORG brest · `le-port` · gold<br>label LOC → ORG<br>…Jeanne Kerbrat parle de **Brest**.",
        "- **moved** · direct quotation · `le-port` · gold<br>content **Le port** → **port**",
        "- **added** · LOC · `le-port` · gold<br>…Jeanne Kerbrat parle de **Brest**.",
    ):
        assert line in summary.split("\n")
    assert summary.index("**flipped** ·") < summary.index("**relabelled** ·") < summary.index("**moved** ·")


def test_where_nothing_changed_a_table_says_so() -> None:
    """And nothing stands below it."""
    assert [
        "| **Articles** | unchanged |",
        "| **Claims** | unchanged |",
        "| **Entities** | unchanged |",
        "| **Agreement** | none kept |",
        "| **Rules** | nothing new |",
        "| **Version** | 0.1.0: no bump implied |",
    ] == told(NOTHING).strip().split("\n")[4:]


def test_a_bump_of_a_dataset_that_is_older_is_the_least() -> None:
    """Where nobody built the dataset again, its rows would say less than the claims do."""
    review = REVIEW._replace(version=REVIEW.version._replace(is_built=False))

    assert "| **Version** | major: 0.1.0 → 1.0.0 at least |" in told(review)
    assert "the bump is the least that follows from the claims" in told(review)
    assert any("the bump is the least" in line.plain for line in review_lines(review))


@pytest.mark.parametrize("form", ["json", "markdown"])
def test_no_restricted_word_is_passed_on(form: str) -> None:
    """The summary is public: offsets stand in for words; on a terminal they are shown."""
    diff = REVIEW.diff._replace(restricted=frozenset({"le-port"}))

    assert "attend" not in review_as(form, REVIEW._replace(diff=diff))
    assert "attend" in review_as("text", REVIEW._replace(diff=diff))


def test_json_has_all() -> None:
    """Base, findings, agreement, version, notes, and the diff as `parallaxe diff --json` prints it."""
    found: dict[str, Any] = json.loads(review_as("json", REVIEW))

    assert ["base", "findings", "agreement", "version", "notes", "diff"] == list(found)
    assert ("major", "1.0.0") == (found["version"]["bump"], found["version"]["least"])
    assert -0.02 == found["agreement"]["figures"][0]["difference"]


def test_text_tells_what_must_be_mended_before_the_changes() -> None:
    """Answers, remarks, findings with their places, figures that changed, reasons, then the diff."""
    lines = "\n".join(line.plain for line in review_lines(REVIEW)).split("\n")

    assert [
        "main (0123456) → work tree",
        "Articles   1 added",
        "Claims     1 added, 1 flipped, 1 relabelled, 1 moved",
        "Entities   1 changed",
        "Agreement  1 of 2 headline figures changed, most links, equal ids −.020",
        "Rules      1 new error",
        "Version    major: 0.1.0 → 1.0.0",
        "note: the figures of agreement that are kept are older than their layers: both sides were computed anew",
        "",
        "error entity-known: `brest` is no row; add it (2 times)",
        f"  {LAYER_FILE}:3 [40, 45) `e`",
        "",
        "agreement, links, equal ids: .980 → .960 (−.020)",
        "",
        "rows edited (major): entities/train 2",
        "",
        "la-gare  added",
    ] == lines[:17]


def test_a_wrong_call_ends_with_2(tmp_path: Path) -> None:
    """A format that there is not, and a folder without a project, each told in one line."""
    wrong = [run("review", *arguments, folder=tmp_path) for arguments in (["--format", "html"], [])]

    assert [(2, 1), (2, 1)] == [(done.returncode, len(done.stderr.splitlines())) for done in wrong]


@pytest.mark.parametrize("form", FORMATS)
def test_a_lone_surrogate_stops_no_format(form: str) -> None:
    """What JSON may hold and UTF-8 not is told as its escape."""
    change = EntityChange(PORT, replace(PORT, name="\ud800"), ("name",))
    diff = REVIEW.diff._replace(changes=Changes(entities=(change,)))

    assert review_as(form, REVIEW._replace(diff=diff)).encode()


_WORDS = st.text("ab é\u2028", max_size=30)
_SECTIONS = st.lists(
    st.builds(
        Section, st.tuples(_WORDS), st.lists(_WORDS.map("* {}".format), max_size=40).map(tuple), st.just("choses")
    ),
    max_size=4,
)


@given(_SECTIONS, st.integers(0, 3000))
def test_a_summary_is_never_longer_than_it_may_be(sections: list[Section], more: int) -> None:
    """What has no room is counted: every item is shown or told to be left out."""
    limit = 400 * len(sections) + more
    lines = "\n".join(summary_lines(sections, limit)).split("\n")
    left_out = sum(int(count) for line in lines for count in re.findall(r"… and (\d+) more choses", line))

    assert len("\n".join(lines).encode()) <= limit
    assert sum(len(section.items) for section in sections) == left_out + sum(line[:2] == "* " for line in lines)


def test_what_has_no_room_is_counted() -> None:
    """A long section is folded, and tells how many items are left out."""
    section = Section(("### Claims",), tuple(f"- claim {number:04}" for number in range(1000)), "claims")
    lines = list(summary_lines([section], 2000))
    shown = sum(line.startswith("- claim") for line in lines)

    assert "<details><summary>1,000 claims</summary>" in lines
    assert f"… and {1000 - shown:,} more claims that have no room here: `parallaxe review` tells all." in lines
    assert 100 < shown < 1000
    assert len("\n".join(lines).encode()) <= 2000
