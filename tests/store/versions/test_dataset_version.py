"""Datasets as versions: read back from their rows, beside each other, beside a project, from a Hub."""

from __future__ import annotations

import json
import shutil
import sys
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest

from command_line import run
from hub_server import TOKEN, Repository, serving
from parallaxe.core.claims import Claim, Entity, Layer, Provenance, Quote, Span, Stance
from parallaxe.core.errors import ProjectError, UsageError
from parallaxe.core.knowledge import KnownEntity, Relation
from parallaxe.store.annotations import read_layer, write_layer
from parallaxe.store.commands import Options, build_project
from parallaxe.store.jsonl import write_rows
from parallaxe.store.project import Project
from parallaxe.store.versions.diff import diff_versions
from rule_examples import sample_project

RELATED = {
    "kb_id": "la-rade", "type": "LOC", "name": "La Rade", "aliases": ["rade"], "description": "Une rade.",
    "wikidata": None, "relations": [{"relation": "capital_of", "kb_id": "la-ville"}], "actor": None,
}  # fmt: skip
CITY = {**RELATED, "kb_id": "la-ville", "name": "La Ville", "relations": []}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project of the rules' examples with a knowledge base and a stance, and the dataset built of it."""
    project = sample_project(tmp_path_factory.mktemp("version") / "projet")
    write_rows(project.knowledge_base, [RELATED, CITY])
    layer = gold(project)
    stance = Stance("s1", "attributed", "la-ville", "russia", "favor", 1, layer.quotes[0].content, "q1")
    write_layer(project.layers, replace(layer, claims=(*layer.claims, stance)))
    write_layer(project.layers, replace(layer, layer="autre", annotator="outil", annotator_type="model"))
    build_project(project.root, None, Options(jobs=1))
    return project.root


@pytest.fixture
def project(made: Path, tmp_path: Path) -> Project:
    """A copy of it, to work in."""
    return Project(shutil.copytree(made, tmp_path / "projet"))


def gold(project: Project) -> Layer:
    """The gold layer."""
    return read_layer(project.layers / "gold" / "le-port.jsonl").layer


def edit(project: Project) -> None:
    """Relabel the mention of gold, give its quotation a cue, and rename an entity."""
    layer = gold(project)
    mention, quote = layer.entities[0], layer.quotes[0]
    claims: tuple[Claim, ...] = (replace(mention, label="LOC"), replace(quote, cue=(Span(0, 2),)), *layer.stances)
    write_layer(project.layers, replace(layer, claims=claims))
    write_rows(project.knowledge_base, [RELATED, {**CITY, "name": "La Cité"}])


def test_a_project_does_not_differ_from_its_dataset(project: Project) -> None:
    """Whichever comes first; nor a dataset from itself."""
    corpus = str(project.corpus)

    assert not diff_versions(project.root, corpus).changes
    assert not diff_versions(project.root, str(project.root), corpus).changes
    assert not diff_versions(project.root, corpus, corpus).changes


def test_this_corpus_is_told_by_its_dataset(repository: Path) -> None:
    """Of every layer of the first project, and of its knowledge base."""
    assert not diff_versions(repository, str(repository / "corpus")).changes


def test_a_project_is_compared_with_a_dataset_by_what_its_rows_tell(project: Project) -> None:
    """What was decided anew since the build; of gold also what only its own tables tell."""
    edit(project)
    found = diff_versions(project.root, str(project.corpus)).changes

    assert {"relabelled": 1, "changed": 1} == found.claim_counts
    assert [("label",), ("cue",)] == [change.fields for change in found.layers[0].claims]
    assert [("la-ville", ("name",))] == [(change.entity.kb_id, change.fields) for change in found.entities]


def test_two_datasets_are_compared_without_a_project(project: Project, tmp_path: Path) -> None:
    """With the words of public texts, and the entities as they were."""
    old = shutil.copytree(project.corpus, tmp_path / "ancien")
    edit(project)
    build_project(project.root, None, Options(jobs=1))
    found = diff_versions(tmp_path, str(old), str(project.corpus))

    assert {"relabelled": 1, "changed": 1} == found.changes.claim_counts
    assert found.changes.layers[0].new_text in found.texts
    assert {"la-gare"} == found.restricted
    assert (Relation("capital_of", "la-ville"),) == known(project)["la-rade"].relations


def known(project: Project) -> dict[str, KnownEntity]:
    """The knowledge base of the dataset of a project."""
    from parallaxe.store.versions.opening import open_version

    with open_version(str(project.corpus), project) as version:
        return dict(version.known())


def test_what_a_dataset_withholds_is_no_difference(project: Project) -> None:
    """A remark about a restricted article stands in the project and not in its public dataset."""
    row = next(row for row in project.catalogue if not row.is_open)
    text = (project.text_layer(row.id)).read_text("utf-8").splitlines()[0]
    header = json.loads(text)
    claim = Entity("e", (Span(0, 7),), "LOC", provenance=Provenance(note="voir"))
    layer = replace(gold(project), article_id=row.id, text_sha256=header["text_sha256"], claims=(claim,))
    write_layer(project.layers, layer)
    build_project(project.root, None, Options(jobs=1))

    assert not diff_versions(project.root, str(project.corpus)).changes


