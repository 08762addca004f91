"""The tables that rules look at, and what several rules derive from them, derived once.

Rules see one value, so that a new one needs no new parameter on its way there. A corpus is looked at in two scopes.
What an article is made of is checked with that article alone, so that a corpus of any size goes by in chunks; what
holds between articles (unique ids, splits) needs few columns of all of them at once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, TypeAlias

import polars as pl

from parallaxe.core.schema import Schemas, Table
from parallaxe.validate.frames import polars_type

Scope: TypeAlias = Literal["article", "corpus"]
"""What has to be at hand: articles with all their rows, or all articles at once."""

Profile: TypeAlias = Literal["public", "full"]
"""For whom the dataset is: without restricted text, or with it."""

_FRAGMENT = {"start", "end"}
_ARTICLE_ID = ("articles", "article_id")


@dataclass(frozen=True, eq=False)
class Tables:
    """Frames in the shape of `schemas`, and what else the caller knows of the corpus they are part of.

    Args:
        frames: by name; labels as ids.
        schemas: what they must look like.
        profile: for whom the dataset is.
        scope: which rules are asked; None: all, the frames being a whole corpus.
        splits: the split of each article; None where they are not drawn yet.
        known: ids of rows that stand outside the frames, by `table.column`.
    """

    frames: Mapping[str, pl.DataFrame]
    schemas: Schemas
    profile: Profile = "public"
    scope: Scope | None = None
    splits: Mapping[str, str] | None = None
    known: Mapping[str, Collection[str]] = field(default_factory=dict)

    def frame(self, name: str) -> pl.DataFrame:
        """A table with the number of each row in the column `row` (Int64, from 0)."""
        return self.frames[name].with_columns(row=pl.int_range(pl.len(), dtype=pl.Int64))

    def lack(self, name: str, columns: Collection[str]) -> str | None:
        """Why these columns cannot be read, in a few words; None where they can."""
        if name not in self.frames:
            return f"table {name} is not given"
        for column in columns:
            if column not in self.frames[name].columns:
                return f"column {name}.{column} is not given"
            if self.frames[name].schema[column] != polars_type(self.schemas.table(name).column(column)):
                return f"column {name}.{column} is of a wrong type"
        return None

    def examined(self) -> Iterator[Table]:
        """The tables at hand whose rows the scope is about: of one article each, of the corpus, or all."""
        for name in self.frames:
            table = self.schemas.table(name)
            if self.scope is None or self.scope == ("article" if "article_id" in table.key else "corpus"):
                yield table

    @cached_property
    def articles(self) -> pl.DataFrame:
        """`article_id` and `article`, its row; of two with one id the first."""
        articles = self.frame("articles").select("article_id", article="row")
        return articles.unique("article_id", keep="first", maintain_order=True)

    @cached_property
    def blocks(self) -> pl.DataFrame:
        """Blocks in order: `article_id`, `row` of the article, `index`, `role`, `start`, `end` (Int64)."""
        return exploded(self.frame("articles"), "blocks")

    @cached_property
    def text_ends(self) -> pl.DataFrame:
        """`article_id`, `article` and `text_end`: where its last block ends; null where it has none."""
        last = self.blocks.group_by("row").agg(text_end=pl.col("end").last())
        return self.articles.join(last, left_on="article", right_on="row", how="left")

    @cached_property
    def text_lengths(self) -> pl.DataFrame:
        """`article_id`, `article` and `text_end`: length of the text; where it is withheld, end of its last block."""
        lengths = self.frame("articles").select(article="row", length=pl.col("text").str.len_chars().cast(pl.Int64))
        return self.text_ends.join(lengths, on="article", how="left", maintain_order="left").select(
            "article_id", "article", text_end=pl.coalesce("length", "text_end")
        )

    @cached_property
    def sentences(self) -> pl.DataFrame:
        """Sentences of articles at hand that have offsets, with `article`, the row of their article."""
        sentences = self.frame("sentences").join(self.articles, on="article_id", maintain_order="left")
        return sentences.drop_nulls(["sentence_id", "start", "end"]).with_columns(pl.col("start", "end").cast(pl.Int64))


def exploded(frame: pl.DataFrame, column: str) -> pl.DataFrame:
    """One row for each element of a list of structs, in order: `article_id`, `row`, `index` and the fields.

    Whole numbers become Int64. Null and empty lists leave no row; `article_id` is there where the frame has it.
    """
    kept = [name for name in ("article_id", "row") if name in frame.columns]
    elements = (
        frame.select(*kept, column)
        .filter(pl.col(column).list.len() > 0)
        .with_columns(index=pl.int_ranges(pl.col(column).list.len(), dtype=pl.Int64))
        .explode(column, "index")
        .unnest(column)
    )
    return elements.with_columns(pl.col(pl.Int32).cast(pl.Int64))


def span_columns(table: Table) -> tuple[str, ...]:
    """Columns that hold fragments, that is lists of structs with `start` and `end`."""
    return tuple(column.name for column in table.columns if _FRAGMENT.issubset(field.name for field in column.fields))


def article_columns(table: Table) -> tuple[str, ...]:
    """Columns that name the articles a row is about."""
    if table.name == "articles":
        return ("article_id",)
    return tuple(
        reference.column for reference in table.references if (reference.table, reference.target) == _ARTICLE_ID
    )
