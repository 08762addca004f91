"""The client asks what a server understands, and whatever comes back is data or one error that says no key.

The shapes are recorded from Label Studio 1.23.2; no socket is opened.
"""

from __future__ import annotations

import json
import logging
import sys
import traceback
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

import httpx
import pytest

from parallaxe.core.errors import ParallaxeError, SurroundingsError, UsageError
from parallaxe.studio.client import Server, ServerError
from parallaxe.studio.client.server import PROJECT_SETTINGS

URL = "http://studio.example:8080"
LEGACY = "0123456789abcdef0123456789abcdef01234567"
PERSONAL = "eyJhbGciOiJIUzI1NiJ9.eyJ0b2tlbl90eXBlIjoicmVmcmVzaCJ9.c2lnbmF0dXJl"
HTML = "<!doctype html>\n<html lang='en'><title>Label Studio</title></html>"

Behaviour: TypeAlias = Callable[[httpx.Request], httpx.Response]


def server_that(behaviour: Behaviour, key: str = LEGACY, url: str = URL) -> Server:
    return Server(url, key, transport=httpx.MockTransport(behaviour), pause=lambda _seconds: None)


def says(*responses: httpx.Response) -> tuple[Behaviour, list[httpx.Request]]:
    """Answers in turn, the last one for ever, and what was asked."""
    asked: list[httpx.Request] = []

    def behaviour(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        kept = responses[min(len(asked), len(responses)) - 1]
        return httpx.Response(kept.status_code, headers=kept.headers, content=kept.content)

    return behaviour, asked


def refusal(status: int, detail: str, **more: Any) -> httpx.Response:
    said = {"id": "3889d8ec", "status_code": status, "version": "1.23.2", "detail": detail, "exc_info": None, **more}
    return httpx.Response(status, json=said)


def raises(error: Exception) -> Behaviour:
    def behaviour(_request: httpx.Request) -> httpx.Response:
        raise error

    return behaviour


def half_sent(_request: httpx.Request) -> httpx.Response:
    def content() -> Iterator[bytes]:
        yield b'[{"id": 1, "em'
        raise httpx.RemoteProtocolError("peer closed connection")

    return httpx.Response(200, headers={"content-type": "application/json"}, content=content())


FAILURES: dict[str, tuple[Behaviour, int | None, str]] = {
    "401": (says(refusal(401, "Invalid token."))[0], 401, "(Invalid token.); put a valid access token into LABEL_STU"),
    "403": (says(refusal(403, "You do not have permission"))[0], 403, "use the token of somebody who may"),
    "404": (says(refusal(404, "No Project matches"))[0], 404, "(No Project matches); see whether it was deleted"),
    "404 of another server": (says(httpx.Response(404, html=HTML))[0], 404, "answers 404 to GET /api/users; see"),
    "409": (says(refusal(409, "Annotation with this unique id already exists"))[0], 409, "already exists); see what"),
    "500": (says(refusal(500, "database is locked"))[0], 500, "answers 500 to GET /api/users (database is locked)"),
    "502 of a proxy": (
        says(httpx.Response(502, html="<h1>Bad gateway</h1>"))[0],
        502,
        "answers 502 to GET /api/users;",
    ),
    "429": (says(httpx.Response(429))[0], 429, "answers 429"),
    "timeout": (raises(httpx.ReadTimeout("read")), None, "no answer to GET /api/users within 60 seconds"),
    "connection refused": (
        raises(httpx.ConnectError("refused")),
        None,
        "nobody answers there; start it (`parallaxe st",
    ),
    "connection lost": (raises(httpx.ReadError("reset")), None, "the connection breaks off at GET /api/users"),
    "broken compression": (raises(httpx.DecodingError("gzip")), None, "breaks off"),
    "unknown scheme": (raises(httpx.UnsupportedProtocol("ftp")), None, "breaks off"),
    "page of a proxy": (says(httpx.Response(200, html=HTML))[0], None, "a page instead of data to GET /api/users; see"),
    "page called JSON": (
        says(httpx.Response(200, text=HTML, headers={"content-type": "application/json"}))[0],
        None,
        "a page instead of data",
    ),
    "half a JSON": (
        says(httpx.Response(200, text='[{"id": 1, "em'))[0],
        None,
        "breaks off or is no JSON; run it again",
    ),
    "half a body": (half_sent, None, "the connection breaks off"),
    "deep JSON": (says(httpx.Response(200, text="[" * 100_000))[0], None, "no JSON"),
    "another JSON": (says(httpx.Response(200, json={"count": 0}))[0], None, "another form than that of Label Studio"),
    "empty": (says(httpx.Response(200))[0], None, "another form"),
    "redirect to log in": (
        says(httpx.Response(302, headers={"location": "/user/login/?next=/api/users"}))[0],
        302,
        "it wants a log-in instead of the key",
    ),
    "redirect elsewhere": (
        says(httpx.Response(301, headers={"location": "https://studio.example/api/users"}))[0],
        301,
        "it sends us on from GET /api/users to another address; put the address",
    ),
    "redirect to nowhere": (says(httpx.Response(301, headers={"location": "//"}))[0], 301, "it sends us on from"),
}


@pytest.mark.parametrize("key", [LEGACY, PERSONAL], ids=["legacy", "personal"])
@pytest.mark.parametrize(("behaviour", "status", "words"), FAILURES.values(), ids=FAILURES)
def test_every_failure_is_one_error(behaviour: Behaviour, status: int | None, words: str, key: str) -> None:
    """Whatever goes wrong is a `ServerError` on one line, with the server's host, status where there is one, no key."""

    def signed(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/api/token/refresh/":
            return httpx.Response(200, json={"access": "kurzlebig-1234"})
        return behaviour(request)

    with pytest.raises(ServerError) as caught:
        server_that(signed, key).users()
    told = str(caught.value)
    assert status == caught.value.status
    assert 3 == caught.value.exit_code
    assert told.startswith("Label Studio at studio.example:8080: ")
    assert words in told
    assert "\n" not in told
    assert key not in "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize(
    ("call", "name"),
    [("create_project", name) for name in FAILURES]
    # Of changing an interface, the answer is not looked at.
    + [("set_interface", name) for name in FAILURES if name not in {"another JSON", "empty"}],
)
def test_failures_are_the_same_through_the_sdk(call: str, name: str) -> None:
    """What is asked by way of Label Studio's SDK fails with the same errors."""
    behaviour, status, _words = FAILURES[name]
    server = server_that(behaviour)
    with pytest.raises(ServerError) as caught:
        server.set_interface(3, "<View/>") if call == "set_interface" else server.create_project("Essai", "", "<View/>")
    assert status == caught.value.status


@pytest.mark.parametrize("name", FAILURES)
def test_failures_of_refreshing_are_the_same(name: str) -> None:
    """A personal token that cannot be changed for an access token is one error, too, and not shown."""
    with pytest.raises(SurroundingsError) as caught:
        server_that(FAILURES[name][0], PERSONAL).me()
    assert PERSONAL not in str(caught.value)


def test_the_words_of_the_server_are_shown_without_key_and_cut_short() -> None:
    """A server that repeats the key, or the data sent, does not make us show it."""
    errors = {"label_config": ["The label PER is in use"], "sent": f"Authorization: Token {LEGACY} {'mot ' * 200}"}
    behaviour, _ = says(refusal(400, "Validation error", validation_errors=errors))
    with pytest.raises(ServerError) as caught:
        server_that(behaviour).update_task_data(1, {"text": "Une phrase."})
    assert "PATCH /api/tasks/1/ (The label PER is in use; Authorization: Token …" in str(caught.value)
    assert len(str(caught.value)) < 400


def test_the_key_is_nowhere_to_be_read(caplog: pytest.LogCaptureFixture) -> None:
    """Neither `repr` nor a log at its most talkative has the key."""
    behaviour, _ = says(httpx.Response(200, json={"access": "kurzlebig-1234"}), httpx.Response(200, json=[]))
    with caplog.at_level(logging.DEBUG), server_that(behaviour, PERSONAL) as server:
        server.users()
        shown = f"{server!r} {server.sdk!r} {server._wire!r} {server._client!r} {caplog.text}"
    assert PERSONAL not in shown
    assert "kurzlebig-1234" not in shown


@pytest.mark.parametrize(
    ("url", "key", "words"),
    [
        ("", LEGACY, "LABEL_STUDIO_URL: no http address"),
        ("ftp://studio.example", LEGACY, "no http address"),
        ("http://", LEGACY, "no http address"),
        ("http://[", LEGACY, "no http address"),
        ("http://anne:secret@studio.example", LEGACY, "a name, a password or a query"),
        ("http://studio.example/?token=secret", LEGACY, "a name, a password or a query"),
        (URL, " ", "LABEL_STUDIO_API_KEY: no key"),
        (URL, "clé-secrète", "characters that no key has"),
        (URL, "secret\r\nX-Header: 1", "characters that no key has"),
    ],
)
def test_a_wrong_call_is_an_error_of_usage(url: str, key: str, words: str) -> None:
    """An address or a key that cannot be one is told before anything is asked, and without showing it."""
    with pytest.raises(UsageError, match=words) as caught:
        Server(url, key)
    assert "secr" not in str(caught.value)


def test_a_legacy_token_is_sent_as_it_is() -> None:
    """A legacy token needs no request of its own."""
    behaviour, asked = says(httpx.Response(200, json=[]))
    assert [] == server_that(behaviour).users()
    assert [f"Token {LEGACY}"] == [request.headers["authorization"] for request in asked]


def test_a_personal_token_is_changed_once_and_again_when_it_has_run_out() -> None:
    """An access token serves until the server refuses it; then the request is sent again with a new one."""
    given, asked = iter(["premier-jeton", "second-jeton"]), []

    def behaviour(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/api/token/refresh/":
            assert {"refresh": PERSONAL} == json.loads(request.content)
            asked.append("refresh")
            return httpx.Response(200, json={"access": next(given)})
        asked.append(request.headers["authorization"])
        is_old = request.headers["authorization"] == "Bearer premier-jeton" and asked.count("Bearer premier-jeton") > 2
        return refusal(401, "Token has expired") if is_old else httpx.Response(200, json=[])

    server = server_that(behaviour, PERSONAL)
    for _ in range(4):
        server.users()
    first, second = "Bearer premier-jeton", "Bearer second-jeton"
    assert ["refresh", first, first, first, "refresh", second, second] == asked


def test_reads_are_tried_again() -> None:
    """A read that fails for now is asked three times, as long as it takes."""
    behaviour, asked = says(refusal(500, "database is locked"), httpx.Response(503), httpx.Response(200, json=[]))
    assert [] == server_that(behaviour).users()
    assert 3 == len(asked)


@pytest.mark.parametrize("failure", ["500", "502 of a proxy", "connection lost", "connection refused", "half a JSON"])
def test_writes_are_never_repeated(failure: str) -> None:
    """A write whose answer was lost may have been done: it is asked once, by the SDK as well."""
    asked: list[httpx.Request] = []

    def behaviour(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return FAILURES[failure][0](request)

    server = server_that(behaviour)
    with pytest.raises(ServerError):
        server.import_tasks(1, [{"data": {"text": "Une phrase."}}])
    with pytest.raises(ServerError):
        server.create_project("Essai", "", "<View/>")
    assert ["POST", "POST"] == [request.method for request in asked]


def test_a_path_in_front_of_the_api_is_kept() -> None:
    """A server behind a path is asked there, by us, by the SDK, and for access tokens."""
    made = {"id": 7, "title": "Essai", "description": "", "label_config": "<View/>", "task_number": None}
    behaviour, asked = says(httpx.Response(200, json={"access": "kurzlebig-1234", **made}))
    server_that(behaviour, PERSONAL, "https://studio.example/outils/").create_project("Essai", "", "<View/>")
    paths = ["/outils/api/token/refresh/", "/outils/api/projects/", "/outils/api/projects/7/"]
    assert paths == [request.url.path for request in asked]


def test_a_project_is_made_with_all_that_a_sync_relies_on() -> None:
    """Every setting is sent, not left to what the server does otherwise."""
    made = {"id": 7, "title": "Essai", "description": "d", "label_config": "<View/>", "task_number": 0, "color": "#FFF"}
    behaviour, asked = says(httpx.Response(201, json=made))
    assert (7, "Essai", "d", "<View/>", 0) == server_that(behaviour).create_project("Essai", "d", "<View/>")
    sent = {"title": "Essai", "description": "d", "label_config": "<View/>", **PROJECT_SETTINGS}
    assert sent == json.loads(asked[0].content)


def test_an_interface_that_loses_labels_in_use_is_refused() -> None:
    """The server is asked whether labels are in use before the interface is changed, for the change does not ask."""
    errors = {"non_field_errors": ["These labels still exist in annotations or drafts:\nPER (1 annotation)"]}
    behaviour, asked = says(refusal(400, "Validation error", validation_errors=errors))
    with pytest.raises(ServerError, match=r"drafts: PER \(1 annotation\)"):
        server_that(behaviour).set_interface(3, "<View/>")
    assert ["/api/projects/3/validate/"] == [request.url.path for request in asked]


def paged(tasks: list[dict[str, Any]]) -> tuple[Behaviour, list[dict[str, Any]]]:
    """A server that holds these tasks, understands the filter of ids, and what it was asked."""
    asked: list[dict[str, Any]] = []

    def behaviour(request: httpx.Request) -> httpx.Response:
        query = dict(request.url.params)
        items = json.loads(query["query"])["filters"]["items"]
        asked.append({**query, "items": {item["filter"]: item["value"] for item in items}})
        after = [task for task in tasks if task["id"] > asked[-1]["items"]["filter:tasks:id"]]
        some = after[: int(query["page_size"])]
        return httpx.Response(200, json={"total_annotations": 0, "total": len(after), "tasks": some})

    return behaviour, asked


@pytest.mark.parametrize("count", [0, 1, 999, 1000, 1001, 2000])
def test_lists_are_read_to_the_end(count: int) -> None:
    """Each task once, in the order of ids, however many pages there are."""
    behaviour, asked = paged([{"id": 2 * number} for number in range(1, count + 1)])
    assert [2 * number for number in range(1, count + 1)] == [task["id"] for task in server_that(behaviour).stamps(5)]
    assert count // 1000 + 1 == len(asked)


def test_a_task_deleted_between_two_pages_hides_no_other() -> None:
    """Pages begin behind the last id that was read, not at a count."""
    tasks = [{"id": number} for number in range(1, 1003)]
    behaviour, _ = paged(tasks)
    listed = server_that(behaviour).stamps(5)
    first = next(listed)
    for _ in range(998):
        next(listed)
    tasks.remove(first)
    next(listed)
    assert [1001, 1002] == [task["id"] for task in listed]


def test_tasks_are_asked_whole_or_slim_since_a_moment_and_by_keys() -> None:
    """All filters hold at once; keys go in portions that fit into an address."""
    behaviour, asked = paged([])
    server, keys = server_that(behaviour), [f"cle-{number}@0123456789ab" for number in range(101)]
    moment = "2026-11-21T06:50:00.000000Z"
    assert [] == list(server.tasks(5, since=moment, keys=keys, whole=False))
    assert [keys[:100], keys[100:]] == [query["items"]["filter:tasks:data.key"] for query in asked]
    assert {moment} == {query["items"]["filter:tasks:updated_at"] for query in asked}
    assert {"id,data,created_at,updated_at"} == {query["include"] for query in asked}
    assert [] == list(server.tasks(5))
    assert ("all", {"filter:tasks:id": 0}) == (asked[-1]["fields"], asked[-1]["items"])
    assert [] == list(server.tasks(5, keys=[]))
    assert 3 == len(asked)


def test_drafts_are_those_of_everybody() -> None:
    """Lists show drafts of the key's owner alone, so those of each task are asked."""
    draft = {"id": 1, "user": "lectrice@example.org", "result": [], "task": 2, "annotation": None}
    found = {"total": 1, "tasks": [{"id": 2, "data": {"key": "k"}}]}
    behaviour, asked = says(httpx.Response(200, json=found), httpx.Response(200, json=[draft]))
    assert [{"id": 2, "data": {"key": "k"}, "drafts": [draft]}] == list(server_that(behaviour).drafts(5))
    assert "/api/tasks/2/drafts" == asked[-1].url.path


def test_tasks_go_over_in_chunks() -> None:
    """In order, none twice, at most 1000 at once or 16 MB, and what was done is told after each chunk."""
    sent: list[list[Any]] = []

    def behaviour(request: httpx.Request) -> httpx.Response:
        sent.append(json.loads(request.content))
        assert {"return_task_ids": "true"} == dict(request.url.params)
        return httpx.Response(201, json={"task_count": 1, "task_ids": [task["data"]["rank"] for task in sent[-1]]})

    tasks = [{"data": {"rank": rank, "text": "é" * (6_000_000 if rank > 1010 else 1)}} for rank in range(1014)]
    told: list[tuple[int, int]] = []
    ids = server_that(behaviour).import_tasks(5, tasks, lambda done, total: told.append((done, total)))
    assert list(range(1014)) == ids
    assert tasks == [task for chunk in sent for task in chunk]
    assert [1000, 12, 1, 1] == [len(chunk) for chunk in sent]
    assert (1014, 1014) == told[-1]
    assert [] == server_that(behaviour).import_tasks(5, [])


def test_an_annotation_is_made_once() -> None:
    """A second one with the same id is none, and no error: whoever was killed in between asks again."""
    made = {"id": 1, "result": [], "completed_by": 4, "ground_truth": False}
    conflict = refusal(409, "Annotation with this unique id already exists")
    behaviour, asked = says(httpx.Response(201, json=made), conflict)
    server, unique_id = server_that(behaviour), "6f2b5e1e-93a5-5d8b-9d7f-0c5a4f0a1b2c"
    assert made == server.create_annotation(9, [], completed_by=4, unique_id=unique_id, more={"lead_time": 2.5})
    assert server.create_annotation(9, [], completed_by=4, unique_id=unique_id) is None
    sent = {"result": [], "completed_by": 4, "unique_id": unique_id, "ground_truth": False, "lead_time": 2.5}
    assert sent == json.loads(asked[0].content)


def test_projects_are_read_over_all_pages() -> None:
    """Fields that are null, as a description, are empty."""
    one = {"id": 1, "title": "Un", "description": None, "label_config": "<View/>", "task_number": 3}
    pages = [{"count": 2, "next": f"{URL}/api/projects/?page=2", "results": [one]}]
    pages.append({"count": 2, "next": None, "results": [{**one, "id": 2}]})
    behaviour, asked = says(*(httpx.Response(200, json=page) for page in pages))
    assert [(1, "Un", "", "<View/>", 3), (2, "Un", "", "<View/>", 3)] == server_that(behaviour).projects()
    assert ["1", "2"] == [request.url.params["page"] for request in asked]


def test_a_backend_is_made_known_once() -> None:
    """A new one is added, and shown beside what was pushed; one that moved is moved; one that did not is left alone."""
    known = {"id": 4, "title": "Parallaxe", "url": "http://127.0.0.1:9090"}
    kept: list[dict[str, Any]] = [{**known, "id": 3, "title": "autre"}]
    asked: list[tuple[str, str, Any]] = []

    def behaviour(request: httpx.Request) -> httpx.Response:
        if request.method == "GET":
            assert {"project": "5"} == dict(request.url.params)
            return httpx.Response(200, json=kept)
        asked.append((request.method, request.url.path, json.loads(request.content)))
        return httpx.Response(200, json=known)

    server = server_that(behaviour)
    server.connect_backend(5, "http://127.0.0.1:9090", "Parallaxe")
    kept.append(known)
    server.connect_backend(5, "http://127.0.0.1:9090", "Parallaxe")
    server.connect_backend(5, "http://127.0.0.1:9191", "Parallaxe")
    sent = {"project": 5, "url": "http://127.0.0.1:9090", "title": "Parallaxe"}
    made = [("POST", "/api/ml", sent), ("PATCH", "/api/projects/5/", {"model_version": ""})]
    assert [*made, ("PATCH", "/api/ml/4", {**sent, "url": "http://127.0.0.1:9191"})] == asked


def test_a_missing_sdk_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever has not installed the extra is told which it is."""
    monkeypatch.setitem(sys.modules, "label_studio_sdk", None)
    with pytest.raises(SurroundingsError, match=r"label-studio-sdk is not installed; run `pip install 'parallaxe\["):
        server_that(says(httpx.Response(200))[0]).create_project("Essai", "", "<View/>")


def test_small_things() -> None:
    """Version, predictions and annotations are what the server says."""
    assert "1.23.2" == server_that(says(httpx.Response(200, json={"release": "1.23.2"}))[0]).version()
    assert 2 == server_that(says(httpx.Response(201, json={"created": 2}))[0]).import_predictions(1, [{}, {}])
    assert [{"id": 1}] == server_that(says(httpx.Response(200, json=[{"id": 1}]))[0]).annotations(1)
    server_that(says(httpx.Response(204))[0]).delete_predictions(1, "m")
    with pytest.raises(ParallaxeError, match="another form"):
        server_that(says(httpx.Response(200, json={"created": None}))[0]).import_predictions(1, [{}])
