"""What a release will hold, made in a folder apart from the files of a commit, as any clone would make it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import NamedTuple, TypeAlias

from parallaxe.compare.versioning import Bump, Implied, Version, parse_version
from parallaxe.core.errors import ProjectError, UsageError
from parallaxe.store.atomic import surroundings, write_text
from parallaxe.store.building.build import Progress
from parallaxe.store.building.parquet import file_digest
from parallaxe.store.commands import Options, build_project
from parallaxe.store.corpus import project_card
from parallaxe.store.dataset_files import Manifest, read_manifest
from parallaxe.store.project import Project
from parallaxe.store.release.changelog import release_section, with_release
from parallaxe.store.release.files import write_version
from parallaxe.store.release.git import Repository
from parallaxe.store.release.history import CHANGELOG, CORPUS, Released, last_release, tag_name
from parallaxe.store.release.parts import compare_datasets
from parallaxe.store.release.words import first_lines, later_lines, message, reason_lines
from parallaxe.store.render import render_project
from parallaxe.store.text_files import read_text
from parallaxe.store.validation import validate_path
from parallaxe.store.versions.diff import Diff, diff_versions

Describe: TypeAlias = Callable[[Diff], Iterable[str]]
"""A diff as the lines of a changelog."""


@dataclass(frozen=True)
class ReleaseOptions:
    """What was asked for: a version (null: the least that the rows allow), the day, whether to write and to tag."""

    version: str | None = None
    day: date = field(default_factory=date.today)
    dry_run: bool = False
    tag: bool = True


class Place(NamedTuple):
    """Where a release is made: of which commit of which repository, and in which folder."""

    repository: Repository
    head: str
    scratch: Path

    @property
    def tree(self) -> Path:
        """Holds what the repository holds, as far as it is the project."""
        return self.scratch / "tree"

    @property
    def project(self) -> Project:
        """The project that is made."""
        return Project(self.tree / self.repository.inside)


class Candidate(NamedTuple):
    """A release that is made and not yet committed, and the paths that it writes.

    `before` and `implied` are null for the first one; `section` is that of the changelog.
    """

    version: Version
    before: Version | None
    implied: Implied | None
    digest: str
    section: str
    message: str
    paths: tuple[str, ...]


def prepare(place: Place, options: ReleaseOptions, describe: Describe, progress: Progress) -> Candidate:
    """Make everything that a release of a commit will hold.

    Raises:
        UsageError: if there is nothing to release, or the version asked for is none, too small, or taken.
        ProjectError: if a source is broken.
        GateError: if a rule of the gate is broken.
        SurroundingsError: if the release before is not in this clone.
    """
    before = last_release(place.repository, place.head)
    project = exported(place.repository, place.head, place.tree)
    implied = _implied(place, before, project, progress)
    version = _version(_card_version(project), before, implied, options.version)
    if options.tag and place.repository.commit_of(f"refs/tags/{tag_name(version)}") is not None:
        raise UsageError(tag_name(version), "a tag of that name is there", "name a greater version")
    pages = _made(project, version, options.day, progress)
    manifest = read_manifest(project.corpus)
    lines = _data_lines(place, before, implied, manifest, describe)
    changelog = with_release(_text(project.root / CHANGELOG), version, options.day, lines)
    write_text(project.root / CHANGELOG, changelog)
    was = before.version if before else None
    told = message(version, manifest.digest, implied, was)
    paths = tuple(dict.fromkeys((CORPUS, CHANGELOG, *pages)))
    return Candidate(version, was, implied, manifest.digest, release_section(changelog, version), told, paths)


def _made(project: Project, version: Version, day: date, progress: Progress) -> list[str]:
    """Write the version, build and render, and ask the gate; the pages that this writes."""
    pages = [*write_version(project, version, day), *_rendered(project)]
    build_project(project.root, None, Options(), progress)
    pages += _rendered(project)
    validate_path(project.root)[1].raise_for_errors("the release")
    return pages


def _rendered(project: Project) -> list[str]:
    return [path.as_posix() for path in render_project(project, write=True)]


def exported(repository: Repository, revision: str, tree: Path) -> Project:
    """The project of a revision in a new folder, restricted articles with it where the work tree has them.

    Args:
        repository: of the project.
        revision: a commit or tag.
        tree: a folder that is made, and holds the project where the repository has it.
    """
    project = Project(tree / repository.inside)
    with surroundings(project.root):
        project.root.mkdir(parents=True)
    repository.export(revision, project.root)
    here = Project(repository.top / repository.inside)
    for row in project.catalogue:
        source, target = here.seeds / row.file, project.seeds / row.file
        if not row.is_open and not target.exists() and source.is_file() and file_digest(source) == row.sha256:
            with surroundings(target):
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(source, target)
    return Project(project.root)


def _implied(place: Place, before: Released | None, project: Project, progress: Progress) -> Implied | None:
    """What the rows ask for since the release before; null where there was none."""
    if before is None:
        return None
    build_project(project.root, None, Options(), progress)
    old = place.scratch / "before"
    old.mkdir()
    place.repository.export(before.revision, old, [CORPUS])
    return compare_datasets(old / CORPUS, project.corpus, project.schemas)


def _card_version(project: Project) -> Version:
    told = str(project_card(project).front["version"])
    version = parse_version(told)
    if version is None:
        raise ProjectError(str(project.card), f"`{told}` is no version", "write MAJOR.MINOR.PATCH, such as 0.1.0")
    return version


def _version(card: Version, before: Released | None, implied: Implied | None, asked: str | None) -> Version:
    """The version to release: the one asked for, else that of the card where it is not too small, else the least.

    Raises:
        UsageError: if the one asked for is none or too small, or if nothing changed and none was asked for.
    """
    wanted = parse_version(asked.removeprefix("v")) if asked is not None else None
    if asked is not None and wanted is None:
        raise UsageError(asked, "no version", "write MAJOR.MINOR.PATCH, such as 0.2.0")
    if before is None or implied is None:
        return wanted or card
    least = before.version.raised(implied.bump)
    if implied.bump is Bump.NONE:
        version = wanted or card
        if version <= before.version:
            what = f"nothing to release: the data is that of {before.version}, byte for byte"
            raise UsageError(str(version), what, "change it first, or name a greater version")
        return version
    if wanted is not None and wanted < least:
        what = f"too small a version after {before.version}: {'; '.join(reason_lines(implied.reasons))}"
        raise UsageError(str(wanted), what, f"release {least} ({implied.bump.word}) or a greater one")
    return wanted or max(least, card)


def _data_lines(
    place: Place, before: Released | None, implied: Implied | None, manifest: Manifest, describe: Describe
) -> list[str]:
    if before is None or implied is None:
        return list(first_lines(manifest))
    root = place.repository.top / place.repository.inside
    diff = diff_versions(root, before.revision, place.head)._replace(old=str(before.version), new=manifest.version)
    return list(later_lines(before.version, implied, manifest, diff, list(describe(diff))))


def _text(path: Path) -> str:
    return read_text(path) if path.is_file() else ""
