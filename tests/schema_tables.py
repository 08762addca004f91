"""The schemas of this repository, read from disk, and rows made up for any table.

Rows come in the form of JSON, with the names of labels, so that one strategy serves pandera, Arrow and JSON Schema.
"""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import yaml
from hypothesis import strategies as st

from parallaxe.core.schema import Column, LabelSet, Schemas, Table, parse_labels, parse_schemas, parse_table
from parallaxe.dataset.arrow import arrow_schema

SCHEMAS_FOLDER = Path(__file__).resolve().parents[1] / "schemas"

_WORDS = ("Vladivostok", "l'été", "un œuf", "«\u00a0Да\u00a0»", "🇰🇵")
_INT32 = 2**31 - 1


def labels_mapping() -> dict[str, Any]:
    """What `schemas/labels.toml` says."""
    return tomllib.loads((SCHEMAS_FOLDER / "labels.toml").read_text("utf-8"))


def table_mappings() -> dict[str, dict[str, Any]]:
    """What each file of `schemas/tables` says, by its stem."""
    files = sorted((SCHEMAS_FOLDER / "tables").glob("*.yaml"))
    return {file.stem: yaml.safe_load(file.read_text("utf-8")) for file in files}


def load_schemas() -> Schemas:
    """All schemas of this repository."""
    return parse_schemas(labels_mapping(), table_mappings())


SCHEMAS = load_schemas()
TABLES = tuple(SCHEMAS.tables.values())

COLOURS: dict[str, LabelSet] = parse_labels(
    {
        "colours": {
            "fr": "Couleurs.",
            "en": "Colours.",
            "labels": [{"name": name, "fr": f"{name}.", "en": f"{name}."} for name in ("rouge", "vert", "bleu")],
        }
    }
)


def small_table(*columns: dict[str, Any], key: str | list[str] = "id", **more: Any) -> Table:
    """A table made for one test, with a column `id` before those given; their meaning is filled in."""
    identity = {"name": "id", "type": "string", "meaning": "Id."}
    entries = [identity, *({"meaning": "Un mot.", **column} for column in columns)]
    mapping = {"name": "small", "position": 1, "row": "a row", "meaning": "A test.", "key": key, "sort": key, **more}
    return parse_table({**mapping, "columns": entries}, COLOURS)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """Small tables with columns of every type, any of which may be null where that is allowed."""
    types = draw(st.lists(st.sampled_from(_ENTRIES), min_size=1, max_size=5))
    columns = [{"name": f"c{number}", **entry} for number, entry in enumerate(types)]
    return small_table(
        *(
            {**column, **({"nullable": True} if _may_be_null(column) and draw(st.booleans()) else {})}
            for column in columns
        )
    )


_FIELDS = [
    {"name": "role", "type": "label", "labels": "colours", "meaning": "Couleur."},
    {"name": "start", "type": "int32", "nullable": True, "checks": {"min": 0}, "meaning": "Début."},
    {"name": "who", "type": "string", "checks": {"pattern": "^[a-z-]+$"}, "meaning": "Qui."},
]
_ENTRIES: tuple[dict[str, Any], ...] = (
    {"type": "string"},
    {"type": "string", "checks": {"pattern": "^[a-z0-9-]+$"}},
    {"type": "string", "checks": {"one_of": "colours"}},
    {"type": "string", "checks": {"non_empty": True}},
    {"type": "int32", "checks": {"min": -3, "max": 3}},
    {"type": "int64"},
    {"type": "float32", "checks": {"min": 0, "max": 1}},
    {"type": "bool"},
    {"type": "date"},
    {"type": "label", "labels": "colours"},
    {"type": "list<string>"},
    {"type": "list<int32>", "checks": {"min": 0}},
    {"type": "list<label>", "labels": "colours", "checks": {"non_empty": True}},
    {"type": "list<struct>", "fields": _FIELDS},
)


