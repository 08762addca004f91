"""What changed in one layer of one article, claim by claim.

Where the text changed, the claims of its old version are first carried to the new one: only what then differs is a
change, so that nothing counts as changed because text moved. Where a text is not at hand, its claims are compared by id
and their places are left out of it. Claims are paired as everywhere else, so that a relabelled mention is one change
and not a loss and a find.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, replace
from typing import Any

from parallaxe.compare.anchoring import Version, reanchor
from parallaxe.compare.changes import KINDS, ClaimChange, Kind, LayerChange
from parallaxe.compare.pairing import pair_claims
from parallaxe.core.claims import Claim, Layer, Provenance, Quote, Span, Stance
from parallaxe.core.layer_format import canonical_order, kind_of

_WAYS: Mapping[str, Kind] = {
    "fragments": "moved",
    "content": "moved",
    "evidence": "moved",
    "label": "relabelled",
    "metonymic": "relabelled",
    "type": "relabelled",
    "target": "relabelled",
    "polarity": "relabelled",
    "kb_id": "relinked",
    "holder": "relinked",
    "inside": "relinked",
    "quote": "relinked",
}
"""What a field that differs means; where only others do, such as those of its making, a claim is `changed`."""

_SPANS = frozenset({"fragments", "content", "cue", "sources", "evidence"})
_HEADER = ("normalizer", "guideline_version", "annotator", "annotator_type", "complete")


def diff_layers(
    old: Layer | None, new: Layer | None, texts: Mapping[str, str], signs: Mapping[str, int]
) -> LayerChange | None:
    """What changed in one layer of one article; None where nothing did, or its claims only went with their text.

    >>> from parallaxe.core.claims import Entity
    >>> a = Layer("gold", "un", "0", "n/1", None, "x", "human", (), (Entity("e", (Span(0, 3),), "PER"),))
    >>> b = Layer("gold", "un", "1", "n/1", None, "x", "human", (), (Entity("e", (Span(6, 9),), "ORG"),))
    >>> diff_layers(a, b, {"0": "Kim part.", "1": "Hier, Kim part."}, {}).claims[0].kinds
    ('relabelled',)
    """
    layer = new if new is not None else old
    if old == new or layer is None:
        return None
    old_text, new_text = (old.text_sha256 if old else None), (new.text_sha256 if new else None)
    if old is None or new is None:
        kind: Kind = "added" if old is None else "removed"
        claims = [_one_sided(claim, kind) for claim in canonical_order(layer.claims)]
        return LayerChange(layer.layer, layer.article_id, old_text, new_text, False, (), tuple(claims))
    carried = _carried(old, new, texts)
    headers = tuple(name for name in _HEADER if getattr(old, name) != getattr(new, name))
    claims = sorted(_claims(old, new, carried, signs), key=_place)
    if not claims and not headers:
        return None
    return LayerChange(layer.layer, layer.article_id, old_text, new_text, carried is None, headers, tuple(claims))


def _one_sided(claim: Claim, kind: Kind) -> ClaimChange:
    return ClaimChange(None, claim, (kind,)) if kind == "added" else ClaimChange(claim, None, (kind,))


def _place(change: ClaimChange) -> tuple[str, tuple[Span, ...], str, bool]:
    claim = change.claim
    return kind_of(claim), claim.fragments, claim.id, change.old is None


def _carried(old: Layer, new: Layer, texts: Mapping[str, str]) -> dict[str, Claim] | None:
    """The old claims about the new text by id, those that are lost left out; None where they cannot be carried."""
    if old.text_sha256 == new.text_sha256:
        return {claim.id: claim for claim in old.claims}
    before, after = texts.get(old.text_sha256), texts.get(new.text_sha256)
    if before is None or after is None:
        return None
    try:
        fates = reanchor(old.claims, Version(before), Version(after)).fates
    except ValueError:  # a span leaves its text: a broken layer is shown as it is
        return None
    ours = {claim.id: claim for claim in new.claims}
    carried: dict[str, Claim] = {}
    for fate in fates:
        other = ours.get(fate.old.id)
        if fate.status == "ambiguous" and other is not None and _words(other, after) == _words(fate.old, before):
            # It could have gone to several places, and whoever made the new layer chose one.
            carried[other.id] = _standing_as(fate.new or fate.old, other)
        elif fate.new is not None:
            carried[fate.old.id] = fate.new
    return carried


def _words(claim: Claim, text: str) -> list[tuple[str, list[str]]]:
    return [(name, [text[slice(*span)] for span in getattr(claim, name)]) for name in _own(claim) if name in _SPANS]


def _standing_as(claim: Claim, other: Claim) -> Claim:
    """A claim on the spans of another of its kind."""
    spans: dict[str, Any] = {name: getattr(other, name) for name in _own(other) if name in _SPANS}
    return replace(claim, **spans)


def _own(claim: Claim) -> list[str]:
    return [field.name for field in fields(claim) if field.name not in ("id", "provenance")]


def _claims(
    old: Layer, new: Layer, carried: Mapping[str, Claim] | None, signs: Mapping[str, int]
) -> Iterator[ClaimChange]:
    pairs = list(_pairs(old.claims, new.claims, carried))
    names = {one.id: other.id for one, other in pairs}
    before = {claim.id: claim for claim in old.claims}
    for one, other in pairs:
        if differing := tuple(_differing(one, other, names, with_spans=carried is not None)):
            kinds = {_way(name, one, other, signs) for name in differing}
            kinds = kinds - {"changed"} or kinds
            yield ClaimChange(before[one.id], other, tuple(kind for kind in KINDS if kind in kinds), differing)
    kept = {other.id for _, other in pairs}
    yield from (_one_sided(claim, "removed") for claim in old.claims if claim.id not in names)
    yield from (_one_sided(claim, "added") for claim in new.claims if claim.id not in kept)


def _pairs(
    old: Sequence[Claim], new: Sequence[Claim], carried: Mapping[str, Claim] | None
) -> Iterator[tuple[Claim, Claim]]:
    """Claims that are in both, the old ones where they stand in the new text, as far as they still stand in it.

    One of which no word is left can only be found again by its id.
    """
    by_id = {(kind_of(claim), claim.id): claim for claim in new}
    placed = carried or {}
    lost = [claim for claim in old if claim.id not in placed]
    again = [(claim, by_id[key]) for claim in lost if (key := (kind_of(claim), claim.id)) in by_id]
    yield from again
    taken = {other.id for _, other in again}
    if carried is not None:
        found = pair_claims(list(carried.values()), [claim for claim in new if claim.id not in taken], None)
        yield from ((pair.a, pair.b) for pair in found.pairs)


def _differing(one: Claim, other: Claim, names: Mapping[str, str], *, with_spans: bool) -> Iterator[str]:
    """The fields that differ; a reference is the same where it means the same claim, under whatever id."""
    for name in _own(other):
        before, after = getattr(one, name), getattr(other, name)
        if name in _SPANS:
            if with_spans and before != after:
                yield name
        elif (names.get(before, before) if _is_reference(one, name) else before) != after:
            yield name
    for field in fields(Provenance):
        if getattr(one.provenance, field.name) != getattr(other.provenance, field.name):
            yield field.name
    if one.id != other.id:
        yield "id"


def _is_reference(claim: Claim, name: str) -> bool:
    return (isinstance(claim, Quote) and name == "inside") or (isinstance(claim, Stance) and name == "quote")


def _way(name: str, one: Claim, other: Claim, signs: Mapping[str, int]) -> Kind:
    if name == "polarity" and isinstance(one, Stance) and isinstance(other, Stance):
        return "flipped" if signs.get(one.polarity, 0) * signs.get(other.polarity, 0) < 0 else "relabelled"
    return _WAYS.get(name, "changed")
