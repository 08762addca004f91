"""Layers, decisions and conflicts about one text, carried to another.

`reanchor` carries claims; here it is asked for all that holds claims. Nothing falls without a line: whatever is carried
comes with what was lost of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from parallaxe.compare.anchoring import Fate, Version, reanchor
from parallaxe.compare.conflicts import Row, claim_as_line
from parallaxe.core.alignment import Alignment
from parallaxe.core.claims import Claim, Entity, Layer, Span
from parallaxe.core.layer_format import layer_lines, parse_layer
from parallaxe.text.document import text_digest

STATUSES = ("kept", "moved", "changed", "ambiguous", "lost")
"""What can become of a claim, the best first."""

_SPANS = ("fragments", "content", "cue", "sources", "evidence")


class CarriedLayer(NamedTuple):
    """A layer about a new text, and what became of each claim of the old one, in its canonical order."""

    layer: Layer
    fates: tuple[Fate, ...]

    @property
    def lost(self) -> tuple[Fate, ...]:
        """The claims that are not in the layer any more."""
        return tuple(fate for fate in self.fates if fate.new is None)


class CarriedLines(NamedTuple):
    """Lines of decisions about a new text, and those that are about nothing there, as they were."""

    lines: tuple[dict[str, Any], ...]
    lost: tuple[dict[str, Any], ...]


def carry_layer(layer: Layer, old: Version, new: Version, normalizer: str) -> CarriedLayer:
    """A layer about the text that `normalizer` makes now; the header names it, all else of it stays.

    Raises:
        ValueError: if a claim leaves the old text.
    """
    carried = reanchor(layer.claims, old, new)
    moved = replace(layer, text_sha256=text_digest(new.text), normalizer=normalizer, claims=carried.claims)
    return CarriedLayer(moved, carried.fates)


def carry_decisions(
    lines: Iterable[Mapping[str, Any]], old: Version, new: Version, gone: Collection[str] = ()
) -> CarriedLines:
    """Lines of a file of decisions; one of which a claim is lost (or among those `gone` from layers) settles nothing.

    Raises:
        ProjectError: if a claim in a line is broken.
        ValueError: if one leaves the old text.
    """
    given = [dict(line) for line in lines]
    sides = {side: _carried_side([line[side] for line in given if line.get(side)], old, new) for side in ("a", "b")}
    kept, lost = [], []
    for line in given:
        present = {side: sides[side][line[side]["id"]] for side in ("a", "b") if line.get(side)}
        if any(claim is None or claim.id in gone for claim in present.values()):
            lost.append(line)
            continue
        fields = {name: _on(value, old, new) if name in _SPANS else value for name, value in line["fields"].items()}
        kept.append({**line, **{side: claim_as_line(claim) for side, claim in present.items()}, "fields": fields})
    return CarriedLines(tuple(kept), tuple(lost))


def _carried_side(lines: Sequence[Mapping[str, Any]], old: Version, new: Version) -> dict[str, Claim | None]:
    """What becomes of the claims of one side, by their ids."""
    claims = {line["id"]: _claim(line) for line in lines}
    return {fate.old.id: fate.new for fate in reanchor(list(claims.values()), old, new).fates}


_NOBODY = next(iter(layer_lines(Layer("", "", "", "", None, "", "human", ()))))


def _claim(line: Mapping[str, Any]) -> Claim:
    return parse_layer([(0, _NOBODY), (1, line)], "decision")[0].claims[0]


def _on(pairs: Sequence[Sequence[int]] | None, old: Version, new: Version) -> list[list[int]] | None:
    """Spans that somebody wrote into a decision, where their words are now; those that are lost are left out."""
    if pairs is None:
        return None
    spans = [Entity(str(place), (Span(*pair),), "") for place, pair in enumerate(pairs)]
    fates = sorted(reanchor(spans, old, new).fates, key=lambda fate: int(fate.old.id))
    return [list(fate.new.fragments[0]) for fate in fates if fate.new is not None]


def carry_conflict(row: Row, old: Version, new: Version) -> Row | None:
    """A conflict of a layer that goes to another text; null where neither side is about it any more."""
    found = row.conflict
    base, ours, theirs = (_anew(claim, old, new) for claim in (found.base, found.ours, found.theirs))
    if ours is None and theirs is None:
        return None
    return row._replace(conflict=replace(found, base=base, ours=ours, theirs=theirs))


def _anew(claim: Claim | None, old: Version, new: Version) -> Claim | None:
    return None if claim is None else next(iter(reanchor([claim], old, new).claims), None)


def stand_in(raw: str, alignment: Alignment) -> Version:
    """A text of which only the alignment to its raw file is known: right wherever it copied, blank elsewhere.

    Good enough to carry spans through the raw file, which asks for places, not for words.

    Raises:
        ValueError: if the alignment is that of another raw file.
    """
    if alignment.raw_length != len(raw):
        raise ValueError(f"alignment to {alignment.raw_length} characters, raw file of {len(raw)}")
    parts = []
    for text_start, text_end, raw_start, raw_end in alignment.segments:
        length = text_end - text_start
        parts.append(raw[raw_start:raw_end] if length == raw_end - raw_start else "\N{REPLACEMENT CHARACTER}" * length)
    return Version("".join(parts), alignment)


def counted(fates: Iterable[Fate]) -> dict[str, int]:
    """How many claims have each status, in the order from kept to lost; only those that are."""
    counts: dict[str, int] = {}
    for fate in fates:
        counts[fate.status] = counts.get(fate.status, 0) + 1
    return {status: counts[status] for status in STATUSES if status in counts}
