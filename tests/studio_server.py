"""A real server of Label Studio and a real browser, for tests that are marked `studio`.

The environment of the server is made once and kept between runs, in the folder that `PARALLAXE_STUDIO_ENV` names or in
the user's cache; so is its database as it is after the first start, which takes four times as long as any other. Each
run copies that, and ends what it started. Where server or browser cannot be had, these tests are skipped and say why;
with `PARALLAXE_REQUIRE_STUDIO=1`, as in CI, they fail.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import httpx
import pytest

from parallaxe.core.errors import ParallaxeError
from parallaxe.store import processes
from parallaxe.store.processes import Running
from parallaxe.store.studio_environment import ENVIRONMENT_VARIABLE, pins, server_program
from parallaxe.store.studio_process import HOST, free_port, start_server, wait_for_server
from parallaxe.store.sync.connection import Access
from parallaxe.studio.client import Server

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

REQUIRED_VARIABLE, CHROMIUM_VARIABLE = "PARALLAXE_REQUIRE_STUDIO", "PARALLAXE_CHROMIUM"
# A server of a test lives for minutes, on this machine alone.
ACCESS = Access("", "studio@parallaxe.example", "mot-de-passe-des-essais", "5eed" * 10)
_CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
_QUIET = (
    "--no-sandbox --disable-gpu --no-first-run --disable-background-networking --disable-component-update "
    "--disable-sync"
)


@dataclass
class StudioServer:
    """A server that runs: how it is reached, where its data is, and its process."""

    access: Access
    program: Path
    data: Path
    process: Running

    @property
    def url(self) -> str:
        """Its address."""
        return self.access.url

    @property
    def log(self) -> Path:
        """What it says."""
        return self.data.with_suffix(".log")

    def client(self) -> Server:
        """A client with its key."""
        return Server(self.access.url, self.access.api_key)

    def client_data(self, path: str) -> Any:
        """What it answers to a request that no client of ours makes."""
        headers = {"Authorization": f"Token {self.access.api_key}"}
        return httpx.get(f"{self.url}/{path}", headers=headers, trust_env=False).raise_for_status().json()

    def kill(self) -> None:
        """End it as a power cut would, at the same address; nothing where it has ended."""
        with suppress(ProcessLookupError):
            if processes.is_running(self.process):
                os.killpg(self.process.pid, signal.SIGKILL)
        # Its last threads may hold the port for a moment after the process counts as ended.
        while processes.is_running(self.process) or self._listens():
            time.sleep(0.01)

    def _listens(self) -> bool:
        try:
            socket.create_connection((HOST, int(self.url.rpartition(":")[2])), timeout=1).close()
        except OSError:
            return False
        return True

    def start_again(self) -> None:
        """Start it again, with the data and at the address that it had."""
        self.process = start_server(self.program, self.access, self.data, self.log)
        remember(self.process)
        wait_for_server(self.process, self.access, self.log, lambda _words: None)


@contextmanager
def running_server(program: Path, data: Path) -> Iterator[StudioServer]:
    """A server over some data, that ends with the block."""
    end_forgotten()
    access = replace(ACCESS, url=f"http://{HOST}:{free_port()}")
    server = StudioServer(access, program, data, Running(0, ""))
    try:
        server.start_again()
        yield server
    finally:
        processes.stop(server.process)
        end_forgotten()


def remember(process: Running) -> None:
    """Keep a server's process on file with our own, should we be killed before we end it."""
    owner = Running(os.getpid(), processes._status(os.getpid()).began)
    path = cache_folder() / "running" / f"{process.pid}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps([owner, process]))


def end_forgotten() -> None:
    """End servers of runs that were killed, and nobody else's."""
    for path in (cache_folder() / "running").glob("*.json"):
        try:
            owner, process = (Running(*kept) for kept in json.loads(path.read_text()))
        except (OSError, ValueError, TypeError):
            continue
        if not processes.is_running(owner):
            processes.stop(process)
        if not processes.is_running(process):
            path.unlink(missing_ok=True)


