"""Layers as tables: what was decided, and everything that follows from it.

A layer says only what an annotator decided. Start and end, surface, nesting, the mention inside a source, the state
that a holder belongs to are derived here, once, so that no file can contradict another.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from parallaxe.compare.nesting import linked_mentions, nesting
from parallaxe.core.claims import Claim, Entity, Layer, Quote, Span, Stance
from parallaxe.core.knowledge import KnownEntity
from parallaxe.core.schema import Schemas
from parallaxe.dataset.rows import Nested, table_from_columns
from parallaxe.text.document import Sentence


@dataclass(frozen=True, slots=True)
class Annotated:
    """A layer and the article it speaks of; `text` is null where only its hash is here.

    `annotated_blocks` are the indexes of the blocks that the guidelines annotate.
    """

    layer: Layer
    text: str | None
    sentences: tuple[Sentence, ...]
    annotated_blocks: frozenset[int]

    def words(self, fragments: Sequence[Span]) -> str | None:
        """The words of some fragments, joined by ` … ` where something stands between them; null without a text."""
        if self.text is None or not fragments:
            return None
        return " … ".join(self.text[span.start : span.end] for span in fragments)


def entities_table(annotated: Sequence[Annotated], schemas: Schemas) -> pa.Table:
    """The table `entities`, in the order of the layers and of their texts."""
    rows = [
        (item, claim, around)
        for item in annotated
        for around in [nesting(item.layer.entities)]
        for claim in item.layer.entities
    ]
    columns = {
        "article_id": [item.layer.article_id for item, _, _ in rows],
        "entity_id": [claim.id for _, claim, _ in rows],
        "fragments": spans_column([claim.fragments for _, claim, _ in rows]),
        "start": [claim.fragments[0].start for _, claim, _ in rows],
        "end": [claim.fragments[-1].end for _, claim, _ in rows],
        "text": [item.words(claim.fragments) for item, claim, _ in rows],
        "label": [claim.label for _, claim, _ in rows],
        "metonymic": [claim.metonymic for _, claim, _ in rows],
        "nested_in": [around.get(claim.id) for _, claim, around in rows],
        "kb_id": [claim.kb_id for _, claim, _ in rows],
        **provenance_columns([(item.layer, claim) for item, claim, _ in rows]),
    }
    return table_from_columns(columns, schemas.table("entities"))


def quotes_table(annotated: Sequence[Annotated], schemas: Schemas) -> pa.Table:
    """The table `quotes`; a source names the linked mention that begins first inside it, and the longest such."""
    rows = [(item, claim) for item in annotated for claim in item.layer.quotes]
    sources = [own for item in annotated for own in _sources(item.layer)]
    columns = {
        "article_id": [item.layer.article_id for item, _ in rows],
        "quote_id": [claim.id for _, claim in rows],
        "type": [claim.type for _, claim in rows],
        "content": spans_column([claim.content for _, claim in rows]),
        "cue": spans_column([claim.cue for _, claim in rows]),
        "sources": _nested(sources, ("start", "end", "entity_id", "kb_id")),
        "inside": [claim.inside for _, claim in rows],
        "text": [item.words(claim.content) for item, claim in rows],
        **provenance_columns([(item.layer, claim) for item, claim in rows]),
    }
    return table_from_columns(columns, schemas.table("quotes"))


def stances_table(annotated: Sequence[Annotated], known: Mapping[str, KnownEntity], schemas: Schemas) -> pa.Table:
    """The table `stances`; the id is the key of the tuple, written out."""
    rows = [(item, claim) for item in annotated for claim in item.layer.stances]
    columns = {
        "article_id": [item.layer.article_id for item, _ in rows],
        "stance_id": [stance_key(item.layer, claim) for item, claim in rows],
        "level": [claim.level for _, claim in rows],
        "holder": [claim.holder for _, claim in rows],
        "holder_actor": [known[claim.holder].actor if claim.holder in known else None for _, claim in rows],
        "target": [claim.target for _, claim in rows],
        "polarity": [claim.polarity for _, claim in rows],
        "intensity": [claim.intensity for _, claim in rows],
        "evidence": spans_column([claim.evidence for _, claim in rows]),
        "quote_id": [claim.quote for _, claim in rows],
        "text": [item.words(claim.evidence) for item, claim in rows],
        **provenance_columns([(item.layer, claim) for item, claim in rows]),
    }
    return table_from_columns(columns, schemas.table("stances"))


def annotations_table(layers: Sequence[Layer], pair_ids: Mapping[tuple[str, str], str], schemas: Schemas) -> pa.Table:
    """The table `annotations`: every claim of every layer of one article.

    `pair_ids` are by name of layer and id of claim; a claim without one is its own pair.
    """
    rows = [(layer, claim) for layer in layers for claim in layer.claims]
    columns = {
        "article_id": [layer.article_id for layer, _ in rows],
        "kind": [_kind(claim) for _, claim in rows],
        "claim_id": [claim.id for _, claim in rows],
        "pair_id": [pair_ids.get((layer.layer, claim.id), claim.id) for layer, claim in rows],
        "layer": [layer.layer for layer, _ in rows],
        "annotator": [layer.annotator for layer, _ in rows],
        "annotator_type": [layer.annotator_type for layer, _ in rows],
        "status": [claim.provenance.status for _, claim in rows],
        "fragments": spans_column([claim.fragments for _, claim in rows]),
        "label": [_label(claim) for _, claim in rows],
        "kb_id": [getattr(claim, "kb_id", None) for _, claim in rows],
        "holder": [getattr(claim, "holder", None) for _, claim in rows],
        "target": [getattr(claim, "target", None) for _, claim in rows],
        "polarity": [getattr(claim, "polarity", None) for _, claim in rows],
        "intensity": [getattr(claim, "intensity", None) for _, claim in rows],
    }
    return table_from_columns(columns, schemas.table("annotations"))


def _sources(layer: Layer) -> list[list[tuple[int, int, str | None, str | None]]]:
    """The sources of each quotation, with the mention that each names."""
    named = linked_mentions((span for quote in layer.quotes for span in quote.sources), layer.entities)
    return [[(*span, *_identity(named.get(span))) for span in quote.sources] for quote in layer.quotes]


def _identity(mention: Entity | None) -> tuple[str | None, str | None]:
    return (mention.id, mention.kb_id) if mention else (None, None)


def stance_key(layer: Layer, stance: Stance) -> str:
    """The key of a stance, written out: quotation, holder and target, or layer and target.

    >>> layer = Layer("gold", "un", "", "", None, "a", "model", ())
    >>> stance_key(layer, Stance("x", "article", "author", "russia", "favor", 1))
    'gold:russia'
    """
    if stance.quote is None:
        return f"{layer.layer}:{stance.target}"
    return f"{stance.quote}:{stance.holder}:{stance.target}"


def provenance_columns(rows: Sequence[tuple[Layer, Claim]]) -> dict[str, list[Any]]:
    """The shared columns of who made a row and how, for claims and their layers."""
    from_claim = ("status", "origin", "tool", "score", "confidence", "note", "why", "created")
    return {
        "layer": [layer.layer for layer, _ in rows],
        "annotator": [layer.annotator for layer, _ in rows],
        "annotator_type": [layer.annotator_type for layer, _ in rows],
        "guideline_version": [layer.guideline_version for layer, _ in rows],
        **{name: [getattr(claim.provenance, name) for _, claim in rows] for name in from_claim},
        "derived_from": [list(claim.provenance.derived_from) for _, claim in rows],
    }


def spans_column(rows: Sequence[Sequence[Span]]) -> Nested:
    """Lists of spans as a column of structs."""
    return _nested(rows, ("start", "end"))


def _nested(rows: Sequence[Sequence[tuple[Any, ...]]], names: Sequence[str]) -> Nested:
    flat = [value for row in rows for value in row]
    return Nested([len(row) for row in rows], {name: [value[i] for value in flat] for i, name in enumerate(names)})


def _kind(claim: Claim) -> str:
    return {Entity: "entity", Quote: "quote", Stance: "stance"}[type(claim)]


def _label(claim: Claim) -> str | None:
    if isinstance(claim, Entity):
        return claim.label
    return claim.type if isinstance(claim, Quote) else None
