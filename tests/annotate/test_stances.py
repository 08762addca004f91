"""Stance of quotations and of the writer: what the guidelines ask of each act, and what no words may bring about."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parallaxe.annotate.article import Article
from parallaxe.annotate.quotations import propose_quotes
from parallaxe.annotate.stance_model import Linear, StanceModel, shipped_model
from parallaxe.annotate.stance_rules.project import DEFAULT
from parallaxe.annotate.stance_rules.reading import Reading
from parallaxe.annotate.stances import propose_stances
from parallaxe.core.claims import AUTHOR, Entity, Quote, Span, Stance
from parallaxe.core.errors import ProjectError
from parallaxe.core.knowledge import KnownEntity
from parallaxe.text.document import Block
from parallaxe.text.read import block_sentences


def _cases(name: str) -> Any:
    return json.loads((Path(__file__).parents[1] / "cases" / name).read_text("utf-8"))


_CASES = _cases("attributed_stances.json")
_MARK = re.compile(r"<(/?)([scq])>")
# Name, label, actor.
_NAMES = (
    *((name, "LOC", "russia") for name in ("Moscou", "Russie")),
    *((name, kind, "russia") for name, kind in (("Kremlin", "ORG"), ("Alexandre Matsegora", "PER"))),
    *((name, "PER", "russia") for name in ("Vladimir Poutine", "Poutine", "Sergueï Choïgu", "Choïgu")),
    *((name, "LOC", "north-korea") for name in ("Pyongyang", "Corée du Nord")),
    *((name, "PER", "north-korea") for name in ("Kim Jong-un", "Kim")),
    *((name, "LOC", "united-states") for name in ("Washington", "États-Unis", "Amérique")),
    *((name, "ORG", "united-states") for name in ("Maison-Blanche", "Pentagone")),
    *((name, "PER", "united-states") for name in ("Adrienne Watson", "John Kirby", "Joe Biden", "Antony Blinken")),
    *((name, "LOC", "ukraine") for name in ("Kiev", "Ukraine")),
    *((name, "PER", "ukraine") for name in ("Dmytro Kuleba", "Volodymyr Zelensky")),
    *((name, "LOC", "china") for name in ("Pékin", "Chine")),
    *((name, "LOC", "south-korea") for name in ("Séoul", "Corée du Sud")),
    *((name, "LOC", None) for name in ("Tokyo", "Berlin", "Japon", "Paris")),
    *((name, "ORG", None) for name in ("Yonhap", "New York Times")),
)  # fmt: skip
_KNOWN = {name: KnownEntity(name, label, name, (), "", None, None, (), actor, None) for name, label, actor in _NAMES}


def _read(text: str) -> Article:
    blocks = (Block("paragraph", 0, len(text)),)
    return Article.of(text, blocks, block_sentences(text, blocks), {"paragraph"})


def _named(text: str) -> list[Entity]:
    """Every name of the table, the longest that stands at a place."""
    pattern = re.compile("|".join(sorted(map(re.escape, _KNOWN), key=len, reverse=True)))
    return [
        Entity(f"e{found.start()}", (Span(*found.span()),), row.type, "ORG" if row.type == "LOC" else None, row.kb_id)
        for found in pattern.finditer(text)
        for row in [_KNOWN[found.group()]]
    ]


def _quoted(marked: str) -> tuple[str, Quote]:
    """The text without its marks, and the quotation whose source, cue and content they mark."""
    text, begun = "", 0
    spans: dict[str, list[Span]] = {"s": [], "c": [], "q": []}
    for part in re.split(r"(</?[scq]>)", marked):
        mark = _MARK.fullmatch(part)
        if mark is None:
            text += part
        elif mark[1]:
            spans[mark[2]].append(Span(begun, len(text)))
        else:
            begun = len(text)
    kind = "direct" if "«" in text else "indirect"
    return text, Quote("q", kind, tuple(spans["q"]), tuple(spans["c"]), tuple(spans["s"]))


def _attributed(marked: str) -> list[Stance]:
    text, quote = _quoted(marked)
    return [one for one in propose_stances(_read(text), _named(text), [quote], _KNOWN) if one.level == "attributed"]


_PARAMS = [
    pytest.param(case, id=case["label"], marks=[pytest.mark.xfail(strict=True)] if "expect" in case else [])
    for case in _CASES
]


@pytest.mark.parametrize("case", _PARAMS)
def test_a_quotation_is_for_or_against_what_its_act_and_its_content_say(case: dict[str, Any]) -> None:
    """See the comment of each case."""
    found = {f"{stance.target} {stance.polarity}" for stance in _attributed(case["input"])}
    assert found == set(case["expected"])


@pytest.mark.parametrize(
    ("marked", "holder"),
    [
        ("<s>Le porte-parole du Kremlin</s> <c>dénonce</c> <q>les sanctions</q>.", "Kremlin"),
        (
            "<s>Un diplomate européen en poste à Séoul</s> <c>dénonce</c> <q>les sanctions</q>.",
            "NIL:diplomate-europeen",
        ),
        ("La Chine est loin de Pyongyang. <s>Elle</s> <c>dénonce</c> <q>les sanctions</q>.", "Chine"),
        ("Kim Jong-un visite les États-Unis. <s>Ils</s> <c>dénoncent</c> <q>les sanctions</q>.", "États-Unis"),
        ("Kim Jong-un a lu Yonhap. <s>Il</s> <c>dénonce</c> <q>les sanctions</q>.", "Kim Jong-un"),
        ("Poutine rit. <s>Le maître du Kremlin</s> <c>dénonce</c> <q>les sanctions</q>.", "Poutine"),
        ("Le ministre Choïgu rit. <s>Le ministre</s> <c>dénonce</c> <q>les sanctions</q>.", "Choïgu"),
    ],
)
def test_the_holder_is_whom_the_source_names_describes_or_stands_for(marked: str, holder: str) -> None:
    """A pronoun agrees with what it stands for, and never stands for a news agency."""
    assert [stance.holder for stance in _attributed(marked)] == [holder]


def test_what_a_holder_says_in_a_quotation_and_again_inside_it_has_one_row() -> None:
    """« Moscou dit vouloir … »: the row stands with the outer quotation, which begins with the inner one."""
    text = "Moscou dit vouloir approfondir ses liens avec Pyongyang."
    outer = Quote("q1", "indirect", (Span(11, 55),), (Span(7, 10),), (Span(0, 6),))
    inner = Quote("q2", "indirect", (Span(19, 55),), (Span(11, 18),), (), inside="q1")
    found = propose_stances(_read(text), _named(text), [outer, inner], _KNOWN)
    said = [(one.quote, one.target, one.polarity) for one in found if one.level == "attributed"]
    assert said == [("q1", "rapprochement", "favor")]


@pytest.mark.parametrize("case", [pytest.param(case, id=case["label"]) for case in _cases("relayed_stances.json")])
def test_a_relay_does_not_hold_what_it_relays(case: dict[str, Any]) -> None:
    """Quotations as the machine finds them; see the comment of each case."""
    read, named = _read(case["input"]), _named(case["input"])
    found = propose_stances(read, named, propose_quotes(read, named), _KNOWN)
    held = [f"{one.holder} {one.target} {one.polarity}" for one in found if one.level == "attributed"]
    assert sorted(held) == sorted(case["expected"])


@pytest.mark.parametrize("case", [pytest.param(case, id=case["label"]) for case in _cases("sanctions.json")])
def test_sanctions_are_those_of_states(case: dict[str, Any]) -> None:
    """One sanction, or some of another domain, do not mean the target; see the comment of each case."""
    text = case["input"]
    reading = Reading.of(_read(text), _named(text), _KNOWN, DEFAULT)
    places = [reading.span(one.first, one.last) for one in reading.meant if one.target == "sanctions"]
    assert [text[start:end] for start, end in places] == case["expected"]


def test_evidence_of_a_quotation_lies_in_its_content_or_its_cue() -> None:
    """And has one to eight words."""
    for case in _CASES:
        text, quote = _quoted(case["input"])
        for stance in _attributed(case["input"]):
            assert stance.evidence
            for start, end in stance.evidence:
                assert any(a <= start and end <= b for a, b in (*quote.content, *quote.cue))
                assert 1 <= len(re.findall(r"[\w-]+", text[start:end])) <= 8


def test_a_writer_who_reports_is_neutral_and_one_who_inveighs_is_not() -> None:
    """The same actors, in the words of a wire and in those of a pamphlet."""
    wire = "Moscou a reçu lundi une délégation de Pyongyang. Moscou a indiqué qu'elle restait deux jours. " * 3
    pamphlet = (
        "Quelle honte ! Moscou, ce régime cynique et brutal, mendie auprès d'un tyran. Voilà donc l'agresseur et "
        "ses complices, menteurs et criminels : soyons lucides, rien n'excuse la folie meurtrière de Moscou. "
    ) * 3
    assert _own(wire)["russia"] == "neutral"
    assert _own(pamphlet)["russia"] == "against"


@pytest.mark.parametrize(
    ("stands_for", "taken_up"),
    [((None, None), []), (("ORG", None), ["south-korea"]), ((None, "ORG"), ["south-korea"])],
)
def test_a_place_where_something_is_takes_nothing_up(stands_for: tuple[str | None, ...], taken_up: list[str]) -> None:
    """A dateline, or where something happens: an actor is taken up where it stands for its government at least once."""
    text = "Séoul — Le festival des lanternes a ouvert lundi. Les visiteurs se pressent à Séoul."
    mentions = [replace(one, metonymic=own) for one, own in zip(_named(text), stands_for, strict=True)]
    title = (Block("title", 0, len(text)),)
    article = Article.of(text, title, block_sentences(text, title), {"title"})
    assert [stance.target for stance in propose_stances(article, mentions, [], _KNOWN)] == taken_up


def _own(text: str) -> dict[str, str]:
    found = propose_stances(_read(text), _named(text), [], _KNOWN)
    assert all(stance.holder == AUTHOR and stance.quote is None for stance in found)
    return {stance.target: stance.polarity for stance in found}


_spans = st.tuples(st.integers(0, 25), st.integers(1, 15)).map(lambda found: Span(found[0], found[0] + found[1]))
_some = st.lists(_spans, max_size=2).map(tuple)
_quotes = st.builds(
    Quote,
    st.sampled_from("abc"),
    st.sampled_from(["direct", "indirect", "free", "mixed"]),
    st.lists(_spans, min_size=1, max_size=2).map(tuple),
    _some,
    _some,
    st.sampled_from([None, "a", "b"]),
)


@given(st.integers(0, len(_CASES) - 1), st.lists(_quotes, max_size=4, unique_by=lambda quote: quote.id))
def test_quotations_of_any_shape_get_a_result(number: int, quotes: list[Quote]) -> None:
    """Overlapping, empty of words, inside themselves: spans of a text are all that comes out."""
    text = _quoted(_CASES[number]["input"])[0]
    for stance in propose_stances(_read(text), _named(text), quotes, _KNOWN):
        assert all(0 <= start < end <= len(text) for start, end in stance.evidence)


def test_a_scorer_is_a_plain_value_and_comes_back_from_it() -> None:
    """What is not one is refused with a reason."""
    model = shipped_model()
    assert StanceModel.from_json(json.loads(json.dumps(model.to_json()))) == model
    with pytest.raises(ProjectError, match="no stance model"):
        StanceModel.from_json({"format": "another"})
    with pytest.raises(ProjectError, match="lacks a part"):
        StanceModel.from_json({"format": model.to_json()["format"]})


@given(st.dictionaries(st.sampled_from("abc"), st.floats(-1e6, 1e6)))
def test_probabilities_sum_to_one(found: dict[str, float]) -> None:
    """However large the features."""
    linear = Linear({"x": 0.5, "y": 0.0}, {"x": {"a": 1.0, "b": -2.0}, "y": {"c": 3.0}})
    assert sum(linear.probabilities(found).values()) == pytest.approx(1)
