"""Arrow schemas of the tables, and labels as their ids.

All fields may be null for Arrow, also where the table forbids it: `datasets` compares fields by their nullability, and
would silently give up ClassLabels for plain integers where a Parquet file says `not null`. The gate forbids nulls.
No column is dictionary-encoded: its order would depend on the way a table was put together, and bytes with it.
"""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc

from parallaxe.core.errors import ProjectError
from parallaxe.core.schema import LABELS_FILE, Column, LabelSet, Table

_SCALARS: Mapping[str, pa.DataType] = {
    "string": pa.string(),
    "int32": pa.int32(),
    "int64": pa.int64(),
    "float32": pa.float32(),
    "bool": pa.bool_(),
    "date": pa.date32(),
    "label": pa.int64(),
}


def arrow_type(column: Column) -> pa.DataType:
    """The Arrow type of a column; a label is the int64 id of its name.

    >>> arrow_type(Column("jetons", "list<string>", False, "Jetons de la phrase."))
    ListType(list<item: string>)
    """
    if column.type == "list<struct>":
        return pa.list_(pa.struct([(field.name, arrow_type(field)) for field in column.fields]))
    scalar = _SCALARS[column.element_type]
    return pa.list_(scalar) if column.is_list else scalar


def arrow_schema(table: Table) -> pa.Schema:
    """The Arrow schema of a table: its columns in order, without metadata."""
    return pa.schema([(column.name, arrow_type(column)) for column in table.columns])


def empty_table(table: Table) -> pa.Table:
    """The table without rows."""
    return arrow_schema(table).empty_table()


def labels_to_ids(names: pa.Array | pa.ChunkedArray, labels: LabelSet) -> pa.Array | pa.ChunkedArray:
    """Names of a label set as int64 ids, order and length kept; nulls stay null.

    Raises:
        ProjectError: if a name is not in the set; the message lists those that are.
    """
    ids = pc.index_in(names, value_set=pa.array(labels.names, pa.string())).cast(pa.int64())
    if ids.null_count > names.null_count:
        unknown = names.filter(pc.and_(pc.is_null(ids), pc.is_valid(names))).unique().to_pylist()
        listed = ", ".join(f"`{name}`" for name in unknown[:3])
        raise ProjectError(LABELS_FILE, f"{labels.name} has no {listed}", f"use one of {', '.join(labels.names)}")
    return ids


def ids_to_labels(ids: pa.Array | pa.ChunkedArray, labels: LabelSet) -> pa.Array | pa.ChunkedArray:
    """Ids of a label set as their names, order and length kept; nulls stay null.

    Raises:
        pyarrow.ArrowIndexError: if an id lies outside the set.
    """
    return pc.take(pa.array(labels.names, pa.string()), ids)
