"""Whether the sources of a release still build the dataset that it holds.

A release is built again in a folder apart, by the program that made it where its own repository holds that program, as
this one does; else by the one that is asked. What it must give is the logical digest that the release names; where the
libraries are those that were pinned then, every file is the same byte for byte too.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from parallaxe.compare.versioning import Version
from parallaxe.core.errors import ProjectError, UsageError
from parallaxe.store.atomic import surroundings
from parallaxe.store.building.parquet import file_digest
from parallaxe.store.commands import Options, build_project
from parallaxe.store.dataset_files import read_manifest
from parallaxe.store.project import Project, find_project
from parallaxe.store.release.candidate import exported
from parallaxe.store.release.git import Repository
from parallaxe.store.release.history import Released, release_named, released_versions

_PROGRAM = "from parallaxe.cli import main; main()"


class Checked(NamedTuple):
    """A release built again.

    Attributes:
        version: of the release.
        told: the logical digest that it names.
        built: the one that its sources give now.
        files: how many files the dataset has.
        other: the files that are not the same byte for byte, or are on one side alone.
        own_program: whether the program of the release itself built it.
    """

    version: Version
    told: str
    built: str
    files: int
    other: tuple[str, ...]
    own_program: bool

    @property
    def is_same(self) -> bool:
        """True where it holds the same rows."""
        return self.told == self.built


def check_releases(start: Path, names: Sequence[str] = ()) -> Iterator[Checked]:
    """Build releases again, newest first: those named by version or tag, or all.

    Raises:
        UsageError: if there is no project, no repository, or no such release.
        ProjectError: if the sources of a release do not build.
        SurroundingsError: if git or the disk fails.
    """
    project = find_project(start)
    repository = Repository.of(project.root)
    releases = [release_named(repository, name) for name in names]
    if not names and repository.commit_of("HEAD") is not None:
        releases = released_versions(repository, "HEAD")
    if not releases:
        raise UsageError("--check", "nothing is released yet", "`parallaxe release` first, or fetch the tags")
    yield from (_checked(repository, release) for release in releases)


def _checked(repository: Repository, release: Released) -> Checked:
    with surroundings("temporary folder"):
        scratch = TemporaryDirectory(prefix="parallaxe-")
    with scratch as made:
        project = exported(repository, release.revision, Path(made) / "tree")
        held, built = project.corpus, Path(made) / "corpus"
        told = read_manifest(held).digest
        program = project.root / "src"
        own_program = (program / "parallaxe" / "cli").is_dir()
        if own_program:
            _build_with(program, project, built, release)
        else:
            build_project(project.root, built, Options())
        digests = [_digests(folder) for folder in (held, built)]
        other = [name for name in sorted({*digests[0], *digests[1]}) if digests[0].get(name) != digests[1].get(name)]
        return Checked(release.version, told, read_manifest(built).digest, len(digests[0]), tuple(other), own_program)


def _build_with(program: Path, project: Project, out: Path, release: Released) -> None:
    """Build by the program of a release, in a process of its own."""
    command = [sys.executable, "-c", _PROGRAM, "build", "--project", str(project.root), "--out", str(out)]
    environment = {**os.environ, "PYTHONPATH": str(program)}
    with surroundings(sys.executable):
        done = subprocess.run(command, capture_output=True, env=environment, check=False)  # noqa: S603 -- our own
    if done.returncode:
        lines = done.stderr.decode("utf-8", "replace").strip().splitlines() or ["it failed"]
        raise ProjectError(release.revision, f"its sources do not build ({lines[-1]})", "see what changed since")


def _digests(folder: Path) -> dict[str, str]:
    """The hash of each file of a dataset, by its path in it."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): file_digest(path) for path in files}
