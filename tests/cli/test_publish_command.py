"""What people see of `parallaxe publish`, and that what it published opens with `load_dataset` as a version."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from command_line import run, run_installed
from hub_server import TOKEN, USER, Fault, HubServer, serving
from parallaxe.cli.publish import as_json, lines
from parallaxe.store.dataset_files import Manifest
from parallaxe.store.project import Project
from parallaxe.store.publishing.hub import Hashes
from parallaxe.store.publishing.plan import FileChange, Plan
from parallaxe.store.publishing.publication import Publication
from parallaxe.store.publishing.publish import Published
from rule_examples import sample_project

REPO = f"{USER}/presse"
LOADED = """
import json, sys
import datasets
datasets.disable_progress_bars()
repo, *revisions = sys.argv[1:]

def opened(revision):
    configs = datasets.get_dataset_config_names(repo, revision=revision)
    whole = {config: datasets.load_dataset(repo, config, revision=revision) for config in configs}
    articles = datasets.load_dataset(repo, revision=revision)
    streamed = datasets.load_dataset(repo, revision=revision, split="train", streaming=True)
    return {
        "rows": {config: {split: rows.num_rows for split, rows in loaded.items()} for config, loaded in whole.items()},
        "version": str(articles["train"].info.version),
        "rights": articles["train"].features["rights"].names,
        "withheld": sum(row["text"] is None for rows in articles.values() for row in rows),
        # To the end: a stream that is left before it may end the interpreter with SIGABRT (apache/arrow#45214).
        "streamed": [row["article_id"] for row in streamed],
    }

print(json.dumps([opened(revision) for revision in revisions]))
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The project of the rules' examples, built once."""
    return sample_project(tmp_path_factory.mktemp("projets") / "projet")


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[HubServer]:
    """A server that programs find in their environment, with caches of their own."""
    with serving() as hub:
        told = {
            "HF_ENDPOINT": hub.url,
            "HF_HOME": str(tmp_path / "hf"),
            "HF_TOKEN": TOKEN,
            "HF_HUB_DISABLE_XET": "1",
            "HF_HUB_DISABLE_PROGRESS_BARS": "1",
            # A busy machine is no reason to give up.
            "HF_HUB_ETAG_TIMEOUT": "300",
            "HF_HUB_DOWNLOAD_TIMEOUT": "300",
        }
        for name, value in told.items():
            monkeypatch.setenv(name, value)
        for name in ("HF_HUB_CACHE", "HF_DATASETS_CACHE", "HF_HUB_OFFLINE", "HF_DATASETS_OFFLINE"):
            monkeypatch.delenv(name, raising=False)
        yield hub


def test_what_was_published_opens_with_load_dataset(made: Project, hub: HubServer) -> None:
    """All configs and splits, at the tag and at the head; features and version with them, no restricted text."""
    planned = run_installed("publish", REPO, folder=made.root)
    assert (0, {}) == (planned.returncode, hub.repositories), planned.stderr
    assert "nothing was sent; `--yes` does it" in planned.stdout

    done = run("publish", REPO, "--yes", folder=made.root)
    assert 0 == done.returncode, done.stderr
    assert f'load_dataset("{REPO}", revision="v0.1.0")' in done.stdout
    again = run("publish", REPO, "--yes", folder=made.root)
    assert (0, "v0.1.0 is published: nothing to do") == (again.returncode, again.stdout.splitlines()[-1])

    command = [sys.executable, "-c", LOADED, REPO, "v0.1.0", "main"]
    opened = subprocess.run(command, capture_output=True, text=True, check=False)
    assert 0 == opened.returncode, opened.stderr
    rows: dict[str, dict[str, int]] = {}
    articles: list[str] = []
    for part in json.loads((made.corpus / "manifest.json").read_text("utf-8"))["parts"]:
        rows.setdefault(part["config"], {})[part["split"]] = part["rows"]
        if (part["config"], part["split"]) == ("articles", "train"):
            articles = pq.read_table(made.corpus / part["file"])["article_id"].to_pylist()
    facts = {"version": "0.1.0", "rights": ["open", "restricted"], "withheld": 1, "streamed": articles}

    assert [{"rows": rows, **facts}] * 2 == json.loads(opened.stdout)


def test_a_project_is_not_needed_where_a_dataset_is_named(made: Project, hub: HubServer, tmp_path: Path) -> None:
    """From anywhere, as JSON; the repository is made private."""
    folder = shutil.copytree(made.corpus, tmp_path / "jeu")
    done = run("publish", REPO, "--dataset", "jeu", "--private", "--yes", "--no-tag", "--json", folder=tmp_path)
    told = json.loads(done.stdout)

    assert (True, False, True, None) == tuple(told[name] for name in ("done", "exists", "private", "tag"))
    assert hub.repositories[REPO].branches["main"] == told["commit"]
    assert hub.repositories[REPO].private
    assert {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} == {
        file["path"] for file in told["files"]
    }


