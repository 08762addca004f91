"""The reference of all tables and labels, as Markdown for the docs, the guidelines and the card.

It says what the hand-written schemas say and nothing else, so that a rendered page can be compared with them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from parallaxe.core.schema import Checks, Column, Label, LabelSet, Schemas, Table
from parallaxe.dataset.markdown import markdown_table


def table_reference(schemas: Schemas, level: int = 2) -> str:
    """Every table and every label set, each under a heading of `level` and `level` + 1; ends without a newline."""
    sections = [table_section(table, level) for table in schemas.tables.values()]
    sections.append(f"{'#' * level} Labels")
    sections += [label_section(labels, level + 1) for labels in schemas.labels.values()]
    return "\n\n".join(sections)


def table_section(table: Table, level: int = 2) -> str:
    """One table: what a row is, its key, and a line for each column and each field of its lists."""
    heading = f"{'#' * level} `{table.name}`" + (" (default)" if table.default else "")
    key = ", ".join(f"`{name}`" for name in table.key)
    rows = [row for column in table.columns for row in _column_rows(column)]
    grid = markdown_table(("column", "type", "null", "meaning"), rows)
    return f"{heading}\n\n{table.meaning} A row is {table.row}; its key is {key}.\n\n{grid}"


def label_section(labels: LabelSet, level: int = 3) -> str:
    """One label set: id, name, both definitions and the example of each label."""
    rows = [
        (str(number), f"`{label.name}`", label.en, label.fr, label.example)
        for number, label in enumerate(labels.labels)
    ]
    grid = markdown_table(("id", "label", "definition", "définition", "exemple"), rows)
    return f"{'#' * level} `{labels.name}`\n\n{labels.en} {labels.fr}\n\n{grid}"


def label_tables(schemas: Schemas) -> dict[str, str]:
    """Every label set as a table for guidelines, under the name of its marks: `entity-labels` for `entity_labels`."""
    return {name.replace("_", "-"): label_table(labels) for name, labels in schemas.labels.items()}


def label_table(labels: LabelSet) -> str:
    """What an annotator has to know of each label; a column stands there where some label of the set has a word in it.

    >>> print(label_table(LabelSet("tons", "Tons.", "Tones.", (Label("gai", "Gai.", "Merry.", is_not="« triste »"),))))
    | label | is | is not |
    | --- | --- | --- |
    | `gai` | Merry. | « triste » |
    """
    columns = {name: [told(label) for label in labels.labels] for name, told in _GUIDANCE.items()}
    if not any(label.sign for label in labels.labels):
        del columns["intensity"]
    if all(label.annotated for label in labels.labels):
        del columns["annotated"]
    told = {name: cells for name, cells in columns.items() if any(cells)}
    return markdown_table([*told], zip(*told.values(), strict=True))


_GUIDANCE: Mapping[str, Callable[[Label], str]] = {
    "label": lambda label: f"`{label.name}`",
    "group": lambda label: label.group,
    "annotated": lambda label: "yes" if label.annotated else "no",
    "is": lambda label: label.en,
    "such as": lambda label: label.such_as,
    "is not": lambda label: label.is_not,
    "intensity": lambda label: {-1: "below 0", 0: "0", 1: "above 0"}[label.sign],
}


def label_sets_table(schemas: Schemas) -> str:
    """The sets that an annotator chooses from (their labels have hotkeys), each with its meaning and its labels."""
    chosen = [labels for labels in schemas.labels.values() if any(label.hotkey for label in labels.labels)]
    rows = [(f"`{own.name}`", own.en, ", ".join(f"`{name}`" for name in own.names)) for own in chosen]
    return markdown_table(("label set", "is", "labels"), rows)


def _column_rows(column: Column) -> Iterable[Sequence[str]]:
    yield f"`{column.name}`", _type(column), _null(column), column.meaning
    for field in column.fields:
        yield f"`{column.name}.{field.name}`", _type(field), _null(field), field.meaning


def _null(column: Column) -> str:
    if column.withheld:
        return "yes, also where withheld"
    return "yes" if column.nullable else ""


def _type(column: Column) -> str:
    """Type of a column and what its values are held to: `int32`, -3 to 3."""
    parts = [f"`{column.type}`", *_constraints(column.checks)]
    if column.labels is not None:
        parts.append(f"`{column.labels.name}`")
    return ", ".join(parts)


def _constraints(checks: Checks) -> Iterable[str]:
    if checks.minimum is not None and checks.maximum is not None:
        yield f"{checks.minimum} to {checks.maximum}"
    elif checks.minimum is not None:
        yield f"at least {checks.minimum}"
    elif checks.maximum is not None:
        yield f"at most {checks.maximum}"
    if checks.pattern is not None:
        yield f"`{checks.pattern}`"
    if checks.one_of:
        yield "one of " + " or ".join(f"`{name}`" for name in checks.one_of)
    if checks.non_empty:
        yield "not empty"
    if checks.unique:
        yield "unique"
