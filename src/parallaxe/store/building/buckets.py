"""Numbers that are too many for memory: laid down in files so that equal ones meet in the same file.

Each bucket is then small enough to be sorted; the disk holds the rest (hash partitioning, as joins of databases do).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt

from parallaxe.text.shingles import Hashes

_BITS = 6
# Odd: the upper bits of the product depend on all bits of the number (Fibonacci hashing).
_SPREAD = np.uint64(0x9E3779B97F4A7C15)


class Buckets:
    """64 files of rows of uint64 in a folder of their own; rows whose first number is the same are in the same file.

    Args:
        folder: made here.
        width: numbers of a row.
        spread: even out first numbers that lie close together; without it, no number of a file is above one of the
            next, which suits hashes.
    """

    def __init__(self, folder: Path, width: int, *, spread: bool = True) -> None:
        folder.mkdir(parents=True)
        self._folder, self._width = folder, width
        self._factor = _SPREAD if spread else np.uint64(1)

    def add(self, rows: Hashes) -> None:
        """Append rows (an array with `width` columns) to their files; in each file they keep their order."""
        with np.errstate(over="ignore"):
            buckets = (rows[:, 0] * self._factor) >> np.uint64(64 - _BITS)
        order = np.argsort(buckets, kind="stable")
        borders = np.searchsorted(buckets[order], np.arange((1 << _BITS) + 1, dtype=np.uint64))
        rows = rows[order]
        for number in range(1 << _BITS):
            part = rows[borders[number] : borders[number + 1]]
            if len(part):
                with self._file(number).open("ab") as file:
                    file.write(part.tobytes())

    def __iter__(self) -> Iterator[npt.NDArray[np.uint64]]:
        """The rows of each file that has some."""
        for number in range(1 << _BITS):
            if self._file(number).exists():
                yield np.fromfile(self._file(number), np.uint64).reshape(-1, self._width)

    def _file(self, number: int) -> Path:
        return self._folder / f"{number:02}"
