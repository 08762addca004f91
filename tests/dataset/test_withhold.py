"""No word of a restricted article passes but what the schema lets through."""

from __future__ import annotations

import pyarrow as pa

from parallaxe.dataset.arrow import empty_table
from parallaxe.dataset.withhold import withhold
from schema_tables import SCHEMAS


def articles(*ids: str) -> pa.Table:
    table = SCHEMAS.table("articles")
    columns = {
        column.name: pa.nulls(len(ids), empty_table(table).schema.field(column.name).type) for column in table.columns
    }
    texts = {"article_id": ids, "text": [f"Texte de {name}." for name in ids], "title": ["Titre"] * len(ids)}
    return pa.table(columns | {name: pa.array(values, pa.string()) for name, values in texts.items()})


def test_withheld_columns_of_restricted_rows_become_null() -> None:
    """Text and title go, the id and the row stay; open rows are untouched, order kept."""
    shown = withhold(articles("ouvert", "ferme"), SCHEMAS.table("articles"), {"ferme"})

    assert shown["article_id"].to_pylist() == ["ouvert", "ferme"]
    assert shown["text"].to_pylist() == ["Texte de ouvert.", None]
    assert shown["title"].to_pylist() == ["Titre", None]


def test_nothing_restricted_nothing_withheld() -> None:
    """Without restricted articles a table is as it was."""
    rows = articles("un", "deux")

    assert withhold(rows, SCHEMAS.table("articles"), set()).equals(rows)
