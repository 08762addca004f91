"""Parallels among more articles than memory holds: those that a comparison of all with all would find."""

from __future__ import annotations

import json
import random
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeAlias

import datasets
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parallaxe.core.claims import Span
from parallaxe.dataset.same_quotation import LEAST_SHARE, Said, Utterance, likeness
from parallaxe.store.building.sayings import Sayings
from parallaxe.store.building.shelf import Shelf
from parallaxe.store.building.stories import Stories
from parallaxe.store.commands import Folder, Options, build_folder
from parallaxe.text.shingles import Hashes
from parallaxe.text.stories import LEAST_ALIKE, story, words_of
from parallaxe.text.stories import likeness as story_likeness

_NAME = 1 << 11

World: TypeAlias = list[tuple[set[int], int | None]]

worlds = st.lists(
    st.tuples(st.sets(st.integers(1, 18), max_size=14), st.none() | st.integers(0, 12)), min_size=1, max_size=12
)
"""Articles, each with words (the lower third of them names) and a day."""


def numbers_of(words: set[int]) -> Hashes:
    """Words as numbers of a story: spread over all buckets, each once, the lower third as names."""
    spread = {((word * 0x9E3779B97F4A7C15) % 2**64 & ~0xFFF) | (_NAME if word <= 6 else 0) | 1 for word in words}
    return np.array(sorted(spread), np.uint64)


def alike(articles: World, at_once: int = 5) -> list[tuple[int, int, float]]:
    with TemporaryDirectory() as folder:
        found = Stories(Path(folder) / "stories")
        for start in range(0, len(articles), at_once):
            found.add([numbers_of(words) for words, _ in articles[start : start + at_once]])
        return [(one, other, score) for one, other, score in found.alike([day for _, day in articles])]


def compared_all(articles: World) -> list[tuple[int, int, float]]:
    """All with all, but for those that share too few words to be compared."""
    counts = {word: sum(word in words for words, _ in articles) for words, _ in articles for word in words}
    by_number = {int(words_of(numbers_of({word}))[0]): count for word, count in counts.items()}
    told = []
    for words, _ in articles:
        numbers = numbers_of(words)
        having = np.array([by_number[number] for number in words_of(numbers).tolist()], np.int64)
        told.append(story(numbers, having, len(articles)))
    pairs = [
        (one, other, story_likeness(told[one], told[other], _between(articles[one][1], articles[other][1])))
        for one, other in combinations(range(len(articles)), 2)
        if len(articles[one][0] & articles[other][0]) >= 6
    ]
    return [pair for pair in pairs if pair[2] >= LEAST_ALIKE]


