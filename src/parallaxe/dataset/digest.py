"""The logical digest of a dataset: the same for the same data, whatever the order of rows, library or compression.

Each row is serialised canonically (JSON with sorted keys and no white space, in UTF-8) and hashed; the sorted hashes
are hashed together, table by table and split by split. Method after `dvc-data`'s tree objects: sort, serialise, digest.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from hashlib import sha256

import numpy as np
import pyarrow as pa

_BATCH = 32
_HASH_SIZE = sha256().digest_size


class RowHashes:
    """Hashes of the rows of one table and split, collected batch by batch; 32 bytes for each row."""

    def __init__(self) -> None:
        self._hashes = bytearray()

    def update(self, rows: pa.Table) -> list[int]:
        """Add the rows of a table; metadata, chunks and order do not matter.

        Returns:
            the bytes of each row in its canonical form: a measure of its size that does not depend on its neighbours.
        """
        sizes = []
        for batch in rows.to_batches(max_chunksize=_BATCH):
            for row in batch.to_pylist():
                form = canonical(row)
                self._hashes += sha256(form).digest()
                sizes.append(len(form))
        return sizes

    def hexdigest(self) -> str:
        """The digest of all rows so far."""
        hashes = np.frombuffer(self._hashes, f"S{_HASH_SIZE}")
        return sha256(np.sort(hashes).tobytes()).hexdigest()

    def __len__(self) -> int:
        return len(self._hashes) // _HASH_SIZE


def canonical(row: object) -> bytes:
    """A value as canonical JSON in UTF-8; dates in ISO 8601.

    >>> canonical({"b": date(2023, 9, 5), "a": "œ"}).decode()
    '{"a":"œ","b":"2023-09-05"}'
    """
    return json.dumps(row, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_plain).encode()


def _plain(value: object) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no canonical form")


def rows_digest(rows: pa.Table) -> str:
    """The logical digest of one table."""
    hashes = RowHashes()
    hashes.update(rows)
    return hashes.hexdigest()


def dataset_digest(parts: Mapping[tuple[str, str], str]) -> str:
    """The digest of a dataset from the digests of its parts, each named by config and split."""
    return _joined(f"{config}/{split}={digest}" for (config, split), digest in sorted(parts.items()))


def _joined(lines: Iterable[str]) -> str:
    return sha256("\n".join(lines).encode()).hexdigest()
