"""Schemas as values: what `schemas/labels.toml` and `schemas/tables/*.yaml` say, read once and checked.

Everything that knows a column or a label is built from these values: pandera schemas, Arrow schemas, `Features`, JSON
Schema and the docs. So a column is added, a label defined or a range narrowed in one hand-written file, and no two
forms of a schema can disagree. The functions take mappings as `yaml` and `tomllib` give them, and touch no file; each
takes the name of the file it reads from, for its complaints.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from parallaxe.core.entries import Place, check_unique, flag, listed, mapping_of, number, pattern, position, text, texts
from parallaxe.core.errors import ProjectError, UsageError
from parallaxe.core.labels import LABELS_FILE, Label, LabelSet, parse_labels

__all__ = [
    "LABELS_FILE",
    "TABLES_FOLDER",
    "Checks",
    "Column",
    "Label",
    "LabelSet",
    "Reference",
    "Schemas",
    "Table",
    "parse_group",
    "parse_labels",
    "parse_schemas",
    "parse_table",
]

TABLES_FOLDER = "schemas/tables"

SCALAR_TYPES = ("string", "int32", "int64", "float32", "bool", "date", "label")
"""Types of one value; `label` is the position of a name in a label set, and never null."""

LIST_TYPES = ("list<string>", "list<int32>", "list<label>", "list<struct>")
"""Types of many values; `list<struct>` has `fields`, each of a scalar type."""

CHECKS = ("pattern", "min", "max", "unique", "one_of", "non_empty")


@dataclass(frozen=True, slots=True)
class Checks:
    """What a value must satisfy where it is not null; in a list each element, but for `non_empty` (the list itself).

    `pattern` is searched (anchor it), in the syntax that Python, Rust and ECMAScript share. `minimum` and `maximum`
    belong to the range. `one_of` holds the names of label sets, `choices` their labels.
    """

    pattern: str | None = None
    minimum: float | None = None
    maximum: float | None = None
    unique: bool = False
    non_empty: bool = False
    one_of: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """One column, or one field of a `list<struct>`; `withheld` where the public profile blanks restricted rows."""

    name: str
    type: str
    nullable: bool
    meaning: str
    checks: Checks = field(default_factory=Checks)
    labels: LabelSet | None = None
    fields: tuple[Column, ...] = ()
    withheld: bool = False

    @property
    def is_list(self) -> bool:
        """True where a row holds a list of values."""
        return self.type in LIST_TYPES

    @property
    def element_type(self) -> str:
        """Type of one value: of the column, or of the elements of its list."""
        return self.type.removeprefix("list<").removesuffix(">")


class Reference(NamedTuple):
    """Values of `column` (`sources.entity_id` for a field) stand in `table.target`, but for those matching `unless`.

    Where the key of the target table begins with `article_id`, the row referred to is one of the same article.
    """

    column: str
    table: str
    target: str
    unless: str | None


@dataclass(frozen=True)
class Table:
    """One config of the dataset: what a row is, its columns in order, and what makes a row unique.

    `text_view` marks tables that are made of text, from which the public profile leaves rows of restricted articles
    out instead of blanking a column. `position` orders configs and docs.
    """

    name: str
    position: int
    row: str
    meaning: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    sort: tuple[str, ...]
    references: tuple[Reference, ...] = ()
    default: bool = False
    text_view: bool = False

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Names of the columns, in order."""
        return tuple(column.name for column in self.columns)

    def column(self, name: str) -> Column:
        """A column by name.

        Raises:
            UsageError: if there is none; the message lists those there are.
        """
        if name not in self.names:
            raise UsageError(f"table {self.name}", f"no column `{name}`", f"use one of {listed(self.names)}")
        return self.columns[self.names.index(name)]


@dataclass(frozen=True)
class Schemas:
    """All label sets and tables of a project, by name; tables in the order of their positions."""

    labels: Mapping[str, LabelSet]
    tables: Mapping[str, Table]

    def table(self, name: str) -> Table:
        """A table by name.

        Raises:
            UsageError: if there is none; the message lists those there are.
        """
        if name not in self.tables:
            raise UsageError(TABLES_FOLDER, f"no table `{name}`", f"use one of {listed(self.tables)}")
        return self.tables[name]


def parse_group(mapping: Mapping[str, Any], labels: Mapping[str, LabelSet], where: str) -> tuple[Column, ...]:
    """Columns that several tables share (`schemas/tables/_provenance.yaml`), written once.

    Raises:
        ProjectError: as `parse_table` does for columns.
    """
    place = Place(where, "group")
    mapping_of(mapping, ("meaning", "columns"), place)
    return _columns(mapping, labels, place)


