"""A result of Label Studio as claims: the inverse of `writing`, for whatever a person has made of it.

Only sound parts are read (`borders`). What a claim is follows from the regions and their relations alone; how it came
to be follows from comparing it with what was proposed under the same id.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from parallaxe.core.claims import Claim, Provenance, Quote, Span
from parallaxe.core.layer_format import canonical_order
from parallaxe.studio import controls
from parallaxe.studio.borders import sound
from parallaxe.studio.hidden import read_sources
from parallaxe.studio.mentions import doubt_of, entities_of
from parallaxe.studio.names import from_server, server_labels, to_server
from parallaxe.studio.regions import Finding, Parts, TaskContext, parse_result
from parallaxe.studio.stances import StanceReader
from parallaxe.studio.voices import Linked

REVIEWED = "reviewed"
_UNTOLD = Provenance()


class Reading(NamedTuple):
    """What an annotator said, in canonical order, and what of it could not be read."""

    claims: tuple[Claim, ...]
    findings: tuple[Finding, ...]


def read_result(result: Iterable[object], task: TaskContext) -> Reading:
    """The claims that a result makes, each with how it came to be. Linear in the items.

    A claim whose id was proposed is `accepted` where nothing was decided otherwise, `changed` where something was, and
    keeps the tool, score and reason of the proposal; any other is `manual`. All are reviewed: a person submitted them.
    """
    there = replace(task, labels=server_labels(task.labels), proposals=to_server(task.proposals, task.labels))
    parts, findings = sound(parse_result(result), there)
    proposed = {claim.id: claim for claim in task.proposals}
    read = from_server(_claims(parts, there), task.labels)
    claims = (with_history(claim, proposed.get(claim.id)) for claim in read)
    return Reading(canonical_order(claims), findings)


def with_history(claim: Claim, proposal: Claim | None) -> Claim:
    """A claim with how it came to be, from the proposal with its id, which is null where there was none."""
    history = claim.provenance
    if proposal is None:
        return replace(claim, provenance=replace(history, status=REVIEWED, origin="manual"))
    before = proposal.provenance
    return replace(
        claim,
        provenance=Provenance(
            status=REVIEWED,
            origin="accepted" if decided(claim) == decided(proposal) else "changed",
            tool=before.tool,
            score=before.score,
            why=before.why,
            confidence=history.confidence,
            note=history.note,
        ),
    )


def decided(claim: Claim) -> Claim:
    """A claim without its history: what two annotators would have to agree on."""
    return replace(claim, provenance=_UNTOLD)


def _claims(parts: Parts, task: TaskContext) -> Iterator[Claim]:
    entities = list(entities_of(parts))
    yield from entities
    linked = Linked.of(entities)
    cues = _by_content(parts, controls.CUE_OF)
    sources = _by_content(parts, controls.SOURCE_OF)
    inside = {inner.id: outer.id for inner, outer in parts.related(controls.INSIDE)}
    stances = StanceReader(parts, task)
    for region in parts.roots_of(controls.CONTENT):
        spoken = read_sources(region.meta, sources[region.id])
        yield Quote(
            id=region.id,
            type=region.one(controls.TYPE) or "",
            content=parts.spans(region),
            cue=tuple(sorted(cues[region.id])),
            sources=spoken,
            inside=inside.get(region.id),
            provenance=doubt_of(region),
        )
        yield from stances.of_quote(region, spoken, linked)
    yield from stances.of_article(parts)


def _by_content(parts: Parts, label: str) -> Mapping[str, set[Span]]:
    found: dict[str, set[Span]] = defaultdict(set)
    for part, content in parts.related(label):
        found[content.id].add(part.span)
    return found
