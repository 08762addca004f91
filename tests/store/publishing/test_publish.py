"""What stands here stands on the Hub afterwards, in one commit and a tag, whatever goes wrong on the way."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from huggingface_hub import HfApi, constants
from hypothesis import given, settings
from hypothesis import strategies as st

from hub_server import READ_TOKEN, TOKEN, USER, Fault, HubServer, Repository, from_request, only_request, serving
from parallaxe.core.errors import DataError, ProjectError, SurroundingsError, UsageError
from parallaxe.store.dataset_files import Manifest
from parallaxe.store.publishing.hub import Hashes, RemoteFile, hashes_of
from parallaxe.store.publishing.plan import Wanted, is_ours, planned
from parallaxe.store.publishing.publication import Publication
from parallaxe.store.publishing.publish import Published, publish, publish_to

REPO = f"{USER}/presse"
FIRST = {
    "README.md": b"---\nversion: 0.1.0\n---\n",
    "manifest.json": b"{}\n",
    "croissant.json": b"{}\n",
    "data/articles/train.parquet": b"PAR1" + bytes(range(256)) * 20,
    "data/articles/test.parquet": b"PAR1 test",
    "data/quotes/train.parquet": b"PAR1 quotes",
}
SECOND = {
    "README.md": b"---\nversion: 0.2.0\n---\n",
    "manifest.json": b"{ }\n",
    "data/articles/train.parquet": b"PAR1 autre",
    "data/articles/test.parquet": FIRST["data/articles/test.parquet"],
    "data/stances/train.parquet": b"PAR1 stances",
}


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[HubServer]:
    """A server with nothing on it; the client waits for nothing."""
    monkeypatch.setattr(constants, "HF_HUB_DISABLE_XET", True)
    monkeypatch.setattr("time.sleep", lambda _: None)
    with serving() as hub:
        yield hub


def dataset(folder: Path, files: Mapping[str, bytes] = FIRST, version: str = "0.1.0") -> Publication:
    """A folder as if it had passed the gate."""
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    manifest = Manifest("Presse", version, "public", f"{version}…", "n/1", ())
    return Publication(folder, manifest, {path: hashes_of(folder / path) for path in files}, (), "- Un article.")


def sent(hub: HubServer, publication: Publication, *, do: bool = True, token: str = TOKEN, **how: Any) -> Published:
    """Publish to the server."""
    return publish_to(publication, Wanted(how.pop("repo", REPO), do=do, **how), HfApi(hub.url, token=token))


def there(hub: HubServer, revision: str = "main") -> dict[str, bytes]:
    """All files of a revision on the server."""
    return {path: hub.content(file) for path, file in hub.repositories[REPO].at(revision).files.items()}


def without_others(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Those that are ours."""
    return {path: content for path, content in files.items() if path != ".gitattributes"}


def test_a_plan_sends_nothing(hub: HubServer, tmp_path: Path) -> None:
    """It tells what would be added; the server is only read, and no token is needed."""
    plan = publish_to(dataset(tmp_path), Wanted(REPO), HfApi(hub.url, token=False)).plan

    assert (False, True, None, "v0.1.0") == (plan.exists, plan.is_anonymous, plan.head, plan.tag)
    assert [("add", path, len(FIRST[path])) for path in sorted(FIRST)] == [
        (f.change, f.path, f.size) for f in plan.files
    ]
    assert {} == hub.repositories
    assert {"GET"} == {line.split()[0] for line in hub.log}


def test_a_dataset_is_one_commit_and_a_tag(hub: HubServer, tmp_path: Path) -> None:
    """Both carry the digest; the commit says what changed in the data."""
    done = sent(hub, dataset(tmp_path))
    repository = hub.repositories[REPO]

    assert FIRST == without_others(there(hub))
    assert 2 == len(repository.commits)
    assert repository.head is not None
    assert ("Presse 0.1.0", "- Un article.\n\nsha256:0.1.0…") == repository.head[2:4]
    assert {"v0.1.0": (done.commit, "Presse 0.1.0\n\nsha256:0.1.0…")} == repository.tags


def test_a_second_run_finds_nothing_to_do(hub: HubServer, tmp_path: Path) -> None:
    """It only reads."""
    publication = dataset(tmp_path)
    sent(hub, publication)
    hub.log.clear()
    again = sent(hub, publication)

    assert again.plan.is_done
    assert (True, False) == (again.plan.published, again.plan.has_moved)
    assert {"GET"} == {line.split()[0] for line in hub.log}


