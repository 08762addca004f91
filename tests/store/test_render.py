"""What is rendered is what the sources say, in a new project and in this one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from claim_strategies import layer_of
from parallaxe.compare.agreement_report import agreement_lines
from parallaxe.core.claims import Claim, Entity, Span
from parallaxe.core.errors import UsageError
from parallaxe.store.agreement import compare_layers_of, kept_agreement, write_agreement
from parallaxe.store.annotations import write_layer
from parallaxe.store.init import init_project
from parallaxe.store.project import Project
from parallaxe.store.render import render_project

KIEV = Entity("e1", (Span(0, 4),), "LOC", None, "kiev")
SEOUL = Entity("e2", (Span(5, 10),), "LOC", None, "seoul")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A new project."""
    return init_project(tmp_path / "projet", "Projet")


def between(page: str, name: str) -> str:
    found = re.search(f"<!-- begin: {name} -->\\n(.*?)<!-- end: {name} -->", page, re.DOTALL)
    assert found is not None
    return found[1]


def annotate(project: Project, layer: str, *claims: Claim) -> None:
    write_layer(project.layers, layer_of(claims, layer))


def test_a_new_project_is_rendered(project: Project) -> None:
    """Nothing is left to write, and its guidelines have a table between each pair of marks."""
    page = project.guidelines.read_text("utf-8")
    marks = re.findall("<!-- begin: ([a-z-]+) -->", page)

    assert [] == render_project(project, write=False)
    assert {"block-roles", "entity-labels", "quotation-types", "targets", "polarities", "stance-levels"} == set(marks)
    assert all(between(page, name).startswith("| label |") for name in marks)


def test_a_changed_label_changes_every_table(project: Project) -> None:
    """A definition rewritten in labels.toml is told in guidelines and reference; a check alone writes nothing."""
    labels = project.root / "schemas" / "labels.toml"
    labels.write_text(labels.read_text("utf-8").replace('en = "China."', 'en = "The Middle Kingdom."'), "utf-8")
    changed = Project(project.root)
    expected = {Path("schemas/REFERENCE.md"), Path("annotations/GUIDELINES.md")}

    assert expected == set(render_project(changed, write=False))
    assert "Middle Kingdom" not in project.guidelines.read_text("utf-8")
    assert expected == set(render_project(changed, write=True))
    assert "Middle Kingdom" in between(project.guidelines.read_text("utf-8"), "targets")
    assert [] == render_project(changed, write=False)


def test_a_new_label_set_has_a_table_where_it_is_marked(project: Project) -> None:
    """Marks named after a set of the project's own are filled; marks that name nothing are left alone."""
    with (project.root / "schemas" / "labels.toml").open("a", encoding="utf-8") as labels:
        labels.write('[tons]\nfr = "Tons."\nen = "Tones."\n[[tons.labels]]\nname = "gai"\nfr = "Gai."\nen = "Merry."\n')
    with project.guidelines.open("a", encoding="utf-8") as page:
        page.write("<!-- begin: tons -->\n<!-- end: tons -->\n<!-- begin: rien -->\nà moi\n<!-- end: rien -->\n")
    render_project(Project(project.root), write=True)

    page_text = project.guidelines.read_text("utf-8")
    assert "| `gai` | Merry. |" in between(page_text, "tons")
    assert "à moi\n" == between(page_text, "rien")


def test_report_and_card_follow_the_layers(project: Project) -> None:
    """An agreement that is kept is computed anew where a layer has changed, and only there."""
    annotate(project, "un", KIEV, SEOUL)
    annotate(project, "deux", KIEV, SEOUL)
    with project.card.open("a", encoding="utf-8") as page:
        page.write("<!-- begin: agreement -->\n<!-- end: agreement -->\n")
    write_agreement(project.agreement, compare_layers_of(project, "un", "deux", 10))
    render_project(project, write=True)
    told = between(project.card.read_text("utf-8"), "agreement")

    assert "| outer mentions, exact F1 | 1.000 |" in told
    assert [] == render_project(project, write=False)

    annotate(project, "deux", KIEV)
    places = {"annotations/agreement.jsonl", "annotations/AGREEMENT.md", "DATASET_CARD.md"}
    assert places == {path.as_posix() for path in render_project(project, write=True)}
    assert "| outer mentions, exact F1 | .667 |" in between(project.card.read_text("utf-8"), "agreement")
    assert [] == render_project(project, write=False)


def test_a_project_without_an_agreement_has_no_report(project: Project) -> None:
    """Nothing is kept until somebody asks for it; a layer that is not there is told."""
    annotate(project, "un", KIEV)

    assert kept_agreement(project) is None
    with pytest.raises(UsageError, match="no layer of that name"):
        compare_layers_of(project, "un", "deux", 10)


def test_the_agreement_of_this_repository_is_that_of_its_layers(repository: Path) -> None:
    """Computed from the layers and all texts, each figure is the one that is kept, to five places."""
    project = Project(repository)
    if absent := [row.id for row in project.catalogue if not (project.seeds / row.file).exists()]:
        pytest.skip(f"without the text of {', '.join(absent)}, overlaps are counted in code points")
    kept = kept_agreement(project)
    assert kept is not None
    a, b = (own.layers[0] for own in (kept.a, kept.b))
    header, *figures = agreement_lines(compare_layers_of(project, a, b, kept.resamples))
    kept_header, *kept_figures = agreement_lines(kept)

    assert header == kept_header
    for expected, actual in zip(figures, kept_figures, strict=True):
        assert expected == pytest.approx(actual, abs=1e-5)
