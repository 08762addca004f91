"""The environment that a server of Label Studio runs in: its own, since it holds back libraries that we need newer.

It is made once, from pins with hashes, and whole or not at all: a mark stands in it until everything is installed, so
that an environment whose maker was killed is made again. Who makes one holds a lock, and so does pip itself, which may
outlive who called it. A folder that holds anything else is never touched.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from parallaxe.core.errors import SurroundingsError, UsageError
from parallaxe.store.atomic import surroundings

VERSION = "1.23.2"
ENVIRONMENT_VARIABLE = "PARALLAXE_STUDIO_ENV"
_PACKAGED = Path(__file__).resolve().parents[1] / "requirements" / "label-studio.txt"
_CHECKOUT = Path(__file__).resolve().parents[3] / "requirements" / "label-studio.txt"
_UNFINISHED, _PINS = ".unfinished", ".pins"


def pins() -> Path:
    """What is installed: inside the package when that is installed, at the top of the repository in a checkout."""
    return _PACKAGED if _PACKAGED.is_file() else _CHECKOUT


def chosen_folder(option: Path | None, usual: Path) -> Path:
    """Where the environment stands: where an option says, or `PARALLAXE_STUDIO_ENV`, or at its usual place."""
    named = os.environ.get(ENVIRONMENT_VARIABLE, "")
    return (option or (Path(named) if named else usual)).expanduser().absolute()


def server_program(folder: Path, tell: Callable[[str], object], requirements: Path | None = None) -> Path:
    """The server's program in its environment, which is made, or made again, where it is missing or out of date.

    Args:
        folder: of the environment; also one that somebody else made with the right version in it.
        tell: is told what takes long.
        requirements: other pins, for tests.

    Raises:
        UsageError: if the folder holds something else.
        SurroundingsError: if the environment cannot be made.
    """
    requirements = requirements or pins()
    program = folder / "bin" / "label-studio"
    if _is_ready(folder, program, requirements):
        return program
    with _alone(folder) as lock:
        # Somebody else may have made it while we waited.
        if not _is_ready(folder, program, requirements):
            _make(folder, requirements, lock, tell)
    return program


def _is_ready(folder: Path, program: Path, requirements: Path) -> bool:
    if (folder / _UNFINISHED).exists():
        return False
    if (folder / _PINS).exists():
        return program.is_file() and (folder / _PINS).read_text("utf-8") == _digest(requirements)
    if program.is_file():
        if not list(folder.glob(f"lib/python*/site-packages/label_studio-{VERSION}.dist-info")):
            what = f"it has another version of label-studio than {VERSION}"
            raise UsageError(str(folder), what, "name another folder with --env, or install that version")
        return True
    if folder.exists() and any(folder.iterdir()):
        raise UsageError(str(folder), "it is no environment of label-studio", "name a new folder with --env")
    return False


def _make(folder: Path, requirements: Path, lock: int, tell: Callable[[str], object]) -> None:
    tell(f"installing Label Studio {VERSION} into {folder}: once, some minutes, 0.8 GB")
    log = folder.with_name(f"{folder.name}.log")
    with surroundings(folder):
        if folder.exists():
            shutil.rmtree(folder)
        folder.mkdir(parents=True)
        (folder / _UNFINISHED).touch()
    python = folder / "bin" / "python"
    install = [str(python), "-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--require-hashes"]
    _run([sys.executable, "-m", "venv", str(folder)], log, lock)
    _run([*install, "--requirement", str(requirements)], log, lock)
    with surroundings(folder):
        (folder / _PINS).write_text(_digest(requirements), encoding="utf-8")
        (folder / _UNFINISHED).unlink()


def _run(command: list[str], log: Path, lock: int) -> None:
    """Run a step with its words in the log; it holds the lock as well, should it outlive us."""
    environment = {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "PYTHONHOME"}}
    with surroundings(log), log.open("ab") as words:
        done = subprocess.run(  # noqa: S603 -- the command is ours
            command, stdout=words, stderr=words, env=environment, pass_fds=[lock], check=False
        )
    if done.returncode:
        raise SurroundingsError(str(log.parent), "the server cannot be installed", f"see {log} and run it again")


@contextmanager
def _alone(folder: Path) -> Iterator[int]:
    """Nobody else makes this environment as long as the block lasts."""
    with surroundings(folder):
        folder.parent.mkdir(parents=True, exist_ok=True)
        lock = os.open(folder.with_name(f"{folder.name}.lock"), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield lock
    finally:
        os.close(lock)


def _digest(requirements: Path) -> str:
    """Of what is installed, and for which Python."""
    return f"{sha256(requirements.read_bytes()).hexdigest()} {sys.version_info.major}.{sys.version_info.minor}"
