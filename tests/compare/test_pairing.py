"""Claims are paired one to one, by the strongest sign that they are about one thing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claim_strategies import TEXT, layer_pairs, layers
from parallaxe.compare.pairing import LEAST_IOU, Pairing, pair_claims, pair_spans
from parallaxe.core.claims import AUTHOR, Claim, Entity, Layer, Quote, Span, Stance
from parallaxe.text.tokens import tokenize

TOKENS = tokenize(TEXT)


def ids(pairing: Pairing[Claim]) -> set[tuple[str, str]]:
    return {(pair.a.id, pair.b.id) for pair in pairing.pairs}


@given(layer_pairs(), st.sampled_from([TOKENS, None]))
def test_every_claim_stands_once(pair: tuple[Layer, Layer], tokens: Any) -> None:
    """Each claim of either side is in one pair or alone, and paired claims are of one kind."""
    a, b = pair

    pairing = pair_claims(a.claims, b.claims, tokens)
    assert sorted(c.id for c in a.claims) == sorted([*(p.a.id for p in pairing.pairs), *(c.id for c in pairing.only_a)])
    assert sorted(c.id for c in b.claims) == sorted([*(p.b.id for p in pairing.pairs), *(c.id for c in pairing.only_b)])
    assert all(type(p.a) is type(p.b) for p in pairing.pairs)


@given(layer_pairs())
def test_pairing_is_symmetric(pair: tuple[Layer, Layer]) -> None:
    """Which side comes first changes no pair."""
    a, b = pair

    forth, back = pair_claims(a.claims, b.claims, TOKENS), pair_claims(b.claims, a.claims, TOKENS)
    assert ids(forth) == {(one, other) for other, one in ids(back)}
    assert {(p.a.id, p.stage, p.iou) for p in forth.pairs} == {(p.b.id, p.stage, p.iou) for p in back.pairs}


@given(layer_pairs(), st.randoms())
def test_the_order_of_claims_does_not_matter(pair: tuple[Layer, Layer], chance: Any) -> None:
    """Shuffled layers give the same pairing, in the same order."""
    a, b = pair
    mixed_a, mixed_b = list(a.claims), list(b.claims)
    chance.shuffle(mixed_a)
    chance.shuffle(mixed_b)

    assert pair_claims(a.claims, b.claims, TOKENS) == pair_claims(mixed_a, mixed_b, TOKENS)


@given(layers())
def test_a_layer_is_its_own_pair(layer: Layer) -> None:
    """Every claim is paired with itself by id."""
    pairing = pair_claims(layer.claims, layer.claims, TOKENS)

    assert {(claim.id, claim.id) for claim in layer.claims} == ids(pairing)
    assert all((pair.stage, pair.iou, pair.exact) == ("id", 1.0, True) for pair in pairing.pairs)


@given(layer_pairs())
def test_overlap_alone_needs_enough_of_it(pair: tuple[Layer, Layer]) -> None:
    """What only overlap pairs reaches the least IoU."""
    a, b = pair

    found = pair_claims(a.claims, b.claims, TOKENS, by_id=False).pairs
    assert all(pair.iou >= LEAST_IOU for pair in found if pair.stage == "iou")
    assert all(pair.stage != "id" for pair in found)


KIM = Entity("a1", (Span(0, 5),), "PER", None, "kim-jong-un")
SAID = Quote("q1", "direct", (Span(10, 40),))
OWN = Stance("s1", "article", AUTHOR, "russia", "favor", 1, (Span(0, 5),))
TIED = Stance("s2", "attributed", "moscou", "russia", "favor", 1, (Span(10, 15),), "q1")


@pytest.mark.parametrize(
    ("claim", "other", "stage"),
    [
        (KIM, replace(KIM, id="b1", kb_id=None), "key"),
        (KIM, replace(KIM, id="b1", label="ORG"), "span"),
        (KIM, replace(KIM, id="b1", fragments=(Span(0, 4),)), "iou"),
        (KIM, replace(KIM, fragments=(Span(30, 34),)), "id"),
        (KIM, replace(KIM, id="b1", fragments=(Span(4, 24),)), None),
        (SAID, replace(SAID, id="b1", type="mixed"), "key"),
        (SAID, replace(SAID, id="b1", content=(Span(10, 38),)), "iou"),
        (OWN, replace(OWN, id="b1", polarity="against", evidence=()), "key"),
        (OWN, replace(OWN, id="b1", target="ukraine"), None),
    ],
)
def test_the_stage_says_what_is_the_same(claim: Claim, other: Claim, stage: str | None) -> None:
    """One claim on either side is paired by the strongest sign they share, or not at all."""
    found = [pair.stage for pair in pair_claims([claim], [other], None).pairs]
    assert ([stage] if stage else []) == found


@pytest.mark.parametrize(
    ("change", "stage"),
    [({"holder": "poutine"}, "key"), ({"target": "ukraine"}, "span"), ({"quote": "q9"}, None)],
)
def test_a_stance_follows_its_quotation(change: dict[str, Any], stage: str | None) -> None:
    """Stances of paired quotations are paired, whatever the ids; those of other quotations are not."""
    other_quote = replace(SAID, id="r1", content=(Span(10, 39),))
    other = replace(TIED, **{"id": "b1", "quote": "r1", **change})

    found = pair_claims([SAID, TIED], [other_quote, other], None).of(Stance)
    assert ([stage] if stage else []) == [pair.stage for pair in found.pairs]


def test_the_best_overlap_is_taken_first() -> None:
    """Of two mentions that overlap one, the closer is its pair, and the other stays alone."""
    near, far = (replace(KIM, id=name, fragments=(Span(0, end),)) for name, end in (("near", 6), ("far", 9)))

    pairing = pair_claims([KIM], [far, near], None)
    assert {("a1", "near")} == ids(pairing)
    assert (far,) == pairing.only_b


def test_spans_are_paired_one_to_one() -> None:
    """A span repeated on one side finds one partner."""
    assert [(Span(0, 4), Span(0, 4), 1.0)] == pair_spans([Span(0, 4), Span(0, 4)], [Span(0, 4), Span(2, 6)], None)
