"""The parts of a dataset directory as `compare/versioning.py` asks for them: columns at once, rows only on demand.

What a manifest says of a file counts only where the file has the bytes that it names; rows of any other file are read.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import partial
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from parallaxe.compare.versioning import ColumnType, Implied, PartKey, PartRows, RowPrints, implied_bump
from parallaxe.core.errors import ProjectError
from parallaxe.core.schema import Schemas
from parallaxe.dataset.card import Part
from parallaxe.dataset.digest import HASH_SIZE, hashed
from parallaxe.store.building.parquet import file_digest
from parallaxe.store.dataset_files import read_manifest

_ROWS_AT_ONCE = 1_000
_LABELS = "ClassLabel"


def compare_datasets(old: Path, new: Path, schemas: Schemas) -> Implied:
    """How far the version must be raised from one dataset directory to another; keys are those of the schemas.

    Raises:
        UsageError: if a directory has no manifest.
        ProjectError: if a manifest or a file is broken.
    """
    return implied_bump(dataset_parts(old, schemas), dataset_parts(new, schemas))


def dataset_parts(folder: Path, schemas: Schemas) -> dict[PartKey, PartRows]:
    """The parts of a dataset directory; tables that the schemas do not have are without a key.

    Raises:
        UsageError: if there is no manifest.
        ProjectError: if the manifest or a file is broken.
    """
    keys = {name: table.key for name, table in schemas.tables.items()}
    return {
        PartKey(part.config, part.split): _part(folder / part.file, part, keys.get(part.config, ()))
        for part in read_manifest(folder).parts
    }


def _part(path: Path, part: Part, key: tuple[str, ...]) -> PartRows:
    try:
        schema, rows, found = pq.read_schema(path), pq.read_metadata(path).num_rows, file_digest(path)
    except (OSError, pa.ArrowInvalid) as error:
        raise _broken(path) from error
    digest = part.digest if found == part.sha256 else f"bytes {found}"
    return PartRows(column_types(schema), key, digest, found, rows, partial(_prints, path))


def _broken(path: Path) -> ProjectError:
    return ProjectError(str(path), "missing or no Parquet file", "build the dataset again")


def column_types(schema: pa.Schema) -> dict[str, ColumnType]:
    """The columns of a Parquet file; labels as `datasets` notes them in its metadata.

    Types are told as the data has them, not as a library lays them out: a large, viewed or dictionary-encoded string is
    a string, whatever a list calls its items.
    """
    noted = json.loads((schema.metadata or {}).get(b"huggingface", b"{}"))
    features = noted.get("info", {}).get("features", {})
    return {column.name: ColumnType(_name(column.type), _labels(features.get(column.name))) for column in schema}


def _name(type_: pa.DataType) -> str:
    if pa.types.is_dictionary(type_):
        return _name(type_.value_type)
    if pa.types.is_large_string(type_) or pa.types.is_string_view(type_):
        return "string"
    if pa.types.is_list(type_) or pa.types.is_large_list(type_):
        return f"list<{_name(type_.value_type)}>"
    if pa.types.is_struct(type_):
        return f"struct<{', '.join(f'{field.name}: {_name(field.type)}' for field in type_)}>"
    return str(type_)


def _labels(feature: object) -> tuple[str, ...]:
    if not isinstance(feature, dict):
        return ()
    if feature.get("_type") == _LABELS:
        return tuple(feature["names"])
    return _labels(feature.get("feature"))


def _prints(path: Path, key: Iterable[str], columns: Iterable[str]) -> RowPrints:
    key, columns = list(key), list(columns)
    keys, contents = [_numbers(b"")], [_numbers(b"")]
    try:
        with pq.ParquetFile(path) as file:
            for batch in file.iter_batches(_ROWS_AT_ONCE, columns=columns):
                rows = pa.Table.from_batches([batch])
                contents.append(_numbers(hashed(rows).hashes))
                keys.append(_numbers(hashed(rows.select(key)).hashes) if key else contents[-1])
    except (OSError, pa.ArrowInvalid) as error:
        raise _broken(path) from error
    return RowPrints(np.concatenate(keys), np.concatenate(contents))


def _numbers(hashes: bytes) -> npt.NDArray[np.uint64]:
    """The first 64 bits of each hash."""
    return np.frombuffer(hashes, ">u8").reshape(-1, HASH_SIZE // 8)[:, 0].astype(np.uint64)
