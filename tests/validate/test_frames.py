"""The gate lets pass what a table allows, and names row, column and value of what it does not."""

from __future__ import annotations

from typing import Any

import pandera.polars as pandera
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parallaxe.core.schema import Table
from parallaxe.dataset.arrow import arrow_schema
from parallaxe.validate.failures import FAILURE_SCHEMA, SHOWN_CHARACTERS, SHOWN_ROWS
from parallaxe.validate.frames import check_frame, frame_schema, polars_type, table_rules
from schema_tables import TABLES, frame_of, rows_of, small_table, tables


def frame_with(table: Table, *values: Any) -> pl.DataFrame:
    """A frame of a table with the columns `id` and `mot`: a row for each value of `mot`, in the types of the table."""
    ids = pl.Series([f"a{number}" for number in range(len(values))], dtype=pl.String)
    return pl.DataFrame({"id": ids, "mot": pl.Series(list(values), dtype=polars_type(table.column("mot")))})


def complaints(failures: pl.DataFrame) -> list[tuple[Any, ...]]:
    """Rule, column, row and value of each failure."""
    return failures.select("rule", "column", "row", "value").rows()


@given(st.data())
@settings(deadline=None)
def test_what_a_table_allows_passes(data: st.DataObject) -> None:
    """Rows made after the table have no failures, and pandera agrees."""
    table = data.draw(tables())
    frame = frame_of(table, data.draw(rows_of(table)))

    assert check_frame(table, frame).equals(FAILURE_SCHEMA.to_frame())
    frame_schema(table).validate(frame, lazy=True)


@settings(max_examples=5, deadline=None)
@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
@given(data=st.data())
def test_every_table_of_the_design_lets_its_rows_pass(table: Table, data: st.DataObject) -> None:
    """No table of the design contradicts itself."""
    assert check_frame(table, frame_of(table, data.draw(rows_of(table)))).is_empty()


@given(tables())
@settings(deadline=None)
def test_pandera_arrow_and_table_agree(table: Table) -> None:
    """Names, order, nulls and types are the same in all forms of a schema."""
    schema = frame_schema(table)
    arrow_frame = pl.from_arrow(arrow_schema(table).empty_table())

    assert list(table.names) == list(schema.columns)
    assert [column.nullable for column in table.columns] == [column.nullable for column in schema.columns.values()]
    assert isinstance(arrow_frame, pl.DataFrame)
    assert {column.name: polars_type(column) for column in table.columns} == dict(arrow_frame.schema)


@given(st.data())
@settings(deadline=None)
def test_one_null_too_many_is_found(data: st.DataObject) -> None:
    """Any column that may not be null, made null in one row, is reported with that row."""
    table = data.draw(tables())
    rows = data.draw(rows_of(table, min_size=1))
    column = data.draw(st.sampled_from([column for column in table.columns if not column.nullable]))
    row = data.draw(st.integers(0, len(rows) - 1))
    frame = frame_of(table, rows)
    holed = frame.with_columns(pl.when(pl.int_range(pl.len()) != row).then(pl.col(column.name)).alias(column.name))

    assert ("column-null", column.name, row, None) in complaints(check_frame(table, holed))


BROKEN: dict[str, tuple[dict[str, Any], list[Any], list[tuple[str, str, int, str | None]]]] = {
    "pattern": (
        {"type": "string", "checks": {"pattern": "^[a-z]+$"}},
        ["été", "mer", "a\n", ""],
        [("column-pattern", "mot", 0, "été"), ("column-pattern", "mot", 2, "a\n"), ("column-pattern", "mot", 3, "")],
    ),
    "range": (
        {"type": "int32", "checks": {"min": -3, "max": 3}},
        [-4, -3, 3, 4],
        [("column-range", "mot", 0, "-4"), ("column-range", "mot", 3, "4")],
    ),
    "no number": (
        {"type": "float32", "nullable": True, "checks": {"max": 1}},
        [0.5, float("nan"), None],
        [("column-range", "mot", 1, "nan")] * 2,
    ),
    "choice": (
        {"type": "string", "nullable": True, "checks": {"one_of": "colours"}},
        ["rouge", None, "jaune"],
        [("column-choice", "mot", 2, "jaune")],
    ),
    "label": (
        {"type": "label", "labels": "colours"},
        [0, 3, -1],
        [("label-range", "mot", 1, "3"), ("label-range", "mot", 2, "-1")],
    ),
    "empty text": ({"type": "string", "checks": {"non_empty": True}}, ["", " "], [("column-empty", "mot", 0, "")]),
    "empty list": (
        {"type": "list<string>", "checks": {"non_empty": True}},
        [["a"], []],
        [("column-empty", "mot", 1, "[]")],
    ),
    "not unique": (
        {"type": "string", "nullable": True, "checks": {"unique": True}},
        ["a", None, "a", None],
        [("column-unique", "mot", 2, "a")],
    ),
    "null element": ({"type": "list<string>"}, [["a"], ["b", None]], [("column-null", "mot", 1, None)]),
    "label in a list": (
        {"type": "list<label>", "labels": "colours"},
        [[0, 2], [1, 7, 9]],
        [("label-range", "mot", 1, "7")],
    ),
    "number in a list": (
        {"type": "list<int32>", "checks": {"min": 0}},
        [[], [4, -1]],
        [("column-range", "mot", 1, "-1")],
    ),
}


