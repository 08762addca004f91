"""Reading a dataset directory that was built here: its manifest and its tables, without `datasets`."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from parallaxe.core.errors import ProjectError, UsageError
from parallaxe.core.records import record
from parallaxe.dataset.card import Part
from parallaxe.store.parquet_frames import frame_of
from parallaxe.store.text_files import read_json
from parallaxe.validate.tables import Profile

_AGAIN = "build the dataset again"


class Manifest(NamedTuple):
    """What a dataset says of itself."""

    name: str
    version: str
    profile: Profile
    digest: str
    normalizer: str
    parts: tuple[Part, ...]


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a dataset directory.

    Raises:
        UsageError: if there is none.
        ProjectError: if it is broken.
    """
    path = folder / "manifest.json"
    if not path.is_file():
        raise UsageError(str(folder), "no dataset with a manifest.json there", "name a built dataset or a project")
    try:
        return record(Manifest, read_json(path, _AGAIN))
    except (TypeError, AttributeError) as error:
        raise ProjectError(str(path), f"broken manifest ({error})", _AGAIN) from error


def read_splits(folder: Path, manifest: Manifest) -> dict[str, str]:
    """The split of each article, by the files that it stands in; the last one where it stands in several."""
    splits: dict[str, str] = {}
    for part in manifest.parts:
        if part.config == "articles":
            splits |= dict.fromkeys(_read(folder / part.file)["article_id"].to_list(), part.split)
    return splits


def _read(path: Path) -> pl.DataFrame:
    try:
        return frame_of(pq.read_table(path))
    except (OSError, pa.ArrowException, pl.exceptions.PolarsError, ValueError) as error:
        raise ProjectError(str(path), "missing or no Parquet file", _AGAIN) from error
