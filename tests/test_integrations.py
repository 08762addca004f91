"""What others run in their CI and before their commits does what it says: the actions, and the hook of pre-commit.

All are run as their runners would, from their YAML, in a project of its own; nothing is installed and no network is
asked: `pip` is a stand-in that writes down how it was called.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree as ET

import pytest
import yaml

import parallaxe
from parallaxe.core.claims import Claim
from parallaxe.store.annotations import read_layer, write_layer
from parallaxe.store.init import init_project
from rule_examples import sample_project

SOURCE = Path(parallaxe.__file__).parents[1]
_INPUT = re.compile(r"\$\{\{ inputs\.([a-z-]+) \}\}")


class Run(NamedTuple):
    """What a step of the action left behind."""

    code: int
    output: str
    outputs: dict[str, str]
    summary: str


@pytest.fixture
def tools(tmp_path: Path) -> Path:
    """A folder for PATH: `parallaxe` as it is here, and a `python` whose pip installs nothing."""
    folder = tmp_path / "outils"
    folder.mkdir()
    call = shlex.join([sys.executable, "-c", "from parallaxe.cli import main; main()"])
    log = shlex.quote(str(tmp_path / "pip.log"))
    scripts = {
        "parallaxe": f'exec env PYTHONPATH={shlex.quote(str(SOURCE))} {call} "$@"',
        "python": f'echo "$*" >> {log}',
    }
    for name, script in scripts.items():
        (folder / name).write_text(f"#!/bin/sh\n{script}\n", "utf-8")
        (folder / name).chmod(0o755)
    return folder


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A new project whose card nobody has to finish."""
    made = init_project(tmp_path / "projet", "Projet")
    made.card.write_text("---\npretty_name: Projet\nversion: 0.1.0\n---\n# Projet\n", "utf-8")
    return made.root


def environment(tools: Path, **more: str) -> dict[str, str]:
    return {"PATH": f"{tools}:{os.environ['PATH']}", "HOME": str(tools), "LANG": "C.UTF-8", **more}


def spoil(project: Path) -> None:
    """A raw article that nobody has taken in."""
    (project / "seeds" / "open" / "le-quai.txt").write_text("Le quai est vide.\n", "utf-8")


def run_action(repository: Path, project: Path, tools: Path, **inputs: str) -> Run:
    """The steps of `action.yml` that run commands, one after the other, as the runner of GitHub does."""
    return _run_action(repository, project, tools, inputs, {})


def _run_action(folder: Path, project: Path, tools: Path, inputs: Mapping[str, str], event: Mapping[str, str]) -> Run:
    action = yaml.safe_load((folder / "action.yml").read_text("utf-8"))
    values = {name: str(entry.get("default", "")) for name, entry in action["inputs"].items()} | dict(inputs)
    files = {name: project.parent / name for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
    for path in files.values():
        path.write_text("", "utf-8")
    told = {name: str(path) for name, path in files.items()} | {"GITHUB_ACTION_PATH": str(folder)} | dict(event)
    code, output = 0, ""
    for step in action["runs"]["steps"]:
        if "run" in step and code == 0 and _is_run(step, values):
            done = _run_step(step, project, environment(tools, **told, **_given(step, values)))
            code, output = done.returncode, output + done.stdout + done.stderr
    lines = files["GITHUB_OUTPUT"].read_text("utf-8").splitlines()
    outputs = dict(line.split("=", 1) for line in lines)
    return Run(code, output, outputs, files["GITHUB_STEP_SUMMARY"].read_text("utf-8"))


def _is_run(step: Mapping[str, Any], values: Mapping[str, str]) -> bool:
    """Whether the condition of a step holds; `inputs.NAME == 'VALUE'` is all that ours say."""
    condition = re.fullmatch(r"inputs\.([a-z-]+) == '([^']*)'", step.get("if", ""))
    assert (condition is None) == ("if" not in step), step["if"]
    return condition is None or values[condition[1]] == condition[2]


def _given(step: Mapping[str, Any], values: Mapping[str, str]) -> dict[str, str]:
    return {name: _INPUT.sub(lambda found: values[found[1]], str(value)) for name, value in step.get("env", {}).items()}


def _run_step(step: Mapping[str, Any], project: Path, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    assert step["shell"] == "bash"
    assert "${{" not in step["run"], "an input inside a command could be a command"
    script = project.parent / "step.sh"
    script.write_text(step["run"], "utf-8")
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)]
    return subprocess.run(command, cwd=project, env=env, capture_output=True, text=True, check=False)


