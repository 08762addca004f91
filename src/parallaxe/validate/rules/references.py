"""Rules about ids: what one row calls another by must be there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

import polars as pl

from parallaxe.core.schema import Reference, Table
from parallaxe.validate.failures import offenders
from parallaxe.validate.rule import Unchecked, rule
from parallaxe.validate.tables import Tables

Findings: TypeAlias = Iterator[pl.DataFrame | Unchecked]

_GROUP = ("articles", "near_duplicate_group")
"""The one reference that has a rule of its own."""


@rule(level=3, tables={"articles": "article_id"}, scope="corpus")
def article_id_unique(tables: Tables) -> Findings:
    """No two articles have the same id.

    Null ids are left to the schema.

    Fails:
        articles {"article_id": "le-port"}
        articles {"article_id": "le-port"}

    Passes:
        articles {"article_id": "le-port"}
        articles {"article_id": "la-gare"}
    """
    articles = tables.frame("articles").drop_nulls("article_id").with_columns(value="article_id")
    repeated = articles.filter(~pl.col("article_id").is_first_distinct())
    yield offenders(repeated, "articles", "article_id", "is the id of an earlier article too; rename a raw file")


@rule(level=3, scope=None)
def reference_exists(tables: Tables) -> Findings:
    """An id that names a row of another table, or of its own, names one that is there.

    Which columns do is told by `references` of the table schemas, with the values that name nothing (`unless`); null
    names nothing either. Ids of annotations are looked up in the same article. Rows outside the frames may be told
    by `known`; where neither is given, the reference is reported as unchecked.

    Fails:
        articles {"article_id": "le-port"}
        sentences {"article_id": "la-gare"}

    Passes:
        articles {"article_id": "le-port"}
        sentences {"article_id": "le-port"}
    """
    for table in tables.examined():
        for reference in table.references:
            if (table.name, reference.column) != _GROUP:
                yield _dangling(tables, table, reference)


def _dangling(tables: Tables, table: Table, reference: Reference) -> pl.DataFrame | Unchecked:
    column, _, inner = reference.column.partition(".")
    is_local = reference.target != "article_id" and "article_id" in tables.schemas.table(reference.table).key
    ids = ("article_id", reference.target) if is_local else (reference.target,)
    lack = tables.lack(table.name, (column, "article_id") if is_local else (column,))
    targets = None if lack else _targets(tables, reference, ids)
    if targets is None:
        missing = lack or tables.lack(reference.table, ids)
        return Unchecked(f"{table.name}.{reference.column} not looked up, {missing}")
    values = _values(tables.frame(table.name), column, inner).drop_nulls("value")
    if reference.unless is not None:
        values = values.filter(~pl.col("value").cast(pl.String).str.contains(reference.unless))
    own = ["article_id", "value"] if is_local else ["value"]
    dangling = values.join(targets, left_on=own, right_on=list(ids), how="anti", maintain_order="left")
    message = (
        f"is no {reference.target} of {reference.table}{' in its article' if is_local else ''}; add it or correct it"
    )
    return offenders(dangling, table.name, reference.column, message)


def _values(frame: pl.DataFrame, column: str, inner: str) -> pl.DataFrame:
    """One row for each value that refers, with `row`, and what else of the frame places it in an article."""
    kept = [name for name in ("row", "article_id", "start", "end") if name in frame.columns and name != column]
    values = frame.select(*kept, pl.col(column).alias("value"))
    if column == "article_id":
        values = values.with_columns(article_id="value")
    if isinstance(frame.schema[column], pl.List):
        values = values.explode("value")
    return values.with_columns(value=pl.col("value").struct.field(inner)) if inner else values


def _targets(tables: Tables, reference: Reference, ids: tuple[str, ...]) -> pl.DataFrame | None:
    """The ids that may be referred to, from the frames and from what else is known; None where nothing tells them."""
    found = []
    if tables.lack(reference.table, ids) is None:
        found.append(tables.frames[reference.table].select(ids))
    known = tables.known.get(f"{reference.table}.{reference.target}")
    if known is not None and len(ids) == 1:
        found.append(pl.DataFrame({reference.target: pl.Series(list(known), dtype=pl.String)}))
    return pl.concat(found) if found else None
