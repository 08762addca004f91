"""Layers read back from the rows of a dataset, and layers seen as a dataset would tell them.

`annotations` tells of every claim of every layer what was decided, and of no claim its history. `entities`, `quotes`
and `stances` tell all of the layer that counts, but of a stance not its id. So that a project can be compared with a
dataset, a layer of the project is first reduced to what the rows of that dataset can say: whatever they leave out is no
change.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeAlias

from parallaxe.core.claims import AUTHOR, Claim, Entity, Layer, Provenance, Quote, Span, Stance
from parallaxe.core.labels import LabelSet
from parallaxe.core.layer_format import kind_of

Row: TypeAlias = Mapping[str, Any]
"""A row by column, its labels by name."""

TABLES: Mapping[str, str] = {"entity": "entities", "quote": "quotes", "stance": "stances"}
"""The table that tells all of the claims of a kind."""

_HISTORY = ("status", "origin", "tool", "confidence", "note", "why", "created")
_REMARKS = ("note", "why")
_SCORE_PLACES = 3


def told_layer(header: Layer, rows: Iterable[Row], details: Mapping[str, Sequence[Row]], levels: LabelSet) -> Layer:
    """A layer from its rows of `annotations`, and those of the tables that tell more of it.

    Args:
        header: the layer without claims.
        rows: its rows of `annotations`.
        details: its rows of `entities`, `quotes` and `stances`, by kind of claim; without any, `annotations` is all.
        levels: the label set `stance_levels`, from which a stance has its level where no other row tells it.
    """
    rows = list(rows)
    by_id = {row[f"{kind}_id"]: row for kind in ("entity", "quote") for row in details.get(kind, ())}
    by_id |= dict(_stance_details([row for row in rows if row["kind"] == "stance"], details.get("stance", ())))
    return replace(header, claims=tuple(_claim(row, by_id.get(row["claim_id"]), levels) for row in rows))


def _stance_details(rows: Iterable[Row], details: Iterable[Row]) -> Iterator[tuple[str, Row]]:
    """The row of `stances` of each claim: the two have no id in common, but all that was decided."""
    waiting: dict[object, list[Row]] = {}
    for row in sorted(details, key=lambda row: str(row["stance_id"])):
        waiting.setdefault(_decision(row, "evidence"), []).append(row)
    for row in sorted(rows, key=lambda row: str(row["claim_id"])):
        if found := waiting.get(_decision(row, "fragments")):
            yield row["claim_id"], found.pop(0)


def _decision(row: Row, spans: str) -> object:
    decided = (row[name] for name in ("holder", "target", "polarity", "intensity", "status"))
    return (*decided, _spans(row[spans]))


def _claim(row: Row, detail: Row | None, levels: LabelSet) -> Claim:
    told: Row = detail if detail is not None else {}
    name, spans = row["claim_id"], _spans(row["fragments"])
    provenance = _provenance(row, told)
    match row["kind"]:
        case "entity":
            return Entity(name, spans, row["label"], told.get("metonymic"), row["kb_id"], provenance)
        case "quote":
            cue, sources = _spans(told.get("cue")), _spans(told.get("sources"))
            return Quote(name, row["label"], spans, cue, sources, told.get("inside"), provenance)
        case _:
            level = told.get("level") or _level(row["holder"], levels)
            decided = (row["holder"], row["target"], row["polarity"], row["intensity"])
            return Stance(name, level, *decided, spans, told.get("quote_id"), provenance)


def _level(holder: str, levels: LabelSet) -> str:
    return next(level.name for level in levels.labels if level.own == (holder == AUTHOR))


def _spans(told: Iterable[Row] | None) -> tuple[Span, ...]:
    return tuple(Span(span["start"], span["end"]) for span in told or () if span["start"] is not None)


def _provenance(row: Row, detail: Row) -> Provenance:
    if not detail:
        return Provenance(row["status"])
    history = {name: detail[name] for name in _HISTORY}
    return Provenance(**history, score=_rounded(detail["score"]), derived_from=tuple(detail["derived_from"] or ()))


def _rounded(score: float | None) -> float | None:
    return None if score is None else round(float(score), _SCORE_PLACES)


def as_told(layer: Layer, kinds: Collection[str], *, remarks: bool) -> Layer:
    """A layer as the rows of a dataset tell it.

    Args:
        layer: of a project.
        kinds: the kinds of claims whose tables tell all of this layer.
        remarks: whether the dataset may tell what somebody remarked about this article.
    """
    detailed = dict(_paired(layer.stances)) if "stance" in kinds else {}
    claims = tuple(
        _with_remarks(detailed.get(claim.id, claim), remarks=remarks) if kind_of(claim) in kinds else _bare(claim)
        for claim in layer.claims
    )
    return replace(layer, complete=(), claims=claims, guideline_version=layer.guideline_version if kinds else None)


def _paired(stances: Iterable[Stance]) -> Iterator[tuple[str, Stance]]:
    """Stances that say the same of different quotations, each with the quotation that their rows would give it."""
    alike: dict[object, list[Stance]] = {}
    for stance in stances:
        said = (stance.holder, stance.target, stance.polarity, stance.intensity, stance.evidence)
        alike.setdefault((*said, stance.provenance.status), []).append(stance)
    for group in alike.values():
        ids = sorted(stance.id for stance in group)
        for name, stance in zip(ids, sorted(group, key=lambda own: own.quote or ""), strict=True):
            yield name, replace(stance, id=name)


def _with_remarks(claim: Claim, *, remarks: bool) -> Claim:
    hidden: dict[str, Any] = {} if remarks else dict.fromkeys(_REMARKS)
    history = replace(claim.provenance, score=_rounded(claim.provenance.score), **hidden)
    return replace(claim, provenance=history)


def _bare(claim: Claim) -> Claim:
    """What `annotations` tells of a claim."""
    history = Provenance(claim.provenance.status)
    match claim:
        case Entity():
            return replace(claim, metonymic=None, provenance=history)
        case Quote():
            return replace(claim, cue=(), sources=(), inside=None, provenance=history)
        case Stance():
            return replace(claim, quote=None, provenance=history)
