"""A dataset on the Hub as files: which there are, and a revision of it as a folder.

A file is told by two hashes, for the Hub names one by the SHA-256 of its content (large files) or by the hash that git
gives it (others), and which it takes it decides itself.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from huggingface_hub import HfApi
from huggingface_hub.hf_api import RepoFile

from parallaxe.core.errors import DataError, SurroundingsError, UsageError
from parallaxe.store.atomic import building
from parallaxe.store.publishing.hub_client import current_token, hub_api, hub_errors, quiet, told

DATASET = "dataset"


class Hashes(NamedTuple):
    """The size of a file in bytes, and the two hashes by which the Hub may tell it, in hexadecimal."""

    size: int
    sha256: str
    git: str


class RemoteFile(NamedTuple):
    """A file on the Hub: its size in bytes and its hash, which is a SHA-256 where `is_large`, else that of git."""

    size: int
    digest: str
    is_large: bool

    def is_same(self, hashes: Hashes) -> bool:
        """True where a file with these hashes is the one on the Hub."""
        return self.digest == (hashes.sha256 if self.is_large else hashes.git)


def snapshot(repo: str, revision: str | None, into: Path, api: HfApi | None = None) -> Path:
    """A revision of a dataset on the Hub as a folder, every file checked against its hash; whole or not at all.

    Args:
        repo: OWNER/NAME.
        revision: a branch, a tag, a commit; null for the head of the main branch.
        into: a new or empty folder.
        api: the client; by default as its environment sets it up.

    Raises:
        UsageError: if there is no such repository or revision, it is empty, it is not open to this token, or the folder
            holds something.
        DataError: if a file in it has a name that leads out of a folder.
        SurroundingsError: if the network, the server or the disk fails, or what came is not what the revision holds.
    """
    api = api or hub_api()
    current_token(api)
    if into.is_dir() and any(into.iterdir()):
        raise UsageError(str(into), "holds something already", "name a new or empty folder")
    with building(into) as new, hub_errors(told(repo, revision), api), quiet():
        commit = api.dataset_info(repo, revision=revision).sha
        files = remote_files(repo, commit, api) if commit is not None else {}
        _check_inside(files, repo)
        if commit is None or not files:
            raise UsageError(told(repo, revision), "there is nothing in it", "name a revision with a dataset")
        # A commit is asked for, not a name: else the client would give old files where the server is not there.
        api.snapshot_download(repo, repo_type=DATASET, revision=commit, local_dir=new)
        shutil.rmtree(new / ".cache", ignore_errors=True)
        for path, file in files.items():
            if not (new / path).is_file() or not file.is_same(hashes_of(new / path)):
                raise SurroundingsError(told(repo, revision), f"`{path}` did not come whole", "run it again")
    return into


def _check_inside(files: Iterable[str], repo: str) -> None:
    for path in files:
        if path.startswith("/") or "\\" in path or {"", ".", ".."} & set(path.split("/")):
            raise DataError(told(repo), f"a file is called {path!r}", "ask its owner to rename it")


def remote_files(repo: str, revision: str, api: HfApi) -> dict[str, RemoteFile]:
    """All files of a revision, by their paths."""
    entries = api.list_repo_tree(repo, recursive=True, revision=revision, repo_type=DATASET)
    return {entry.path: _remote_file(entry) for entry in entries if isinstance(entry, RepoFile)}


def _remote_file(entry: RepoFile) -> RemoteFile:
    if entry.lfs is not None:
        return RemoteFile(entry.lfs.size, entry.lfs.sha256, is_large=True)
    return RemoteFile(entry.size, entry.blob_id, is_large=False)


def hashes_of(path: Path) -> Hashes:
    """The size and hashes of a file, read once, piece by piece."""
    size = path.stat().st_size
    sha256, git = hashlib.sha256(), hashlib.sha1(b"blob %d\0" % size, usedforsecurity=False)
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            sha256.update(piece)
            git.update(piece)
    return Hashes(size, sha256.hexdigest(), git.hexdigest())
