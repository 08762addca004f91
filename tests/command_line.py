"""The command line as people call it: in a folder, in a process of its own.

That process is forked from one that has imported the program, for to import it takes longer than most commands. What a
new interpreter shows and a forked one cannot, that the command starts, is for `run_installed`.
"""

from __future__ import annotations

import atexit
import subprocess
import sys
from contextlib import ExitStack
from functools import cache
from pathlib import Path

from killing import Killer, killer


def run(*arguments: str, folder: Path, text: str | None = None) -> subprocess.CompletedProcess[str]:
    """Run the command, with the environment that this process has now, and with a text to read if one is given."""
    return _warm().call(*arguments, folder=folder, text=text)


def run_installed(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the installed command in an interpreter that has imported nothing."""
    command = [sys.executable, "-W", "error::SyntaxWarning", "-c", "from parallaxe.cli import main; main()", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@cache
def _warm() -> Killer:
    stack = ExitStack()
    atexit.register(stack.close)
    return stack.enter_context(killer())
