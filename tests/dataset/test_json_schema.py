"""The JSON Schema of a row says what the table says, in the words of JSON."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parallaxe.core.schema import Table
from parallaxe.dataset.json_schema import DIALECT, json_schema
from schema_tables import SCHEMAS, TABLES, rows_of, small_table, tables


def property_of(**column: Any) -> dict[str, Any]:
    """The JSON Schema of one column, without its description."""
    table = small_table({"name": "mot", "meaning": "Un mot.", **column})
    form: dict[str, Any] = json_schema(table)["properties"]["mot"]
    assert form.pop("description") == "Un mot."
    return form


def test_a_label_is_one_of_its_names() -> None:
    """JSON has names where Arrow has ids."""
    assert property_of(type="label", labels="colours") == {"type": "string", "enum": ["rouge", "vert", "bleu"]}


def test_a_choice_that_may_be_null_allows_null() -> None:
    """An `enum` without null would refuse it, whatever `type` says."""
    form = property_of(type="string", nullable=True, checks={"one_of": "colours"})

    assert form == {"type": ["string", "null"], "enum": ["rouge", "vert", "bleu", None]}


def test_ranges_and_patterns_are_kept() -> None:
    """The same bounds and the same pattern as in the table."""
    assert property_of(type="int32", checks={"min": -3, "max": 3}) == {"type": "integer", "minimum": -3, "maximum": 3}
    assert property_of(type="string", checks={"pattern": "^a$"}) == {"type": "string", "pattern": "^a$"}


def test_a_day_is_a_string_in_the_form_of_a_date() -> None:
    """A day is written as `2023-09-12`."""
    assert property_of(type="date", nullable=True) == {"type": ["string", "null"], "format": "date"}


def test_emptiness_is_told_of_texts_and_of_lists() -> None:
    """`non_empty` is `minLength` for a text and `minItems` for a list, whose elements it does not touch."""
    text, words = ({"type": type_, "checks": {"non_empty": True}} for type_ in ("string", "list<string>"))

    assert property_of(**text) == {"type": "string", "minLength": 1}
    assert property_of(**words) == {"type": "array", "items": {"type": "string"}, "minItems": 1}


def test_a_block_is_a_closed_object() -> None:
    """A struct has all its fields and no others."""
    block = json_schema(SCHEMAS.table("articles"))["properties"]["blocks"]["items"]

    assert block["required"] == ["role", "start", "end"]
    assert block["additionalProperties"] is False
    assert block["properties"]["role"]["enum"] == list(SCHEMAS.labels["block_roles"].names)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_table_has_a_schema_that_is_json(table: Table) -> None:
    """All columns in order, each required and described."""
    form = json.loads(json.dumps(json_schema(table)))

    assert form["$schema"] == DIALECT
    assert list(table.names) == list(form["properties"]) == form["required"]
    assert all(column["description"] for column in form["properties"].values())


@given(tables())
def test_null_is_allowed_where_the_table_allows_it(table: Table) -> None:
    """JSON Schema and table agree on nulls."""
    properties = json_schema(table)["properties"]

    assert [column.nullable for column in table.columns] == [
        "null" in properties[column.name]["type"] for column in table.columns
    ]


@given(st.data())
def test_values_that_a_table_allows_keep_the_stated_choices_and_patterns(data: st.DataObject) -> None:
    """Rows made for the table have only choices of `enum`, and match `pattern`."""
    table = data.draw(tables())
    properties = json_schema(table)["properties"]
    for row in data.draw(rows_of(table)):
        for name, value in row.items():
            form = properties[name]
            assert value in form.get("enum", [value])
            assert value is None or re.search(form.get("pattern", ""), str(value))
