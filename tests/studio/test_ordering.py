"""What is annotated next is what most is learned of; every tenth task is a blind control, and stays one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claim_strategies import layers
from parallaxe.core.claims import Entity, Layer, Provenance, Span, Stance
from parallaxe.studio.ordering import ONE_IN, Summary, gain, order, summarize

names = st.text("abcdef", min_size=1, max_size=4)
summaries = st.builds(
    Summary,
    names,
    st.lists(st.floats(0, 1), max_size=4).map(tuple),
    st.none() | st.floats(0, 1),
    st.lists(st.sampled_from(["russia", "sanctions"]), max_size=2).map(tuple),
)
many = st.lists(summaries, max_size=40, unique_by=lambda one: one.article_id)


@given(many, st.dictionaries(st.sampled_from(["russia", "sanctions"]), st.integers(0, 9)))
def test_every_article_has_one_place(articles: list[Summary], seen: dict[str, int]) -> None:
    """Ranks count from 0, gains fall and lie between 0 and 1, and the order of the articles given does not matter."""
    found = order(articles, seen)

    assert sorted(one.article_id for one in articles) == sorted(one.article_id for one in found)
    assert [*range(len(found))] == [one.rank for one in found]
    gains = [one.gain for one in found]
    assert sorted(gains, reverse=True) == gains
    assert all(0 <= each <= 1 for each in gains)
    assert found == order(reversed(articles), seen)


@given(many)
def test_every_tenth_is_blind(articles: list[Summary]) -> None:
    """Of any number of tasks a tenth, rounded down."""
    assert len(articles) // ONE_IN == sum(one.blind for one in order(articles))


@given(many, many)
def test_articles_that_come_later_change_no_control(first: list[Summary], later: list[Summary]) -> None:
    """What is blind stays blind, what is not does not become it, and all together a tenth is."""
    known = {one.article_id: one.blind for one in order(first)}
    new = [article for article in later if article.article_id not in known]

    after = {one.article_id: one.blind for one in order(new, known=known)}
    again = {one.article_id: one.blind for one in order([*first, *new], known=known)}
    assert {**known, **after} == again
    assert len(again) // ONE_IN == sum(again.values())


@given(many, st.data())
def test_a_push_that_was_cut_short_goes_on_with_the_same_controls(articles: list[Summary], data: st.DataObject) -> None:
    """Whichever tasks were made before it was killed, the rest get what they would have got."""
    whole = {one.article_id: one.blind for one in order(articles)}
    made = data.draw(st.sets(st.sampled_from(sorted(whole)))) if whole else set()

    rest = [article for article in articles if article.article_id not in made]
    known = {name: whole[name] for name in sorted(made)}
    assert whole == {**known, **{one.article_id: one.blind for one in order(rest, known=known)}}


@pytest.mark.parametrize(
    ("more", "less"),
    [
        (Summary("a", (0.5,)), Summary("a", (0.9,))),
        (Summary("a", (0.5,)), Summary("a", (0.1,))),
        (Summary("a", (0.9,), 0.5), Summary("a", (0.9,))),
        (Summary("a", (), None, ("pont",)), Summary("a", (), None, ("russia",))),
        (Summary("a", (), None, ("pont", "russia")), Summary("a", (), None, ("russia",))),
        (Summary("a", (0.999,)), Summary("a", (1.0, 1.0))),
    ],
)
def test_more_is_learned_of(more: Summary, less: Summary) -> None:
    """Uncertain scores, other opinions, and targets that people have seldom seen."""
    assert gain(more, {"russia": 8}) > gain(less, {"russia": 8})


@given(layers())
def test_an_article_agrees_with_itself(layer: Layer) -> None:
    """Nothing differs between equal claims."""
    assert 0 == summarize("a", layer.claims, layer.claims).disagreement


def test_a_summary_tells_scores_targets_and_what_differs() -> None:
    """Of three things one is said alike; proposals without a score say nothing of uncertainty."""
    scored = Entity("e", (Span(0, 4),), "LOC", provenance=Provenance(score=0.7))
    other = Entity("f", (Span(9, 12),), "PER")
    view = Stance("s", "article", "author", "russia", "against", -1)

    assert Summary("a", (0.7,), 2 / 3, ("russia",)) == summarize("a", [scored, other, view], [scored])
