"""Rules about rights: what may not be redistributed is not in what everybody gets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

import polars as pl

from parallaxe.core.labels import LONGEST_SHOWN_NAME
from parallaxe.core.schema import Column, Table
from parallaxe.validate.failures import offenders
from parallaxe.validate.rule import Unchecked, rule
from parallaxe.validate.tables import Tables, article_columns

Findings: TypeAlias = Iterator[pl.DataFrame | Unchecked]


@rule(level=5, tables={"articles": "article_id rights"}, scope=None)
def restricted_text_public(tables: Tables) -> Findings:
    """The public profile holds no text of a restricted article.

    All columns that the schemas call `withheld` are null in rows about a restricted article, and tables made of text
    have no such row. Mentions of at most five words may stay where their label is `shown` (persons, organizations,
    places, peoples). The value tells how much text there is, never the text itself.

    Fails:
        profile public
        articles {"article_id": "la-gare", "rights": "restricted", "title": "La gare attend"}

    Passes:
        profile public
        articles {"article_id": "la-gare", "rights": "restricted", "title": null}
    """
    if tables.profile != "public":
        return
    articles = tables.frames["articles"]
    is_restricted = pl.col("rights") == tables.schemas.labels["rights"].index("restricted")
    restricted = articles.filter(is_restricted)["article_id"].implode()
    for table in tables.examined():
        names = article_columns(table)
        if lack := tables.lack(table.name, names):
            yield Unchecked(lack)
        elif names:
            concerns = pl.any_horizontal(pl.col(name).is_in(restricted) for name in names)
            rows = tables.frame(table.name).filter(concerns)
            yield from _exposed(
                table, rows if "article_id" in names else rows.with_columns(article_id=names[0]), tables
            )


def _exposed(table: Table, rows: pl.DataFrame, tables: Tables) -> Findings:
    if table.text_view:
        yield offenders(
            rows, table.name, "article_id", "is a row of restricted text; leave it out of the public profile"
        )
        return
    for column in table.columns:
        if not column.withheld:
            continue
        if lack := tables.lack(table.name, (column.name,)):
            yield Unchecked(lack)
        else:
            shown = rows.filter(pl.col(column.name).is_not_null() & ~_is_short_name(table, column, tables))
            told = shown.with_columns(value=_amount(column))
            yield offenders(
                told, table.name, column.name, "is of a restricted article; withhold it in the public profile"
            )


def _amount(column: Column) -> pl.Expr:
    if column.type == "string":
        return pl.format("{} characters", pl.col(column.name).str.len_chars())
    return pl.lit("not null")


def _is_short_name(table: Table, column: Column, tables: Tables) -> pl.Expr:
    if (table.name, column.name) != ("entities", "text") or tables.lack("entities", ("label", "text")):
        return pl.lit(value=False)
    labels = tables.schemas.labels["entity_labels"]
    words = pl.col("text").str.strip_chars().str.count_matches(r"\s+") + 1
    shown = [labels.index(label.name) for label in labels.labels if label.shown]
    return pl.col("label").is_in(shown) & (words <= LONGEST_SHOWN_NAME)
