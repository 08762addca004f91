"""Two commands at work in one project at the same moment: one waits or says so, and what stands there is whole."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from killing import Killer
from parallaxe.store.project import Project
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


@pytest.mark.parametrize("pair", PAIRS)
def test_two_at_once(pair: str, sample: Path, forked: Killer, beside: Killer, tmp_path: Path) -> None:
    """Both end as if one had followed the other, or one says in a line why it cannot; nothing is lost or half done."""
    place = shutil.copytree(sample, tmp_path / "ici")
    project = place / "projet"
    shutil.copytree(project / "seeds" / "restricted", place / "copies")
    with ThreadPoolExecutor(2) as threads:
        begun = [
            threads.submit(process.run, *words, folder=project)
            for process, words in zip((forked, beside), PAIRS[pair], strict=True)
        ]
        ended = [one.result() for one in begun]

    for one in ended:
        assert one.code in (0, 1, 3), one.said
        assert "Traceback" not in one.said
        assert one.code == 0 or one.said.count("; ") == one.said.count("\n"), one.said
    assert [] == unfinished(project)
    rows = {row.id for row in Project(project).catalogue}
    for words, one in zip(PAIRS[pair], ended, strict=True):
        assert one.code or words[0] != "add" or Path(words[1]).stem in rows, "what was added is not forgotten"
    for words in (("build",), ("validate",)):
        last = forked.run(*words, folder=project)
        assert 0 == last.code, last.said
