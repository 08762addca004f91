"""The project's own server goes up and down, whatever was killed in between, and its secrets stay in one file."""

from __future__ import annotations

import json
import os
import signal
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from parallaxe.cli import main
from parallaxe.core.errors import SurroundingsError, UsageError
from parallaxe.store import processes, studio_server
from parallaxe.store.project import Project
from parallaxe.store.studio_assist import help_url, start_help
from parallaxe.store.studio_environment import VERSION
from parallaxe.store.studio_process import free_port, is_healthy
from parallaxe.store.studio_server import NEVER, RUNNING, STOPPED, down, recorded, server_state, up
from parallaxe.store.sync.connection import access_file, connect, read_access

# What is asked while it starts: whether it is well, and who has the key.
SMALL_SERVER = f"""#!{sys.executable}
import json, os, sys
from http.server import BaseHTTPRequestHandler, HTTPServer
print("arguments", sys.argv[1:], file=sys.stderr, flush=True)
class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        key = os.environ["LABEL_STUDIO_USER_TOKEN"]
        well = self.path == "/health" or self.headers["Authorization"] == "Token " + key
        body = json.dumps({{"id": 1, "email": os.environ["LABEL_STUDIO_USERNAME"]}}).encode()
        self.send_response(200 if well else 401)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(body)
HTTPServer(("127.0.0.1", int(sys.argv[sys.argv.index("--port") + 1])), Handler).serve_forever()
"""


@pytest.fixture(autouse=True)
def _no_server_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LABEL_STUDIO_URL", "LABEL_STUDIO_API_KEY", "PARALLAXE_STUDIO_ENV"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def environment(tmp_path: Path) -> Path:
    """An environment whose server is small and quick."""
    folder = tmp_path / "shared"
    (folder / "bin").mkdir(parents=True)
    (folder / "lib" / "python3.11" / "site-packages" / f"label_studio-{VERSION}.dist-info").mkdir(parents=True)
    program = folder / "bin" / "label-studio"
    program.write_text(SMALL_SERVER)
    program.chmod(0o755)
    return folder


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """A project whose server is down afterwards."""
    (tmp_path / "corpus" / "seeds").mkdir(parents=True)
    (tmp_path / "corpus" / "seeds" / "catalogue.jsonl").touch()
    made = Project(tmp_path / "corpus")
    yield made
    down(made)


def test_up_and_down(project: Project, environment: Path) -> None:
    """A server that is up answers to the key that was made for it; down leaves nothing that runs."""
    assert NEVER == server_state(project).state
    assert [] == down(project)
    port = free_port()
    assert up(project, port, environment)
    state = server_state(project)
    assert (RUNNING, f"http://127.0.0.1:{port}") == (state.state, state.url)
    with connect(project) as server:
        assert state.login == server.me()["email"]
    assert ["server"] == down(project)
    assert (STOPPED, None) == (server_state(project).state, server_state(project).pid)
    assert [] == down(project)


def test_up_twice_is_told(project: Project, environment: Path) -> None:
    """The second call starts nothing; another port is refused."""
    assert up(project, free_port(), environment)
    before = server_state(project)
    assert not up(project)
    assert not up(project, environment=environment)
    assert before == server_state(project)
    with pytest.raises(UsageError, match=r"it runs already at http://127.0.0.1:\d+; run `parallaxe studio down`"):
        up(project, free_port(), environment)


def test_up_again_keeps_port_key_and_log_in(project: Project, environment: Path) -> None:
    """Whoever has logged in once can do so again; another port can be named."""
    up(project, free_port(), environment)
    before = read_access(project)
    down(project)
    up(project, environment=environment)
    assert before == read_access(project)
    down(project)
    up(project, port := free_port(), environment)
    after = read_access(project)
    assert after is not None
    assert before is not None
    assert (f"http://127.0.0.1:{port}", before.api_key, before.password) == (after.url, after.api_key, after.password)


def test_a_killed_server_is_started_again(project: Project, environment: Path) -> None:
    """Its number says nothing once it has ended, and whoever has the number now is left alone."""
    up(project, free_port(), environment)
    process = recorded(project, "server")
    assert process is not None
    os.killpg(process.pid, signal.SIGKILL)
    while processes.is_running(process):
        pass
    assert STOPPED == server_state(project).state
    # The number belongs to a stranger now: this very test.
    studio_server.record(project, "server", processes.Running(os.getpid(), process.began))
    assert STOPPED == server_state(project).state
    assert up(project, environment=environment)


def test_an_up_that_was_killed_while_waiting_is_taken_up(project: Project, environment: Path) -> None:
    """A server that was started and not awaited is awaited, not started twice."""
    up(project, free_port(), environment)
    before = recorded(project, "server")
    assert not up(project, environment=environment)
    assert before == recorded(project, "server")


@pytest.mark.parametrize("content", ["", "{", "[]", '{"pid": 1}', '{"pid": 1, "began": "0"}'])
def test_a_broken_record_is_no_process(project: Project, environment: Path, content: str) -> None:
    """What is no record of a process that runs is none, and stops nobody."""
    up(project, free_port(), environment)
    down(project)
    studio_server._record_file(project, "server").write_text(content)
    assert recorded(project, "server") is None
    assert [] == down(project)