def parse_table(
    mapping: Mapping[str, Any],
    labels: Mapping[str, LabelSet],
    groups: Mapping[str, tuple[Column, ...]] | None = None,
    where: str | None = None,
) -> Table:
    """One table, its included groups of columns after its own.

    Args:
        mapping: a table as its YAML file says it.
        labels: all label sets, by name.
        groups: shared columns, by the name under which tables `include` them.
        where: the file, for complaints; by default the one named after the table.

    Raises:
        ProjectError: if a key, type, check, label set, group or column is unknown, a label may be null, a column comes
            twice, a key column may be null, or a withheld one may not.
    """
    place = Place(where or f"{TABLES_FOLDER}/{mapping.get('name', '?')}.yaml", "table")
    mapping_of(mapping, (*Table.__dataclass_fields__, "include"), place)
    name = text(mapping, "name", place)
    columns = _columns(mapping, labels, place) + _included(mapping.get("include"), groups or {}, place)
    check_unique((column.name for column in columns), "column", place)
    table = Table(
        name=name,
        position=position(mapping, place),
        row=text(mapping, "row", place),
        meaning=text(mapping, "meaning", place),
        columns=columns,
        key=texts(mapping, "key", place),
        sort=texts(mapping, "sort", place),
        references=_references(mapping.get("references", {}), place),
        default=flag(mapping, "default", place, default=False),
        text_view=flag(mapping, "text_view", place, default=False),
    )
    _check_table(table, place)
    return table


def _check_table(table: Table, place: Place) -> None:
    """Key, order and references speak of columns that are there and can serve."""
    for name in (*table.key, *table.sort):
        if name not in table.names or table.column(name).is_list:
            raise place.error(f"key or sort names `{name}`", "name a column of this table that is no list")
    for name in table.key:
        if table.column(name).nullable:
            raise place.error(f"key column `{name}` may be null", "take `nullable` away")
    for reference in table.references:
        if not _has(table, reference.column):
            raise place.error(f"reference from `{reference.column}`", "name a column, or `column.field`")


def _has(table: Table, path: str) -> bool:
    name, _, inner = path.partition(".")
    if name not in table.names:
        return False
    return not inner or inner in {field.name for field in table.column(name).fields}


def _columns(mapping: Mapping[str, Any], labels: Mapping[str, LabelSet], place: Place) -> tuple[Column, ...]:
    entries = mapping.get("columns")
    if not isinstance(entries, list) or not entries:
        raise place.error("no columns", "list them under `columns:`")
    columns = tuple(_column(entry, labels, place) for entry in entries)
    check_unique((column.name for column in columns), "column", place)
    return columns


def _column(value: object, labels: Mapping[str, LabelSet], place: Place, *, nested: bool = False) -> Column:
    keys = ("name", "type", "nullable", "meaning", "checks", "labels")
    entry = mapping_of(value, keys if nested else (*keys, "fields", "withheld"), place)
    name = text(entry, "name", place)
    place = place.within(f"column {name}")
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        raise place.error("a column must be one word", "use lower-case letters, digits and `_`")
    type_ = _type(entry, place, nested=nested)
    column = Column(
        name=name,
        type=type_,
        nullable=flag(entry, "nullable", place, default=False),
        meaning=text(entry, "meaning", place),
        checks=_checks(entry.get("checks", {}), type_, labels, place),
        labels=_label_set(entry, type_, labels, place),
        fields=_fields(entry, type_, labels, place),
        withheld=flag(entry, "withheld", place, default=False),
    )
    if column.nullable and column.element_type == "label":
        raise place.error("a label may not be null", "add a label `none` to its set, or use a string with `one_of`")
    if column.withheld and not column.nullable:
        raise place.error("a withheld column must be nullable", "add `nullable: true`")
    return column


def _type(entry: Mapping[str, Any], place: Place, *, nested: bool) -> str:
    type_ = text(entry, "type", place)
    known = SCALAR_TYPES if nested else SCALAR_TYPES + LIST_TYPES
    if type_ not in known:
        raise place.error(f"unknown type `{type_}`", f"use one of {listed(known)}")
    return type_


def _label_set(entry: Mapping[str, Any], type_: str, labels: Mapping[str, LabelSet], place: Place) -> LabelSet | None:
    is_label = type_ in ("label", "list<label>")
    if not is_label and "labels" not in entry:
        return None
    if not is_label:
        raise place.error(f"`labels` with type `{type_}`", "use type `label`, or the check `one_of`")
    return _known_set(text(entry, "labels", place), labels, place)


def _known_set(name: str, labels: Mapping[str, LabelSet], place: Place) -> LabelSet:
    if name not in labels:
        raise place.error(f"unknown label set `{name}`", f"use one of {listed(labels)}")
    return labels[name]


def _fields(entry: Mapping[str, Any], type_: str, labels: Mapping[str, LabelSet], place: Place) -> tuple[Column, ...]:
    entries = entry.get("fields", [])
    if not isinstance(entries, list) or bool(entries) != (type_ == "list<struct>"):
        raise place.error("`fields` belong to `list<struct>`, and to it alone", "give the struct its fields")
    fields = tuple(_column(inner, labels, place, nested=True) for inner in entries)
    check_unique((column.name for column in fields), "field", place)
    return fields


