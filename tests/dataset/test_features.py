"""`load_dataset` gives back the types of the tables: ClassLabels with names, lists of structs, days."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import yaml
from datasets import ClassLabel, Dataset, Features, List, Value, load_dataset
from hypothesis import given, settings
from hypothesis import strategies as st

from parallaxe.core.schema import Column, Table
from parallaxe.dataset.arrow import arrow_schema
from parallaxe.dataset.features import schema_with_features, yaml_features
from schema_tables import SCHEMAS, TABLES, rows_of, tables, with_ids


def features(table: Table) -> Features:
    """The `Features` that somebody who has `datasets` would write for a table."""
    return Features({column.name: feature(column) for column in table.columns})


def feature(column: Column) -> Any:
    """One of them; a `ClassLabel` for labels, and `List` for many."""
    if column.type == "list<struct>":
        return List({field.name: feature(field) for field in column.fields})
    scalar = (
        Value("date32" if column.element_type == "date" else column.element_type)
        if column.labels is None
        else ClassLabel(names=list(column.labels.names))
    )
    return List(scalar) if column.is_list else scalar


def stored_and_loaded(table: Table, rows: list[dict[str, Any]], folder: Path) -> Dataset:
    """Rows written as Parquet with the schema of the table, and opened by `datasets`."""
    path = folder / "train.parquet"
    pq.write_table(pa.Table.from_pylist(with_ids(table, rows), schema=schema_with_features(table)), path)
    loaded = load_dataset("parquet", data_files=str(path), split="train", cache_dir=str(folder / "cache"))
    assert isinstance(loaded, Dataset)
    return loaded


def test_a_label_is_a_class_label_with_its_names() -> None:
    """Names stand in the order of their ids."""
    roles = SCHEMAS.labels["block_roles"]
    block = {"role": ClassLabel(names=list(roles.names)), "start": Value("int32"), "end": Value("int32")}
    stored = Features.from_arrow_schema(schema_with_features(SCHEMAS.table("articles")))

    assert List(block) == stored["blocks"]


def test_tags_are_a_list_of_class_labels() -> None:
    """Training scripts read the names of the tags from the features."""
    tags = Features.from_arrow_schema(schema_with_features(SCHEMAS.table("ner")))["ner_tags"]

    assert tags.feature.names[:3] == ["O", "B-PER", "I-PER"]


@given(tables())
def test_both_forms_are_those_that_datasets_writes(table: Table) -> None:
    """The metadata of Parquet to the byte, and the features of the card, for columns of every type."""
    assert features(table).arrow_schema.metadata == schema_with_features(table).metadata
    assert features(table)._to_yaml_list() == yaml_features(table)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_both_forms_of_every_config_are_those_that_datasets_writes(table: Table) -> None:
    """The same for the tables of the design."""
    assert features(table).arrow_schema.metadata == schema_with_features(table).metadata
    assert features(table)._to_yaml_list() == yaml_features(table)


@given(tables())
def test_features_have_the_columns_and_types_of_arrow(table: Table) -> None:
    """Both are built from the table, and agree on names, order and types, nested ones included."""
    assert list(table.names) == list(features(table))
    assert arrow_schema(table) == features(table).arrow_schema.remove_metadata()


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_the_stored_schema_restores_the_features(table: Table) -> None:
    """The metadata key is read back as exactly these features, for every table of the design."""
    assert arrow_schema(table) == schema_with_features(table).remove_metadata()
    assert features(table) == Features.from_arrow_schema(schema_with_features(table))


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_the_features_of_the_card_restore_the_features(table: Table) -> None:
    """What stands in the YAML of the card means the same, after a trip through YAML."""
    written = yaml.safe_load(yaml.safe_dump(yaml_features(table), allow_unicode=True))

    assert features(table) == Features._from_yaml_list(written)


@settings(max_examples=10, deadline=None)
@given(st.data())
def test_any_table_survives_parquet_and_load_dataset(data: st.DataObject) -> None:
    """Rows and features come back as they were written, whatever the columns."""
    table = data.draw(tables())
    rows = data.draw(rows_of(table, min_size=1))
    with TemporaryDirectory() as folder:
        loaded = stored_and_loaded(table, rows, Path(folder))

        assert features(table) == loaded.features
        assert with_ids(table, rows) == loaded.to_list()


@settings(max_examples=2, deadline=None)
@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
@given(data=st.data())
def test_every_config_survives_parquet_and_load_dataset(table: Table, data: st.DataObject) -> None:
    """The tables of the design load with their own features."""
    rows = data.draw(rows_of(table, min_size=1))
    with TemporaryDirectory() as folder:
        loaded = stored_and_loaded(table, rows, Path(folder))

        assert features(table) == loaded.features
        assert with_ids(table, rows) == loaded.to_list()
