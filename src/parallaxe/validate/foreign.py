"""Datasets that were not built here: any directory that `load_dataset` opens, with whatever columns it has.

Nothing tells what its columns mean, so they are known by their names and by what their values do: two whole numbers
called `start` and `end` (or as `_PAIRS` has them), in a row, in a list of structs or in lists side by side, are a span;
what it counts in is a string of the same row that is long enough, or the text of a row of another config that has the
same id. How each was read is part of the report, so that a wrong guess can be seen.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple, TypeAlias

import polars as pl

from parallaxe.validate.failures import Complaint

Features: TypeAlias = Mapping[str, Any]
"""Features in the JSON form of `datasets`."""

_PAIRS = (
    ("start", "end"),
    ("begin", "end"),
    ("start_offset", "end_offset"),
    ("offset_start", "offset_end"),
    ("start_char", "end_char"),
    ("char_start", "char_end"),
    ("start_index", "end_index"),
    ("start_pos", "end_pos"),
    ("span_start", "span_end"),
    ("answer_start", None),
)
"""Names of the first code point of a span and of that after its last; without the latter the words tell its length."""

_OFFSET_LISTS = ("offsets", "span", "spans", "fragments", "char_span")
"""Names of lists of `[start, end]`."""

_WORDS = ("text", "surface", "surface_form", "mention", "words", "span_text", "covered_text", "name", "value", "word")
"""Names of a string beside the offsets of a span that repeats its words."""

_TEXTS = ("text", "document", "context", "content", "body", "article", "passage", "sentence", "full_text")
"""Names of texts, the likeliest first."""

_FITTING = 0.5
"""Share of spans that must fit into a string for it to be their text: wrong offsets are an exception."""

_SURELY = 0.9
"""The same for a string that is not called like a text."""


@dataclass(frozen=True, eq=False)
class ForeignSplit:
    """The rows of one split of one config, as its files hold them.

    `frame` has two columns more: `#file`, and `#row`, which counts from 0 in that file. `features` are null where
    nothing declares them.
    """

    config: str
    split: str
    frame: pl.DataFrame
    features: Features | None = None

    @property
    def name(self) -> str:
        """Config and split."""
        return f"{self.config}/{self.split}"

    @property
    def columns(self) -> list[str]:
        """The columns of the data."""
        return [name for name in self.frame.columns if not name.startswith("#")]


@dataclass(frozen=True, eq=False)
class Foreign:
    """A dataset that was not built here.

    `unopened` says why the directory opens as no dataset, `unread` which data files cannot be read; `passed_over` what
    could not be looked at. `declared` are splits with a file each, also those without rows.
    """

    splits: tuple[ForeignSplit, ...] = ()
    unopened: tuple[Complaint, ...] = ()
    unread: tuple[Complaint, ...] = ()
    passed_over: tuple[str, ...] = ()

    @cached_property
    def spans(self) -> tuple[Spans, ...]:
        """The spans of all splits, with the text they count in."""
        return tuple(spans for split in self.splits for spans in _spans(split, self))


class Spans(NamedTuple):
    """Spans of a split: `#file`, `#row`, `start`, `end`, `words` (null where not told) and `text` (null: not found).

    `against` says what `text` is, as `config.column`; null where nothing was found to hold the spans against. `key` is
    the column by which the text of another config was found.
    """

    split: ForeignSplit
    column: str
    frame: pl.DataFrame
    against: str | None
    key: str | None = None


class ClassIds(NamedTuple):
    """What stands in a column whose feature is a ClassLabel: `#file`, `#row` and `value`; and the names it may have."""

    split: ForeignSplit
    column: str
    names: tuple[str, ...]
    frame: pl.DataFrame


def class_ids(split: ForeignSplit) -> Iterator[ClassIds]:
    """Every ClassLabel of a split, however deep it stands in lists and structs."""
    for path, names in _class_labels(split.features or {}):
        if path[0] in split.frame.columns and (values := _leaves(split.frame, path)) is not None:
            yield ClassIds(split, ".".join(path), names, values)


def _class_labels(features: object, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """The places of ClassLabels in features, as names of fields; lists are not named."""
    if isinstance(features, list):
        for feature in features:
            yield from _class_labels(feature, path)
    elif isinstance(features, Mapping):
        if features.get("_type") == "ClassLabel":
            yield path, tuple(features.get("names") or ())
        elif "_type" in features:
            yield from _class_labels(features.get("feature"), path)
        else:
            for name, feature in features.items():
                yield from _class_labels(feature, (*path, name))


def _leaves(frame: pl.DataFrame, path: Sequence[str]) -> pl.DataFrame | None:
    """The values at a path, each with its row; null where the data has another shape than the path."""
    found = frame.select("#file", "#row", pl.col(path[0]).alias("value"))
    rest = list(path[1:])
    while True:
        kind = found.schema["value"]
        if isinstance(kind, pl.List | pl.Array):
            found = found.explode("value")
        elif isinstance(kind, pl.Struct) and rest and rest[0] in {field.name for field in kind.fields}:
            found = found.with_columns(pl.col("value").struct.field(rest.pop(0)).alias("value"))
        else:
            return None if rest or isinstance(kind, pl.Struct) else found


def texts(split: ForeignSplit) -> str | None:
    """The column that holds the text of a row: the likeliest name, else the string that is longest on average."""
    strings = [name for name in split.columns if split.frame.schema[name] == pl.String]
    named = [name for name in _TEXTS if name in strings]
    if named or not strings:
        return named[0] if named else None
    means = split.frame.select(pl.col(strings).str.len_chars().mean()).row(0)
    return max(zip(means, strings, strict=True), key=lambda pair: pair[0] or 0)[1]


def _spans(split: ForeignSplit, dataset: Foreign) -> Iterator[Spans]:
    """The groups of offsets of a split, each held against the text that fits best."""
    for column, found in _offsets(split):
        if found.is_empty():
            continue
        named = [name for name in _TEXTS if name in split.columns]
        own = _own_text(split, found, named, _FITTING)
        spans = None if own is not None else _other_text(split, column, found, dataset)
        if spans is None and own is None:
            # What stands in a list beside a text is about it, even where nothing fits.
            is_beside = split.frame.schema[column.partition(".")[0]].is_nested()
            own = _own_text(split, found, _other_strings(split), _SURELY)
            own = own or (_own_text(split, found, named, 0) if is_beside else None)
        if spans is None and own is None:
            yield Spans(split, column, found.with_columns(text=pl.lit(None, pl.String)), None)
        elif spans is not None:
            yield spans
        else:
            joined = found.join(split.frame.select("#file", "#row", text=own), on=["#file", "#row"], how="left")
            # A string that is the whole text says nothing of the words of a span.
            words = pl.when(pl.col("words") != pl.col("text")).then("words")
            yield Spans(split, column, joined.with_columns(words=words), f"{split.config}.{own}")


def _offsets(split: ForeignSplit) -> Iterator[tuple[str, pl.DataFrame]]:
    """Spans by column, from columns side by side, structs, and lists: `#file`, `#row`, `start`, `end`, `words`."""
    frame = split.frame
    yield from _pairs(frame, split.columns, "")
    for name in split.columns:
        flat = frame.select("#file", "#row", pl.col(name))
        kind = flat.schema[name]
        if name in _OFFSET_LISTS and _is_pair_list(kind):
            yield name, _of_pairs(flat, name)
            continue
        while isinstance(kind, pl.List | pl.Array):
            flat = flat.explode(name)
            kind = flat.schema[name]
        if isinstance(kind, pl.Struct):
            fields = [field.name for field in kind.fields]
            inner = flat.drop_nulls(name).unnest(name) if not {"#file", "#row"} & set(fields) else flat.clear()
            yield from _pairs(inner, fields, f"{name}.")


def _is_pair_list(kind: pl.DataType) -> bool:
    return isinstance(kind, pl.List | pl.Array) and _holds_numbers(kind)


def _holds_numbers(kind: pl.DataType) -> bool:
    inner = kind.inner if isinstance(kind, pl.List | pl.Array) else kind
    if isinstance(inner, pl.List | pl.Array):
        return _holds_numbers(inner)
    return isinstance(inner, pl.DataType) and inner.is_integer()


def _of_pairs(flat: pl.DataFrame, name: str) -> pl.DataFrame:
    kind = flat.schema[name]
    inner = kind.inner if isinstance(kind, pl.List | pl.Array) else kind
    pairs = flat.explode(name) if isinstance(inner, pl.List | pl.Array) else flat
    listed = pairs.drop_nulls(name).with_columns(pl.col(name).cast(pl.List(pl.Int64)))
    return listed.filter(pl.col(name).list.len() == 2).select(
        "#file", "#row", start=pl.col(name).list.get(0), end=pl.col(name).list.get(1), words=pl.lit(None, pl.String)
    )


def _pairs(frame: pl.DataFrame, names: Sequence[str], prefix: str) -> Iterator[tuple[str, pl.DataFrame]]:
    for start, end in _PAIRS:
        if start not in names or (end is not None and end not in names):
            continue
        wanted = [start] if end is None else [start, end]
        beside = [name for name in _WORDS if name in names and name not in wanted]
        flat = _exploded(frame.select("#file", "#row", *wanted, *beside), [*wanted, *beside])
        if not all(flat.schema[name].is_integer() for name in wanted):
            continue
        words = _words(flat, start, end, [name for name in beside if flat.schema[name] == pl.String], prefix)
        if end is None and words is None:
            continue
        said = pl.lit(None, pl.String) if words is None else pl.col(words)
        first = pl.col(start).cast(pl.Int64)
        last = first + said.str.len_chars().cast(pl.Int64) if end is None else pl.col(end).cast(pl.Int64)
        yield f"{prefix}{start}", flat.select("#file", "#row", start=first, end=last, words=said).drop_nulls("start")
        return
    for name in names:
        if prefix and name in _OFFSET_LISTS and _is_pair_list(frame.schema[name]):
            yield f"{prefix}{name}", _of_pairs(frame.select("#file", "#row", name), name)


def _words(flat: pl.DataFrame, start: str, end: str | None, beside: Sequence[str], prefix: str) -> str | None:
    """The string that repeats the words of a span: the one as long as it; in a struct the likeliest name, if none is.

    In a row of its own a string of another length may be the text.
    """
    if end is None or not beside or flat.is_empty():
        return next(iter(beside), None)
    length = pl.col(end).cast(pl.Int64) - pl.col(start).cast(pl.Int64)
    shares = flat.select((pl.col(name).str.len_chars().cast(pl.Int64) == length).mean() for name in beside).row(0)
    best = max(range(len(beside)), key=lambda place: shares[place] or 0)
    if shares[best]:
        return beside[best]
    return beside[0] if prefix else None


def _exploded(frame: pl.DataFrame, names: Sequence[str]) -> pl.DataFrame:
    """Lists side by side become rows, where all of them are lists of the same lengths."""
    lists = [name for name in names if isinstance(frame.schema[name], pl.List)]
    if not lists:
        return frame
    lengths = [pl.col(name).list.len() for name in lists]
    return frame.filter(pl.all_horizontal(length == lengths[0] for length in lengths)).explode(lists)


def _own_text(split: ForeignSplit, spans: pl.DataFrame, names: Sequence[str], least: float) -> str | None:
    """The first string of the same row that so many spans fit into; one as long as its span is its words, no text."""
    for name in names:
        if split.frame.schema[name] != pl.String:
            continue
        held = spans.join(split.frame.select("#file", "#row", text=name), on=["#file", "#row"], how="left")
        length = pl.col("text").str.len_chars().cast(pl.Int64)
        fits, repeats = held.select(
            fits=(pl.col("end") <= length).mean(), repeats=(length == pl.col("end") - pl.col("start")).mean()
        ).row(0)
        is_whole = held.select((pl.col("start") == 0).all()).item()
        if (fits or 0) >= least and ((repeats or 0) < _FITTING or is_whole):
            return name
    return None


def _other_strings(split: ForeignSplit) -> list[str]:
    """Strings that are called neither text nor id."""
    return [name for name in split.columns if name not in _TEXTS and not _is_key(name)]


def _is_key(name: str) -> bool:
    return name in ("title", "name") or name.endswith(("id", "_key", "_title"))


def _other_text(split: ForeignSplit, column: str, spans: pl.DataFrame, dataset: Foreign) -> Spans | None:
    """The text of another config, by a column that both have and that names each of its rows once."""
    best: tuple[float, str, str, pl.DataFrame] | None = None
    for config in dict.fromkeys(other.config for other in dataset.splits if other.config != split.config):
        parts = [other for other in dataset.splits if other.config == config]
        text = texts(parts[0])
        for key in _keys(split, parts[0]) if text else ():
            targets = pl.concat([part.frame.select(key=pl.col(key).cast(pl.String), text=text) for part in parts])
            if targets["key"].is_duplicated().any():
                continue
            own = split.frame.select("#file", "#row", key=pl.col(key).cast(pl.String))
            joined = spans.join(own, on=["#file", "#row"], how="left").join(targets, on="key", how="left")
            known = joined["key"].is_in(targets["key"].implode()).mean()
            share = float(known) if isinstance(known, int | float) else 0.0
            if share and (best is None or share > best[0]):
                best = (share, f"{config}.{text}", key, joined.with_columns(
                    is_known=pl.col("key").is_in(targets["key"].implode())))  # fmt: skip
    return None if best is None else Spans(split, column, best[3], best[1], best[2])


def _keys(split: ForeignSplit, other: ForeignSplit) -> Iterator[str]:
    """Columns that may name a row of another config: both have them, as strings or whole numbers."""
    for name in split.columns:
        if name in other.columns and _is_key(name):
            kinds = {split.frame.schema[name], other.frame.schema[name]}
            if all(kind == pl.String or kind.is_integer() for kind in kinds):
                yield name
