"""Versions of a project: revisions, directories and the work tree, and what changed between them."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from parallaxe.core.claims import Claim, Entity, Layer, Quote, Span, Stance
from parallaxe.core.errors import ProjectError, SurroundingsError, UsageError
from parallaxe.store.add import Declared, add
from parallaxe.store.annotations import read_layer, write_layer
from parallaxe.store.building.parquet import file_digest
from parallaxe.store.catalogue import read_catalogue, write_catalogue
from parallaxe.store.project import Project
from parallaxe.store.reading import read_row
from parallaxe.store.versions.diff import diff_versions
from parallaxe.text.document import text_digest
from rule_examples import sample_project


def git(folder: Path, *arguments: str) -> None:
    """Run git in a folder, as somebody."""
    somebody = ["-c", "user.name=Lectrice", "-c", "user.email=lectrice@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *somebody, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project of the rules' examples in a folder of a repository, tagged v1."""
    root = sample_project(tmp_path_factory.mktemp("depot") / "projet").root
    git(root.parent, "init", "-q")
    git(root.parent, "add", "-A")
    git(root.parent, "commit", "-qm", "first")
    git(root.parent, "tag", "v1")
    return root.parent


@pytest.fixture
def project(made: Path, tmp_path: Path) -> Project:
    """A copy of it, to work in."""
    return Project(shutil.copytree(made, tmp_path / "depot", symlinks=True) / "projet")


def gold(project: Project) -> Layer:
    """The gold layer."""
    return read_layer(project.layers / "gold" / "le-port.jsonl").layer


def relabel(project: Project) -> None:
    """Make the mention of the gold layer a place."""
    layer = gold(project)
    claims = (replace(layer.entities[0], label="LOC"), *layer.claims[1:])
    write_layer(project.layers, replace(layer, claims=claims))


def edit_text(project: Project) -> None:
    """Put a line in front of the second paragraph of the open article, and carry the gold to the new text."""
    before, layer = read_row(project, project.catalogue[1]).text or "", gold(project)
    path = project.seeds / "open" / "le-port.txt"
    path.write_text(path.read_text("utf-8").replace("Jeanne", "Mardi, à l'aube : Jeanne"), "utf-8")
    rows = [
        replace(row, sha256=file_digest(path), size=path.stat().st_size) if row.id == "le-port" else row
        for row in read_catalogue(project.catalogue_file)
    ]
    write_catalogue(project.catalogue_file, rows)
    after = read_row(Project(project.root), rows[1]).text or ""
    shift = after.index("Jeanne") - before.index("Jeanne")
    moved = [_shifted(claim, shift) for claim in layer.claims]
    write_layer(project.layers, replace(layer, claims=tuple(moved), text_sha256=text_digest(after)))


def _shifted(claim: Claim, shift: int) -> Claim:
    spans = tuple(Span(start + shift, end + shift) for start, end in claim.fragments)
    match claim:
        case Entity():
            return replace(claim, fragments=spans)
        case Quote():
            return replace(claim, content=spans)
        case Stance():
            return replace(claim, evidence=spans)


def test_nothing_changed(project: Project) -> None:
    """A clean work tree does not differ from HEAD, nor a tag from itself."""
    assert not diff_versions(project.root).changes
    assert not diff_versions(project.root, "v1", "HEAD").changes


def test_a_mention_is_relabelled_in_the_work_tree(project: Project) -> None:
    """HEAD and the work tree are the versions that are meant; the text is there to show it."""
    relabel(project)
    found = diff_versions(project.seeds)

    assert ("HEAD", "work tree", {"relabelled": 1}) == (found.old, found.new, found.changes.claim_counts)
    assert found.changes.layers[0].new_text in found.texts


def test_text_that_moved_is_no_change_of_claims(project: Project) -> None:
    """Between two commits with another text, each text is normalized from the raw file of its own commit."""
    edit_text(project)
    git(project.root, "commit", "-qam", "second")
    shutil.rmtree(project.seeds / "open")
    found = diff_versions(project.root, "v1", "HEAD")

    assert [("le-port", "text")] == [(change.article_id, change.kind) for change in found.changes.articles]
    assert () == found.changes.layers
    assert {} == found.texts, "only texts that a change is about are kept"


