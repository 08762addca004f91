"""What correction has cost in a project, from the records of its syncs, as table and as JSON."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from command_line import run, run_installed
from parallaxe.core.claims import Claim, Entity, Layer, Provenance, Span
from parallaxe.core.errors import UsageError
from parallaxe.store.annotations import write_layer
from parallaxe.store.effort import measure_effort
from parallaxe.store.init import init_project
from parallaxe.store.jsonl import rows_text
from parallaxe.store.project import Project
from parallaxe.store.sync.annotators import write_annotators
from parallaxe.store.sync.local import proposals_version
from parallaxe.store.sync.places import Places
from parallaxe.store.sync.records import SKIPPED, SUBMITTED, Header, Record, Seen, claim_lines, write_record

SHA = "0" * 64
PROPOSED = Provenance(origin=None, tool="regles/1", score=0.9, why="gazetteer")
MACHINE = (
    Entity("e1", (Span(0, 4),), "LOC", provenance=PROPOSED),
    Entity("e2", (Span(9, 12),), "PER", provenance=replace(PROPOSED, why="title")),
    Entity("e3", (Span(20, 24),), "LOC", provenance=PROPOSED),
)
KEPT: tuple[Claim, ...] = tuple(
    replace(claim, provenance=replace(claim.provenance, status="reviewed", origin="accepted")) for claim in MACHINE[:2]
)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Ten articles that two people corrected, the last of them blind, one task skipped."""
    project = Project(init_project(tmp_path / "projet", "Projet").root)
    places = Places(project)
    for number in range(10):
        article = f"a{number}"
        write_layer(project.layers, layer("machine", article, MACHINE, "model"))
        seen = (
            saved(number, 4, MACHINE[:1] if number == 9 else KEPT, 60.0 * (10 - number)),
            saved(number, 7, KEPT[:1], 90.0),
            saved(number, 8, (), 5.0)._replace(state=SKIPPED),
        )
        version = None if number == 9 else proposals_version("machine", rows_text(claim_lines(MACHINE)))
        header = Header("main", article, SHA, number, "2026-03-01T08:00:00.1Z", version, blind=number == 9)
        write_record(places.record(article), Record(header, seen))
    write_annotators(places.annotators, {4: "annotateur-1", 7: "annotateur-2"})
    return project


def layer(name: str, article: str, claims: tuple[Claim, ...], kind: str = "human") -> Layer:
    return Layer(name, article, SHA, "n/1", "1.2", name, kind, ("entity",), claims)


def saved(number: int, user: int, claims: tuple[Claim, ...], seconds: float) -> Seen:
    moment = f"2026-03-{number + 1:02}T09:00:00.25Z"
    return Seen(10 * number + user, moment, number, user, SHA, moment, SUBMITTED, seconds, (), claims)


def test_records_tell_fates_times_and_anchoring(project: Project) -> None:
    """By label, by reason, by annotator; skipped tasks are none."""
    found = measure_effort(project)

    assert (20, 0) == (found.tasks, found.unknown)
    assert [("LOC", 18, 0, 18, 0), ("PER", 9, 0, 9, 0)] == [tuple(tally[1:]) for tally in found.labels]
    assert [("annotateur-1", 10, 55.0), ("annotateur-2", 10, 15.0)] == [(t[0], t[1], t[3]) for t in found.times]
    assert [(2 / 3, 1 / 3), (1 / 3, 1 / 3)] == [(one.shown.agreement, one.blind.agreement) for one in found.anchorings]
    assert ("a0", 2, 11.5) == tuple(found.articles[0])


def test_proposals_that_no_file_has_are_told(project: Project) -> None:
    """Where the layer of the machine was written anew, what was shown is unknown, and nothing counts as deleted."""
    for number in range(9):
        write_layer(project.layers, layer("machine", f"a{number}", MACHINE[:1], "model"))

    found = measure_effort(project, "main")
    assert 18 == found.unknown
    assert {0} == {tally.deleted for tally in found.labels}
    assert 27 == sum(tally.accepted for tally in found.labels)


def test_layers_of_people_count_without_a_sync(project: Project) -> None:
    """A layer that was corrected elsewhere tells what it can; one that no machine had a part in is none."""
    write_layer(project.layers, layer("marie", "a0", KEPT))
    write_layer(project.layers, layer("paul", "a0", (replace(MACHINE[0], provenance=Provenance()),)))
    write_layer(project.layers, layer("annotateur-1", "a0", KEPT))

    found = measure_effort(project)
    assert ["annotateur-1", "annotateur-2", "marie"] == [time.annotator for time in found.times]
    assert (21, 1) == (found.tasks, found.unknown)
    assert 20 == measure_effort(project, "main").tasks


def test_a_pass_that_there_is_not_is_told(project: Project) -> None:
    """With what to do."""
    with pytest.raises(UsageError, match="pass `double` was never pulled; pull it, or leave --pass out"):
        measure_effort(project, "double")


def test_the_command_fits_a_terminal(project: Project) -> None:
    """Every table, no line wider than 100 columns, no word of a table cut."""
    done = run_installed("effort", folder=project.root)

    lines = done.stdout.splitlines()
    assert (0, "") == (done.returncode, done.stderr)
    assert 100 >= max(len(line) for line in lines)
    assert "…" not in done.stdout
    for title in ("Proposals, by label", "Proposals, by reason", "Time", "Drift", "Anchoring"):
        assert any(line.startswith(title) for line in lines), title
    assert "entity  LOC 36 18 0 18 0 50%".split() in [line.split() for line in lines]
    assert "annotateur-1 67% 9 27 33% 1 3 +33 points".split() in [line.split() for line in lines]
    assert "20 tasks, 54 proposals, 27 accepted as they were" == lines[-1]


def test_the_command_prints_json(project: Project) -> None:
    """Shares from 0 to 1 and minutes, by name."""
    printed = json.loads(run("effort", "--pass", "main", "--json", folder=project.root).stdout)

    assert (20, 0) == (printed["tasks"], printed["tasks_with_unknown_proposals"])
    assert {"kind": "entity", "name": "gazetteer", "accept_rate": 0.5} == {
        key: printed["reasons"][0][key] for key in ("kind", "name", "accept_rate")
    }
    assert [3, 3, 4] == [third["tasks"] for third in printed["drift"][0]["thirds"]]
    assert 0 == printed["anchoring"][1]["lead"]


def test_a_project_without_people_says_so(tmp_path: Path) -> None:
    """And tells what brings their work in."""
    root = init_project(tmp_path / "projet", "Projet").root

    assert "no task of a person yet: `parallaxe studio push`" in run("effort", folder=root).stdout