def cache_folder() -> Path:
    """What is kept between runs."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "parallaxe"


@pytest.fixture(scope="session")
def studio_program() -> Path:
    """The program of the server, installed where it is missing."""
    named = os.environ.get(ENVIRONMENT_VARIABLE)
    folder = Path(named) if named else cache_folder() / "label-studio"
    try:
        return server_program(folder.absolute(), print)
    except ParallaxeError as error:
        give_up(f"no server of Label Studio: {error}")


@pytest.fixture(scope="session")
def studio_data(studio_program: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data of a server that was started once and has nothing in it but its user; to be copied, not used."""
    kept = cache_folder() / f"label-studio-data-{_stamp()}"
    if not kept.is_dir():
        fresh = tmp_path_factory.mktemp("studio") / "data"
        fresh.mkdir()
        with running_server(studio_program, fresh):
            pass
        kept.parent.mkdir(parents=True, exist_ok=True)
        # Another run may have been quicker.
        beside = kept.with_name(f"{kept.name}.{secrets.token_hex(4)}")
        shutil.copytree(fresh, beside)
        try:
            beside.rename(kept)
        except OSError:
            shutil.rmtree(beside)
    return kept


@pytest.fixture(scope="session")
def studio_server(
    studio_program: Path, studio_data: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[StudioServer]:
    """A server for the whole run, on a free port; each test makes projects of its own in it."""
    data = tmp_path_factory.mktemp("studio") / "data"
    shutil.copytree(studio_data, data)
    with running_server(studio_program, data) as server:
        yield server


@pytest.fixture
def own_studio_server(studio_program: Path, studio_data: Path, tmp_path: Path) -> Iterator[StudioServer]:
    """A server for one test, which may kill it or spoil its data."""
    shutil.copytree(studio_data, tmp_path / "data")
    with running_server(studio_program, tmp_path / "data") as server:
        yield server


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A browser without a window."""
    from playwright.sync_api import Error, sync_playwright

    program = chromium()
    if program is None:
        give_up(f"no Chromium: install it, or name it in {CHROMIUM_VARIABLE}")
    with sync_playwright() as playwright:
        try:
            started = playwright.chromium.launch(executable_path=program, args=_QUIET.split(), headless=True)
        except Error as error:
            give_up(f"Chromium does not start: {error}")
        yield started
        started.close()


def log_in(browser: Browser, server: StudioServer, person: Access | None = None) -> Page:
    """A page on which a person is logged in, with cookies of its own: so several people can be at work at once."""
    person = person or server.access
    page = browser.new_context(viewport={"width": 1600, "height": 1000}, locale="fr-FR").new_page()
    page.goto(f"{server.url}/user/login/")
    page.fill("input[name=email]", person.login)
    page.fill("input[name=password]", person.password)
    page.click("button[type=submit]")
    page.wait_for_url(f"{server.url}/", wait_until="networkidle")
    return page


def sign_up(server: StudioServer, login: str) -> Access:
    """Another person with an account on the server, by the invitation that it gives, and a personal token."""
    invitation = httpx.URL(server.client_data("api/invite")["invite_url"])
    known = Access(server.url, login, "mot-de-passe-des-essais", "")
    with httpx.Client(base_url=server.url, trust_env=False, headers={"Referer": server.url}) as person:
        person.get(invitation.raw_path.decode())
        sent = {"email": login, "password": known.password, "csrfmiddlewaretoken": person.cookies["csrftoken"]}
        assert 302 == person.post(invitation.raw_path.decode(), data=sent).status_code
        token = person.post("/api/token/", headers={"X-CSRFToken": person.cookies["csrftoken"]}).json()["token"]
    return replace(known, api_key=token)


def chromium() -> str | None:
    """The program of Chromium: the one that `PARALLAXE_CHROMIUM` names, or the system's; null where there is none."""
    return os.environ.get(CHROMIUM_VARIABLE) or next(filter(None, map(shutil.which, _CHROMIUM)), None)


def give_up(why: str) -> NoReturn:
    """Skip, or fail where server and browser are required."""
    if os.environ.get(REQUIRED_VARIABLE) == "1":
        pytest.fail(why)
    pytest.skip(why)


def _stamp() -> str:
    """Of what a database is made: which server, which user."""
    user = (ACCESS.login, ACCESS.password, ACCESS.api_key)
    return sha256(pins().read_bytes() + repr(user).encode()).hexdigest()[:16]
