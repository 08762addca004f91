"""Only a dataset that passed the gate and holds nothing restricted is published."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from parallaxe.core.errors import DataError, GateError, ProjectError, UsageError
from parallaxe.store.commands import Options, build_project
from parallaxe.store.project import Project
from parallaxe.store.publishing.publication import data_section, read_publication
from rule_examples import sample_project


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The project of the rules' examples, built once; it has a restricted article."""
    return sample_project(tmp_path_factory.mktemp("projets") / "projet")


@pytest.fixture
def project(made: Project, tmp_path: Path) -> Project:
    """A copy of it to change."""
    return Project(shutil.copytree(made.root, tmp_path / "projet", symlinks=True))


def test_all_files_of_a_dataset_are_published_and_no_other(project: Project) -> None:
    """Card, manifest, Croissant file, data; a note beside them stays here."""
    (project.corpus / "notes.txt").write_text("à revoir")
    (project.root / "CHANGELOG.md").write_text("## 0.1.0\n### Data\n- Un article.\n")
    found = read_publication(project.corpus)
    data = {path.relative_to(project.corpus).as_posix() for path in (project.corpus / "data").rglob("*.parquet")}

    assert {"README.md", "manifest.json", "croissant.json", *data} == set(found.files)
    assert ("notes.txt",) == found.left
    assert ("v0.1.0", "Projet 0.1.0") == (found.tag, found.message)
    assert f"- Un article.\n\nsha256:{found.manifest.digest}" == found.description


def test_a_dataset_that_breaks_the_gate_is_refused(project: Project) -> None:
    """With the rules that it breaks."""
    (project.corpus / "data" / "articles" / "train.parquet").unlink()
    with pytest.raises(GateError, match=r"rules? of the gate"):
        read_publication(project.corpus)


def test_restricted_texts_are_never_published(project: Project) -> None:
    """Neither as a full profile, nor where that calls itself public, nor where the project switched the rule off."""
    full = project.root / "plein"
    build_project(project.root, full, Options(profile="full", jobs=1))
    refused = "holds restricted texts, which are never published"
    with pytest.raises(GateError, match=f"full profile.*{refused}"):
        read_publication(full)
    manifest = json.loads((full / "manifest.json").read_text("utf-8"))
    (full / "manifest.json").write_text(json.dumps({**manifest, "profile": "public"}), "utf-8")
    (project.root / "schemas" / "validate.toml").write_text('[severity]\nrestricted-text-public = "off"\n')
    with pytest.raises(GateError, match=refused):
        read_publication(full)


def test_a_config_that_no_schema_describes_is_refused(project: Project) -> None:
    """Nobody can say whether it holds restricted texts."""
    path = project.corpus / "manifest.json"
    manifest = json.loads(path.read_text("utf-8"))
    part = manifest["parts"][0]
    shutil.copy(project.corpus / part["file"], project.corpus / "data" / "secret.parquet")
    manifest["parts"].append({**part, "config": "secret", "file": "data/secret.parquet"})
    path.write_text(json.dumps(manifest), "utf-8")
    with pytest.raises(GateError, match="config secret is no table of the schemas"):
        read_publication(project.corpus)


def test_a_link_out_of_the_dataset_is_refused(project: Project, tmp_path: Path) -> None:
    """What it points to was never asked for."""
    (project.corpus / "croissant.json").rename(tmp_path / "dehors.json")
    (project.corpus / "croissant.json").symlink_to(tmp_path / "dehors.json")
    with pytest.raises(DataError, match="a link that leads out of the dataset"):
        read_publication(project.corpus)


@pytest.mark.parametrize("version", ["0.1", "demain", "0.1.0 bis", ""])
def test_a_version_that_makes_no_tag_is_refused(project: Project, version: str) -> None:
    """Before anything is sent."""
    path = project.corpus / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text("utf-8")), "version": version}), "utf-8")
    with pytest.raises(ProjectError, match=r"the version is .* MAJOR\.MINOR\.PATCH"):
        read_publication(project.corpus)


def test_where_no_dataset_is_that_is_told(project: Project, tmp_path: Path) -> None:
    """A folder without one, a project that is not built, a path to nothing."""
    shutil.rmtree(project.corpus)
    for folder in (tmp_path, project.corpus, project.root):
        with pytest.raises(UsageError, match=r"no dataset with a manifest\.json there"):
            read_publication(folder)


@pytest.mark.parametrize(
    ("changelog", "expected"),
    [
        (
            "## [0.1.0] – unreleased\n\n### Code\n\n- a\n\n### Data\n\n- b\n- c\n\n## [0.0.9]\n\n### Data\n\n- d\n",
            "- b\n- c",
        ),
        ("## v0.1.0\n### Data\n- b\n### Code\n- a\n", "- b"),
        ("## [0.1.0]\n\n### Code\n\n- a\n\n## [0.0.9]\n\n### Data\n\n- d\n", ""),
        ("## [0.1.0-rc1]\n### Data\n- b\n", ""),
        ("## [10.1.0]\n### Data\n- b\n## [0.1.01]\n### Data\n- c\n", ""),
        ("", ""),
    ],
)
def test_the_section_of_the_data_is_found(changelog: str, expected: str) -> None:
    """Of this version alone, whatever stands around it."""
    assert expected == data_section(changelog, "0.1.0")
