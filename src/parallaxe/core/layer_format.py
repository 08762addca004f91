"""The lines of a layer file: a header, then one claim on each line, in one canonical order and form.

A git diff of a layer is a review, so a claim is one line, keys stand in a fixed order, claims are sorted by kind and
place, and what was not decided is not written. Reading is strict: a misspelt key would be a decision that is lost.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from hashlib import sha256
from typing import Any, NamedTuple

from parallaxe.core.claims import Claim, Entity, Layer, Provenance, Quote, Span, Stance
from parallaxe.core.errors import ProjectError

KINDS = ("entity", "quote", "stance")
"""Kinds of claims in the order in which they stand in a file."""

_HEADER = (
    "layer",
    "article_id",
    "text_sha256",
    "normalizer",
    "guideline_version",
    "annotator",
    "annotator_type",
    "complete",
)
_PROVENANCE = ("status", "origin", "tool", "score", "confidence", "note", "why", "created", "derived_from")
_OWN = {
    "entity": ("fragments", "label", "metonymic", "kb_id"),
    "quote": ("type", "content", "cue", "sources", "inside"),
    "stance": ("level", "holder", "target", "polarity", "intensity", "evidence", "quote"),
}
_LONGEST = 2**31 - 1  # what an offset may be in the tables that are made of layers
_SPANS = frozenset({"fragments", "content", "cue", "sources", "evidence"})
_MAKERS: Mapping[str, Callable[..., Claim]] = {"entity": Entity, "quote": Quote, "stance": Stance}
_KIND_OF = {maker: kind for kind, maker in _MAKERS.items()}
_RANK = {maker: KINDS.index(kind) for kind, maker in _MAKERS.items()}


def kind_of(claim: Claim) -> str:
    """The kind of a claim: `entity`, `quote` or `stance`."""
    return _KIND_OF[type(claim)]


def canonical_order(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """Claims by kind, then by where they begin and end, then by id; stances of the whole article stand first."""
    return tuple(sorted(claims, key=lambda claim: (_RANK[type(claim)], _extent(claim), claim.id)))


def _extent(claim: Claim) -> tuple[int, int]:
    if isinstance(claim, Stance) and claim.quote is None:
        return (-1, -1)
    spans = claim.fragments
    return (spans[0].start, spans[-1].end) if spans else (-1, 0)


def layer_lines(layer: Layer) -> Iterator[dict[str, Any]]:
    """The lines of a layer as JSON objects, header first, claims in canonical order."""
    yield {name: _plain(getattr(layer, name)) for name in _HEADER}
    for claim in canonical_order(layer.claims):
        kind = kind_of(claim)
        own = {name: _plain(getattr(claim, name)) for name in _OWN[kind]}
        history = {name: _plain(getattr(claim.provenance, name)) for name in _PROVENANCE}
        default = {name: _plain(getattr(Provenance(), name)) for name in _PROVENANCE}
        told = {name: value for name, value in own.items() if value not in (None, [])}
        yield {"id": claim.id, "kind": kind, **told, **{n: v for n, v in history.items() if v != default[n]}}


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


class LineFault(NamedTuple):
    """What is wrong with a line (from 1): the rule it breaks, what is wrong, and what to do."""

    line: int
    rule: str
    what: str
    remedy: str


class ReadLayer(NamedTuple):
    """What the lines of a file give: the layer (null without a header), the line of each claim, and broken lines."""

    layer: Layer | None
    lines: Mapping[str, int]
    faults: tuple[LineFault, ...]


def parse_layer(lines: Iterable[tuple[int, Mapping[str, Any]]], where: str) -> tuple[Layer, dict[str, int]]:
    """A layer from its lines (number and object), and the line of each claim by its id.

    Raises:
        ProjectError: if the header is missing or a line has a wrong key, kind or value, or an id comes twice; `where`
            names the file, and the message the line.
    """
    layer, places, faults = scan_layer(lines)
    if layer is None or faults:
        fault = faults[0]
        raise ProjectError(f"{where}:{fault.line}", f"{fault.rule}: {fault.what}", fault.remedy)
    return layer, dict(places)


def scan_layer(lines: Iterable[tuple[int, Mapping[str, Any]]]) -> ReadLayer:
    """The same without stopping at what is broken: a claim that cannot be read is a fault and left out."""
    numbered = iter(lines)
    number, header = next(numbered, (1, {}))
    faults = list(_header_faults(header, number))
    claims: list[Claim] = []
    places: dict[str, int] = {}
    for line_number, line in numbered:
        claim = _claim(line, line_number)
        if isinstance(claim, LineFault):
            faults.append(claim)
        elif claim.id in places:
            what = f"`{claim.id}` stands in line {places[claim.id]} too"
            faults.append(LineFault(line_number, "id-unique", what, "ids are never used twice in an article"))
        else:
            places[claim.id] = line_number
            claims.append(claim)
    if any(fault.rule == "layer-header" for fault in faults):
        return ReadLayer(None, places, tuple(faults))
    fields: dict[str, Any] = {**header, "complete": tuple(header["complete"])}
    return ReadLayer(Layer(**fields, claims=tuple(claims)), places, tuple(faults))


def _header_faults(header: Mapping[str, Any], line: int) -> Iterator[LineFault]:
    remedy = f"write {', '.join(_HEADER)}"
    if set(header) != set(_HEADER):
        wrong = sorted(set(header) ^ set(_HEADER))
        yield LineFault(line, "layer-header", f"wrong key {wrong}", remedy)
        return
    for name, value in header.items():
        is_right = isinstance(value, str) or (name == "guideline_version" and value is None)
        if name == "complete":
            is_right = isinstance(value, list) and all(isinstance(kind, str) for kind in value)
        if not is_right:
            yield LineFault(line, "layer-header", f"`{name}` is {value!r}", remedy)


def _claim(line: Mapping[str, Any], number: int) -> Claim | LineFault:
    kind = line.get("kind")
    if not isinstance(kind, str) or kind not in _OWN:
        return LineFault(number, "claim-kind", repr(kind), f"use one of {', '.join(KINDS)}")
    remedy = f"{kind} has {', '.join(_OWN[kind])}"
    unknown = sorted(set(line) - {"id", "kind", *_OWN[kind], *_PROVENANCE})
    if unknown or not isinstance(line.get("id"), str):
        what = f"unknown key `{unknown[0]}`" if unknown else "no id"
        return LineFault(number, "claim-keys", what, remedy)
    try:
        own = {
            name: _spans(line[name]) if name in _SPANS else _word(name, line[name])
            for name in _OWN[kind]
            if name in line
        }
        return _MAKERS[kind](id=line["id"], **own, provenance=_provenance(line))
    except (TypeError, ValueError, KeyError) as error:
        return LineFault(number, "claim-form", str(error), remedy)


def _word(name: str, value: object) -> object:
    """A value that is no list of spans: a whole number for `intensity`, else a string or null."""
    if name == "intensity":
        if type(value) is not int:
            raise ValueError(f"{name} is {value!r}, no whole number")
    elif value is not None and not isinstance(value, str):
        raise ValueError(f"{name} is {value!r}, no string")
    return value


def _spans(pairs: Iterable[Any]) -> tuple[Span, ...]:
    return tuple(_span(pair) for pair in pairs)


def _span(pair: object) -> Span:
    if not (isinstance(pair, list | tuple) and len(pair) == 2 and all(type(offset) is int for offset in pair)):
        raise ValueError(f"{pair!r} is no [start, end]")
    start, end = pair
    if not 0 <= start < end <= _LONGEST:
        raise ValueError(f"[{start}, {end}] is no span")
    return Span(start, end)


def _provenance(line: Mapping[str, Any]) -> Provenance:
    fields = {name: line[name] for name in _PROVENANCE if name in line}
    if "created" in fields:
        fields["created"] = date.fromisoformat(fields["created"])
    if "derived_from" in fields:
        fields["derived_from"] = tuple(fields["derived_from"])
    return Provenance(**fields)


def mint(seed: str, taken: set[str]) -> str:
    """A new opaque id that is not taken; it is added to those taken.

    The same seed gives the same id where it is free, so that a layer written twice by one program is the same file.
    """
    attempt = 0
    while True:
        name = sha256(f"{seed}#{attempt}".encode()).hexdigest()[:8]
        if name not in taken:
            taken.add(name)
            return name
        attempt += 1