@pytest.mark.parametrize(("column", "values", "expected"), BROKEN.values(), ids=BROKEN)
def test_a_broken_rule_names_row_and_value(
    column: dict[str, Any], values: list[Any], expected: list[tuple[str, str, int, str | None]]
) -> None:
    """Only the rows at fault are reported, with the first element at fault of a list."""
    table = small_table({"name": "mot", **column})

    assert expected == complaints(check_frame(table, frame_with(table, *values)))


SPAN = {
    "name": "mot",
    "type": "list<struct>",
    "fields": [
        {"name": "role", "type": "label", "labels": "colours", "meaning": "Couleur."},
        {"name": "start", "type": "int32", "checks": {"min": 0}, "meaning": "Début."},
        {"name": "who", "type": "string", "nullable": True, "checks": {"non_empty": True}, "meaning": "Qui."},
    ],
}


def span(role: int | None = 0, start: int | None = 0, who: str | None = None) -> dict[str, Any]:
    """An element of the column `SPAN`."""
    return {"role": role, "start": start, "who": who}


NESTED: dict[str, tuple[Any, tuple[str, str, str | None]]] = {
    "null element": ([None], ("column-null", "mot", None)),
    "null field": ([span(), span(start=None)], ("column-null", "mot.start", None)),
    "null label": ([span(role=None)], ("column-null", "mot.role", None)),
    "label": ([span(), span(role=3), span(role=4)], ("label-range", "mot.role", "3")),
    "range": ([span(start=-1)], ("column-range", "mot.start", "-1")),
    "empty": ([span(who="")], ("column-empty", "mot.who", "")),
}


@pytest.mark.parametrize(("value", "expected"), NESTED.values(), ids=NESTED)
def test_fields_of_a_list_are_checked(value: Any, expected: tuple[str, str, str | None]) -> None:
    """A field is reported under a dotted name, with the row that holds the list."""
    table = small_table(SPAN)
    rule, column, shown = expected
    failures = check_frame(table, frame_with(table, [span()], [], value, [span(who="Kim")]))

    assert [(rule, column, 2, shown)] == complaints(failures)


def test_a_repeated_key_is_reported_at_the_later_rows() -> None:
    """The first row of a key is taken to be right; the key is shown with all its parts."""
    table = small_table({"name": "mot", "type": "int32"}, key=["id", "mot"])
    frame = frame_with(table, 1, 1, 1).with_columns(id=pl.lit("a"))

    assert complaints(check_frame(table, frame)) == [
        ("key-unique", "id, mot", 1, "a, 1"),
        ("key-unique", "id, mot", 2, "a, 1"),
    ]


STRUCTURE: dict[str, tuple[Any, list[tuple[str, str, None, str | None]]]] = {
    "missing": (lambda frame: frame.drop("mot"), [("column-missing", "mot", None, None)]),
    "unexpected": (lambda frame: frame.with_columns(autre=1), [("column-unexpected", "autre", None, None)]),
    "wrong type": (lambda frame: frame.cast({"mot": pl.Int64}), [("column-type", "mot", None, "Int64")]),
    "other order": (lambda frame: frame.select("mot", "id"), [("column-order", "mot, id", None, None)]),
}


