"""A terminal in a copy of this corpus, of which a page of the docs keeps what was to be read on it."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from parallaxe.dataset.card import render_marked

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
PICTURES = DOCS / "pictures"


class Session:
    """A terminal in a copy of the corpus, and what was to be read on it."""

    def __init__(self, project: Path) -> None:
        self.project, self.lines = project, list[str]()
        self.hidden = {str(project): "~/corpus", str(project.parent): "~"}

    def run(self, command: str, *, shown: str | None = None, exit_code: int = 0) -> str:
        """Run a command as a shell does, and note it with what it prints; it must end as it is expected to."""
        here = {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "COLUMNS": "100", "GIT_PAGER": "cat"}
        done = subprocess.run(
            command,
            shell=True,
            cwd=self.project,
            env={**os.environ, **here},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT if exit_code else None,
            text=True,
            check=False,
        )
        if done.returncode != exit_code:
            raise SystemExit(f"{command} ended with {done.returncode}, not {exit_code}\n{done.stdout}")
        printed = done.stdout.rstrip()
        for path, name in self.hidden.items():
            printed = printed.replace(path, name)
        self.lines += [f"$ {shown or command}", *map(str.rstrip, printed.splitlines())]
        return done.stdout

    def note(self, words: str) -> None:
        """Say what happens elsewhere."""
        self.lines += ["", f"# {words}", ""]

    def keep(self, page: Path, mark: str) -> None:
        """Write what was to be read between the marks of a page, and begin anew."""
        text = "```console\n" + "\n".join(self.lines).strip() + "\n```"
        page.write_text(render_marked(page.read_text("utf-8"), {mark: text}), "utf-8")
        self.lines.clear()


@contextmanager
def session_in_copy() -> Iterator[Session]:
    """A session in a clone of this repository that is gone afterwards."""
    with tempfile.TemporaryDirectory() as scratch:
        project = Path(scratch) / "corpus"
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(project)], check=True)
        yield Session(project)
