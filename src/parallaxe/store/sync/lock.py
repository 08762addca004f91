"""One sync at a time: two that read, merge and write side by side would each undo what the other did.

The lock is the system's own (`flock`), so a process that dies leaves none behind; the file stays, with the number of
whoever held it last.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from parallaxe.core.errors import SurroundingsError
from parallaxe.store.atomic import surroundings

_PAUSE = 0.1


@contextmanager
def only_one(path: Path, patience: float = 0.0, *, of: str = "sync") -> Iterator[None]:
    """Hold the lock of a project while the block runs; wait for another sync (or what `of` says) for so many seconds.

    Raises:
        SurroundingsError: if another still holds it then.
    """
    with surroundings(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        # A link is not followed: what it leads to would be written over.
        flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK
        file = os.fdopen(os.open(path, flags, 0o666), "r+", encoding="utf-8")
    with file:
        _take(file, path, patience, of)
        file.seek(0)
        file.truncate()
        file.write(f"{os.getpid()}\n")
        file.flush()
        yield


def _take(file: TextIO, path: Path, patience: float, of: str) -> None:
    deadline = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= deadline:
                holder = path.read_text("utf-8").strip() or "unknown"
                what = f"another {of} is at work (process {holder})"
                raise SurroundingsError(str(path), what, "wait until it ends and run this again") from None
            time.sleep(_PAUSE)
        else:
            return
