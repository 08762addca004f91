"""The project's own server of Label Studio: up, down, and how it stands, for people who have no other.

Everything of it lies in the project's state, which git never sees: its environment (unless one is shared), its data,
its logs, the file with log-in and key that only its owner can read, and which processes run. Whatever is killed at any
point is mended by the next `up`: it waits for a server that was started and not awaited, installs again what is half
installed, and takes a process that has ended, or whose number is another's by now, for what it is.
"""

from __future__ import annotations

import fcntl
import json
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import httpx

from parallaxe.core.errors import SurroundingsError, UsageError
from parallaxe.store import processes
from parallaxe.store.atomic import surroundings, write_text
from parallaxe.store.processes import Running
from parallaxe.store.project import Project
from parallaxe.store.studio_environment import chosen_folder, server_program
from parallaxe.store.studio_process import HOST, check_port, is_healthy, start_server, wait_for_server
from parallaxe.store.sync.connection import Access, access_file, read_access, studio_folder, write_access

USUAL_PORT = 8080
NEVER, STOPPED, STARTING, RUNNING = "never up", "stopped", "starting", "running"
SERVER, ASSIST = "server", "assist"
_DOMAIN = "parallaxe.example"

Tell = Callable[[str], object]


class ServerState(NamedTuple):
    """How the project's own server stands.

    Args:
        state: `never up`, `stopped`, `starting` (its process runs and does not answer) or `running`.
        url: where it is, or was; null before the first `up`.
        login: with what a person logs in; the password stands in `access_file`.
        pid: number of its process; null where none runs.
        assist: number of the process of live help; null where none runs.
        access_file: log-in, password and key; for its owner alone.
        log: what the server says.
    """

    state: str
    url: str | None
    login: str | None
    pid: int | None
    assist: int | None
    access_file: Path
    log: Path


def up(project: Project, port: int | None = None, environment: Path | None = None, tell: Tell = str) -> bool:
    """Start the project's own server and wait until it answers; false where it runs already.

    Args:
        project: whose server.
        port: where it listens; by default where it did before, or at 8080.
        environment: a folder to share between projects, with the server in it or for it.
        tell: is told what takes long.

    Raises:
        UsageError: if it runs at another port, or the folder holds something else.
        SurroundingsError: if the port is taken, or the server cannot be installed or started.
    """
    with alone(project):
        access, process = read_access(project), recorded(project, SERVER)
        if access is not None and process is not None:
            if port not in (None, httpx.URL(access.url).port):
                raise UsageError("--port", f"it runs already at {access.url}", "run `parallaxe studio down` before")
            wait_for_server(process, access, log_file(project, SERVER), tell)
            return False
        access = _access(project, access, port)
        check_port(httpx.URL(access.url).port or USUAL_PORT)
        program = server_program(chosen_folder(environment, studio_folder(project) / "env"), tell)
        _start(project, program, access, tell)
        return True


def down(project: Project) -> list[str]:
    """Stop what `up` started; the names of what ran: `assist`, `server`.

    Raises:
        SurroundingsError: if a process will not end, or `up` is at work.
    """
    with alone(project):
        stopped = []
        for name in (ASSIST, SERVER):
            process = recorded(project, name)
            if process is not None and processes.stop(process):
                stopped.append(name)
            _record_file(project, name).unlink(missing_ok=True)
        return stopped


def server_state(project: Project) -> ServerState:
    """How the project's own server stands now.

    Raises:
        SurroundingsError: if the access file is broken.
    """
    access, server, assist = read_access(project), recorded(project, SERVER), recorded(project, ASSIST)
    state = STOPPED if access else NEVER
    if access and server:
        state = RUNNING if is_healthy(access.url) else STARTING
    return ServerState(
        state,
        access.url if access else None,
        access.login if access else None,
        server.pid if server else None,
        assist.pid if assist else None,
        access_file(project),
        log_file(project, SERVER),
    )


def recorded(project: Project, name: str) -> Running | None:
    """The process that was started under a name; null where there was none, or it has ended."""
    try:
        process = Running(**json.loads(_record_file(project, name).read_bytes()))
    except (OSError, ValueError, TypeError):
        return None
    return process if processes.is_running(process) else None


def record(project: Project, name: str, process: Running) -> None:
    """Remember a process, for `down` and for the next `up`."""
    write_text(_record_file(project, name), json.dumps(process._asdict()) + "\n")


def log_file(project: Project, name: str) -> Path:
    """What a process says."""
    return studio_folder(project) / f"{name}.log"


def _record_file(project: Project, name: str) -> Path:
    return studio_folder(project) / f"{name}.process.json"


def _access(project: Project, known: Access | None, port: int | None) -> Access:
    """Log-in and key as they are, or new ones."""
    if known is not None:
        return replace(known, url=f"http://{HOST}:{port}") if port else known
    # Where only the access file is lost, the data has the user of before, whose password nobody knows.
    name = f"studio-{secrets.token_hex(3)}" if any(_data(project).glob("*.sqlite3")) else "studio"
    url = f"http://{HOST}:{port or USUAL_PORT}"
    return Access(url, f"{name}@{_DOMAIN}", secrets.token_urlsafe(12), secrets.token_hex(20))


def _start(project: Project, program: Path, access: Access, tell: Tell) -> None:
    data, log = _data(project), log_file(project, SERVER)
    with surroundings(data):
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
    # First the key, then the user who has it: so there is never a user whose key nobody knows.
    write_access(project, access)
    process = start_server(program, access, data, log)
    try:
        record(project, SERVER, process)
        wait_for_server(process, access, log, tell)
    except BaseException:
        processes.stop(process)
        raise


def _data(project: Project) -> Path:
    return studio_folder(project) / "data"


@contextmanager
def alone(project: Project) -> Iterator[None]:
    """Nobody else starts or stops the server as long as the block lasts."""
    folder = studio_folder(project)
    with surroundings(folder):
        folder.mkdir(parents=True, exist_ok=True)
        lock = os.open(folder / "up.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _lock(lock, project)
        yield
    finally:
        os.close(lock)


def _lock(handle: int, project: Project) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        what = "another `parallaxe studio up` or `down` is at work"
        raise SurroundingsError(str(project.root), what, "wait for it to end") from error
