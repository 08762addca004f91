"""The gate over a million mentions, in chunks of articles as a build hands them over, beside plain polars.

The peer asks the same rules of the same mentions, all at once and with nothing else to do: the expressions of the
schema in one pass, fragments against the ends of the texts, ids against those that are there. What it does not do is
check the articles, and tell where and what to do.
"""

from __future__ import annotations

import resource
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.measure import Row, in_fresh_process, seconds, taking_turns
from parallaxe.core.schema import Schemas
from parallaxe.dataset.arrow import arrow_schema
from parallaxe.store.building.gate import Gate
from parallaxe.store.schemas import load_schemas
from parallaxe.text.document import text_digest
from parallaxe.validate.frames import polars_type, table_rules

_MENTIONS_EACH = 500
_ARTICLES_TOGETHER = 256  # as many as a build checks together
_WORDS = "Le port attend ses grues. " * 40
_KNOWN = tuple(f"lieu-{number}" for number in range(1000))


def rows(count: int) -> Iterator[Row]:
    """Two lines about `count` mentions: time beside plain polars, and memory beside half as many."""
    with tempfile.TemporaryDirectory() as name:
        whole, half = Path(name) / "whole", Path(name) / "half"
        for folder, mentions in ((whole, count), (half, count // 2)):
            # In a process of its own: the peak of memory that a process has passes on to those it starts.
            in_fresh_process(write_tables, folder, mentions)
        ours, peer = taking_turns(
            lambda: in_fresh_process(gate_seconds, whole), lambda: in_fresh_process(polars_seconds, whole)
        )
        yield Row(f"gate over {count:,} mentions", f"{ours:.2f} s", f"plain polars: {peer:.2f} s",
                  f"{ours / peer:.2f}", "≤ 5")  # fmt: skip
        large, small = (in_fresh_process(gate_megabytes, folder) for folder in (whole, half))
        yield Row("… its peak memory", f"{large:.0f} MB", f"{count // 2:,}: {small:.0f} MB", f"{large / small:.2f}",
                  "bounded")  # fmt: skip


def write_tables(folder: Path, count: int) -> None:
    """`articles.parquet` and `entities.parquet`, where every rule holds."""
    schemas = load_schemas()
    folder.mkdir()
    articles = -(-count // _MENTIONS_EACH)
    _rows("articles", schemas, [_article(number) for number in range(articles)]).write_parquet(
        folder / "articles.parquet"
    )
    size = _ARTICLES_TOGETHER * _MENTIONS_EACH
    with pq.ParquetWriter(folder / "entities.parquet", arrow_schema(schemas.table("entities"))) as writer:
        for first in range(0, count, size):
            writer.write_table(_mentions(schemas, first, min(size, count - first)))


def _mentions(schemas: Schemas, first: int, count: int) -> pa.Table:
    """Mentions from one number on, as many to each article."""
    number = first + pl.int_range(pl.len(), dtype=pl.Int64)
    start = (number % (len(_WORDS) - 40)).cast(pl.Int32)
    end = start + 8
    frame = pl.concat([_rows("entities", schemas, [_mention()])] * count).with_columns(
        article_id=pl.format("article-{}", number // _MENTIONS_EACH),
        entity_id=pl.format("e{}", number),
        kb_id=pl.format("lieu-{}", number % len(_KNOWN)),
        fragments=pl.concat_list(pl.struct(start=start, end=end)),
        start=start,
        end=end,
    )
    return frame.to_arrow().cast(arrow_schema(schemas.table("entities")))


def _rows(table: str, schemas: Schemas, rows: list[dict[str, Any]]) -> pl.DataFrame:
    """Rows in the types of their table; what they do not say is null, empty or the first label."""
    columns = schemas.table(table).columns
    default: dict[str, Any] = {
        column.name: [] if column.is_list else None if column.nullable else 0 for column in columns
    }
    schema = {column.name: polars_type(column) for column in columns}
    return pl.DataFrame([{**default, **row} for row in rows], schema=schema)


def _article(number: int) -> dict[str, Any]:
    name, text = f"article-{number}", f"{_WORDS}Fin {number}."
    return {
        "article_id": name,
        "near_duplicate_group": name,
        "text": text,
        "text_sha256": text_digest(text),
        "blocks": [{"role": 0, "start": 0, "end": len(text)}],
        "language": "fr",
        "raw_file": f"{name}.txt",
        "raw_encoding": "utf-8",
        "raw_sha256": "0" * 64,
        "normalizer": "parallaxe-normalizer/1",
    }


def _mention() -> dict[str, Any]:
    return {
        "article_id": "", "entity_id": "", "start": 0, "end": 1, "text": "le quai!", "layer": "gold",
        "annotator": "lecteur-1", "origin": "manual", "guideline_version": "1.2",
    }  # fmt: skip


def gate_seconds(folder: Path) -> float:
    """Seconds that the gate takes, reading the dataset included; the schemas are read before, as for polars."""
    schemas = load_schemas()
    return seconds(lambda: gate(folder, schemas))


def gate_megabytes(folder: Path) -> float:
    """The most memory that a process has which does nothing else, in MB."""
    gate(folder, load_schemas())
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def gate(folder: Path, schemas: Schemas) -> None:
    """Every rule of the gate, articles by chunk with all their mentions, then what holds between them."""
    articles = pq.read_table(folder / "articles.parquet")
    checked = Gate(schemas, "full", dict.fromkeys(articles["article_id"].to_pylist(), "train"), _KNOWN)
    batches = pq.ParquetFile(folder / "entities.parquet").iter_batches(_ARTICLES_TOGETHER * _MENTIONS_EACH)
    for number, batch in enumerate(batches):
        chunk = articles.slice(number * _ARTICLES_TOGETHER, _ARTICLES_TOGETHER)
        checked.add({"articles": chunk, "entities": pa.Table.from_batches([batch])})
    report = checked.report()
    assert set(report.failures["rule"]) <= {"fictional-outlet"}, report.lines()


def polars_seconds(folder: Path) -> float:
    """Seconds that the same rules of mentions take as expressions of polars, reading the files included."""
    schemas = load_schemas()
    return seconds(lambda: plain(folder, schemas))


def plain(folder: Path, schemas: Schemas) -> None:
    """The rules of mentions without the gate: schema, offsets, ids."""
    articles = pl.read_parquet(folder / "articles.parquet", columns=["article_id", "text"])
    entities = pl.read_parquet(folder / "entities.parquet")
    rules = table_rules(schemas.table("entities"))
    broken = sum(entities.select(rule.broken.sum().alias(str(at)) for at, rule in enumerate(rules)).row(0))
    ends = articles.select("article_id", text_end=pl.col("text").str.len_chars())
    fragments = entities.select("article_id", "fragments").explode("fragments").unnest("fragments")
    placed = fragments.join(ends, on="article_id")
    broken += placed.filter(
        (pl.col("start") < 0) | (pl.col("start") >= pl.col("end")) | (pl.col("end") > pl.col("text_end"))
    ).height
    known = pl.DataFrame({"kb_id": list(_KNOWN)})
    broken += entities.drop_nulls("kb_id").join(known, on="kb_id", how="anti").height
    broken += entities.join(articles, on="article_id", how="anti").height
    own = entities.select("article_id", nested_in="entity_id")
    broken += entities.drop_nulls("nested_in").join(own, on=["article_id", "nested_in"], how="anti").height
    assert broken == 0