@pytest.mark.parametrize(("spoil", "expected"), STRUCTURE.values(), ids=STRUCTURE)
def test_columns_must_be_those_of_the_table(spoil: Any, expected: list[tuple[str, str, None, str | None]]) -> None:
    """A column that is missing, too many, of another type or in another place is named."""
    table = small_table({"name": "mot", "type": "int32", "checks": {"min": 0}})

    assert expected == complaints(check_frame(table, spoil(frame_with(table, 1, 2))))


def test_sound_columns_are_checked_beside_broken_ones() -> None:
    """One wrong type does not hide what is wrong elsewhere; one run tells all there is to mend."""
    table = small_table({"name": "mot", "type": "int32"}, {"name": "ton", "type": "label", "labels": "colours"})
    frame = (
        frame_with(table, 1).cast({"mot": pl.Float64}).with_columns(ton=pl.lit(5, pl.Int64), id=pl.lit(None, pl.String))
    )

    found = check_frame(table, frame)["rule"].to_list()
    assert found == ["column-type", "column-null", "label-range"]


def test_failures_are_bounded_and_counted() -> None:
    """At most the first rows are listed, in order; the count tells how many there are."""
    table = small_table({"name": "mot", "type": "int32", "checks": {"min": 0}})
    failures = check_frame(table, frame_with(table, *([0] * 5 + [-1] * 1000)))

    assert list(range(5, 5 + SHOWN_ROWS)) == failures["row"].to_list()
    assert {1000} == set(failures["count"])


def test_failures_name_the_article() -> None:
    """The article is that of the column `article_id`, or of the first one that refers to an article."""
    word = {"name": "mot", "type": "int32", "checks": {"min": 0}}
    by_name = small_table(word, {"name": "article_id", "type": "string"})
    by_reference = small_table(word, {"name": "article_a", "type": "string"}, references={"article_a": "articles.id"})
    for table, column in ((by_name, "article_id"), (by_reference, "article_a")):
        frame = frame_with(table, 0, -1).with_columns(pl.Series(column, ["a", "b"]))

        assert check_frame(table, frame)["article_id"].to_list() == ["b"]


def test_a_failure_has_level_table_and_message() -> None:
    """The message says what the value is not."""
    table = small_table({"name": "mot", "type": "label", "labels": "colours"})
    failure = check_frame(table, frame_with(table, 3)).row(0, named=True)

    assert failure == {
        "rule": "label-range",
        "level": 2,
        "table": "small",
        "article_id": None,
        "row": 0,
        "column": "mot",
        "start": None,
        "end": None,
        "value": "3",
        "message": "is no id of colours (0 to 2)",
        "count": 1,
        "file": None,
        "line": None,
    }


def test_long_values_are_cut() -> None:
    """A text of 200,000 characters does not fill the report."""
    table = small_table({"name": "mot", "type": "string", "checks": {"pattern": "^a$"}})
    shown = check_frame(table, frame_with(table, "é" * 200_000))["value"].item()

    assert len(shown) == SHOWN_CHARACTERS
    assert shown.endswith("é…")


def test_failures_have_one_schema() -> None:
    """Failures of all kinds can be stacked."""
    table = small_table(SPAN)
    frames = [frame_with(table, [span(role=9)]), frame_with(table).drop("mot"), frame_with(table)]

    assert all(check_frame(table, frame).schema == FAILURE_SCHEMA for frame in frames)


def test_what_pandera_alone_refuses_does_not_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no rule explains the refusal, the refusal itself is the failure."""
    table = small_table({"name": "mot", "type": "int32"})
    stricter = pandera.DataFrameSchema(
        {"id": pandera.Column(pl.String, pandera.Check.eq("z")), "mot": pandera.Column(pl.Int32)}
    )
    monkeypatch.setattr("parallaxe.validate.frames.frame_schema", lambda _: stricter)

    assert check_frame(table, frame_with(table, 1))["rule"].to_list() == ["frame-schema"]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_rules_never_answer_null(table: Table) -> None:
    """A rule is True or False for each row, also where the value is null: null would count as neither."""
    nulls = pl.DataFrame({column.name: pl.Series([None], dtype=polars_type(column)) for column in table.columns})

    for rule in table_rules(table):
        assert nulls.select(rule.broken).to_series().null_count() == 0
