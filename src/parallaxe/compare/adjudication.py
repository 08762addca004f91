"""Two layers made one: agreements pass, disagreements wait for a decision, and no claim is ever lost.

A claim of either side ends in one of three places: a gold claim is derived from it, a decision says why it was left
out, or it still waits, and is listed as waiting. Gold claims have ids of their own, minted from those of the claims
they come from, so that settling one more disagreement changes no id; what claims say of each other (`inside`, `quote`)
is turned to the new ids.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple, TypeAlias

from parallaxe.compare.decisions import Decision, edited
from parallaxe.compare.disagreements import Disagreement, Queue
from parallaxe.core.claims import Claim, Layer, Provenance, Quote, Stance
from parallaxe.core.errors import ProjectError
from parallaxe.core.layer_format import canonical_order, kind_of, mint

_Side: TypeAlias = Literal["a", "b"]
_Name: TypeAlias = tuple[_Side, str]
"""A claim by its side and its id there: layers of one lineage share ids."""


_DOUBT = "low"


class Settler(NamedTuple):
    """Who settles, and the name of the layer that comes of it."""

    layer: str
    annotator: str
    annotator_type: str


@dataclass(frozen=True, slots=True)
class Resolution:
    """The gold layer, and all that is not in it.

    Attributes:
        gold: what was agreed and decided; complete in a kind if both sides are and nothing of that kind waits.
        unresolved: disagreements without a decision.
        waiting: claims that may not enter before the quotation they refer to is settled.
        left_out: why each claim that was decided against is not there, by side and id; stances fall with quotations.
    """

    gold: Layer
    unresolved: tuple[Disagreement, ...]
    waiting: tuple[Claim, ...]
    left_out: Mapping[_Name, str]


class _Draft(NamedTuple):
    """A gold claim before its id: its fields (references under the ids of `side`), and the claims it comes from."""

    claim: Claim
    side: _Side
    origins: tuple[tuple[_Side, Claim], ...]


def resolve(queue: Queue, decisions: Mapping[str, Decision], settler: Settler) -> Resolution:
    """The gold layer of a queue: what was agreed, and what the decisions (by key of the disagreement) make of the rest.

    A decision may also be about a pair that was agreed, and then prevails.

    Raises:
        ProjectError: if a decision is about nothing that the queue knows, leaves a claim out without saying why, or
            edits a claim into what no layer file may hold.
    """
    agreed = tuple(Disagreement(pair.a, pair.b, ()) for pair in queue.agreed)
    _check_known(decisions, [*agreed, *queue.disagreements], queue.a.article_id)
    settled = [(one, decisions[one.key]) for one in (*agreed, *queue.disagreements) if one.key in decisions]
    drafts = [_draft("a", one, Provenance(origin="accepted")) for one in agreed if one.key not in decisions]
    drafts += [draft for one, decision in settled for draft in _drafts(queue, one, decision)]
    left_out = _left_out(settled, drafts, queue.a.article_id)
    sides: tuple[tuple[_Side, Layer], ...] = (("a", queue.a), ("b", queue.b))
    gone = {(side, quote.id): quote for side, layer in sides for quote in layer.quotes if (side, quote.id) in left_out}
    entered, held = _enter(drafts, _minted(queue, drafts, settler.layer), gone)
    left_out |= _without_quotation(held, gone, left_out)
    waiting = [claim for draft in held for side, claim in draft.origins if (side, claim.id) not in left_out]
    unresolved = tuple(one for one in queue.disagreements if one.key not in decisions)
    open_kinds = {*(kind_of(claim) for claim in waiting), *(one.kind for one in unresolved)}
    gold = replace(
        queue.a,
        layer=settler.layer,
        annotator=settler.annotator,
        annotator_type=settler.annotator_type,
        complete=tuple(k for k in queue.a.complete if k in queue.b.complete and k not in open_kinds),
        claims=canonical_order(entered),
    )
    return Resolution(gold, unresolved, tuple(waiting), left_out)


def _check_known(decisions: Mapping[str, Decision], known: Iterable[Disagreement], article_id: str) -> None:
    unknown = sorted(set(decisions) - {one.key for one in known})
    if unknown:
        what = f"decision about `{unknown[0]}`, which the two layers do not have"
        raise ProjectError(f"article {article_id}", what, "take it out, or decide on the claims as they are now")


def _drafts(queue: Queue, one: Disagreement, decision: Decision) -> Iterator[_Draft]:
    """What a decision keeps; the claim of the other side is replaced by it, unless both are kept."""
    kept = Provenance(origin="accepted", why=decision.why)
    match decision.keep:
        case "a" if one.a:
            yield _draft("a", one, kept)
        case "b" if one.b:
            yield _draft("b", one, kept)
        case "both":
            if one.a:
                yield _draft("a", Disagreement(one.a, None, ()), kept)
            if one.b:
                yield _draft("b", Disagreement(None, one.b, ()), kept)
        case "edit":
            side: _Side = "a" if one.a else "b"
            where = f"article {queue.a.article_id}, decision {one.key}"
            claim = edited(queue.a if one.a else queue.b, one.present, decision.fields, where)
            draft = _draft(side, one, Provenance(origin="changed", why=decision.why))
            yield draft._replace(claim=replace(claim, provenance=draft.claim.provenance))


def _draft(side: _Side, one: Disagreement, history: Provenance) -> _Draft:
    """The claim of one side, with the history of a gold claim that comes from all that the disagreement holds."""
    sides: tuple[tuple[_Side, Claim | None], ...] = (("a", one.a), ("b", one.b))
    origins = tuple((name, claim) for name, claim in sides if claim is not None)
    told = [claim.provenance for _, claim in origins]
    provenance = replace(
        history,
        status="adjudicated",
        confidence=_DOUBT if _DOUBT in {each.confidence for each in told} else told[0].confidence,
        note=" / ".join(dict.fromkeys(each.note for each in told if each.note)) or None,
        derived_from=tuple(dict.fromkeys(claim.id for _, claim in origins)),
    )
    claim = next(claim for name, claim in origins if name == side)
    return _Draft(replace(claim, provenance=provenance), side, origins)


def _left_out(
    settled: Iterable[tuple[Disagreement, Decision]], drafts: Iterable[_Draft], article_id: str
) -> dict[_Name, str]:
    """Claims that no gold claim comes from, each with the reason that the decision must give."""
    kept = {(side, claim.id) for draft in drafts for side, claim in draft.origins}
    left_out: dict[_Name, str] = {}
    for one, decision in settled:
        sides: tuple[tuple[_Side, Claim | None], ...] = (("a", one.a), ("b", one.b))
        gone = [(side, claim.id) for side, claim in sides if claim is not None and (side, claim.id) not in kept]
        if gone and not decision.why:
            what = f"decision {one.key} leaves `{gone[0][1]}` out without a reason"
            raise ProjectError(f"article {article_id}", what, "say `why`")
        left_out.update(dict.fromkeys(gone, decision.why or ""))
    return left_out


def _minted(queue: Queue, drafts: Iterable[_Draft], layer: str) -> list[str]:
    """An id for each draft, made of those of its origins, and taken by no claim of either side."""
    taken = {claim.id for side in (queue.a, queue.b) for claim in side.claims}
    seeds = ("~".join(f"{side}:{claim.id}" for side, claim in draft.origins) for draft in drafts)
    return [mint(f"{layer}:{queue.a.article_id}:{seed}", taken) for seed in seeds]


def _enter(
    drafts: Iterable[_Draft], ids: Iterable[str], gone: Mapping[_Name, Quote]
) -> tuple[list[Claim], list[_Draft]]:
    """Gold claims under their new ids, and the drafts that wait for a quotation; what is referred to enters first."""
    pending = list(zip(drafts, ids, strict=True))
    names: dict[_Name, str] = {}
    entered: list[Claim] = []
    while ready := [(draft, new) for draft, new in pending if _refers_to(draft, gone) in (None, *names)]:
        entered += [_named(draft, new, names.get(_refers_to(draft, gone) or ("a", ""))) for draft, new in ready]
        names |= {(side, claim.id): new for draft, new in ready for side, claim in draft.origins}
        taken = {new for _, new in ready}
        pending = [(draft, new) for draft, new in pending if new not in taken]
    return entered, [draft for draft, _ in pending]


def _refers_to(draft: _Draft, gone: Mapping[_Name, Quote]) -> _Name | None:
    """The quotation a draft needs; for one that stood in a quotation left out, the one in which that stood."""
    match draft.claim:
        case Stance(quote=str(name)):
            return draft.side, name
        case Quote(inside=str(name)):
            passed: set[_Name] = set()
            while (place := (draft.side, name)) in gone and place not in passed:
                passed.add(place)
                outer = gone[place].inside
                if outer is None:
                    return None
                name = outer
            return draft.side, name
    return None


def _named(draft: _Draft, new: str, reference: str | None) -> Claim:
    match draft.claim:
        case Stance() as stance:
            return replace(stance, id=new, quote=reference)
        case Quote() as quote:
            return replace(quote, id=new, inside=reference)
        case entity:
            return replace(entity, id=new)


def _without_quotation(
    waiting: Iterable[_Draft], gone: Mapping[_Name, Quote], left_out: Mapping[_Name, str]
) -> dict[_Name, str]:
    """Stances whose quotation was left out fall with it, for the same reason."""
    lost = ((draft, reference) for draft in waiting if (reference := _refers_to(draft, gone)) in gone)
    return {
        (side, claim.id): f"its quotation was left out: {left_out[reference]}"
        for draft, reference in lost
        if reference is not None
        for side, claim in draft.origins
    }