def _may_be_null(entry: dict[str, Any]) -> bool:
    return "label" not in entry["type"]


def values(column: Column) -> st.SearchStrategy[Any]:
    """Values that a column allows, in the form of JSON but for dates."""
    made = _many(column) if column.is_list else _one(column)
    return st.none() | made if column.nullable else made


def _many(column: Column) -> st.SearchStrategy[list[Any]]:
    elements = (
        st.fixed_dictionaries({field.name: values(field) for field in column.fields}) if column.fields else _one(column)
    )
    return st.lists(elements, min_size=int(column.checks.non_empty), max_size=3)


def _one(column: Column) -> st.SearchStrategy[Any]:
    checks = column.checks
    choices = column.labels.names if column.labels else checks.choices
    if choices:
        return st.sampled_from(choices)
    if checks.pattern is not None:
        return _MATCHING[checks.pattern]
    low = -_INT32 if checks.minimum is None else checks.minimum
    high = _INT32 if checks.maximum is None else checks.maximum
    return {
        "string": st.sampled_from(_WORDS),
        "int32": st.integers(int(low), int(high)),
        "int64": st.integers(int(low), int(high)),
        "float32": st.floats(low, high, width=32),
        "bool": st.booleans(),
        "date": st.dates(date(1900, 1, 1)),
    }[column.element_type]


_SLUGS = st.sampled_from(("kim", "obus-et-ble", "le-port-3"))
_MATCHING: dict[str, st.SearchStrategy[str]] = {
    "^[a-z0-9-]+$": _SLUGS,
    "^[a-z-]+$": st.sampled_from(("kim", "obus-et-ble")),
    "^[a-z0-9_-]+$": _SLUGS,
    "^[a-z0-9][a-z0-9_-]*$": _SLUGS,
    "^(NIL:)?[a-z0-9][a-z0-9_-]*$": _SLUGS | st.just("NIL:un-docker"),
    "^[a-z]{2,3}$": st.sampled_from(("fr", "und")),
    "^[0-9a-f]{64}$": st.just("0123456789abcdef" * 4),
    r"^[0-9]+\.[0-9]+$": st.just("1.1"),
    "^Q[1-9][0-9]*$": st.just("Q42"),
    r"\S": st.sampled_from(_WORDS),
}


@st.composite
def rows_of(draw: st.DrawFn, table: Table, min_size: int = 0) -> list[dict[str, Any]]:
    """Rows that a table allows, with the names of labels; values of key columns and unique ones are distinct."""
    row = st.fixed_dictionaries({column.name: values(column) for column in table.columns})
    rows = draw(st.lists(row, min_size=min_size, max_size=4))
    told_apart = {*table.key, *(column.name for column in table.columns if column.checks.unique)}
    for number, made in enumerate(rows):
        for name in told_apart:
            made[name] = _distinct(table.column(name), number)
    return rows


def _distinct(column: Column, number: int) -> Any:
    if column.labels is not None:
        return column.labels.names[number]
    return number if column.type.startswith("int") else f"a{number}"


def with_ids(table: Table, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same rows with the ids of labels."""
    return [{column.name: _with_ids(column, row[column.name]) for column in table.columns} for row in rows]


def _with_ids(column: Column, value: Any) -> Any:
    if isinstance(value, list):
        return [_element_with_ids(column, element) for element in value]
    return _element_with_ids(column, value)


def _element_with_ids(column: Column, element: Any) -> Any:
    if isinstance(element, dict):
        return {field.name: _with_ids(field, element[field.name]) for field in column.fields}
    return column.labels.index(element) if column.labels else element


def frame_of(table: Table, rows: list[dict[str, Any]]) -> pl.DataFrame:
    """A frame of rows in the form of JSON, with the types of the table."""
    made = pl.from_arrow(pa.Table.from_pylist(with_ids(table, rows), schema=arrow_schema(table)))
    assert isinstance(made, pl.DataFrame)
    return made
