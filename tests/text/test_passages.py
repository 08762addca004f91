"""Likeness of texts: passages that newsrooms share, and near-duplicates."""

from __future__ import annotations

import random

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from parallaxe.text.duplicates import band_hashes, groups, near_duplicates, sketch
from parallaxe.text.passages import FEWEST_SHARED, SHORTEST_PASSAGE, sampled_shingles, shared_passages
from parallaxe.text.shingles import Hashes, word_hashes, word_spans


def words(text: str) -> Hashes:
    return word_hashes(text, word_spans(text, ((0, len(text)),)))


def prose(seed: int, count: int) -> list[str]:
    """Words of no meaning, different for each seed."""
    chance = random.Random(seed)
    return ["".join(chance.choices("abcdefghij", k=6)) for _ in range(count)]


def test_a_copied_passage_is_found_where_it_stands() -> None:
    """Eighty words copied with four changed: one passage, its borders within a word of the truth."""
    copied = prose(1, 80)
    edited = copied.copy()
    for place in (11, 32, 50, 71):
        edited[place] = "mot"
    a, b = prose(2, 120) + copied + prose(3, 30), prose(4, 10) + edited + prose(5, 200)

    [passage] = shared_passages(words(" ".join(a)), words(" ".join(b)))

    assert abs(passage.start_a - 120) <= 1
    assert abs(passage.end_a - 200) <= 1
    assert abs(passage.start_b - 10) <= 1
    assert abs(passage.end_b - 90) <= 1
    assert passage.score >= 0.9


def test_short_and_loose_likeness_is_no_passage() -> None:
    """A formula of the trade, or every second word in common, is no copy."""
    formula = prose(1, SHORTEST_PASSAGE - 5)
    loose = [word for pair in zip(prose(2, 60), prose(3, 60), strict=True) for word in pair]
    other = [word for pair in zip(prose(2, 60), prose(4, 60), strict=True) for word in pair]

    assert shared_passages(words(" ".join(prose(5, 50) + formula)), words(" ".join(formula + prose(6, 50)))) == []
    assert shared_passages(words(" ".join(loose)), words(" ".join(other))) == []


@given(st.integers(0, 50), st.integers(SHORTEST_PASSAGE, 120), st.integers(0, 50))
def test_any_exact_copy_is_found(before: int, length: int, after: int) -> None:
    """A passage of at least `SHORTEST_PASSAGE` words is found wherever it stands, and its articles are compared."""
    copied = prose(1, length)
    a = words(" ".join(prose(2, before) + copied + prose(3, after)))
    b = words(" ".join(prose(4, after) + copied + prose(5, before)))

    [passage] = shared_passages(a, b)

    assert (passage.start_a, passage.end_a) == (before, before + length)
    assert (passage.start_b, passage.end_b) == (after, after + length)
    assert len(np.intersect1d(sampled_shingles(a), sampled_shingles(b))) >= FEWEST_SHARED


def test_near_duplicates_are_found_and_others_are_not() -> None:
    """A text with a tenth of its words changed is a near-duplicate; one of other words is none."""
    text = prose(1, 300)
    edited = text[:150] + prose(2, 20) + text[170:]
    sketches = np.stack([sketch(words(" ".join(part))) for part in (text, edited, prose(3, 300))])
    bands = band_hashes(sketches)

    assert near_duplicates(np.array([0 << 32 | 1, 0 << 32 | 2, 1 << 32 | 2], np.uint64), sketches).tolist() == [1]
    assert np.isin(bands[0], bands[1]).any()
    assert not np.isin(bands[2], bands[:2]).any()


@given(st.lists(st.tuples(st.sampled_from("abcdefg"), st.sampled_from("abcdefg")), max_size=8))
def test_groups_are_connected_components(pairs: list[tuple[str, str]]) -> None:
    """Names joined by pairs are in one group, named by its first member, whatever the order of the pairs."""
    grouped = groups("abcdefg", pairs)

    assert all(grouped[one] == grouped[other] for one, other in pairs)
    assert all(grouped[leader] == leader and leader <= name for name, leader in grouped.items())
    assert groups("abcdefg", pairs[::-1]) == grouped


def test_words_are_folded_and_hashes_are_stable() -> None:
    """A word at the beginning of a sentence equals itself inside one, in every process."""
    assert words("Séoul attend").tolist() == words("SÉOUL, attend").tolist()
    assert words("Séoul").tolist() == [3169150356892113137]
