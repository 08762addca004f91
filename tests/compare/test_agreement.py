"""Agreement of two sides: its laws, each figure on an example done by hand, and what is left out in the open."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claim_strategies import TEXT, layer_of, layer_pairs, layers
from counted_work import calls
from parallaxe.compare.agreement import Agreement, agreement, fingerprint
from parallaxe.compare.agreement_report import (
    ONE_MODEL,
    agreement_json,
    agreement_lines,
    agreement_markdown,
    agreement_rows,
    headlines,
    parse_agreement,
)
from parallaxe.compare.bootstrap import Figure, Measure, figures, resample_weights
from parallaxe.compare.scores import f1, of_counts
from parallaxe.core.claims import AUTHOR, Claim, Entity, Layer, Quote, Span, Stance
from parallaxe.core.errors import ProjectError, UsageError
from parallaxe.store.schemas import load_schemas
from parallaxe.text.tokens import tokenizer

FEW = 20


SCHEMAS = load_schemas()
tokenizer()  # what is loaded once is no part of what a law takes


def compare(a: Layer, b: Layer, text: str | None = TEXT, resamples: int = FEW) -> Agreement:
    return agreement({"un": a}, {"un": b}, {"un": text}, SCHEMAS, resamples)


def values(found: Agreement) -> dict[tuple[str, str, str], float | None]:
    return {(figure.section, figure.name, figure.group): figure.value for figure in found.figures}


def swapped(name: str) -> str:
    other = {"precision": "recall", "recall": "precision"}
    first, *rest = name.split(" ")
    return " ".join([other.get(first, first), *rest])


@settings(deadline=None)
@given(layers(), st.booleans())
def test_a_layer_agrees_with_itself(layer: Layer, withheld: bool) -> None:
    """Whatever is defined is 1, to the last digit but for sums of thirds."""
    found = compare(layer, layer, None if withheld else TEXT)

    assert all(value is None or value == pytest.approx(1.0, abs=1e-12) for value in values(found).values())


@settings(deadline=None)
@given(layer_pairs())
def test_agreement_is_symmetric(pair: tuple[Layer, Layer]) -> None:
    """From the other side precision is recall, and all other figures are the same; nothing exceeds 1."""
    a, b = pair
    forth, back = values(compare(a, b)), values(compare(b, a))

    assert {(section, swapped(name), group): value for (section, name, group), value in back.items()} == pytest.approx(
        forth, nan_ok=True
    )
    assert all(value is None or value <= 1 + 1e-12 for value in forth.values())


@settings(deadline=None)
@given(layer_pairs(), st.randoms())
def test_the_order_of_claims_does_not_matter(pair: tuple[Layer, Layer], chance: Any) -> None:
    """Shuffled layers agree as much, with the same intervals."""
    a, b = pair
    mixed = list(a.claims)
    chance.shuffle(mixed)

    assert compare(a, b) == compare(replace(a, claims=tuple(mixed)), b)


def entity(name: str, start: int, end: int, label: str = "LOC", **fields: Any) -> Entity:
    return Entity(name, (Span(start, end),), label, **fields)


# Tokens of TEXT are five characters long with one space between: mot00 mot01 …
A: tuple[Claim, ...] = (
    entity("e1", 0, 5, kb_id="russie", metonymic="ORG"),
    entity("e2", 6, 23, "ORG", kb_id="onu"),
    entity("e3", 12, 17, kb_id="moscou"),
    entity("e4", 24, 29, "PER", kb_id="kim"),
    entity("e5", 36, 41, kb_id="kiev"),
    Quote("q1", "direct", (Span(30, 47),), (Span(48, 53),), (Span(24, 29),)),
    Quote("q2", "indirect", (Span(60, 77),), (), ()),
    Stance("s1", "article", AUTHOR, "russia", "against", -2, (Span(0, 5),)),
    Stance("s2", "article", AUTHOR, "ukraine", "favor", 1),
    Stance("s3", "attributed", "kim", "russia", "favor", 2, (Span(30, 35),), "q1"),
    Stance("s4", "attributed", "onu", "sanctions", "favor", 1, (Span(60, 65),), "q2"),
)
B: tuple[Claim, ...] = (
    entity("f1", 0, 5, kb_id="russie"),
    entity("f2", 6, 17, "ORG", kb_id="onu"),
    entity("f3", 12, 17, kb_id="moscou"),
    entity("f4", 24, 29, "ORG", kb_id="kim"),
    entity("f5", 36, 41, kb_id="ukraine", metonymic="ORG"),
    Quote("r1", "mixed", (Span(30, 47),), (Span(48, 59),), (Span(24, 35),)),
    Stance("t1", "article", AUTHOR, "russia", "against", -3, (Span(0, 11),)),
    Stance("t2", "attributed", "NIL:x", "russia", "favor", 2, (Span(30, 35),), "r1"),
    Stance("t3", "attributed", "onu", "sanctions", "favor", 1, (), "r1"),
)


@pytest.mark.parametrize(
    ("section", "name", "group", "expected", "n"),
    [
        ("entities", "F1 outer, exact", "all", 2 * 2 / 8, 6),
        ("entities", "F1 outer, exact", "LOC", 1.0, 2),
        ("entities", "F1 outer, IoU .5", "all", 2 * 3 / 8, 5),
        ("entities", "precision outer, IoU .5", "ORG", 1.0, 2),
        ("entities", "recall outer, IoU .5", "ORG", 0.5, 2),
        ("entities", "F1 nested, exact", "all", 1.0, 1),
        ("entities", "κ metonymy", "all", -0.5, 3),
        ("entities", "equal metonymy", "all", 1 / 3, 3),
        ("entities", "equal links", "all", 3 / 4, 4),
        ("entities", "F1 links, B³", "all", 1.0, 4),
        ("quotations", "F1 outermost content, exact", "all", 2 / 3, 2),
        ("quotations", "F1 outermost content, exact", "direct", 0.0, 1),
        ("quotations", "F1 outermost cue, exact", "all", 0.0, 2),
        ("quotations", "F1 outermost cue, IoU .5", "all", 1.0, 1),
        ("quotations", "F1 outermost source, exact", "all", 0.0, 2),
        ("quotations", "F1 outermost source, IoU .5", "all", 1.0, 1),
        ("quotations", "F1 source links", "all", 1.0, 1),
        ("quotations", "equal type", "all", 0.0, 1),
        ("quotations", "F1 nested content, exact", "all", None, 0),
        ("stance of the article", "equal polarity", "all", 9 / 10, 10),
        ("stance of the article", "α polarity", "russia", None, 1),
        ("stance of the article", "IoU evidence", "all", 0.5, 1),
        ("attributed stance", "F1 tuples without holder", "all", 2 / 4, 3),
        ("attributed stance", "F1 tuples with holder", "all", 0.0, 4),
        ("attributed stance", "F1 tuples without holder, anywhere in the article", "all", 1.0, 2),
        ("attributed stance", "F1 tuples with holder, anywhere in the article", "all", 0.5, 3),
        ("attributed stance", "F1 tuples without holder", "sanctions", 0.0, 2),
    ],
)
def test_figures_by_hand(section: str, name: str, group: str, expected: float | None, n: int) -> None:
    """One small article, each figure counted with pencil and paper."""
    figure = compare(layer_of(A), layer_of(B, "pass-b")).figure(section, name, group)

    assert n == figure.n
    assert figure.value == (None if expected is None else pytest.approx(expected))


def test_tokens_are_counted_by_role() -> None:
    """α over 16 tokens: a has six in contents, b three of them."""
    figure = compare(layer_of(A), layer_of(B, "pass-b")).figure("quotations", "α tokens", "content")

    # Coincidences: 10 · 2 neither, 3 · 2 both, 3 + 3 mixed; D_o = 6 / 32, D_e = 2 · 23 · 9 / (32 · 31).
    assert figure.n == 16
    assert figure.value == pytest.approx(1 - (6 / 32) / (2 * 23 * 9 / (32 * 31)))


def test_a_seen_and_an_unseen_target_disagree() -> None:
    """`absent` is a class: one target of ten that a alone sees lowers α as any other disagreement does."""
    figure = compare(layer_of(A), layer_of(B, "pass-b")).figure("stance of the article", "α polarity")

    # Of 20 values: against 2, favor 1, absent 17; coincidences off the diagonal 2.
    assert pytest.approx(1 - 19 * 2 / (400 - 4 - 1 - 289)) == figure.value


def test_intensities_are_ranks() -> None:
    """−3 is further from 2 than −1 is, wherever the sign stands in the alphabet."""
    targets = ("russia", "ukraine", "sanctions")
    a, b, c = (
        layer_of(
            tuple(
                Stance(f"s{n}", "article", AUTHOR, target, "mixed", intensity)
                for n, (target, intensity) in enumerate(zip(targets, intensities, strict=True))
            ),
            name,
        )
        for name, intensities in (("a", (-3, -1, 2)), ("b", (-3, -2, 2)), ("c", (-1, -3, 2)))
    )
    near, far = (compare(a, other).figure("stance of the article", "α intensity").value for other in (b, c))

    assert near is not None
    assert far is not None
    assert near > far > 0


def many(count: int, claims: int, seed: int = 5) -> tuple[dict[str, Layer], dict[str, Layer], dict[str, str | None]]:
    """Two passes over `count` articles with about `claims` claims, of which one in ten differs."""
    chance = Random(seed)
    sides: tuple[dict[str, Layer], dict[str, Layer]] = ({}, {})
    text = "mot " * (claims * 8)
    for article in range(count):
        held: tuple[list[Claim], list[Claim]] = ([], [])
        for n in range(claims):
            start = n * 32
            for side, claims_of in enumerate(held):
                shift = 4 * (side and chance.random() < 0.1)
                held_id = f"{'ab'[side]}{n}"
                if n % 4:
                    label = chance.choice(["PER", "LOC"]) if chance.random() < 0.1 else ["PER", "LOC", "ORG"][n % 3]
                    claims_of.append(entity(held_id, start + shift, start + 15, label, kb_id=f"nom-{n % 9}"))
                else:
                    claims_of.append(
                        Quote(held_id, "direct", (Span(start + shift, start + 27),), (Span(start + 28, start + 31),))
                    )
                    polarity = "neutral" if chance.random() < 0.1 else "favor"
                    carried = Stance(f"{held_id}s", "attributed", "kim", "russia", polarity, 1, (), held_id)
                    claims_of.append(carried)
        for target in ("russia", "ukraine", "china"):
            for claims_of in held:
                polarity = chance.choice(["favor", "against"]) if chance.random() < 0.2 else "favor"
                intensity = chance.choice([-1, 1]) if chance.random() < 0.2 else article % 3
                claims_of.append(Stance(f"own-{target}", "article", AUTHOR, target, polarity, intensity))
        for side, layers_of in enumerate(sides):
            layers_of[f"article-{article:02d}"] = layer_of(tuple(held[side]), f"pass-{'ab'[side]}")
    return (*sides, dict.fromkeys(sides[0], text))


def test_intervals_hold_their_values() -> None:
    """Over thirty articles each interval of 95 % holds the figure it is about."""
    a, b, texts = many(30, 24)

    found = agreement(a, b, texts, SCHEMAS)
    told = [figure for figure in found.figures if figure.low is not None]
    assert len(told) > 100
    assert [] == [f for f in told if not (f.low or 0) - 1e-9 <= (f.value or 0) <= (f.high or 0) + 1e-9]


def test_work_grows_with_articles_and_with_claims() -> None:
    """Four times as many articles, or claims in each, take four times the calls; none is compared with all."""
    little, articles, claims = (_calls(count, each) for count, each in ((5, 30), (20, 30), (5, 120)))

    assert articles < 4.4 * little
    assert claims < 4.4 * little


def test_resamples_are_drawn_together() -> None:
    """A thousand of them take hardly more calls than ten: what is counted once is only weighed anew."""
    assert _calls(5, 30, resamples=1000) < 1.1 * _calls(5, 30, resamples=10)


def _calls(count: int, claims: int, resamples: int = 10) -> int:
    a, b, texts = many(count, claims)
    return calls(lambda: agreement(a, b, texts, SCHEMAS, resamples=resamples))


def test_the_same_call_gives_the_same_intervals() -> None:
    """Resampling is seeded: a report that is made again is the same file."""
    a, b, texts = many(4, 8)

    assert agreement(a, b, texts, SCHEMAS, FEW) == agreement(a, b, texts, SCHEMAS, FEW)


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(5, 9), st.integers(5, 9)), min_size=2, max_size=6))
def test_a_resample_is_its_articles_written_out(counts: list[tuple[int, int, int]]) -> None:
    """The interval of F1 is that of articles drawn and counted one by one."""
    held = np.array(counts, dtype=float)
    weights = resample_weights(len(held), FEW)
    drawn = [
        [row for row, times in zip(held, row_weights, strict=True) for _ in range(int(times))]
        for row_weights in weights
    ]
    expected = [2 * sum(r[0] for r in rows) / sum(r[1] + r[2] for r in rows) for rows in drawn]

    figure = figures([Measure("s", "F1", "all", of_counts(held, f1), 1)], weights)[0]
    assert pytest.approx((expected[0], *np.quantile(expected[1:], [0.025, 0.975]))) == (
        figure.value,
        figure.low,
        figure.high,
    )


def test_one_article_has_no_interval() -> None:
    """Nothing can be drawn from one article: the value stands, its interval does not."""
    figure = compare(layer_of(A), layer_of(B)).figure("entities", "F1 outer, exact")

    assert (0.5, None, None) == (figure.value, figure.low, figure.high)


def sides() -> tuple[Mapping[str, Layer], Mapping[str, Layer]]:
    a = {name: layer_of(A, "pass-a", name) for name in ("un", "deux", "trois", "quatre")}
    b = {name: layer_of(B, "pass-b", name) for name in ("un", "deux", "trois", "cinq")}
    other_text = replace(b["trois"], text_sha256="1" * 64)
    return a, {**b, "deux": replace(b["deux"], complete=("entity",)), "trois": other_text}


def test_nothing_is_left_out_in_silence() -> None:
    """An article that one side lacks, of another text, or not complete in a kind, is told with the reason."""
    found = agreement(*sides(), {"un": TEXT}, SCHEMAS, FEW)

    assert ("deux", "un") == found.articles
    assert ("deux",) == found.characters
    assert {
        ("quatre", "all", "missing in pass-b"),
        ("cinq", "all", "missing in pass-a"),
        ("trois", "all", "annotated in different texts"),
        ("deux", "quote", "not complete in pass-b"),
        ("deux", "stance", "not complete in pass-b"),
    } == set(found.skipped)
    assert 12 == found.figure("entities", "F1 outer, exact").n
    assert 2 == found.figure("quotations", "F1 outermost content, exact").n


def test_an_unknown_figure_is_refused_with_those_there_are() -> None:
    """Asking for a figure by a wrong name lists the names of its section."""
    with pytest.raises(UsageError, match=r"use one of .*α_U outer"):
        compare(layer_of(A), layer_of(B)).figure("entities", "F2")


def test_no_articles_give_no_figures() -> None:
    """Two sides without a common article have no figures, and say why."""
    found = agreement({"un": layer_of(A)}, {}, {}, SCHEMAS, FEW)

    assert ((), 1) == (found.figures, len(found.skipped))
    assert "missing in the other side" in agreement_markdown(found)


def test_the_report_tells_lowest_first_and_what_it_is_worth() -> None:
    """Two passes by models: the sentence stands there; values ascend, undefined ones last; F1 alone is told."""
    report = agreement_markdown(agreement(*sides(), {"un": TEXT}, SCHEMAS, FEW))

    assert ONE_MODEL in report
    assert "trois: all, annotated in different texts" in report
    assert "counted in code points instead of tokens: deux" in report
    assert "| precision" not in report
    section = report.split("## Entities")[1].split("##")[0]
    cells = [line.split(" | ")[2] for line in section.splitlines() if line.startswith("| ")][1:]
    told = [float(cell.replace("−", "-")) for cell in cells if cell != "–"]
    assert sorted(told) == told
    assert ["–"] * (len(cells) - len(told)) == cells[len(told) :]


def test_a_person_on_one_side_needs_no_caution() -> None:
    """The sentence about one model is about models alone."""
    human = replace(layer_of(A), annotator_type="human")

    assert ONE_MODEL not in agreement_markdown(compare(human, layer_of(B)))
    assert agreement_json(compare(human, layer_of(B)))["caution"] is None


def test_the_json_is_json() -> None:
    """Undefined values are null, never NaN, and every figure is there."""
    found = compare(layer_of(A), layer_of(B))

    written = json.loads(json.dumps(agreement_json(found), allow_nan=False))
    assert len(found.figures) == len(written["figures"])


def test_numbers_are_written_as_coefficients_are() -> None:
    """Without a leading zero, with a real minus, and −10.5 keeps its digits."""
    rows = agreement_rows([Figure("s", "α_U", "all", value, None, None, 3) for value in (-0.0961, 1.0, -10.5, None)])

    assert ["−.096", "1.000", "−10.500", "–"] == [row[2] for row in rows]


def test_an_agreement_is_its_lines() -> None:
    """Written to lines and read again, it makes the same lines, the same report and the same headlines."""
    found = agreement(*sides(), {"un": TEXT}, SCHEMAS, FEW)
    lines = json.loads(json.dumps([*agreement_lines(found)]))
    again = parse_agreement(enumerate(lines, 1), "agreement.jsonl")

    assert lines == json.loads(json.dumps([*agreement_lines(again)]))
    assert agreement_markdown(found) == agreement_markdown(again)
    assert headlines(found) == headlines(again)


def test_a_broken_line_of_an_agreement_is_told() -> None:
    """File and line stand in the complaint."""
    lines = [*agreement_lines(compare(layer_of(A), layer_of(B)))]
    del lines[2]["n"]

    with pytest.raises(ProjectError) as raised:
        parse_agreement(enumerate(lines, 1), "agreement.jsonl")
    assert "agreement.jsonl:3" == raised.value.where


def test_a_fingerprint_is_that_of_the_claims() -> None:
    """The order of articles is nothing, a claim is something, and so is the side."""
    a, b = {"un": layer_of(A), "deux": layer_of(B)}, {"un": layer_of(B)}

    assert fingerprint(a, b) == fingerprint(dict(reversed(a.items())), b)
    assert 3 == len({fingerprint(a, b), fingerprint(b, a), fingerprint({**a, "un": layer_of(())}, b)})


def test_headlines_are_few_and_lowest_first() -> None:
    """Each figure that is told was computed, and those of all labels alone."""
    told = headlines(compare(layer_of(A), layer_of(B)))

    assert told.startswith("Agreement of `")
    assert 8 == sum(line.startswith("| ") for line in told.splitlines()) - 1
