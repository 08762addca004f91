"""An article in another edition: which of its sentences are ours, and where claims about our text stand in it.

Our text is not at hand; offsets and fingerprints of its sentences are. A sentence of the edition that has one of these
fingerprints is the same, code point by code point but for case, accents and typography, so that what is at an offset of
the one is at that offset of the other. What stands between two such sentences is taken for the same where it is cut
into sentences of the same lengths in both, none of which should have a fingerprint: it is *bridged*, not verified.
Nothing else is guessed. A claim goes over whole or not at all: one that lost a part says something else.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from parallaxe.core.claims import Claim, Entity, Quote, Span, Stance
from parallaxe.core.layer_format import canonical_order
from parallaxe.text.document import Sentence
from parallaxe.text.fingerprints import Print


class Same(NamedTuple):
    """A stretch of our text that stands in the edition too; both have the same length."""

    start: int
    end: int
    there: int


class Carried(NamedTuple):
    """The claims about the edition, in canonical order, and those about our text that have no place in it."""

    claims: tuple[Claim, ...]
    lost: tuple[Claim, ...]


@dataclass(frozen=True)
class Edition:
    """How our text and an edition of it belong together: `verified` sentences, and `bridged` stretches between them.

    `missing` are sentences with a fingerprint that the edition does not have; `length` counts the code points of all
    sentences with a fingerprint.
    """

    verified: tuple[Same, ...]
    bridged: tuple[Same, ...]
    missing: tuple[Span, ...]
    length: int

    @property
    def share(self) -> float:
        """Share of what has fingerprints, in code points, that the edition has; 0 where nothing has."""
        return sum(same.end - same.start for same in self.verified) / self.length if self.length else 0.0

    @cached_property
    def _stretches(self) -> list[Same]:
        return sorted((*self.verified, *self.bridged))

    def place(self, span: Span) -> Span | None:
        """Where a span of our text stands in the edition; null where that is not known."""
        at = bisect_right(self._stretches, span.start, key=lambda same: same.start) - 1
        if at < 0 or span.start >= self._stretches[at].end:
            return None
        shift = self._stretches[at].there - self._stretches[at].start
        while self._stretches[at].end < span.end:
            end, at = self._stretches[at].end, at + 1
            if at == len(self._stretches) or self._stretches[at][::2] != (end, end + shift):
                return None
        return Span(span.start + shift, span.end + shift)

    def carry(self, claims: Sequence[Claim]) -> Carried:
        """Claims about our text as claims about the edition."""
        left = {claim.id: claim for claim in map(self._carry, claims) if claim is not None}
        while gone := [name for name, claim in left.items() if _leans_on(claim) not in (None, *left)]:
            for name in gone:
                del left[name]
        return Carried(canonical_order(left.values()), tuple(claim for claim in claims if claim.id not in left))

    def _carry(self, claim: Claim) -> Claim | None:
        match claim:
            case Entity():
                fragments = self._spans(claim.fragments)
                return None if fragments is None else replace(claim, fragments=fragments)
            case Quote():
                parts = [self._spans(spans) for spans in (claim.content, claim.cue, claim.sources)]
                content, cue, sources = parts
                if content is None or cue is None or sources is None:
                    return None
                return replace(claim, content=content, cue=cue, sources=sources)
            case Stance():
                evidence = self._spans(claim.evidence)
                return None if evidence is None else replace(claim, evidence=evidence)

    def _spans(self, spans: Sequence[Span]) -> tuple[Span, ...] | None:
        found = [self.place(span) for span in spans]
        there = tuple(span for span in found if span is not None)
        in_order = all(one.end <= other.start for one, other in pairwise(there))
        return there if len(there) == len(spans) and in_order else None


def _leans_on(claim: Claim) -> str | None:
    """The claim without which this one says nothing."""
    match claim:
        case Stance():
            return claim.quote
        case Quote():
            return claim.inside
    return None


def match_edition(
    prints: Sequence[Print], ours: Sequence[Sentence], there: Sequence[Print], theirs: Sequence[Sentence]
) -> Edition:
    """How a text of ours and an edition belong together.

    Args:
        prints: the fingerprints of our text.
        ours: all sentences of our text, in order.
        there: the fingerprints of the edition.
        theirs: all sentences of the edition, in order.
    """
    places: dict[str, list[Print]] = {}
    for one in there:
        places.setdefault(one.digest, []).append(one)
    verified, missing = [], []
    for one in prints:
        found = places.get(one.digest)
        if found and found[0].end - found[0].start == one.end - one.start:
            verified.append(Same(one.start, one.end, found.pop(0).start))
        else:
            missing.append(Span(one.start, one.end))
    changed = {span.start for span in missing}
    bridged = tuple(
        same
        for same in _bridges(verified, ours, theirs)
        if not any(one.start in changed for one in ours if same.start <= one.start < same.end)
    )
    return Edition(tuple(verified), bridged, tuple(missing), sum(one.end - one.start for one in prints))


def _bridges(verified: Sequence[Same], ours: Sequence[Sentence], theirs: Sequence[Sentence]) -> Iterator[Same]:
    """What lies between two verified sentences, or at an end, where both texts cut it in the same way."""
    if not verified:
        return
    ends = Same(0, 0, 0), Same(ours[-1].end, ours[-1].end, theirs[-1].end)
    fixed = sorted((ends[0], *verified, ends[1]))
    for before, after in pairwise(fixed):
        end = before.there + before.end - before.start
        if after.start - before.end != after.there - end or after.start == before.end:
            continue
        here = [(one.start - before.end, one.end - before.end) for one in ours if before.end <= one.start < after.start]
        found = [(one.start - end, one.end - end) for one in theirs if end <= one.start < after.there]
        if here == found:
            yield Same(before.end, after.start, end)
