"""The process of live help: started beside the project's own server, and made known to the projects in it."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from importlib.util import find_spec

import httpx

from parallaxe.core.errors import SurroundingsError
from parallaxe.store import processes
from parallaxe.store.atomic import write_text
from parallaxe.store.project import Project
from parallaxe.store.studio_process import HOST, check_port, free_port, wait_until_healthy
from parallaxe.store.studio_server import ASSIST, alone, log_file, record, recorded
from parallaxe.store.sync.connection import read_access, studio_folder
from parallaxe.store.sync.passes import Pass, find_project_of, read_passes
from parallaxe.store.sync.places import Places
from parallaxe.studio.client import Server

TITLE = "Parallaxe"


def start_help(project: Project, tell: Callable[[str], object] = str) -> bool:
    """Start live help and make it known to every pass that shows proposals; false where it ran already.

    The project's own server must be up.

    Raises:
        SurroundingsError: if it cannot be started, or libraries of it are missing.
    """
    with alone(project):
        process = recorded(project, ASSIST)
        if process is None:
            _start(project, tell)
    access = read_access(project)
    assert access is not None
    with Server(access.url, access.api_key) as server:
        for one in read_passes(Places(project)).values():
            _offer(project, server, one)
    return process is None


def offer_help(project: Project, server: Server, server_project: int) -> bool:
    """Make live help known to a project of the server, where it runs and the server is the project's own.

    For a push that makes a project of a pass that is not blind; again is as good as once.

    Raises:
        ServerError: if the server cannot be reached, or does not reach the help.
    """
    access = read_access(project)
    if access is None or access.url != server.url or recorded(project, ASSIST) is None:
        return False
    server.connect_backend(server_project, help_url(project), TITLE)
    return True


def help_url(project: Project) -> str:
    """Where live help listens: the same place every time, for the projects of the server remember it."""
    path = studio_folder(project) / "assist.json"
    try:
        return str(json.loads(path.read_bytes())["url"])
    except (OSError, ValueError, LookupError, TypeError):
        url = f"http://{HOST}:{free_port()}"
        write_text(path, json.dumps({"url": url}) + "\n")
        return url


def _offer(project: Project, server: Server, one: Pass) -> None:
    if one.wants_help and (found := find_project_of(server, one, None)) is not None:
        offer_help(project, server, found.id)


def _start(project: Project, tell: Callable[[str], object]) -> None:
    for library in ("starlette", "uvicorn"):
        if find_spec(library) is None:
            raise SurroundingsError("--assist", f"{library} is not installed", "run `pip install 'parallaxe[studio]'`")
    url, log = help_url(project), log_file(project, ASSIST)
    port = httpx.URL(url).port or 0
    try:
        check_port(port)
    except SurroundingsError as error:
        place = studio_folder(project) / "assist.json"
        raise SurroundingsError(error.where, error.what, f"delete {place}: another port is chosen then") from error
    command = [sys.executable, "-m", "parallaxe.store.assist", str(project.root), str(port)]
    process = processes.start(command, log, os.environ)
    try:
        record(project, ASSIST, process)
        wait_until_healthy(process, url, log, tell)
    except BaseException:
        processes.stop(process)
        raise
