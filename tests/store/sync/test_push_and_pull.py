"""What goes over to the server and what comes back, against a server of memory."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from parallaxe.core.claims import Entity
from synced_project import A1, World, insert, mention, name


@pytest.fixture
def world(tmp_path: Path) -> World:
    """Two articles, pushed."""
    world = World.of(tmp_path, 2)
    world.push()
    return world


def test_push_twice_changes_nothing(world: World) -> None:
    """The second push finds every task by its record and sends nothing."""
    before, tasks = world.snapshot(), len(world.fake.tasks)
    world.fake.log.clear()

    report = world.push()

    assert not report.changed
    assert (2, before) == (tasks, world.snapshot())
    assert set(world.fake.counted()) == {"GET /api/projects/N/"}


def test_what_a_person_submits_becomes_a_layer(world: World) -> None:
    """Proposals that were kept are accepted, one that was relabelled is changed, a new one is manual."""
    first, second = world.openings(name(0))[:2]
    claims = [
        mention(*first, f"m{first[0]}"),
        mention(*second, f"m{second[0]}", "PER"),
        mention(second[1] + 1, second[1] + 7, "neuf"),
    ]
    world.submit(name(0), claims)

    report = world.pull()

    layer = world.layer(name(0))
    assert {"accepted", "changed", "manual"} == {claim.provenance.origin for claim in layer.values()}
    assert "essai/1" == layer[f"m{first[0]}"].provenance.tool
    assert [(A1, 3)] == [(change.layer, change.added) for change in report.layers]


def test_pull_twice_changes_nothing(world: World) -> None:
    """What was seen is not news."""
    world.submit(name(0), [mention(*world.openings(name(0))[0], "a")])
    world.pull()
    before = world.snapshot()

    report = world.pull()

    assert (before, ()) == (world.snapshot(), report.layers)


def test_changes_of_both_sides_are_joined(world: World) -> None:
    """Git relabels one mention, the annotator another and deletes a third: all of it stands."""
    a, b, c = (mention(*span, f"x{n}") for n, span in enumerate(world.openings(name(0))[:3]))
    annotation = world.submit(name(0), [a, b, c])
    world.pull()
    world.edit(
        name(0), lambda claim: replace(claim, label="ORG") if claim.id == "x0" and isinstance(claim, Entity) else claim
    )
    world.rework(name(0), annotation, [a, replace(b, label="PER")])

    world.pull()

    assert {"x0": "ORG", "x1": "PER"} == {n: c.label for n, c in world.layer(name(0)).items() if isinstance(c, Entity)}


def test_changed_text_takes_annotations_along(world: World) -> None:
    """A new task supersedes the old one; the annotation goes over under its author's name, and the layer follows."""
    spans = world.openings(name(0))
    words = [world.text(name(0))[slice(*span)] for span in spans]
    world.submit(name(0), [mention(*span, f"x{n}") for n, span in enumerate(spans)], user=7)
    world.pull()
    old = world.task(name(0))["id"]
    world.revise(name(0), insert(0, "Vingt ans plus tard,"))

    report = world.push()
    world.pull()

    task, text = world.task(name(0)), world.text(name(0))
    assert [name(0)] == [*report.replaced] == [carried.article_id for carried in report.carried]
    assert task["data"]["key"] == world.fake.tasks[old]["data"]["superseded_by"]
    assert 1 == len(world.fake.tasks[old]["annotations"])
    assert [7] == [one["completed_by"] for one in task["annotations"]]
    assert "Le texte a changé" in task["data"]["preview"]
    layer = world.layer(name(0))
    assert words == [text[slice(*claim.fragments[0])] for _, claim in sorted(layer.items())]
    assert not world.push().changed
    assert () == world.pull().layers
