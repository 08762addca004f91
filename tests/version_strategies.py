"""Hypothesis strategies for three versions of one layer: a common one, and what two people made of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from hypothesis import strategies as st

from claim_strategies import HOLDERS, LABELS, POLARITIES, TYPES, fragments, layers
from parallaxe.core.claims import Claim, Entity, Provenance, Quote, Stance
from parallaxe.core.layer_format import canonical_order


class Three(NamedTuple):
    """A common version and two that come from it."""

    base: tuple[Claim, ...]
    ours: tuple[Claim, ...]
    theirs: tuple[Claim, ...]


@st.composite
def moved(draw: st.DrawFn, base: Sequence[Claim], side: str) -> tuple[Claim, ...]:
    """What a person makes of a version: claims deleted, changed, drawn again, added; references stay whole."""
    claims = {claim.id: claim for claim in base}
    for claim in draw(st.lists(st.sampled_from(base), max_size=4)) if base else ():
        if claim.id in claims:
            claims[claim.id] = _changed(draw, claims[claim.id])
    for claim in draw(st.lists(st.sampled_from(base), max_size=2)) if base else ():
        claims.pop(claim.id, None)
    for number, claim in enumerate(draw(st.lists(st.sampled_from(base), max_size=2)) if base else ()):
        if claim.id in claims:
            claims = _renamed(claims, claim.id, f"{side}-again{number}")
    for claim in draw(layers("new")).claims if draw(st.booleans()) else ():
        claims[f"{side}-{claim.id}"] = _prefixed(claim, side)
    return canonical_order(_whole(draw, claims))


def _changed(draw: st.DrawFn, claim: Claim) -> Claim:
    if draw(st.integers(0, 5)) == 0:
        return replace(claim, provenance=Provenance(status="reviewed", note=draw(st.sampled_from(["a", "b", None]))))
    match claim:
        case Entity() if draw(st.booleans()):
            return replace(claim, label=draw(st.sampled_from(LABELS)))
        case Entity():
            return replace(claim, fragments=draw(fragments))
        case Quote():
            return replace(claim, type=draw(st.sampled_from(TYPES)))
        case Stance() if draw(st.booleans()) and claim.level != "article":
            return replace(claim, holder=draw(st.sampled_from(HOLDERS)))
        case Stance():
            return replace(claim, polarity=draw(st.sampled_from(POLARITIES)))


def _renamed(claims: dict[str, Claim], old: str, new: str) -> dict[str, Claim]:
    def turned(claim: Claim) -> Claim:
        claim = replace(claim, id=new) if claim.id == old else claim
        match claim:
            case Quote() if claim.inside == old:
                return replace(claim, inside=new)
            case Stance() if claim.quote == old:
                return replace(claim, quote=new)
        return claim

    return {claim.id: claim for claim in map(turned, claims.values())}


def _prefixed(claim: Claim, side: str) -> Claim:
    match claim:
        case Quote(inside=str(outer)):
            return replace(claim, id=f"{side}-{claim.id}", inside=f"{side}-{outer}")
        case Stance(quote=str(quote)):
            return replace(claim, id=f"{side}-{claim.id}", quote=f"{side}-{quote}")
    return replace(claim, id=f"{side}-{claim.id}")


def _whole(draw: st.DrawFn, claims: dict[str, Claim]) -> Iterable[Claim]:
    """References to what is gone are turned or fall; now and then one is turned without need."""
    quotes = [claim.id for claim in claims.values() if isinstance(claim, Quote)]
    nests = {name: claim.inside for name, claim in claims.items() if isinstance(claim, Quote)}
    for claim in claims.values():
        match claim:
            case Quote():
                wanted = draw(st.sampled_from([claim.inside] * 4 + [None, *quotes]))
                nests[claim.id] = wanted if wanted in quotes and claim.id not in around(wanted, nests) else None
                yield replace(claim, inside=nests[claim.id])
            case Stance(quote=str(quote)):
                wanted = draw(st.sampled_from([quote] * 4 + quotes))
                if wanted in quotes:
                    yield replace(claim, quote=wanted)
            case _:
                yield claim


def around(name: str | None, nests: dict[str, str | None]) -> set[str]:
    """A quotation and all in which it lies."""
    passed: set[str] = set()
    while name is not None and name not in passed:
        passed.add(name)
        name = nests.get(name)
    return passed


@st.composite
def threes(draw: st.DrawFn) -> Three:
    """Two versions made of a common one; now and then both added the same claims, each under ids of its own."""
    base = draw(layers("base")).claims
    both = draw(layers("both")).claims if draw(st.booleans()) else ()
    ours = (*base, *(_prefixed(claim, "o") for claim in both))
    theirs = (*base, *(_prefixed(claim, "t") for claim in both))
    return Three(canonical_order(base), draw(moved(ours, "o")), draw(moved(theirs, "t")))


def needs(claim: Claim) -> str | None:
    """The quotation that a claim refers to."""
    return claim.inside if isinstance(claim, Quote) else claim.quote if isinstance(claim, Stance) else None
