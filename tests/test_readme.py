"""The session of the README runs as it stands: what is printed there is what is printed here.

An `html` block is written to the file that the text before it names. Blocks marked `console` hold commands after `$ `
and what they print; blocks marked `pycon` are doctests. They run in order in one empty folder, as a reader would type
them. `...` stands for whatever is there.
"""

from __future__ import annotations

import doctest
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
_BLOCK = re.compile(r"^```(html|console|pycon)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_PAGE = re.compile(r"`([\w./-]+\.html)`:\s*```html\n(.*?)^```$", re.MULTILINE | re.DOTALL)


class Block(NamedTuple):
    """A fenced block of the session; `line` is where it begins."""

    kind: str
    source: str
    line: int


def session(readme: str) -> list[Block]:
    r"""The blocks that run, in order.

    >>> session("```console\n$ parallaxe --version\n0.1.0\n```\n")
    [Block(kind='console', source='$ parallaxe --version\n0.1.0\n', line=2)]
    """
    return [Block(found[1], found[2], readme.count("\n", 0, found.start()) + 2) for found in _BLOCK.finditer(readme)]


def commands(source: str) -> list[tuple[str, str]]:
    r"""Commands of a console block with what they should print; lines that begin with `> ` go on with a command.

    >>> commands("$ mkdir jeu\n$ ls\njeu\n")
    [('mkdir jeu', ''), ('ls', 'jeu\n')]
    """
    parts = re.split(r"^\$ ", source, flags=re.MULTILINE)[1:]
    return [_divided(part) for part in parts]


def _divided(part: str) -> tuple[str, str]:
    lines = part.splitlines(keepends=True)
    end = 1
    while end < len(lines) and lines[end].startswith("> "):
        end += 1
    return "".join(line.removeprefix("> ") for line in lines[:end]).rstrip("\n"), "".join(lines[end:])


def _runs_as_written(examples: str, line: int, page: str, names: dict[str, object]) -> None:
    test = doctest.DocTestParser().get_doctest(examples, names, page, page, line - 1)
    report: list[str] = []
    results = doctest.DocTestRunner(optionflags=FLAGS).run(test, out=report.append, clear_globs=False)
    names.update(test.globs)
    assert results.failed == 0, "".join(report)


def _run_console(block: Block, environment: dict[str, str]) -> None:
    for command, expected in commands(block.source):
        done = subprocess.run(command, shell=True, env=environment, text=True, capture_output=True, check=False)
        printed = done.stdout + done.stderr
        assert done.returncode == 0, f"README.md:{block.line}: `{command}` failed:\n{printed}"
        if not doctest.OutputChecker().check_output(expected, printed, FLAGS):
            pytest.fail(f"README.md:{block.line}: `{command}` should print\n{expected}\nand prints\n{printed}")


def test_the_session_runs(repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Typed line by line into an empty folder, the session prints what the README shows."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HF_DATASETS_CACHE", str(tmp_path / ".cache"))
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    environment = {**os.environ, "PATH": path, "COLUMNS": "120", "NO_COLOR": "1", "LC_ALL": "C.UTF-8"}
    names: dict[str, object] = {}
    readme = (repository / "README.md").read_text("utf-8")
    blocks = session(readme)

    for name, page in _PAGE.findall(readme):
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_text(page, "utf-8")
    for block in blocks:
        if block.kind == "console":
            _run_console(block, environment)
        elif block.kind == "pycon":
            _runs_as_written(block.source, block.line, "README.md", names)

    assert {"html", "console", "pycon"} == {block.kind for block in blocks}


def test_the_examples_of_contributing_run(repository: Path) -> None:
    """What CONTRIBUTING.md shows after `>>>` is what is printed."""
    names: dict[str, object] = {}
    blocks = [block for block in session((repository / "CONTRIBUTING.md").read_text("utf-8")) if block.kind == "pycon"]

    for block in blocks:
        _runs_as_written(block.source, block.line, "CONTRIBUTING.md", names)
    assert blocks
