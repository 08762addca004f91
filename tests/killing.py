"""Commands that are killed with SIGKILL: at their n-th effect on the disk, or after some seconds.

A process that has imported everything once is forked for each call, so that a hundred kills cost a minute and not ten.
Effects are counted by an audit hook: whatever Python opens to write, renames, makes or removes, and each system call
that exchanges directories. A kill before the n-th effect is one after the (n-1)-th.

Run as a script, this file is the process that is forked: a JSON object on each line of its input and of its output.
"""

from __future__ import annotations

import hashlib
import json
import os
import select
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

_EFFECTS = {"os.rename", "os.mkdir", "os.remove", "os.rmdir", "os.link", "os.symlink", "os.truncate", "ctypes.dlsym"}
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_WARM = (
    "pandas",
    "pandera.polars",
    "rensa",
    "parallaxe.cli.app",
    "parallaxe.store.machine.warm_machine",
    "parallaxe.store.commands",
    "parallaxe.store.validation",
    "parallaxe.store.release.making",
)
"""Nothing that reads the environment as it is imported, as huggingface_hub does: a call has its own."""
_LONGEST = 120.0


class Ended(NamedTuple):
    """How a call ended: its code, negative where a signal ended it, how many effects it had, and how long it took."""

    code: int
    effects: int
    seconds: float
    said: str


@dataclass
class Killer:
    """The process that is forked; calls are made one after the other."""

    process: subprocess.Popen[str]

    def run(self, *arguments: str, folder: Path, at: int | None = None, after: float | None = None) -> Ended:
        """Run a command in a folder to its end, or until its effect `at` (from 1), or for `after` seconds."""
        return self._ask(arguments=arguments, folder=str(folder), at=at, after=after)

    def call(self, *arguments: str, folder: Path, text: str | None = None) -> subprocess.CompletedProcess[str]:
        """Run a command to its end as a terminal would: with the environment of now, its two streams apart."""
        with tempfile.TemporaryDirectory() as kept:
            streams = [Path(kept) / name for name in ("in", "out", "err")]
            streams[0].write_text(text or "", "utf-8")
            named = [str(path) for path in streams]
            ended = self._ask(arguments=arguments, folder=str(folder), streams=named, environment=dict(os.environ))
            told = [path.read_text("utf-8") for path in streams[1:]]
        return subprocess.CompletedProcess(["parallaxe", *arguments], ended.code, *told)

    def _ask(self, **asked: Any) -> Ended:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{json.dumps(asked)}\n")
        self.process.stdin.flush()
        return Ended(**json.loads(self.process.stdout.readline()))


@contextmanager
def killer(*options: str) -> Iterator[Killer]:
    """A process to fork, warmed up; with options of the interpreter."""
    command = [sys.executable, *options, __file__]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    with subprocess.Popen(command, stdin=-1, stdout=-1, text=True, env=environment) as process:
        yield Killer(process)
        assert process.stdin is not None
        process.stdin.close()


State = Mapping[str, str]
"""The files of a folder by their path, with a digest of their content."""


def state(folder: Path, ignored: Callable[[str], bool] = lambda _path: False) -> State:
    """All files below a folder, but for those that are ignored."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and not ignored(name):
            found[name] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def torn(now: State, before: State, after: State, *, whole: str | None = None) -> list[str]:
    """What is neither old nor new: files by themselves, and the folder `whole` as one; empty where nothing is.

    Hidden files that a writer had begun beside their target are not looked at: nothing reads them.
    """
    wrong = [name for name, content in now.items() if content not in (before.get(name), after.get(name))]
    wrong = [name for name in wrong if not is_begun(name)]
    wrong += [f"{name} is gone" for name in before.keys() & after.keys() if name not in now]
    if whole is not None:
        sides = [
            {name: digest for name, digest in one.items() if name.startswith(whole)} for one in (now, before, after)
        ]
        wrong += [f"{whole} is neither old nor new"] if sides[0] not in sides[1:] else []
    return wrong


def is_begun(name: str) -> bool:
    """True for a file that is written beside its target, or in a directory that is."""
    return any(part.startswith(".") and part.endswith((".part", ".building", ".old")) for part in name.split("/"))


def _serve() -> None:
    from importlib import import_module

    for name in _WARM:
        import_module(name)
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    for line in sys.stdin:
        answers.write(f"{json.dumps(_call(json.loads(line)))}\n")
        answers.flush()


def _call(asked: dict[str, Any]) -> dict[str, Any]:
    told, tell = os.pipe()
    said, say = os.pipe()
    begun = time.monotonic()
    child = os.fork()
    if child == 0:
        os.close(told)
        os.close(said)
        _child(asked, tell, say)
    os.close(tell)
    os.close(say)
    seconds = _LONGEST if asked.get("after") is None else asked["after"]
    handle = os.pidfd_open(child)
    if not select.select([handle], [], [], seconds)[0]:
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    os.close(handle)
    taken = time.monotonic() - begun
    effects, words = (_drained(pipe) for pipe in (told, said))
    code = os.waitstatus_to_exitcode(status)
    return {"code": code, "effects": len(effects), "seconds": taken, "said": words.decode("utf-8", "replace")[-2000:]}


def _drained(pipe: int) -> bytes:
    with os.fdopen(pipe, "rb") as file:
        os.set_blocking(pipe, False)  # a worker that outlives the call holds the other end
        return file.read() or b""


def _child(asked: dict[str, Any], tell: int, say: int) -> None:
    """The call itself, in a process of its own; it never returns."""
    os.setsid()
    os.chdir(asked["folder"])
    for number, handle in enumerate(_opened(asked["streams"]) if "streams" in asked else _silent(say)):
        os.dup2(handle, number)
    if "environment" in asked:
        os.environ.clear()
        os.environ.update(asked["environment"])
    sys.argv = ["parallaxe", *asked["arguments"]]
    count = 0

    def effect(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal count
        is_write = event == "open" and bool((arguments[2] or 0) & _WRITING) and arguments[0] != os.devnull
        if is_write or event in _EFFECTS:
            count += 1
            if count == asked.get("at"):
                os.kill(os.getpid(), signal.SIGKILL)
            os.write(tell, b".")

    from parallaxe.cli.app import main

    sys.addaudithook(effect)
    code = 0
    try:
        main()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 0
    except BaseException:  # noqa: BLE001 -- the terminal would show it, and so does the answer
        import traceback

        traceback.print_exc()
        code = 99
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def _silent(say: int) -> tuple[int, int, int]:
    return os.open(os.devnull, os.O_RDONLY), say, say


def _opened(streams: Sequence[str]) -> tuple[int, int, int]:
    given, out, err = streams
    return os.open(given, os.O_RDONLY), os.open(out, os.O_WRONLY | os.O_CREAT), os.open(err, os.O_WRONLY | os.O_CREAT)


if __name__ == "__main__":
    _serve()