def _checks(value: object, type_: str, labels: Mapping[str, LabelSet], place: Place) -> Checks:
    entry = mapping_of(value, CHECKS, place, kind="check")
    for check in entry:
        if type_ not in _CHECKED_TYPES[check]:
            raise place.error(f"check `{check}` on type `{type_}`", f"it is for {listed(_CHECKED_TYPES[check])}")
    sets = texts(entry, "one_of", place, default=())
    return Checks(
        pattern=pattern(entry, "pattern", place),
        minimum=number(entry, "min", place),
        maximum=number(entry, "max", place),
        unique=flag(entry, "unique", place, default=False),
        non_empty=flag(entry, "non_empty", place, default=False),
        one_of=sets,
        choices=tuple(name for set_name in sets for name in _known_set(set_name, labels, place).names),
    )


_NUMBERS = ("int32", "int64", "float32", "list<int32>")
_STRINGS = ("string", "list<string>")
_CHECKED_TYPES: Mapping[str, Sequence[str]] = {
    "pattern": _STRINGS,
    "min": _NUMBERS,
    "max": _NUMBERS,
    "unique": [name for name in SCALAR_TYPES if name != "label"],
    "one_of": _STRINGS,
    "non_empty": ("string", *LIST_TYPES),
}


def _included(value: object, groups: Mapping[str, tuple[Column, ...]], place: Place) -> tuple[Column, ...]:
    """The columns of `include: group`, or of `include: {group: …, except: […]}` without those named."""
    if value is None:
        return ()
    mapping = mapping_of({"group": value} if isinstance(value, str) else value, ("group", "except"), place)
    name = text(mapping, "group", place)
    if name not in groups:
        raise place.error(f"unknown group `{name}`", f"use one of {listed(groups)}")
    left_out = texts(mapping, "except", place, default=())
    for column in left_out:
        if column not in {column.name for column in groups[name]}:
            raise place.error(f"`{column}` is no column of `{name}`", "correct `except`")
    return tuple(column for column in groups[name] if column.name not in left_out)


def _references(entry: object, place: Place) -> tuple[Reference, ...]:
    if not isinstance(entry, Mapping):
        raise place.error("`references` is no mapping", "write `column: table.column`")
    return tuple(_reference(column, target, place.within(f"reference {column}")) for column, target in entry.items())


def _reference(column: str, value: object, place: Place) -> Reference:
    mapping = mapping_of({"to": value} if isinstance(value, str) else value, ("to", "unless"), place)
    table, _, target = text(mapping, "to", place).partition(".")
    if not table or not target:
        raise place.error("no target", "write `column: table.column`")
    return Reference(column, table, target, pattern(mapping, "unless", place))


def parse_schemas(labels: Mapping[str, Any], tables: Mapping[str, Mapping[str, Any]]) -> Schemas:
    """All schemas of a project, checked against each other.

    Args:
        labels: what `schemas/labels.toml` says.
        tables: what each file of `schemas/tables` says, by its stem; a stem that begins with `_` is a group.

    Raises:
        ProjectError: if a file is wrong in itself, is not named after its table, refers to a column that does not
            exist, or if positions clash or not exactly one table is the default.
    """
    sets = parse_labels(labels)
    groups = {
        stem.removeprefix("_"): parse_group(mapping, sets, f"{TABLES_FOLDER}/{stem}.yaml")
        for stem, mapping in tables.items()
        if stem.startswith("_")
    }
    parsed = [_named_table(stem, tables[stem], sets, groups) for stem in tables if not stem.startswith("_")]
    parsed.sort(key=lambda table: table.position)
    check_unique((str(table.position) for table in parsed), "position", Place(TABLES_FOLDER, "all tables"))
    if sum(table.default for table in parsed) != 1:
        raise ProjectError(TABLES_FOLDER, "not exactly one table is the default", "set `default: true` in one file")
    schemas = Schemas(sets, {table.name: table for table in parsed})
    for table in parsed:
        _check_targets(table, schemas)
    return schemas


def _named_table(
    stem: str,
    mapping: Mapping[str, Any],
    labels: Mapping[str, LabelSet],
    groups: Mapping[str, tuple[Column, ...]],
) -> Table:
    where = f"{TABLES_FOLDER}/{stem}.yaml"
    table = parse_table(mapping, labels, groups, where)
    if table.name != stem:
        raise ProjectError(where, f"the table is named `{table.name}`", "name the file after its table")
    return table


def _check_targets(table: Table, schemas: Schemas) -> None:
    for reference in table.references:
        target = schemas.tables.get(reference.table)
        if target is None or reference.target not in target.names:
            place = Place(f"{TABLES_FOLDER}/{table.name}.yaml", f"reference {reference.column}")
            raise place.error(f"there is no `{reference.table}.{reference.target}`", "name a column that exists")
