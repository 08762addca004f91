"""Mentions within mentions and within sources, found by one sweep, are those that comparing all pairs would find."""

from __future__ import annotations

from functools import partial

from hypothesis import given
from hypothesis import strategies as st

from counted_work import calls
from parallaxe.compare.nesting import linked_mentions, nesting
from parallaxe.core.claims import Entity, Span

PLACES = st.tuples(st.integers(0, 30), st.integers(1, 12)).map(lambda place: Span(place[0], place[0] + place[1]))


@st.composite
def mentions(draw: st.DrawFn) -> list[Entity]:
    """Mentions of one fragment or two, in any order, some of them linked."""
    found = []
    for number in range(draw(st.integers(0, 8))):
        first = draw(PLACES)
        tail = draw(st.none() | st.integers(1, 5))
        spans = (first,) if tail is None else (first, Span(first.end + 2, first.end + 2 + tail))
        found.append(Entity(f"m{number}", spans, "LOC", None, draw(st.sampled_from(["kiev", None]))))
    return found


def length(mention: Entity) -> int:
    return sum(span.end - span.start for span in mention.fragments)


def lies_in(inner: Entity, spans: tuple[Span, ...]) -> bool:
    return all(any(o.start <= i.start and i.end <= o.end for o in spans) for i in inner.fragments)


@given(mentions())
def test_a_mention_nests_in_the_shortest_one_around_it(found: list[Entity]) -> None:
    """Each pair compared with each gives the same."""
    around = {
        inner.id: [other for other in found if lies_in(inner, other.fragments) and length(other) > length(inner)]
        for inner in found
    }

    expected = {name: min(outer, key=lambda own: (length(own), own.id)).id for name, outer in around.items() if outer}
    assert expected == nesting(found)


@given(mentions(), st.lists(PLACES, max_size=4))
def test_a_source_names_the_first_linked_mention_in_it(found: list[Entity], sources: list[Span]) -> None:
    """Of those that begin first the one that reaches furthest; sources without one are not there."""
    expected = {}
    for source in sources:
        linked = [mention for mention in found if mention.kb_id and lies_in(mention, (source,))]
        if linked:
            expected[source] = min(linked, key=lambda m: (m.fragments[0].start, -m.fragments[-1].end, m.id))

    assert expected == linked_mentions(sources, found)


def test_a_long_list_of_mentions_takes_no_quadratic_time() -> None:
    """Four times as many mentions, each with one inside, take four times the calls: no pair of them is compared."""
    short, long = (_one_in_another(times) for times in (2_000, 8_000))

    assert {f"i{n}": f"o{n}" for n in range(8_000)} == nesting(long)
    assert calls(partial(nesting, long)) < 4.4 * calls(partial(nesting, short))


def _one_in_another(times: int) -> list[Entity]:
    outer = [Entity(f"o{n}", (Span(10 * n, 10 * n + 8),), "LOC") for n in range(times)]
    inner = [Entity(f"i{n}", (Span(10 * n, 10 * n + 4),), "LOC") for n in range(times)]
    return outer + inner
