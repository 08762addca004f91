"""Record sets of `croissant.json`: a config each, its splits, and the labels that its columns number.

Columns come from the schemas, so a field here cannot disagree with the Parquet file. A reference stands where one
field identifies the row referred to: Croissant knows no keys of several fields, and whoever follows a reference
joins by it, so that a half of a key would multiply rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, TypeAlias

from parallaxe.core.schema import Column, LabelSet, Schemas, Table
from parallaxe.dataset.card import Part
from parallaxe.dataset.splits import SPLITS

Node: TypeAlias = dict[str, Any]
"""A node of JSON-LD."""

SPLIT_RECORDS = "splits"

_TYPES = {
    "string": "sc:Text",
    "int32": "cr:Int32",
    "int64": "cr:Int64",
    "float32": "cr:Float32",
    "bool": "sc:Boolean",
    "date": "sc:Date",
    "label": "cr:Int64",
}


def record_sets(parts: Sequence[Part], schemas: Schemas) -> list[Node]:
    """Splits, the label sets that are used, and every config that has rows, in this order."""
    present = {part.config for part in parts}
    tables = [table for table in schemas.tables.values() if table.name in present]
    used = {column.labels.name for table in tables for column in _leaves(table.columns) if column.labels is not None}
    labels = [_label_records(labels) for name, labels in schemas.labels.items() if name in used]
    return [_split_records(parts), *labels, *(_config_records(table, present, schemas) for table in tables)]


def _leaves(columns: Sequence[Column]) -> Iterator[Column]:
    for column in columns:
        yield from column.fields or (column,)


def _split_records(parts: Sequence[Part]) -> Node:
    name = f"{SPLIT_RECORDS}/name"
    present = {part.split for part in parts}
    return {
        "@type": "cr:RecordSet",
        "@id": SPLIT_RECORDS,
        "name": SPLIT_RECORDS,
        "description": "The splits of the dataset; a config has those in which it has rows.",
        "dataType": "cr:Split",
        "key": {"@id": name},
        "field": [_field(name, "name", "Name of the split.", "sc:Text")],
        "data": [{name: split} for split in SPLITS if split in present],
    }


def _label_records(labels: LabelSet) -> Node:
    own = f"labels/{labels.name}"
    return {
        "@type": "cr:RecordSet",
        "@id": own,
        "name": labels.name,
        "description": labels.en,
        "dataType": "sc:Enumeration",
        "key": {"@id": f"{own}/id"},
        "field": [
            _field(f"{own}/id", "id", "The number that stands in the data.", "cr:Int64"),
            _field(f"{own}/name", "name", "The label.", "sc:Text"),
            _field(f"{own}/description", "description", "What the label means.", "sc:Text"),
        ],
        "data": [
            {f"{own}/id": number, f"{own}/name": label.name, f"{own}/description": label.en}
            for number, label in enumerate(labels.labels)
        ],
    }


def _config_records(table: Table, present: AbstractSet[str], schemas: Schemas) -> Node:
    return {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": f"{table.meaning} A row is {table.row}.",
        "key": [{"@id": f"{table.name}/{column}"} for column in table.key],
        "field": [_split_field(table), *(_column_field(table, column, present, schemas) for column in table.columns)],
    }


def _split_field(table: Table) -> Node:
    """The split of a row, which no column tells: it stands in the name of the file."""
    # A reader that joins by the reference applies it again to what it gave.
    transform = {"regex": rf"^(?:.*/)?({'|'.join(SPLITS)})(?:\.parquet)?$"}
    return {
        **_field(f"{table.name}/split", "split", "Split of the row.", "sc:Text"),
        "source": {"fileSet": {"@id": files_id(table.name)}, "extract": {"fileProperty": "fullpath"}}
        | {"transform": transform},
        "references": {"field": {"@id": f"{SPLIT_RECORDS}/name"}},
    }


def files_id(config: str) -> str:
    """The id of the files of a config."""
    return f"{config}-files"


def _column_field(table: Table, column: Column, present: AbstractSet[str], schemas: Schemas) -> Node:
    own = f"{table.name}/{column.name}"
    source: Node = {"fileSet": {"@id": files_id(table.name)}, "extract": {"column": column.name}}
    array = {"isArray": True, "arrayShape": "-1"} if column.is_list else {}
    if column.fields:
        inner = [
            {
                **_field(f"{own}/{field.name}", field.name, field.meaning, _TYPES[field.type]),
                "source": {**source, "transform": {"jsonPath": field.name}},
            }
            | _references(table, f"{column.name}.{field.name}", field, present, schemas)
            for field in column.fields
        ]
        return {**_node("cr:Field", own, column.name, column.meaning), **array, "subField": inner}
    references = _references(table, column.name, column, present, schemas)
    return {
        **_field(own, column.name, column.meaning, _TYPES[column.element_type]),
        **array,
        "source": source,
        **references,
    }


def _references(table: Table, path: str, column: Column, present: AbstractSet[str], schemas: Schemas) -> Node:
    """Where the value of a column stands as a key of its own: a label, or a row of another config."""
    if column.labels is not None:
        return {"references": {"field": {"@id": f"labels/{column.labels.name}/id"}}}
    for reference in table.references:
        target = schemas.table(reference.table)
        if reference.column == path and target.key == (reference.target,) and target.name in present - {table.name}:
            return {"references": {"field": {"@id": f"{target.name}/{reference.target}"}}}
    return {}


def _field(id_: str, name: str, meaning: str, type_: str) -> Node:
    return {**_node("cr:Field", id_, name, meaning), "dataType": type_}


def _node(type_: str, id_: str, name: str, meaning: str) -> Node:
    return {"@type": type_, "@id": id_, "name": name, "description": meaning}
