"""Layers and decisions that follow a text: nothing falls without a line, and what comes back is what went."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claim_strategies import TEXT, layers
from parallaxe.compare.anchoring import Version, reanchor
from parallaxe.compare.conflicts import claim_as_line
from parallaxe.compare.migration_texts import carry_decisions, carry_layer, counted, stand_in
from parallaxe.core.alignment import Alignment, Segment
from parallaxe.core.claims import Entity, Layer, Span
from parallaxe.text.document import text_digest

WORDS = TEXT.split(" ")


@st.composite
def edited(draw: st.DrawFn) -> str:
    """The text of the strategies with words left out, and others put in."""
    words = []
    for number, word in enumerate(WORDS):
        words += draw(st.sampled_from([[word], [word], [word], [], [word, f"nouveau{number}"], [f"autre{number}"]]))
    return " ".join(words) or "rien"


@settings(deadline=None)
@given(layers(), edited())
def test_every_claim_is_carried_or_told(layer: Layer, new: str) -> None:
    """The claims of the new layer and the lost ones are those of the old layer, each once."""
    carried = carry_layer(layer, Version(TEXT), Version(new), "n/2")
    there, lost = [claim.id for claim in carried.layer.claims], [fate.old.id for fate in carried.lost]

    assert sorted(claim.id for claim in layer.claims) == sorted([*there, *lost])
    assert sum(counted(carried.fates).values()) == len(layer.claims)


@settings(deadline=None)
@given(layers(), edited())
def test_the_header_names_the_new_text(layer: Layer, new: str) -> None:
    """Hash and normalizer are those of the new text; whose layer it is stays."""
    carried = carry_layer(layer, Version(TEXT), Version(new), "n/2").layer

    assert (text_digest(new), "n/2") == (carried.text_sha256, carried.normalizer)
    assert replace(layer, claims=()) == replace(
        carried, claims=(), text_sha256=layer.text_sha256, normalizer=layer.normalizer
    )


@settings(deadline=None)
@given(layers(), edited())
def test_what_only_moved_comes_back_as_it_was(layer: Layer, new: str) -> None:
    """There and back: a claim whose words all moved with it both times is the claim that it was; others are told."""
    there = carry_layer(layer, Version(TEXT), Version(new), "n/2")
    back = carry_layer(there.layer, Version(new), Version(TEXT), "n/1")
    whole = {"kept", "moved"}
    moved = {fate.old.id for fate in there.fates if fate.status in whole}
    returned = {fate.old.id: fate for fate in back.fates}
    before = {claim.id: claim for claim in layer.claims}

    for name in moved:
        fate = returned[name]
        if fate.status in whole:
            assert before[name] == fate.new
        else:
            assert fate.why


@settings(deadline=None)
@given(layers())
def test_the_same_text_changes_nothing(layer: Layer) -> None:
    """A layer that goes to the text it is about has the claims that it had."""
    carried = carry_layer(layer, Version(TEXT), Version(TEXT), layer.normalizer).layer

    assert set(layer.claims) == set(carried.claims)


def decision(a: Entity, **more: object) -> dict[str, object]:
    """A decision about a claim that only one side has."""
    line = {"key": f"{a.id}~-", "kind": "entity", "differs": ["missing"], "a": claim_as_line(a), "b": None}
    return {**line, "keep": "a", "why": "elle est nommée", "fields": {}, **more}


def test_decisions_follow_their_claims() -> None:
    """Both the claim and what somebody wrote in its place stand where the words are now."""
    name = Entity("e", (Span(0, 4),), "PER")
    line = decision(name, keep="edit", fields={"fragments": [[0, 10]], "label": "ORG"})
    carried = carry_decisions([line], Version("Anne Martin part."), Version("Hier, Anne Martin part."))

    assert [[6, 10]] == carried.lines[0]["a"]["fragments"]
    assert {"fragments": [[6, 16]], "label": "ORG"} == carried.lines[0]["fields"]


def test_a_decision_about_what_is_lost_is_told() -> None:
    """A line of which the claim is lost, here or in its layer, is handed back as it was."""
    places = {"a": Span(0, 4), "b": Span(5, 9), "c": Span(10, 13)}
    lost, gone, kept = (Entity(name, (span,), "PER") for name, span in places.items())
    lines = [decision(claim) for claim in (lost, gone, kept)]
    carried = carry_decisions(lines, Version("Anne Paul Zoé part."), Version("Paul Zoé part."), {"b"})

    assert (lines[0], lines[1]) == carried.lost
    assert ["c~-"] == [line["key"] for line in carried.lines]


def test_places_are_enough_where_a_raw_file_ties_two_texts() -> None:
    """Of the old text only its alignment is known: a span goes through the raw file to where its words are now."""
    raw = "Titre\r\n\r\nAnne Martin part."
    old_alignment = Alignment((Segment(0, 5, 0, 5), Segment(5, 6, 5, 9), Segment(6, 23, 9, 26)))
    new = Version(
        "Titre\n\nAnne Martin part.", Alignment((Segment(0, 5, 0, 5), Segment(5, 7, 5, 9), Segment(7, 24, 9, 26)))
    )
    old = stand_in(raw, old_alignment)
    (fate,) = reanchor(
        [Entity("e", (Span(6, 17),), "PER")], old._replace(raw_sha256="a"), new._replace(raw_sha256="a")
    ).fates

    assert (Span(7, 18), "moved") == (fate.new and fate.new.fragments[0], fate.status)


def test_an_alignment_to_another_raw_file_is_refused() -> None:
    """Places in another file are no places."""
    with pytest.raises(ValueError, match="raw file"):
        stand_in("court", Alignment.identity(9))
