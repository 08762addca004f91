"""What correction costs is counted, not estimated: every proposal has one fate, every task one time."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claim_strategies import layers
from parallaxe.compare.effort import Side, Task, Third, effort, likeness
from parallaxe.core.claims import Claim, Entity, Layer, Provenance, Quote, Span, Stance

PROPOSED = Provenance(origin=None, tool="regles/1", score=0.8, why="gazetteer")
PORT = Entity("e1", (Span(0, 4),), "LOC", provenance=PROPOSED)
MAIRE = Entity("e2", (Span(9, 12),), "PER", provenance=replace(PROPOSED, why="title"))
PONT = Entity("e3", (Span(20, 24),), "LOC", provenance=PROPOSED)
MACHINE = (PORT, MAIRE, PONT)


def made(claim: Claim, origin: str) -> Claim:
    return replace(claim, provenance=replace(claim.provenance, status="reviewed", origin=origin))


CORRECTED: tuple[Claim, ...] = (
    made(PORT, "accepted"),
    made(replace(MAIRE, label="ORG"), "changed"),
    Entity("m1", (Span(30, 33),), "ORG", provenance=Provenance("reviewed")),
)


@st.composite
def corrections(draw: st.DrawFn) -> Task:
    """A task in which each proposal was accepted, changed or deleted, and some claims were added."""
    machine = draw(layers("machine")).claims
    fates = [draw(st.sampled_from(["accepted", "changed", None])) for _ in machine]
    kept = [made(claim, fate) for claim, fate in zip(machine, fates, strict=True) if fate]
    added = draw(layers("own")).claims
    return Task("annotateur-1", "a", (*kept, *added), machine, seconds=draw(st.none() | st.floats(0, 9000)))


@given(st.lists(corrections(), max_size=5))
def test_every_proposal_has_one_fate(tasks: list[Task]) -> None:
    """Labels count each proposal once and each added claim once; reasons count the same proposals."""
    found = effort(tasks)

    proposals = sum(len(task.machine or ()) for task in tasks)
    added = sum(claim.provenance.origin == "manual" for task in tasks for claim in task.claims)
    assert proposals == sum(tally.proposals for tally in found.labels)
    assert proposals == sum(tally.proposals for tally in found.reasons)
    assert added == sum(tally.added for tally in found.labels)
    assert all(tally.accept_rate is None or 0 <= tally.accept_rate <= 1 for tally in found.labels)


@given(layers())
def test_a_layer_is_like_itself(layer: Layer) -> None:
    """Whatever the ids; and unlike nothing at all."""
    assert (len(layer.claims), len(layer.claims)) == likeness(layer.claims, layer.claims)
    assert (0, len(layer.claims)) == likeness(layer.claims, ())


def test_fates_are_told_by_label_and_by_reason() -> None:
    """A proposal counts under the label that was shown; what was added, under its own."""
    found = effort([Task("annotateur-1", "a", CORRECTED, MACHINE)])

    assert [
        ("entity", "LOC", 1, 0, 1, 0),
        ("entity", "PER", 0, 1, 0, 0),
        ("entity", "ORG", 0, 0, 0, 1),
    ] == [tuple(tally) for tally in found.labels]
    assert [("gazetteer", 0.5), ("title", 0.0)] == [(tally.name, tally.accept_rate) for tally in found.reasons]


def test_labels_of_all_kinds() -> None:
    """Quotations count by type and stances by polarity; kinds stand in the order of a layer."""
    said = Quote("q", "direct", (Span(0, 9),), provenance=PROPOSED)
    view = Stance("s", "attributed", "NIL:maire", "pont", "favor", 1, (), "q", PROPOSED)
    found = effort([Task("annotateur-1", "a", (), (view, said, PORT))])

    assert [("entity", "LOC"), ("quote", "direct"), ("stance", "favor")] == [(t.kind, t.name) for t in found.labels]


def test_proposals_that_are_not_known_are_not_deleted() -> None:
    """What is left of them in the layer still counts, and the task is told."""
    found = effort([Task("annotateur-1", "a", CORRECTED)])

    assert 1 == found.unknown
    assert (1, 1, 0) == tuple(sum(counts) for counts in zip(*(tally[2:5] for tally in found.labels), strict=True))


def test_blind_tasks_show_no_proposals() -> None:
    """They have no fates, and are not unknown."""
    found = effort([Task("annotateur-1", "a", (PORT,), MACHINE, blind=True)])

    assert ((), 0) == (found.labels, found.unknown)


def test_time_is_that_which_is_known() -> None:
    """Tasks without a time count as tasks; an article sums over those who worked on it."""
    found = effort(
        [
            Task("annotateur-1", "a", (), seconds=60),
            Task("annotateur-1", "b", (), seconds=180),
            Task("annotateur-1", "c", ()),
            Task("annotateur-2", "a", (), seconds=600),
        ]
    )

    assert [("annotateur-1", 3, 2, 4.0, 2.0), ("annotateur-2", 1, 1, 10.0, 10.0)] == [tuple(t) for t in found.times]
    assert [("a", 2, 11.0), ("b", 1, 3.0)] == [tuple(one) for one in found.articles]


def test_drift_goes_by_the_order_of_time() -> None:
    """Whoever corrects less and less accepts more and more, in less time."""
    kept = tuple(made(claim, "accepted") for claim in MACHINE)
    works = [(CORRECTED, 600.0), (CORRECTED, 500.0), (kept, 120.0)]
    tasks = [
        Task("annotateur-1", f"a{n}", claims, MACHINE, seconds=seconds, at=f"2026-03-0{n + 1}T10:00:00.5Z")
        for n, (claims, seconds) in enumerate(works)
    ]

    [drift] = effort(reversed(tasks)).drifts
    assert (Third(1, 1 / 3, 10.0), Third(1, 1 / 3, 500 / 60), Third(1, 1.0, 2.0)) == drift.thirds
    assert () == effort(tasks[:2]).drifts


def test_the_lead_is_agreement_shown_over_agreement_blind() -> None:
    """Of what either side says; a task whose proposals are not known tells nothing."""
    kept = tuple(made(claim, "accepted") for claim in MACHINE)
    [found] = effort(
        [
            Task("annotateur-1", "a", kept, MACHINE),
            Task("annotateur-1", "b", kept),
            Task("annotateur-1", "c", (replace(PORT, id="m9"),), MACHINE, blind=True),
        ]
    ).anchorings

    assert (Side(1, 3, 1.0), Side(1, 3, 1 / 3)) == (found.shown, found.blind)
    assert pytest.approx(2 / 3) == found.lead


def test_without_blind_tasks_there_is_no_lead() -> None:
    """Nothing is said where one side has nothing."""
    [found] = effort([Task("annotateur-1", "a", CORRECTED, MACHINE)]).anchorings

    assert (0, None, None) == (found.blind.tasks, found.blind.agreement, found.lead)
