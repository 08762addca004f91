"""Many files of a project written as one: all of them, or none, also when the writer is killed at any point.

What is to be written goes into one journal first; once that is whole on the disk, files take their new content one by
one, and the journal goes away. Whoever finds a journal finishes it before anything else: a run that was cut before its
journal was whole has done nothing, one that was cut after it is completed. A file that somebody changed in between is
not overwritten.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple, TextIO

from parallaxe.core.errors import ProjectError
from parallaxe.core.parsing import parse_json
from parallaxe.core.records import record
from parallaxe.store.atomic import surroundings
from parallaxe.store.sync.light import write_lightly


class Together:
    """Files that are to be written as one; nothing is in its place before the block of `together` has ended."""

    def __init__(self, root: Path, file: TextIO) -> None:
        self._root, self._file = root, file
        self._written: set[Path] = set()
        self.is_cancelled = False

    @property
    def count(self) -> int:
        """How many files change."""
        return len(self._written)

    def cancel(self) -> None:
        """Write none of it after all: it was a dry run."""
        self.is_cancelled = True

    def write(self, path: Path, text: str | None) -> None:
        """A UTF-8 file with LF gets this text, or goes away where it is null; one that has it already is left alone."""
        assert path not in self._written, "a file is written once"
        before = _digest(path)
        after = None if text is None else _digest_of(text)
        if before == after:
            return
        self._written.add(path)
        entry = {"path": path.relative_to(self._root).as_posix(), "before": before, "after": after, "text": text}
        self._file.write(f"{json.dumps(entry)}\n")


@contextmanager
def together(root: Path, journal: Path) -> Iterator[Together]:
    """Files below `root` to write as one; those of an error in the block are not written. One writer at a time.

    Raises:
        SurroundingsError: if the disk fails; run again, and `finish` completes what was begun.
    """
    building = journal.with_name(f".{journal.name}.building")
    with surroundings(journal):
        journal.parent.mkdir(parents=True, exist_ok=True)
        try:
            with building.open("w", encoding="utf-8") as file:
                made = Together(root, file)
                yield made
                file.flush()
                os.fsync(file.fileno())
            if made.count and not made.is_cancelled:
                building.replace(journal)
                _sync(journal.parent)
        finally:
            building.unlink(missing_ok=True)
    if not made.is_cancelled:
        finish(root, journal)


def finish(root: Path, journal: Path) -> int:
    """Complete what a journal says; how many files it wrote, 0 where there is none.

    Raises:
        ProjectError: if one of its files is neither as it was nor as it is to be, or the journal is damaged; then none
            is written.
        SurroundingsError: if the disk fails.
    """
    with surroundings(journal):
        if not journal.is_file():
            return 0
        for path, entry in _entries(root, journal):
            if _digest(path) not in (entry.before, entry.after):
                remedy = f"restore it as git has it, or delete {journal} to give the rest up; then run this again"
                raise ProjectError(str(path), "it was changed while a migration was cut short", remedy)
        count = sum(_put(path, entry) for path, entry in _entries(root, journal))
        os.sync()
        journal.unlink()
    return count


class _Entry(NamedTuple):
    """A line of a journal: a file relative to the root, what tells its content before and after, and its new text."""

    path: str
    before: str | None
    after: str | None
    text: str | None


def _entries(root: Path, journal: Path) -> Iterator[tuple[Path, _Entry]]:
    with journal.open("rb") as file:  # a line at a time: a journal is as long as all that a migration changes
        for number, line in enumerate(file, 1):
            entry = _entry(line, f"{journal}:{number}", journal)
            path = root / entry.path
            if ".." in path.parts or not path.is_relative_to(root):
                raise _damaged(f"{journal}:{number}", "it names a file outside of the project", journal)
            yield path, entry


def _entry(line: bytes, where: str, journal: Path) -> _Entry:
    try:
        entry = record(_Entry, parse_json(line.decode("utf-8"), where, _remedy(journal)))
    except (TypeError, AttributeError, UnicodeDecodeError) as error:
        raise _damaged(where, f"no entry of a journal ({error})", journal) from error
    if entry.after != (None if entry.text is None else _digest_of(entry.text)):
        raise _damaged(where, "the text is not the one that was to be written", journal)
    return entry


def _damaged(where: str, what: str, journal: Path) -> ProjectError:
    return ProjectError(where, what, _remedy(journal))


def _remedy(journal: Path) -> str:
    return f"restore the files of the project as git has them, delete {journal}, and run this again"


def _put(path: Path, entry: _Entry) -> bool:
    if _digest(path) == entry.after:
        return False
    if entry.text is None:
        path.unlink()
    else:
        write_lightly(path, entry.text)
    return True


def _digest(path: Path) -> str | None:
    """What tells the content of a file; null where there is none."""
    return sha256(path.read_bytes()).hexdigest() if path.is_file() else None


def _digest_of(text: str) -> str:
    return sha256(text.encode("utf-8")).hexdigest()


def _sync(folder: Path) -> None:
    """What the folder lists is on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
