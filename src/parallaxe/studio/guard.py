"""What we send: claims as a result, and what would not come back of them as it was."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from parallaxe.core.claims import Claim
from parallaxe.studio.items import Item
from parallaxe.studio.reading import decided, read_result
from parallaxe.studio.regions import Finding, TaskContext
from parallaxe.studio.writing import write_result

CARRIED = "claim-carried"
"""The rule that a claim comes back as it was sent."""


class Guarded(NamedTuple):
    """A result that may be sent, and what is wrong with claims that it does not hold, or holds otherwise."""

    result: list[Item]
    findings: tuple[Finding, ...]


def guarded(claims: Sequence[Claim], task: TaskContext, candidates: Collection[str] | None = None) -> Guarded:
    """Claims as a result, with the findings that pulling it back at once would give. Linear in the claims.

    A claim that does not come back as it is has a finding `claim-carried`: nothing is sent that would be lost.
    """
    result = write_result(claims, task.text, task.labels, candidates)
    reading = read_result(result, task)
    back = {claim.id: claim for claim in reading.claims}
    lost = (
        Finding(CARRIED, task.task, claim.id, "it would not come back as it is", refused=True)
        for claim in claims
        if claim.id not in back or not _same(claim, back[claim.id])
    )
    return Guarded(result, (*reading.findings, *lost))


def _same(claim: Claim, back: Claim) -> bool:
    doubt = [(one.provenance.confidence, one.provenance.note) for one in (claim, back)]
    return decided(claim) == decided(back) and doubt[0] == doubt[1]
