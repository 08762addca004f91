"""Rows of the table `parallels`, whoever found them."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import NamedTuple

import pyarrow as pa

from parallaxe.core.claims import Span
from parallaxe.core.schema import Schemas
from parallaxe.dataset.rows import Nested, table_from_columns


class Parallel(NamedTuple):
    """Two passages of two articles, the ids of which are in order, and how alike they are (0–1, null: not measured).

    A passage without fragments is the whole article; `why` is the rule that fired, where a kind has more than one.
    """

    kind: str
    article_a: str
    fragments_a: Sequence[Span]
    article_b: str
    fragments_b: Sequence[Span]
    score: float | None
    why: str | None = None

    @property
    def identity(self) -> str:
        """An id that the same pair of passages gets in every build."""
        places = f"{self.article_a}:{_places(self.fragments_a)}:{self.article_b}:{_places(self.fragments_b)}"
        return sha256(f"{self.kind}:{places}".encode()).hexdigest()[:12]


def parallels_table(parallels: Sequence[Parallel], layer: str, tool: str, schemas: Schemas) -> pa.Table:
    """The table `parallels` of what one rule found, sorted by id; of the same passages found twice, the most alike."""
    found = {parallel.identity: parallel for parallel in sorted(parallels, key=lambda parallel: parallel.score or 0.0)}
    parallels = [found[identity] for identity in sorted(found)]
    count = len(parallels)
    told = {
        "parallel_id": [parallel.identity for parallel in parallels],
        "kind": [parallel.kind for parallel in parallels],
        "article_a": [parallel.article_a for parallel in parallels],
        "fragments_a": _spans([parallel.fragments_a for parallel in parallels]),
        "article_b": [parallel.article_b for parallel in parallels],
        "fragments_b": _spans([parallel.fragments_b for parallel in parallels]),
        "score": [parallel.score for parallel in parallels],
        "layer": [layer] * count,
        "annotator": [tool] * count,
        "annotator_type": ["rule"] * count,
        "status": ["proposed"] * count,
        "tool": [tool] * count,
        "why": [parallel.why for parallel in parallels],
        "derived_from": [[] for _ in parallels],
    }
    table = schemas.table("parallels")
    untold = {column.name: [None] * count for column in table.columns if column.name not in told}
    return table_from_columns({**told, **untold}, table)


def _places(fragments: Sequence[Span]) -> str:
    return ",".join(f"{span.start}-{span.end}" for span in fragments)


def _spans(rows: Sequence[Sequence[Span]]) -> Nested:
    flat = [span for row in rows for span in row]
    return Nested([len(row) for row in rows], {"start": [s.start for s in flat], "end": [s.end for s in flat]})
