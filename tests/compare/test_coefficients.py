"""Coefficients give the values that their authors print, and keep the laws that define them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from parallaxe.compare.alpha import nominal_alpha, ordinal_alpha
from parallaxe.compare.clusters import b_cubed
from parallaxe.compare.scores import Array, Formula, f1, kappa, precision, recall
from parallaxe.compare.tables import classes_of, equal_share, table_counts
from parallaxe.compare.unitizing import Unitized, alpha_u, disagreements, unitized

CASES = Path(__file__).parents[1] / "cases"
ONCE = np.ones((1, 1))
METRICS: dict[str, Formula] = {"nominal": nominal_alpha, "ordinal": ordinal_alpha}

judgements = st.lists(st.tuples(st.integers(-3, 3), st.integers(-3, 3)), min_size=1, max_size=20)
units = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 15)).map(lambda unit: (unit[0], sum(unit))), max_size=6)


def cases(name: str) -> list[Any]:
    """The cases of a file, known failures strict."""
    return [
        pytest.param(case, id=case["label"], marks=[pytest.mark.xfail(strict=True)] if "expect" in case else [])
        for case in json.loads((CASES / name).read_text("utf-8"))
    ]


def table(pairs: list[tuple[Any, Any]]) -> Array:
    return table_counts([pairs], classes_of([pairs]))


@pytest.mark.parametrize("case", cases("alpha.json"))
def test_alpha_is_as_published(case: dict[str, Any]) -> None:
    """α of published and of computed examples."""
    value = METRICS[case["metric"]](table(list(zip(case["a"], case["b"], strict=True))))

    assert pytest.approx(case["alpha"], abs=case["tolerance"]) == value[0]


@pytest.mark.parametrize("case", cases("alpha_u.json"))
def test_alpha_u_is_as_published(case: dict[str, Any]) -> None:
    """α_U, and the disagreements it is made of, of the examples in Krippendorff 1995 and 2004."""
    stretch = case.get("stretch", 1)
    categories = [
        [unitized(stretched(one, stretch), stretched(other, stretch), case["length"] * stretch)]
        for one, other in zip(case["a"], case["b"], strict=True)
    ]
    if "observed" in case:
        found = disagreements(categories[0], ONCE)[0]
        assert pytest.approx([case["observed"], case["expected"]], abs=case["tolerance"]) == found
    assert pytest.approx(case["alpha"], abs=case["tolerance"]) == alpha_u(categories)(ONCE)[0]


def stretched(spans: list[list[int]], stretch: int) -> list[tuple[int, int]]:
    return [(start * stretch, end * stretch) for start, end in spans]


@given(judgements)
def test_no_coefficient_is_above_one(pairs: list[tuple[int, int]]) -> None:
    """α and κ never exceed 1, and are the same from either side."""
    back = [(other, one) for one, other in pairs]
    for coefficient in (nominal_alpha, ordinal_alpha, kappa, equal_share):
        forth = coefficient(table(pairs))[0]
        assert np.isnan(forth) or forth <= 1
        assert np.array_equal(forth, coefficient(table(back))[0], equal_nan=True)


@given(st.lists(st.integers(-3, 3), min_size=1))
def test_identical_judgements_agree(values: list[int]) -> None:
    """Judging alike gives 1, and nothing at all where there was only one value to give."""
    for coefficient in (nominal_alpha, ordinal_alpha, kappa):
        value = coefficient(table([(one, one) for one in values]))[0]
        assert value == 1.0 if len(set(values)) > 1 else np.isnan(value)


@given(units, units)
def test_alpha_u_is_at_most_one_and_symmetric(a: list[tuple[int, int]], b: list[tuple[int, int]]) -> None:
    """α_U never exceeds 1, and it does not matter who is first."""
    forth = alpha_u([[unitized(a, b, 80)]])(ONCE)[0]
    back = alpha_u([[unitized(b, a, 80)]])(ONCE)[0]

    assert np.isnan(forth) or forth <= 1
    assert np.allclose(forth, back, equal_nan=True)


@given(units)
def test_identical_units_agree(a: list[tuple[int, int]]) -> None:
    """The same units give 1, no units nothing."""
    value = alpha_u([[unitized(a, a, 80)]])(ONCE)[0]

    assert value == 1.0 if a else np.isnan(value)


@given(st.lists(st.tuples(units, units), min_size=1, max_size=4), st.lists(st.integers(0, 3), min_size=4, max_size=4))
def test_weights_repeat_articles(articles: list[tuple[Any, Any]], drawn: list[int]) -> None:
    """An article that counts twice is as good as two: α_U of weights is α_U of the articles written out."""
    held = [unitized(a, b, 80) for a, b in articles]
    weights = drawn[: len(held)]
    repeated = [article for article, times in zip(held, weights, strict=True) for _ in range(times)]
    if repeated:
        weighted = alpha_u([held])(np.array([weights], dtype=float))
        assert np.allclose(weighted, alpha_u([repeated])(np.ones((1, len(repeated)))), equal_nan=True)


def test_expected_disagreement_counts_places_in_gaps() -> None:
    """By hand: units of 6 and 4, gaps of 2, 2, 4, 2, on 10 places: D_o = 4/100, D_e = 2 · 154 / (10 · 338)."""
    article = unitized([(2, 8)], [(4, 8)], 10)

    assert Unitized(10, 4, (6, 4), (2, 2, 4, 2)) == article
    assert pytest.approx([0.04, 308 / 3380]) == disagreements([article], ONCE)[0]


names = st.sampled_from(["russie", "moscou", "kremlin", "NIL:x"])


@given(st.lists(st.tuples(names, names), min_size=1, max_size=12))
def test_b_cubed_is_that_of_its_definition(mentions: list[tuple[str, str]]) -> None:
    """Precision and recall are means over mentions of the shared part of their clusters."""
    clusters = [
        [{n for n, other in enumerate(mentions) if other[side] == mention[side]} for mention in mentions]
        for side in (0, 1)
    ]
    of_a, of_b = (
        sum(len(one & other) / len(whole) for one, other, whole in zip(*clusters, clusters[side], strict=True))
        for side in (0, 1)
    )
    counted = {pair: mentions.count(pair) for pair in mentions}

    forth, back, _ = (score(ONCE)[0] for score in b_cubed([counted]))
    assert pytest.approx((of_a / len(mentions), of_b / len(mentions))) == (forth, back)


def test_other_names_for_the_same_clusters_agree() -> None:
    """B³ asks who is together, not what they are called."""
    scores = b_cubed([{("kiev", "kyiv"): 3, ("russie", "russia"): 2}])

    assert [1.0, 1.0, 1.0] == [float(score(ONCE)[0]) for score in scores]


def test_f1_stands_between_precision_and_recall() -> None:
    """3 of 4 and 3 of 6: .75, .5 and .6; of nothing nothing."""
    sums = np.array([[3.0, 4.0, 6.0], [0.0, 0.0, 0.0]])

    assert [0.75, 0.5, 0.6] == [float(score(sums)[0]) for score in (precision, recall, f1)]
    assert all(np.isnan(score(sums)[1]) for score in (precision, recall, f1))
