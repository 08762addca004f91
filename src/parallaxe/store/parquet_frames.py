"""Rows of Parquet files as frames, also where somebody has damaged a file: an error, and not the end of the process."""

from __future__ import annotations

import polars as pl
import pyarrow as pa


def frame_of(rows: pa.Table) -> pl.DataFrame:
    """Rows as a frame of polars, without the metadata of their schema.

    Polars ends the process at a string that is no UTF-8: values and names are looked at first, and the metadata, which
    no frame of this program needs, stays behind.

    Raises:
        pa.ArrowException, pl.exceptions.PolarsError, ValueError: if the rows are damaged.
    """
    rows.validate(full=True)
    bare = rows.replace_schema_metadata(None)
    bare.schema.to_string()
    frame = pl.from_arrow(bare)
    assert isinstance(frame, pl.DataFrame)
    return frame
