"""What of a restricted article may leave the machine it lies on: one function for tables, one for layers.

A layer has no surface; but a remark may repeat one, and the name of a cluster is made of the words of a mention.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import fields, replace
from hashlib import sha256
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from parallaxe.core.claims import Claim, Entity, Provenance, Quote, Stance
from parallaxe.core.knowledge import UNLINKED, is_unlinked
from parallaxe.core.labels import LONGEST_SHOWN_NAME
from parallaxe.core.schema import Schemas, Table

_ARTICLE_COLUMNS = ("article_id", "article_a", "article_b")


def withhold(rows: pa.Table, table: Table, restricted: Collection[str]) -> pa.Table:
    """The rows as the public profile shows them: no word of a restricted article but what its schema lets through.

    Rows of tables made of text go; in all others the columns that `schemas/tables` calls `withheld` become null.
    Order is kept. A row that concerns several articles is withheld where any of them is restricted.

    Short names go too, although the gate would let them pass: a clone without the article could not show them, and
    every clone must build the same dataset. `kb_id` says whom a mention names.
    """
    hidden = _concerns(rows, restricted)
    if table.text_view:
        return rows.filter(pc.invert(hidden))
    for position, column in enumerate(table.columns):
        if column.withheld:
            blank = pa.scalar(None, rows.schema.field(position).type)
            rows = rows.set_column(position, rows.schema.field(position), pc.if_else(hidden, blank, rows[column.name]))
    return rows


def _concerns(rows: pa.Table, articles: Collection[str]) -> pa.ChunkedArray:
    """True for each row about one of the articles; where a table names none, false for all."""
    wanted = pa.array(sorted(articles), pa.string())
    concerned: pa.ChunkedArray = pa.chunked_array([pa.array([False] * len(rows), pa.bool_())])
    for name in _ARTICLE_COLUMNS:
        if name in rows.column_names:
            concerned = pc.or_(concerned, pc.is_in(rows[name], value_set=wanted))
    return concerned


def withhold_claims(claims: Sequence[Claim], schemas: Schemas) -> tuple[Claim, ...]:
    """Claims about a restricted article as a layer in git may hold them, in their order.

    Remarks that the schemas call `withheld` go. The name of a cluster stays where it is that of a voice or of a mention
    whose label is `shown`, and short; of any other its hash stays, the same wherever the cluster is named.
    """
    shown = {label.name for label in schemas.labels["entity_labels"].labels if label.shown}
    mentions = [claim for claim in claims if isinstance(claim, Entity)]
    secret = {own.kb_id for own in mentions if own.label not in shown}
    secret -= {own.kb_id for own in mentions if own.label in shown}
    return tuple(_withheld(claim, schemas, secret) for claim in claims)


def _withheld(claim: Claim, schemas: Schemas, secret: Collection[str | None]) -> Claim:
    table = schemas.table({Entity: "entities", Quote: "quotes", Stance: "stances"}[type(claim)])
    hidden = {column.name for column in table.columns if column.withheld}
    remarks: dict[str, Any] = {own.name: None for own in fields(Provenance) if own.name in hidden}
    claim = replace(claim, provenance=replace(claim.provenance, **remarks))
    match claim:
        case Entity(kb_id=str(kb_id)):
            return replace(claim, kb_id=_cluster(kb_id, is_secret=kb_id in secret))
        case Stance():
            return replace(claim, holder=_cluster(claim.holder, is_secret=claim.holder in secret))
        case _:
            return claim


def _cluster(kb_id: str, *, is_secret: bool) -> str:
    words = kb_id.removeprefix(UNLINKED)
    if not is_unlinked(kb_id) or not (is_secret or words.count("-") >= LONGEST_SHOWN_NAME):
        return kb_id
    return f"{UNLINKED}{sha256(words.encode()).hexdigest()[:8]}"
