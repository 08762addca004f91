"""A version of a dataset that was built here: its rows of `annotations` and of the tables that tell more, as layers.

Tables stay in Arrow's form, and only layers that are asked for become claims. Labels are named as the files themselves
name them, so that a dataset of other label sets reads right. A text is read where its article is asked for.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from parallaxe.compare.corpus_diff import Source
from parallaxe.core.claims import Layer
from parallaxe.core.errors import ProjectError, UsageError
from parallaxe.core.knowledge import KnownEntity
from parallaxe.core.labels import LabelSet
from parallaxe.dataset.article import OPEN
from parallaxe.dataset.told_layers import TABLES, told_layer
from parallaxe.store.annotations import known_entity
from parallaxe.store.dataset_files import Manifest, read_manifest
from parallaxe.store.parquet_frames import frame_of
from parallaxe.store.versions.version import Key, Text

MANIFEST = "manifest.json"
"""What a dataset that was built here says of itself."""

_FACTS: Mapping[str, str] = {
    "file": "raw_file", "language": "language", "outlet": "outlet", "date": "published", "rights": "rights",
    "license": "license", "text_origin": "text_origin", "event": "event",
}  # fmt: skip
"""The column of each fact that a catalogue tells of an article."""

_DERIVED = ("pair_id", "text", "start", "end", "nested_in", "holder_actor")
"""Columns that follow from others: layers do not differ by them."""


class DatasetVersion:
    """A dataset directory as a `Version`.

    Raises:
        UsageError: if its rows are not those of a dataset that was built here.
        ProjectError: if its manifest is broken.
    """

    def __init__(self, name: str, folder: Path, levels: LabelSet) -> None:
        self._name, self._folder, self._levels = name, folder, levels
        self._manifest = _manifest(folder, name)
        self._tables: dict[str, _Grouped] = {}

    @property
    def name(self) -> str:
        """As it was asked for."""
        return self._name

    @property
    def is_public(self) -> bool:
        """True where words of restricted articles are withheld."""
        return self._manifest.profile == "public"

    @cached_property
    def _articles(self) -> pl.DataFrame:
        columns = ("article_id", "raw_sha256", "text_sha256", "normalizer", *_FACTS.values())
        return self._frame("articles", columns).unique("article_id", keep="first", maintain_order=True)

    @cached_property
    def _by_article(self) -> dict[str, dict[str, Any]]:
        return {row["article_id"]: row for row in self._articles.iter_rows(named=True)}

    @property
    def restricted(self) -> Collection[str]:
        """Articles that their rows call so."""
        return {name for name, row in self._by_article.items() if row["rights"] != OPEN}

    @cached_property
    def layers(self) -> Mapping[Key, str]:
        """A digest of all rows about a layer, in any order."""
        told: dict[Key, list[str]] = {}
        for config in ("annotations", *TABLES.values()):
            for key, digest in self._grouped(config).digests.items():
                told.setdefault(key, []).append(f"{config}:{digest}")
        return {key: " ".join(told[key]) for key in self._grouped("annotations").digests}

    def raw_digests(self) -> Mapping[str, str]:
        """As the rows of `articles` have them."""
        return {name: row["raw_sha256"] for name, row in self._by_article.items()}

    def articles(self, edited: Collection[str]) -> Mapping[str, Source]:  # noqa: ARG002 -- all hashes are known
        """The rows of `articles`."""
        return {
            name: Source(row["raw_sha256"], row["text_sha256"], _facts(row)) for name, row in self._by_article.items()
        }

    def known(self) -> Mapping[str, KnownEntity]:
        """The rows of `knowledge_base`."""
        rows = self._frame("knowledge_base").iter_rows(named=True)
        found = (known_entity(row, f"{self._name}: knowledge_base") for row in rows)
        return {entity.kb_id: entity for entity in found}

    def prepare(self, keys: Iterable[Key]) -> None:
        """Nothing: all rows are here."""

    def layer(self, key: Key) -> Layer | None:
        """From its rows."""
        rows = self._grouped("annotations").rows(key)
        if not rows:
            return None
        name, article_id = key
        article = self._by_article.get(article_id)
        if article is None:
            raise ProjectError(self._name, f"annotations of `{article_id}`, which `articles` lacks", "build it again")
        details = {kind: self._grouped(config).rows(key) for kind, config in TABLES.items()}
        version = next((row["guideline_version"] for own in details.values() for row in own), None)
        header = Layer(
            name, article_id, article["text_sha256"], article["normalizer"], version,
            rows[0]["annotator"], rows[0]["annotator_type"], (),
        )  # fmt: skip
        return told_layer(header, rows, details, self._levels)

    def detailed(self, key: Key) -> frozenset[str]:
        """The kinds of claims of which more than `annotations` is told."""
        return frozenset(kind for kind, config in TABLES.items() if key in self._grouped(config).digests)

    def text(self, article_id: str) -> Text | None:
        """Where it is public."""
        row = self._by_article.get(article_id)
        words = self._texts.get(article_id)
        return Text(row["text_sha256"], words) if row is not None and words is not None else None

    @cached_property
    def _texts(self) -> dict[str, str]:
        return dict(self._frame("articles", ("article_id", "text")).drop_nulls().iter_rows())

    def _grouped(self, config: str) -> _Grouped:
        if config not in self._tables:
            self._tables[config] = _Grouped(self._frame(config))
        return self._tables[config]

    def _frame(self, config: str, columns: Sequence[str] | None = None) -> pl.DataFrame:
        """All splits of a config, labels by name; no rows where there is no such config."""
        paths = [self._folder / part.file for part in self._manifest.parts if part.config == config]
        frames = [_read(path, columns, f"{self._name}: {path.name}") for path in paths]
        return pl.concat(frames, how="diagonal_relaxed") if frames else pl.DataFrame()


class _Grouped:
    """Rows of a table by layer and article."""

    def __init__(self, frame: pl.DataFrame) -> None:
        self.digests: dict[Key, str] = {}
        self._slices: dict[Key, tuple[int, int]] = {}
        if frame.is_empty():
            return
        self._frame = frame.sort("layer", "article_id", maintain_order=True)
        hashes = self._frame.drop(_DERIVED, strict=False).hash_rows()
        groups = (
            self._frame.select("layer", "article_id", hash=hashes)
            .with_row_index("first")
            .group_by("layer", "article_id", maintain_order=True)
            .agg(pl.col("first").min(), pl.len(), pl.col("hash").sort())
        )
        for layer, article_id, first, count, own in groups.iter_rows():
            self._slices[layer, article_id] = (first, count)
            self.digests[layer, article_id] = str(hash(tuple(own)))

    def rows(self, key: Key) -> list[dict[str, Any]]:
        return self._frame.slice(*self._slices[key]).rows(named=True) if key in self._slices else []


def _manifest(folder: Path, name: str) -> Manifest:
    if not (folder / MANIFEST).is_file():
        what = f"neither a project nor a dataset that was built here: it has no {MANIFEST}"
        raise UsageError(name, what, "name a project, a revision or a built dataset")
    manifest = read_manifest(folder)
    for part in manifest.parts:
        if not (folder / str(part.file)).resolve().is_relative_to(folder.resolve()):
            raise ProjectError(name, f"the manifest names {part.file!r}, outside of it", "build it again")
    if not any(part.config == "articles" for part in manifest.parts):
        raise UsageError(name, "no dataset of articles", "name one that `parallaxe build` wrote")
    return manifest


def _facts(row: Mapping[str, Any]) -> dict[str, Any]:
    """As a catalogue tells them."""
    told = {fact: row[column] for fact, column in _FACTS.items()}
    return told | {"date": told["date"].isoformat() if told["date"] is not None else None}


def _read(path: Path, columns: Sequence[str] | None, where: str) -> pl.DataFrame:
    try:
        table = pq.read_table(path, columns=list(columns) if columns is not None else None)
        frame = frame_of(table)
        return frame.with_columns(*_named(frame, _features(table.schema)))
    except (OSError, pa.ArrowException, pl.exceptions.PolarsError, ValueError, KeyError, TypeError) as error:
        raise ProjectError(where, "missing, or no Parquet file of a dataset", "build it again") from error


def _features(schema: pa.Schema) -> Mapping[str, Any]:
    stored = (schema.metadata or {}).get(b"huggingface")
    features: Mapping[str, Any] = json.loads(stored)["info"]["features"] if stored else {}
    return features


def _named(frame: pl.DataFrame, features: Mapping[str, Any]) -> Iterable[pl.Expr]:
    """Labels by name instead of by number, also those inside lists of structs."""
    for name, feature in features.items():
        if name not in frame.columns or not isinstance(feature, dict):
            continue
        if names := feature.get("names"):
            yield _label(pl.col(name), names)
        if fields := _label_fields(feature.get("feature")):
            named = [_label(pl.element().struct.field(own), names) for own, names in fields.items()]
            yield pl.col(name).list.eval(pl.element().struct.with_fields(*named))


def _label_fields(inner: object) -> dict[str, list[str]]:
    """The names of the labels of each field of a struct that has some."""
    if not isinstance(inner, dict) or "_type" in inner:
        return {}
    return {own: told["names"] for own, told in inner.items() if "names" in told}


def _label(numbers: pl.Expr, names: Sequence[str]) -> pl.Expr:
    return numbers.replace_strict(dict(enumerate(names)), return_dtype=pl.String)
