"""Folders that many tests begin with: made once in a run, copied for each of them."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

# Tests give the folder for temporary files another place, which goes with them.
_PLACE = tempfile.gettempdir()


def copy_of(make: Callable[..., object], folder: Path, *arguments: Any) -> Path:
    """The folder, with what `make(a new folder, *arguments)` puts into one; what is made must be the same each time."""
    return Path(shutil.copytree(_made(make, *arguments), folder, symlinks=True, dirs_exist_ok=True))


@cache
def _made(make: Callable[..., object], *arguments: Any) -> Path:
    folder = Path(tempfile.mkdtemp(prefix="made-once-", dir=_PLACE))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    make(folder, *arguments)
    return folder
