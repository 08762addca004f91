"""Two commands at work in one project at the same moment: one waits or says so, and what stands there is whole."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from command_line import run
from parallaxe.store.project import Project
from sample_project import make_sample
from watched_calls import unfinished

PAIRS = {
    "two builds": (("build",), ("build",)),
    "a build beside a machine": (("build",), ("annotate", "--layer", "essai")),
    "a build beside hydration": (("build",), ("hydrate", "../copies")),
    "two machines": (("annotate", "--layer", "essai"), ("annotate", "--layer", "essai")),
    "two additions": (("add", "../raw/note.md"), ("add", "../raw/page.html")),
    "an addition beside a build": (("add", "../raw/note.md", "--rights", "open"), ("build",)),
    "an addition beside a migration": (("add", "../raw/note.md"), ("migrate",)),
    "a takedown beside an addition": (("takedown", "article-001"), ("add", "../raw/note.md")),
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = make_sample(tmp_path_factory.mktemp("sample"))
    shutil.copytree(folder / "projet" / "seeds" / "restricted", folder / "copies")
    return folder


@pytest.mark.parametrize("pair", PAIRS)
def test_two_at_once(pair: str, made: Path, tmp_path: Path) -> None:
    """Both end as if one had followed the other, or one says in a line why it cannot; nothing is lost or half done."""
    place = shutil.copytree(made, tmp_path / "ici")
    project = place / "projet"
    command = [sys.executable, "-c", "from parallaxe.cli import main; main()"]
    begun = [
        subprocess.Popen([*command, *words], cwd=project, stdout=-1, stderr=-1, text=True) for words in PAIRS[pair]
    ]
    ended = [(*process.communicate(), process.returncode) for process in begun]

    for _, said, code in ended:
        assert code in (0, 1, 3), said
        assert "Traceback" not in said
        assert code == 0 or said.count("; ") == said.count("\n"), said
    assert [] == unfinished(project)
    rows = {row.id for row in Project(project).catalogue}
    for words, (*_, code) in zip(PAIRS[pair], ended, strict=True):
        assert code or words[0] != "add" or Path(words[1]).stem in rows, "what was added is not forgotten"
    assert run("build", folder=project).returncode == 0
    assert "error" not in run("validate", folder=project).stdout
