"""The reference tells every column and every label, once, in Markdown that renders."""

from __future__ import annotations

import re

import pytest

from parallaxe.core.schema import LabelSet, Table
from parallaxe.dataset.reference import (
    label_section,
    label_sets_table,
    label_table,
    label_tables,
    table_reference,
    table_section,
)
from schema_tables import SCHEMAS, TABLES, small_table

SETS = tuple(SCHEMAS.labels.values())


def cells(line: str) -> list[str]:
    """The cells of a row of a Markdown table."""
    return [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_table_is_told_column_by_column(table: Table) -> None:
    """Each column has its line, in order; fields of a list follow it under a dotted name."""
    lines = [cells(line) for line in table_section(table).splitlines() if line.startswith("| `")]
    names = [
        name for column in table.columns for name in (column.name, *(f"{column.name}.{f.name}" for f in column.fields))
    ]

    assert [f"`{name}`" for name in names] == [line[0] for line in lines]
    assert {4} == {len(line) for line in lines}


@pytest.mark.parametrize("labels", SETS, ids=lambda labels: labels.name)
def test_a_label_set_is_told_label_by_label(labels: LabelSet) -> None:
    """Each label has its line with its id and both definitions."""
    lines = [cells(line) for line in label_section(labels).splitlines() if re.match(r"\| \d", line)]

    expected = [
        [str(number), f"`{label.name}`", label.en, label.fr, label.example]
        for number, label in enumerate(labels.labels)
    ]
    assert expected == lines


def test_a_line_tells_type_null_and_meaning() -> None:
    """What a value is held to stands beside its type."""
    table = small_table(
        {"name": "rang", "type": "int32", "checks": {"min": -3, "max": 3}, "nullable": True, "meaning": "Rang."},
        {"name": "mot", "type": "string", "checks": {"pattern": "^a|b$"}, "meaning": "Mot."},
        {"name": "ton", "type": "label", "labels": "colours", "meaning": "Ton."},
    )

    assert table_section(table, level=3) == (
        "### `small`\n\n"
        "A test. A row is a row; its key is `id`.\n\n"
        "| column | type | null | meaning |\n"
        "| --- | --- | --- | --- |\n"
        "| `id` | `string` |  | Id. |\n"
        "| `rang` | `int32`, -3 to 3 | yes | Rang. |\n"
        "| `mot` | `string`, `^a\\|b$` |  | Mot. |\n"
        "| `ton` | `label`, `colours` |  | Ton. |"
    )


def test_the_reference_has_all_tables_and_then_all_labels() -> None:
    """Headings are those of the tables in their order, and of the label sets in theirs."""
    headings = [line for line in table_reference(SCHEMAS).splitlines() if line.startswith("#")]

    tables = [f"## `{table.name}`" + (" (default)" if table.default else "") for table in TABLES]
    assert [*tables, "## Labels", *(f"### `{labels.name}`" for labels in SETS)] == headings


def test_the_reference_ends_without_a_newline() -> None:
    """It is put between marks of a page."""
    assert table_reference(SCHEMAS) == table_reference(SCHEMAS).strip()


@pytest.mark.parametrize("labels", SETS, ids=lambda labels: labels.name)
def test_guidelines_tell_all_that_the_labels_say(labels: LabelSet) -> None:
    """Each label has a line with its definition and, where it has them, what is and what is not one."""
    header, _, *lines = [cells(line) for line in label_table(labels).splitlines()]

    assert [f"`{label.name}`" for label in labels.labels] == [line[0] for line in lines]
    for label, line in zip(labels.labels, lines, strict=True):
        assert {label.en, label.such_as, label.is_not, label.group} <= {*line, ""}
    assert all(any(column) for column in zip(*lines, strict=True))
    assert ("intensity" in header, "annotated" in header) == (
        labels.name in {"polarities", "stance_classes"},
        labels.name == "block_roles",
    )


def test_every_set_has_marks_of_its_own() -> None:
    """A mark has no underscore; no set is left out."""
    assert [labels.name.replace("_", "-") for labels in SETS] == list(label_tables(SCHEMAS))


def test_a_card_tells_the_sets_that_annotators_choose_from() -> None:
    """Those of which a label has a key in Label Studio, on a line each."""
    told = [cells(line)[0] for line in label_sets_table(SCHEMAS).splitlines()[2:]]

    assert ["`block_roles`", "`entity_labels`", "`quotation_types`", "`polarities`", "`targets`"] == told