def test_a_port_that_is_taken_is_told_before_anything_is_installed(project: Project, environment: Path) -> None:
    """Nothing is written, and nothing runs."""
    up(project, port := free_port(), environment)
    other = Project(project.root.with_name("other"))
    with pytest.raises(SurroundingsError, match=f"port {port}: something listens there already; name another one"):
        up(other, port, other.root / "env")
    assert read_access(other) is None
    assert not (other.root / "env").exists()


def test_a_server_that_does_not_start_leaves_nothing_that_runs(project: Project, environment: Path) -> None:
    """The error has its last words, and the next call tries again."""
    program = environment / "bin" / "label-studio"
    program.write_text(f"#!{sys.executable}\nraise SystemExit('database disk image is malformed')\n")
    with pytest.raises(SurroundingsError, match="the server has ended: database disk image is malformed; see"):
        up(project, free_port(), environment)
    assert STOPPED == server_state(project).state
    program.write_text(SMALL_SERVER)
    assert up(project, environment=environment)


def test_a_lost_access_file_gives_another_log_in(project: Project, environment: Path) -> None:
    """The data keeps its users, whose passwords nobody knows: a new one is added."""
    up(project, free_port(), environment)
    before = server_state(project).login
    down(project)
    access_file(project).unlink()
    (project.state / "studio" / "data" / "label_studio.sqlite3").touch()
    up(project, free_port(), environment)
    assert before != server_state(project).login


def test_who_is_second_is_told(project: Project, environment: Path) -> None:
    """One `up` or `down` at a time."""
    with studio_server.alone(project), pytest.raises(SurroundingsError, match="another `parallaxe studio up` or"):
        up(project, free_port(), environment)


def run(*arguments: str) -> None:
    sys.argv = ["parallaxe", *arguments]
    main()


def test_the_commands(
    project: Project, environment: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """They say where the server is, who may log in, and where the password stands, never what it is."""
    monkeypatch.chdir(project.root)
    monkeypatch.setattr(sys, "argv", [])
    port = free_port()
    run("studio", "up", "--port", str(port), "--env", str(environment))
    run("studio", "up")
    run("studio", "up", "--json")
    run("studio", "down", "--json")
    run("studio", "down")
    told = capsys.readouterr()
    access = read_access(project)
    assert access is not None
    where = f"log in as studio@parallaxe.example, password: in {access_file(project)}"
    first = [f"http://127.0.0.1:{port}: Label Studio runs", where]
    first += [f"http://127.0.0.1:{port}: Label Studio runs already", where]
    assert first == told.out.splitlines()[:4]
    rest = "\n".join(told.out.splitlines()[4:])
    shown, end = json.JSONDecoder().raw_decode(rest)
    stopped, last = json.JSONDecoder().raw_decode(rest[end:].lstrip())
    assert (False, "running") == (shown["started"], shown["state"])
    assert {"stopped": ["server"]} == stopped
    assert "nothing runs" == rest[end:].lstrip()[last:].strip()
    for secret in (access.password, access.api_key):
        assert secret not in told.out + told.err
    assert {0o600} == {stat.S_IMODE(path.stat().st_mode) for path in project.state.glob("studio/*.log")} | {
        stat.S_IMODE(access_file(project).stat().st_mode)
    }


def test_live_help_goes_up_and_down_with_the_server(
    project: Project, environment: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is a process of its own, started once, at the same address the next time; down stops both."""
    monkeypatch.setattr(sys, "argv", [])
    here = ("--project", str(project.root))
    run("studio", "up", *here, "--assist", "--port", str(free_port()), "--env", str(environment))
    first, url = server_state(project).assist, help_url(project)
    assert first is not None
    assert is_healthy(url)
    run("studio", "up", *here, "--assist")
    assert first == server_state(project).assist
    run("studio", "down", *here)
    told = capsys.readouterr().out.splitlines()
    assert 2 == told.count("live help runs: choose tasks, then Actions › Retrieve Predictions")
    assert "stopped: assist, server" == told[-1]
    assert (None, False) == (server_state(project).assist, is_healthy(url))
    assert up(project, environment=environment)
    assert start_help(project)
    assert url == help_url(project)


def test_live_help_whose_port_was_taken_says_so(project: Project, environment: Path) -> None:
    """Projects of the server remember its address, so it is not changed without a word."""
    port = free_port()
    up(project, port, environment)
    (project.state / "studio" / "assist.json").write_text(json.dumps({"url": f"http://127.0.0.1:{port}"}))
    with pytest.raises(SurroundingsError, match=r"something listens there already; delete .*assist.json: another"):
        start_help(project)


def test_neither_key_nor_password_is_an_argument_or_in_the_log(project: Project, environment: Path) -> None:
    """Arguments can be seen by everybody on a machine."""
    up(project, free_port(), environment)
    access = read_access(project)
    assert access is not None
    log = server_state(project).log.read_text()
    assert "'start', '--no-browser'" in log
    assert access.password not in log
    assert access.api_key not in log
