"""Sentences: labelled French cases, laws for any text, and the treebank against three other splitters."""

from __future__ import annotations

import json
import runpy
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from counted_work import calls
from parallaxe.text.sentences import split_sentences

CASES = json.loads((Path(__file__).parents[1] / "cases" / "sentences.json").read_text("utf-8"))
MARGIN = 0.05
FEWEST_CASES = 60

PIECES = (
    'Il Elle Le la M. Dr etc. J.-C. av. p. 12 3. 1999 U.R.S.S. C. vitamine Kim Un Paris fin. ! ? … ... « » “ ” " ( ) '
    "[…] [2] ; : , - – — • 🇰🇵 🥳 a) 1. www.lemonde.fr. l'art. Jong-un ?! É à".split()
)
french = st.lists(st.sampled_from([*PIECES, " ", " ", " ", "  ", "\n", "\t", "\u00a0"]), max_size=30).map("".join)
texts = french | st.text(max_size=60)


def _cut(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


def _case(case: dict[str, Any]) -> Any:
    marks = [pytest.mark.xfail(strict=True)] if case.get("expect") == "fail" else []
    return pytest.param(case, id=case["label"], marks=marks)


@pytest.mark.parametrize("case", [_case(case) for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    """Each labelled case is cut as a French reader would cut it."""
    assert case["expected"] == _cut(case["input"])


def test_cases_are_many_and_labelled_once() -> None:
    """The cases are a set of their own, not a sample."""
    labels = [case["label"] for case in CASES]

    assert len(labels) >= FEWEST_CASES
    assert len(set(labels)) == len(labels)


@given(texts)
def test_spans_are_trimmed_in_order_and_disjoint(text: str) -> None:
    """No span is empty or begins or ends with white space, and each begins where the one before has ended, or later."""
    spans = split_sentences(text)

    assert all(text[start:end].strip() == text[start:end] != "" for start, end in spans)
    assert all(earlier[1] <= later[0] for earlier, later in pairwise(spans))


@given(texts)
@example("IlIl• Il!la")
def test_every_character_that_is_no_space_is_in_a_sentence(text: str) -> None:
    """Between the spans there is nothing but white space."""
    assert "".join(text.split()) == "".join("".join(sentence.split()) for sentence in _cut(text))


@given(texts, texts, texts)
def test_offsets_shift_with_the_stretch(before: str, text: str, after: str) -> None:
    """What stands outside the stretch changes nothing but the offsets."""
    start = len(before)

    shifted = [(first + start, last + start) for first, last in split_sentences(text)]

    assert shifted == split_sentences(before + text + after, start, start + len(text))


@given(texts, texts)
def test_lines_are_independent(first: str, second: str) -> None:
    """A newline is a border, and what stands on the other side of it is not looked at."""
    assert _cut(first) + _cut(second) == _cut(first + "\n" + second)


@given(texts)
def test_each_sentence_of_a_line_holds_a_letter_or_digit(text: str) -> None:
    """Marks alone are a sentence only where a line holds nothing else."""
    for line in text.split("\n"):
        sentences = _cut(line)
        assert len(sentences) <= 1 or all(any(map(str.isalnum, sentence)) for sentence in sentences)


HOSTILE = [
    ". ",
    "« ",
    "» ",
    ".",
    "...x",
    '. " ',
    "1. ",
    "Il ",
    "A Il ",
    "M. ",
    "… ",
    ". [1",
    "(…) ",
    "É. ",
    "É.",
    "; - ",
    "a.b-",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_work_is_linear_in_hostile_text(piece: str) -> None:
    """Four times the text takes four times the calls; a search that backtracked would not come to an end here."""
    short, long = (calls(partial(split_sentences, piece * length)) for length in (20_000, 80_000))

    assert long < 4.4 * short


def test_borders_on_the_treebank_beat_three_splitters_by_five_points(repository: Path) -> None:
    """On Sequoia joined by single spaces the F1 of borders is 5 points above spaCy, pysbd and blingfire."""
    benchmark = runpy.run_path(str(repository / "benchmarks" / "sentences.py"))
    if not benchmark["SEQUOIA"].exists():
        pytest.skip("the treebank is not in ../shared/data")
    sentences = benchmark["sentences_of"](benchmark["SEQUOIA"])

    figures = {
        name: [score.f1 for score in benchmark["scores"](splitter, sentences)]
        for name, splitter in benchmark["splitters"]().items()
    }
    reached = figures.pop("parallaxe")

    worst_lead = {
        name: min(ours - theirs for ours, theirs in zip(reached, other, strict=True)) for name, other in figures.items()
    }
    assert all(lead >= MARGIN for lead in worst_lead.values()), worst_lead


def test_headings_and_names_of_the_seeds_are_whole(seed_folder: Path) -> None:
    """In edited press text every border inside a line follows a stop, save where two lines were joined."""
    for file in sorted(seed_folder.glob("00*.txt")):
        text = file.read_text("utf-8").replace("’", "'")
        spans = split_sentences(text)
        inside = [end for (_, end), (start, _) in pairwise(spans) if "\n" not in text[end:start]]
        assert all(text[:end].rstrip('»”" ').endswith((".", "!", "?", "…")) for end in inside)