def test_what_goes_wrong_is_one_line_and_an_exit_code(
    made: Project, hub: HubServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """2 for the call, 3 for the network; the token is in none of them, and there is no traceback."""
    outside = run("publish", REPO, folder=tmp_path)
    hub.fault = lambda *_: Fault(403)
    forbidden = run("publish", REPO, "--yes", folder=made.root)
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    unreachable = run("publish", REPO, folder=made.root)
    monkeypatch.delenv("HF_TOKEN")
    anonymous = run("publish", REPO, "--yes", folder=made.root)
    runs = [outside, forbidden, unreachable, anonymous]

    assert [2, 2, 3, 2] == [done.returncode for done in runs]
    assert [("", 1)] * 4 == [(done.stdout, len(done.stderr.splitlines())) for done in runs]
    assert not any(TOKEN in done.stderr or "Traceback" in done.stderr for done in runs)
    assert "no token to publish with; log in (`hf auth login`, or HF_TOKEN)" in anonymous.stderr
    assert {} == hub.repositories


PUBLICATION = Publication(
    Path("corpus"),
    Manifest("Presse", "0.2.0", "public", "ab" * 32, "n/1", ()),
    {"README.md": Hashes(1_500, "", "")},
    ("notes.txt",),
    "- Deux articles.",
)
FILES = (
    FileChange("README.md", "replace", 1_500),
    FileChange("data/articles/test.parquet", "add", 2_000_000),
    FileChange("data/articles/train.parquet", "add", 500_000),
    FileChange("data/quotes/train.parquet", "keep", 7),
    FileChange("data/stances/train.parquet", "delete", 700),
)
PLAN = Plan(REPO, True, False, False, "c0ffee" * 7, FILES, (".gitattributes",), "v0.2.0", published=False)


def test_a_plan_is_told_on_one_screen() -> None:
    """Files of a folder with one fate share a line; then how much is sent, the commit, the tag, and what stays."""
    told = [text for text, _ in lines(Published(PUBLICATION, PLAN), do=False)]

    assert [
        f"hf://{REPO}: public, at commit c0ffeec0",
        "  ~ README.md                      1.5 kB",
        "  + data/articles/ (2)             2.5 MB",
        "  - data/stances/train.parquet  700 bytes",
        "  2 to add, 1 to replace, 1 to delete, 1 unchanged: 2.5 MB to send",
        "  commit  Presse 0.2.0",
        "          - Deux articles.",
        "",
        f"          sha256:{'ab' * 32}",
        "  tag     v0.2.0 (sha256:abababababab)",
        "  stays   .gitattributes (there, but no part of the dataset)",
        "  left    notes.txt (here, but no part of the dataset)",
        "nothing was sent; `--yes` does it",
    ] == told


def test_what_was_done_is_told_in_a_few_lines() -> None:
    """With the call that opens it."""
    told = [text for text, _ in lines(Published(PUBLICATION, PLAN, "decade" * 7, "v0.2.0"), do=True)]

    assert "  2 added, 1 replaced, 1 deleted, 1 unchanged: 2.5 MB new" == told[1]
    assert f'published at commit decadede: load_dataset("{REPO}", revision="v0.2.0")' == told[-1]
    assert len(told) < 8


def test_nothing_to_do_is_two_lines() -> None:
    """Whether by the tag or by the files."""
    done = PLAN._replace(files=(), tag=None)
    publication = PUBLICATION._replace(left=())
    for published, moved, words in (
        (True, False, "v0.2.0 is published"),
        (True, True, "v0.2.0 is published (the main branch has other files since)"),
        (False, False, "everything is there"),
    ):
        plan = done._replace(published=published, has_moved=moved)
        told = [text for text, _ in lines(Published(publication, plan), do=True)]

        assert [f"hf://{REPO}: public, at commit c0ffeec0", f"{words}: nothing to do"] == told


def test_a_dataset_that_is_not_seen_may_be_private() -> None:
    """Who sent no token is told so."""
    plan = PLAN._replace(exists=False, head=None)
    heads = [
        lines(Published(PUBLICATION, plan._replace(is_anonymous=anonymous)), do=False)[0][0]
        for anonymous in (False, True)
    ]

    assert [
        f"hf://{REPO}: not there yet; it will be made, public",
        f"hf://{REPO}: not there, or private: no token was sent; it will be made, public",
    ] == heads


def test_json_says_all_that_is_printed() -> None:
    """And the whole digest, message and description."""
    told = as_json(Published(PUBLICATION, PLAN), do=False)

    assert FILES[0]._asdict() == told["files"][0]  # type: ignore[index]
    assert (False, "ab" * 32, None) == (told["done"], told["digest"], told["commit"])
