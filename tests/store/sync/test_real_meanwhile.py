"""What others do on a real server or in another clone while a sync is at work here; and a sync that is killed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from parallaxe.core.claims import Entity
from parallaxe.store.conflicts import read_conflicts
from parallaxe.studio.client.connection import KEY_VARIABLE, URL_VARIABLE
from real_project import Person, RealProject, connected, people, real_project
from studio_server import StudioServer
from synced_project import A1, insert, mention, name

pytestmark = pytest.mark.studio

IMPORT = "POST /api/projects/N/import"


@pytest.fixture
def world(studio_server: StudioServer, tmp_path: Path) -> Iterator[RealProject]:
    """Two articles, pushed and pulled."""
    with real_project(studio_server, tmp_path, 2) as world:
        world.push()
        world.pull()
        yield world


@pytest.fixture
def anne(studio_server: StudioServer) -> Iterator[Person]:
    """A person with an account."""
    with people(studio_server, "anne") as [person]:
        yield person


def mentions(world: RealProject, article: str, label: str = "LOC") -> list[Any]:
    """A mention at each opening of a sentence, as the page sends them."""
    return world.result(article, [mention(*at, f"x{n}", label) for n, at in enumerate(world.openings(article))])


def labels(world: RealProject, article: str, layer: str = A1) -> dict[str, str]:
    return {id_: claim.label for id_, claim in world.layer(article, layer).items() if isinstance(claim, Entity)}


def test_what_is_submitted_during_a_pull_comes_with_the_next(world: RealProject, anne: Person) -> None:
    """Somebody submits after the tasks were read and before the pull ends: the next pull brings it."""
    task, other = world.task(name(0))["id"], world.task(name(1))["id"]
    said = mentions(world, name(0))
    anne.submit(other, mentions(world, name(1)))
    world.wire.counted()

    def submit(_line: str) -> None:
        if world.wire.listed:
            world.wire.after = str
            anne.submit(task, said)

    world.wire.after = submit
    first, second = world.pull(), world.pull()

    assert [[name(1)], [name(0)]] == [[change.article_id for change in one.layers] for one in (first, second)]
    assert {"LOC"} == set(labels(world, name(0)).values())


def test_what_is_changed_during_a_push_is_not_lost(world: RealProject, anne: Person) -> None:
    """Somebody goes on with the old task while it is superseded: the layer has it, in the words of the new text."""
    annotation = anne.submit(world.task(name(0))["id"], mentions(world, name(0)))
    world.pull()
    late = mentions(world, name(0), "PER")
    world.revise(name(0), insert(0, "Vingt ans plus tard,"))

    def go_on(line: str) -> None:
        if line == IMPORT:
            anne.update(annotation, late)

    world.wire.before = go_on
    world.push()
    world.pull()

    found = labels(world, name(0))
    assert {"PER"} == set(found.values())
    assert len(late) == len(found)
    assert [] == read_conflicts(world.project, "main")
    assert () == world.pull(full=True).layers
    assert not world.push().changed


def test_a_task_that_somebody_copies_loses_nobodys_work(world: RealProject, anne: Person) -> None:
    """Two tasks of one article: what people make of either comes, and both are superseded by one."""
    task = world.task(name(0))
    [copy] = world.client.import_tasks(world.number, [{"data": task["data"]}])
    with people(world.studio, "basile") as [basile]:
        anne.submit(task["id"], mentions(world, name(0)))
        basile.submit(copy, mentions(world, name(0), "PER"))
    world.pull()

    assert ({"LOC"}, {"PER"}) == tuple(set(labels(world, name(0), who).values()) for who in (A1, "annotateur-2"))
    assert not world.push().changed
    world.revise(name(0), insert(0, "Vingt ans plus tard,"))
    world.push()
    world.pull()
    own = [one for one in world.tasks() if one["data"]["article_id"] == name(0)]
    assert [True, True, False] == ["superseded_by" in one["data"] for one in own]
    assert 2 == len(own[-1]["annotations"])
    assert ({"LOC"}, {"PER"}) == tuple(set(labels(world, name(0), who).values()) for who in (A1, "annotateur-2"))


def test_every_clone_writes_the_same(world: RealProject, anne: Person, tmp_path: Path) -> None:
    """Two clones that pull the same work hold the same files, so that git has nothing to merge."""
    annotation = anne.submit(world.task(name(0))["id"], mentions(world, name(0)))
    world.pull()
    shutil.copytree(world.root, tmp_path / "clone", ignore=shutil.ignore_patterns(".parallaxe"))
    anne.update(annotation, mentions(world, name(0), "PER"))
    with connected(world.studio, tmp_path / "clone") as clone:
        theirs, ours = clone.pull(), world.pull()

        assert ours.layers == theirs.layers
        assert world.snapshot() == clone.snapshot()
        assert not clone.push().changed
        assert not world.push().changed


def test_work_of_two_clones_meets(world: RealProject, anne: Person, tmp_path: Path) -> None:
    """A clone pushes an article's new text; ours, once git has brought its files, goes on with the new task."""
    anne.submit(world.task(name(0))["id"], mentions(world, name(0)))
    world.pull()
    shutil.copytree(world.root, tmp_path / "clone", ignore=shutil.ignore_patterns(".parallaxe"))
    with connected(world.studio, tmp_path / "clone") as clone:
        clone.revise(name(0), insert(0, "Vingt ans plus tard,"))
        clone.push()
        clone.pull()
        shutil.copytree(clone.root, world.root, ignore=shutil.ignore_patterns(".parallaxe"), dirs_exist_ok=True)
        anne.submit(world.task(name(1))["id"], mentions(world, name(1)))

        assert not world.push().changed
        assert [name(1)] == [change.article_id for change in world.pull().layers]
        assert 3 == len(world.tasks())
        clone.pull()
        assert world.snapshot() == clone.snapshot()


def test_a_push_that_is_killed_itself(studio_server: StudioServer, tmp_path: Path) -> None:
    """The command is killed while the server stores its tasks: the next one finds them, and makes none twice."""
    with real_project(studio_server, tmp_path, 40) as world:
        environment = os.environ | {URL_VARIABLE: studio_server.url, KEY_VARIABLE: studio_server.access.api_key}
        command = [sys.executable, "-c", "from parallaxe.cli import main; main()", "studio", "push"]
        before = {one.id for one in world.client.projects()}
        with subprocess.Popen(command, cwd=world.root, env=environment, stdout=subprocess.DEVNULL) as process:
            while process.poll() is None:
                made = [one for one in world.client.projects() if one.id not in before]
                if made and made[0].task_number:
                    process.kill()
                time.sleep(0.01)

        world.push()

        tasks = world.tasks()
        assert {name(number): 1 for number in range(40)} == Counter(task["data"]["article_id"] for task in tasks)
        assert [] == [task for task in tasks if len(task["predictions"]) != (not task["data"]["blind"])]
        assert not world.push().changed
