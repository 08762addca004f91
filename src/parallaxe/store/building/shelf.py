"""Lists of numbers that are too many for memory, one behind the other in a file, each found again by its place."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from parallaxe.text.shingles import Hashes


class Shelf:
    """Lists of uint64 in a file, by place in the order of adding; in memory is where each ends.

    Args:
        path: the file; made when the first numbers come.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._ends = [0]

    def __len__(self) -> int:
        return len(self._ends) - 1

    def add(self, lists: Sequence[Hashes]) -> Hashes:
        """Put lists behind the others; the place of each number of them all, in order, is what is given back."""
        lengths = [len(numbers) for numbers in lists]
        places = np.repeat(np.arange(len(self), len(self) + len(lists), dtype=np.uint64), lengths)
        with self._path.open("ab") as file:
            for numbers in lists:
                file.write(numbers.tobytes())
        self._ends += (self._ends[-1] + np.cumsum(lengths, dtype=np.int64)).tolist()
        return places

    def __getitem__(self, place: int) -> Hashes:
        start, end = self._ends[place], self._ends[place + 1]
        return np.fromfile(self._path, np.uint64, end - start, offset=8 * start)
