"""The command line in this process, watched: how a call ends, what it prints, and every path it opens to write.

A call may end with any of the four codes of the design. What it says of an error is one line for each thing that is
wrong; an exception that reaches the terminal, a message of several lines or a write outside of the given folders is a
fault of the program, whatever it was handed.
"""

from __future__ import annotations

import io
import os
import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

from parallaxe.cli.app import main

CODES = (0, 1, 2, 3)
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_TARGETS = {
    "os.mkdir": (0,),
    "os.rename": (0, 1),
    "os.remove": (0,),
    "os.rmdir": (0,),
    "os.link": (1,),
    "os.symlink": (1,),
    "os.truncate": (0,),
    "os.chmod": (0,),
}
_UNFINISHED = re.compile(r"\..*\.(part|building|old)")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


class Outcome(NamedTuple):
    """How a call ended."""

    code: int
    out: str
    err: str
    written: tuple[str, ...]


class FaultError(AssertionError):
    """The program did what no input may make it do."""


_watchers: list[list[str]] = []
_is_hooked: list[bool] = []


def _note(event: str, arguments: tuple[Any, ...]) -> None:
    if not _watchers:
        return
    if event == "open":
        path, mode, flags = arguments
        is_writing = any(letter in (mode or "") for letter in "wax+") or bool((flags or 0) & _WRITING)
        paths = [path] if is_writing else []
    else:
        paths = [arguments[index] for index in _TARGETS.get(event, ())]
    _watchers[-1] += [os.fsdecode(path) for path in paths if isinstance(path, str | bytes | os.PathLike)]


@contextmanager
def writes() -> Iterator[list[str]]:
    """The real paths that this process opens to write, makes, renames or removes while the block runs.

    Libraries that open files without Python are not seen; those that write for us are given paths by it.
    """
    if not _is_hooked:
        sys.addaudithook(_note)
        _is_hooked.append(True)
    seen: list[str] = []
    _watchers.append(seen)
    try:
        yield seen
    finally:
        _watchers.remove(seen)
        seen[:] = [os.path.realpath(Path(path).parent) + "/" + Path(path).name for path in seen]


def call(*arguments: str, stdin: bytes = b"") -> Outcome:
    """Run a command as the terminal does, and judge how it ends.

    Raises:
        FaultError: if it ends in an exception, with an unknown code, or says what is wrong in more than a line.
    """
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", errors) for errors in ("strict", "backslashreplace"))
    given = io.TextIOWrapper(io.BytesIO(stdin), "utf-8")
    with (
        writes() as written,
        patch.object(sys, "argv", ["parallaxe", *arguments]),
        patch.object(sys, "stdin", given),
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        code = _code(arguments)
    outcome = Outcome(code, _told(out), _told(err), tuple(written))
    _judge(arguments, outcome)
    return outcome


def _code(arguments: Sequence[str]) -> int:
    try:
        main()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0 if end.code is None else -1
    except Exception as error:
        raise FaultError(f"parallaxe {' '.join(arguments)}: {type(error).__name__}: {error}") from error
    return 0


def _told(stream: io.TextIOWrapper) -> str:
    stream.flush()
    assert isinstance(stream.buffer, io.BytesIO)
    return stream.buffer.getvalue().decode("utf-8", "replace")


def _judge(arguments: Sequence[str], outcome: Outcome) -> None:
    shown = f"parallaxe {' '.join(arguments)}"
    if outcome.code not in CODES:
        raise FaultError(f"{shown}: ended with {outcome.code}")
    if "Traceback (most recent call last)" in outcome.err:
        raise FaultError(f"{shown}: a traceback: {outcome.err[-500:]}")
    if outcome.code == 0 or outcome.err.startswith("Usage:"):
        return
    broken = [line for line in outcome.err.splitlines() if not _is_message(line)]
    if broken:
        raise FaultError(f"{shown}: not a line for a person: {broken[0][:300]!r}")
    if outcome.code and not (outcome.err or outcome.out):
        raise FaultError(f"{shown}: ended with {outcome.code} and said nothing")


def _is_message(line: str) -> bool:
    """True for `where: what; remedy`, an issue below it, a warning, or what a progress has told."""
    told = line.startswith(("  ", "warning", "articles", "rendered files")) or (": " in line and ("; " in line))
    return told and not _CONTROL.search(line)


def check_inside(outcome: Outcome, *folders: Path) -> None:
    """Raise FaultError where something was written outside of some folders and the one for temporary files."""
    allowed = [os.path.realpath(folder) for folder in (*folders, Path(tempfile.gettempdir()))]
    for path in outcome.written:
        if path not in ("/dev/null", "/dev/tty") and not any(Path(path).is_relative_to(folder) for folder in allowed):
            raise FaultError(f"a write outside of the project: {path}")


def unfinished(folder: Path) -> list[Path]:
    """Files and directories that a writer left half done."""
    return [path for path in sorted(folder.rglob("*")) if _UNFINISHED.fullmatch(path.name)]
