"""How often each combination of a few columns stands in a table: all that the figures of a card are made of.

Whoever has rows counts them, batch by batch: the build from the files that it has written, the gate from the rows that
it has read. So a card is written and held by the same numbers, and nothing large is kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

import pyarrow as pa

from parallaxe.core.schema import Schemas

Counts: TypeAlias = Mapping[tuple[str, str], Counter[tuple[Any, ...]]]
"""By config and split: how often each combination of the columns in `COUNTED` stands there."""

MADE_BY = ("layer", "annotator", "annotator_type")

COUNTED: Mapping[str, tuple[str, ...]] = {
    "articles": (
        "article_id", "text_origin", "rights", "license", "outlet", "event", "near_duplicate_group", "published",
        "n_sentences", "n_tokens",
    ),
    "entities": ("label", "kb_id", *MADE_BY),
    "quotes": ("type", *MADE_BY),
    "stances": ("article_id", "level", "target", "polarity", *MADE_BY),
    "annotations": (*MADE_BY, "kind"),
}  # fmt: skip
"""The columns that are counted, by config; there are few combinations, or no more than a few for each article."""


def counted_columns(config: str, schemas: Schemas) -> tuple[str, ...]:
    """What is counted of a config; nothing where a project has made another table of it."""
    columns = COUNTED.get(config, ())
    table = schemas.tables.get(config)
    return columns if table is not None and set(columns) <= set(table.names) else ()


def count_rows(batches: Iterable[pa.RecordBatch], columns: Sequence[str]) -> Counter[tuple[Any, ...]]:
    """How often each combination of some columns stands in the rows of some batches."""
    counted: Counter[tuple[Any, ...]] = Counter()
    for batch in batches:
        groups = pa.Table.from_batches([batch]).group_by(list(columns)).aggregate([([], "count_all")])
        keys = zip(*(groups[column].to_pylist() for column in columns), strict=True)
        counted.update(dict(zip(keys, groups["count_all"].to_pylist(), strict=True)))
    return counted
