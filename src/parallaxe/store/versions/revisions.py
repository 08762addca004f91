"""A version of a project as files: a directory as it is, or a revision of its git repository, without a checkout.

Of a revision only the files that are asked for are brought to a temporary folder, where the same readers read them as
in any project. A link in a revision is no file.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha1
from pathlib import Path
from tempfile import TemporaryDirectory

from parallaxe.core.errors import ParallaxeError, SurroundingsError, UsageError
from parallaxe.store.atomic import surroundings
from parallaxe.store.project import Project

CATALOGUE = "seeds/catalogue.jsonl"
KNOWLEDGE = "annotations/knowledge_base.jsonl"
LAYERS = "annotations/layers"
HEAD = "HEAD"
WORK_TREE = "work tree"
_USUAL_BRANCHES = ("origin/main", "main", "origin/master", "master")
_TOGETHER = 512
"""Files that one call of git gives: as many wait in memory."""

_OF_OTHER_REPOSITORIES = {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"}
"""What git tells its hooks; here the folder says which repository is meant."""


@dataclass(frozen=True)
class Files:
    """The files of a version: what it is called, the project that they are read from, and their git hashes by path.

    Of a revision, a file is there only after `bring`; in a directory, files that nobody asked for have no hash.
    """

    name: str
    project: Project
    blobs: Mapping[str, str]
    repository: Path | None = None
    _brought: set[str] = field(default_factory=set)

    def bring(self, paths: Iterable[str]) -> None:
        """Make files that the version has readable below the root of the project."""
        if self.repository is None:
            return
        wanted = [path for path in dict.fromkeys(paths) if path in self.blobs and path not in self._brought]
        for first in range(0, len(wanted), _TOGETHER):
            some = wanted[first : first + _TOGETHER]
            contents = _contents(self.repository, [self.blobs[path] for path in some])
            for path, content in zip(some, contents, strict=True):
                target = self.project.root / path
                with surroundings(target):
                    target.parent.mkdir(parents=True, exist_ok=True)
                    target.write_bytes(content)
        self._brought.update(wanted)

    @contextmanager
    def complaints(self) -> Iterator[None]:
        """What is wrong with a file of a revision is told of `REVISION:path`."""
        try:
            yield
        except ParallaxeError as error:
            root = f"{self.project.root}{os.sep}"
            if self.repository is None or not error.where.startswith(root):
                raise
            raise type(error)(f"{self.name}:{error.where.removeprefix(root)}", error.what, error.remedy) from error


@contextmanager
def version_files(name: str | None, start: Project | None) -> Iterator[Files]:
    """The files of a directory with a project, of a revision of the repository of `start`, or (null) its work tree.

    Raises:
        UsageError: if there is no such revision or no project in it, or no repository.
        SurroundingsError: if there is no git.
    """
    if name is not None and is_project(Path(name)):
        yield Files(name, Project(Path(name).resolve()), _hashes(Path(name)))
        return
    if start is None:
        raise UsageError(str(name or WORK_TREE), "no project there", "name a directory of a project, or go into one")
    if name is None:
        yield Files(WORK_TREE, start, _hashes(start.root))
        return
    blobs = listed_files(start.root, name)
    if CATALOGUE not in blobs:
        raise UsageError(name, "no project in this revision", f"name one that has {CATALOGUE}")
    with surroundings("temporary folder"):
        folder = TemporaryDirectory(prefix="parallaxe-")
    with folder as made:
        yield Files(name, Project(Path(made)), blobs, start.root)


def is_project(folder: Path) -> bool:
    """True for a directory with a catalogue of raw articles."""
    with surroundings(folder):
        return (folder / CATALOGUE).is_file()


def _hashes(root: Path) -> dict[str, str]:
    """The hashes that git gives catalogue, knowledge base and layers; seeds are told apart by their catalogue."""
    with surroundings(root):
        paths = [root / CATALOGUE, root / KNOWLEDGE, *sorted((root / LAYERS).glob("*/*.jsonl"))]
        return {path.relative_to(root).as_posix(): _blob_hash(path.read_bytes()) for path in paths if path.is_file()}


def _blob_hash(content: bytes) -> str:
    return sha1(b"blob %d\0%b" % (len(content), content), usedforsecurity=False).hexdigest()


def listed_files(root: Path, revision: str) -> dict[str, str]:
    """The files of a revision, by their paths from the root of its project."""
    inside = _git(root, "rev-parse", "--git-dir")
    if inside.returncode:
        told = inside.stderr.decode("utf-8", "replace").strip().splitlines() or ["git fails"]
        raise UsageError(revision, f"no revision can be read here ({told[-1]})", "name two directories of projects")
    commit = commit_of(root, revision)
    if commit is None and revision == HEAD:
        what, remedy = "the repository has no commit yet", "`git add -A && git commit`, or name two directories"
        raise UsageError(revision, what, remedy)
    if commit is None:
        raise UsageError(revision, "no such revision, and no project there", "name a commit, a tag or a directory")
    listing = _git(root, "ls-tree", "-r", "-z", commit)
    if listing.returncode:
        raise SurroundingsError(revision, "git cannot list its files", "see `git fsck`")
    entries = (
        entry.partition("\t") for entry in listing.stdout.decode("utf-8", "surrogateescape").split("\0") if entry
    )
    return {path: told.split()[2] for told, _, path in entries if told.startswith("100")}


def commit_of(root: Path, revision: str) -> str | None:
    """The commit that a revision names; null where there is none."""
    if revision.startswith("-"):  # git would read it as an option
        return None
    found = _git(root, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
    return None if found.returncode else found.stdout.decode().strip()


def merge_base(root: Path, revision: str) -> str | None:
    """The newest commit that HEAD and another revision have in common; null where they have none."""
    found = _git(root, "merge-base", "--", HEAD, revision)
    return None if found.returncode else found.stdout.decode().split("\n")[0] or None


def default_branch(root: Path) -> str | None:
    """The branch that pull requests go to: what the remote says, else the first that there is of the usual names."""
    told = _git(root, "symbolic-ref", "--quiet", "--short", "refs/remotes/origin/HEAD").stdout.decode().strip()
    return next((name for name in (told, *_USUAL_BRANCHES) if name and commit_of(root, name) is not None), None)


def _contents(root: Path, blobs: list[str]) -> Iterator[bytes]:
    """The contents of blobs, in their order."""
    if not blobs:
        return
    done = _git(root, "cat-file", "--batch", asked="".join(f"{blob}\n" for blob in blobs).encode())
    place = 0
    for blob in blobs:
        head_end = done.stdout.find(b"\n", place)
        head = done.stdout[place:head_end].split()
        if head_end == -1 or len(head) != 3 or head[1] != b"blob":
            raise SurroundingsError(blob, "git cannot give this file", "fetch what the clone lacks, or see `git fsck`")
        size = int(head[2])
        yield done.stdout[head_end + 1 : head_end + 1 + size]
        place = head_end + size + 2


def _git(root: Path, *arguments: str, asked: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    environment = {name: value for name, value in os.environ.items() if name not in _OF_OTHER_REPOSITORIES}
    try:
        return subprocess.run(  # noqa: S603 -- the command is ours
            ["git", "-C", str(root), *arguments],  # noqa: S607 -- the git of whoever calls
            input=asked, capture_output=True, env=environment, check=False,
        )  # fmt: skip
    except OSError as error:
        raise SurroundingsError("git", "it cannot be run", "install git, or name two directories") from error
