"""Rules between articles: duplicates, splits, parallels."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias

import polars as pl

from parallaxe.validate.failures import offenders
from parallaxe.validate.rule import Unchecked, rule
from parallaxe.validate.tables import Tables, exploded

Findings: TypeAlias = Iterator[pl.DataFrame | Unchecked]

_NO_SPLITS = Unchecked("no splits are given")


@rule(level=5, tables={"articles": "article_id text_sha256"}, scope="corpus")
def duplicate_text(tables: Tables) -> Findings:
    """No two articles have the same text.

    By `text_sha256`, so that withheld texts count; null hashes are left to the schema.

    Fails:
        articles {"article_id": "la-gare",
            "text_sha256": "f58066172d3b8e92dfb06cd279ea407f19a5ec63aa538ccd2bb5cd546caf408a"}
        articles {"article_id": "le-port",
            "text_sha256": "f58066172d3b8e92dfb06cd279ea407f19a5ec63aa538ccd2bb5cd546caf408a"}

    Passes:
        articles {"article_id": "la-gare",
            "text_sha256": "a708eec810dfea1e2f5b5befaa236402582ad07d0bdb6d82d66cd89bffa4a54d"}
        articles {"article_id": "le-port",
            "text_sha256": "f58066172d3b8e92dfb06cd279ea407f19a5ec63aa538ccd2bb5cd546caf408a"}
    """
    articles = tables.frame("articles").drop_nulls("text_sha256")
    first = pl.col("article_id").first().over("text_sha256")
    repeated = articles.with_columns(value=first).filter(~pl.col("text_sha256").is_first_distinct())
    yield offenders(repeated, "articles", "text_sha256", "has the same text; remove the raw file of one of the two")


@rule(level=5, tables={"articles": "article_id near_duplicate_group"}, scope="corpus")
def near_duplicate_group_exists(tables: Tables) -> Findings:
    """A group of near duplicates is named after its first article, which is there and in the group itself.

    Null groups are left to the schema.

    Fails:
        articles {"article_id": "la-gare", "near_duplicate_group": "le-port"}
        articles {"article_id": "le-port", "near_duplicate_group": "le-port"}

    Passes:
        articles {"article_id": "la-gare", "near_duplicate_group": "la-gare"}
        articles {"article_id": "le-port", "near_duplicate_group": "la-gare"}
    """
    articles = tables.frame("articles").drop_nulls("near_duplicate_group").with_columns(value="near_duplicate_group")
    group, leader = pl.col("near_duplicate_group"), pl.col("leader_group")
    leaders = articles.select("article_id", leader_group="near_duplicate_group").unique("article_id", keep="first")
    led = articles.join(
        leaders, left_on="near_duplicate_group", right_on="article_id", how="left", maintain_order="left"
    )
    for broken, message in (
        (leader.is_null(), "names no article; build the corpus again"),
        (leader != group, "names an article that is in another group; build the corpus again"),
        ((leader == group) & (group > pl.col("article_id")), "is not its first article; build the corpus again"),
    ):
        yield offenders(led.filter(broken), "articles", "near_duplicate_group", message)


@rule(level=5, tables={"articles": "article_id"}, scope="corpus")
def split_complete(tables: Tables) -> Findings:
    """Every article is in a split.

    Skipped where no splits are given.

    Fails:
        splits {"la-gare": "train"}
        articles {"article_id": "la-gare"}
        articles {"article_id": "le-port"}

    Passes:
        splits {"la-gare": "train", "le-port": "train"}
        articles {"article_id": "la-gare"}
        articles {"article_id": "le-port"}
    """
    if tables.splits is None:
        yield _NO_SPLITS
        return
    homeless = tables.frame("articles").join(
        _split_frame(tables.splits), on="article_id", how="anti", maintain_order="left"
    )
    yield offenders(homeless, "articles", "article_id", "is in no split; draw the splits again")


@rule(level=5, tables={"articles": "article_id"}, scope="corpus")
def no_empty_split(tables: Tables) -> Findings:
    """A split that is named holds at least one article of the corpus, because `datasets` refuses an empty one.

    Skipped where no splits are given.

    Fails:
        splits {"la-gare": "train", "le-port": "test"}
        articles {"article_id": "la-gare"}

    Passes:
        splits {"la-gare": "train"}
        articles {"article_id": "la-gare"}
    """
    if tables.splits is None:
        yield _NO_SPLITS
        return
    splits = _split_frame(tables.splits)
    filled = splits.join(tables.articles, on="article_id", how="semi")
    empty = (
        splits.select(value="split")
        .unique(maintain_order=True)
        .filter(~pl.col("value").is_in(filled["split"].implode()))
    )
    yield offenders(empty, "articles", "article_id", "is a split without articles; do not name it")


@rule(level=5, tables={"articles": "article_id near_duplicate_group"}, scope="corpus")
def split_leak(tables: Tables) -> Findings:
    """No group of near duplicates is divided between two splits, `press` being one.

    Skipped where no splits are given; articles in no split are left to `split-complete`.

    Fails:
        splits {"la-gare": "train", "le-port": "test"}
        articles {"article_id": "la-gare", "near_duplicate_group": "la-gare"}
        articles {"article_id": "le-port", "near_duplicate_group": "la-gare"}

    Passes:
        splits {"la-gare": "train", "le-port": "train"}
        articles {"article_id": "la-gare", "near_duplicate_group": "la-gare"}
        articles {"article_id": "le-port", "near_duplicate_group": "la-gare"}
    """
    if tables.splits is None:
        yield _NO_SPLITS
        return
    placed = tables.frame("articles").join(_split_frame(tables.splits), on="article_id", maintain_order="left")
    leaking = placed.filter(pl.col("split").n_unique().over("near_duplicate_group") > 1)
    value = pl.format("{} in {}", "near_duplicate_group", "split")
    message = "is a group in several splits; draw the splits by group"
    yield offenders(leaking.with_columns(value=value), "articles", "near_duplicate_group", message)


def _split_frame(splits: Mapping[str, str]) -> pl.DataFrame:
    schema = {"article_id": pl.String, "split": pl.String}
    return pl.DataFrame({"article_id": list(splits), "split": list(splits.values())}, schema=schema)


@rule(
    level=3,
    tables={"articles": "article_id blocks", "parallels": "article_a fragments_a article_b fragments_b"},
    scope="corpus",
)
def parallel_order(tables: Tables) -> Findings:
    """Of the two articles of a parallel the one whose id sorts first comes first, and each passage is in its text.

    The last block of an article tells where its text ends. Unknown articles are left to `reference-exists`.

    Fails:
        articles {"article_id": "la-gare", "blocks": [{"role": "paragraph", "start": 0, "end": 15}]}
        articles {"article_id": "le-port", "blocks": [{"role": "paragraph", "start": 0, "end": 15}]}
        parallels {"article_a": "le-port", "fragments_a": [], "article_b": "la-gare", "fragments_b": []}

    Passes:
        articles {"article_id": "la-gare", "blocks": [{"role": "paragraph", "start": 0, "end": 15}]}
        articles {"article_id": "le-port", "blocks": [{"role": "paragraph", "start": 0, "end": 15}]}
        parallels {"article_a": "la-gare", "fragments_a": [], "article_b": "le-port", "fragments_b": []}
    """
    parallels = tables.frame("parallels")
    turned = parallels.filter(pl.col("article_a") >= pl.col("article_b"))
    turned = turned.with_columns(article_id="article_a", value="article_b")
    yield offenders(turned, "parallels", "article_b", "does not sort after article_a; swap the two passages")
    start, end = pl.col("start"), pl.col("end")
    for side in ("a", "b"):
        column = f"fragments_{side}"
        fragments = exploded(parallels.rename({f"article_{side}": "article_id"}), column)
        placed = fragments.join(tables.text_ends, on="article_id", maintain_order="left")
        outside = placed.filter(((start < 0) | (start >= end) | (end > pl.col("text_end"))).fill_null(value=False))
        yield offenders(outside, "parallels", column, "is empty or leaves the text; find the parallels again")
