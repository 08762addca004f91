"""What a person waits for first: `parallaxe --help` beside an interpreter that does nothing."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measure import Row, seconds, taking_turns

COMMAND = str(Path(sys.executable).with_name("parallaxe"))
"""The command as it is installed beside this interpreter."""


def rows() -> Iterator[Row]:
    """One line: the least of ten."""
    ours, theirs = taking_turns(
        lambda: _wall([COMMAND, "--help"]), lambda: _wall([sys.executable, "-c", "pass"]), repeats=10
    )
    yield Row("parallaxe --help", f"{ours:.3f} s", f"python -c pass: {theirs:.3f} s", f"{ours / theirs:.1f}", "< 0.3 s")


def _wall(command: list[str]) -> float:
    return seconds(lambda: subprocess.run(command, check=True, stdout=subprocess.DEVNULL))
