"""What the tests of robustness share: a sample project, and two processes that are warm and fork for each call.

All tests load this file, so that what it needs is imported where it is used.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from killing import Killer


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder to copy, never to write into."""
    from sample_project import make_sample

    return make_sample(tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="session")
def forked() -> Iterator[Killer]:
    """A process that forks for each call."""
    yield from _warm()


@pytest.fixture(scope="session")
def beside() -> Iterator[Killer]:
    """Another one, for what happens at the same time."""
    yield from _warm()


def _warm() -> Iterator[Killer]:
    """A process that is told who commits as it starts; the tests that follow are not."""
    from killing import killer
    from released_project import known_to_git

    with ExitStack() as stack:
        with pytest.MonkeyPatch.context() as patch:
            known_to_git(patch)
            process = stack.enter_context(killer("-W", "ignore"))
        yield process
