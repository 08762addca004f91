"""Training a component on the gold of a project: what it reads, what it writes, and that it comes out the same."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import datasets
import pytest

from parallaxe.annotate.article import Article
from parallaxe.annotate.trained.proposals import trained_mentions
from parallaxe.core.errors import ProjectError, UsageError
from parallaxe.store.annotations import read_layer, write_layer
from parallaxe.store.init import init_project
from parallaxe.store.machine.annotate import annotate_project
from parallaxe.store.machine.models import (
    LARGEST,
    MANIFEST_FILE,
    WEIGHTS_FILE,
    component_name,
    load_component,
    read_component_manifest,
    station,
)
from parallaxe.store.machine.training import TOOL, TrainedModel, choose_again, train_component
from parallaxe.store.project import Project
from parallaxe.text.document import Block, text_digest
from parallaxe.text.read import block_sentences
from trained_project import PLAN, make_project


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with gold, built."""
    datasets.disable_progress_bars()
    return make_project(tmp_path_factory.mktemp("corpus")).root


@pytest.fixture(scope="module")
def trained(built: Path) -> TrainedModel:
    """What was trained on it, in its station."""
    return train_component(Project(built), None, PLAN)


@pytest.fixture
def project(built: Path, tmp_path: Path) -> Project:
    """A copy of the project to change."""
    return Project(Path(shutil.copytree(built, tmp_path / "projet")))


def test_a_component_has_learned(trained: TrainedModel) -> None:
    """After seconds of training it finds a name that it never met, by the title before it, and says what it is."""
    text = "M. Zwingli attend."
    blocks = [Block("paragraph", 0, len(text))]
    component = load_component(str(trained.folder)) or pytest.fail("the component has no say")

    found = trained_mentions(Article.of(text, blocks, block_sentences(text, blocks), {"paragraph"}), component)

    assert [("Zwingli", "PER", "NIL:zwingli", TOOL)] == [
        (text[slice(*mention.fragments[0])], mention.label, mention.kb_id, mention.provenance.tool) for mention in found
    ]


def test_one_seed_gives_the_same_weights(trained: TrainedModel, built: Path, tmp_path: Path) -> None:
    """Trained again on one machine, every byte of the weights is the same; another seed gives others."""
    again = train_component(Project(built), tmp_path / "again", PLAN)
    other = PLAN._replace(schedule=PLAN.schedule._replace(seed=1))

    assert (trained.folder / WEIGHTS_FILE).read_bytes() == (again.folder / WEIGHTS_FILE).read_bytes()
    assert trained.manifest["sha256"] != train_component(Project(built), tmp_path / "other", other).manifest["sha256"]


def test_the_manifest_says_where_a_component_comes_from(trained: TrainedModel, built: Path) -> None:
    """Digests of weights, dataset and gold, articles of each split, settings, seed, spaCy, figures of all sides."""
    manifest = read_component_manifest(trained.folder)
    dataset = json.loads((built / "corpus" / "manifest.json").read_text())

    assert manifest == trained.manifest
    assert (dataset["digest"], 0, "tiny") == (
        manifest["trained_on"]["digest"], manifest["seed"], manifest["settings"]["name"]
    )  # fmt: skip
    assert {"trained", "rules", "combined"} == set(manifest["validation"])
    assert {"overall", "unknown", "renamed", "labels"} == set(manifest["validation"]["combined"])
    assert (trained.folder / WEIGHTS_FILE).stat().st_size == manifest["bytes"] < LARGEST
    assert set(manifest["trained_on"]["articles"]).isdisjoint(manifest["trained_on"]["chosen_on"])


def test_only_open_articles_of_two_splits_are_learned_from(trained: TrainedModel, built: Path) -> None:
    """No restricted article and none of `test` stands in the manifest."""
    seen = {*trained.manifest["trained_on"]["articles"], *trained.manifest["trained_on"]["chosen_on"]}
    rows = {row.id: row for row in Project(built).catalogue}
    test = datasets.load_dataset(str(built / "corpus"), "articles", split="test")["article_id"]

    assert seen <= {name for name, row in rows.items() if row.is_open} - set(test)


def test_both_together_are_never_worse_than_the_rules(trained: TrainedModel) -> None:
    """The policy was chosen so: on the validation split as it is, both make no more errors than the rules."""
    sides = trained.manifest["validation"]

    assert sides["rules"]["overall"]["f1"] <= sides["combined"]["overall"]["f1"]


