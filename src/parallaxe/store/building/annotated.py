"""Layers on the way of a build: with each chunk of articles go the claims about them, checked and as tables."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from parallaxe.core.knowledge import KnownEntity
from parallaxe.core.schema import Schemas
from parallaxe.dataset.annotation_rows import (
    Annotated,
    annotations_table,
    entities_table,
    quotes_table,
    stances_table,
)
from parallaxe.dataset.pairs import pair_ids
from parallaxe.dataset.training_rows import attributed_stance_table, ner_table, stance_classification_table
from parallaxe.store.annotations import LayerFile
from parallaxe.text.document import Block, Sentence
from parallaxe.validate.layers import LayerContext

GOLD, HUMAN = "gold", "human"
"""The layer that `entities`, `quotes` and `stances` are filled from; and who made a layer that may stand for it."""


def settled(files: Iterable[LayerFile]) -> dict[str, LayerFile]:
    """The layer that counts, by article: gold, or else that of the one person who went over the article.

    Where several did, none counts before `parallaxe adjudicate` has settled what they do not agree on.
    """
    by_article: dict[str, list[LayerFile]] = {}
    for file in files:
        by_article.setdefault(file.layer.article_id, []).append(file)
    found = {article_id: _settled(some) for article_id, some in by_article.items()}
    return {article_id: file for article_id, file in found.items() if file is not None}


def _settled(files: Sequence[LayerFile]) -> LayerFile | None:
    gold = [file for file in files if file.layer.layer == GOLD]
    people = [file for file in files if file.layer.annotator_type == HUMAN]
    counting = gold or people
    return counting[0] if len(counting) == 1 else None


@dataclass(frozen=True)
class Annotations:
    """All layers of a project by article, and its knowledge base; empty for a folder without a project."""

    layers: Mapping[str, Sequence[LayerFile]] = field(default_factory=dict)
    known: Mapping[str, KnownEntity] = field(default_factory=dict)

    @classmethod
    def of(cls, files: Iterable[LayerFile], known: Mapping[str, KnownEntity]) -> Annotations:
        """Layer files sorted by article."""
        layers: dict[str, list[LayerFile]] = {}
        for file in files:
            layers.setdefault(file.layer.article_id, []).append(file)
        return cls(layers, known)

    def contexts(self, tables: Mapping[str, pa.Table], schemas: Schemas) -> list[LayerContext]:
        """The layers of the articles of a chunk, each with what its claims must fit."""
        return [
            LayerContext(
                file.layer, file.path, file.lines, row["text_sha256"], _blocks(row, schemas), self.known, schemas.labels
            )
            for row in self._rows(tables)
            for file in self.layers[row["article_id"]]
        ]

    def strays(self, articles: Iterable[str], schemas: Schemas) -> list[LayerContext]:
        """Layers of articles that the project does not have."""
        known = set(articles)
        return [
            LayerContext(file.layer, file.path, file.lines, None, None, self.known, schemas.labels)
            for article_id, files in self.layers.items()
            for file in files
            if article_id not in known
        ]

    def gold(self, tables: Mapping[str, pa.Table], schemas: Schemas) -> list[Annotated]:
        """The layers that count of the articles of a chunk, with their texts and sentences."""
        rows = self._rows(tables)
        sentences = _sentences(tables, rows)
        return [
            Annotated(file.layer, row["text"], sentences[row["article_id"]], _annotated_blocks(row, schemas))
            for row in rows
            for file in settled(self.layers[row["article_id"]]).values()
        ]

    def tables(self, tables: Mapping[str, pa.Table], gold: list[Annotated], schemas: Schemas) -> dict[str, pa.Table]:
        """What the layers of the articles of a chunk say, as tables; none of them where nothing is annotated."""
        rows = self._rows(tables)
        if not rows:
            return {}
        with_text = [item for item in gold if item.text is not None]
        return {
            "entities": entities_table(gold, schemas),
            "quotes": quotes_table(gold, schemas),
            "stances": stances_table(gold, self.known, schemas),
            "annotations": pa.concat_tables([self._annotations(row["article_id"], schemas) for row in rows]),
            "ner": ner_table(with_text, schemas),
            "stance_classification": stance_classification_table(with_text, schemas),
            "attributed_stance": attributed_stance_table(with_text, schemas),
        }

    def _annotations(self, article_id: str, schemas: Schemas) -> pa.Table:
        layers = [file.layer for file in self.layers[article_id]]
        return annotations_table(layers, pair_ids(layers), schemas)

    def _rows(self, tables: Mapping[str, pa.Table]) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = (
            tables["articles"].select(["article_id", "text", "text_sha256", "blocks"]).to_pylist()
        )
        return [row for row in rows if row["article_id"] in self.layers]


def _blocks(row: Mapping[str, Any], schemas: Schemas) -> tuple[Block, ...]:
    roles = schemas.labels["block_roles"].names
    return tuple(Block(roles[block["role"]], block["start"], block["end"]) for block in row["blocks"])


def _annotated_blocks(row: Mapping[str, Any], schemas: Schemas) -> frozenset[int]:
    annotated = {label.name for label in schemas.labels["block_roles"].labels if label.annotated}
    return frozenset(index for index, block in enumerate(_blocks(row, schemas)) if block.role in annotated)


def _sentences(tables: Mapping[str, pa.Table], rows: Sequence[Mapping[str, Any]]) -> dict[str, tuple[Sentence, ...]]:
    """The sentences of some articles, each with the index of its block."""
    starts = {row["article_id"]: [block["start"] for block in row["blocks"]] for row in rows}
    wanted = pc.is_in(tables["sentences"]["article_id"], value_set=pa.array(sorted(starts), pa.string()))
    sentences: dict[str, list[Sentence]] = {article_id: [] for article_id in starts}
    for row in tables["sentences"].filter(wanted).select(["article_id", "start", "end"]).to_pylist():
        block = bisect_right(starts[row["article_id"]], row["start"]) - 1
        sentences[row["article_id"]].append(Sentence(row["start"], row["end"], block))
    return {article_id: tuple(found) for article_id, found in sentences.items()}


NOTHING = Annotations()
"""No layer, no knowledge base."""
