"""Parquet files: the same bytes in whatever batches rows come, and row groups of a bounded size."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from parallaxe.store.building import parquet
from parallaxe.store.building.parquet import ParquetPart

SCHEMA = pa.schema([("n", pa.int32()), ("text", pa.string())])
ROWS = pa.table({"n": range(60), "text": ["mot " * (number % 7) for number in range(60)]}, SCHEMA)


def written(folder: Path, borders: set[int]) -> Path:
    """All rows, in batches with these borders."""
    path = folder / f"{len(list(folder.iterdir()))}.parquet"
    part = ParquetPart(path, SCHEMA, folder / "hashes")
    for start, end in zip([0, *sorted(borders)], [*sorted(borders), len(ROWS)], strict=True):
        part.write(ROWS.slice(start, end - start))
    part.close()
    return path


@given(st.sets(st.integers(1, len(ROWS) - 1)))
def test_bytes_do_not_depend_on_batches(borders: set[int]) -> None:
    """Row groups end by the rows themselves."""
    with TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        patch.setattr(parquet, "ROW_GROUP_BYTES", 300)
        folder = Path(name)

        assert written(folder, set()).read_bytes() == written(folder, borders).read_bytes()


def test_a_row_group_ends_by_rows_and_by_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whichever comes first; all rows are there, in order."""
    monkeypatch.setattr(parquet, "ROW_GROUP", 10)
    by_rows = pq.ParquetFile(written(tmp_path, {7, 25}))
    monkeypatch.setattr(parquet, "ROW_GROUP_BYTES", 100)
    by_bytes = pq.ParquetFile(written(tmp_path, {7, 25}))

    assert [by_rows.metadata.row_group(group).num_rows for group in range(by_rows.num_row_groups)] == [10] * 6
    assert by_bytes.num_row_groups > 6
    assert by_rows.read() == by_bytes.read() == ROWS
