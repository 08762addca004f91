"""Three versions of a layer made one: what moved on one side applies, what moved on both is a conflict, none is lost.

A claim moved where what was decided, its doubt or its note is another than in the base; history (status, origin, tool,
score …) follows the side that moved. A merge changes nothing that both sides agree on: where both moved alike, ours
stays as it is, under its own id, and what the other side says of its own id is said of that one.

Claims refer to each other, so sides that are each fine may not be so together: a stance was added to a quotation that
the other side deleted, two quotations were put inside each other, one thing was drawn twice. All claims that are part
of such a thing are in conflict then, with all that fell with the quotation, so that a person has both ways before them.
On conflict the result keeps ours: it is a version of one side or refers to claims that both have, hence always whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Literal, NamedTuple, TypeAlias

from parallaxe.compare.lineage import SIDES, Lineage, Places, Side, Thing, Version, identify, reference, said
from parallaxe.core.claims import Claim, Entity, Quote, Stance
from parallaxe.core.layer_format import canonical_order, kind_of

Reason: TypeAlias = Literal["added", "changed", "deleted", "depends", "repeated", "circular"]
"""Why a person is asked: both sides added, or changed, differently; one deleted what the other changed; it hangs on a
quotation that is in conflict or that only one side has; together the two sides say one thing twice, or put quotations
inside each other."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A claim that cannot be merged, as base, ours and theirs have it (null where it is missing).

    All versions bear the id that the claim has in the result (or would have), and refer to claims by their ids there.
    """

    id: str
    reason: Reason
    base: Claim | None
    ours: Claim | None
    theirs: Claim | None

    @property
    def kind(self) -> str:
        """The kind of claim it is about: that of ours, else that of theirs."""
        claim = self.ours or self.theirs
        assert claim is not None, "a conflict has a claim of at least one side"
        return kind_of(claim)


class Merged(NamedTuple):
    """The merged claims in canonical order, ours where there is a conflict; and the conflicts by their ids."""

    claims: tuple[Claim, ...]
    conflicts: tuple[Conflict, ...]


def merge(base: Sequence[Claim], ours: Sequence[Claim], theirs: Sequence[Claim]) -> Merged:
    """Merge two versions of the claims about one text that come from a common one; ids are unique within each version.

    Every claim of either side is in the result, in a conflict, or was deleted by the other side while this one left it
    as it was. References of the result are whole if those of both sides are.

    >>> from parallaxe.core.claims import Span
    >>> kiev = Entity("x", (Span(0, 4),), "LOC")
    >>> merged = merge([kiev], [replace(kiev, kb_id="kiev")], [replace(kiev, label="ORG")])
    >>> [claim.label for claim in merged.claims], [conflict.reason for conflict in merged.conflicts]
    (['LOC'], ['changed'])
    """
    lineage = identify(base, ours, theirs)
    verdicts = [_verdict(thing, lineage) for thing in lineage.things]
    disputed = _disputed(lineage, verdicts)
    names = [
        _name(*pair, is_disputed=place in disputed)
        for place, pair in enumerate(zip(lineage.things, verdicts, strict=True))
    ]

    def named(place: int, version: Version) -> Claim | None:
        return _renamed(lineage.things[place].get(version), names[place], lineage.places[version], names)

    kept = (named(place, "ours" if place in disputed else verdict.choice) for place, verdict in enumerate(verdicts))
    conflicts = [
        Conflict(names[place], why, named(place, "base"), named(place, "ours"), named(place, "theirs"))
        for place, why in disputed.items()
    ]
    claims = canonical_order(claim for claim in kept if claim is not None)
    return Merged(claims, tuple(sorted(conflicts, key=lambda conflict: conflict.id)))


class _Verdict(NamedTuple):
    """Which sides moved, whose version is taken, and, where neither can be, why."""

    moved: tuple[Side, ...]
    choice: Side
    conflict: Reason | None = None

    @property
    def mover(self) -> Side | None:
        """The side that moved alone."""
        return self.moved[0] if len(self.moved) == 1 else None


def _verdict(thing: Thing, lineage: Lineage) -> _Verdict:
    """What becomes of one thing, as long as nothing else is looked at."""
    words = {version: said(claim, lineage.places[version]) for version, claim in thing.items()}
    moved = tuple(side for side in SIDES if words.get(side) != words.get("base"))
    if len(moved) == 1:
        return _Verdict(moved, moved[0])
    if not moved:  # history may have moved
        return _Verdict(moved, "ours" if thing.get("ours") != thing.get("base") else "theirs")
    if words.get("ours") == words.get("theirs"):
        return _Verdict(moved, "ours")
    reason: Reason = "added" if "base" not in thing else "changed" if len(thing) == 3 else "deleted"
    return _Verdict(moved, "ours", reason)


def _disputed(lineage: Lineage, verdicts: Sequence[_Verdict]) -> dict[int, Reason]:
    """The things in conflict, by place, for themselves and because of others; the same whichever side is ours."""
    disputed: dict[int, Reason] = {
        place: verdict.conflict for place, verdict in enumerate(verdicts) if verdict.conflict is not None
    }
    while True:
        found = _faults(lineage, verdicts, disputed)
        found |= dict.fromkeys(_hanging(lineage, verdicts, disputed), "depends")
        found |= dict.fromkeys(_fallen(lineage, verdicts, disputed), "depends")
        if found.keys() <= disputed.keys():
            return disputed
        disputed = found | disputed


def _hanging(lineage: Lineage, verdicts: Sequence[_Verdict], disputed: Mapping[int, Reason]) -> Iterator[int]:
    """Things of which a version that may be kept needs a quotation that may be none, and those quotations."""
    for place, (thing, verdict) in enumerate(zip(lineage.things, verdicts, strict=True)):
        for side in SIDES if place in disputed else (verdict.choice,):
            needed = lineage.places[side].get(reference(thing.get(side)) or "")
            if needed is None:
                continue
            possible = SIDES if needed in disputed else (verdicts[needed].choice,)
            if not all(isinstance(lineage.things[needed].get(one), Quote) for one in possible):
                yield place
                yield needed


def _fallen(lineage: Lineage, verdicts: Sequence[_Verdict], disputed: Mapping[int, Reason]) -> Iterator[int]:
    """Things that one side moved because it deleted the quotation they hung on, which is in conflict."""
    for place, (thing, verdict) in enumerate(zip(lineage.things, verdicts, strict=True)):
        needed = lineage.places["base"].get(reference(thing.get("base")) or "")
        if needed is None or needed not in disputed or verdict.mover is None:
            continue
        if not isinstance(lineage.things[needed].get(verdict.mover), Quote):
            yield place


def _faults(lineage: Lineage, verdicts: Sequence[_Verdict], disputed: Mapping[int, Reason]) -> dict[int, Reason]:
    """Things that may not stand together although each side alone may have them, whichever side a conflict keeps."""
    finders: tuple[tuple[Reason, _Finder], ...] = (("circular", _circles), ("repeated", _repeated))
    found: dict[int, Reason] = {}
    for (why, groups), kept in product(finders, SIDES):
        choices = [kept if place in disputed else verdict.choice for place, verdict in enumerate(verdicts)]
        movers = [kept if place in disputed else verdict.mover for place, verdict in enumerate(verdicts)]
        for group in groups(lineage, choices):
            if {"ours", "theirs"} <= {movers[place] for place in group}:
                found |= {place: why for place in group if movers[place] is not None}
    return found


_Finder: TypeAlias = Callable[[Lineage, Sequence[Side]], Iterable[Collection[int]]]


def _repeated(lineage: Lineage, choices: Sequence[Side]) -> list[list[int]]:
    """Groups of things that say one thing, as the gate asks of a layer."""
    groups: dict[Hashable, list[int]] = defaultdict(list)
    for place, (thing, side) in enumerate(zip(lineage.things, choices, strict=True)):
        if side in thing:
            groups[question(thing[side], lineage.places[side])].append(place)
    return [group for group in groups.values() if len(group) > 1]


def question(claim: Claim, places: Places) -> Hashable:
    """What no two claims of a layer may share: mention and label, all spans of a quotation, whose stance to what."""
    match claim:
        case Entity():
            return "entity", claim.fragments, claim.label
        case Quote():
            return "quote", claim.content, claim.cue, claim.sources
        case Stance():
            quote = claim.quote
            return "stance", claim.level, quote and places.get(quote, quote), claim.holder, claim.target


def _circles(lineage: Lineage, choices: Sequence[Side]) -> Iterator[set[int]]:
    """Things that lie inside themselves."""
    outer = {
        place: lineage.places[side].get(reference(thing[side]) or "")
        for place, (thing, side) in enumerate(zip(lineage.things, choices, strict=True))
        if isinstance(thing.get(side), Quote)
    }
    seen: set[int] = set()
    for start in outer:
        path: dict[int, None] = {}
        place: int | None = start
        while place is not None and place not in seen and place not in path:
            path[place] = None
            place = outer.get(place)
        if place in path:
            steps = list(path)
            yield set(steps[steps.index(place) :])
        seen.update(path)


def _name(thing: Thing, verdict: _Verdict, *, is_disputed: bool) -> str:
    """The id of a thing in the result: that of the side that gave it another, ours where both did or none is taken."""
    ids = {version: claim.id for version, claim in thing.items()}
    if "ours" in ids and "theirs" in ids and not is_disputed:
        return ids["theirs"] if ids["ours"] == ids.get("base") else ids["ours"]
    preferred: tuple[Version, ...] = ("ours", "theirs", "base") if is_disputed else (verdict.choice, "base")
    return next(ids[version] for version in preferred if version in ids)


def _renamed(claim: Claim | None, name: str, places: Places, names: Sequence[str]) -> Claim | None:
    """A claim of a version, whose ids `places` tells, under the ids of the result."""
    needed = reference(claim)
    outer = names[places[needed]] if needed is not None and needed in places else needed
    match claim:
        case Quote():
            return replace(claim, id=name, inside=outer)
        case Stance():
            return replace(claim, id=name, quote=outer)
        case Entity():
            return replace(claim, id=name)
    return None
