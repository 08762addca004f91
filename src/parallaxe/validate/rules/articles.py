"""Rules about one article: its id, its text and the blocks that the text consists of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

import polars as pl

from parallaxe.text.document import text_digest
from parallaxe.text.normalize import is_clean, normalize
from parallaxe.validate.failures import offenders
from parallaxe.validate.rule import rule
from parallaxe.validate.tables import Tables

Findings: TypeAlias = Iterator[pl.DataFrame]

SAFE_ID = r"^[a-z0-9_-]+$"
"""An id is part of file names and addresses, so it holds no path separator, no dot and no blank."""

FICTIONAL = " (fictif)"
"""How the name of an outlet ends that does not exist."""

BLOCK_GAP = 2
"""Code points of the blank line between two blocks."""


@rule(level=3, tables={"articles": "article_id"})
def article_id_safe(tables: Tables) -> Findings:
    """An article id consists of a-z, 0-9, `_` and `-` alone, so that it can be part of a file name.

    Null ids are left to the schema.

    Fails:
        articles {"article_id": "Le Port/2"}

    Passes:
        articles {"article_id": "le-port-2"}
    """
    unsafe = tables.frame("articles").filter(~pl.col("article_id").str.contains(SAFE_ID))
    message = "is no safe id; use a-z, 0-9, `_` and `-` only, without path separators"
    yield offenders(unsafe.with_columns(value="article_id"), "articles", "article_id", message)


@rule(level=3, tables={"articles": "article_id text text_sha256"})
def text_hash(tables: Tables) -> Findings:
    """`text_sha256` is the SHA-256 of the text in UTF-8.

    Withheld texts are passed over: their hash is kept to verify a copy by.

    Fails:
        articles {"article_id": "le-port", "text": "Le port attendait.",
            "text_sha256": "f58066172d3b8e92dfb06cd279ea407f19a5ec63aa538ccd2bb5cd546caf408a"}

    Passes:
        articles {"article_id": "le-port", "text": "Le port attend.",
            "text_sha256": "f58066172d3b8e92dfb06cd279ea407f19a5ec63aa538ccd2bb5cd546caf408a"}
    """
    known = tables.frame("articles").drop_nulls("text")
    digests = pl.Series([text_digest(text) for text in known["text"]], dtype=pl.String)
    wrong = known.filter(pl.col("text_sha256") != digests)
    message = "is not the hash of the text; build the article again"
    yield offenders(wrong.with_columns(value="text_sha256"), "articles", "text_sha256", message)


@rule(level=3, tables={"articles": "article_id text"})
def text_normalized(tables: Tables) -> Findings:
    """A text is as the normalizer leaves it: NFC, no control but LF, blocks joined by exactly one blank line.

    Withheld texts are passed over. The value names the first fix that has work and what it would replace.

    Fails:
        articles {"article_id": "le-port", "text": "L’annonce est tombée…  tard."}

    Passes:
        articles {"article_id": "le-port", "text": "L'annonce est tombée… tard."}
    """
    known = tables.frame("articles").select("article_id", "row", "text").drop_nulls("text")
    suspects = known.filter(pl.Series([not is_clean(text) for text in known["text"]], dtype=pl.Boolean))
    fixes = [_first_fix(text) for text in suspects["text"]]
    spoilt = suspects.with_columns(
        pl.DataFrame(fixes, schema={"start": pl.Int64, "end": pl.Int64, "value": pl.String}, orient="row")
    ).drop_nulls("value")
    yield offenders(spoilt, "articles", "text", "is not normalized; run `parallaxe build` on its raw file again")


def _first_fix(text: str) -> tuple[int | None, int | None, str | None]:
    """Place and name of the first edit that the normalizer would make; nulls where it would leave the text."""
    normalized = normalize(text)
    if normalized.text == text:
        return None, None, None
    name, edits = normalized.plan[0]
    return edits[0].start, edits[0].end, f"{name}: {text[edits[0].start : edits[0].end]!r}"


@rule(level=3, tables={"articles": "article_id text blocks"})
def block_order(tables: Tables) -> Findings:
    """Blocks are in order, disjoint and not empty, and are exactly the stretches of the text between blank lines.

    Where the text is withheld, they must begin at 0 and stand two code points apart, which is a blank line. Articles
    with a block that leaves the text are left to `block-inside-text`.

    Fails:
        articles {"article_id": "le-port", "text": null,
            "blocks": [{"role": "title", "start": 0, "end": 7}, {"role": "paragraph", "start": 8, "end": 14}]}

    Passes:
        articles {"article_id": "le-port", "text": null,
            "blocks": [{"role": "title", "start": 0, "end": 7}, {"role": "paragraph", "start": 9, "end": 15}]}
    """
    articles = tables.frame("articles")
    bare = articles.filter(pl.col("blocks").list.len() == 0)
    yield offenders(bare, "articles", "blocks", "has no blocks; build the article again")
    blocks = tables.blocks.with_columns(is_known=pl.col("row").is_in(articles.drop_nulls("text")["row"].implode()))
    yield offenders(
        blocks.filter(_disorder()),
        "articles",
        "blocks",
        "is empty, out of order or leaves a gap; build the article again",
    )
    stretches = _stretches(articles)
    place = ["row", "start", "end"]
    leaving = _outside(tables)["row"].implode()
    astray = blocks.filter("is_known", ~_disorder(), ~pl.col("row").is_in(leaving)).join(
        stretches, on=place, how="anti", maintain_order="left"
    )
    yield offenders(astray, "articles", "blocks", "is no stretch between blank lines; build the article again")
    uncovered = stretches.filter(~pl.col("row").is_in(leaving)).join(
        blocks, on=place, how="anti", maintain_order="left"
    )
    yield offenders(uncovered, "articles", "blocks", "is a stretch of the text but no block; build the article again")


def _disorder() -> pl.Expr:
    """True for a block that is wrong as the blocks stand, whatever the text; never null."""
    follows = pl.col("row") == pl.col("row").shift(1)
    before = pl.col("end").shift(1)
    expected = pl.when(follows).then(before + BLOCK_GAP).otherwise(0)
    # Where the text is known, gaps are told by the stretch that lies in them.
    misplaced = pl.when("is_known").then(follows & (pl.col("start") < before)).otherwise(pl.col("start") != expected)
    return ((pl.col("start") >= pl.col("end")) | misplaced).fill_null(value=False)


def _stretches(articles: pl.DataFrame) -> pl.DataFrame:
    """What the blank lines of each known text divide: `article_id`, `row`, `start`, `end` (Int64)."""
    lengths = pl.col("text").str.split("\n\n").list.eval(pl.element().str.len_chars())
    length = pl.col("length").cast(pl.Int64)
    return (
        articles.drop_nulls("text")
        .select("article_id", "row", length=lengths)
        .explode("length")
        .with_columns(end=(length + BLOCK_GAP).cum_sum().over("row") - BLOCK_GAP)
        .select("article_id", "row", start=pl.col("end") - length, end="end")
    )


@rule(level=3, tables={"articles": "article_id text blocks"})
def block_inside_text(tables: Tables) -> Findings:
    """A block begins at 0 or later, is not empty and ends where the text ends or before.

    Where the text is withheld, nothing is known about its end (`alignment-covers-text` looks there).

    Fails:
        articles {"article_id": "le-port", "text": "Le port attend.",
            "blocks": [{"role": "paragraph", "start": 0, "end": 99}]}

    Passes:
        articles {"article_id": "le-port", "text": "Le port attend.",
            "blocks": [{"role": "paragraph", "start": 0, "end": 15}]}
    """
    message = "is empty or leaves the text; build the article again"
    yield offenders(_outside(tables), "articles", "blocks", message)


def _outside(tables: Tables) -> pl.DataFrame:
    """Blocks that are empty or leave a text that is known."""
    lengths = tables.frame("articles").select("row", length=pl.col("text").str.len_chars().cast(pl.Int64))
    start, end, length = pl.col("start"), pl.col("end"), pl.col("length")
    return tables.blocks.join(lengths, on="row", maintain_order="left").filter(
        ((start < 0) | (start >= end) | (end > length)).fill_null(value=False)
    )


@rule(level=5, tables={"articles": "article_id text_origin outlet"})
def fictional_outlet(tables: Tables) -> Findings:
    """The outlet of a text written for the corpus ends in ` (fictif)`, and no other outlet does.

    An outlet that is null is right for the press, where it is unknown, and wrong for a text that was made up.

    Fails:
        articles {"article_id": "le-port", "text_origin": "synthetic", "outlet": "Le Quai"}

    Passes:
        articles {"article_id": "le-port", "text_origin": "synthetic", "outlet": "Le Quai (fictif)"}
    """
    is_fictional = pl.col("outlet").str.ends_with(FICTIONAL).fill_null(value=False)
    is_synthetic = pl.col("text_origin") == tables.schemas.labels["text_origins"].index("synthetic")
    articles = tables.frame("articles").with_columns(value="outlet")
    unmarked, mismarked = articles.filter(is_synthetic & ~is_fictional), articles.filter(~is_synthetic & is_fictional)
    yield offenders(unmarked, "articles", "outlet", f"is the outlet of a synthetic text; end it in `{FICTIONAL}`")
    yield offenders(mismarked, "articles", "outlet", "is fictional, the text is from the press; correct one of them")


@rule(level=5, tables={"articles": "article_id language"}, severity="warning")
def non_french_text(tables: Tables) -> Findings:
    """A text is in French; others are kept, because a page may quote, but people should know.

    Null languages are left to the schema; `und`, where the language could not be told, is reported too.

    Fails:
        articles {"article_id": "ar-porzh", "language": "br"}

    Passes:
        articles {"article_id": "le-port", "language": "fr"}
    """
    foreign = tables.frame("articles").filter(pl.col("language") != "fr").with_columns(value="language")
    yield offenders(
        foreign, "articles", "language", "is not `fr`; check the language, remove the article if it is right"
    )
