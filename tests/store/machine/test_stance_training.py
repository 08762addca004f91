"""The scorer of stance is trained on gold, kept as a file, and used by the project that trained it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from parallaxe.annotate.stance_model import StanceModel, shipped_model
from parallaxe.core.errors import ProjectError
from parallaxe.store.machine.models import station
from parallaxe.store.machine.stance_training import stance_scorer_of, train_stance_scorer, write_stance_scorer
from parallaxe.store.project import Project
from trained_project import make_project


@pytest.fixture(scope="module")
def trained(repository: Path) -> StanceModel:
    """What the gold of this repository teaches."""
    model = train_stance_scorer(Project(repository))
    assert model is not None
    return model


def test_the_scorer_of_the_package_is_what_gold_teaches(trained: StanceModel) -> None:
    """Weights are those that `tools/train_stance.py` would write; another machine may round them otherwise."""
    for name in ("taken_up", "presented"):
        ours, theirs = (getattr(model, name).weights for model in (trained, shipped_model()))
        assert {label: pytest.approx(weights, abs=0.01) for label, weights in ours.items()} == theirs


def test_a_project_uses_the_scorer_that_it_trained(trained: StanceModel, tmp_path: Path) -> None:
    """The file says it all: what is read is what was written; without a file it is the one of the package."""
    project = make_project(tmp_path)
    assert stance_scorer_of(project) is None
    tilted = replace(trained, presented=replace(trained.presented, temperature=2.0))

    write_stance_scorer(station(project), tilted)

    own = stance_scorer_of(project)
    assert own is not None
    assert own.to_json() == tilted.to_json()


def test_gold_without_stances_teaches_nothing(tmp_path: Path) -> None:
    """Then there is no scorer, and the one of the package goes on."""
    assert train_stance_scorer(make_project(tmp_path)) is None


@pytest.mark.parametrize("text", ["{", "[]", json.dumps({"format": "parallaxe-stance/1"})])
def test_a_damaged_scorer_is_one_line(text: str, tmp_path: Path) -> None:
    """The line names the file."""
    project = make_project(tmp_path)
    station(project).mkdir()
    (station(project) / "stances.json").write_text(text, "utf-8")

    with pytest.raises(ProjectError, match=r"stances\.json") as caught:
        stance_scorer_of(project)

    assert "\n" not in str(caught.value)
