"""Rows of `parallels`: one for each pair, the same whoever comes first, with an id that lasts."""

from __future__ import annotations

from datetime import date
from itertools import combinations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from parallaxe.core.claims import Layer, Quote, Span
from parallaxe.core.schema import Schemas
from parallaxe.dataset.annotation_rows import Annotated, quotes_table
from parallaxe.dataset.parallel_rows import Parallel, parallels_table
from parallaxe.dataset.same_event import Appearance, same_events
from parallaxe.dataset.same_quotation import Said, Utterance, likeness, same_quotations, utterances
from parallaxe.store.schemas import load_schemas

SCHEMAS = load_schemas()

dates = st.none() | st.dates(date(2024, 1, 1), date(2024, 1, 9))
catalogues = st.dictionaries(
    st.sampled_from([f"a{number:02}" for number in range(40)]),
    st.builds(Appearance, dates, st.none() | st.sampled_from(["sommet", "incendie"])),
    max_size=30,
)


def pairs(table: pa.Table) -> list[tuple[str, str]]:
    return list(zip(table["article_a"].to_pylist(), table["article_b"].to_pylist(), strict=True))


@given(catalogues, st.data())
def test_events_are_pairs_in_order_each_once(articles: dict[str, Appearance], data: st.DataObject) -> None:
    """Ids of articles are in order, no pair comes twice, and the order of articles and of pairs changes nothing."""
    every = list(combinations(articles, 2))
    alike = data.draw(st.lists(st.sampled_from(every), unique=True, max_size=9)) if every else []
    table = same_events(articles, [(one, other, 0.5) for one, other in alike], SCHEMAS)
    turned = [(other, one, 0.5) for one, other in reversed(alike)]

    assert all(one < other for one, other in pairs(table))
    assert len(set(pairs(table))) == len(table) == len(set(table["parallel_id"].to_pylist()))
    assert table.equals(same_events(dict(reversed(articles.items())), turned, SCHEMAS))


@given(catalogues)
def test_what_is_declared_holds(articles: dict[str, Appearance]) -> None:
    """Articles with one key are paired without a score; with two keys never, however alike; else likeness decides."""
    alike = [(one, other, 0.5) for one, other in combinations(sorted(articles), 2)]
    rows = same_events(articles, alike, SCHEMAS).to_pylist()
    of = {name: articles[name].event for name in articles}

    for row in rows:
        one, other = of[row["article_a"]], of[row["article_b"]]
        assert (row["why"], row["score"]) == (
            ("declared-event", None) if one is not None and other is not None else ("names-words-dates", 0.5)
        )
        assert one == other or None in (one, other)
        assert row["fragments_a"] == row["fragments_b"] == []
    measured = [pair for pair in alike if None in (of[pair[0]], of[pair[1]])]
    assert len(measured) == sum(row["why"] == "names-words-dates" for row in rows)


@pytest.mark.parametrize("count", [21, 42, 84])
def test_rows_grow_with_the_articles_of_an_event(count: int) -> None:
    """Up to 21 articles every pair is told; beyond, each article is paired with the 20 that follow it in time."""
    articles = {f"a{place:02}": Appearance(date(2024, 1, 1 + place % 28), "sommet") for place in range(count)}

    assert len(same_events(articles, [], SCHEMAS)) == 20 * count - 210


def test_ids_last() -> None:
    """An id depends on the passages alone, and tells apart passages that begin at one place."""
    one = Parallel("same_quotation", "a", (Span(3, 9),), "b", (Span(1, 5), Span(7, 9)), 0.8)

    assert one.identity == one._replace(score=0.9, why="other").identity
    assert len({one.identity, one._replace(fragments_a=(Span(3, 8),)).identity, one._replace(kind="x").identity}) == 3
    assert Parallel("same_event", "a", (), "b", (), None).identity == "0fd97fded992"


