"""A server of Label Studio on this machine: it answers to its key and its log-in, and to no other machine."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from parallaxe.core.errors import SurroundingsError
from parallaxe.store import processes
from parallaxe.store.processes import Running
from parallaxe.store.studio_process import check_port, free_port, is_healthy, settings, start_server, wait_for_server
from parallaxe.store.sync.connection import Access
from parallaxe.studio.client import Server, ServerError
from parallaxe.studio.client.server import PROJECT_SETTINGS
from studio_server import ACCESS, StudioServer, end_forgotten, give_up, log_in, remember, sign_up

INTERFACE = (
    '<View><Labels name="e" toName="text"><Label value="PER"/></Labels>'
    '<Text name="text" value="$text" granularity="symbol"/></View>'
)


def quiet(_words: str) -> None:
    pass


@pytest.mark.studio
def test_the_server_answers_to_its_key_alone(studio_server: StudioServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Version and user are what was asked for, past any proxy, and another key is refused."""
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{free_port()}")
    with studio_server.client() as server:
        assert ("1.23.2", ACCESS.login) == (server.version(), server.me()["email"])
    with Server(studio_server.url, "b" * 40) as stranger, pytest.raises(ServerError, match="401"):
        stranger.me()


@pytest.mark.studio
def test_another_person_has_a_personal_token(studio_server: StudioServer) -> None:
    """Whoever follows an invitation is a user with a key of another kind, and sees the same projects."""
    person = sign_up(studio_server, "essai-du-client@parallaxe.example")
    with Server(studio_server.url, person.api_key) as theirs, studio_server.client() as ours:
        assert person.login == theirs.me()["email"]
        assert {ACCESS.login, person.login} <= {user["email"] for user in ours.users()}
        made = ours.create_project("À deux", "", INTERFACE)
        assert made == theirs.project(made.id)


@pytest.mark.studio
def test_the_client_and_the_server_understand_each_other(studio_server: StudioServer) -> None:
    """Settings, tasks, annotations, predictions and interfaces arrive as they were sent."""
    with studio_server.client() as server:
        project = server.create_project("Essai du client", "pour voir", INTERFACE)
        made = server.sdk.projects.get(project.id)
        assert PROJECT_SETTINGS == {name: getattr(made, name) for name in PROJECT_SETTINGS}
        ids = server.import_tasks(project.id, [{"data": {"key": f"k{n}", "text": "Une phrase."}} for n in range(1001)])
        assert ids == [task["id"] for task in server.stamps(project.id)]
        assert 1001 == server.project(project.id).task_number
        assert [ids[3], ids[200]] == [task["id"] for task in server.tasks(project.id, keys=["k200", "k3"], whole=False)]
        result = [{"id": "r", "from_name": "e", "to_name": "text", "type": "labels"}]
        result[0]["value"] = {"start": 0, "end": 3, "text": "Une", "labels": ["PER"]}  # type: ignore[assignment]
        given = {"completed_by": server.me()["id"], "unique_id": f"6f2b5e1e-93a5-5d8b-9d7f-{project.id:012x}"}
        annotation = server.create_annotation(ids[0], result, **given, more={"lead_time": 2.5})
        assert annotation is not None
        assert (False, 2.5, result) == tuple(annotation[name] for name in ("ground_truth", "lead_time", "result"))
        assert server.create_annotation(ids[0], result, **given) is None
        assert [annotation["id"]] == [found["id"] for found in server.annotations(ids[0])]
        assert 1 == server.import_predictions(project.id, [{"task": ids[5], "result": result, "model_version": "m"}])
        server.delete_predictions(project.id, "m")
        before = max(task["updated_at"] for task in server.stamps(project.id))
        assert {"text": "Autre."} == server.update_task_data(ids[7], {"text": "Autre."})["data"]
        assert [ids[7]] == [task["id"] for task in server.tasks(project.id, since=before)]
        assert [] == list(server.drafts(project.id))
        with pytest.raises(ServerError, match=r"still exist in annotations or drafts: PER \(1 annotation\)"):
            server.set_interface(project.id, INTERFACE.replace("PER", "LOC"))
        wider = INTERFACE.replace("</Labels>", '<Label value="LOC"/></Labels>')
        server.set_interface(project.id, wider)
        assert wider == server.project(project.id).label_config


@pytest.mark.studio
def test_a_person_logs_in(studio_server: StudioServer, browser: Browser) -> None:
    """With the name and the password of the access file, a person sees the projects, and asks no other machine."""
    page = log_in(browser, studio_server)
    asked: set[str] = set()
    page.on("request", lambda request: asked.add(request.url.split("/")[2]))
    page.goto(f"{studio_server.url}/projects/", wait_until="networkidle")
    assert {studio_server.url.removeprefix("http://")} == asked
    page.context.close()


@pytest.mark.studio
def test_a_killed_server_comes_back_with_its_data(own_studio_server: StudioServer) -> None:
    """What was made before a power cut is there after the next start, at the same address."""
    with own_studio_server.client() as server:
        project = server.create_project("Avant la coupure", "", INTERFACE)
        own_studio_server.kill()
        with pytest.raises(ServerError, match="nobody answers there"):
            server.me()
        own_studio_server.start_again()
        assert project == server.project(project.id)


