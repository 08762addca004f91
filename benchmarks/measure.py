"""How things are measured: peers in the same run, taking turns, the best of several; cold ones in a process each."""

from __future__ import annotations

import gc
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import NamedTuple, ParamSpec, TypeVar

import psutil

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


class Row(NamedTuple):
    """One line of the table: what was measured, both figures with their unit, their ratio, and what was hoped for."""

    what: str
    ours: str
    peer: str
    ratio: str
    wanted: str


class Run(NamedTuple):
    """A command that ran to its end: wall-clock seconds, and the peak memory of its whole process tree in MB."""

    seconds: float
    peak_megabytes: float


def seconds(work: Callable[[], object]) -> float:
    """Wall-clock seconds that `work` takes, once, with no garbage of others to collect."""
    gc.collect()
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def taking_turns(*works: Callable[[], float], repeats: int = 3) -> list[float]:
    """The least figure of each, measured in turns so that a noisy minute falls on all alike."""
    rounds = [[work() for work in works] for _ in range(repeats)]
    return [min(figures) for figures in zip(*rounds, strict=True)]


def in_fresh_process(
    function: Callable[Arguments, Result], *arguments: Arguments.args, **options: Arguments.kwargs
) -> Result:
    """What a function of a module gives in a process of its own, where nothing is cached yet."""
    with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as executor:
        return executor.submit(function, *arguments, **options).result()


def run(command: Sequence[str]) -> Run:
    """Run a command to its end, watching the memory of it and its children.

    Pages that processes share are counted once, in shares (PSS); where the system does not tell, as often as they
    are mapped (RSS).

    Raises:
        subprocess.CalledProcessError: if it fails; its output is a note of the error.
    """
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    peaks: list[int] = [0]
    done = threading.Event()
    watcher = threading.Thread(target=_watch, args=(psutil.Process(process.pid), peaks, done))
    watcher.start()
    output, _ = process.communicate()
    elapsed = time.perf_counter() - start
    done.set()
    watcher.join()
    if process.returncode:
        error = subprocess.CalledProcessError(process.returncode, command)
        error.add_note(output)
        raise error
    return Run(elapsed, peaks[0] / 1e6)


def _watch(process: psutil.Process, peaks: list[int], done: threading.Event) -> None:
    while not done.wait(0.1):
        peaks[0] = max(peaks[0], _tree_memory(process))


def _tree_memory(process: psutil.Process) -> int:
    total = 0
    try:
        for member in (process, *process.children(recursive=True)):
            total += _memory(member)
    except psutil.Error:  # it has ended between two looks
        return 0
    return total


def _memory(process: psutil.Process) -> int:
    try:
        memory = process.memory_full_info()
    except (psutil.AccessDenied, NotImplementedError):
        memory = process.memory_info()
    return int(getattr(memory, "pss", memory.rss))
