"""What every test may use: the repository, the seeds where they are, servers, a browser, a sample."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from read_once import yaml_read_once
from studio_server import browser, own_studio_server, studio_data, studio_program, studio_server
from warm_project import beside, forked, sample

__all__ = [
    "beside",
    "browser",
    "forked",
    "own_studio_server",
    "sample",
    "studio_data",
    "studio_program",
    "studio_server",
]

REPOSITORY = Path(__file__).resolve().parents[1]
_SEED_FOLDERS = (REPOSITORY / "seeds" / "restricted", REPOSITORY.parent / "shared" / "seeds")


@pytest.fixture(scope="session", autouse=True)
def _haste() -> Iterator[None]:
    """No write waits for the disk, for programs are killed here and the machine is not; YAML is read once."""
    with yaml_read_once(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda _handle: None)
        yield


@pytest.fixture(scope="session")
def repository() -> Path:
    """The checkout that is tested."""
    return REPOSITORY


@pytest.fixture(scope="session")
def seed_folder() -> Path:
    """The restricted seed articles, which are never in git; the test skips where nobody has put them."""
    for folder in _SEED_FOLDERS:
        if len(list(folder.glob("00*.txt"))) == 5:
            return folder
    pytest.skip("the restricted seeds are neither in seeds/restricted nor in ../shared/seeds")
