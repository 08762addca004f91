"""Which claims of three versions of a layer are one claim: by id, and by what it stands on where the id is another.

An id says who a claim is as long as it is kept. It is not kept where somebody deletes a claim and draws it anew, and
two people who add the same claim give it two. So claims whose id is in one version alone are looked for again: first
by all that was decided, then by place and label, last by place alone where nothing else could be meant.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Literal, NamedTuple, TypeAlias

from parallaxe.core.claims import Claim, Entity, Quote, Stance
from parallaxe.core.layer_format import canonical_order

Version: TypeAlias = Literal["base", "ours", "theirs"]
Side: TypeAlias = Literal["ours", "theirs"]

SIDES: tuple[Side, Side] = ("ours", "theirs")

Thing: TypeAlias = dict[Version, Claim]
"""One claim as each version has it; a version that lacks it has no entry."""

Places: TypeAlias = Mapping[str, int]
"""The position of the thing that an id means."""


class Lineage(NamedTuple):
    """All things that three versions tell of, and where each version's ids stand among them."""

    things: list[Thing]
    places: dict[Version, dict[str, int]]

    def put(self, version: Version, claim: Claim, place: int) -> None:
        """Say that a claim of a version is the thing at a place, or a new one where the place is the next."""
        if place == len(self.things):
            self.things.append({})
        self.things[place][version] = claim
        self.places[version][claim.id] = place


def identify(base: Sequence[Claim], ours: Sequence[Claim], theirs: Sequence[Claim]) -> Lineage:
    """The things of three versions; each claim of each version is in exactly one of them.

    >>> from parallaxe.core.claims import Span
    >>> kiev = Entity("x", (Span(0, 4),), "LOC")
    >>> identify([kiev], [kiev], [Entity("redrawn", (Span(0, 4),), "LOC")]).places["theirs"]
    {'redrawn': 0}
    """
    claims: dict[Version, Sequence[Claim]] = {"base": base, "ours": ours, "theirs": theirs}
    claims = {version: canonical_order(own) for version, own in claims.items()}
    lineage = Lineage([], {"base": {}, "ours": {}, "theirs": {}})
    shared = {claim.id for claim in ours} & {claim.id for claim in theirs}
    at: dict[str, int] = {}
    for version, own in claims.items():
        for claim in own:
            if version == "base" or claim.id in at or claim.id in shared:
                lineage.put(version, claim, at.setdefault(claim.id, len(lineage.things)))
    for kind in (Entity, Quote, Stance):  # stances last: they are compared by the things that their quotations are
        _identify_again(lineage, {name: [c for c in own if type(c) is kind] for name, own in claims.items()})
    return lineage


def _identify_again(lineage: Lineage, claims: Mapping[Version, Sequence[Claim]]) -> None:
    """Claims of one kind whose id is in one version alone: drawn again, added on both sides, or new."""
    for side in SIDES:
        gone = [claim for claim in claims["base"] if side not in lineage.things[lineage.places["base"][claim.id]]]
        for one, other in _found_again("base", gone, side, _unplaced(lineage, claims, side), lineage):
            lineage.put(side, other, lineage.places["base"][one.id])
    added = _unplaced(lineage, claims, "ours"), _unplaced(lineage, claims, "theirs")
    twins = _found_again("ours", added[0], "theirs", added[1], lineage)
    for claim in added[0]:
        lineage.put("ours", claim, len(lineage.things))
    for one, other in twins:
        lineage.put("theirs", other, lineage.places["ours"][one.id])
    for claim in _unplaced(lineage, claims, "theirs"):
        lineage.put("theirs", claim, len(lineage.things))


def _unplaced(lineage: Lineage, claims: Mapping[Version, Sequence[Claim]], side: Side) -> list[Claim]:
    return [claim for claim in claims[side] if claim.id not in lineage.places[side]]


def _found_again(
    version: Version, a: Sequence[Claim], side: Side, b: Sequence[Claim], lineage: Lineage
) -> list[tuple[Claim, Claim]]:
    """Claims of a that b has under other ids."""
    keys_a = {claim.id: _keys(claim, lineage.places[version], version) for claim in a}
    keys_b = {claim.id: _keys(claim, lineage.places[side], version) for claim in b}
    found: list[tuple[Claim, Claim]] = []
    for stage in range(3):
        left_a = _without(a, (one for one, _ in found))
        left_b = _without(b, (other for _, other in found))
        if stage == 2:
            left_a = _alone(left_a, lambda claim: keys_a[claim.id][2])
            left_b = _alone(left_b, lambda claim: keys_b[claim.id][2])
        waiting: dict[Hashable, deque[Claim]] = defaultdict(deque)
        for claim in left_b:
            waiting[keys_b[claim.id][stage]].append(claim)
        waiting.pop(None, None)
        found += [(c, waiting[key].popleft()) for c in left_a if waiting.get(key := keys_a[c.id][stage])]
    return found


def _without(claims: Iterable[Claim], taken: Iterable[Claim]) -> list[Claim]:
    gone = {claim.id for claim in taken}
    return [claim for claim in claims if claim.id not in gone]


def _alone(claims: Sequence[Claim], key: Callable[[Claim], Hashable]) -> list[Claim]:
    """The claims that no other shares its key with."""
    counted = Counter(key(claim) for claim in claims)
    return [claim for claim in claims if counted[key(claim)] == 1]


def _keys(claim: Claim, places: Places, version: Version) -> tuple[Hashable, Hashable, Hashable]:
    """What makes a claim this one, from the strictest to the weakest; the weakest must be alone, None is none.

    Two stances that were added about one target may be two, of two holders; one that was there and has another holder
    on one side is the same, changed.
    """
    whole = said(claim, places)
    match claim:
        case Entity():
            return whole, (claim.fragments, claim.label), claim.fragments
        case Quote():
            return whole, (claim.content, claim.type), claim.content
        case Stance():
            about = (claim.level, _thing(claim.quote, places), claim.target)
            return whole, (about, claim.holder), about if version == "base" else None


def said(claim: Claim, places: Places) -> tuple[Hashable, ...]:
    """All that was decided in a claim, with its doubt and its note; the same for the same things under other ids."""
    remarks = (claim.provenance.confidence, claim.provenance.note)
    match claim:
        case Entity():
            return ("entity", claim.fragments, claim.label, claim.metonymic, claim.kb_id, *remarks)
        case Quote():
            spans = (claim.content, tuple(sorted(claim.cue)), tuple(sorted(claim.sources)))
            return ("quote", *spans, claim.type, _thing(claim.inside, places), *remarks)
        case Stance():
            about = (claim.level, _thing(claim.quote, places), claim.holder, claim.target)
            return ("stance", *about, claim.polarity, claim.intensity, tuple(sorted(claim.evidence)), *remarks)


def reference(claim: Claim | None) -> str | None:
    """The id of the quotation that a claim needs: the one it lies in, or the one that carries it."""
    match claim:
        case Quote(inside=str(name)) | Stance(quote=str(name)):
            return name
    return None


def _thing(name: str | None, places: Places) -> int | str | None:
    """The thing that an id means; the id itself where the version does not have it."""
    return None if name is None else places.get(name, name)
