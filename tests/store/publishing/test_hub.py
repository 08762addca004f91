"""A revision of a dataset comes from the Hub whole, or one line says why not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from huggingface_hub import HfApi, constants

from hub_server import READ_TOKEN, TOKEN, USER, Fault, HubServer, Repository, from_request, serving
from parallaxe.core.errors import DataError, ParallaxeError, SurroundingsError, UsageError
from parallaxe.store.publishing.hub import hashes_of, snapshot

REPO = f"{USER}/presse"
FILES = {
    "README.md": b"---\n---\n",
    "data/articles/train.parquet": bytes(range(256)) * 9,
    "data/\u00e9t\u00e9 1.txt": b"x",
}


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[HubServer]:
    """A server with a dataset of two commits, the first of which is tagged; the client waits for nothing."""
    monkeypatch.setattr(constants, "HF_HUB_DISABLE_XET", True)
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr("time.sleep", lambda _: None)
    with serving() as hub:
        hub.repositories[REPO] = Repository()
        for path, content in FILES.items():
            first = hub.add_file(REPO, path, content)
        hub.repositories[REPO].tags["v0.1.0"] = (first.id, "sha256:0")
        hub.add_file(REPO, "README.md", b"---\nversion: 0.2.0\n---\n")
        yield hub


def client(hub: HubServer, token: str | bool = TOKEN) -> HfApi:
    """A client of the server."""
    return HfApi(hub.url, token=token)


def held(folder: Path) -> dict[str, bytes]:
    """All files of a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def refused(hub: HubServer, folder: Path, repo: str = REPO, revision: str | None = None, **more: str | bool) -> str:
    """What an error says; nothing is left behind."""
    with pytest.raises(ParallaxeError) as caught:
        snapshot(repo, revision, folder, client(hub, **more))
    assert "\n" not in str(caught.value)
    assert not folder.exists()
    assert TOKEN not in str(caught.value)
    return f"{type(caught.value).__name__}: {caught.value}"


@pytest.mark.parametrize("page", [1, 2, 1000])
def test_a_revision_comes_as_a_folder_of_exactly_its_files(hub: HubServer, tmp_path: Path, page: int) -> None:
    """By tag, by commit, or the head; however the server cuts its listing; nothing of the client's own stays."""
    hub.page = page
    commit = hub.repositories[REPO].tags["v0.1.0"][0]

    assert FILES == held(snapshot(REPO, "v0.1.0", tmp_path / "tag", client(hub)))
    assert FILES == held(snapshot(REPO, commit, tmp_path / "commit", client(hub, token=False)))
    assert b"---\nversion: 0.2.0\n---\n" == held(snapshot(REPO, None, tmp_path / "head", client(hub)))["README.md"]


def test_a_branch_that_moves_meanwhile_is_read_as_it_was(hub: HubServer, tmp_path: Path) -> None:
    """All files are those of one commit, the one that the branch was at first."""

    def meddle(count: int, _: str) -> None:
        if count > 1:
            hub.add_file(REPO, "README.md", f"---\nversion: {count}\n---\n".encode())

    hub.fault = meddle

    assert b"---\nversion: 0.2.0\n---\n" == held(snapshot(REPO, None, tmp_path / "head", client(hub)))["README.md"]


def test_an_empty_folder_is_filled_and_another_left_alone(hub: HubServer, tmp_path: Path) -> None:
    """What stands in a folder is not overwritten."""
    (tmp_path / "leer").mkdir()
    (tmp_path / "plein").mkdir()
    (tmp_path / "plein" / "a.txt").write_text("a")

    assert FILES == held(snapshot(REPO, "v0.1.0", tmp_path / "leer", client(hub)))
    with pytest.raises(UsageError, match="holds something already"):
        snapshot(REPO, "v0.1.0", tmp_path / "plein", client(hub))
    assert {"a.txt": b"a"} == held(tmp_path / "plein")


