"""One table against its schema: types, nulls, ranges, labels, keys.

A rule is a named expression that is True where a row breaks it. pandera judges the frame by these expressions; only if
it objects are the offending rows looked up, by the same expressions, so that the gate and its report cannot disagree.
pandera's own failure cases are kept to one for each check and not used: they copy rows, and say nothing of what lies
inside a list. Frames are always collected: of a LazyFrame pandera checks the types alone and lets wrong data pass.
It is imported on first use, since it takes 60 MB that a build does not need while its workers read.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any

import polars as pl

from parallaxe.core.schema import Column, LabelSet, Table
from parallaxe.validate.failures import FAILURE_SCHEMA, SHOWN_ROWS, no_failures, shortened

if TYPE_CHECKING:
    import pandera.polars as pandera
    from pandera.errors import SchemaErrors

LEVEL = 2

_SCALARS: Mapping[str, Any] = {
    "string": pl.String,
    "int32": pl.Int32,
    "int64": pl.Int64,
    "float32": pl.Float32,
    "bool": pl.Boolean,
    "date": pl.Date,
    "label": pl.Int64,
}


@dataclass(frozen=True)
class Rule:
    """`broken` is True for each row that breaks the rule, and never null; `shown` is the value at fault.

    `identity` is in kebab case; `column` is the column, `column.field`, or the key; `reads` the columns it needs.
    """

    identity: str
    column: str
    reads: tuple[str, ...]
    message: str
    broken: pl.Expr
    shown: pl.Expr


def polars_type(column: Column) -> pl.DataType:
    """The polars type of a column; a label is the Int64 id of its name.

    >>> polars_type(Column("fin", "int32", False, "Fin."))
    Int32
    """
    if column.type == "list<struct>":
        return pl.List(pl.Struct({field.name: polars_type(field) for field in column.fields}))
    scalar = _SCALARS[column.element_type]()
    return pl.List(scalar) if column.is_list else scalar


@lru_cache(maxsize=64)
def frame_schema(table: Table) -> pandera.DataFrameSchema:
    """The pandera schema of a table: its columns in order and no others, with types, nulls, checks and key.

    Validate a DataFrame with it, never a LazyFrame. It is made once: every chunk of a corpus asks for the same ones.
    """
    import pandera.polars as pandera

    rules = table_rules(table)
    return pandera.DataFrameSchema(
        {column.name: _pandera_column(column, rules) for column in table.columns},
        checks=[_check(rule) for rule in rules if rule.identity == "key-unique"],
        name=table.name,
        strict=True,
        ordered=True,
    )


def _pandera_column(column: Column, rules: tuple[Rule, ...]) -> pandera.Column:
    import pandera.polars as pandera

    checks = [_check(rule) for rule in rules if rule.reads == (column.name,) and rule.identity != "key-unique"]
    return pandera.Column(polars_type(column), checks=checks, nullable=column.nullable)


def _check(rule: Rule) -> pandera.Check:
    import pandera.polars as pandera

    error = f"{rule.column} {rule.message}"
    return pandera.Check(partial(_holds, rule), name=rule.identity, error=error, n_failure_cases=1)


def _holds(rule: Rule, data: pandera.PolarsData) -> pl.LazyFrame:
    return data.lazyframe.select(~rule.broken)


def table_rules(table: Table) -> tuple[Rule, ...]:
    """All rules about the values of a table, column by column, the key last."""
    rules = [rule for column in table.columns for rule in _column_rules(column)]
    key = pl.struct(table.key)
    return (
        *rules,
        Rule(
            "key-unique",
            ", ".join(table.key),
            table.key,
            "repeats the key of an earlier row",
            ~key.is_first_distinct(),
            key,
        ),
    )


def _column_rules(column: Column) -> Iterator[Rule]:
    value = pl.col(column.name)
    if not column.nullable:
        yield _row_rule("column-null", column, "is null", value.is_null())
    if column.checks.unique:
        yield _row_rule(
            "column-unique", column, "repeats an earlier row", ~value.is_first_distinct() & ~value.is_null()
        )
    if column.checks.non_empty:
        length = value.list.len() if column.is_list else value.str.len_bytes()
        yield _row_rule("column-empty", column, "is empty", length == 0)
    if not column.is_list:
        for identity, message, broken in _value_rules(column, value):
            yield _row_rule(identity, column, message, broken)
        return
    yield _element_rule("column-null", column, "has a null element", pl.element().is_null())
    for identity, message, broken in _value_rules(column, pl.element()):
        yield _element_rule(identity, column, message, broken)
    for field in column.fields:
        yield from _field_rules(column, field)


def _field_rules(column: Column, field: Column) -> Iterator[Rule]:
    inner = pl.element().struct.field(field.name)
    path = f"{column.name}.{field.name}"
    if not field.nullable:
        missing = inner.is_null() & ~pl.element().is_null()
        yield _element_rule("column-null", column, "is null", missing, path)
    if field.checks.non_empty:
        yield _element_rule("column-empty", column, "is empty", inner.str.len_bytes() == 0, path)
    for identity, message, broken in _value_rules(field, inner):
        yield _element_rule(identity, column, message, broken, path)


def _value_rules(column: Column, value: pl.Expr) -> Iterator[tuple[str, str, pl.Expr]]:
    """Rules about one value, as id, message and an expression that may be null where the value is."""
    checks = column.checks
    if column.labels is not None:
        yield "label-range", _label_message(column.labels), ~value.is_between(0, len(column.labels.names) - 1)
    if column.element_type == "float32":
        yield "column-range", "is not a number", value.is_nan()
    if checks.pattern is not None:
        yield "column-pattern", f"does not match {checks.pattern}", ~value.str.contains(checks.pattern)
    if checks.minimum is not None:
        yield "column-range", f"is below {checks.minimum}", value < checks.minimum
    if checks.maximum is not None:
        yield "column-range", f"is above {checks.maximum}", value > checks.maximum
    if checks.one_of:
        yield "column-choice", f"is not in {' or '.join(checks.one_of)}", ~value.is_in(checks.choices)


def _label_message(labels: LabelSet) -> str:
    return f"is no id of {labels.name} (0 to {len(labels.names) - 1})"


def _row_rule(identity: str, column: Column, message: str, broken: pl.Expr) -> Rule:
    value = pl.col(column.name)
    return Rule(identity, column.name, (column.name,), message, broken.fill_null(value=False), value)


def _element_rule(identity: str, column: Column, message: str, broken: pl.Expr, path: str | None = None) -> Rule:
    """A rule about the elements of a list, broken where one of them breaks it; that one is shown."""
    value = pl.col(column.name)
    return Rule(
        identity,
        path or column.name,
        (column.name,),
        message,
        value.list.eval(broken.fill_null(value=False)).list.any().fill_null(value=False),
        value.list.eval(pl.element().filter(broken.fill_null(value=False))).list.first(),
    )


def check_frame(table: Table, frame: pl.DataFrame) -> pl.DataFrame:
    """What is wrong with a frame, as a table with the columns of `FAILURE_SCHEMA`; no rows where all is well.

    For each rule and column at most the first `SHOWN_ROWS` offending rows are listed, in the order of the frame;
    `count` counts them all. Rules that need a column which is missing or of a wrong type are left out.
    """
    from pandera.errors import SchemaErrors

    try:
        frame_schema(table).validate(frame, lazy=True)
    except SchemaErrors as errors:
        failures = pl.concat([_structure_failures(table, frame), *_rule_failures(table, frame)])
        return failures if failures.height else _unexplained(table, errors)
    return no_failures()


def _structure_failures(table: Table, frame: pl.DataFrame) -> pl.DataFrame:
    """Columns that are missing, not expected, of a wrong type, or in another order."""
    found: list[tuple[str, str, str, str]] = []
    for column in table.columns:
        if column.name not in frame.columns:
            found.append(("column-missing", column.name, "", "is missing"))
        elif frame.schema[column.name] != polars_type(column):
            actual = str(frame.schema[column.name])
            found.append(("column-type", column.name, actual, f"is not of type {polars_type(column)}"))
    found += [
        ("column-unexpected", name, "", "is no column of the table")
        for name in frame.columns
        if name not in table.names
    ]
    shared = [name for name in table.names if name in frame.columns]
    if [name for name in frame.columns if name in table.names] != shared:
        found.append(("column-order", ", ".join(frame.columns), "", f"is not the order {', '.join(shared)}"))
    return pl.DataFrame(
        [
            _failure(rule, table, message, column=column, value=value or None, count=max(frame.height, 1))
            for rule, column, value, message in found
        ],
        schema=FAILURE_SCHEMA,
    )


def _failure(rule: str, table: Table, message: str, **told: object) -> dict[str, object]:
    known = {"rule": rule, "level": LEVEL, "table": table.name, "message": message, **told}
    return {name: known.get(name) for name in FAILURE_SCHEMA}


def _rule_failures(table: Table, frame: pl.DataFrame) -> Iterator[pl.DataFrame]:
    sound = {column.name for column in table.columns if frame.schema.get(column.name) == polars_type(column)}
    rules = [rule for rule in table_rules(table) if sound.issuperset(rule.reads)]
    if not rules:
        return
    counts = frame.select(rule.broken.sum().alias(str(number)) for number, rule in enumerate(rules)).row(0)
    for rule, count in zip(rules, counts, strict=True):
        if count:
            yield _offenders(table, frame, rule, count, _place(table, sound))


def _place(table: Table, sound: Collection[str]) -> dict[str, pl.Expr]:
    """Where a row stands: its article and, in tables that have them, its offsets."""
    article = next((pl.col(name) for name in _article_columns(table) if name in sound), pl.lit(None, pl.String))
    offsets = {name: pl.col(name) if name in sound else pl.lit(None) for name in ("start", "end")}
    return {"article_id": article, **{name: offset.cast(pl.Int64) for name, offset in offsets.items()}}


def _article_columns(table: Table) -> Iterator[str]:
    """Columns that name the article of a row, best first."""
    if "article_id" in table.names:
        yield "article_id"
    yield from (reference.column for reference in table.references if reference.table == "articles")


def _offenders(table: Table, frame: pl.DataFrame, rule: Rule, count: int, place: Mapping[str, pl.Expr]) -> pl.DataFrame:
    rows = (
        frame.lazy()
        .select(broken=rule.broken, row=pl.int_range(pl.len(), dtype=pl.Int64), shown=rule.shown, **place)
        .filter("broken")
        .head(SHOWN_ROWS)
        .collect()
    )
    told: Callable[[Any], str | None] = partial(_told, rule)
    return rows.select(
        rule=pl.lit(rule.identity),
        level=pl.lit(LEVEL, pl.Int64),
        table=pl.lit(table.name),
        article_id="article_id",
        row="row",
        column=pl.lit(rule.column),
        start="start",
        end="end",
        value=shortened(pl.lit(pl.Series([told(value) for value in rows["shown"].to_list()], dtype=pl.String))),
        message=pl.lit(rule.message),
        count=pl.lit(count, pl.Int64),
        file=pl.lit(None, pl.String),
        line=pl.lit(None, pl.Int64),
    )


def _told(rule: Rule, value: object) -> str | None:
    """A value for people: the field at fault of a struct, the parts of a key."""
    if isinstance(value, dict):
        _, _, inner = rule.column.partition(".")
        value = value.get(inner) if inner else ", ".join(str(part) for part in value.values())
    return None if value is None else str(value)


def _unexplained(table: Table, errors: SchemaErrors) -> pl.DataFrame:
    """Where pandera objects and no rule does, its word counts: nothing passes the gate by a gap between the two."""
    complaint = " ".join(str(errors).split())[:400]
    return pl.DataFrame([_failure("frame-schema", table, complaint, count=1)], schema=FAILURE_SCHEMA)
