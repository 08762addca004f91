"""The sources of a release give the dataset that it holds, at any later time and in any clone."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from parallaxe.compare.versioning import Version
from parallaxe.core.errors import ProjectError, UsageError
from parallaxe.store.project import Project
from parallaxe.store.release.check import check_releases
from released_project import add_article, commit, committed_project, git, known_to_git, relabel, release

PROGRAM = """
import sys

def main():
    sys.exit("celui de la version")
"""


@pytest.fixture(autouse=True)
def somebody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Git knows who commits in every test."""
    known_to_git(monkeypatch)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with two releases, the second with an article more."""
    with pytest.MonkeyPatch.context() as patch:
        known_to_git(patch)
        project = committed_project(tmp_path_factory.mktemp("depot"))
        release(project)
        add_article(project)
        release(project)
    return project.root.parent


@pytest.fixture
def project(made: Path, tmp_path: Path) -> Project:
    """A clone of it, as anybody has it: without restricted articles."""
    git(tmp_path, "clone", "-q", str(made), "depot")
    return Project(tmp_path / "depot" / "projet")


def test_any_release_is_built_again(project: Project) -> None:
    """Both give their digest, byte for byte, also where the work tree has gone on."""
    relabel(project)
    found = list(check_releases(project.root))

    assert [Version(0, 2, 0), Version(0, 1, 0)] == [checked.version for checked in found]
    assert [True, True] == [checked.is_same for checked in found]
    assert [(), ()] == [checked.other for checked in found]
    assert found[0].built != found[1].built


def test_restricted_articles_may_be_here(made: Path) -> None:
    """Where they are, the digest is that of a clone without them."""
    assert (made / "projet" / "seeds" / "restricted" / "la-gare.txt").is_file()
    assert next(check_releases(made / "projet", ["v0.1.0"])).is_same


def test_other_sources_are_seen(project: Project) -> None:
    """A tag whose dataset was not built from its sources is told with both digests, and the files that differ."""
    relabel(project)
    git(project.root, "tag", "-fa", "v0.2.0", "-m", "déplacée")
    checked = next(check_releases(project.root, ["0.2.0"]))

    assert (False, True) == (checked.is_same, checked.told != checked.built)
    assert "data/entities/train.parquet" in checked.other


def test_other_bytes_are_seen(project: Project) -> None:
    """A file that was tampered with is named, though the digest is the same."""
    readme = project.corpus / "README.md"
    readme.write_text(readme.read_text("utf-8") + "\nAjout.\n", "utf-8")
    commit(project)
    git(project.root, "tag", "-fa", "v0.2.0", "-m", "déplacée")
    checked = next(check_releases(project.root, ["v0.2.0"]))

    assert (True, ("README.md",)) == (checked.is_same, checked.other)


def test_a_release_is_built_by_its_own_program(project: Project) -> None:
    """Where a repository holds the program as this one does, that of the tag is run, not the one that is asked."""
    program = project.root / "src" / "parallaxe" / "cli"
    program.mkdir(parents=True)
    (program.parent / "__init__.py").write_text("", "utf-8")
    (program / "__init__.py").write_text(PROGRAM, "utf-8")
    commit(project)
    git(project.root, "tag", "-fa", "v0.2.0", "-m", "déplacée")

    with pytest.raises(ProjectError, match=r"v0\.2\.0: its sources do not build \(celui de la version\)"):
        next(check_releases(project.root, ["v0.2.0"]))


def test_what_is_no_release(project: Project) -> None:
    """A name that is none, a tag without a dataset, and a repository without a tag are told in one line."""
    with pytest.raises(UsageError, match="no release of that name"):
        next(check_releases(project.root, ["0.7.0"]))
    with pytest.raises(UsageError, match="no release of that name"):
        next(check_releases(project.root, ["HEAD"]))
    shutil.rmtree(project.corpus)
    commit(project)
    git(project.root, "tag", "-fa", "v0.7.0", "-m", "vide")
    with pytest.raises(UsageError, match="no dataset is committed there"):
        next(check_releases(project.root, ["0.7.0"]))
    git(project.root, "tag", "-d", "v0.7.0", "v0.2.0", "v0.1.0")
    with pytest.raises(UsageError, match="nothing is released yet"):
        next(check_releases(project.root))


def test_a_broken_manifest_is_told(project: Project) -> None:
    """It is named as what it is."""
    (project.corpus / "manifest.json").write_text(json.dumps({"name": "x"}), "utf-8")
    commit(project)
    git(project.root, "tag", "-fa", "v0.2.0", "-m", "déplacée")
    with pytest.raises(ProjectError, match="broken manifest"):
        next(check_releases(project.root, ["v0.2.0"]))
