"""Arrow schemas say what the tables say, in plain types."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from parallaxe.core.errors import ProjectError
from parallaxe.core.schema import Table
from parallaxe.dataset.arrow import arrow_schema, empty_table, ids_to_labels, labels_to_ids
from schema_tables import COLOURS, SCHEMAS, TABLES, rows_of, small_table, tables, with_ids

ROLES = SCHEMAS.labels["block_roles"]


def test_blocks_are_a_list_of_structs() -> None:
    """A role is the id of its label, offsets are 32-bit integers."""
    fields = [("role", pa.int64()), ("start", pa.int32()), ("end", pa.int32())]

    assert pa.list_(pa.struct(fields)) == arrow_schema(SCHEMAS.table("articles")).field("blocks").type


def test_dates_are_days() -> None:
    """A day of publication has no time of day."""
    assert pa.date32() == arrow_schema(SCHEMAS.table("articles")).field("published").type


@given(tables())
def test_columns_keep_their_order(table: Table) -> None:
    """Arrow has the columns of the table and no others."""
    assert list(table.names) == arrow_schema(table).names


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_no_column_is_required_or_dictionary_encoded(table: Table) -> None:
    """`datasets` gives up ClassLabels where a field is `not null`; dictionaries would leak the order of rows."""
    for field in arrow_schema(table):
        assert field.nullable
        assert not pa.types.is_dictionary(field.type)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_an_empty_table_has_the_schema(table: Table) -> None:
    """A config without rows can be joined and checked like any other."""
    assert arrow_schema(table) == empty_table(table).schema
    assert empty_table(table).num_rows == 0


@given(st.data())
def test_rows_survive_arrow(data: st.DataObject) -> None:
    """What a table allows can be stored, and comes back as it was."""
    table = data.draw(tables())
    rows = with_ids(table, data.draw(rows_of(table)))

    assert rows == pa.Table.from_pylist(rows, schema=arrow_schema(table)).to_pylist()


@given(st.lists(st.none() | st.sampled_from(ROLES.names)))
def test_labels_and_ids_are_one_to_one(names: list[str | None]) -> None:
    """Names to ids and back is nothing done; nulls stay."""
    column = pa.array(names, pa.string())
    ids = labels_to_ids(column, ROLES)

    assert ids.type == pa.int64()
    assert names == ids_to_labels(ids, ROLES).to_pylist()


def test_chunked_columns_have_ids_too() -> None:
    """A column of a table is chunked."""
    column = pa.chunked_array([["rouge"], ["bleu", None]])

    assert labels_to_ids(column, COLOURS["colours"]).to_pylist() == [0, 2, None]


def test_an_unknown_label_has_no_id() -> None:
    """The complaint names the label and those there are; a null is no unknown label."""
    with pytest.raises(ProjectError, match="colours has no `jaune`; use one of rouge, vert, bleu"):
        labels_to_ids(pa.array(["rouge", "jaune", None]), COLOURS["colours"])


def test_an_unknown_id_has_no_label() -> None:
    """Nothing is made up for an id outside the set."""
    with pytest.raises(pa.ArrowIndexError):
        ids_to_labels(pa.array([3]), COLOURS["colours"])


def test_all_scalar_types_are_plain() -> None:
    """No large strings, no views: every reader of Parquet knows these."""
    names = ("string", "int32", "int64", "float32", "bool", "date")
    table = small_table(*({"name": f"c_{name}", "type": name} for name in names))

    expected = [pa.string(), pa.int32(), pa.int64(), pa.float32(), pa.bool_(), pa.date32()]
    assert expected == arrow_schema(table).types[1:]
