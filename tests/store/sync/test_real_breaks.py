"""A real server that is killed, stands still, is gone or refuses: one line says so, and the next sync goes on."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Timer
from typing import TypeAlias

import httpx
import pytest

from command_line import run
from parallaxe.core.errors import SurroundingsError
from parallaxe.store.conflicts import read_conflicts
from parallaxe.store.studio_process import HOST, free_port
from parallaxe.store.sync import push as push_module
from parallaxe.store.sync.pull import pull
from parallaxe.store.sync.push import push
from parallaxe.studio.client import Server
from parallaxe.studio.client import server as client_module
from parallaxe.studio.client.connection import KEY_VARIABLE, URL_VARIABLE
from real_project import Person, RealProject, people, real_project
from studio_server import StudioServer, running_server
from synced_project import insert, mention, name

pytestmark = pytest.mark.studio

SIZE = 8
Moment: TypeAlias = Callable[[RealProject], Callable[[], None]]
IMPORT, LIST, ANNOTATE = "POST /api/projects/N/import", "GET /api/tasks/", "POST /api/tasks/N/annotations/"
MARK = "PATCH /api/tasks/N/"


@pytest.fixture(scope="module")
def mortal(studio_program: Path, studio_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[StudioServer]:
    """A server that the tests of this module kill and start again."""
    data = tmp_path_factory.mktemp("mortal") / "data"
    shutil.copytree(studio_data, data)
    with running_server(studio_program, data) as server:
        yield server


@pytest.fixture
def world(mortal: StudioServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[RealProject]:
    """Articles that are not pushed yet; chunks are small."""
    monkeypatch.setattr(push_module, "_FIRST", 3)
    monkeypatch.setattr(push_module, "_AT_ONCE", 3)
    with real_project(mortal, tmp_path, SIZE) as world:
        yield world


@pytest.fixture
def anne(mortal: StudioServer) -> Iterator[Person]:
    """A person with an account."""
    with people(mortal, "anne") as [person]:
        yield person


def before(world: RealProject) -> Callable[[], None]:
    """The power fails before the request is sent."""
    return world.studio.kill


def answered(world: RealProject) -> Callable[[], None]:
    """It fails when the request is done, and its answer is lost."""

    def cut() -> None:
        world.studio.kill()
        raise httpx.ReadError("the power has failed")

    return cut


def meanwhile(world: RealProject) -> Callable[[], None]:
    """It fails while the server is at it."""
    return Timer(0.01, world.studio.kill).start


@contextmanager
def power_cut(world: RealProject, request: str, number: int, when: Moment) -> Iterator[None]:
    """The server is killed at the n-th request of a kind, and started again afterwards."""
    lines = Counter[str]()

    def watch(line: str) -> None:
        lines[line] += 1
        if (line, lines[line]) == (request, number):
            when(world)()

    side = "after" if when is answered else "before"
    setattr(world.wire, side, watch)
    try:
        yield
    finally:
        setattr(world.wire, side, str)
        world.studio.kill()
        world.studio.start_again()


@pytest.mark.parametrize("when", [before, meanwhile, answered])
def test_killed_between_chunks(world: RealProject, when: Moment) -> None:
    """Whenever the server dies at the second of three chunks, the next push makes what lacks and nothing twice."""
    with power_cut(world, IMPORT, 2, when), pytest.raises(SurroundingsError):
        world.push()

    world.push()

    tasks = world.tasks()
    assert {name(number): 1 for number in range(SIZE)} == Counter(task["data"]["article_id"] for task in tasks)
    assert [] == [task for task in tasks if len(task["predictions"]) != (not task["data"]["blind"])]
    page, files = world.page(), world.snapshot()
    assert not world.push().changed
    assert (page, files) == (world.page(), world.snapshot())
    world.pull()
    assert {world.record(task["data"]["article_id"]).header.task for task in tasks} == {task["id"] for task in tasks}


def mentions_of(world: RealProject, article: str) -> list[object]:
    claims = [mention(*span, f"x{n}") for n, span in enumerate(world.openings(article))]
    return world.result(article, claims)


def test_killed_during_a_pull(world: RealProject, anne: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    """The server dies between two pages; the next pull brings all of it, and a third one finds nothing."""
    world.push()
    for number in range(SIZE):
        anne.submit(world.task(name(number))["id"], mentions_of(world, name(number)))
    monkeypatch.setattr(client_module, "_WHOLE_PAGE", 2)
    with power_cut(world, LIST, 3, before), pytest.raises(SurroundingsError):
        world.pull()
    some = [number for number in range(SIZE) if world.layer(name(number))]

    world.pull()

    assert 0 < len(some) < SIZE
    assert {number: len(world.openings(name(number))) for number in range(SIZE)} == {
        number: len(world.layer(name(number))) for number in range(SIZE)
    }
    assert [] == read_conflicts(world.project, "main")
    files = world.snapshot()
    assert () == world.pull(full=True).layers
    assert files == world.snapshot()


@pytest.mark.parametrize(("request_", "when"), [(IMPORT, answered), (ANNOTATE, answered), (MARK, before)])
def test_killed_while_a_text_is_superseded(world: RealProject, anne: Person, request_: str, when: Moment) -> None:
    """Wherever it dies, the next push ends with one new task, one annotation taken over, and the old task marked."""
    world.push()
    anne.submit(world.task(name(0))["id"], mentions_of(world, name(0)))
    world.pull()
    ids = set(world.layer(name(0)))
    world.revise(name(0), insert(0, "Vingt ans plus tard,"))
    with power_cut(world, request_, 1, when), pytest.raises(SurroundingsError):
        world.push()

    world.push()
    world.pull()

    old, new = [task for task in world.tasks() if task["data"]["article_id"] == name(0)]
    assert new["data"]["key"] == old["data"]["superseded_by"]
    assert [anne.id] == [one["completed_by"] for one in new["annotations"]]
    assert 1 == len(old["annotations"])
    assert ids == set(world.layer(name(0)))
    assert [] == read_conflicts(world.project, "main")
    page, files = world.page(), world.snapshot()
    assert not world.push().changed
    assert () == world.pull(full=True).layers
    assert (page, files) == (world.page(), world.snapshot())


def test_a_backup_that_is_restored_takes_nothing_back(world: RealProject, anne: Person, tmp_path: Path) -> None:
    """The server forgets work that was pulled: the layer keeps it, it is told, and what comes next is read."""
    world.push()
    said = mentions_of(world, name(0))
    annotation = anne.submit(world.task(name(0))["id"], said[:1])
    world.pull()
    world.studio.kill()
    shutil.copytree(world.studio.data, tmp_path / "backup")
    world.studio.start_again()
    anne.update(annotation, said)
    world.pull()
    layer = world.layer(name(0))
    world.studio.kill()
    shutil.rmtree(world.studio.data)
    (tmp_path / "backup").rename(world.studio.data)
    world.studio.start_again()

    report = world.pull(full=True)

    assert ([name(0)], layer) == ([one.article_id for one in report.left], world.layer(name(0)))
    anne.update(annotation, said)
    assert () == world.pull().left
    assert layer == world.layer(name(0))


def test_a_server_that_stands_still(world: RealProject) -> None:
    """A sync gives up when its patience ends, in one line, and finds everything as it was when the server goes on."""
    world.push()
    page, files = world.page(), world.snapshot()
    os.killpg(world.studio.process.pid, signal.SIGSTOP)
    try:
        with Server(world.studio.url, world.studio.access.api_key, timeout=1) as hasty:
            for sync in (push, pull):
                with pytest.raises(SurroundingsError, match="within 1 seconds") as raised:
                    sync(world.project, hasty)
                assert 1 == len(str(raised.value).splitlines())
    finally:
        os.killpg(world.studio.process.pid, signal.SIGCONT)

    assert (page, files) == (world.page(), world.snapshot())
    assert not world.push().changed


def test_a_project_that_goes_while_we_push(world: RealProject) -> None:
    """Somebody deletes the project between two chunks: one line says so, and the next push begins anew."""
    world.push(dry_run=True)

    def delete(line: str) -> None:
        if line == IMPORT and len([one for one in world.wire.log if one == IMPORT]) == 2:
            world.wire.before = str
            with world.studio.client() as other:
                other.sdk.projects.delete(other.projects()[0].id)

    world.wire.before = delete
    with pytest.raises(SurroundingsError, match="404") as raised:
        world.push()
    assert 1 == len(str(raised.value).splitlines())

    world.push()
    assert {name(number) for number in range(SIZE)} == {task["data"]["article_id"] for task in world.tasks()}
    assert SIZE == len(world.tasks())
    assert not world.push().changed


def unknown_key(studio: StudioServer) -> tuple[str, str]:
    """A key that the server does not know."""
    return studio.url, "0123456789" * 4


def wrong_place(studio: StudioServer) -> tuple[str, str]:
    """An address below which the server has nothing."""
    return f"{studio.url}/nulle-part", studio.access.api_key


def stopped(studio: StudioServer) -> tuple[str, str]:
    """An address at which nobody listens."""
    return f"http://{HOST}:{free_port()}", studio.access.api_key


def at(world: RealProject, access: tuple[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command with another address and key in the environment."""
    with pytest.MonkeyPatch.context() as environment:
        for variable, value in zip((URL_VARIABLE, KEY_VARIABLE), access, strict=True):
            environment.setenv(variable, value)
        return run("studio", *arguments, folder=world.root)


