"""Rules about a corpus as a whole, measured on its texts and labels: leakage, balance of labels, drift of annotation.

They ask all rows at once, so a build, which sees a corpus in chunks, does not ask them; `parallaxe validate` does. All
of them warn: what they measure are tendencies, and whoever made the corpus may know better.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import TypeAlias

import numpy as np
import polars as pl

from parallaxe.core.schema import Column, Table
from parallaxe.text.duplicates import band_hashes, near_duplicates, sketch
from parallaxe.text.pairs import divided, meetings, repeated
from parallaxe.text.shingles import word_hashes, word_spans
from parallaxe.validate.failures import offenders
from parallaxe.validate.rule import Rule, Unchecked, rule
from parallaxe.validate.shares import distance, tolerance, unlike
from parallaxe.validate.tables import Tables

Findings: TypeAlias = Iterator[pl.DataFrame | Unchecked]

APART = "press"
"""The split that is another kind of text by design: it is compared with no other."""

TRAIN = "train"
"""The split that a model learns from."""

FEWEST_ROWS = 5
"""Rows of a label in a split below which nobody would measure anything on it."""

_SHORTEST = 20
"""Words below which two texts are alike by chance."""


def alike_texts(texts: Sequence[str]) -> list[tuple[int, int]]:
    """Places of texts that are near-duplicates (Jaccard index of word 5-grams ≥ 0.5, by MinHash), in order.

    Texts of fewer than twenty words are passed over. Time grows with the words, and with the pairs that are alike.
    """
    hashes = [word_hashes(text, word_spans(text, ((0, len(text)),))) for text in texts]
    places = [place for place, words in enumerate(hashes) if len(words) >= _SHORTEST]
    if len(places) < 2:
        return []
    sketches = np.stack([sketch(hashes[place]) for place in places])
    bands = band_hashes(sketches)
    owners = np.repeat(np.arange(len(places), dtype=np.uint32), bands.shape[1])
    met = repeated(meetings(bands.reshape(-1), owners), 1)
    first, second = divided(near_duplicates(met, sketches))
    return sorted((places[one], places[other]) for one, other in zip(first.tolist(), second.tolist(), strict=True))


@rule(level=5, tables={"articles": "article_id text"}, scope="corpus", severity="warning")
def near_duplicate_texts(tables: Tables) -> Findings:
    """No two articles of different splits have nearly the same text.

    Measured on the texts themselves, whatever `near_duplicate_group` says: the share of word 5-grams that two texts
    have in common (Jaccard index, estimated by MinHash) is below 0.5. A model that learnt one knows the other. Texts
    that are withheld, or shorter than twenty words, are passed over.

    Fails:
        splits {"la-gare": "train", "le-port": "test"}
        articles {"article_id": "la-gare", "text": "Le convoi est parti avant l'aube vers la frontière, dit un cheminot
            de la gare, et personne ne sait encore quand il doit revenir ni ce que les wagons transportent."}
        articles {"article_id": "le-port", "text": "Le convoi est parti avant l'aube vers la frontière, dit un cheminot
            de la gare, et personne ne sait encore quand il doit revenir ni ce que les wagons emportent."}

    Passes:
        splits {"la-gare": "train", "le-port": "train"}
        articles {"article_id": "la-gare", "text": "Le convoi est parti avant l'aube vers la frontière, dit un cheminot
            de la gare, et personne ne sait encore quand il doit revenir ni ce que les wagons transportent."}
        articles {"article_id": "le-port", "text": "Le convoi est parti avant l'aube vers la frontière, dit un cheminot
            de la gare, et personne ne sait encore quand il doit revenir ni ce que les wagons emportent."}
    """
    if tables.splits is None:
        yield Unchecked("no splits are given")
        return
    known = tables.frame("articles").drop_nulls(["text", "article_id"])
    names, rows = known["article_id"].to_list(), known["row"].to_list()
    leaks = [
        (names[other], rows[other], names[one])
        for one, other in alike_texts(known["text"].to_list())
        if tables.splits.get(names[one]) != tables.splits.get(names[other])
    ]
    frame = pl.DataFrame(leaks, schema={"article_id": pl.String, "row": pl.Int64, "value": pl.String}, orient="row")
    yield offenders(frame, "articles", "text", "is nearly the text of an article in another split; build again")


@rule(level=5, scope="corpus", severity="warning")
def label_balance(tables: Tables) -> Findings:
    """The labels of a split are mixed as in the whole corpus.

    The measure is total variation: half the sum of the differences between shares, split against whole. A split is
    told of where it is farther away than 0.1 + √((k − 1) / n), for k labels and n rows: 0.1 beyond what chance does to
    a sample of that size. Asked of every label that annotators or training tables give; `press` is left out.

    Fails:
        splits {"a": "train", "b": "test"}
        labelled 300 quotes {"article_id": "a", "type": "direct"}
        labelled 20 quotes {"article_id": "a", "type": "indirect"}
        labelled 300 quotes {"article_id": "b", "type": "indirect"}

    Passes:
        splits {"a": "train", "b": "test"}
        labelled 300 quotes {"article_id": "a", "type": "direct"}
        labelled 300 quotes {"article_id": "a", "type": "indirect"}
        labelled 30 quotes {"article_id": "b", "type": "direct"}
        labelled 26 quotes {"article_id": "b", "type": "indirect"}
    """
    if tables.splits is None:
        yield Unchecked("no splits are given")
        return
    message = "is mixed unlike the whole; look how articles came to their splits"
    for table, column in _labelled(tables):
        told = unlike(_by_split(tables, table, column))
        value = pl.format(
            "{}: {} from the whole, {} allowed", "part", pl.col("distance").round(2), pl.col("tolerance").round(2)
        )
        yield offenders(told.with_columns(value=value), table.name, column.name, message)


@rule(level=5, scope="corpus", severity="warning")
def label_unseen(tables: Tables) -> Findings:
    """A label that a model is measured on occurs where it learns.

    Told of where a split other than `train` (`press` apart) has five rows or more of a label and `train` has none.

    Fails:
        splits {"a": "train", "b": "test"}
        labelled 30 quotes {"article_id": "a", "type": "direct"}
        labelled 30 quotes {"article_id": "b", "type": "direct"}
        labelled 5 quotes {"article_id": "b", "type": "indirect"}

    Passes:
        splits {"a": "train", "b": "test"}
        labelled 30 quotes {"article_id": "a", "type": "direct"}
        labelled 30 quotes {"article_id": "b", "type": "direct"}
        labelled 4 quotes {"article_id": "b", "type": "indirect"}
    """
    if tables.splits is None:
        yield Unchecked("no splits are given")
        return
    for table, column in _labelled(tables):
        counts = _by_split(tables, table, column).drop_nulls().group_by("part", "label").len()
        learnt = counts.filter(pl.col("part") == TRAIN)["label"]
        if learnt.len():
            unseen = counts.filter(pl.col("part") != TRAIN, ~pl.col("label").is_in(learnt.implode()))
            told = unseen.filter(pl.col("len") >= FEWEST_ROWS).sort("part", "label")
            value = pl.format("{} in {} ({} rows)", "label", "part", "len")
            message = "does not occur in train; annotate more, or tell of it in the card"
            yield offenders(told.with_columns(value=value), table.name, column.name, message)


@rule(level=5, scope="corpus", severity="warning")
def drift_by_date(tables: Tables) -> Findings:
    """What an annotator said first and what they said last are mixed alike.

    Claims of each layer that say when they were made (`created`) are divided into an earlier and a later half; their
    labels are compared as in `label-balance`. Where guidelines changed on the way, or were read otherwise, they differ.

    Fails:
        labelled 300 quotes {"layer": "or", "created": "2024-03-04", "type": "direct"}
        labelled 300 quotes {"layer": "or", "created": "2024-06-04", "type": "indirect"}

    Passes:
        labelled 150 quotes {"layer": "or", "created": "2024-03-04", "type": "direct"}
        labelled 150 quotes {"layer": "or", "created": "2024-03-04", "type": "indirect"}
        labelled 150 quotes {"layer": "or", "created": "2024-06-04", "type": "direct"}
        labelled 150 quotes {"layer": "or", "created": "2024-06-04", "type": "indirect"}
    """
    is_dated = False
    for table, column in _labelled(tables):
        if tables.lack(table.name, ("layer", "created")) is not None:
            continue
        dated = tables.frames[table.name].drop_nulls("created")
        is_dated |= dated.height > 0
        for (layer,), claims in dated.group_by("layer", maintain_order=True):
            middle = claims["created"].sort().item(claims.height // 2)
            is_later = pl.col("created") >= middle
            halves = claims.select(part=pl.when(is_later).then(pl.lit("later")).otherwise(pl.lit("earlier")),
                                   label=_name(column))  # fmt: skip
            told = unlike(halves) if halves["part"].n_unique() > 1 else unlike(halves.clear())
            text = "{}, {} half (from {}): {} from the whole, {} allowed"
            figures = (pl.col("distance").round(2), pl.col("tolerance").round(2))
            value = pl.format(text, pl.lit(layer), "part", pl.lit(str(middle)), *figures)
            message = "was given otherwise earlier than later; look at the guidelines of both times"
            yield offenders(told.with_columns(value=value), table.name, column.name, message)
    if not is_dated:
        yield Unchecked("no claim says when it was made (`created`)")


@rule(
    level=5,
    tables={"annotations": "article_id kind layer label target polarity"},
    scope="corpus",
    severity="warning",
)
def drift_between_layers(tables: Tables) -> Findings:
    """Two layers about the same articles give their labels alike.

    Of the articles that both annotate, the shares of labels, targets and polarities are compared by total variation; a
    pair is told of where they are farther apart than 0.1 + √((k − 1) / n), n being the smaller number of claims. That
    two annotators disagree claim by claim is for `parallaxe agreement` to measure.

    Fails:
        labelled 200 annotations {"article_id": "a", "kind": "stance", "layer": "pass-a", "label": null,
            "target": "russia", "polarity": "favor"}
        labelled 200 annotations {"article_id": "a", "kind": "stance", "layer": "pass-b", "label": null,
            "target": "russia", "polarity": "neutral"}

    Passes:
        labelled 200 annotations {"article_id": "a", "kind": "stance", "layer": "pass-a", "label": null,
            "target": "russia", "polarity": "favor"}
        labelled 190 annotations {"article_id": "a", "kind": "stance", "layer": "pass-b", "label": null,
            "target": "russia", "polarity": "favor"}
    """
    claims = tables.frames["annotations"]
    covered = {layer: rows["article_id"].unique() for (layer,), rows in claims.group_by("layer")}
    kinds = tables.schemas.labels["claim_kinds"].names
    for one, other in combinations(sorted(covered), 2):
        shared = covered[one].filter(covered[one].is_in(covered[other].implode())).implode()
        pair = claims.filter(pl.col("layer").is_in([one, other]), pl.col("article_id").is_in(shared))
        for column in ("label", "target", "polarity"):
            for (kind,), given in pair.drop_nulls(column).group_by("kind", maintain_order=True):
                yield _apart(given, column, (one, other), kinds[kind] if kind < len(kinds) else str(kind))


def _apart(claims: pl.DataFrame, column: str, layers: tuple[str, str], kind: str) -> pl.DataFrame:
    counts = claims.group_by(column, "layer").len().pivot("layer", index=column, values="len").fill_null(0)
    message = "is given otherwise by one layer than by another; see `parallaxe agreement`"
    if not set(layers) <= set(counts.columns):
        return offenders(pl.DataFrame(), "annotations", column, message)
    apart = distance(counts, *layers)
    allowed = tolerance(min(int(counts[layer].sum()) for layer in layers), counts.height)
    value = f"{kind}: {layers[0]} and {layers[1]} {apart:.2f} apart, {allowed:.2f} allowed"
    return offenders(pl.DataFrame({"value": [value] if apart > allowed else []}), "annotations", column, message)


def _labelled(tables: Tables) -> Iterator[tuple[Table, Column]]:
    """Columns of labels that somebody gave: of tables of annotations and of those to train on, provenance apart."""
    for name in tables.frames:
        table = tables.schemas.table(name)
        if not table.text_view and "layer" not in table.names:
            continue
        for column in table.columns:
            is_given = column.type == "label" and column.name not in ("annotator_type", "status", "kind", "role")
            if is_given and tables.lack(name, (column.name,)) is None:
                yield table, column


def _by_split(tables: Tables, table: Table, column: Column) -> pl.DataFrame:
    """`part` (the split) and `label` (its name) of each row about an article of a split that is compared."""
    if "article_id" not in tables.frames[table.name].columns:
        return pl.DataFrame(schema={"part": pl.String, "label": pl.String})
    splits = pl.col("article_id").replace_strict(dict(tables.splits or {}), default=None, return_dtype=pl.String)
    frame = tables.frames[table.name].select(part=splits, label=_name(column))
    return frame.filter(pl.col("part") != APART)


def _name(column: Column) -> pl.Expr:
    """The name of a label; null where the id is none."""
    names = dict(enumerate(column.labels.names)) if column.labels else {}
    return pl.col(column.name).replace_strict(names, default=None, return_dtype=pl.String)


SURVEY: tuple[Rule, ...] = (
    near_duplicate_texts,
    label_balance,
    label_unseen,
    drift_by_date,
    drift_between_layers,
)
