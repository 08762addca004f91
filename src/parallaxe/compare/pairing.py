"""Two sets of claims about one text, paired once: everything that compares layers reads this pairing.

Claims are paired one to one, kind by kind, in stages, each among what the stage before left over: the same id (layers
of one lineage), the same key (all that was decided, then what makes a claim this one), the same span, and last the
best overlap. So a relabelled mention, a moved border and a changed holder are changes, not a loss and a find.

The last stage is greedy by token IoU, ties broken by what the claims say. It falls short of the best total only where
three or more claims of both sides overlap each other by more than the least IoU, and unlike an optimal assignment it
tells why two claims stand together: each was the best that the other had left.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, Literal, TypeAlias, TypeVar

from parallaxe.compare.footprints import Tokens, footprint, iou, ious
from parallaxe.core.claims import Claim, Entity, Quote, Span, Stance

C = TypeVar("C", bound=Claim)
K = TypeVar("K", Entity, Quote, Stance)

Stage: TypeAlias = Literal["id", "key", "span", "iou"]
"""How two claims were found to be about one thing."""

LEAST_IOU = 0.3
"""The overlap below which two claims are not about one thing: the lowest level of agreement that is reported."""

_STAGES: tuple[Stage, ...] = ("id", "key", "key", "key", "span")


@dataclass(frozen=True, slots=True)
class Pair(Generic[C]):
    """Two claims about one thing, the stage that paired them, and the IoU of what they stand on, in tokens."""

    a: C
    b: C
    stage: Stage
    iou: float

    @property
    def exact(self) -> bool:
        """True where both stand on the same code points."""
        return self.a.fragments == self.b.fragments


@dataclass(frozen=True, slots=True)
class Pairing(Generic[C]):
    """Every claim of two sides, once: in a pair, or on one side alone; all in the order of the text."""

    pairs: tuple[Pair[C], ...]
    only_a: tuple[C, ...]
    only_b: tuple[C, ...]

    def of(self, kind: type[K]) -> Pairing[K]:
        """The part that is about one kind of claim."""
        return Pairing(
            tuple(
                Pair(pair.a, pair.b, pair.stage, pair.iou)
                for pair in self.pairs
                if isinstance(pair.a, kind) and isinstance(pair.b, kind)
            ),
            tuple(claim for claim in self.only_a if isinstance(claim, kind)),
            tuple(claim for claim in self.only_b if isinstance(claim, kind)),
        )


@dataclass(frozen=True, slots=True)
class _Item(Generic[C]):
    """A claim with what each stage asks of it (None: it takes no part), whom it may overlap with, and its rank."""

    claim: C
    keys: tuple[Hashable, ...]
    group: Hashable
    label: str
    rank: tuple[tuple[Span, ...], str, str]


def pair_claims(
    a: Sequence[Claim], b: Sequence[Claim], tokens: Tokens, *, least_iou: float = LEAST_IOU, by_id: bool = True
) -> Pairing[Claim]:
    """Claims of two sides, paired one to one; neither their order nor which side is first changes who is paired.

    Args:
        a: claims about a text.
        b: claims about the same text.
        tokens: its tokens in code points; None where the text is withheld (code points are counted then).
        least_iou: claims that overlap less are not paired by overlap.
        by_id: whether equal ids mean one thing; false for layers made independently, whose ids say nothing.

    >>> poutine = Entity("x1", (Span(0, 7),), "PER")
    >>> pair_claims([poutine], [Entity("y1", (Span(0, 7),), "ORG")], None).pairs[0].stage
    'span'
    """
    first = 0 if by_id else 1
    entities = _pair(
        [_entity(c) for c in _of(a, Entity)], [_entity(c) for c in _of(b, Entity)], tokens, least_iou, first
    )
    quotes = _pair([_quote(c) for c in _of(a, Quote)], [_quote(c) for c in _of(b, Quote)], tokens, least_iou, first)
    names_a = {pair.a.id: pair.a.id for pair in quotes.pairs}
    names_b = {pair.b.id: pair.a.id for pair in quotes.pairs}
    stances = _pair(
        [_stance(c, names_a, "a") for c in _of(a, Stance)],
        [_stance(c, names_b, "b") for c in _of(b, Stance)],
        tokens,
        least_iou,
        first,
    )
    return Pairing(
        (*entities.pairs, *quotes.pairs, *stances.pairs),
        (*entities.only_a, *quotes.only_a, *stances.only_a),
        (*entities.only_b, *quotes.only_b, *stances.only_b),
    )


def _of(claims: Iterable[Claim], kind: type[K]) -> list[K]:
    return [claim for claim in claims if isinstance(claim, kind)]


def _entity(claim: Entity) -> _Item[Claim]:
    whole = (claim.fragments, claim.label, claim.metonymic, claim.kb_id)
    keys = (claim.id, whole, None, (claim.fragments, claim.label), claim.fragments)
    return _Item(claim, keys, "entity", claim.label, (claim.fragments, repr(whole), claim.id))


def _quote(claim: Quote) -> _Item[Claim]:
    whole = (claim.content, claim.type, claim.cue, claim.sources, claim.inside is None)
    keys = (claim.id, whole, None, claim.content, None)
    return _Item(claim, keys, "quote", claim.type, (claim.content, repr(whole), claim.id))


def _stance(claim: Stance, names: Mapping[str, str], side: str) -> _Item[Claim]:
    """A stance under the name that both sides have for its quotation; one of an unpaired quotation pairs by id alone.

    Another target may be another reading of the same quotation, but never of the same article.
    """
    about = None if claim.quote is None else names.get(claim.quote, (side, claim.quote))
    said = (claim.holder, claim.target, claim.polarity, claim.intensity)
    question = (claim.level, about, claim.target)
    group = (claim.level, about) if claim.quote else question
    evidence = (group, claim.evidence) if claim.evidence else None
    keys = (claim.id, (group, said, claim.evidence), (question, claim.holder), question, evidence)
    return _Item(claim, keys, group, claim.target, (claim.evidence, repr((claim.level, said)), claim.id))


def _pair(a: Sequence[_Item[C]], b: Sequence[_Item[C]], tokens: Tokens, least_iou: float, first: int) -> Pairing[C]:
    pairs: list[Pair[C]] = []
    left_a, left_b = sorted(a, key=_rank), sorted(b, key=_rank)
    for position, stage in list(enumerate(_STAGES))[first:]:
        found = _same_key(left_a, left_b, position)
        pairs += [Pair(one.claim, other.claim, stage, _iou(one, other, tokens)) for one, other in found]
        left_a, left_b = _without(left_a, [one for one, _ in found]), _without(left_b, [other for _, other in found])
    best = _best_overlaps(left_a, left_b, tokens, least_iou)
    pairs += [Pair(one.claim, other.claim, "iou", share) for one, other, share in best]
    left_a, left_b = _without(left_a, [one for one, _, _ in best]), _without(left_b, [other for _, other, _ in best])
    pairs.sort(key=lambda pair: (pair.a.fragments, pair.b.fragments, pair.a.id))
    return Pairing(tuple(pairs), tuple(item.claim for item in left_a), tuple(item.claim for item in left_b))


def _rank(item: _Item[C]) -> tuple[tuple[Span, ...], str, str]:
    return item.rank


def _iou(a: _Item[C], b: _Item[C], tokens: Tokens) -> float:
    return iou(a.claim.fragments, b.claim.fragments, tokens)


def _without(items: Iterable[_Item[C]], taken: Iterable[_Item[C]]) -> list[_Item[C]]:
    gone = {id(item) for item in taken}
    return [item for item in items if id(item) not in gone]


def _same_key(a: Iterable[_Item[C]], b: Iterable[_Item[C]], position: int) -> list[tuple[_Item[C], _Item[C]]]:
    """Items with one key, first with first, both sides in the order of their ranks."""
    waiting: dict[Hashable, deque[_Item[C]]] = defaultdict(deque)
    for item in b:
        waiting[item.keys[position]].append(item)
    waiting.pop(None, None)
    return [(item, waiting[key].popleft()) for item in a if (key := item.keys[position]) in waiting and waiting[key]]


def _best_overlaps(
    a: Sequence[_Item[C]], b: Sequence[_Item[C]], tokens: Tokens, least_iou: float
) -> list[tuple[_Item[C], _Item[C], float]]:
    shares = ious(
        [footprint(item.claim.fragments, tokens) for item in a], [footprint(item.claim.fragments, tokens) for item in b]
    )
    candidates = [
        (a[i], b[j], share) for (i, j), share in shares.items() if share >= least_iou and a[i].group == b[j].group
    ]
    candidates.sort(key=lambda found: (-found[2], found[0].label != found[1].label, *_ranks(found[0], found[1])))
    return one_to_one(candidates)


def _ranks(one: _Item[C], other: _Item[C]) -> tuple[object, ...]:
    """The ranks of two items, the same whichever side is first."""
    return tuple(sorted((one.rank, other.rank)))


T = TypeVar("T")


def one_to_one(candidates: Iterable[tuple[T, T, float]]) -> list[tuple[T, T, float]]:
    """Of candidates, best first, those of which neither side was taken before (by identity)."""
    taken_a: set[int] = set()
    taken_b: set[int] = set()
    chosen: list[tuple[T, T, float]] = []
    for one, other, share in candidates:
        if id(one) not in taken_a and id(other) not in taken_b:
            taken_a.add(id(one))
            taken_b.add(id(other))
            chosen.append((one, other, share))
    return chosen


def pair_spans(a: Iterable[Span], b: Iterable[Span], tokens: Tokens) -> list[tuple[Span, Span, float]]:
    """Spans of two sides paired one to one, best overlap first, down to `LEAST_IOU`, with the IoU of each pair.

    >>> pair_spans([Span(0, 4), Span(5, 9)], [Span(5, 9), Span(0, 5)], None)
    [(Span(start=5, end=9), Span(start=5, end=9), 1.0), (Span(start=0, end=4), Span(start=0, end=5), 0.8)]
    """
    one, other = sorted(set(a)), sorted(set(b))
    shares = ious([footprint([span], tokens) for span in one], [footprint([span], tokens) for span in other])
    places = {span: j for j, span in enumerate(other)}
    same = {(i, places[span]): 1.0 for i, span in enumerate(one) if span in places}  # also where they touch no token
    found = [(one[i], other[j], share) for (i, j), share in {**shares, **same}.items() if share >= LEAST_IOU]
    found.sort(key=lambda pair: (-pair[2], pair[0] != pair[1], *sorted(pair[:2])))
    return one_to_one(found)
