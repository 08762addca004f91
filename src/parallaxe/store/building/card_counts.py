"""Counting for the card: in the files of a dataset, or in frames that are read already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from parallaxe.core.errors import ProjectError
from parallaxe.core.schema import Schemas
from parallaxe.dataset.card import Part
from parallaxe.dataset.card_counts import Counts, count_rows, counted_columns


def count_files(folder: Path, parts: Sequence[Part], schemas: Schemas) -> Counts:
    """Counts of the files of a dataset; only the columns that are counted are read, in batches.

    Raises:
        ProjectError: if a file is missing, broken, or without a column that the schemas have.
    """
    counts = {}
    for part in parts:
        if columns := counted_columns(part.config, schemas):
            path = folder / part.file
            try:
                with pq.ParquetFile(path) as file:
                    counts[part.config, part.split] = count_rows(file.iter_batches(columns=list(columns)), columns)
            except (OSError, KeyError, pa.ArrowException) as error:
                raise ProjectError(str(path), "its rows cannot be counted", "build the dataset again") from error
    return counts


def count_frames(frames: Mapping[tuple[str, str], pl.DataFrame], schemas: Schemas) -> Counts:
    """Counts of frames by config and split; what lacks a column that is counted, or has it otherwise, is not."""
    counts = {}
    for (config, split), frame in frames.items():
        columns = counted_columns(config, schemas)
        if columns and set(columns) <= set(frame.columns):
            rows = frame.select(columns).to_arrow()
            # The rules about columns say what is wrong with them.
            with suppress(pa.ArrowException, KeyError):
                counts[config, split] = count_rows(rows.to_batches(), columns)
    return counts
