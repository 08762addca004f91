"""Workers: results in order, over their death, and nothing of them stays."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import psutil
import pytest

from parallaxe.core.errors import SurroundingsError
from parallaxe.store.building import workers
from parallaxe.store.building.workers import in_order


@pytest.fixture(autouse=True)
def nothing_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    """No work here needs what the server loads for a build."""
    monkeypatch.setattr(workers, "_PRELOADED", [])


def squared(number: int) -> int:
    return number * number


def killed_once(number: int, mark: Path) -> int:
    """Kills its own process the first time it comes to 3."""
    if number == 3 and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def killed(_number: int) -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    return 0


def test_results_come_in_the_order_of_the_work() -> None:
    """From two processes as from one."""
    assert [squared(number) for number in range(20)] == list(in_order(squared, range(20), 2))
    assert [squared(number) for number in range(20)] == list(in_order(squared, range(20), 1))


def test_what_a_killed_worker_had_is_done_again(tmp_path: Path) -> None:
    """Each result comes once, in order."""
    assert list(range(8)) == list(in_order(partial(killed_once, mark=tmp_path / "mark"), range(8), 2))


def test_work_that_kills_every_worker_is_given_up() -> None:
    """After three pools, with what to do."""
    with pytest.raises(SurroundingsError, match="killed again and again"):
        list(in_order(killed, range(4), 2))


def test_no_process_stays_when_the_work_is_done() -> None:
    """Neither workers nor the server that they are forked from, which holds a hundred megabytes."""
    list(in_order(squared, range(8), 2))

    # What other tests have started and killed may still be listed; it has ended all the same.
    living = [child for child in psutil.Process().children(recursive=True) if child.status() != psutil.STATUS_ZOMBIE]
    children = [" ".join(child.cmdline()) for child in living]
    assert not [line for line in children if "forkserver" in line]
    assert multiprocessing.active_children() == []


def test_workers_end_with_a_killed_build() -> None:
    """None waits for ever for work that will not come."""
    code = "import time\nfrom parallaxe.store.building.workers import in_order\nlist(in_order(time.sleep, [60] * 8, 2))"
    build = subprocess.Popen([sys.executable, "-c", code])
    children = wait_for_children(psutil.Process(build.pid), 4)
    build.kill()
    build.wait()

    _, alive = psutil.wait_procs(children, timeout=20)
    assert alive == []


def wait_for_children(process: psutil.Process, count: int) -> list[psutil.Process]:
    """The server, the tracker and the workers of a process, as soon as they are that many."""
    until = time.monotonic() + 60
    children: list[psutil.Process] = []
    while len(children) < count:
        assert time.monotonic() < until
        time.sleep(0.05)
        children = process.children(recursive=True)
    return children
