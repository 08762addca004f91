"""Failures are data: a row says which rule was broken, where, by which value, and what to do about it.

A table and not a log, so that a report can count it, a test can look into it and a build can store it. Of each finding
at most the first `SHOWN_ROWS` rows are kept and `count` tells how many there are: a rule that a million rows break
costs no more than one that a hundred do.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import polars as pl

FAILURE_SCHEMA = pl.Schema(
    {
        "rule": pl.String,
        "level": pl.Int64,
        "table": pl.String,
        "article_id": pl.String,
        "row": pl.Int64,
        "column": pl.String,
        "start": pl.Int64,
        "end": pl.Int64,
        "value": pl.String,
        "message": pl.String,
        "count": pl.Int64,
        "file": pl.String,
        "line": pl.Int64,
    }
)
"""Columns of a table of failures.

`rule` is a kebab-case id and `level` how deep it looks (1 files and encoding, 2 table schema, 3 spans and references,
4 annotation scheme, 5 corpus). `row` counts from 0 and is null where no single row is at fault; `start` and `end` are
code points into the text of the article, null where the failure has no place in it. `value` is what is wrong,
shortened; `message` says in one line what is wrong with it and what to do. `count` is the number of rows with the same
rule, table, column and message. `file` and `line` (from 1) are null where the caller knows of no file; beside a `file`,
`row` counts in that file.
"""

FINDING = ("rule", "table", "column", "message")
"""Columns that make failures one finding."""

SHOWN_ROWS = 100
SHOWN_CHARACTERS = 60


def no_failures() -> pl.DataFrame:
    """The table where all is well: its columns, and no rows."""
    return FAILURE_SCHEMA.to_frame()


def offenders(frame: pl.DataFrame, table: str, column: str, message: str) -> pl.DataFrame:
    """Failures of a table, one for each row of a frame, without `rule` and `level`, which the rule itself adds.

    The frame holds the offending rows only. Of its columns `article_id`, `row`, `start`, `end` and `value` are taken;
    those that it lacks are null. The order is kept.
    """
    taken = {name: _column(frame, name) for name in ("article_id", "row", "start", "end", "value")}
    return frame.head(SHOWN_ROWS).select(
        rule=pl.lit(None, pl.String),
        level=pl.lit(None, pl.Int64),
        table=pl.lit(table),
        article_id=taken["article_id"],
        row=taken["row"],
        column=pl.lit(column),
        start=taken["start"],
        end=taken["end"],
        value=shortened(taken["value"]),
        message=pl.lit(message),
        count=pl.lit(frame.height, pl.Int64),
        file=pl.lit(None, pl.String),
        line=pl.lit(None, pl.Int64),
    )


class Complaint(NamedTuple):
    """One thing that is wrong, found one by one rather than by columns; `message` says what, and what to do."""

    message: str
    file: str | None = None
    line: int | None = None
    value: str | None = None
    article_id: str | None = None
    start: int | None = None
    end: int | None = None


def complained(rule: str, level: int, table: str, complaints: Iterable[Complaint]) -> pl.DataFrame:
    """Complaints of one rule as failures; those with one message are one finding."""
    rows = [{"rule": rule, "level": level, "table": table, **complaint._asdict()} for complaint in complaints]
    if not rows:
        return no_failures()
    schema = {name: kind for name, kind in FAILURE_SCHEMA.items() if name in rows[0]}
    frame = pl.DataFrame(rows, schema=schema).with_columns(
        value=shortened(pl.col("value")), count=pl.len().over("message").cast(pl.Int64)
    )
    absent = (pl.lit(None, FAILURE_SCHEMA[name]).alias(name) for name in ("row", "column"))
    return frame.with_columns(*absent).select(*FAILURE_SCHEMA)


def _column(frame: pl.DataFrame, name: str) -> pl.Expr:
    return pl.col(name).cast(FAILURE_SCHEMA[name]) if name in frame.columns else pl.lit(None, FAILURE_SCHEMA[name])


def shortened(value: pl.Expr) -> pl.Expr:
    """A string cut to `SHOWN_CHARACTERS` code points; null stays null.

    >>> pl.select(shortened(pl.lit("Le port attend. " * 9))).item()
    'Le port attend. Le port attend. Le port attend. Le port att…'
    """
    return (
        pl.when(value.str.len_chars() <= SHOWN_CHARACTERS)
        .then(value)
        .otherwise(value.str.head(SHOWN_CHARACTERS - 1) + "…")
    )


def join_failures(parts: list[pl.DataFrame]) -> pl.DataFrame:
    """Failures of several parts of a corpus as those of the whole: counts add up, the first rows are kept."""
    numbered = [part.with_columns(part=pl.lit(number)) for number, part in enumerate(parts) if part.height]
    if not numbered:
        return no_failures()
    failures = pl.concat(numbered)
    totals = failures.unique(["part", *FINDING]).group_by(FINDING).agg(pl.col("count").sum())
    return (
        failures.drop("part", "count")
        .group_by(FINDING, maintain_order=True)
        .head(SHOWN_ROWS)
        .join(totals, on=FINDING, nulls_equal=True, maintain_order="left")
        .select(*FAILURE_SCHEMA)
    )


def in_files(failures: pl.DataFrame, places: Mapping[str, Sequence[tuple[str, int]]]) -> pl.DataFrame:
    """Failures of tables that were read from files, each with its file and with its row there.

    Args:
        failures: rows count in the whole of a table.
        places: the files of each table in the order in which they were read, each with the number of its rows.
    """
    found = [
        _place(table, row, places) if file is None else (file, row)
        for table, row, file in failures.select("table", "row", "file").rows()
    ]
    schema = {"file": pl.String, "row": pl.Int64}
    return failures.with_columns(pl.DataFrame(found, schema=schema, orient="row")).select(*FAILURE_SCHEMA)


def _place(
    table: str, row: int | None, places: Mapping[str, Sequence[tuple[str, int]]]
) -> tuple[str | None, int | None]:
    left = row
    for file, rows in places.get(table, ()):
        if left is not None and left < rows:
            return file, left
        left = None if left is None else left - rows
    return None, row
