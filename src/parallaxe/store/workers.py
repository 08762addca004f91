"""Chunks of work through a pool of processes, in order, in bounded memory, over the death of a worker.

`ProcessPoolExecutor` notices at once when a worker is killed (`multiprocessing.Pool` waits for ever); the chunk is then
done again in a new pool. Any executor of the standard interface will do.
"""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

from parallaxe.core.errors import SurroundingsError

Work = TypeVar("Work")
Result = TypeVar("Result")

_TRIES = 3


def in_order(work: Callable[[Work], Result], chunks: Sequence[Work], jobs: int) -> Iterator[Result]:
    """The result of each chunk, in order; at most twice as many as there are jobs are under way at once.

    Raises:
        SurroundingsError: if workers die at the same chunk again and again.
    """
    if jobs == 1 or len(chunks) <= 1:
        yield from map(work, chunks)
        return
    done = tries = 0
    while done < len(chunks):
        try:
            with _pool(jobs) as pool:
                for result in _windowed(pool, work, chunks[done:], 2 * jobs):
                    yield result
                    done, tries = done + 1, 0
        except BrokenProcessPool as error:
            tries += 1
            if tries == _TRIES:
                advice = "see whether memory is short, or use --jobs 1"
                raise SurroundingsError("worker processes", "they are killed again and again", advice) from error


def _pool(jobs: int) -> Executor:
    return ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn"))


def _windowed(pool: Executor, work: Callable[[Work], Result], chunks: Sequence[Work], width: int) -> Iterator[Result]:
    waiting: deque[Future[Result]] = deque()
    for chunk in chunks:
        waiting.append(pool.submit(work, chunk))
        if len(waiting) >= width:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()
