"""Rules about offsets: sentences in blocks, spans in texts, and the alignment that leads back to the raw file.

An article's row and a code point are packed into one number, the place: then a million sentences find their blocks, or
their neighbours, by one sort of whole numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

import polars as pl

from parallaxe.validate.failures import offenders
from parallaxe.validate.rule import rule
from parallaxe.validate.tables import Tables, exploded, span_columns

Findings: TypeAlias = Iterator[pl.DataFrame]

_OFFSETS = 2**32
"""More than an Int32 offset can be."""

_ARTICLES = "article_id text blocks"


def _place(article: str, offset: str) -> pl.Expr:
    return pl.col(article) * _OFFSETS + pl.col(offset)


@rule(level=3, tables={"articles": "article_id blocks", "sentences": "article_id sentence_id start end role"})
def sentence_inside_block(tables: Tables) -> Findings:
    """A sentence stands inside one block, and plays its role.

    Sentences of unknown articles are left to `reference-exists`, null offsets to the schema.

    Fails:
        articles {"article_id": "le-port", "blocks": [{"role": "paragraph", "start": 0, "end": 15}]}
        sentences {"article_id": "le-port", "sentence_id": 0, "start": 0, "end": 20, "role": "paragraph"}

    Passes:
        articles {"article_id": "le-port", "blocks": [{"role": "paragraph", "start": 0, "end": 15}]}
        sentences {"article_id": "le-port", "sentence_id": 0, "start": 0, "end": 15, "role": "paragraph"}
    """
    blocks = tables.blocks.drop_nulls("start").select(
        place=_place("row", "start"), block_article="row", block_end="end", block_role="role"
    )
    housed = (
        tables.sentences.with_columns(place=_place("article", "start"))
        .sort("place")
        .join_asof(blocks.sort("place"), on="place")
    )
    is_inside = (
        (pl.col("article") == pl.col("block_article"))
        & (pl.col("start") < pl.col("end"))
        & (pl.col("end") <= pl.col("block_end"))
    ).fill_null(value=False)
    outside, misread = housed.filter(~is_inside), housed.filter(is_inside & (pl.col("role") != pl.col("block_role")))
    yield _sentences(outside, "start", "is inside no block; split the sentences again")
    names = dict(enumerate(tables.schemas.labels["block_roles"].names))
    role = pl.col("role").replace_strict(names, default=None, return_dtype=pl.String)
    yield _sentences(misread, "role", "is not the role of its block; split the sentences again", role)


def _sentences(frame: pl.DataFrame, column: str, message: str, value: pl.Expr | None = None) -> pl.DataFrame:
    """Failures in the order of the rows; by default the number of the sentence is the value."""
    told = frame.sort("row").with_columns(value=pl.col("sentence_id") if value is None else value)
    return offenders(told, "sentences", column, message)


@rule(level=3, tables={"articles": "article_id", "sentences": "article_id sentence_id start end"})
def sentence_order(tables: Tables) -> Findings:
    """The sentences of an article are numbered from 0 without a gap, in the order of the text, and do not overlap.

    The rows may come in any order. Sentences of unknown articles are left to `reference-exists`.

    Fails:
        articles {"article_id": "le-port"}
        sentences {"article_id": "le-port", "sentence_id": 0, "start": 0, "end": 15}
        sentences {"article_id": "le-port", "sentence_id": 1, "start": 9, "end": 30}

    Passes:
        articles {"article_id": "le-port"}
        sentences {"article_id": "le-port", "sentence_id": 0, "start": 0, "end": 15}
        sentences {"article_id": "le-port", "sentence_id": 1, "start": 16, "end": 30}
    """
    ordered = tables.sentences.sort(_place("article", "sentence_id"), maintain_order=True)
    follows = pl.col("article") == pl.col("article").shift(1)
    number = pl.when(follows).then(pl.col("sentence_id").shift(1) + 1).otherwise(0)
    misnumbered = ordered.filter(pl.col("sentence_id") != number)
    yield _sentences(misnumbered, "sentence_id", "does not go on from the sentence before; number them from 0")
    overlaps = follows & (pl.col("start") < pl.col("end").shift(1))
    entangled = ordered.filter((overlaps | (pl.col("start") >= pl.col("end"))).fill_null(value=False))
    yield _sentences(entangled, "start", "is empty or begins before the sentence before it ends; split them again")


@rule(level=3, tables={"articles": "article_id n_sentences", "sentences": "article_id"})
def sentence_count(tables: Tables) -> Findings:
    """`n_sentences` is the number of sentences listed.

    An article without any row in `sentences` has none.

    Fails:
        articles {"article_id": "le-port", "n_sentences": 2}
        sentences {"article_id": "le-port"}

    Passes:
        articles {"article_id": "le-port", "n_sentences": 1}
        sentences {"article_id": "le-port"}
    """
    listed = tables.frames["sentences"].group_by("article_id").agg(listed=pl.len())
    counted = tables.frame("articles").join(listed, on="article_id", how="left", maintain_order="left")
    counted = counted.with_columns(pl.col("listed").fill_null(0))
    wrong = counted.filter(pl.col("n_sentences") != pl.col("listed"))
    value = pl.format("{}, listed {}", "n_sentences", "listed")
    message = "is not the number of sentences listed; build the article again"
    yield offenders(wrong.with_columns(value=value), "articles", "n_sentences", message)


@rule(level=3, tables={"articles": "article_id text", "sentences": "article_id sentence_id start end text"})
def sentence_text(tables: Tables) -> Findings:
    """The text of a sentence is what stands at its offsets, and null exactly where the article's text is withheld.

    Sentences of unknown articles are left to `reference-exists`.

    Fails:
        articles {"article_id": "le-port", "text": "Le port attend."}
        sentences {"article_id": "le-port", "sentence_id": 0, "start": 3, "end": 15, "text": "Le port attend."}

    Passes:
        articles {"article_id": "le-port", "text": "Le port attend."}
        sentences {"article_id": "le-port", "sentence_id": 0, "start": 0, "end": 15, "text": "Le port attend."}
    """
    sentences = tables.sentences.select("article_id", "article", "row", "start", "end", value="text")
    texts = tables.frames["articles"]["text"].to_list()
    spans = zip(*(sentences[name].to_list() for name in ("article", "start", "end")), strict=True)
    # A slice of a Python string is found in constant time; polars would count the code points before it every time.
    expected = [
        None if (text := texts[article]) is None else text[max(start, 0) : end] for article, start, end in spans
    ]
    compared = sentences.with_columns(expected=pl.Series(expected, dtype=pl.String))
    value, is_known = pl.col("value"), pl.col("expected").is_not_null()
    differs = (value != pl.col("expected")) | (pl.col("start") < 0)
    for broken, message in (
        (is_known & value.is_null(), "is null, the text of the article is not; build the article again"),
        (~is_known & value.is_not_null(), "is there, the text of the article is withheld; withhold both"),
        (is_known & differs.fill_null(value=False), "is not what stands at its offsets; split the sentences again"),
    ):
        yield offenders(compared.filter(broken), "sentences", "text", message)


@rule(level=3, tables={"articles": _ARTICLES, "alignment": "article_id segments"})
def alignment_covers_text(tables: Tables) -> Findings:
    """The segments of an alignment begin at 0, leave no gap on either side, and end where the text ends.

    Where the text is withheld, its last block tells its end. How long the raw file is no table says, so that a last
    segment that covers no text is not missed.

    Fails:
        articles {"article_id": "le-port", "text": null, "blocks": [{"role": "paragraph", "start": 0, "end": 15}]}
        alignment {"article_id": "le-port",
            "segments": [{"text_start": 0, "text_end": 9, "raw_start": 0, "raw_end": 9}]}

    Passes:
        articles {"article_id": "le-port", "text": null, "blocks": [{"role": "paragraph", "start": 0, "end": 15}]}
        alignment {"article_id": "le-port",
            "segments": [{"text_start": 0, "text_end": 15, "raw_start": 0, "raw_end": 15}]}
    """
    yield from _missing_alignments(tables)
    segments = exploded(tables.frame("alignment"), "segments").with_columns(
        _segment(), start="text_start", end="text_end"
    )
    follows = pl.col("row") == pl.col("row").shift(1)
    gaps = [
        pl.col(f"{side}_start") != pl.when(follows).then(pl.col(f"{side}_end").shift(1)).otherwise(0)
        for side in ("text", "raw")
    ]
    apart = segments.filter((gaps[0] | gaps[1]).fill_null(value=False))
    yield _segments(apart, "does not begin where the segment before ends; build the article again")
    reversed_ = (pl.col("text_start") > pl.col("text_end")) | (pl.col("raw_start") >= pl.col("raw_end"))
    message = "ends before it begins, or covers nothing of the raw file; build the article again"
    yield _segments(segments.filter(reversed_.fill_null(value=False)), message)
    last = segments.filter((pl.col("row") != pl.col("row").shift(-1)).fill_null(value=True)).drop("text_end")
    ended = last.join(tables.text_lengths, on="article_id", maintain_order="left")
    short = ended.filter(pl.col("end") != pl.col("text_end"))
    yield _segments(short, "is the last segment and does not end with the text; build the article again")


def _segment() -> pl.Expr:
    sides = ("text_start", "text_end", "raw_start", "raw_end")
    return pl.format("text [{}, {}) from raw [{}, {})", *sides).alias("value")


def _segments(frame: pl.DataFrame, message: str) -> pl.DataFrame:
    return offenders(frame, "alignment", "segments", message)


def _missing_alignments(tables: Tables) -> Findings:
    alignments = tables.frame("alignment")
    empty = alignments.filter(pl.col("segments").list.len() == 0)
    yield _segments(empty, "has no segments; build the article again")
    absent = tables.articles.join(alignments, on="article_id", how="anti", maintain_order="left")
    yield offenders(absent, "alignment", "article_id", "has no alignment; build the article again")


@rule(level=3, tables={"ner": "article_id tokens ner_tags"})
def token_tags(tables: Tables) -> Findings:
    """A sentence of `ner` has a tag for each of its tokens.

    Fails:
        ner {"article_id": "le-port", "tokens": ["Le", "port", "attend"], "ner_tags": ["O", "O"]}

    Passes:
        ner {"article_id": "le-port", "tokens": ["Le", "port", "attend"], "ner_tags": ["O", "O", "O"]}
    """
    lengths = pl.col("ner_tags").list.len(), pl.col("tokens").list.len()
    wrong = tables.frame("ner").filter((lengths[0] != lengths[1]).fill_null(value=False))
    value = pl.format("{} tags, {} tokens", *lengths)
    message = "has not as many as tokens; build the corpus again"
    yield offenders(wrong.with_columns(value=value), "ner", "ner_tags", message)


@rule(level=3, tables={"articles": _ARTICLES})
def span_inside_text(tables: Tables) -> Findings:
    """A fragment of an annotation is not empty, and lies inside the text of its article.

    Looks at every column of fragments (`start` and `end`) of every table about one article. Where the text is withheld,
    its last block tells its end. A fragment without offsets (a source that is understood) is right if both are null.

    Fails:
        articles {"article_id": "le-port", "text": null, "blocks": [{"role": "paragraph", "start": 0, "end": 15}]}
        entities {"article_id": "le-port", "fragments": [{"start": 9, "end": 19}]}

    Passes:
        articles {"article_id": "le-port", "text": null, "blocks": [{"role": "paragraph", "start": 0, "end": 15}]}
        entities {"article_id": "le-port", "fragments": [{"start": 3, "end": 7}]}
    """
    start, end = pl.col("start"), pl.col("end")
    outside = (start < 0) | (start >= end) | (end > pl.col("text_end"))
    is_broken = outside.fill_null(value=False) | (start.is_null() != end.is_null())
    message = "is empty or leaves the text; correct its offsets"
    for table in tables.examined():
        # Blocks have a rule of their own.
        columns = () if table.name == "articles" or "article_id" not in table.names else span_columns(table)
        for column in columns:
            if tables.lack(table.name, ("article_id", column)) is None:
                fragments = exploded(tables.frame(table.name), column)
                placed = fragments.join(tables.text_lengths, on="article_id", maintain_order="left")
                yield offenders(placed.filter(is_broken), table.name, column, message)
