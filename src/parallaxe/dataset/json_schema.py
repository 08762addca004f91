"""JSON Schema (draft 2020-12) of one row of a table, for those who read the corpus without Arrow.

In JSON a label is its name and a date is `YYYY-MM-DD`. Nothing is optional: a value that is not there is null. What a
single row cannot show (uniqueness, references, offsets inside the text) is left to the gate.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from parallaxe.core.schema import Checks, Column, Table

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_TYPES: Mapping[str, str] = {
    "string": "string",
    "int32": "integer",
    "int64": "integer",
    "float32": "number",
    "bool": "boolean",
    "date": "string",
    "label": "string",
}


def json_schema(table: Table) -> dict[str, Any]:
    """The JSON Schema of a row, its properties in the order of the columns."""
    return {
        "$schema": DIALECT,
        "title": table.name,
        "description": f"One row: {table.row}. {table.meaning}",
        **_object(table.columns),
    }


def _object(columns: tuple[Column, ...]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {column.name: _property(column) for column in columns},
        "required": [column.name for column in columns],
        "additionalProperties": False,
    }


def _property(column: Column) -> dict[str, Any]:
    form = _array(column) if column.is_list else {**_value(column), **_length(column.checks, "minLength")}
    return {"description": column.meaning, **(_or_null(form) if column.nullable else form)}


def _array(column: Column) -> dict[str, Any]:
    items = _object(column.fields) if column.fields else _value(column)
    return {"type": "array", "items": items, **_length(column.checks, "minItems")}


def _value(column: Column) -> dict[str, Any]:
    """One value of a column: of the cell, or of the list in it."""
    checks = column.checks
    choices = column.labels.names if column.labels else checks.choices
    entries = {
        "type": _TYPES[column.element_type],
        "format": "date" if column.element_type == "date" else None,
        "enum": list(choices) or None,
        "pattern": checks.pattern,
        "minimum": checks.minimum,
        "maximum": checks.maximum,
    }
    return {key: value for key, value in entries.items() if value is not None}


def _length(checks: Checks, keyword: str) -> dict[str, int]:
    return {keyword: 1} if checks.non_empty else {}


def _or_null(form: dict[str, Any]) -> dict[str, Any]:
    nullable = {**form, "type": [form["type"], "null"]}
    if "enum" in form:
        nullable["enum"] = [*form["enum"], None]
    return nullable
