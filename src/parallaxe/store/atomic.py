"""Writing so that a reader sees the old state or the new one, whole, also when the writer is killed at any point.

A file is written beside its target and renamed over it. A directory is built beside its target and exchanged with it by
one system call (`renameat2` with `RENAME_EXCHANGE` on Linux, `renamex_np` with `RENAME_SWAP` on macOS). Where a file
system cannot exchange, two renames do it, and the next writer finishes what was cut between them. Writers of one target
wait for each other: they hold a lock on the directory it stands in, which leaves no lock file behind.
"""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from parallaxe.core.errors import SurroundingsError

_ADVICE = {
    errno.ENOSPC: "free some space and run it again",
    errno.EFBIG: "free some space and run it again",
    errno.EDQUOT: "free some space and run it again",
    errno.EACCES: "make it writable, or choose another place with --out",
    errno.EPERM: "make it writable, or choose another place with --out",
    errno.EROFS: "choose another place with --out",
    errno.ENOTDIR: "choose another place with --out",
    errno.EEXIST: "choose another place with --out",
}


@contextmanager
def surroundings(where: Path | str) -> Iterator[None]:
    """Turn what the operating system refuses into one clear error about `where`.

    Raises:
        SurroundingsError: if the disk is full, the place not writable, or any other system call fails.
    """
    try:
        yield
    except OSError as error:
        what = os.strerror(error.errno).lower() if error.errno else str(error)
        raise SurroundingsError(
            str(where), what, _ADVICE.get(error.errno or 0, "mend that and run it again")
        ) from error


def write_text(path: Path, text: str) -> None:
    """Write a UTF-8 file with LF, whole or not at all; its folder is made where it is missing."""
    write_bytes(path, text.encode("utf-8"))


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file, whole or not at all; its folder is made where it is missing."""
    with surroundings(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        with beside(path) as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())


@contextmanager
def beside(path: Path) -> Iterator[BinaryIO]:
    """An empty file to write, which takes the place of `path` when the block ends without an error.

    Its name is always the same, so that what a killed writer left is written over by the next one; a second writer of
    the same path waits. A link that somebody put there is not followed.
    """
    part = path.with_name(f".{path.name}.part")
    with _own(part) as file:
        try:
            yield file
            file.flush()
            part.replace(path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise


def _own(part: Path) -> BinaryIO:
    """The file opened, locked and empty; while this waited, another writer may have put it in its place."""
    while True:
        # Without O_NONBLOCK, a named pipe would be waited on for ever.
        flags = os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK
        file = os.fdopen(os.open(part, flags, 0o666), "wb")
        fcntl.flock(file, fcntl.LOCK_EX)
        if part.exists() and os.path.samestat(os.fstat(file.fileno()), part.lstat()):
            file.truncate(0)
            return file
        file.close()


@contextmanager
def building(target: Path) -> Iterator[Path]:
    """A new directory to fill, which takes the place of `target` when the block ends without an error.

    What stood at `target` before is gone then, and untouched otherwise. A second writer of the same target waits.

    Raises:
        SurroundingsError: if the place cannot be written, or is a link.
    """
    target = target.absolute()
    if target.is_symlink():
        raise SurroundingsError(str(target), "it is a link", "remove it, or choose another place with --out")
    with surroundings(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        with _locked(target.parent):
            _finish_interrupted(target)
            new = target.with_name(f".{target.name}.building")
            new.mkdir()
            try:
                yield new
                _take_place(new, target)
            finally:
                shutil.rmtree(new, ignore_errors=True)


@contextmanager
def _locked(directory: Path) -> Iterator[None]:
    handle = os.open(directory, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _finish_interrupted(target: Path) -> None:
    """Clear away what a killed writer left; the lock is held, so nobody is at work on it."""
    old, new = target.with_name(f".{target.name}.old"), target.with_name(f".{target.name}.building")
    if old.exists() and not target.exists():
        old.rename(target)
    shutil.rmtree(old, ignore_errors=True)
    shutil.rmtree(new, ignore_errors=True)


def _take_place(new: Path, target: Path) -> None:
    for file in new.rglob("*"):
        if file.is_file():
            with file.open("rb") as handle:
                os.fsync(handle.fileno())
    if not target.exists():
        new.rename(target)
    elif not _exchange(new, target):
        old = target.with_name(f".{target.name}.old")
        target.rename(old)
        new.rename(target)
        shutil.rmtree(old)


def _exchange(one: Path, other: Path) -> bool:
    """Swap two directories in one step; False where the system or the file system cannot."""
    name, flag = ("renamex_np", 2) if sys.platform == "darwin" else ("renameat2", 2)
    call = getattr(ctypes.CDLL(None, use_errno=True), name, None)
    if call is None:
        return False
    here = -100  # AT_FDCWD: the paths are absolute
    paths = (os.fsencode(one), os.fsencode(other))
    arguments = (*paths, flag) if name == "renamex_np" else (here, paths[0], here, paths[1], flag)
    return bool(call(*arguments) == 0)