def test_what_the_call_names_wrongly_is_told(hub: HubServer, tmp_path: Path) -> None:
    """A name that is none, a dataset that is not there or hidden, a revision, a bad token, a gate: exit code 2."""
    into = tmp_path / "dossier"
    hub.repositories[f"{USER}/cache"] = Repository(private=True)
    hub.repositories[f"{USER}/vide"] = Repository()
    said = [
        refused(hub, into, "sans barre/oblique/x"),
        refused(hub, into, f"{USER}/autre"),
        refused(hub, into, f"{USER}/cache", token=False),
        refused(hub, into, f"{USER}/vide"),
        refused(hub, into, revision="v9.9.9"),
        refused(hub, into, token="hf_mauvais"),
    ]
    hub.repositories[REPO].gated = True
    said.append(refused(hub, into, token=READ_TOKEN))
    whats = [
        "no name of a dataset",
        "no such dataset",
        "no such dataset",
        "there is nothing in it",
        "no such revision",
        "does not accept the token",
        "access has to be granted",
    ]

    assert all(line.startswith("UsageError: hf://") for line in said)
    assert whats == [what for what, line in zip(whats, said, strict=True) if what in line]


def test_a_server_that_fails_at_any_request_leaves_nothing_half(hub: HubServer, tmp_path: Path) -> None:
    """At each request in turn it fails for good, in each of its ways: exit code 3, no folder; the next try is whole."""
    snapshot(REPO, "v0.1.0", tmp_path / "compte", client(hub))
    requests = len(hub.log)
    assert requests > 2 + len(FILES)
    for status in (0, 500, 503):
        for number in range(1, requests + 1):
            hub.log.clear()
            hub.fault = from_request(number, Fault(status))
            # Another folder each time, for the client remembers the listing of a folder as long as it runs.
            said = refused(hub, tmp_path / f"dossier-{status}-{number}", revision="v0.1.0")
            assert said.startswith("SurroundingsError: hf://le-port/presse@v0.1.0: ")

    hub.fault = lambda *_: None

    assert FILES == held(snapshot(REPO, "v0.1.0", tmp_path / "dossier", client(hub)))


def test_too_many_requests_are_told_with_the_time_to_wait(hub: HubServer, tmp_path: Path) -> None:
    """Where the server says when, the line says it too."""
    hub.fault = lambda *_: Fault(429, headers={"Retry-After": "17"})

    assert "run it again in 17 seconds" in refused(hub, tmp_path / "dossier")


def test_a_server_that_is_not_there_or_no_hub_is_told(hub: HubServer, tmp_path: Path) -> None:
    """With its address, and what to look at; nothing old is given instead."""
    snapshot(REPO, "v0.1.0", tmp_path / "avant", client(hub))
    with pytest.raises(SurroundingsError, match=r"http://127.0.0.1:9 cannot be reached"):
        snapshot(REPO, "v0.1.0", tmp_path / "dossier", HfApi("http://127.0.0.1:9"))
    hub.fault = lambda *_: Fault(200)

    assert "does not answer as the Hub does" in refused(hub, tmp_path / "dossier")


def test_a_file_that_came_otherwise_than_it_is_named_is_refused(hub: HubServer, tmp_path: Path) -> None:
    """Of the right size, but with another hash."""
    file = hub.repositories[REPO].at("v0.1.0").files["README.md"]
    hub.blobs[file.git] = b"--- \n--\n"

    assert "`README.md` did not come whole" in refused(hub, tmp_path / "dossier", revision="v0.1.0")


@pytest.mark.parametrize("name", ["../dehors.txt", "/etc/x", "data/../../x", "..\\x", "a//b"])
def test_a_name_that_leads_out_of_the_folder_is_refused(hub: HubServer, tmp_path: Path, name: str) -> None:
    """Before anything is fetched."""
    hub.add_file(REPO, name, b"x")
    with pytest.raises(DataError, match="a file is called"):
        snapshot(REPO, None, tmp_path / "dossier", client(hub))

    assert [] == [path for path in tmp_path.rglob("*") if path.is_file()]


def test_hashes_are_those_of_git_and_sha256(tmp_path: Path) -> None:
    """Of an empty file, as everybody knows them."""
    (tmp_path / "vide").touch()

    assert (0, "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391") == hashes_of(tmp_path / "vide")[::2]
