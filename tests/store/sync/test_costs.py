"""What a sync costs, in requests and in tasks that the server has to list."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from parallaxe.store.sync import pull as pull_module
from synced_project import World, mention, name

SIZE = 12


class Clock:
    """A clock that somebody sets."""

    now = 1_000.0

    def time(self) -> float:
        """The time."""
        return self.now


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    """Some tasks that were pushed and pulled a while ago."""
    clock = Clock()
    monkeypatch.setattr(pull_module, "time", clock)
    world = World.of(tmp_path, SIZE)
    world.push()
    world.pull()
    clock.now += 60
    world.pull()
    clock.now += 60
    return world


def cost(world: World, sync: Callable[[], object]) -> tuple[int, int]:
    """Requests and tasks told by the server."""
    world.fake.log.clear()
    world.fake.listed = 0
    sync()
    return len(world.fake.log), world.fake.listed


def test_nothing_to_do_asks_for_no_task(world: World) -> None:
    """A push asks for its project; a pull too, for what changed and for drafts: nothing of either is listed."""
    assert (1, 0) == cost(world, world.push)
    assert (3, 0) == cost(world, world.pull)


def test_one_changed_task_costs_one(world: World) -> None:
    """However many tasks there are, one annotation lists its own task, one new text two, old and new."""
    world.submit(name(7), [mention(*world.openings(name(7))[0], "x")])
    assert (3, 1) == cost(world, world.pull)

    world.revise(name(9), lambda text: text.replace("juin", "mai"))
    requests, listed = cost(world, world.push)
    assert (5, 1) == (requests, listed)


def test_a_deleted_task_costs_one_list_of_ids(world: World) -> None:
    """The server counts fewer tasks than it should, so all ids are compared, once."""
    world.fake.delete_task(world.task(name(3))["id"])

    assert (4, SIZE - 1) == cost(world, world.pull)
    assert (3, 0) == cost(world, world.pull)