def test_passages_that_are_found_twice_are_one_row() -> None:
    """Two claims with one content make one parallel, with the higher score."""
    one = Parallel("same_quotation", "a", (Span(3, 9),), "b", (Span(1, 5),), 0.7)
    table = parallels_table([one, one._replace(score=0.9), one._replace(score=0.8)], "machine", "t/1", SCHEMAS)

    assert table["score"].to_pylist() == [pytest.approx(0.9)]


SAID = "On ne construit pas un port avec des promesses, on le construit avec des grues"
ARTICLES = {
    "a": f"« {SAID} », a dit M. Ferroudj.",
    "b": f"Pour M. Ferroudj, « {SAID.lower().split(',')[0]} ».",
    "c": f"Il pense que {SAID.lower()}.",
}


def tables(layer: str, types: dict[str, str]) -> dict[str, pa.Table]:
    """The tables `articles` and `quotes` of these articles, each with one quotation of a type."""
    items = []
    for name, text in ARTICLES.items():
        start = text.lower().index(SAID.lower()[:20])
        end = start + min(len(SAID), max(text.find(end, start) - start for end in ("»", " ».", ".")))
        quote = Quote("q1", types[name], (Span(start, end),))
        own = Layer(layer, name, "", "", None, "t/1", "rule", ("quote",), (quote,))
        items.append(Annotated(own, text, (), frozenset()))
    articles = pa.table({"article_id": list(ARTICLES), "text": list(ARTICLES.values())})
    return {"articles": articles, "quotes": quotes_table(items, SCHEMAS)}


def types_of(schemas: Schemas, *, quoted: bool) -> str:
    return next(label.name for label in schemas.labels["quotation_types"].labels if label.quoted == quoted)


@pytest.mark.parametrize("layer", ["gold", "machine"])
def test_quotations_of_any_layer_have_parallels(layer: str) -> None:
    """What stands in quotation marks in two articles is paired; what is told in the writer's words is not."""
    direct, indirect = types_of(SCHEMAS, quoted=True), types_of(SCHEMAS, quoted=False)
    said = list(utterances(tables(layer, {"a": direct, "b": direct, "c": indirect}), set(ARTICLES), SCHEMAS))
    scored = [(one.said, other.said, likeness(one.runs, other.runs)) for one, other in combinations(said, 2)]
    table = same_quotations(scored, SCHEMAS)

    assert [("a", "b")] == pairs(table)
    assert table["score"].to_pylist() == [1.0]
    assert table.equals(same_quotations([(other, one, score) for one, other, score in scored], SCHEMAS))


def test_articles_that_are_not_asked_or_not_here_say_nothing() -> None:
    """An article outside `wanted`, one without text, and tables without quotations have no utterances."""
    own = tables("gold", dict.fromkeys(ARTICLES, types_of(SCHEMAS, quoted=True)))
    without_text = pa.table({"article_id": list(ARTICLES), "text": pa.array([None] * 3, pa.string())})

    assert ["b"] == [utterance.said.article_id for utterance in utterances(own, {"b"}, SCHEMAS)]
    assert list(utterances({**own, "articles": without_text}, set(ARTICLES), SCHEMAS)) == []
    assert list(utterances({"articles": own["articles"]}, set(ARTICLES), SCHEMAS)) == []


def test_one_article_does_not_quote_itself() -> None:
    """A word that an article prints twice, in title and text, is no parallel."""
    twice = [Said("a", (Span(0, 9),)), Said("a", (Span(40, 49),))]

    assert len(same_quotations([(twice[0], twice[1], 1.0)], SCHEMAS)) == 0


@given(st.sets(st.integers(0, 9)), st.sets(st.integers(0, 9)))
def test_likeness_of_quotations_is_symmetric(one: set[int], other: set[int]) -> None:
    """The share of the shorter one: 1 where it is part of the longer."""
    first, second = (Utterance(Said("a", ()), np.array(sorted(runs), np.uint64)).runs for runs in (one, other))

    assert likeness(first, second) == likeness(second, first)
    assert likeness(first, first) == (1.0 if len(one) >= 3 else 0.0)