def test_the_action_passes_a_clean_project(repository: Path, project: Path, tools: Path, tmp_path: Path) -> None:
    """It installs what is pinned and this checkout, says one line, and writes no summary."""
    run = run_action(repository, project, tools)
    installed = (tmp_path / "pip.log").read_text("utf-8")

    assert (0, {}, "") == (run.code, run.outputs, run.summary)
    assert "::notice::.: no rule of the gate is broken" in run.output
    assert f"--require-hashes --requirement {repository}/requirements/base.txt" in installed
    assert (repository / "requirements" / "base.txt").is_file()
    assert installed.endswith(f"--no-deps {repository}\n")


def test_the_action_annotates_what_is_wrong(repository: Path, project: Path, tools: Path) -> None:
    """Annotations with their files, the summary for people, and the code that fails the job."""
    spoil(project)
    run = run_action(repository, project, tools)

    assert 1 == run.code
    assert "::error file=seeds/open/le-quai.txt,title=raw-file-stray (level 1)::" in run.output
    assert "→ `parallaxe add` it, or take it away" in run.summary


@pytest.mark.parametrize(
    ("form", "name"), [("sarif", "parallaxe.sarif"), ("junit", "parallaxe.xml"), ("json", "parallaxe.json")]
)
def test_the_action_leaves_a_report(repository: Path, project: Path, tools: Path, form: str, name: str) -> None:
    """A file in the form that was asked for, named by the output `report`, also where something is wrong."""
    spoil(project)
    run = run_action(repository, project, tools, format=form)
    text = (project / name).read_text("utf-8")

    assert (1, {"report": name}) == (run.code, run.outputs)
    assert ET.fromstring(text).tag == "testsuites" if form == "junit" else json.loads(text)


@pytest.mark.parametrize("path", ["$(touch spoilt)", "; touch spoilt", "--help", "rien"])
def test_inputs_of_the_action_are_never_commands(repository: Path, project: Path, tools: Path, path: str) -> None:
    """A path is a path, whatever it looks like; a wrong one ends with 2."""
    run = run_action(repository, project, tools, path=path)

    assert 2 == run.code
    assert not (project / "spoilt").exists()


def test_the_action_judges_by_a_profile(repository: Path, project: Path, tools: Path) -> None:
    """The profile is handed on; an unknown one is a wrong call."""
    assert 0 == run_action(repository, project, tools, profile="full").code
    assert 2 == run_action(repository, project, tools, profile="secret").code


def git(folder: Path, *arguments: str) -> None:
    """Run git in a folder, as somebody."""
    somebody = ["-c", "user.name=Lectrice", "-c", "user.email=lectrice@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *somebody, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository whose branch `main` holds the project of the rules' examples."""
    root = sample_project(tmp_path_factory.mktemp("origine") / "projet").root
    git(root, "init", "-qb", "main")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "first")
    return root


@pytest.fixture
def pull_request(origin: Path, tmp_path: Path) -> Path:
    """A clone as CI has it of a pull request that relabels a mention and takes in an article by hand."""
    git(tmp_path, "clone", "-q", str(origin), "projet-pr")
    root = tmp_path / "projet-pr"
    layer = read_layer(root / "annotations/layers/gold/le-port.jsonl").layer
    claims: tuple[Claim, ...] = (replace(layer.entities[0], label="LOC"), *layer.quotes)
    write_layer(root / "annotations/layers", replace(layer, claims=claims))
    spoil(root)
    git(root, "checkout", "-q", "--detach")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "second")
    return root


def review(repository: Path, project: Path, tools: Path, base_ref: str = "main", **inputs: str) -> Run:
    """The action that reviews a pull request, in the event that GitHub tells of one."""
    event = {"GITHUB_BASE_REF": base_ref, "GITHUB_EVENT_NAME": "pull_request", "RUNNER_TEMP": str(project.parent)}
    return _run_action(repository / ".github" / "actions" / "review", project, tools, inputs, event)


