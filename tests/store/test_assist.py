"""Live help proposes what the machine sees in a task's text, at offsets of that text, and so that a pull knows it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from parallaxe.core.errors import SurroundingsError
from parallaxe.store import processes, studio_assist
from parallaxe.store.assist import application
from parallaxe.store.init import init_project
from parallaxe.store.project import Project
from parallaxe.store.studio_assist import help_url, offer_help, start_help
from parallaxe.store.studio_server import ASSIST, recorded, server_state
from parallaxe.store.sync.connection import write_access
from parallaxe.store.sync.places import Places
from parallaxe.store.sync.proposals import known_proposals
from parallaxe.store.sync.texts import KnownText, keep_text
from parallaxe.studio.controls import MARK
from parallaxe.text.document import Block
from studio_server import StudioServer

TEXT = (
    "Le port retient son souffle 🙂\n\nMme Jeanne Kerbrat attend à Paris. « On verra bien », dit M. Ferroudj, docker."
)
INTERFACE = """<View><Labels name="mark" toName="text"><Label value="PER"/><Label value="LOC"/></Labels>
<Text name="text" value="$text" granularity="symbol"/></View>"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A new project, whose machine knows no names."""
    return Project(init_project(tmp_path_factory.mktemp("projet") / "corpus", "Corpus").root)


@pytest.fixture(scope="module")
def client(project: Project) -> Iterator[TestClient]:
    with TestClient(application(project)) as client:
        yield client


def task(**data: Any) -> dict[str, Any]:
    """A task as Label Studio sends it."""
    return {"id": 7, "data": {"text": TEXT, "article_id": "le-port", **data}, "predictions": [], "annotations": []}


def results(client: TestClient, *tasks: dict[str, Any]) -> list[list[dict[str, Any]]]:
    answer = client.post("/predict", json={"tasks": list(tasks), "project": "1.0", "label_config": INTERFACE})
    assert 200 == answer.status_code
    return list(answer.json()["results"])


def test_the_four_addresses(client: TestClient) -> None:
    """All that Label Studio asks is answered."""
    assert {"status": "UP"} == client.get("/health").json()
    assert {"model_version": "machine-live"} == client.post("/setup", json={"access_token": "x"}).json()
    assert 200 == client.post("/webhook", json={"action": "PROJECT_UPDATED"}).status_code
    assert 404 == client.get("/train").status_code


def test_a_task_gets_what_the_machine_sees(client: TestClient, project: Project) -> None:
    """Spans are of the task's own text, also after an emoji, and the claims are remembered under their version."""
    [[prediction]] = results(client, task())
    regions = [item for item in prediction["result"] if item.get("from_name") == MARK]
    assert regions
    for region in regions:
        value = region["value"]
        assert TEXT[value["start"] : value["end"]] == value["text"]
    assert "Ferroudj" in {region["value"]["text"] for region in regions}
    assert 0 < prediction["score"] <= 1
    claims = known_proposals(Places(project), "le-port", prediction["model_version"], "machine")
    assert claims
    assert {claim.id for claim in claims} <= {region["id"] for region in regions}


def test_each_task_has_its_own_answer(client: TestClient) -> None:
    """In the order of the tasks; none for a blind one, and none again for one that has it already."""
    [[known]] = results(client, task())
    again = {**task(), "predictions": [{"model_version": known["model_version"]}]}
    older = {**task(), "predictions": [{"model_version": "machine-0"}]}
    assert [[], [known], [], [known]] == results(client, task(blind=True), task(), again, older)


@pytest.mark.parametrize("text", ["", " \n", None, 5, "Un mot\r\net un autre.", "Co\N{SOFT HYPHEN}rée"])
def test_a_text_that_is_none_of_a_project_gets_nothing(client: TestClient, text: object) -> None:
    """Offsets would be those of the text as the machine cleans it."""
    assert [[]] == results(client, task(text=text))


def test_blocks_are_those_that_were_pushed(client: TestClient, project: Project) -> None:
    """What was no part of the article when it was pushed is none now."""
    text = "Mme Kerbrat attend à Paris.\n\nM. Ferroudj attend à Brest."
    blocks = (Block("paragraph", 0, 27), Block("related", 29, len(text)))
    keep_text(Places(project), KnownText(text, blocks))
    [[prediction]] = results(client, task(text=text))
    assert {"Kerbrat", "Paris"} == {
        item["value"]["text"] for item in prediction["result"] if item.get("from_name") == MARK
    }


@pytest.mark.parametrize("body", [b"{", b"[]", b"{}", b'{"tasks": 5}', b'{"tasks": [5]}', b'{"tasks": [{"id": 1}]}'])
def test_what_is_no_task_is_refused(client: TestClient, body: bytes) -> None:
    """400, and the next request is answered."""
    assert 400 == client.post("/predict", content=body).status_code
    assert 1 == len(results(client, task()))


def test_a_broken_project_is_told(tmp_path: Path) -> None:
    """The server's log then says what to mend."""
    project = Project(init_project(tmp_path / "corpus", "Corpus").root)
    (project.root / "schemas" / "labels.toml").write_text("[")
    with TestClient(application(project)) as client:
        answer = client.post("/predict", json={"tasks": [task()]})
    assert (500, True) == (answer.status_code, "not valid TOML" in answer.json()["error"])


def test_libraries_that_are_missing_are_told(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is started."""
    monkeypatch.setattr(studio_assist, "find_spec", lambda _name: None)
    with pytest.raises(SurroundingsError, match="starlette is not installed; run `pip install"):
        start_help(project)
    assert recorded(project, ASSIST) is None


@pytest.mark.studio
def test_a_new_task_gets_proposals_in_a_real_server(tmp_path: Path, studio_server: StudioServer) -> None:
    """Asked for predictions of its tasks, the server asks the machine, keeps what it says, and asks not twice."""
    project = Project(init_project(tmp_path / "corpus", "Corpus").root)
    write_access(project, studio_server.access)
    try:
        with studio_server.client() as server:
            made = server.create_project("Essai de l'aide", "", INTERFACE)
            assert not offer_help(project, server, made.id)
            assert (True, False) == (start_help(project), start_help(project))
            assert server_state(project).assist is not None
            assert offer_help(project, server, made.id)
            assert offer_help(project, server, made.id)
            ids = server.import_tasks(made.id, [{"data": task()["data"]}, {"data": task(blind=True)["data"]}])
            for _ in range(2):
                chosen = {"selectedItems": {"all": False, "included": ids}}
                path = f"api/dm/actions?id=retrieve_tasks_predictions&project={made.id}"
                server.sdk._client_wrapper.httpx_client.request(path, method="POST", json=chosen)
            shown, blind = server.tasks(made.id)
            assert [] == blind["predictions"]
            [prediction] = shown["predictions"]
            assert prediction["model_version"].startswith("machine-")
            assert "Ferroudj" in [item["value"].get("text") for item in prediction["result"] if "value" in item]
            assert "" == server.sdk.projects.get(made.id).model_version
            assert [help_url(project)] == [one.url for one in server.sdk.ml.list(project=made.id)]
    finally:
        if (process := recorded(project, ASSIST)) is not None:
            processes.stop(process)
