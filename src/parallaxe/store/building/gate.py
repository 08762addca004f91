"""The gate on the way of a build: articles by chunk with all their rows, then the corpus by few columns of each."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import polars as pl
import pyarrow as pa

from parallaxe.core.schema import Schemas
from parallaxe.validate.gate import Report, check, join_reports, narrowed
from parallaxe.validate.tables import Profile


class Gate:
    """Asks every rule of tables as they come, and keeps only what the rules between articles read.

    Args:
        schemas: what the tables must look like.
        profile: of the dataset that is checked.
        splits: the split of every article.
        entities: ids of the knowledge base.
    """

    def __init__(
        self, schemas: Schemas, profile: Profile, splits: Mapping[str, str], entities: Collection[str] = ()
    ) -> None:
        self._schemas, self._profile, self._splits = schemas, profile, splits
        self._known = {"articles.article_id": set(splits), "knowledge_base.kb_id": set(entities)}
        self._reports: list[Report] = []
        self._rows_before: dict[str, int] = {}
        self._kept: dict[str, list[pl.DataFrame]] = {}

    def add(self, tables: Mapping[str, pa.Table]) -> None:
        """Check some articles with all their rows, or a table between articles."""
        frames = {name: _frame(rows) for name, rows in tables.items()}
        self._reports.append(
            check(
                frames,
                self._schemas,
                profile=self._profile,
                splits=self._splits,
                known=self._known,
                scope="article",
                rows_before=self._rows_before,
            )
        )
        for name, frame in narrowed(frames, self._schemas).items():
            self._kept.setdefault(name, []).append(_own(frame))
        for name, frame in frames.items():
            self._rows_before[name] = self._rows_before.get(name, 0) + len(frame)

    def report(self) -> Report:
        """What is wrong with everything that was added."""
        frames = {name: pl.concat(parts) for name, parts in self._kept.items()}
        whole = check(
            frames,
            self._schemas,
            profile=self._profile,
            splits=self._splits,
            known=self._known,
            scope="corpus",
        )
        return join_reports([*self._reports, whole])


def _own(frame: pl.DataFrame) -> pl.DataFrame:
    """The same frame with memory of its own: a column of a chunk would keep the whole chunk."""
    rows = frame.to_arrow()
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, rows.schema) as stream:
        stream.write_table(rows)
    return _frame(pa.ipc.open_stream(sink.getvalue()).read_all())


def _frame(rows: pa.Table) -> pl.DataFrame:
    frame = pl.from_arrow(rows)
    assert isinstance(frame, pl.DataFrame)
    return frame