def test_only_what_changed_is_sent_and_what_is_not_ours_stays(hub: HubServer, tmp_path: Path) -> None:
    """Files that are gone are deleted, also a Croissant file that would tell of other data; a picture stays."""
    sent(hub, dataset(tmp_path / "a"))
    hub.add_file(REPO, "pictures/port.png", b"PNG")
    hub.log.clear()
    done = sent(hub, dataset(tmp_path / "b", SECOND, "0.2.0"))
    changes = {file.path: file.change for file in done.plan.files}

    assert {**SECOND, "pictures/port.png": b"PNG"} == without_others(there(hub))
    assert FIRST == without_others(there(hub, "v0.1.0"))
    assert {
        "README.md": "replace",
        "croissant.json": "delete",
        "data/articles/test.parquet": "keep",
        "data/articles/train.parquet": "replace",
        "data/quotes/train.parquet": "delete",
        "data/stances/train.parquet": "add",
        "manifest.json": "replace",
    } == changes
    assert (".gitattributes", "pictures/port.png") == done.plan.others
    assert 2 == sum(line.startswith("PUT") for line in hub.log)


FAULTS = {"dropped": Fault(0), "answer lost": Fault(0, is_late=True), "broken": Fault(500), "away": Fault(503)}


@pytest.mark.parametrize("name", FAULTS)
@pytest.mark.parametrize("is_for_good", [True, False])
def test_a_failure_at_any_request_is_made_good_by_running_again(
    hub: HubServer, tmp_path: Path, name: str, is_for_good: bool
) -> None:
    """The failed run says so on one line; the next ends with one commit, one tag, and sends no large file twice."""
    publication = dataset(tmp_path)
    sent(hub, publication)
    requests = len(hub.log)
    assert requests > 12
    for number in range(1, requests + 1):
        hub.repositories.clear()
        hub.large.clear()
        hub.log.clear()
        hub.fault = (from_request if is_for_good else only_request)(number, FAULTS[name])
        failed = None
        try:
            sent(hub, publication)
        except SurroundingsError as error:
            failed = str(error)
        kept = set(hub.large)
        hub.fault = lambda *_: None
        hub.log.clear()
        sent(hub, publication)

        assert failed is None or ("\n" not in failed and TOKEN not in failed)
        assert failed is not None or not is_for_good
        assert FIRST == without_others(there(hub))
        assert ["initial commit", "Presse 0.1.0"] == [c.title for c in hub.repositories[REPO].commits.values()]
        assert {"v0.1.0": hub.repositories[REPO].branches["main"]} == {
            t: c for t, (c, _) in hub.repositories[REPO].tags.items()
        }
        assert kept.isdisjoint(line.rpartition("/")[2] for line in hub.log if line.startswith("PUT"))


def test_a_change_by_somebody_else_meanwhile_is_refused(hub: HubServer, tmp_path: Path) -> None:
    """Nothing is committed over it; the next run sees it."""
    sent(hub, dataset(tmp_path / "a"))
    second = dataset(tmp_path / "b", SECOND, "0.2.0")

    def meddle(_: int, line: str) -> None:
        if line.endswith("/commit/main"):
            hub.add_file(REPO, "data/intrus.txt", b"x")

    hub.fault = meddle
    with pytest.raises(SurroundingsError, match=r"it changed while this ran .*run it again"):
        sent(hub, second)
    assert FIRST["README.md"] == there(hub)["README.md"]
    hub.fault = lambda *_: None

    assert "delete" == {file.path: file.change for file in sent(hub, second).plan.files}["data/intrus.txt"]
    assert SECOND == without_others(there(hub))


def test_the_tag_stands_on_our_commit(hub: HubServer, tmp_path: Path) -> None:
    """Also where somebody else commits between the commit and the tag."""

    def meddle(_: int, line: str) -> None:
        if "/tag/" in line:
            hub.add_file(REPO, "data/intrus.txt", b"x")

    hub.fault = meddle
    sent(hub, dataset(tmp_path))

    assert FIRST == without_others(there(hub, "v0.1.0"))
    assert "data/intrus.txt" in there(hub)


def test_a_published_version_never_changes(hub: HubServer, tmp_path: Path) -> None:
    """Other files under its version are refused, unless no tag is wanted; the tag stays where it is."""
    sent(hub, dataset(tmp_path / "a"))
    other = dataset(tmp_path / "b", SECOND, "0.1.0")
    with pytest.raises(ProjectError, match=r"v0\.1\.0 is published with other files .*raise the version"):
        sent(hub, other)
    assert FIRST == without_others(there(hub))

    assert sent(hub, other, tag=False).tag is None
    assert (SECOND, FIRST) == (without_others(there(hub)), without_others(there(hub, "v0.1.0")))


