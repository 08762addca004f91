"""Training, and naming what was trained, as people call it: what is printed, and which code it ends with."""

from __future__ import annotations

import json
from pathlib import Path

import datasets
import pytest

from command_line import run, run_installed
from parallaxe.cli.app import app
from parallaxe.cli.show_training import show_training
from parallaxe.store.machine.training import TrainedModel, train_component
from parallaxe.store.project import Project
from trained_project import PLAN, TINY, make_project


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A small corpus with gold."""
    datasets.disable_progress_bars()
    return make_project(tmp_path_factory.mktemp("corpus"))


@pytest.fixture(scope="module")
def trained(project: Project) -> TrainedModel:
    """What was trained on it."""
    return train_component(project, project.root / "essai", PLAN)


def test_training_tells_what_it_is_worth(trained: TrainedModel, capsys: pytest.CaptureFixture[str]) -> None:
    """What was tried, F1 of each side, and what the component adds."""
    show_training(trained, as_json=False)
    lines = capsys.readouterr().out.splitlines()

    assert lines[0].startswith("tried tiny: epoch ")
    assert ["trained", "rules", "combined"] == [line.split()[0] for line in lines[2:5]]
    assert lines[5].startswith(f"{trained.folder}: adds DATE to the rules, doubts none of theirs; 8")


def test_training_as_json_is_the_manifest(trained: TrainedModel, capsys: pytest.CaptureFixture[str]) -> None:
    """With the folder that it was written to."""
    show_training(trained, as_json=True)

    assert {"folder": str(trained.folder), **trained.manifest} == json.loads(capsys.readouterr().out)


def test_train_is_a_command(project: Project, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """`parallaxe train --out DIR --quick --seed N` writes a component of this seed."""
    monkeypatch.setattr("parallaxe.store.machine.training.SETTINGS", (TINY, TINY))

    arguments = [
        "train",
        "--project",
        str(project.root),
        "--out",
        str(tmp_path / "m"),
        "--quick",
        "--seed",
        "3",
        "--json",
    ]
    app(arguments, standalone_mode=False)

    manifest = json.loads((tmp_path / "m" / "entities.json").read_text("utf-8"))
    assert (3, ["tiny"]) == (manifest["seed"], [row["settings"] for row in manifest["tried"]])

    app([*arguments[:5], "--policy", "--json"], standalone_mode=False)

    assert manifest == json.loads((tmp_path / "m" / "entities.json").read_text("utf-8"))


def test_training_without_a_dataset_ends_with_2(tmp_path: Path) -> None:
    """The splits stand in the dataset: build it first."""
    assert run("init", "neuf", folder=tmp_path).returncode == 0

    done = run_installed("train", folder=tmp_path / "neuf")

    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1


def test_a_file_is_annotated_with_what_is_named(trained: TrainedModel, tmp_path: Path) -> None:
    """`--component` names what was trained, or leaves the rules alone."""
    (tmp_path / "depeche.txt").write_text("M. Aubin compte ses lampes à la brune.\n", "utf-8")
    tools = {}
    for name in (str(trained.folder), "none"):
        done = run("annotate", "depeche.txt", "--component", name, "--json", folder=tmp_path)
        assert (done.returncode, done.stderr) == (0, "")
        tools[name] = {claim["words"]: claim["tool"] for claim in json.loads(done.stdout)["claims"]}

    assert "parallaxe-trained/1" == tools[str(trained.folder)]["brune"]
    assert "brune" not in tools["none"]


@pytest.mark.parametrize("command", [("annotate", "depeche.txt"), ("build", "raw", "--out", "jeu")], ids=" ".join)
def test_a_pipeline_that_is_missing_ends_with_3(tmp_path: Path, command: tuple[str, ...]) -> None:
    """One clear line that names it, and nothing is written."""
    (tmp_path / "raw").mkdir()
    for place in ("depeche.txt", "raw/depeche.txt"):
        (tmp_path / place).write_text("Kim part.\n", "utf-8")

    done = run(*command, "--component", "fr_nowhere_lg", folder=tmp_path)

    assert (3, "") == (done.returncode, done.stdout)
    assert done.stderr.startswith("parallaxe: fr_nowhere_lg: the spaCy pipeline is not installed; `python -m spacy")
    assert len(done.stderr.splitlines()) == 1
    assert not (tmp_path / "jeu").exists()
