"""An annotated article as people see it: in colour on a terminal, by brackets in a pipe, and as JSON."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from rich.style import Style
from rich.text import Text

from parallaxe.annotate.notices import Notice
from parallaxe.cli.annotate_view import Mark, annotation_as_json, marked, show_annotation
from parallaxe.cli.show import show_document
from parallaxe.core.claims import AUTHOR, Claim, Entity, Layer, Provenance, Quote, Span, Stance
from parallaxe.core.layer_format import KINDS
from parallaxe.store.machine.annotate import Annotation
from parallaxe.store.schemas import load_schemas
from parallaxe.text.document import Document
from parallaxe.text.read import FORMATS, read_document

TEXT = (
    "Le port attend ses grues\n\n"
    "« Nous irons jusqu'au bout », a déclaré la directrice du port de Séoul, qui dénonce Moscou. « Et demain ? »"
)


def document(text: str = TEXT) -> Document:
    return read_document(text, FORMATS[".txt"](text), "essai")


def at(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def because(why: str, score: float) -> Provenance:
    return Provenance(origin=None, tool="parallaxe-essai/1", score=score, why=why)


SOURCE = "la directrice du port de Séoul"
CLAIMS: tuple[Claim, ...] = (
    Entity("e1", (at("Séoul"),), "LOC", None, "NIL:seoul", because("capitale", 0.9)),
    Entity("e2", (at("Moscou"),), "LOC", "ORG", "NIL:moscou", because("capitale", 0.95)),
    Quote("q1", "direct", (at("Nous irons jusqu'au bout"),), (at("a déclaré"),), (at(SOURCE),), None,
          because("guillemets", 0.8)),
    Stance("s1", "article", AUTHOR, "russia", "against", -1, (at("dénonce"),), None, because("verbe-hostile", 0.5)),
    Stance("s2", "attributed", "NIL:directrice", "china", "favor", 2, (at("irons"),), "q1", because("promesse", 0.6)),
)  # fmt: skip


def annotation(claims: Sequence[Claim] = CLAIMS, text: str = TEXT) -> Annotation:
    read = document(text)
    layer = Layer(
        "machine", "essai", read.text_sha256, read.normalizer, None, "parallaxe-machine/1", "rule", KINDS, tuple(claims)
    )
    return Annotation(read, layer, load_schemas().labels, (Notice("long-block", "un bloc", "[0, 3)"),))


def shown(*, why: bool = False, terminal: bool = False, width: int = 80, claims: Sequence[Claim] = CLAIMS) -> str:
    file = io.StringIO()
    console = Console(
        file=file, width=width, force_terminal=terminal, color_system="truecolor" if terminal else None, highlight=False
    )
    show_annotation(annotation(claims), why=why, console=console)
    return file.getvalue()


def flowing(printed: str) -> str:
    return " ".join(printed.split())


def test_brackets_say_in_a_pipe_what_colours_say_on_a_terminal() -> None:
    """Without colours: `[mention]LABEL`, `1{content}`, `_cue_`, `<source>1`; no escape is printed."""
    printed = flowing(shown())

    assert "« 1{Nous irons jusqu'au bout} », _a déclaré_ <la directrice du port de [Séoul]LOC>1," in printed
    assert "qui dénonce [Moscou]LOC→ORG." in printed
    assert "\x1b" not in shown()


def test_a_terminal_shows_labels_in_their_colours() -> None:
    """On a terminal there are the colours of labels.toml, and no bracket."""
    printed = shown(terminal=True)
    red, green, blue = (int(load_schemas().labels["entity_labels"].labels[2].colour[n : n + 2], 16) for n in (1, 3, 5))

    assert f"38;2;{red};{green};{blue}" in printed
    assert "LOC→ORG" in printed
    assert "[Moscou]" not in printed


def test_stances_stand_where_they_were_taken() -> None:
    """That of a quotation below its block, that of the writer below the article; each with evidence, reason, score."""
    lines = [" ".join(line.split()) for line in shown().splitlines()]

    assert any(line == "↳ 1 NIL:directrice favor +2 china « irons » · promesse 0.60" for line in lines)
    assert any(line == "the writer against -1 russia « dénonce » · verbe-hostile 0.50" for line in lines)
    assert any(line == "named LOC NIL:moscou, NIL:seoul" for line in lines)


def test_reasons_are_shown_when_asked_for() -> None:
    """`--why` tells of each mention and quotation why it was proposed and how sure that is."""
    assert "capitale" not in shown()
    assert "Moscou LOC→ORG NIL:moscou · capitale 0.95" in flowing(shown(why=True))
    assert "1 direct · guillemets 0.80" in flowing(shown(why=True))


@pytest.mark.parametrize("width", [40, 80, 200])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    """At 40 columns as at 200, with reasons."""
    assert all(len(line) <= width for line in shown(why=True, width=width).splitlines())


def test_the_language_of_a_text_without_letters_is_told_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    """`und` is for tables: a terminal says that there are no letters, as `annotate` and as `normalize` show it."""
    read = document("🥳🚀")
    layer = Layer("machine", "essai", read.text_sha256, read.normalizer, None, "parallaxe-machine/1", "rule", KINDS, ())
    show_annotation(Annotation(read, layer, load_schemas().labels, ()), why=False)
    show_document(read, with_plan=False)

    printed = capsys.readouterr().out
    assert 2 == printed.count("no language (no letters) · ")
    assert "und" not in printed


def test_an_article_without_claims_is_shown() -> None:
    """Nothing proposed: the blocks, and counts of zero."""
    assert "0 mentions · 0 quotations · 0 stances" in flowing(shown(claims=()))


def test_json_holds_everything() -> None:
    """Text, blocks, claims as lines of a layer with their words and history, warnings; offsets slice the text."""
    printed = json.loads(json.dumps(annotation_as_json(annotation())))

    assert TEXT == printed["text"]
    assert {"long-block"} == {warning["code"] for warning in printed["warnings"]}
    by_id = {claim["id"]: claim for claim in printed["claims"]}
    assert ("Moscou", "capitale", 0.95, "proposed") == tuple(
        by_id["e2"][key] for key in ("words", "why", "score", "status")
    )
    [[start, end]] = by_id["q1"]["content"]
    assert by_id["q1"]["words"] == printed["text"][start:end]
    assert ["title", "paragraph"] == [block["role"] for block in printed["blocks"]]


spans = st.tuples(st.integers(0, 12), st.integers(0, 12)).map(sorted).map(lambda pair: Span(pair[0], pair[1] + 1))


@given(st.lists(spans, max_size=6), st.text(alphabet="ab ", min_size=13, max_size=13))
def test_marks_never_change_the_text(found: list[Span], text: str) -> None:
    """Without what marks print before and behind, the text is as it was, and each mark opens and closes once."""
    marks = [Mark(span, Style.null(), Text("<"), Text(">")) for span in found]

    printed = marked(text, 0, len(text), marks, Style.null()).plain

    assert text == printed.replace("<", "").replace(">", "")
    assert len(found) == printed.count("<") == printed.count(">")


def test_a_mark_that_overlaps_others_is_printed() -> None:
    """Marks that cross each other are all there."""
    marks = [Mark(Span(0, 5), Style.null(), Text("["), Text("]")), Mark(Span(3, 8), Style.null(), Text("<"), Text(">"))]

    assert "[abc<de]fgh>i" == marked("abcdefghi", 0, 9, marks, Style.null()).plain
