"""Chunks of work through a pool of processes, in order, in bounded memory, over the death of a worker.

`ProcessPoolExecutor` notices at once when a worker is killed (`multiprocessing.Pool` waits for ever); the chunk is then
done again in a new pool. Any executor of the standard interface will do.

Workers are forked from a server that has loaded what they need and has no threads; the parent, which has some, must not
be forked, and workers that begin with nothing would each hold all of it.
"""

from __future__ import annotations

import multiprocessing
import multiprocessing.forkserver
import os
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import TypeVar

import pyarrow as pa

from parallaxe.core.errors import SurroundingsError

Work = TypeVar("Work")
Result = TypeVar("Result")

_TRIES = 3
_PRELOADED = ("parallaxe.store.machine.warm",)

MACHINE = ("parallaxe.store.machine.warm_machine",)
"""What workers that annotate find loaded beside the text layer."""


def in_order(
    work: Callable[[Work], Result], chunks: Sequence[Work], jobs: int, also: Sequence[str] = ()
) -> Iterator[Result]:
    """The result of each chunk, in order; at most twice as many as there are jobs are under way at once.

    `also` are modules that the server of the workers imports before they are forked, beside the text layer.

    Raises:
        SurroundingsError: if workers die at the same chunk again and again.
    """
    if jobs == 1 or len(chunks) <= 1:
        yield from map(work, chunks)
        return
    done = tries = 0
    while done < len(chunks):
        try:
            with _workers(jobs, (*_PRELOADED, *also)) as pool:
                for result in _windowed(pool, work, chunks[done:], 2 * jobs):
                    yield result
                    done, tries = done + 1, 0
        except BrokenProcessPool as error:
            tries += 1
            if tries == _TRIES:
                advice = "see whether memory is short, or use --jobs 1"
                raise SurroundingsError("worker processes", "they are killed again and again", advice) from error


@contextmanager
def lean_memory() -> Iterator[None]:
    """Let Arrow give back what it frees, in this process; its own allocator keeps a hundred megabytes of it."""
    pool = pa.default_memory_pool()
    pa.set_memory_pool(pa.system_memory_pool())
    try:
        yield
    finally:
        pa.set_memory_pool(pool)


@contextmanager
def _workers(jobs: int, preloaded: Sequence[str]) -> Iterator[Executor]:
    """A pool of processes; they and their server are gone when the block ends."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(preloaded))
    try:
        with ProcessPoolExecutor(jobs, context, initializer=_end_with_parent) as pool:
            yield pool
    finally:
        # There is no public way, and the server would hold what it has loaded until the parent ends.
        multiprocessing.forkserver._forkserver._stop()  # type: ignore[attr-defined] # noqa: SLF001


def _end_with_parent() -> None:
    """In a worker: end when the build is killed; its pipe would never tell, since workers hold both ends of it."""
    threading.Thread(target=_wait_for_parent, daemon=True).start()


def _wait_for_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _windowed(pool: Executor, work: Callable[[Work], Result], chunks: Sequence[Work], width: int) -> Iterator[Result]:
    waiting: deque[Future[Result]] = deque()
    for chunk in chunks:
        waiting.append(pool.submit(work, chunk))
        if len(waiting) >= width:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()