def test_a_directory_is_a_version(project: Project, tmp_path: Path) -> None:
    """Two projects are compared wherever they stand, without git."""
    other = Project(shutil.copytree(project.root, tmp_path / "autre"))
    relabel(other)
    (tmp_path / "neuf.txt").write_text("Une gare neuve\n\nLe maire l'ouvre.\n", "utf-8")
    add(other, [tmp_path / "neuf.txt"], Declared("open", "press"))
    found = diff_versions(tmp_path, str(project.root), str(other.root)).changes

    assert ({"added": 1}, {"relabelled": 1}) == (found.article_counts, found.claim_counts)


def test_a_restricted_text_is_at_hand_where_its_file_is(project: Project) -> None:
    """A revision does not hold it; the work tree may, and then both of its sides have words."""
    text = read_row(project, project.catalogue[0]).text or ""
    layer = replace(gold(project), article_id="la-gare", text_sha256=text_digest(text), claims=())
    write_layer(project.layers, layer)
    git(project.root, "add", "-A")
    git(project.root, "commit", "-qm", "gold of a restricted article")
    write_layer(project.layers, replace(layer, claims=(Entity("e", (Span(0, 7),), "LOC"),)))

    here = diff_versions(project.root)
    shutil.rmtree(project.seeds / "restricted")
    elsewhere = diff_versions(project.root)

    assert ({text_digest(text)}, set()) == (set(here.texts), set(elsewhere.texts))
    assert here.changes == elsewhere.changes
    assert {"la-gare"} == here.restricted


def test_some_layers(project: Project) -> None:
    """`--layer` leaves the others out, and a layer that neither version has is told."""
    write_layer(project.layers, replace(gold(project), layer="autre"))
    relabel(project)

    assert ["autre"] == [layer.layer for layer in diff_versions(project.root, layers=["autre"]).changes.layers]
    with pytest.raises(UsageError, match="no layer `absent` in either version; name one of autre, gold"):
        diff_versions(project.root, layers=["absent"])


@pytest.mark.parametrize(
    ("revision", "complaint"),
    [
        ("v9", "v9: no such revision, and no project there; name a commit, a tag or a directory"),
        ("--output=x", "--output=x: no such revision"),
        ("seeds", "seeds: neither a project nor a dataset that was built here: it has no manifest.json"),
    ],
)
def test_no_such_version(project: Project, monkeypatch: pytest.MonkeyPatch, revision: str, complaint: str) -> None:
    """What is neither a revision nor a project is told in one line, and never read as an option."""
    monkeypatch.chdir(project.root)
    with pytest.raises(UsageError, match=complaint):
        diff_versions(project.root, revision)


def test_a_revision_without_project(project: Project) -> None:
    """A commit from before the project was made has none."""
    git(project.root, "rm", "-rq", "--cached", ".")
    git(project.root, "commit", "-qm", "gone")
    with pytest.raises(UsageError, match="HEAD: no project in this revision"):
        diff_versions(project.root)


def test_without_a_repository(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """A project outside of git has no HEAD; directories are still compared."""
    shutil.rmtree(project.root.parent / ".git")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(project.root.parent.parent))
    with pytest.raises(UsageError, match="HEAD: no revision can be read here"):
        diff_versions(project.root)
    assert not diff_versions(project.root, str(project.root)).changes


def test_without_git(project: Project, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where git is not installed it is told so."""
    monkeypatch.setitem(os.environ, "PATH", str(tmp_path))
    with pytest.raises(SurroundingsError, match="git: it cannot be run"):
        diff_versions(project.root)


def test_a_broken_layer_of_a_revision_is_named(project: Project) -> None:
    """A complaint names the revision and the file in it, and no temporary folder."""
    path = project.layers / "gold" / "le-port.jsonl"
    whole = path.read_text("utf-8")
    path.write_text("{", "utf-8")
    git(project.root, "commit", "-qam", "broken")
    path.write_text(whole, "utf-8")
    with pytest.raises(ProjectError, match=r"^HEAD:annotations/layers/gold/le-port.jsonl:1: not valid JSON"):
        diff_versions(project.root)


def test_a_repository_without_a_commit(tmp_path: Path) -> None:
    """HEAD is no revision yet: what to do is told."""
    root = sample_project(tmp_path / "projet").root
    git(root, "init", "-q")
    with pytest.raises(UsageError, match="HEAD: the repository has no commit yet; `git add -A && git commit`"):
        diff_versions(root)
