"""What people see of `parallaxe release`, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from command_line import run, run_installed
from released_project import add_article, committed_project, git, known_to_git, relabel


def test_a_project_is_released_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Dry run, release, a bump that is too small, the next release as JSON, and both built again."""
    known_to_git(monkeypatch)
    project = committed_project(tmp_path / "depot")

    tried = run_installed("release", "--dry-run", "--date", "2026-11-21", folder=project.root)
    assert (0, "") == (tried.returncode, tried.stderr)
    assert tried.stdout.startswith("0.1.0  the first release, by the version of the card\n\n## [0.1.0] – 2026-11-21\n")
    assert "\nwould release 0.1.0 (sha256:" in tried.stdout

    made = run("release", folder=project.seeds)
    assert "released 0.1.0: commit " in made.stdout, made.stderr
    again = run("release", folder=project.root)
    assert (2, 1) == (again.returncode, again.stderr.count("\n"))

    relabel(project)
    add_article(project)
    small = run("release", "0.2.0", folder=project.root)
    assert (2, "") == (small.returncode, small.stdout)
    assert small.stderr.endswith("; release 1.0.0 (major) or a greater one\n")
    printed = json.loads(run("release", "--json", folder=project.root).stdout)
    assert ("1.0.0", "0.1.0", "major", "v1.0.0") == tuple(printed[key] for key in ("version", "before", "bump", "tag"))
    assert {"rows edited", "rows added"} == {reason["kind"] for reason in printed["reasons"]}

    checked = run("release", "--check", folder=project.root)
    assert (0, 2) == (checked.returncode, checked.stdout.count("same rows, same bytes"))
    relabel_back = project.layers / "gold" / "le-port.jsonl"
    relabel_back.write_text(relabel_back.read_text("utf-8").replace('"LOC"', '"ORG"'), "utf-8")
    git(project.root, "commit", "-qam", "Autre")
    git(project.root, "tag", "-fa", "v1.0.0", "-m", "déplacée")
    moved = run("release", "--check", "1.0.0", folder=project.root)
    assert 1 == moved.returncode
    assert moved.stdout.startswith("1.0.0  another dataset: it names ")
