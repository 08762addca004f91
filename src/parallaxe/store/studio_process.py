"""One process of a Label Studio server: started so that it speaks to this machine alone, and awaited until it answers.

It gets an environment made of what stands here, for it reads its settings from many variables, some with names as
common as `PORT`. Where its port is taken it moves on to the next without a word, so the port is looked at before.
"""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Callable
from pathlib import Path

import httpx

from parallaxe.core.errors import SurroundingsError
from parallaxe.store import processes
from parallaxe.store.processes import Running
from parallaxe.store.sync.connection import Access
from parallaxe.studio.client import Server

HOST = "127.0.0.1"
_INHERITED = ("PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TMPDIR", "TZ")
# All of the server's own list but this machine, where the backend of `--assist` listens.
_BANNED = (
    "0.0.0.0/8,10.0.0.0/8,100.64.0.0/10,169.254.0.0/16,172.16.0.0/12,192.0.0.0/24,192.0.2.0/24,192.88.99.0/24,"
    "192.168.0.0/16,198.18.0.0/15,198.51.100.0/24,203.0.113.0/24,224.0.0.0/4,233.252.0.0/24,240.0.0.0/4,"
    "255.255.255.255/32,::/128,64:ff9b::/96,fc00::/7,fe80::/10,ff00::/8"
)
_BETWEEN_LOOKS, _BETWEEN_WORDS = 0.25, 15.0
# The first start makes the database: half a minute on a laptop, several on a small or busy machine.
_PATIENCE = 600.0


def settings(access: Access, data: Path) -> dict[str, str]:
    """The environment of a server: closed to the network, telling nobody of itself, with one user to begin with."""
    inherited = {name: os.environ[name] for name in _INHERITED if name in os.environ}
    return inherited | {
        "LABEL_STUDIO_BASE_DATA_DIR": str(data),
        "LABEL_STUDIO_USERNAME": access.login,
        "LABEL_STUDIO_PASSWORD": access.password,
        "LABEL_STUDIO_USER_TOKEN": access.api_key,
        # Looked at when the database is made.
        "LABEL_STUDIO_ENABLE_LEGACY_API_TOKEN": "true",
        "LABEL_STUDIO_DISABLE_SIGNUP_WITHOUT_LINK": "true",
        "COLLECT_ANALYTICS": "false",
        "LATEST_VERSION_CHECK": "false",
        "SENTRY_DSN": "",
        "FRONTEND_SENTRY_DSN": "",
        "ALLOWED_HOSTS": f"{HOST},localhost",
        "USE_DEFAULT_BANNED_SUBNETS": "false",
        "USER_ADDITIONAL_BANNED_SUBNETS": _BANNED,
    }


def check_port(port: int) -> None:
    """See whether a port is free.

    Raises:
        SurroundingsError: if something listens there, or it may not be opened.
    """
    where, remedy = f"port {port}", "name another one with --port"
    try:
        # The server asks for this name, which may be another address than ours.
        socket.create_connection(("localhost", port), timeout=1).close()
    except OSError:
        pass
    else:
        raise SurroundingsError(where, "something listens there already", remedy)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except (OSError, OverflowError) as error:
            raise SurroundingsError(where, "it cannot be opened", remedy) from error


def free_port() -> int:
    """Some port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def start_server(program: Path, access: Access, data: Path, log: Path) -> Running:
    """Start a server at the address of `access`, which must be free; it does not answer yet.

    Raises:
        SurroundingsError: if the port is taken, or the program cannot be started.
    """
    port = httpx.URL(access.url).port or 80
    check_port(port)
    where = ["--internal-host", HOST, "--port", str(port), "--data-dir", str(data)]
    command = [str(program), "start", "--no-browser", "--log-level", "WARNING", "--enable-legacy-api-token", *where]
    return processes.start(command, log, settings(access, data))


def wait_for_server(process: Running, access: Access, log: Path, tell: Callable[[str], object]) -> None:
    """Wait until a server that was started answers, and to our key.

    Raises:
        SurroundingsError: if it ends, takes minutes, or is not ours.
    """
    wait_until_healthy(process, access.url, log, tell)
    with Server(access.url, access.api_key) as server:
        server.me()


def wait_until_healthy(process: Running, url: str, log: Path, tell: Callable[[str], object]) -> None:
    """Wait until a process answers at `/health`; every few seconds, `tell` is told that we still wait.

    Raises:
        SurroundingsError: if it ends, or takes minutes.
    """
    began = said = time.monotonic()
    while not is_healthy(url):
        now = time.monotonic()
        if not processes.is_running(process):
            raise SurroundingsError(url, f"the server has ended: {_last_words(log)}", f"see {log}")
        if now - began > _PATIENCE:
            raise SurroundingsError(url, f"no answer within {_PATIENCE:g} seconds", f"see {log}")
        if now - said > _BETWEEN_WORDS:
            said = now
            tell(f"waiting for {url}: {now - began:.0f} seconds")
        time.sleep(_BETWEEN_LOOKS)


def is_healthy(url: str) -> bool:
    """Whether something at this address on this machine says that it is well."""
    try:
        # No proxy of the environment stands between us and our own machine.
        return httpx.get(f"{url}/health", timeout=5, trust_env=False).is_success
    except httpx.HTTPError:
        return False


def _last_words(log: Path) -> str:
    """The last line of a log, cut short."""
    try:
        lines = log.read_text("utf-8", "replace").split("\n")
    except OSError:
        return "it said nothing"
    said = [" ".join(line.split()) for line in lines if line.strip()]
    return said[-1][:200] if said else "it said nothing"