@pytest.mark.parametrize(
    ("wrong", "words"), [(unknown_key, " 401 "), (wrong_place, " 404 "), (stopped, "nobody answers")]
)
def test_what_cannot_be_is_one_line(
    studio_server: StudioServer, tmp_path: Path, wrong: Callable[[StudioServer], tuple[str, str]], words: str
) -> None:
    """Push and pull exit with 3, say in one line what is the matter and never the key, and leave every file."""
    with real_project(studio_server, tmp_path, 1) as world:
        world.push()
        world.pull()
        access, page, files = wrong(studio_server), world.page(), world.snapshot()

        for done in (at(world, access, "push"), at(world, access, "pull")):
            assert (3, "", 1) == (done.returncode, done.stdout, len(done.stderr.splitlines()))
            assert words in done.stderr
            assert access[1] not in done.stderr

        assert (page, files) == (world.page(), world.snapshot())


def test_status_without_a_server(studio_server: StudioServer, tmp_path: Path) -> None:
    """Where nobody answers, the status tells what is known here, and that it is no more than that."""
    with real_project(studio_server, tmp_path, 2) as world:
        world.push()
        world.propose(name(0), label="PER")

        done = at(world, stopped(studio_server), "status")

        assert (0, "") == (done.returncode, done.stderr)
        assert "nobody answers" in done.stdout
        assert f"to push, new proposals (1):\n    {name(0)}" in done.stdout
