"""The hashes of the rows of one file, in bounded memory: beyond some, they lie on disk in the order of their values."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from parallaxe.dataset.digest import HASH_SIZE, digest_of
from parallaxe.store.building.buckets import Buckets

# What is held before it goes to disk: most tables never reach it.
_BYTES_HELD = 1_000_000
_NUMBERS = HASH_SIZE // 8


class RowHashes:
    """Hashes that are added in any order; their digest is that of all of them, sorted.

    Args:
        folder: where they lie that are too many to hold; made when it is needed.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._held = bytearray()
        self._buckets: Buckets | None = None
        self._count = 0

    def add(self, hashes: bytes) -> None:
        """Add hashes that stand one after another."""
        self._held += hashes
        self._count += len(hashes) // HASH_SIZE
        if len(self._held) >= _BYTES_HELD:
            self._spill()

    def hexdigest(self) -> str:
        """The digest of all hashes so far."""
        if self._buckets is None:
            return digest_of([bytes(self._held)])
        self._spill()
        return digest_of(self._sorted_by_bucket(self._buckets))

    def __len__(self) -> int:
        return self._count

    def _spill(self) -> None:
        if self._buckets is None:
            self._buckets = Buckets(self._folder, _NUMBERS, spread=False)
        if self._held:
            # big-endian: numbers in the order of their bytes
            self._buckets.add(np.frombuffer(self._held, ">u8").astype(np.uint64).reshape(-1, _NUMBERS))
            self._held = bytearray()

    @staticmethod
    def _sorted_by_bucket(buckets: Buckets) -> Iterator[bytes]:
        for rows in buckets:
            yield rows.astype(">u8").tobytes()
