"""Processes that outlive the command which starts them, and are stopped by another one: this one, never a stranger.

The number of a process is given anew when it has ended, so that a number alone says nothing. Together with the moment
at which the process began it is that process, as long as the machine is up.
"""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from parallaxe.core.errors import SurroundingsError
from parallaxe.store.atomic import surroundings

_BETWEEN_LOOKS = 0.05
_KILLED_WITHIN = 10.0


class Running(NamedTuple):
    """A process: its number, and when it began, as the system says it."""

    pid: int
    began: str


def start(command: Sequence[str | Path], log: Path, environment: Mapping[str, str]) -> Running:
    """Start a process of its own session, whose words go to the end of a log that only its owner can read.

    Raises:
        SurroundingsError: if it cannot be started.
    """
    with surroundings(log):
        log.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with surroundings(str(command[0])), os.fdopen(handle, "ab") as words:
        process = subprocess.Popen(  # noqa: S603 -- the command is ours
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=words,
            stderr=words,
            env=dict(environment),
            start_new_session=True,
        )
    # It is left alone: nobody waits for it here, and Python need not say so.
    process.returncode = 0
    # Should it have ended already, it is still listed, for nobody has waited for it.
    return Running(process.pid, _status(process.pid).began)


def is_running(process: Running) -> bool:
    """Whether it is this very process that still runs."""
    _reap(process.pid)
    status = _status(process.pid)
    return status.began == process.began and not status.has_ended


def stop(process: Running, patience: float = 10.0) -> bool:
    """End a process and what it started: politely, and after some seconds for good; false where it had ended already.

    Raises:
        SurroundingsError: if it is another user's, or will not end.
    """
    if not is_running(process):
        return False
    with surroundings(f"process {process.pid}"):
        for how, seconds in ((signal.SIGTERM, patience), (signal.SIGKILL, _KILLED_WITHIN)):
            try:
                os.killpg(process.pid, how)
            except ProcessLookupError:
                return True
            if _ends_within(process, seconds):
                return True
    raise SurroundingsError(f"process {process.pid}", "it does not end", "end it by hand")


def _ends_within(process: Running, seconds: float) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if not is_running(process):
            return True
        time.sleep(_BETWEEN_LOOKS)
    return False


def _reap(pid: int) -> None:
    """Where it is our own child and has ended, take it off the list; otherwise its number would live on."""
    try:
        os.waitpid(pid, os.WNOHANG)
    except ChildProcessError:
        return


class _Status(NamedTuple):
    began: str
    has_ended: bool


def _status(pid: int) -> _Status:
    """When a process began, as a word to compare, and whether it is only listed still; empty where there is none."""
    if Path("/proc/self/stat").exists():
        try:
            # The name of the command comes second, in brackets, and may hold anything.
            told = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace").rpartition(") ")[2].split()
        except OSError:
            return _Status("", True)
        state, began = told[0], told[19]
    else:
        command = ["/bin/ps", "-o", "stat=,lstart=", "-p", str(pid)]
        found = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 -- the command is ours
        state, _, began = found.stdout.strip().partition(" ")
    return _Status(began, state[:1] in {"", "Z", "X"})
