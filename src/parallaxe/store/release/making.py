"""A release: from what is committed, a version that its rows ask for, and one commit and tag that hold it.

All is made in a folder apart (`release_candidate`); then git moves the branch and names the tag in one step, and only
after it is the work tree brought to the new commit (`release_finish`). So a release that is killed has either not
happened, or is finished by the next one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from parallaxe.compare.versioning import Implied, Version, parse_version
from parallaxe.core.errors import CombinedError, GateError, ParallaxeError, ProjectError, UsageError
from parallaxe.store.atomic import surroundings
from parallaxe.store.building.build import Progress, untold
from parallaxe.store.project import Project, find_project
from parallaxe.store.release.candidate import Candidate, Describe, Place, ReleaseOptions, prepare
from parallaxe.store.release.changelog import release_section
from parallaxe.store.release.files import CITATION
from parallaxe.store.release.finish import Note, drop_note, finish, unfinished, write_note
from parallaxe.store.release.git import GitError, Repository
from parallaxe.store.release.history import CHANGELOG, CORPUS, tag_name
from parallaxe.store.sync.lock import only_one

_SOURCES = ("seeds", "annotations", "schemas", "DATASET_CARD.md", CHANGELOG, CITATION)
"""What must be committed: of these a release is made, or into these it writes."""


class Release(NamedTuple):
    """A release, or what one would be.

    `before` and `implied` are null for the first one, and where it had been interrupted and was finished now
    (`resumed`); `commit` is null where nothing was written. `left` are files that somebody has edited since.
    """

    version: Version
    before: Version | None
    implied: Implied | None
    digest: str
    section: str
    commit: str | None = None
    tag: str | None = None
    resumed: bool = False
    left: Sequence[str] = ()


def release_project(start: Path, options: ReleaseOptions, describe: Describe, progress: Progress = untold) -> Release:
    """Release the data of the project that `start` belongs to, or finish the release that was interrupted there.

    Args:
        start: the project, or a folder in it.
        options: what was asked for.
        describe: how the changelog tells a diff.
        progress: told of the articles that are built.

    Raises:
        UsageError: if there is no project, repository or commit, nothing to release, or a version is too small.
        ProjectError: if something is not committed, or a source is broken.
        GateError: if a rule of the gate is broken.
        SurroundingsError: if git or the disk fails, somebody else moved the branch, or another release is at work.
    """
    project = find_project(start)
    repository = Repository.of(project.root)
    with only_one(repository.store / "parallaxe-release.lock", of="release"):
        note = unfinished(repository)
        if note is not None:
            return _resumed(repository, project, note)
        head = _committed(repository)
        if not options.dry_run:
            repository.check_identity()
        with surroundings("temporary folder"):
            scratch = TemporaryDirectory(prefix="parallaxe-")
        with scratch as made:
            place = Place(repository, head, Path(made))
            with _places_told_of(place.project):
                candidate = prepare(place, options, describe, progress)
            release = Release(*candidate[:5])
            return release if options.dry_run else _publish(place, project, candidate, release, tag=options.tag)


def _resumed(repository: Repository, project: Project, note: Note) -> Release:
    left = finish(repository, project, note)
    version = parse_version(note.version)
    assert version is not None, "we wrote it"
    changelog = repository.git("show", f"{note.commit}:{repository.path(CHANGELOG)}")
    section = release_section(changelog, version)
    return Release(version, None, None, note.digest, section, note.commit, note.tag, resumed=True, left=left)


def _committed(repository: Repository) -> str:
    """The commit that is released.

    Raises:
        UsageError: if there is none.
        ProjectError: if what matters is not as it is committed.
    """
    head = repository.commit_of("HEAD")
    if head is None:
        raise UsageError("HEAD", "nothing is committed yet", "commit the project first")
    _refuse_changed(repository, _SOURCES)
    return head


def _refuse_changed(repository: Repository, paths: Iterable[str]) -> None:
    if changed := repository.changed(paths):
        more = f" and {len(changed) - 3} more" if len(changed) > 3 else ""
        raise ProjectError(
            ", ".join(changed[:3]) + more, "not committed", "commit it, or put it aside (`git stash -u`)"
        )


def _publish(place: Place, project: Project, candidate: Candidate, release: Release, *, tag: bool) -> Release:
    """Commit and tag in one step, then bring the work tree to it."""
    repository = place.repository
    _refuse_changed(repository, [path for path in candidate.paths if path != CORPUS])
    commit = repository.commit(place.head, place.tree, candidate.paths, candidate.message)
    name = tag_name(release.version) if tag else None
    made = repository.tag_object(name, commit, candidate.message) if name is not None else None
    note = Note(place.head, commit, str(release.version), release.digest, name, made)
    write_note(repository, note)
    try:
        repository.move(note.commit, note.parent, (name, made) if name and made else None, f"release {release.version}")
    except GitError:
        drop_note(repository)
        raise
    return release._replace(commit=commit, tag=name, left=finish(repository, project, note))


@contextmanager
def _places_told_of(project: Project) -> Iterator[None]:
    """Errors name files as the project has them, not as they lie in a folder apart."""
    apart = f"{project.root}/"
    try:
        yield
    except ParallaxeError as error:
        for single in error.errors if isinstance(error, CombinedError) else (error,):
            single.where = single.where.replace(apart, "")
            single.what = single.what.replace(apart, "")
        if isinstance(error, GateError):
            error.issues = tuple(issue.replace(apart, "") for issue in error.issues)
        raise