def test_an_old_version_does_not_come_over_a_newer_one(hub: HubServer, tmp_path: Path) -> None:
    """It is published: nothing to do, but that the head has moved on is told."""
    first = dataset(tmp_path / "a")
    sent(hub, first)
    sent(hub, dataset(tmp_path / "b", SECOND, "0.2.0"))

    plan = sent(hub, first).plan

    assert (True, True, True) == (plan.is_done, plan.published, plan.has_moved)
    assert SECOND == without_others(there(hub))


def test_a_missing_tag_is_added_to_what_is_there(hub: HubServer, tmp_path: Path) -> None:
    """Without a commit."""
    publication = dataset(tmp_path)
    sent(hub, publication, tag=False)
    done = sent(hub, publication)

    assert ((), "v0.1.0") == (done.plan.changed, done.tag)
    assert FIRST == without_others(there(hub, "v0.1.0"))
    assert 2 == len(hub.repositories[REPO].commits)


def test_a_repository_is_made_private_where_that_is_wanted(hub: HubServer, tmp_path: Path) -> None:
    """One that is public is not written to by who wants it private."""
    publication = dataset(tmp_path)
    sent(hub, publication, private=True)
    assert hub.repositories[REPO].private
    sent(hub, publication, repo=f"{USER}/ouvert")

    with pytest.raises(UsageError, match="it is public already"):
        sent(hub, publication, repo=f"{USER}/ouvert", private=True)


def test_a_repository_without_any_commit_is_filled(hub: HubServer, tmp_path: Path) -> None:
    """The commit is its first."""
    hub.repositories[REPO] = Repository()
    sent(hub, dataset(tmp_path))

    assert FIRST == there(hub)


@pytest.mark.parametrize(
    ("token", "repo", "words"),
    [
        ("hf_mauvais", REPO, "does not accept the token"),
        (READ_TOKEN, REPO, "the token may not do that"),
        (TOKEN, "autrui/presse", "the token may not do that"),
    ],
)
def test_who_may_not_is_told(hub: HubServer, tmp_path: Path, token: str, repo: str, words: str) -> None:
    """On one line, without the token; nothing is made."""
    with pytest.raises(UsageError, match=words) as caught:
        sent(hub, dataset(tmp_path), token=token, repo=repo)

    assert token not in str(caught.value)
    assert {} == hub.repositories


def test_a_token_that_the_server_repeats_is_not_printed(hub: HubServer, tmp_path: Path) -> None:
    """Its words are told without it, on one line, and cut short."""
    hub.fault = from_request(2, Fault(403, words=f"no {TOKEN}\nhere {'x' * 500}"))
    with pytest.raises(UsageError, match=r"\(no … here x+…\)") as caught:
        sent(hub, dataset(tmp_path))

    assert len(str(caught.value)) < 300


@pytest.mark.parametrize(
    "repo", ["presse", "", "a b/presse", "a/presse.git", "a/../presse", "é/presse", "hf://presse", f"a/{'x' * 99}"]
)
def test_what_is_no_name_is_told_at_once(hub: HubServer, tmp_path: Path, repo: str) -> None:
    """Before the dataset is looked at, and without asking anybody."""
    with pytest.raises(UsageError, match="write OWNER/NAME"):
        publish(tmp_path / "absent", Wanted(repo), api=HfApi(hub.url, token=TOKEN))

    assert [] == hub.log


@pytest.mark.parametrize(("token", "words"), [(False, "no token to publish with; log in"), ("hf_é", "characters")])
def test_without_a_token_nothing_is_asked(hub: HubServer, tmp_path: Path, token: str | bool, words: str) -> None:
    """What to do is told before anything is looked at; the same for what cannot be sent."""
    with pytest.raises(UsageError, match=words):
        publish(tmp_path / "absent", Wanted(REPO, do=True), api=HfApi(hub.url, token=token))

    assert [] == hub.log


def test_too_many_requests_are_told_with_the_time_to_wait(hub: HubServer, tmp_path: Path) -> None:
    """Whichever request it is."""
    hub.fault = from_request(3, Fault(429, headers={"Retry-After": "60"}))
    with pytest.raises(SurroundingsError, match="run it again in 60 seconds"):
        sent(hub, dataset(tmp_path))


