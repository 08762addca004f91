"""An annotation of the server as claims: read against what was proposed, and as git may hold them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from parallaxe.core.claims import Claim
from parallaxe.core.labels import LabelSet
from parallaxe.core.layer_format import canonical_order
from parallaxe.dataset.withhold import withhold_claims
from parallaxe.store.sync.given import Given, GivenTask
from parallaxe.store.sync.proposals import known_proposals
from parallaxe.store.sync.records import Seen
from parallaxe.store.sync.session import Session
from parallaxe.studio.names import from_server
from parallaxe.studio.reading import decided, read_result
from parallaxe.studio.regions import Finding, TaskContext
from parallaxe.text.document import Block

_OF_PROPOSALS = ("accepted", "changed")


class Theirs(NamedTuple):
    """What an annotator says, whole (`for_git` makes it fit for git), and what of it could not be read as it is."""

    claims: tuple[Claim, ...]
    findings: tuple[Finding, ...]


def read_theirs(session: Session, task: GivenTask, given: Given, seen: Seen | None) -> Theirs:
    """The claims of an annotation whose task is sound.

    A region that is refused deletes nothing: what was last seen under its id stays. What came from a proposal of an
    older text keeps its history although the proposals of this text do not name it.
    """
    reading = read_result(given.result, task_context(session, task))
    labels = session.places.project.schemas.labels
    before = {claim.id: claim for claim in from_server(seen.claims if seen is not None else (), labels)}
    claims = [with_old_history(claim, before) for claim in reading.claims]
    there = {claim.id for claim in claims}
    refused = {finding.region for finding in reading.findings if finding.refused}
    claims += [before[name] for name in sorted(before) if name in refused and name not in there]
    return Theirs(canonical_order(claims), reading.findings)


def task_context(session: Session, task: GivenTask) -> TaskContext:
    """What the results of a task are read against."""
    session.add_text(task.text)
    known = session.text(task.article_id, task.text_sha256)
    labels = session.places.project.schemas.labels
    return TaskContext(
        text=task.text,
        blocks=(known.blocks if known is not None else ()) or one_block(task.text, labels),
        labels=labels,
        proposals=tuple(_proposals(session, task)),
        task=task.key,
    )


def one_block(text: str, labels: Mapping[str, LabelSet]) -> tuple[Block, ...]:
    """A text of which only the server knew, and so nobody its blocks: all of it may be annotated."""
    role = next(label.name for label in labels["block_roles"].labels if label.annotated)
    return (Block(role, 0, len(text)),)


def _proposals(session: Session, task: GivenTask) -> Iterator[Claim]:
    """What was ever proposed in a task, by id; of two that share one, the newest."""
    by_id: dict[str, Claim] = {}
    for version in task.versions:
        found = known_proposals(session.places, task.article_id, version, session.options.layer, session.options.kinds)
        by_id |= {claim.id: claim for claim in from_server(found, session.places.project.schemas.labels)}
    yield from by_id.values()


def with_old_history(claim: Claim, before: Mapping[str, Claim]) -> Claim:
    """A claim with the proposal's history that the claim with its id had before, where it seems to be made by hand."""
    old, history = before.get(claim.id), claim.provenance
    if old is None or history.origin in _OF_PROPOSALS or old.provenance.origin not in _OF_PROPOSALS:
        return claim
    origin = old.provenance.origin if decided(old) == decided(claim) else "changed"
    kept = old.provenance
    return replace(claim, provenance=replace(history, origin=origin, tool=kept.tool, score=kept.score, why=kept.why))


def for_git(session: Session, article_id: str, claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
    """Claims as git may hold them: without the words of an article that is restricted."""
    if session.is_open(article_id):
        return claims
    return withhold_claims(claims, session.places.project.schemas)
