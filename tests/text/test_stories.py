"""Stories: what two articles about one event have in common, and two about others have not."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from parallaxe.text.document import Block
from parallaxe.text.pairs import divided
from parallaxe.text.shingles import Hashes
from parallaxe.text.stories import LEAST_ALIKE, Story, likeness, neighbours, story, story_numbers, words_of

sentences = st.text(alphabet="abé ÉB'’.,!\n«»😀", max_size=60)
rows = st.sets(st.tuples(st.integers(0, 5), st.integers(0, 30)), max_size=60)
"""Numbers and places."""


def numbers_of(text: str) -> Hashes:
    return story_numbers(text, [Block("paragraph", 0, len(text))])


def stories(texts: Sequence[str]) -> list[Story]:
    """The stories of a corpus of these texts."""
    numbers = [numbers_of(text) for text in texts]
    words, counts = np.unique(np.concatenate([words_of(part) for part in numbers]), return_counts=True)
    return [story(part, counts[np.searchsorted(words, words_of(part))], len(texts)) for part in numbers]


def days_between(one: Mapping[str, Any], other: Mapping[str, Any]) -> int | None:
    if one["published"] is None or other["published"] is None:
        return None
    return abs((date.fromisoformat(one["published"]) - date.fromisoformat(other["published"])).days)


@pytest.fixture(scope="module")
def cases(repository: Any) -> list[dict[str, Any]]:
    """A dozen articles about eight events, some of the same people and places."""
    found: list[dict[str, Any]] = json.loads((repository / "tests/cases/stories.json").read_text("utf-8"))
    return found


def test_articles_of_one_event_are_alike_and_no_others(cases: list[dict[str, Any]]) -> None:
    """With room on both sides: the same people a week later, or another fire near by, are other events."""
    told = dict(zip([case["id"] for case in cases], stories([case["text"] for case in cases]), strict=True))
    scores = {
        (a["id"], b["id"]): likeness(told[a["id"]], told[b["id"]], days_between(a, b))
        for a, b in combinations(cases, 2)
    }
    same = {(a["id"], b["id"]) for a, b in combinations(cases, 2) if a["event"] == b["event"]}

    assert min(scores[pair] for pair in same) > 1.5 * LEAST_ALIKE
    assert max(score for pair, score in scores.items() if pair not in same) < 0.9 * LEAST_ALIKE


def test_two_articles_alone_are_judged_as_among_many(cases: list[dict[str, Any]]) -> None:
    """In a corpus of two, each pair is on the side of the line where it is in the corpus of all."""
    for one, other in combinations(cases, 2):
        first, second = stories([one["text"], other["text"]])
        score = likeness(first, second, days_between(one, other))
        assert (score >= LEAST_ALIKE) == (one["event"] == other["event"]), (one["id"], other["id"], score)


@given(sentences, sentences, st.none() | st.integers(0, 40))
def test_likeness_is_symmetric_and_at_most_one(one: str, other: str, days: int | None) -> None:
    """Whatever the texts; nothing is more alike than a text and itself on one day."""
    first, second = stories([one, other])

    assert likeness(first, second, days) == likeness(second, first, days)
    assert 0 <= likeness(first, second, days) <= 1
    assert likeness(first, second, days) <= likeness(first, first, 0)


@given(sentences)
def test_numbers_of_a_text_are_distinct_and_in_order(text: str) -> None:
    """Each word once, and only words of letters."""
    words = words_of(numbers_of(text)).tolist()

    assert sorted(set(words)) == words
    assert len(words) <= len(text.split()) + sum(map(text.count, "'’.,!«»😀"))


def test_names_are_told_by_capitals_inside_sentences() -> None:
    """A capital at the beginning of a sentence says nothing, one inside does; words of every text are left out."""
    [of] = stories(["Grues à louer. Il a vu Brassac, et Brassac dort. Les grues de Lavaur sont dans le port."])
    named = {word for word, is_name in zip(of.words.tolist(), of.names.tolist(), strict=True) if is_name}

    assert set(words_of(numbers_of("Brassac Lavaur")).tolist()) == named
    assert len(of.words) == len(words_of(numbers_of("grues louer Brassac dort Lavaur port")))


@given(rows, st.integers(1, 4))
def test_neighbours_are_those_within_reach(held: set[tuple[int, int]], reach: int) -> None:
    """Of the places that have a number, in order, each is paired with so many that follow: once for each number."""
    numbers = np.array([number for number, _ in held], np.uint64)
    places = np.array([place for _, place in held], np.uint32)
    pairs = neighbours(numbers, places, reach)
    lists = [sorted(place for other, place in held if other == number) for number in {number for number, _ in held}]
    expected = Counter(
        (one, other) for own in lists for at, one in enumerate(own) for other in own[at + 1 : at + 1 + reach]
    )

    assert expected == Counter(zip(*(part.tolist() for part in divided(pairs)), strict=True))
    assert len(pairs) <= reach * len(held)