def test_waiting_is_told(hub: HubServer, tmp_path: Path) -> None:
    """Who looks on sees why nothing happens, and for how long; nothing else that the client says."""
    hub.fault = lambda _, line: Fault(429, headers={"Retry-After": "60"}) if "preupload" in line else None
    said: list[str] = []
    with pytest.raises(SurroundingsError):
        publish_to(dataset(tmp_path), Wanted(REPO, do=True), HfApi(hub.url, token=TOKEN), said.append)

    waits = ["the Hub is not ready: waiting 61 seconds"] * 5
    assert [f"making hf://{REPO}", "sending 6 files", *waits] == said


def test_much_is_sent_a_part_at_a_time(hub: HubServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each is told; it is one commit all the same, and nothing is sent twice."""
    monkeypatch.setattr("parallaxe.store.publishing.publish._PART", 100)
    said: list[str] = []
    publish_to(dataset(tmp_path), Wanted(REPO, do=True), HfApi(hub.url, token=TOKEN), said.append)

    assert ["sent 1 of 3 parts", "sent 2 of 3 parts"] == [line for line in said if line.startswith("sent")]
    assert FIRST == without_others(there(hub))
    assert 2 == len(hub.repositories[REPO].commits)
    assert 3 == sum(line.startswith("PUT") for line in hub.log)


def test_a_card_that_the_hub_does_not_take_is_told(hub: HubServer, tmp_path: Path) -> None:
    """Before anything is sent, with its reasons."""
    with pytest.raises(DataError, match=r"README.md: the Hub does not take its YAML \(- no YAML\)"):
        sent(hub, dataset(tmp_path, {**FIRST, "README.md": b"# Presse\n"}))

    assert {} == hub.large


@pytest.mark.parametrize(("name", "size"), [("data/quotes/train.parquet", 3_000_000), ("manifest.json", 100)])
def test_a_file_that_changed_since_it_was_looked_at_is_refused(
    hub: HubServer, tmp_path: Path, name: str, size: int
) -> None:
    """A build meanwhile cannot mix two versions: small files are read first, large ones the Hub checks."""
    publication = dataset(tmp_path, {**FIRST, name: b"a" * size})
    (tmp_path / name).write_bytes(b"b" * size)
    with pytest.raises(SurroundingsError):
        sent(hub, publication)

    assert [".gitattributes"] == list(there(hub))


@pytest.mark.parametrize("part", [1 << 40, 4_000_000])
def test_a_large_file_goes_whole_or_in_parts(hub: HubServer, tmp_path: Path, part: int) -> None:
    """As the server wants it; whatever its name, above ten megabytes it is a large one."""
    hub.part = part
    content = hashlib.sha256(b"").digest() * 400_000
    sent(hub, dataset(tmp_path, {**FIRST, "data/\u00e9t\u00e9/n° 1.jsonl": content}))

    assert content == there(hub)["data/\u00e9t\u00e9/n° 1.jsonl"]
    assert hub.repositories[REPO].at("main").files["data/\u00e9t\u00e9/n° 1.jsonl"].sha256 is not None
    assert part > len(content) or 4 == sum(
        "/complete" not in line and line[-2] == "/" for line in hub.log if "PUT" in line
    )


paths = st.sampled_from(
    ["README.md", "croissant.json", "data/a.parquet", "data/b/c.parquet", "x.png", ".gitattributes"]
)
contents = st.sampled_from([b"", b"a", b"b"])


def _hashes(content: bytes) -> Hashes:
    git = hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()
    return Hashes(len(content), hashlib.sha256(content).hexdigest(), git)


@settings(deadline=None)
@given(
    ours=st.dictionaries(paths.filter(is_ours), contents),
    theirs=st.dictionaries(paths, st.tuples(contents, st.booleans())),
)
def test_what_is_planned_makes_theirs_ours(ours: dict[str, bytes], theirs: dict[str, tuple[bytes, bool]]) -> None:
    """Whatever stands there, in git or as a large file: afterwards ours, and what is not ours as before."""
    remote = {
        path: RemoteFile(len(content), _hashes(content).sha256 if is_large else _hashes(content).git, is_large)
        for path, (content, is_large) in theirs.items()
    }
    after = {path: content for path, (content, _) in theirs.items()}
    for file in planned({path: _hashes(content) for path, content in ours.items()}, remote):
        if file.change == "delete":
            del after[file.path]
        elif file.change == "add":
            assert file.path not in after
            after[file.path] = ours[file.path]
        elif file.change == "replace":
            assert after[file.path] != ours[file.path]
            after[file.path] = ours[file.path]

    assert {**{path: content for path, (content, _) in theirs.items() if not is_ours(path)}, **ours} == after
