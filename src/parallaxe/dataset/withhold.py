"""What of a restricted article may leave the machine it lies on: one function for every writer."""

from __future__ import annotations

from collections.abc import Collection

import pyarrow as pa
import pyarrow.compute as pc

from parallaxe.core.schema import Table

_ARTICLE_COLUMNS = ("article_id", "article_a", "article_b")


def withhold(rows: pa.Table, table: Table, restricted: Collection[str]) -> pa.Table:
    """The rows as the public profile shows them: no word of a restricted article but what its schema lets through.

    Rows of tables made of text go; in all others the columns that `schemas/tables` calls `withheld` become null.
    Order is kept. A row that concerns several articles is withheld where any of them is restricted.

    Short names go too, although the gate would let them pass: a clone without the article could not show them, and
    every clone must build the same dataset. `kb_id` says whom a mention names.
    """
    hidden = _concerns(rows, restricted)
    if table.text_view:
        return rows.filter(pc.invert(hidden))
    for position, column in enumerate(table.columns):
        if column.withheld:
            blank = pa.scalar(None, rows.schema.field(position).type)
            rows = rows.set_column(position, rows.schema.field(position), pc.if_else(hidden, blank, rows[column.name]))
    return rows


def _concerns(rows: pa.Table, articles: Collection[str]) -> pa.ChunkedArray:
    """True for each row about one of the articles; where a table names none, false for all."""
    wanted = pa.array(sorted(articles), pa.string())
    concerned: pa.ChunkedArray = pa.chunked_array([pa.array([False] * len(rows), pa.bool_())])
    for name in _ARTICLE_COLUMNS:
        if name in rows.column_names:
            concerned = pc.or_(concerned, pc.is_in(rows[name], value_set=wanted))
    return concerned
