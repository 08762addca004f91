"""Parquet files that are the same bytes for the same rows, whatever the batches they came in.

Page borders follow the chunks that a writer is fed, so rows are gathered into row groups, each one chunk, that end by
what the rows themselves are; no dictionary types, no creation date, one codec and level.
"""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from parallaxe.dataset.digest import hashed
from parallaxe.store.building.row_hashes import RowHashes

ROW_GROUP = 10_000
"""Rows that a row group has at most."""

ROW_GROUP_BYTES = 8_000_000
"""Bytes of rows in their canonical form after which a row group ends: as many wait in memory for each file."""


class ParquetPart:
    """A Parquet file that is written batch by batch; it exists only once a row has come.

    Args:
        path: the file; its folder is made where it is missing.
        schema: of every batch, with the metadata that the file shall carry.
        scratch: where the hashes of its rows lie when they are many.
    """

    def __init__(self, path: Path, schema: pa.Schema, scratch: Path) -> None:
        self._path, self._schema = path, schema
        self._writer: pq.ParquetWriter | None = None
        self._held: list[pa.Table] = []
        self._count = self._bytes = 0
        self.hashes = RowHashes(scratch)

    def write(self, rows: pa.Table) -> None:
        """Add rows after those that came before."""
        start = 0
        hashes, sizes = hashed(rows)
        self.hashes.add(hashes)
        for end, size in enumerate(sizes, 1):
            self._count, self._bytes = self._count + 1, self._bytes + size
            if self._count == ROW_GROUP or self._bytes >= ROW_GROUP_BYTES:
                self._held.append(rows.slice(start, end - start))
                self._write_group()
                start = end
        if start < len(rows):
            self._held.append(rows.slice(start))

    def close(self) -> None:
        """Write what is left and finish the file."""
        if self._held:
            self._write_group()
        if self._writer is not None:
            self._writer.close()
        self._writer = None

    def _write_group(self) -> None:
        if self._writer is None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._writer = pq.ParquetWriter(self._path, self._schema, compression="zstd", compression_level=9)
        rows = pa.concat_tables(self._held).combine_chunks().replace_schema_metadata(self._schema.metadata)
        self._writer.write_table(rows, row_group_size=ROW_GROUP)
        self._held, self._count, self._bytes = [], 0, 0


def file_digest(path: Path) -> str:
    """SHA-256 of the bytes of a file."""
    digest = sha256()
    with path.open("rb") as file:
        for block in iter(lambda: file.read(1 << 20), b""):
            digest.update(block)
    return digest.hexdigest()