def test_settings_are_made_of_what_stands_here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A variable of the caller's that the server would read, as common as its name may be, does not reach it."""
    for name in ("PORT", "DJANGO_DB", "LABEL_STUDIO_SSRF_PROTECTION_ENABLED", "HTTP_PROXY", "PYTHONPATH", "SENTRY_DSN"):
        monkeypatch.setenv(name, "anders")
    assert "anders" not in settings(ACCESS, tmp_path).values()


def test_a_port_that_is_taken_is_told_before() -> None:
    """One line, exit code 3."""
    from chat_server import completion, serving

    with serving(lambda _request: completion("")) as other:
        port = int(other.url.split(":")[2].split("/")[0])
        with pytest.raises(SurroundingsError, match=f"port {port}: something listens there already; name another"):
            check_port(port)
    check_port(port)


@pytest.mark.parametrize("port", [-1, 70000])
def test_a_port_that_is_none_is_told(port: int) -> None:
    """A number that is no port is one line, too."""
    with pytest.raises(SurroundingsError, match="cannot be opened"):
        check_port(port)


def program(folder: Path, words: str) -> Path:
    """A program that does what the Python in `words` says."""
    path = folder / "label-studio"
    path.write_text(f"#!{sys.executable}\n{words}\n")
    path.chmod(0o755)
    return path


def test_a_server_that_ends_is_told_with_its_last_words(tmp_path: Path) -> None:
    """Nobody waits for a server that has ended already."""
    access = Access(f"http://127.0.0.1:{free_port()}", "a@b.example", "p", "k" * 40)
    process = start_server(program(tmp_path, "raise SystemExit('no space left')"), access, tmp_path, tmp_path / "log")
    with pytest.raises(SurroundingsError, match=r"the server has ended: no space left; see .*log"):
        wait_for_server(process, access, tmp_path / "log", quiet)


def test_a_program_that_is_missing_is_told(tmp_path: Path) -> None:
    """What cannot be started is one line."""
    access = Access(f"http://127.0.0.1:{free_port()}", "a@b.example", "p", "k" * 40)
    with pytest.raises(SurroundingsError, match="no such file"):
        start_server(tmp_path / "label-studio", access, tmp_path, tmp_path / "log")


def test_nobody_is_well_where_nobody_is() -> None:
    """An address without server is not well."""
    assert not is_healthy(f"http://127.0.0.1:{free_port()}")


def test_a_process_is_stopped_and_no_other(tmp_path: Path) -> None:
    """What has another beginning under the same number is another process: it is left alone."""
    process = processes.start(["sleep", "60"], tmp_path / "log", os.environ)
    stranger = Running(process.pid, "1")
    assert (True, False) == (processes.is_running(process), processes.is_running(stranger))
    assert not processes.stop(stranger)
    assert processes.is_running(process)
    assert processes.stop(process)
    assert not processes.is_running(process)
    assert not processes.stop(process)


def test_a_process_that_will_not_end_is_killed(tmp_path: Path) -> None:
    """First politely, then for good, with all that it started."""
    words = (
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('ready', flush=True); time.sleep(60)"
    )
    process = processes.start([sys.executable, "-c", words], tmp_path / "log", os.environ)
    while "ready" not in (tmp_path / "log").read_text():
        assert processes.is_running(process)
    assert processes.stop(process, 0.2)
    assert not processes.is_running(process)


def test_a_log_is_its_owners_alone(tmp_path: Path) -> None:
    """Logs may repeat what was sent."""
    process = processes.start(["true"], tmp_path / "log", os.environ)
    processes.stop(process)
    assert 0o600 == (tmp_path / "log").stat().st_mode & 0o777


@pytest.mark.parametrize(("required", "outcome"), [("", pytest.skip.Exception), ("1", pytest.fail.Exception)])
def test_what_cannot_be_had_is_skipped_unless_it_is_required(
    monkeypatch: pytest.MonkeyPatch, required: str, outcome: type[BaseException]
) -> None:
    """A laptop without browser runs all other tests; CI must have one."""
    monkeypatch.setenv("PARALLAXE_REQUIRE_STUDIO", required)
    with pytest.raises(outcome, match="no Chromium"):
        give_up("no Chromium")


def test_a_server_of_a_killed_run_is_ended_by_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One whose run is still at work is left alone."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    forgotten, used = (processes.start(["sleep", "60"], tmp_path / "log", os.environ) for _ in range(2))
    remember(used)
    remember(forgotten)
    [kept] = tmp_path.glob(f"parallaxe/running/{forgotten.pid}.json")
    kept.write_text(json.dumps([Running(forgotten.pid, "0"), forgotten]))
    end_forgotten()
    assert (False, True) == (processes.is_running(forgotten), processes.is_running(used))
    assert [f"{used.pid}.json"] == [path.name for path in kept.parent.iterdir()]
    assert processes.stop(used)