def test_a_review_is_written_to_the_summary(repository: Path, pull_request: Path, tools: Path, tmp_path: Path) -> None:
    """What the pull request changes and breaks; it tells and does not fail, and leaves a report for later steps."""
    run = review(repository, pull_request, tools)
    report = json.loads(Path(run.outputs["report"]).read_text("utf-8"))
    installed = (tmp_path / "pip.log").read_text("utf-8")

    assert 0 == run.code, run.output
    assert run.summary.startswith("## Corpus review: origin/main (")
    assert "| **Claims** | 1 relabelled |" in run.summary
    assert "**error** `raw-file-stray`" in run.summary
    assert "`seeds/open/le-quai.txt`" in run.summary
    assert "| **Version** | major: 0.1.0 → 1.0.0 at least |" in run.summary
    assert "**Jeanne Kerbrat**" in run.summary
    assert {"relabelled": 1} == report["diff"]["counts"]["claims"]
    assert (repository / ".github/actions/review/../../../requirements/base.txt").is_file()
    assert "--require-hashes" in installed


def test_a_review_fails_where_it_is_asked_to(repository: Path, pull_request: Path, tools: Path) -> None:
    """With `check`, a rule newly broken fails the job, and the summary stands all the same."""
    run = review(repository, pull_request, tools, check="true")

    assert (1, True) == (run.code, run.summary.startswith("## Corpus review"))


@pytest.mark.parametrize(
    ("base", "told"),
    [
        ("absent", "absent: no such branch or commit; fetch it (in CI: `fetch-depth: 0`)"),
        ("$(touch spoilt)", "no such branch or commit"),
        ("--help", "--help: no such branch or commit"),
    ],
)
def test_a_review_that_is_not_possible_says_so(
    repository: Path, pull_request: Path, tools: Path, base: str, told: str
) -> None:
    """In the log and in the summary, with the code of the command; an input is never a command."""
    run = review(repository, pull_request, tools, base=base)

    assert 2 == run.code
    assert told in run.summary
    assert told in run.output
    assert {} == run.outputs
    assert not (pull_request / "spoilt").exists()


def test_ci_reviews_pull_requests(repository: Path) -> None:
    """With the whole history, and only there: a push has no branch that it goes to."""
    job = yaml.safe_load((repository / ".github/workflows/ci.yml").read_text("utf-8"))["jobs"]["review"]

    assert "github.event_name == 'pull_request'" == job["if"]
    assert [({"fetch-depth": 0}), None] == [step.get("with") for step in job["steps"]]
    assert "./.github/actions/review" == job["steps"][1]["uses"]


def hook(repository: Path) -> dict[str, Any]:
    [found] = yaml.safe_load((repository / ".pre-commit-hooks.yaml").read_text("utf-8"))
    return dict(found)


def test_the_hook_runs_as_pre_commit_would(repository: Path, project: Path, tools: Path) -> None:
    """Its entry, without names of files, in the root of the project: 0 where all is well, else 1 and what to do."""
    entry = shlex.split(hook(repository)["entry"])
    codes = []
    for change in (lambda _: None, spoil):
        change(project)
        command = [shutil.which(entry[0], path=str(tools)) or entry[0], *entry[1:]]
        done = subprocess.run(command, cwd=project, env=environment(tools), capture_output=True, text=True, check=False)
        codes.append(done.returncode)

    assert [0, 1] == codes
    assert "seeds/open/le-quai.txt" in done.stdout


def test_the_hook_has_what_pre_commit_requires(repository: Path) -> None:
    """The keys of its manifest, and an entry that the package installs."""
    found = hook(repository)
    pyproject = (repository / "pyproject.toml").read_text("utf-8")

    assert {"id", "name", "description", "entry", "language", "pass_filenames", "files"} == set(found)
    assert ("parallaxe-validate", "python", False) == (found["id"], found["language"], found["pass_filenames"])
    assert 'parallaxe = "parallaxe.cli:main"' in pyproject


@pytest.mark.parametrize(
    ("file", "is_asked"),
    [
        ("seeds/catalogue.jsonl", True),
        ("annotations/layers/gold/le-port.jsonl", True),
        ("schemas/labels.toml", True),
        ("corpus/data/ner/train.parquet", True),
        ("DATASET_CARD.md", True),
        ("notes/seeds.md", False),
        ("src/main.py", False),
    ],
)
def test_the_hook_runs_where_a_station_changes(repository: Path, file: str, is_asked: bool) -> None:
    """And is silent at commits that touch none."""
    assert is_asked is bool(re.search(hook(repository)["files"], file))
