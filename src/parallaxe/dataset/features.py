"""What `datasets` reads: typed `Features` with ClassLabel and List, in Parquet metadata and in the card.

A list of structs is `List({...})`; `Sequence({...})` would turn it into a struct of lists. The import of `datasets`
takes two seconds and so stands inside the functions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa

from parallaxe.core.schema import Column, Table
from parallaxe.dataset.arrow import arrow_schema

if TYPE_CHECKING:
    from datasets import Features


def features(table: Table) -> Features:
    """The `Features` of a table: its columns in order, labels as ClassLabel with their names."""
    from datasets import Features

    return Features({column.name: _feature(column) for column in table.columns})


def _feature(column: Column) -> Any:  # noqa: ANN401 - features have no common type
    from datasets import ClassLabel, List, Value

    if column.type == "list<struct>":
        return List({field.name: _feature(field) for field in column.fields})
    scalar = (
        Value("date32" if column.element_type == "date" else column.element_type)
        if column.labels is None
        else ClassLabel(names=list(column.labels.names))
    )
    return List(scalar) if column.is_list else scalar


def schema_with_features(table: Table) -> pa.Schema:
    """The Arrow schema to write Parquet with: its `huggingface` key makes `load_dataset` give exactly `features`."""
    return arrow_schema(table).with_metadata(features(table).arrow_schema.metadata)


def yaml_features(table: Table) -> list[dict[str, Any]]:
    """What stands under `dataset_info.features` of the card's YAML."""
    return list(features(table)._to_yaml_list())  # noqa: SLF001 - the form the card's YAML is read back from