def test_the_policy_is_chosen_again_where_rules_change(
    trained: TrainedModel, built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Weights stay as they are; with rules that find nothing the component may add all that it knows."""
    folder = Path(shutil.copytree(trained.folder, tmp_path / "m"))
    assert trained.manifest == choose_again(Project(built), folder).manifest

    monkeypatch.setattr("parallaxe.store.machine.trial.propose_entities", lambda _article, _gazetteer: [])
    again = choose_again(Project(built), folder).manifest

    assert ["DATE", "PER"] == again["policy"]["adds"]
    assert again == read_component_manifest(folder)
    assert {"policy", "validation"} == {key for key in again if again[key] != trained.manifest[key]}


def test_the_policy_is_not_chosen_on_other_gold(trained: TrainedModel, project: Project) -> None:
    """Where gold has changed since, weights may be wrong as well: they must be made again."""
    assert trained.folder.name == station(project).name
    path = next(iter(sorted((project.layers / "gold").glob("*.jsonl"))))
    layer = read_layer(path).layer
    write_layer(project.layers, replace(layer, claims=layer.claims[1:]))

    with pytest.raises(UsageError, match="it was trained on other gold; train it again, without --policy"):
        choose_again(project)


def test_a_project_uses_what_it_has_trained(trained: TrainedModel, project: Project) -> None:
    """Its own component stands before the shipped one; `component.toml` beside it before both."""
    assert str(station(project)) == component_name(project)
    assert trained.folder.name == station(project).name

    (station(project) / "component.toml").write_text('name = "none"\n', "utf-8")

    assert load_component(component_name(project)) is None


def test_a_layer_of_a_project_tells_which_tool_found_what(trained: TrainedModel, project: Project) -> None:
    """What the component added to the rules bears its name; a configuration that comes is seen by the next run."""
    assert trained.folder.name == station(project).name
    assert TOOL in tools(project)

    (station(project) / "component.toml").write_text('name = "none"\n', "utf-8")

    assert TOOL not in tools(project)


def tools(project: Project) -> set[str | None]:
    """The tools that the layer of the machine names, made anew."""
    annotate_project(project)
    layers = [read_layer(path).layer for path in (project.layers / "machine").glob("*.jsonl")]
    return {claim.provenance.tool for layer in layers for claim in layer.claims}


def test_labels_of_a_project_are_those_of_the_rules_in_a_component(project: Project, tmp_path: Path) -> None:
    """Where a project calls persons otherwise, the component learns the name that the rules know them by."""
    labels = project.root / "schemas" / "labels.toml"
    labels.write_text(
        labels.read_text("utf-8").replace('name = "PER"\n', 'name = "GENS"\nproposed_as = "PER"\n'), "utf-8"
    )
    for path in sorted((project.layers / "gold").glob("*.jsonl")):
        path.write_text(path.read_text("utf-8").replace('"PER"', '"GENS"'), "utf-8")

    model = train_component(Project(project.root), tmp_path / "m", PLAN)

    assert {"PER", "DATE"} == set(model.manifest["labels"])


def test_gold_of_another_text_is_refused(project: Project) -> None:
    """A layer that was made for another text is named with its file, and nothing is written."""
    shutil.rmtree(station(project), ignore_errors=True)
    for path in sorted((project.layers / "gold").glob("*.jsonl")):
        layer = read_layer(path).layer
        path.write_text(path.read_text("utf-8").replace(layer.text_sha256, text_digest("")), "utf-8")

    with pytest.raises(ProjectError, match=r"\.jsonl:1: it annotates another text"):
        train_component(project, None, PLAN)
    assert not station(project).exists()


def test_a_split_without_gold_is_told(project: Project) -> None:
    """Without mentions in the gold of a split there is nothing to learn from, and a line says so."""
    for path in (project.layers / "gold").glob("*.jsonl"):
        layer = read_layer(path).layer
        write_layer(project.layers, replace(layer, claims=()))

    with pytest.raises(ProjectError, match="split `train` has no open article with mentions in layer `gold`"):
        train_component(project, None, PLAN)


def test_a_project_must_be_built(tmp_path: Path) -> None:
    """Which articles are trained on stands in the dataset."""
    with pytest.raises(UsageError):
        train_component(Project(init_project(tmp_path / "p", "P").root), None, PLAN)


def test_no_component_is_too_large(
    trained: TrainedModel, built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that would not fit into the package is refused, with what to do."""
    monkeypatch.setattr("parallaxe.store.machine.models.LARGEST", trained.manifest["bytes"] - 1)

    with pytest.raises(UsageError, match="choose smaller tables or a smaller width"):
        train_component(Project(built), tmp_path / "m", PLAN)
    assert not (tmp_path / "m" / MANIFEST_FILE).exists()
