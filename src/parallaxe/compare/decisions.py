"""Decisions about disagreements, as lines of a file that a person fills in.

A line of the queue is a line of the file: key, what differs, what either side says. Whoever settles it writes `keep`,
`why` and, for `edit`, the `fields` that change; lines whose `keep` is null still wait.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any, Literal, TypeAlias, get_args

from parallaxe.compare.disagreements import Disagreement, Queue
from parallaxe.core.claims import Claim, Layer
from parallaxe.core.errors import ProjectError
from parallaxe.core.layer_format import layer_lines, parse_layer

Keep: TypeAlias = Literal["a", "b", "both", "neither", "edit"]
"""Which side is right: where that side has no claim, none is kept; `edit` keeps a's (else b's) with other fields."""

_KEYS = ("key", "kind", "differs", "a", "b", "keep", "why", "fields")


@dataclass(frozen=True, slots=True)
class Decision:
    """How a disagreement is settled.

    `fields` are those of a line of a layer file, for `edit` alone; null takes one away. They name quotations by the ids
    of the side that is edited.
    """

    keep: Keep
    why: str | None = None
    fields: Mapping[str, Any] = field(default_factory=dict)


def decision_lines(waiting: Queue, decisions: Mapping[str, Decision] | None = None) -> Iterator[dict[str, Any]]:
    """The queue as JSON objects, with the decisions that were made; claims as the lines of their layer files.

    A decision about a pair that was agreed stands after them: it must not be lost when the file is written again.
    """
    known = {} if decisions is None else decisions
    agreed = (Disagreement(pair.a, pair.b, ()) for pair in waiting.agreed)
    for one in (*waiting.disagreements, *(one for one in agreed if one.key in known)):
        made = known.get(one.key)
        yield {
            "key": one.key,
            "kind": one.kind,
            "differs": list(one.differs),
            "a": claim_line(waiting.a, one.a) if one.a else None,
            "b": claim_line(waiting.b, one.b) if one.b else None,
            "keep": made.keep if made else None,
            "why": made.why if made else None,
            "fields": dict(made.fields) if made else {},
        }


def claim_line(layer: Layer, claim: Claim) -> dict[str, Any]:
    """A claim as its line in the file of its layer."""
    return next(islice(layer_lines(replace(layer, claims=(claim,))), 1, None))


def edited(layer: Layer, claim: Claim, fields: Mapping[str, Any], where: str) -> Claim:
    """A claim with other fields, read as strictly as a line of a layer file; a field that is null is taken away.

    Raises:
        ProjectError: if a key or value is not one that such a line may have; `where` names the decision.
    """
    fixed = sorted({"id", "kind"} & set(fields))
    if fixed:
        raise ProjectError(where, f"edits `{fixed[0]}`", "leave the claim out and make another one")
    header = next(layer_lines(layer))
    line = {name: value for name, value in {**claim_line(layer, claim), **fields}.items() if value is not None}
    return parse_layer([(1, header), (2, line)], where)[0].claims[0]


def parse_decisions(lines: Iterable[tuple[int, Mapping[str, Any]]], where: str) -> dict[str, Decision]:
    """The decisions that were made, by key of the disagreement, from numbered lines.

    Raises:
        ProjectError: if a line has an unknown key or `keep`, or settles what another line settles too.
    """
    made: dict[str, Decision] = {}
    for number, line in lines:
        decision = _decision(line, f"{where}:{number}")
        if decision is not None and line["key"] in made:
            raise ProjectError(f"{where}:{number}", f"`{line['key']}` is settled twice", "keep one of the two lines")
        if decision is not None:
            made[line["key"]] = decision
    return made


def _decision(line: Mapping[str, Any], where: str) -> Decision | None:
    unknown = sorted(set(line) - set(_KEYS))
    if unknown or not isinstance(line.get("key"), str):
        raise ProjectError(where, f"unknown key `{unknown[0]}`" if unknown else "no key", f"use {', '.join(_KEYS)}")
    keep = line.get("keep")
    if keep is None:
        return None
    if keep not in get_args(Keep):
        raise ProjectError(where, f"keep: {keep!r}", f"use one of {', '.join(get_args(Keep))}")
    for name, kind, remedy in (("why", str, "words or null"), ("fields", Mapping, "an object of fields")):
        if line.get(name) is not None and not isinstance(line[name], kind):
            raise ProjectError(where, f"{name}: {line[name]!r:.60}", f"write {remedy}")
    return Decision(keep, line.get("why"), line.get("fields") or {})
