"""Two layers of a project become gold by decisions in a file; and how far two layers agree is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from parallaxe.compare.adjudication import Settler
from parallaxe.core.claims import Claim, Entity, Layer, Span
from parallaxe.core.errors import UsageError
from parallaxe.store.add import Declared, add
from parallaxe.store.adjudicate import adjudicate, decisions_file
from parallaxe.store.annotations import read_layer, write_layer
from parallaxe.store.commands import compare_layer_files, normalize_file
from parallaxe.store.init import init_project
from parallaxe.store.project import Project
from parallaxe.text.document import text_digest
from raw_articles import write_articles

NAME = "article-000"
SETTLER = Settler("gold", "language-model", "model")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """One article in two layers that agree on a mention and differ in the label of another."""
    raw = write_articles(tmp_path / "raw", 1)
    root = init_project(tmp_path / "projet", "Projet").root
    add(Project(root), [raw / f"{NAME}.txt"], Declared("open", "press"))
    project = Project(root)
    write_layer(
        project.layers, layer(project, "a", Entity("a1", (Span(0, 7),), "LOC"), Entity("a2", (Span(8, 14),), "ORG"))
    )
    write_layer(
        project.layers, layer(project, "b", Entity("b1", (Span(0, 7),), "LOC"), Entity("b2", (Span(8, 14),), "LOC"))
    )
    return Project(root)


def layer(project: Project, name: str, *claims: Claim) -> Layer:
    text = normalize_file(project.seeds / "open" / f"{NAME}.txt").text or ""
    return Layer(name, NAME, text_digest(text), "n/1", "1.2", f"model-{name}", "model", ("entity",), claims)


def test_disagreements_wait_in_a_file(project: Project) -> None:
    """The first call writes what has to be settled; gold holds what was agreed."""
    [outcome] = adjudicate(project, "a", "b", SETTLER)

    [line] = [json.loads(line) for line in decisions_file(project, NAME).read_text("utf-8").splitlines()]
    assert (line["key"], line["differs"], line["keep"]) == ("a2~b2", ["label"], None)
    assert (outcome.claims, outcome.waiting) == (1, 1)


def test_a_decision_settles_and_stays(project: Project) -> None:
    """A line with `keep` and `why` enters gold, and calling again changes nothing."""
    adjudicate(project, "a", "b", SETTLER)
    path = decisions_file(project, NAME)
    line = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps({**line, "keep": "b", "why": "un lieu"}), "utf-8")

    [outcome] = adjudicate(project, "a", "b", SETTLER)
    gold = read_layer(project.layers / "gold" / f"{NAME}.jsonl").layer
    before = path.read_bytes()

    assert (outcome.claims, outcome.waiting) == (2, 0)
    assert [claim.label for claim in gold.entities] == ["LOC", "LOC"]
    assert gold.entities[1].provenance.derived_from == ("a2", "b2")
    assert gold.entities[1].provenance.status == "adjudicated"
    adjudicate(project, "a", "b", SETTLER)
    assert path.read_bytes() == before
    assert read_layer(project.layers / "gold" / f"{NAME}.jsonl").layer == gold


def test_agreement_of_the_layers_is_told(project: Project) -> None:
    """One of two mentions has the same label: exact F1 is one half."""
    found = compare_layer_files(project.root, "a", "b", 10)

    [figure] = [f for f in found.figures if (f.name, f.group) == ("F1 outer, exact", "all")]
    assert figure.value == 0.5


def test_an_unknown_layer_lists_those_there_are(project: Project) -> None:
    """The message names the layers of the project."""
    with pytest.raises(UsageError, match="use one of a, b"):
        compare_layer_files(project.root, "a", "c", 10)
