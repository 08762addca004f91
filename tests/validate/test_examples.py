"""Every rule shows what it is by an example that breaks it, and nothing else, and one that breaks nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import datasets
import pytest

from parallaxe.store.project import Project
from parallaxe.store.validation import validate_path
from parallaxe.validate.documentation import Described
from parallaxe.validate.register import ALL_RULES, BY_ID
from rule_examples import broken_by_layer, broken_by_tables, change, sample_project, write_rows_of

WITHOUT_EXAMPLE = {"frame-schema"}
"""A net under the rules of the schemas: nothing is known to fall into it."""


def about(*kinds: str) -> list[object]:
    """The rules that are asked of some kind of thing, as cases."""
    return [pytest.param(rule, id=rule.id) for rule in ALL_RULES if rule.about in kinds and rule.fails]


def test_every_rule_has_an_id_a_reason_and_two_examples() -> None:
    """Ids are unique and in kebab case, the reason is a sentence, and both examples are there."""
    assert len(BY_ID) == len(ALL_RULES)
    assert WITHOUT_EXAMPLE == {rule.id for rule in ALL_RULES if not (rule.fails and rule.passes)}
    for rule in ALL_RULES:
        assert rule.id == rule.id.lower().replace("_", "-")
        assert rule.reason.endswith("."), rule.id
        assert rule.level in range(1, 6)
        assert rule.about in {"project", "dataset", "layer", "tables", "survey", "foreign"}


@pytest.mark.parametrize("rule", about("tables", "survey"))
def test_examples_of_tables(rule: Described) -> None:
    """The one fails with exactly its rule, the other passes."""
    assert {rule.id} == broken_by_tables(rule, rule.fails)
    assert set() == broken_by_tables(rule, rule.passes)


@pytest.mark.parametrize("rule", about("layer"))
def test_examples_of_layers(rule: Described) -> None:
    """The one fails with exactly its rule, the other passes."""
    assert {rule.id} == broken_by_layer(rule.fails)
    assert set() == broken_by_layer(rule.passes)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The project that examples change."""
    return sample_project(tmp_path_factory.mktemp("exemples") / "projet")


def broken_by(path: Path) -> set[str]:
    """Rules that are broken by what stands at a path, warnings too."""
    return set(validate_path(path)[1].failures["rule"])


def test_the_sample_passes(sample: Project) -> None:
    """What examples change is right before."""
    assert set() == broken_by(sample.root)
    assert set() == broken_by(sample.corpus)


@pytest.mark.parametrize("rule", about("project"))
def test_examples_of_projects(rule: Described, sample: Project, tmp_path: Path) -> None:
    """The one fails with exactly its rule, the other passes."""
    for name, example, expected in (("non", rule.fails, {rule.id}), ("oui", rule.passes, set[str]())):
        root = shutil.copytree(sample.root, tmp_path / name / "projet", symlinks=True)

        assert expected == broken_by(change(root, example))


@pytest.mark.parametrize("rule", about("dataset"))
def test_examples_of_datasets(rule: Described, sample: Project, tmp_path: Path) -> None:
    """The one fails with exactly its rule, the other passes."""
    for name, example, expected in (("non", rule.fails, {rule.id}), ("oui", rule.passes, set[str]())):
        folder = shutil.copytree(sample.corpus, tmp_path / name)

        assert expected == broken_by(change(folder, example))


@pytest.mark.parametrize("rule", about("foreign"))
def test_examples_of_datasets_of_others(rule: Described, tmp_path: Path) -> None:
    """The one fails with exactly its rule, the other passes."""
    datasets.disable_progress_bars()
    for name, example, expected in (("non", rule.fails, {rule.id}), ("oui", rule.passes, set[str]())):
        folder = tmp_path / name
        folder.mkdir()

        assert expected == broken_by(write_rows_of(folder, example))
