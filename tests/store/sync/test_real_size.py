"""Two thousand tasks on a real server: what is right for two is right for all, and what a sync asks does not grow."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from math import ceil
from pathlib import Path
from typing import Any

import pytest

from parallaxe.core.claims import Layer, Provenance
from parallaxe.store.add import Declared, add
from parallaxe.store.annotations import write_layer
from parallaxe.store.commands import normalize_file
from parallaxe.store.init import init_project
from parallaxe.store.project import Project
from parallaxe.store.sync import pull as pull_module
from parallaxe.store.sync import push as push_module
from parallaxe.studio.tasks import task_key
from real_project import CountingWire, RealProject, connected, people, place
from studio_server import StudioServer
from synced_project import A1, mention

pytestmark = pytest.mark.studio

SIZE, BLIND = 2000, 200
IMPORT = "POST /api/projects/N/import"


class Clock:
    """A clock that somebody sets."""

    now = 1_000.0

    def time(self) -> float:
        """The time."""
        return self.now


def named(number: int) -> str:
    return f"breve-{number:04}"


def proposed_project(folder: Path) -> Project:
    """Two thousand short articles, in each of which the machine proposes a mention."""
    raw = folder / "raw"
    raw.mkdir()
    for number in range(SIZE):
        (raw / f"{named(number)}.txt").write_text(f"Brève {number}\n\nLe quai {number} attend Brest.\n", "utf-8")
    project = init_project(folder / "projet", "Projet")
    add(project, sorted(raw.glob("*.txt")), Declared("open", "press"))
    for row in Project(project.root).catalogue:
        document = normalize_file(project.seeds / row.file)
        claim = replace(
            mention(*place(document.text or "", "Brest"), "brest"), provenance=Provenance(origin=None, tool="essai/1")
        )
        header = (document.text_sha256, document.normalizer, "1.2", "essai/1", "model", ("entity",))
        write_layer(project.layers, Layer("machine", row.id, *header, (claim,)))
    return project


@pytest.fixture(scope="module")
def clock() -> Iterator[Clock]:
    """The clock of pulls."""
    clock = Clock()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pull_module, "time", clock)
        yield clock


@pytest.fixture(scope="module")
def pushed(
    studio_server: StudioServer, clock: Clock, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[RealProject, Counter[str]]]:
    """The project on the server, pulled and left alone for a while; and what the push has asked."""
    project = proposed_project(tmp_path_factory.mktemp("large"))
    with connected(studio_server, project.root) as world:
        world.push()
        asked = world.wire.counted()
        for _ in range(2):
            world.pull()
            clock.now += 60
        yield world, asked


@pytest.fixture
def world(pushed: tuple[RealProject, Counter[str]]) -> RealProject:
    """The project on the server."""
    return pushed[0]


def task_of(world: RealProject, article: str) -> dict[str, Any]:
    """The task of an article; the others are not asked for."""
    key = task_key(article, world.record(article).header.text_sha256)
    [task] = world.client.tasks(world.number, keys=[key], whole=False)
    return task


def cost(wire: CountingWire, sync: Callable[[], object]) -> tuple[int, int]:
    """Requests, and tasks that the server told whole."""
    wire.counted()
    sync()
    requests, listed = len(wire.log), wire.listed
    wire.counted()
    return requests, listed


def test_each_article_has_one_task(pushed: tuple[RealProject, Counter[str]]) -> None:
    """A request for each chunk makes them all, in the order of their rank, every tenth of them blind."""
    world, asked = pushed
    shape = f"page_size={SIZE}&include=id,data,total_predictions"
    tasks = world.studio.client_data(f"api/tasks/?project={world.number}&{shape}")["tasks"]

    chunks = 1 + ceil((SIZE - push_module._FIRST) / push_module._AT_ONCE)
    assert chunks == asked[IMPORT]
    assert asked.total() <= chunks + 5
    assert [*range(SIZE)] == [task["data"]["rank"] for task in tasks]
    assert {named(number) for number in range(SIZE)} == {task["data"]["article_id"] for task in tasks}
    assert BLIND == sum(task["data"]["blind"] for task in tasks)
    assert Counter({1: SIZE - BLIND, 0: BLIND}) == Counter(task["total_predictions"] for task in tasks)
    assert {task["data"]["blind"] for task in tasks if not task["total_predictions"]} == {True}


def test_nothing_to_do_asks_for_no_task(world: RealProject) -> None:
    """A push asks for its project, a pull also for what has changed and for drafts; git stays as it is."""
    before = world.snapshot()

    assert (1, 0) == cost(world.wire, world.push)
    assert (3, 0) == cost(world.wire, world.pull)
    assert before == world.snapshot()
    assert world.status().clean


def test_one_change_is_one_task(world: RealProject, clock: Clock) -> None:
    """Of two thousand tasks one is submitted: one is read, and layer and record of one article are written."""
    before = world.snapshot()
    article = named(1234)
    task = task_of(world, article)
    with people(world.studio, "anne") as [anne]:
        claims = [mention(*place(task["data"]["text"], "Brest"), "brest", "ORG")]
        anne.submit(task["id"], world.written(task["data"]["text"], claims))

    assert (3, 1) == cost(world.wire, world.pull)

    after = world.snapshot()
    assert {
        "annotations/sync/annotators.jsonl",
        f"annotations/sync/main/{article}.jsonl",
        f"annotations/layers/{A1}/{article}.jsonl",
    } == {path for path in after if after[path] != before.get(path)}
    assert {"brest": "changed"} == {id_: claim.provenance.origin for id_, claim in world.layer(article).items()}
    for _ in range(2):
        clock.now += 60
        assert () == world.pull().layers
    assert (3, 0) == cost(world.wire, world.pull)


def test_one_deleted_task_is_a_list_of_numbers(world: RealProject) -> None:
    """The server counts a task less: numbers and dates of all are compared, once, and none is read."""
    world.client.sdk.tasks.delete(str(task_of(world, named(7))["id"]))

    told = world.pull(dry_run=True).orphaned

    assert [named(7)] == [one.article_id for one in told]
    requests, listed = cost(world.wire, world.pull)
    assert (0, True) == (listed, requests <= 3 + SIZE // 1000 + 1)
    assert (3, 0) == cost(world.wire, world.pull)
