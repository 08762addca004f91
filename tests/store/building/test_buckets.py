"""Buckets: nothing is lost, and equal numbers meet."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from parallaxe.store.building.buckets import Buckets

rows = st.lists(st.tuples(st.integers(0, 2**64 - 1) | st.integers(0, 9), st.integers(0, 99)), max_size=20)


@given(st.lists(rows, max_size=4))
def test_rows_come_back_and_equal_numbers_are_in_one_bucket(parts: list[list[tuple[int, int]]]) -> None:
    """Whatever the parts in which they were added; rows of one number keep their order."""
    with TemporaryDirectory() as folder:
        buckets = Buckets(Path(folder) / "numbers", 2)
        for part in parts:
            buckets.add(np.array(part, np.uint64).reshape(-1, 2))
        found = [[tuple(row) for row in bucket.tolist()] for bucket in buckets]
    added = [row for part in parts for row in part]
    numbers = [number for bucket in found for number in {number for number, _ in bucket}]

    assert sorted(added) == sorted(row for bucket in found for row in bucket)
    assert len(numbers) == len(set(numbers))
    assert all([row for row in added if row[0] == n] == [r for b in found for r in b if r[0] == n] for n in numbers)
