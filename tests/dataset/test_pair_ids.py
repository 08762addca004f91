"""Claims of several layers about one thing share an id, also where nobody made one of the other."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given

from claim_strategies import layer_of, layer_pairs
from parallaxe.core.claims import Entity, Layer, Provenance, Span
from parallaxe.dataset.pairs import pair_ids


def mention(name: str, start: int, end: int, label: str = "LOC", *derived_from: str) -> Entity:
    return Entity(name, (Span(start, end),), label, provenance=Provenance(derived_from=derived_from))


PASS_A = layer_of((mention("a1", 0, 5), mention("a2", 10, 15)), "pass-a")
PASS_B = layer_of((mention("b1", 0, 5, "ORG"), mention("b2", 50, 55)), "pass-b")
GOLD = layer_of((mention("g1", 0, 5, "LOC", "a1", "b1"), mention("g2", 50, 55, "LOC", "b2")), "gold")
MACHINE = layer_of((mention("m1", 0, 4, "ORG"), mention("m2", 70, 75), mention("m3", 50, 55)), "machine")


def test_what_gold_was_made_of_shares_its_id() -> None:
    """A claim and those that it replaces are one thing; what gold left out is its own."""
    ids = pair_ids([GOLD, PASS_A, PASS_B])

    assert 1 == len({ids["gold", "g1"], ids["pass-a", "a1"], ids["pass-b", "b1"]})
    assert ids["gold", "g2"] == ids["pass-b", "b2"]
    assert "a2" == ids["pass-a", "a2"]


def test_the_machine_is_paired_with_gold() -> None:
    """What the machine proposed is about what gold says there, whatever the label; what gold has not is its own."""
    ids = pair_ids([GOLD, MACHINE, PASS_A, PASS_B])

    assert ids["gold", "g1"] == ids["machine", "m1"] == ids["pass-a", "a1"]
    assert ids["gold", "g2"] == ids["machine", "m3"]
    assert "m2" == ids["machine", "m2"]


def test_layers_that_nobody_settled_are_paired_with_the_first() -> None:
    """Two passes without adjudication share ids where they overlap; a layer alone, or none, is no trouble."""
    ids = pair_ids([PASS_A, PASS_B])

    assert ids["pass-a", "a1"] == ids["pass-b", "b1"]
    assert {("pass-a", "a1"): "a1", ("pass-a", "a2"): "a2"} == pair_ids([PASS_A])
    assert {} == pair_ids([])


@given(layer_pairs())
def test_every_claim_has_an_id_and_none_of_one_layer_are_one(layers: tuple[Layer, Layer]) -> None:
    """Pairs are one to one, so claims of one layer never share an id."""
    ids = pair_ids(layers)

    for layer in layers:
        own = [ids[layer.layer, claim.id] for claim in layer.claims]
        assert len(own) == len(set(own)) == len(layer.claims)


@given(layer_pairs())
def test_a_third_layer_changes_no_pair(layers: tuple[Layer, Layer]) -> None:
    """Claims that share an id still do when a machine's layer comes, and no others do."""
    settled, other = layers
    machine = layer_of(tuple(replace(claim, id=f"m-{claim.id}") for claim in other.entities), "machine")
    before, after = pair_ids([settled, other]), pair_ids([settled, other, machine])

    old = {frozenset(key for key in before if before[key] == pair_id) for pair_id in before.values()}
    assert old == {frozenset(key for key in before if after[key] == pair_id) for pair_id in after.values()} - {
        frozenset()
    }
