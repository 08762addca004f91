"""Layers that go into rows and come back: what the rows tell, and no more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from claim_strategies import layers
from parallaxe.core.claims import Entity, Layer, Provenance, Quote, Span
from parallaxe.core.layer_format import KINDS, canonical_order
from parallaxe.dataset.annotation_rows import (
    Annotated,
    annotations_table,
    entities_table,
    quotes_table,
    stances_table,
)
from parallaxe.dataset.arrow import ids_to_labels
from parallaxe.dataset.told_layers import as_told, told_layer
from schema_tables import SCHEMAS

LEVELS = SCHEMAS.labels["stance_levels"]


def rows(table: pa.Table, name: str) -> list[dict[str, Any]]:
    """The rows of a table, labels by name."""
    for position, column in enumerate(SCHEMAS.table(name).columns):
        if column.type == "label" and column.labels:
            named = ids_to_labels(table.column(position), column.labels)
            table = table.set_column(position, column.name, named)
    told: list[dict[str, Any]] = table.to_pylist()
    return told


def through_rows(layer: Layer, kinds: Sequence[str]) -> Layer:
    """A layer written as rows and read again; of the kinds named, with the tables that tell all of them."""
    annotated = [Annotated(layer, None, (), frozenset())]
    tables = {
        "entity": rows(entities_table(annotated, SCHEMAS), "entities"),
        "quote": rows(quotes_table(annotated, SCHEMAS), "quotes"),
        "stance": rows(stances_table(annotated, {}, SCHEMAS), "stances"),
    }
    header = replace(layer, claims=(), complete=(), guideline_version=layer.guideline_version if kinds else None)
    details = {kind: tables[kind] for kind in kinds}
    return told_layer(header, rows(annotations_table([layer], {}, SCHEMAS), "annotations"), details, LEVELS)


def in_order(layer: Layer) -> Layer:
    """The same with its claims in canonical order."""
    return replace(layer, claims=canonical_order(layer.claims))


@settings(deadline=None)  # the first example loads Arrow
@given(layers(), st.sampled_from([(), KINDS, ("entity",)]))
def test_rows_tell_of_a_layer_what_we_say_they_tell(layer: Layer, kinds: Sequence[str]) -> None:
    """Whatever goes into rows and is read again is the layer, reduced as a project beside a dataset is."""
    assert in_order(as_told(layer, kinds, remarks=True)) == in_order(through_rows(layer, kinds))


def test_the_layer_that_counts_is_told_whole() -> None:
    """Metonymy, cues, sources and history come back, a score in three places."""
    history = Provenance("reviewed", "changed", "outil/1", 0.123, "low", "à revoir", derived_from=("a", "b"))
    layer = Layer(
        "gold", "un", "0" * 64, "n/1", "1.2", "lectrice-1", "human", (),
        (
            Entity("e", (Span(0, 4),), "LOC", "ORG", "moscou", history),
            Quote("q", "direct", (Span(5, 9),), (Span(10, 12),), (Span(0, 4),)),
        ),
    )  # fmt: skip

    assert layer == in_order(through_rows(layer, KINDS))


def test_remarks_are_no_difference_where_they_are_withheld() -> None:
    """Beside a public dataset, a note about a restricted article is left out."""
    claim = Entity("e", (Span(0, 4),), "LOC", provenance=Provenance(note="voir plus haut", why="doute"))
    layer = Layer("gold", "un", "0" * 64, "n/1", None, "x", "human", (), (claim,))

    assert (replace(claim, provenance=Provenance()),) == as_told(layer, KINDS, remarks=False).claims
