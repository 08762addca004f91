"""What `datasets` reads: typed features with ClassLabel and List, in Parquet metadata and in the card.

Both forms are written here by hand from the schema, because the import of `datasets` takes two seconds and 150 MB,
which every build would pay; the tests hold them against what `datasets` itself writes. A list of structs is a `List` of
a struct; a `Sequence` would turn it into a struct of lists.
"""

from __future__ import annotations

import json
from typing import Any

import pyarrow as pa

from parallaxe.core.schema import Column, Table
from parallaxe.dataset.arrow import arrow_schema


def schema_with_features(table: Table) -> pa.Schema:
    """The Arrow schema to write Parquet with: `load_dataset` makes typed `Features` of its `huggingface` key."""
    features = {column.name: _stored(column) for column in table.columns}
    return arrow_schema(table).with_metadata({"huggingface": json.dumps({"info": {"features": features}})})


def yaml_features(table: Table) -> list[dict[str, Any]]:
    """What stands under `dataset_info.features` of the card's YAML."""
    return [_listed(column) for column in table.columns]


def _stored(column: Column) -> dict[str, Any]:
    """A column as in the JSON form of `Features`, which is that of Parquet metadata."""
    if column.type == "list<struct>":
        return {"feature": {field.name: _stored(field) for field in column.fields}, "_type": "List"}
    value: dict[str, Any] = {"dtype": _dtype(column), "_type": "Value"}
    if column.labels is not None:
        value = {"names": list(column.labels.names), "_type": "ClassLabel"}
    return {"feature": value, "_type": "List"} if column.is_list else value


def _listed(column: Column) -> dict[str, Any]:
    """A column as in the YAML form; names of labels are keyed by their ids, as strings."""
    if column.type == "list<struct>":
        return {"name": column.name, "list": [_listed(field) for field in column.fields]}
    dtype: str | dict[str, Any] = _dtype(column)
    if column.labels is not None:
        dtype = {"class_label": {"names": {str(number): name for number, name in enumerate(column.labels.names)}}}
    return {"name": column.name, "list" if column.is_list else "dtype": dtype}


def _dtype(column: Column) -> str:
    return "date32" if column.element_type == "date" else column.element_type
