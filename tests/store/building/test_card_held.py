"""Cards and metadata that no longer say what the data says do not pass the gate."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from parallaxe.core.errors import ProjectError
from parallaxe.store.commands import Options, build_project
from parallaxe.store.corpus import folder_card, project_card
from parallaxe.store.init import init_project
from parallaxe.store.project import Project
from parallaxe.store.render import render_project
from parallaxe.store.validation import validate_path
from rule_examples import sample_project

COUNTED = ("texts", "composition", "splits", "labels", "outlets", "events", "stances", "layers")
CITATION = "cff-version: 1.2.0\nmessage: Citez.\ntitle: Projet\nversion: 0.1.0\nauthors: [{name: Le port}]\n"


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A small project and its dataset, which nobody changes."""
    return sample_project(tmp_path_factory.mktemp("carte") / "projet")


@pytest.fixture
def project(sample: Project, tmp_path: Path) -> Project:
    """A copy to change."""
    return Project(shutil.copytree(sample.root, tmp_path / "projet", symlinks=True).resolve())


def broken_by(path: Path) -> list[str]:
    return validate_path(path)[1].failures["rule"].unique().sort().to_list()


def change_table(page: Path, name: str) -> None:
    """Write another figure, or word, into the last line of a table between marks."""
    text = page.read_text("utf-8")
    found = re.search(f"(<!-- begin: {name} -->\n.*?)(\\S+)( \\||\\.)?\n(<!-- end)", text, re.DOTALL)
    assert found is not None, name
    page.write_text(f"{text[: found.start(2)]}7,777{text[found.end(2) :]}", "utf-8")


@pytest.mark.parametrize("name", COUNTED)
def test_every_table_of_a_dataset_is_held(project: Project, name: str) -> None:
    """A figure that is not that of the rows breaks the rule, whichever table it stands in."""
    change_table(project.corpus / "README.md", name)

    assert ["readme-figures"] == broken_by(project.corpus)


@pytest.mark.parametrize("name", COUNTED)
def test_every_table_of_a_card_is_held(project: Project, name: str) -> None:
    """In the card of a project too; rendering mends it."""
    change_table(project.card, name)

    assert ["card-figures"] == broken_by(project.root)
    assert [Path("DATASET_CARD.md")] == render_project(project, write=True)
    assert [] == broken_by(project.root)


def test_a_torn_data_file_is_told_once_and_hides_no_stale_page(project: Project) -> None:
    """What cannot be counted is a fault of the data file alone; a figure that does not hold is told beside it."""
    page = project.card.read_text("utf-8")
    project.card.write_text(page.replace("| an article | 1 |", "| an article | 7 |", 1), "utf-8")
    assert page != project.card.read_text("utf-8")
    (project.corpus / "data" / "entities" / "train.parquet").write_bytes(b"")

    assert ["card-figures", "data-file-readable"] == broken_by(project.root)


def test_a_dataset_without_croissant_is_stale(project: Project) -> None:
    """It is missed where it is not there."""
    (project.corpus / "croissant.json").unlink()

    assert ["croissant-current"] == broken_by(project.corpus)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("README.md", "typographic damage are undone", "all damage are undone"),
        ("README.md", "pretty_name: Projet", "pretty_name: Port"),
        ("croissant.json", '"cr:Int32"', '"cr:Int64"'),
        ("croissant.json", '"data/articles/train.parquet"', '"data/articles/test.parquet"'),
    ],
)
def test_croissant_says_what_readme_and_schemas_say(project: Project, file: str, old: str, new: str) -> None:
    """Prose, names, columns or files that differ break the rule, on either side."""
    path = project.corpus / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")

    assert ["croissant-current"] == broken_by(project.corpus)


def test_a_new_project_is_reminded_of_its_card(tmp_path: Path) -> None:
    """Each prompt is a warning with its line, and none an error."""
    project = init_project(tmp_path / "projet", "Projet")
    failures = validate_path(project.root)[1].failures
    lines = project.card.read_text("utf-8").split("\n")

    assert {"card-unfinished"} == set(failures["rule"])
    assert validate_path(project.root)[1].ok
    assert [line for line in lines if line.endswith("…]")] == [lines[number - 1] for number in failures["line"]]


def test_a_citation_is_rendered_into_the_card(project: Project) -> None:
    """Between its marks stands what CITATION.cff says, and goes stale with it."""
    project.citation.write_text(CITATION, "utf-8")
    with project.card.open("a", encoding="utf-8") as card:
        card.write("\n<!-- begin: citation -->\n<!-- end: citation -->\n")

    assert ["card-figures"] == broken_by(project.root)
    render_project(project, write=True)
    assert "author = {{Le port}}" in project.card.read_text("utf-8")
    assert [] == broken_by(project.root)


def test_a_build_cites_what_is_said_now(project: Project) -> None:
    """README and croissant.json have the citation as it stands, rendered into the card or not."""
    with project.card.open("a", encoding="utf-8") as card:
        card.write("\n## Citation\n\n<!-- begin: citation -->\n<!-- end: citation -->\n")
    project.citation.write_text(f"{CITATION}date-released: 2031-05-04\n", "utf-8")
    built = build_project(project.root, None, Options(jobs=1)).out
    told = json.loads((built / "croissant.json").read_text("utf-8"))

    assert "2031-05-04" == told["datePublished"]
    assert [{"@type": "sc:Organization", "name": "Le port"}] == told["creator"]
    assert told["citeAs"] in (built / "README.md").read_text("utf-8")


def test_a_citation_that_is_none_is_told_in_one_line(project: Project) -> None:
    """A file without authors cannot be rendered; the report names it."""
    project.citation.write_text("title: Projet\n", "utf-8")
    failures = validate_path(project.root)[1].failures

    assert [("rendered-file", str(project.citation))] == list(zip(failures["rule"], failures["file"], strict=True))


@pytest.mark.parametrize("name", ["2024", "le port: un quai", "# 1", "oui", 'dit « "Brest" »', "[x]", "a\\b", "è-港"])
def test_any_name_is_that_of_a_card(tmp_path: Path, name: str) -> None:
    """A name that is a year, a list or a comment in YAML is a name."""
    card = project_card(init_project(tmp_path / "projet", name))

    assert name == card.front["pretty_name"] == folder_card(name).front["pretty_name"]


@pytest.mark.parametrize("front", ["version: 0.1.0", "pretty_name: Port", "version: 1\npretty_name: Port", "- a", "{"])
def test_a_card_without_name_or_version_is_told_in_one_line(tmp_path: Path, front: str) -> None:
    """Neither is guessed."""
    project = init_project(tmp_path / "projet", "Projet")
    project.card.write_text(f"---\n{front}\n---\n# Port\n", "utf-8")

    with pytest.raises(ProjectError, match=r"DATASET_CARD\.md: .*(pretty_name|YAML)"):
        project_card(project)
