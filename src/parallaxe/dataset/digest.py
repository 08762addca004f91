"""The logical digest of a dataset: the same for the same data, whatever the order of rows, library or compression.

Each row is serialised canonically (JSON with sorted keys and no white space, in UTF-8) and hashed; the sorted hashes
are hashed together, table by table and split by split. Method after `dvc-data`'s tree objects: sort, serialise, digest.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from hashlib import sha256
from typing import NamedTuple

import numpy as np
import pyarrow as pa

_BATCH = 32
HASH_SIZE = sha256().digest_size
"""Bytes of the hash of a row."""


class HashedRows(NamedTuple):
    """The rows of a table, hashed.

    `hashes` are `HASH_SIZE` bytes for each row, one after another; `sizes` the bytes of each row in its canonical form,
    a measure that does not depend on its neighbours.
    """

    hashes: bytes
    sizes: list[int]


def hashed(rows: pa.Table) -> HashedRows:
    """Hash the rows of a table; metadata and chunks do not matter."""
    forms = (canonical(row) for batch in rows.to_batches(max_chunksize=_BATCH) for row in batch.to_pylist())
    told = [(sha256(form).digest(), len(form)) for form in forms]
    return HashedRows(b"".join(digest for digest, _ in told), [size for _, size in told])


def digest_of(parts: Iterable[bytes]) -> str:
    """The digest of hashed rows.

    Args:
        parts: hashes one after another, in any order within a part; no hash of a part is above one of the next, so
            that all need never be in memory at once.
    """
    digest = sha256()
    for part in parts:
        digest.update(np.sort(np.frombuffer(part, f"S{HASH_SIZE}")).tobytes())
    return digest.hexdigest()


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
    return digest_of([hashed(rows).hashes])


def dataset_digest(parts: Mapping[tuple[str, str], str]) -> str:
    """The digest of a dataset from the digests of its parts, each named by config and split."""
    return _joined(f"{config}/{split}={digest}" for (config, split), digest in sorted(parts.items()))


def _joined(lines: Iterable[str]) -> str:
    return sha256("\n".join(lines).encode()).hexdigest()
