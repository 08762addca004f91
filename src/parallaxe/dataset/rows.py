"""Articles as Arrow tables, built column by column: no row is ever a dictionary."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import accumulate, chain
from typing import Any, NamedTuple, TypeAlias

import pyarrow as pa

from parallaxe.core.errors import ProjectError
from parallaxe.core.schema import TABLES_FOLDER, Column, Schemas, Table
from parallaxe.dataset.arrow import arrow_schema, arrow_type, labels_to_ids
from parallaxe.dataset.article import Article

Tables: TypeAlias = Mapping[str, pa.Table]
"""Tables of a dataset by the name of their config."""


class Nested(NamedTuple):
    """A column of lists of structs before it is one: how long each row's list is, and all values, field by field."""

    lengths: Sequence[int]
    fields: Mapping[str, Sequence[Any]]


def tables_of(articles: Sequence[Article], schemas: Schemas) -> dict[str, pa.Table]:
    """The tables that the text layer fills: one row of `articles` and of `alignment` for each, and their sentences."""
    makers: Mapping[str, Callable[[Sequence[Article]], Mapping[str, Any]]] = {
        "articles": _article_columns,
        "alignment": _alignment_columns,
        "sentences": _sentence_columns,
    }
    return {name: table_from_columns(make(articles), schemas.table(name)) for name, make in makers.items()}


def table_from_columns(columns: Mapping[str, Any], table: Table) -> pa.Table:
    """An Arrow table from Python columns: labels by name become ids, `Nested` becomes a list of structs.

    Raises:
        ProjectError: if a label is not in its set, or the schema has a column that nobody fills, or with another type.
    """
    arrays = [_named_array(columns, column, table) for column in table.columns]
    return pa.Table.from_arrays(arrays, schema=arrow_schema(table))


def _named_array(columns: Mapping[str, Any], column: Column, table: Table) -> pa.Array:
    try:
        return _array(columns[column.name], column)
    except (KeyError, pa.ArrowException, OverflowError) as error:
        where, remedy = f"{TABLES_FOLDER}/{table.name}.yaml", "restore it: the program fills this table"
        what = "nothing fills it" if isinstance(error, KeyError) else f"its values are not of type {column.type}"
        raise ProjectError(where, f"column {column.name}: {what}", remedy) from error


def _array(values: Nested | Sequence[object], column: Column) -> pa.Array:
    if isinstance(values, Nested):
        fields = [_array(values.fields[field.name], field) for field in column.fields]
        offsets = pa.array([0, *accumulate(values.lengths)], pa.int32())
        return pa.ListArray.from_arrays(offsets, pa.StructArray.from_arrays(fields, [f.name for f in column.fields]))
    if column.type == "label":
        return labels_to_ids(pa.array(values, pa.string()), column.labels) if column.labels else pa.nulls(0)
    return pa.array(values, arrow_type(column))


def _article_columns(articles: Sequence[Article]) -> dict[str, Any]:
    documents = [article.document for article in articles]
    raw = ("raw_file", "raw_record", "raw_encoding", "raw_sha256")
    own = ("article_id", *raw, "text_origin", "rights", "license", "event")
    read = ("text", "text_sha256", "normalizer", "title", "byline", "dateline", "language", "n_tokens")
    return {
        **{name: [getattr(article, name) for article in articles] for name in own},
        **{name: [getattr(document, name) for document in documents] for name in read},
        "outlet": [article.outlet or article.document.outlet for article in articles],
        "published": [article.published or article.document.published for article in articles],
        "n_sentences": [len(document.sentences) for document in documents],
        "blocks": _nested((document.blocks for document in documents), ("role", "start", "end")),
        # Its own group until all articles are known.
        "near_duplicate_group": [article.article_id for article in articles],
    }


def _alignment_columns(articles: Sequence[Article]) -> dict[str, Any]:
    segments = (article.document.alignment.segments for article in articles)
    return {
        "article_id": [article.article_id for article in articles],
        "segments": _nested(segments, ("text_start", "text_end", "raw_start", "raw_end")),
    }


def _sentence_columns(articles: Sequence[Article]) -> dict[str, Any]:
    rows = [
        (article, number, sentence)
        for article in articles
        for number, sentence in enumerate(article.document.sentences)
    ]
    return {
        "article_id": [article.article_id for article, _, _ in rows],
        "sentence_id": [number for _, number, _ in rows],
        "start": [sentence.start for _, _, sentence in rows],
        "end": [sentence.end for _, _, sentence in rows],
        "role": [article.document.blocks[sentence.block].role for article, _, sentence in rows],
        "text": [_slice(article.document.text, sentence.start, sentence.end) for article, _, sentence in rows],
    }


def _slice(text: str | None, start: int, end: int) -> str | None:
    return None if text is None else text[start:end]


def _nested(rows: Iterable[Sequence[tuple[Any, ...]]], names: Sequence[str]) -> Nested:
    """Rows of named tuples as a nested column; `names` in the order of the tuples."""
    rows = list(rows)
    values = list(zip(*chain.from_iterable(rows), strict=True)) or [()] * len(names)
    return Nested([len(row) for row in rows], dict(zip(names, values, strict=True)))
