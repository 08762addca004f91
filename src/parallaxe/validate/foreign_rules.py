"""Rules of datasets that were not built here. In the examples a line is a row of a file, or its text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import combinations
from typing import TypeAlias

import polars as pl

from parallaxe.validate.failures import SHOWN_ROWS, Complaint, offenders
from parallaxe.validate.foreign import Foreign, ForeignSplit, Spans, class_ids, texts
from parallaxe.validate.rule import Question, Unchecked, question
from parallaxe.validate.shares import unlike
from parallaxe.validate.survey import alike_texts

Findings: TypeAlias = Iterator[Complaint | pl.DataFrame | Unchecked]


@question(level=1, about="foreign")
def dataset_opens(dataset: Foreign) -> Findings:
    """`datasets` finds configs, splits and their files: the YAML of README.md can be read, and what it names is there.

    No data file may lie outside the directory.

    Fails:
        train.jsonl {"text": "Le port attend."}
        README.md
            ---
            configs:
            - config_name: default
              data_files: donnees/*.jsonl
            ---

    Passes:
        train.jsonl {"text": "Le port attend."}
        README.md
            ---
            configs:
            - config_name: default
              data_files: "*.jsonl"
            ---
    """
    yield from dataset.unopened
    yield from (Unchecked(what) for what in dataset.passed_over)


@question(level=1, about="foreign")
def data_file_opens(dataset: Foreign) -> Findings:
    """Every data file can be read: Parquet, CSV, or JSON Lines with an object on each line.

    Fails:
        train.jsonl {"text": "Le port attend."}
        train.jsonl {"text": "La gare

    Passes:
        train.jsonl {"text": "Le port attend."}
        train.jsonl {"text": "La gare attend."}
    """
    yield from dataset.unread


@question(level=2, about="foreign")
def columns_as_features(dataset: Foreign) -> Findings:
    """The data has the columns that its features name, and each split of a config those of the others.

    `load_dataset` refuses the config otherwise, or fills a column with nulls.

    Fails:
        train.jsonl {"text": "Le port attend.", "ton": "calme"}
        test.jsonl {"text": "La gare attend."}

    Passes:
        train.jsonl {"text": "Le port attend.", "ton": "calme"}
        test.jsonl {"text": "La gare attend.", "ton": "calme"}
    """
    expected: dict[str, tuple[str, set[str]]] = {}
    for split in dataset.splits:
        if split.frame.is_empty():
            continue
        source, names = ("features", set(split.features)) if split.features else (split.name, set(split.columns))
        source, names = expected.setdefault(split.config, (source, names))
        for name in sorted(names.symmetric_difference(split.columns)):
            told = f"lacks a column of {source}" if name in names else f"has a column that {source} lacks"
            yield Complaint(f"{told}; make all of one shape", _file(split), value=f"{split.name}: {name}")


@question(level=2, about="foreign")
def class_label_known(dataset: Foreign) -> Findings:
    """The id of a ClassLabel is the position of one of its names.

    From Parquet `datasets` loads any number without a word, and fails, or takes the last name for -1, where somebody
    asks for it. Null is allowed, and -1 in a column where no row has a label (a test set that hides them).

    Fails:
        train.jsonl {"text": "Le port attend.", "label": 3}
        README.md
            ---
            dataset_info:
              features:
              - name: text
                dtype: string
              - name: label
                dtype:
                  class_label:
                    names:
                      '0': calme
                      '1': vif
            ---

    Passes:
        train.jsonl {"text": "Le port attend.", "label": 1}
        README.md
            ---
            dataset_info:
              features:
              - name: text
                dtype: string
              - name: label
                dtype:
                  class_label:
                    names:
                      '0': calme
                      '1': vif
            ---
    """
    for split in dataset.splits:
        for _, column, names, values in class_ids(split):
            given = values.drop_nulls("value")
            if given.schema["value"] == pl.String:
                known = [*names, *(str(number) for number in range(len(names)))]
                wrong = given.filter(~pl.col("value").is_in(known))
            elif given.schema["value"].is_numeric():
                hidden = given.select((pl.col("value") == -1).all()).item()
                wrong = given.clear() if hidden else given.filter(~pl.col("value").is_between(0, len(names) - 1))
            else:
                continue
            message = f"is none of the {len(names)} labels; correct the id, or name the label in the features"
            yield _rows(split, wrong.with_columns(pl.col("value").cast(pl.String)), column, message)


@question(level=3, about="foreign")
def offsets_in_text(dataset: Foreign) -> Findings:
    """A span is not empty, and lies inside its text, counted in code points.

    Fails:
        train.jsonl {"text": "Jeanne Kerbrat parle.", "entities": [{"start": 0, "end": 14}, {"start": 15, "end": 99}]}

    Passes:
        train.jsonl {"text": "Jeanne Kerbrat parle.", "entities": [{"start": 0, "end": 14}, {"start": 15, "end": 20}]}
    """
    for spans in dataset.spans:
        if spans.against is None:
            yield Unchecked(f"{spans.split.name}: no text found for {spans.column}, neither in its row nor by an id")
            continue
        length = pl.col("text").str.len_chars().cast(pl.Int64)
        start, end = pl.col("start"), pl.col("end")
        outside = spans.frame.filter(((start < 0) | (start >= end) | (end > length)).fill_null(value=False))
        message = f"is empty or leaves {spans.against}{_unit(_cells(outside))}; correct the offsets"
        yield _rows(spans.split, outside, spans.column, message)


@question(level=3, about="foreign")
def offsets_match_words(dataset: Foreign) -> Findings:
    """The words that stand beside a span are those at its offsets.

    Spans that leave their text are left to `offsets-in-text`. Where nine in ten of those that differ would agree in
    another unit (bytes of UTF-8, UTF-16 units, an end that is included, a start that counts from 1), it is named.

    Fails:
        train.jsonl {"text": "« Été », dit Jeanne Kerbrat à la tribune.", "entities": [{"start": 17, "end": 31,
            "text": "Jeanne Kerbrat"}, {"start": 0, "end": 2, "text": "«"}]}

    Passes:
        train.jsonl {"text": "« Été », dit Jeanne Kerbrat à la tribune.", "entities": [{"start": 13, "end": 27,
            "text": "Jeanne Kerbrat"}, {"start": 0, "end": 1, "text": "«"}]}
    """
    for spans in dataset.spans:
        told = spans.frame.drop_nulls(["words", "text", "start", "end"])
        if spans.against is None or told.is_empty():
            continue
        length = pl.col("text").str.len_chars().cast(pl.Int64)
        inside = told.filter((pl.col("start") >= 0) & (pl.col("start") < pl.col("end")) & (pl.col("end") <= length))
        cells = _cells(inside)
        is_wrong = [text[start:end] != words for text, start, end, words in cells]
        wrong = inside.filter(pl.Series(is_wrong, dtype=pl.Boolean))
        unit = _unit([cell for cell, broken in zip(cells, is_wrong, strict=True) if broken])
        message = f"is not what stands at its offsets{unit}; correct the offsets or the words"
        yield _rows(spans.split, wrong.with_columns(value="words"), spans.column, message)


def _cells(spans: pl.DataFrame) -> list[tuple[str, int, int, str]]:
    """Text, start, end and words of spans, where all are told."""
    told = spans.select("text", "start", "end", "words").drop_nulls()
    return [(text, start, end, words) for text, start, end, words in told.rows()]


_UNITS: Mapping[str, Callable[[str, int, int], str]] = {
    "they count bytes of UTF-8": lambda text, start, end: text.encode()[start:end].decode("utf-8", "replace"),
    "they count UTF-16 units": lambda text, start, end: text.encode("utf-16-le")[2 * start : 2 * end].decode(
        "utf-16-le", "replace"
    ),
    "their end is included": lambda text, start, end: text[start : end + 1],
    "they count from 1": lambda text, start, end: text[max(start - 1, 0) : end - 1],
    "they count from 1 and their end is included": lambda text, start, end: text[max(start - 1, 0) : end],
}


def _unit(cells: list[tuple[str, int, int, str]]) -> str:
    """Another way of counting in which nine of ten spans would be right, in brackets; empty where there is none."""
    looked_at = cells[:1000]
    for name, cut in _UNITS.items():
        right = sum(cut(text, start, end) == words for text, start, end, words in looked_at)
        if looked_at and right >= 0.9 * len(looked_at):
            return f" ({name})"
    return ""


_TOKENS = ("tokens", "words")
_TAGS = ("_tags", "_labels")


@question(level=3, about="foreign")
def tags_match_tokens(dataset: Foreign) -> Findings:
    """A row has a tag for each of its tokens.

    Asked of lists called `tokens` or `words` and of those beside them that are called `tags`, `labels`, or end so.

    Fails:
        train.jsonl {"tokens": ["Jeanne", "Kerbrat", "parle"], "ner_tags": [1, 2]}

    Passes:
        train.jsonl {"tokens": ["Jeanne", "Kerbrat", "parle"], "ner_tags": [1, 2, 0]}
    """
    for split in dataset.splits:
        lists = [name for name in split.columns if isinstance(split.frame.schema[name], pl.List)]
        tokens = next((name for name in _TOKENS if name in lists), None)
        for name in lists:
            if tokens is not None and (name in ("tags", "labels") or name.endswith(_TAGS)):
                lengths = pl.col(name).list.len(), pl.col(tokens).list.len()
                wrong = split.frame.filter((lengths[0] != lengths[1]).fill_null(value=False))
                value = pl.format("{} tags, {} tokens", *lengths)
                message = f"has not as many as {tokens}; tag the row again"
                yield _rows(split, wrong.select("#file", "#row", value=value), name, message)


@question(level=3, about="foreign")
def text_of_span_known(dataset: Foreign) -> Findings:
    """The id by which spans name their text is that of a row which is there.

    Fails:
        articles/train.jsonl {"article_id": "le-port", "text": "Jeanne Kerbrat parle."}
        mentions/train.jsonl {"article_id": "le-port", "start": 0, "end": 14}
        mentions/train.jsonl {"article_id": "la-gare", "start": 0, "end": 6}
        README.md
            ---
            configs:
            - config_name: articles
              data_files: articles/*.jsonl
            - config_name: mentions
              data_files: mentions/*.jsonl
            ---

    Passes:
        articles/train.jsonl {"article_id": "le-port", "text": "Jeanne Kerbrat parle."}
        mentions/train.jsonl {"article_id": "le-port", "start": 0, "end": 14}
        mentions/train.jsonl {"article_id": "le-port", "start": 0, "end": 6}
        README.md
            ---
            configs:
            - config_name: articles
              data_files: articles/*.jsonl
            - config_name: mentions
              data_files: mentions/*.jsonl
            ---
    """
    for spans in dataset.spans:
        if spans.key is not None:
            lost = spans.frame.filter(~pl.col("is_known").fill_null(value=False)).with_columns(value="key")
            message = f"names no text in {spans.against}; add the text, or correct the id"
            yield _rows(spans.split, lost, spans.key, message)


@question(level=5, about="foreign")
def split_has_rows(dataset: Foreign) -> Findings:
    """Every split that is named has a row.

    `datasets` refuses a config with a split of nothing, or counts zero examples where a figure is expected.

    Fails:
        train.jsonl {"text": "Le port attend."}
        test.jsonl

    Passes:
        train.jsonl {"text": "Le port attend."}
        test.jsonl {"text": "La gare attend."}
    """
    for split in dataset.splits:
        if split.frame.is_empty():
            yield Complaint("is a split without rows; fill it, or do not name it", _file(split), value=split.name)


@question(level=5, about="foreign")
def text_in_one_split(dataset: Foreign) -> Findings:
    """No text stands in two splits of a config.

    Texts are compared as they stand, but for blanks at their ends.

    Fails:
        train.jsonl {"text": "Le port attend ses grues."}
        test.jsonl {"text": "Le port attend ses grues."}

    Passes:
        train.jsonl {"text": "Le port attend ses grues."}
        test.jsonl {"text": "La gare attend ses trains."}
    """
    for one, other in _pairs(dataset):
        again = _texts(other).join(_texts(one), on="text", how="semi", maintain_order="left")
        again = again.unique("text", keep="first", maintain_order=True)
        message = f"stands in {one.name} too; keep it in one split"
        yield _rows(other, again.with_columns(value="text"), texts(other) or "", message)


@question(level=5, about="foreign", severity="warning")
def texts_unlike_between_splits(dataset: Foreign) -> Findings:
    """No two texts of different splits of a config are nearly the same.

    The share of word 5-grams that they have in common (Jaccard index, estimated by MinHash) is below 0.5; texts of
    fewer than twenty words are passed over, and the same text twice is left to `text-in-one-split`.

    Fails:
        train.jsonl {"text": "Le convoi est parti avant l'aube vers la frontière, dit un cheminot de la gare, et
            personne ne sait encore quand il doit revenir ni ce que les wagons transportent."}
        test.jsonl {"text": "Le convoi est parti avant l'aube vers la frontière, dit un cheminot de la gare, et
            personne ne sait encore quand il doit revenir ni ce que les wagons emportent."}

    Passes:
        train.jsonl {"text": "Le convoi est parti avant l'aube vers la frontière, dit un cheminot de la gare, et
            personne ne sait encore quand il doit revenir ni ce que les wagons transportent."}
        test.jsonl {"text": "Au port, les grues attendent depuis lundi un navire que nul armateur n'annonce, et la
            capitainerie renvoie chacun vers un ministère qui ne répond plus au téléphone."}
    """
    for config in dict.fromkeys(split.config for split in dataset.splits):
        parts = [split for split in dataset.splits if split.config == config and texts(split)]
        if len(parts) < 2:
            continue
        rows = pl.concat([_texts(split).with_columns(split=pl.lit(split.name)) for split in parts])
        rows = rows.unique(["text"], keep="first", maintain_order=True)
        places = rows["split"].to_list()
        pairs = [pair for pair in alike_texts(rows["text"].to_list()) if places[pair[0]] != places[pair[1]]]
        for split in parts:
            later = [other for _, other in pairs if places[other] == split.name]
            alike = rows[later].unique(maintain_order=True).with_columns(value=pl.col("text"))
            yield _rows(split, alike, texts(split) or "", "is nearly a text of another split; keep both in one")


@question(level=5, about="foreign", severity="warning")
def class_label_balance(dataset: Foreign) -> Findings:
    """The labels of a split are mixed as in the whole config.

    By total variation, as `label-balance`: told of where a split is farther from the whole than 0.1 + √((k − 1) / n).

    Fails:
        repeat 200 train.jsonl {"text": null, "label": 0}
        repeat 200 test.jsonl {"text": null, "label": 1}
        README.md
            ---
            dataset_info:
              features:
              - name: text
                dtype: string
              - name: label
                dtype:
                  class_label:
                    names:
                      '0': calme
                      '1': vif
            ---

    Passes:
        repeat 200 train.jsonl {"text": null, "label": 0}
        repeat 20 test.jsonl {"text": null, "label": 0}
        README.md
            ---
            dataset_info:
              features:
              - name: text
                dtype: string
              - name: label
                dtype:
                  class_label:
                    names:
                      '0': calme
                      '1': vif
            ---
    """
    columns: dict[tuple[str, str], list[pl.DataFrame]] = {}
    for split in dataset.splits:
        for _, column, _, values in class_ids(split):
            frame = values.select(part=pl.lit(split.split), label=pl.col("value").cast(pl.String))
            columns.setdefault((split.config, column), []).append(frame)
    for (config, column), frames in columns.items():
        figures = (pl.col("distance").round(2), pl.col("tolerance").round(2))
        told = unlike(pl.concat(frames))
        value = pl.format("{}: {} from the whole, {} allowed", "part", *figures)
        message = "is mixed unlike the whole; look how rows came to their splits"
        yield offenders(told.with_columns(value=value), config, column, message)


def _pairs(dataset: Foreign) -> Iterator[tuple[ForeignSplit, ForeignSplit]]:
    for one, other in combinations(dataset.splits, 2):
        if one.config == other.config and texts(one) and texts(other):
            yield one, other


def _texts(split: ForeignSplit) -> pl.DataFrame:
    """The texts of a split, without nulls and empty ones: `#file`, `#row`, `text`."""
    column = texts(split)
    if column is None:
        return pl.DataFrame(schema={"#file": pl.String, "#row": pl.Int64, "text": pl.String})
    trimmed = split.frame.select("#file", "#row", text=pl.col(column).str.strip_chars())
    return trimmed.filter(pl.col("text").is_not_null() & (pl.col("text") != ""))


def _rows(split: ForeignSplit, wrong: pl.DataFrame, column: str, message: str) -> pl.DataFrame:
    """Offending rows of a split as failures, each with its file and its row there; of JSON Lines also the line."""
    told = wrong.rename({"#row": "row"})
    line = pl.when(pl.col("file").str.ends_with(".jsonl")).then(pl.col("row") + 1)
    files = wrong["#file"].head(SHOWN_ROWS)
    placed = offenders(told, split.name, column, message).with_columns(file=pl.Series(files, dtype=pl.String))
    return placed.with_columns(line=line)


def _file(split: ForeignSplit) -> str | None:
    return str(split.frame["#file"][0]) if split.frame.height else None


FOREIGN_RULES: tuple[Question[Foreign], ...] = (
    dataset_opens,
    data_file_opens,
    columns_as_features,
    class_label_known,
    offsets_in_text,
    offsets_match_words,
    tags_match_tokens,
    text_of_span_known,
    split_has_rows,
    text_in_one_split,
    texts_unlike_between_splits,
    class_label_balance,
)


def read_as(spans: Spans) -> str:
    """How the spans of a column were understood, in a few words."""
    by = f" by {spans.key}" if spans.key else ""
    return f"{spans.split.name}: {spans.column} in {spans.against}{by}"
