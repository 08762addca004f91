"""Parquet files that are the same bytes for the same rows, whatever the batches they came in.

Page borders follow the chunks that a writer is fed, so rows are gathered into row groups of one fixed size, each one
chunk; no dictionary types, no creation date, one codec and level.
"""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from parallaxe.dataset.digest import RowHashes

ROW_GROUP = 10_000


class ParquetPart:
    """A Parquet file that is written batch by batch; it exists only once a row has come.

    Args:
        path: the file; its folder is made where it is missing.
        schema: of every batch, with the metadata that the file shall carry.
    """

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        self._path, self._schema = path, schema
        self._writer: pq.ParquetWriter | None = None
        self._held: list[pa.Table] = []
        self._count = 0
        self.hashes = RowHashes()

    def write(self, rows: pa.Table) -> None:
        """Add rows after those that came before."""
        self.hashes.update(rows)
        self._held.append(rows)
        self._count += len(rows)
        while self._count >= ROW_GROUP:
            joined = pa.concat_tables(self._held)
            self._write_group(joined.slice(0, ROW_GROUP))
            self._held, self._count = [joined.slice(ROW_GROUP)], self._count - ROW_GROUP

    def close(self) -> None:
        """Write what is left and finish the file."""
        if self._count:
            self._write_group(pa.concat_tables(self._held))
        if self._writer is not None:
            self._writer.close()
        self._held, self._writer = [], None

    def _write_group(self, rows: pa.Table) -> None:
        if self._writer is None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._writer = pq.ParquetWriter(self._path, self._schema, compression="zstd", compression_level=9)
        rows = rows.combine_chunks().replace_schema_metadata(self._schema.metadata)
        self._writer.write_table(rows, row_group_size=ROW_GROUP)


def file_digest(path: Path) -> str:
    """SHA-256 of the bytes of a file."""
    digest = sha256()
    with path.open("rb") as file:
        for block in iter(lambda: file.read(1 << 20), b""):
            digest.update(block)
    return digest.hexdigest()