def _between(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else abs(one - other)


@settings(max_examples=60, deadline=None)
@given(worlds, st.integers(1, 5))
def test_stories_that_are_alike_are_found(articles: World, at_once: int) -> None:
    """In few articles every pair that is alike, with its score, however they were added."""
    assert compared_all(articles) == alike(articles, at_once)


@settings(max_examples=40, deadline=None)
@given(worlds, st.randoms(use_true_random=False))
def test_the_order_of_articles_changes_nothing(articles: World, chance: random.Random) -> None:
    """The same pairs with the same scores, whatever the places of their articles."""
    order = list(range(len(articles)))
    chance.shuffle(order)
    moved = alike([articles[place] for place in order])
    back = sorted((*sorted((order[one], order[other])), score) for one, other, score in moved)

    assert alike(articles) == back


def test_no_word_brings_together_more_than_its_neighbours(tmp_path: Path) -> None:
    """Twice the articles about one event make twice the pairs, not four times as many."""
    found = []
    for count in (60, 120):
        stories = Stories(tmp_path / str(count))
        stories.add([numbers_of(set(range(1, 19)) | {100 + place}) for place in range(count)])
        # Words of all articles tell nothing; these come beside three times as many others.
        stories.add([numbers_of({1000 + 20 * place + word for word in range(8)}) for place in range(30 * count)])
        found.append(len(stories.alike([10] * (31 * count))))

    assert 0 < found[0] <= 60 * 20
    assert found[0] < found[1] <= 2.5 * found[0]


def test_articles_without_words_are_alike_to_nothing(tmp_path: Path) -> None:
    """Emoji alone, or no article at all, are no story."""
    assert Stories(tmp_path / "none").alike([]) == []
    empty = Stories(tmp_path / "empty")
    empty.add([np.empty(0, np.uint64)] * 3)
    assert empty.alike([1, None, 1]) == []


@given(st.lists(st.lists(st.lists(st.integers(0, 2**64 - 1), max_size=4), max_size=3), max_size=4))
def test_a_shelf_gives_back_what_was_put_there(parts: list[list[list[int]]]) -> None:
    """Each list by its place, in whatever parts they were added."""
    with TemporaryDirectory() as folder:
        (Path(folder) / "shelf").mkdir()
        shelf = Shelf(Path(folder) / "shelf" / "numbers")
        places = [shelf.add([np.array(numbers, np.uint64) for numbers in part]).tolist() for part in parts]
        lists = [numbers for part in parts for numbers in part]

        assert lists == [shelf[place].tolist() for place in range(len(shelf))]
        assert [place for place, numbers in enumerate(lists) for _ in numbers] == [p for part in places for p in part]


quotations = st.lists(st.sets(st.integers(1, 12), min_size=3, max_size=8), max_size=12)


@settings(max_examples=60, deadline=None)
@given(quotations)
def test_quotations_that_are_alike_are_found(said: list[set[int]]) -> None:
    """Every two that share enough of the shorter one, each pair once."""
    uttered = [
        Utterance(Said(f"a{place:02}", (Span(0, 9),)), np.array(sorted(runs), np.uint64))
        for place, runs in enumerate(said)
    ]
    with TemporaryDirectory() as folder:
        sayings = Sayings(Path(folder) / "sayings")
        sayings.add(uttered[:4])
        sayings.add(uttered[4:])
        found = sorted(sayings.alike())
    expected = [
        (one.said, other.said, score)
        for one, other in combinations(uttered, 2)
        if (score := likeness(one.runs, other.runs)) >= LEAST_SHARE
    ]

    assert expected == found


def test_a_folder_has_its_events(tmp_path: Path, repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Articles that nobody catalogued are paired by build where they tell of one event, in rows that pass the gate."""
    monkeypatch.setattr(datasets.config, "HF_DATASETS_CACHE", tmp_path / "cache")
    datasets.disable_progress_bars()
    cases = json.loads((repository / "tests/cases/stories.json").read_text("utf-8"))
    (tmp_path / "raw").mkdir()
    lines = [json.dumps(_record(case), ensure_ascii=False) for case in reversed(cases)]
    (tmp_path / "raw" / "presse.jsonl").write_text("\n".join(lines), "utf-8")
    build_folder(Folder(tmp_path / "raw"), tmp_path / "out", Options())

    loaded = datasets.load_dataset(str(tmp_path / "out"), "parallels")
    kinds = next(iter(loaded.values())).features["kind"]
    rows = [row for split in loaded.values() for row in split]
    event = {f"presse-{case['id']}": case["event"] for case in cases}
    same = {(a, b) for a, b in combinations(sorted(event), 2) if event[a] == event[b]}
    assert {"same_event"} == {kinds.int2str(row["kind"]) for row in rows}
    assert same == {(row["article_a"], row["article_b"]) for row in rows}
    assert all(LEAST_ALIKE <= row["score"] <= 1 and row["why"] == "names-words-dates" for row in rows)
    assert all(row["fragments_a"] == row["fragments_b"] == [] for row in rows)


def _record(case: dict[str, Any]) -> dict[str, Any]:
    date = {"date": case["published"]} if case["published"] else {}
    return {"id": case["id"], "text": case["text"], **date}