@pytest.fixture
def hub(project: Project, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str | None]]:
    """A stand-in for the Hub, which has one dataset under every name; what it was asked for."""
    asked: list[tuple[str, str | None]] = []
    module = ModuleType("parallaxe.store.publishing.hub")

    def snapshot(repo: str, revision: str | None, into: Path) -> Path:
        asked.append((repo, revision))
        return Path(shutil.copytree(project.corpus, into))

    module.snapshot = snapshot  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "parallaxe.store.publishing.hub", module)
    return asked


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("hf://le-quai/presse@v1", ("le-quai/presse", "v1")),
        ("hf://datasets/le-quai/presse", ("le-quai/presse", None)),
        ("le-quai/presse@refs/pr/2", ("le-quai/presse", "refs/pr/2")),
    ],
)
def test_a_dataset_on_a_hub_is_a_version(
    project: Project, hub: list[tuple[str, str | None]], name: str, asked: tuple[str, str | None]
) -> None:
    """By its address, or by owner, name and revision."""
    found = diff_versions(project.root, name)

    assert (name, [asked], False) == (found.old, hub, bool(found.changes))


@pytest.mark.parametrize("name", ["origin/main@{1}", "le-quai/presse"])
def test_what_git_may_mean_is_not_asked_of_a_hub(
    project: Project, hub: list[tuple[str, str | None]], name: str
) -> None:
    """A reflog entry and a branch with a slash are revisions."""
    with pytest.raises(UsageError, match=r"no revision can be read here|no such revision"):
        diff_versions(project.root, name)
    assert [] == hub


@pytest.mark.parametrize("name", ["hf://presse", "hf://", "hf://a/b/c@d"])
def test_a_wrong_address_is_told(project: Project, name: str) -> None:
    """In one line that shows how it is written."""
    with pytest.raises(UsageError, match=r"no dataset on a Hub is called so; write hf://OWNER/NAME@REVISION"):
        diff_versions(project.root, name)


def test_a_dataset_of_others_is_refused(project: Project, tmp_path: Path) -> None:
    """What their rows claim is not known: one line, code 2."""
    foreign = tmp_path / "ailleurs"
    foreign.mkdir()
    (foreign / "train.csv").write_text("texte\nLe port attend\n", "utf-8")
    done = run("diff", str(foreign), folder=project.root)

    assert (2, 1) == (done.returncode, len(done.stderr.splitlines()))
    assert "neither a project nor a dataset that was built here" in done.stderr


def test_a_broken_dataset_is_named(project: Project) -> None:
    """A file that is no Parquet, one that is not there, a manifest that leads outside."""
    part = project.corpus / "data" / "annotations" / "train.parquet"
    for spoil, complaint in (
        (lambda: part.write_bytes(b"PAR1"), "train.parquet: missing, or no Parquet file of a dataset"),
        (part.unlink, "train.parquet: missing, or no Parquet file of a dataset"),
        (lambda: _lead_outside(project), r"the manifest names '\.\./seeds/x\.parquet', outside of it"),
    ):
        spoil()
        with pytest.raises(ProjectError, match=complaint):
            diff_versions(project.root, str(project.corpus))


def _lead_outside(project: Project) -> None:
    path = project.corpus / "manifest.json"
    manifest = json.loads(path.read_text("utf-8"))
    manifest["parts"][0]["file"] = "../seeds/x.parquet"
    path.write_text(json.dumps(manifest), "utf-8")


def test_a_folder_of_quotations_alone_reads(project: Project) -> None:
    """A layer of one kind of claim has no rows in the tables of the others."""
    layer = gold(project)
    write_layer(project.layers, replace(layer, claims=tuple(c for c in layer.claims if isinstance(c, Quote))))
    build_project(project.root, None, Options(jobs=1))

    assert not diff_versions(project.root, str(project.corpus)).changes


def test_a_dataset_comes_from_a_server_that_speaks_the_protocol_of_the_hub(
    project: Project, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Through the client itself: the tag of yesterday beside the project of today; a wrong tag ends with 2."""
    with serving() as server:
        server.repositories["le-quai/presse"] = Repository()
        for path in sorted(path for path in project.corpus.rglob("*") if path.is_file()):
            commit = server.add_file("le-quai/presse", path.relative_to(project.corpus).as_posix(), path.read_bytes())
        server.repositories["le-quai/presse"].tags["v0.1.0"] = (commit.id, "sha256:0")
        told = {
            "HF_ENDPOINT": server.url,
            "HF_HOME": str(tmp_path / "hf"),
            "HF_TOKEN": TOKEN,
            "HF_HUB_DISABLE_XET": "1",
        }
        for name, value in told.items():
            monkeypatch.setenv(name, value)
        monkeypatch.delenv("HF_HUB_OFFLINE", raising=False)
        edit(project)
        found = run("diff", "hf://le-quai/presse@v0.1.0", "--json", folder=project.root)
        wrong = run("diff", "hf://le-quai/presse@v9", folder=project.root)

    assert {"relabelled": 1, "changed": 1} == json.loads(found.stdout)["counts"]["claims"]
    assert (2, 1) == (wrong.returncode, len(wrong.stderr.splitlines())), wrong.stderr
