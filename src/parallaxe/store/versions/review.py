"""A pull request as its reviewer wants it: what the work tree changes since it left the branch that it goes to.

The project of the base is brought whole from git to a temporary folder, with the restricted raw files that lie in the
work tree and are the same, so that both sides are asked the same questions. Figures of agreement are those that each
side keeps; where one is older than its layers, both are computed anew from the same texts: a figure that was made with
other texts could not be compared.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from parallaxe.compare.agreement import Agreement
from parallaxe.compare.agreement_change import FigureChange, figure_changes
from parallaxe.compare.agreement_report import caution, headline_figures
from parallaxe.compare.bootstrap import Figure
from parallaxe.compare.changes import Changes
from parallaxe.compare.implied import least_bump
from parallaxe.compare.versioning import Bump, Implied, Reason, parse_version
from parallaxe.core.errors import ParallaxeError, UsageError
from parallaxe.store.agreement import computed_anew, is_current, read_agreement
from parallaxe.store.atomic import surroundings
from parallaxe.store.building.parquet import file_digest
from parallaxe.store.corpus import project_card
from parallaxe.store.project import Project, find_project
from parallaxe.store.release.parts import compare_datasets
from parallaxe.store.validation import validate_path
from parallaxe.store.versions.dataset_version import MANIFEST
from parallaxe.store.versions.diff import Diff, diff_between
from parallaxe.store.versions.project_version import ProjectVersion
from parallaxe.store.versions.revisions import (
    CATALOGUE,
    Files,
    commit_of,
    default_branch,
    listed_files,
    merge_base,
    version_files,
)
from parallaxe.validate.finding_changes import FindingChanges, finding_changes
from parallaxe.validate.findings import Finding, findings

_SHORT = 7


class AgreementReview(NamedTuple):
    """The figures before and after; whose they are; and whether they had to be computed anew."""

    figures: tuple[FigureChange, ...]
    sides: tuple[str, ...]
    caution: str | None
    is_recomputed: bool


class VersionReview(NamedTuple):
    """How far the version must be raised, and why; the version before, as it is, and the least that it must be.

    `is_built` is false where the dataset is older than its layers or not there: the bump is then the least that
    follows from the claims.
    """

    bump: Bump
    reasons: tuple[Reason, ...]
    old: str | None
    new: str | None
    least: str | None
    is_built: bool


class Review(NamedTuple):
    """What a pull request does; `notes` say what could not be told, and why."""

    branch: str
    commit: str
    diff: Diff
    findings: FindingChanges
    agreement: AgreementReview | None
    version: VersionReview
    notes: tuple[str, ...]


def review_project(start: Path, branch: str | None = None) -> Review:
    """What the work tree changes since it left a branch (null: the default branch), or any other revision.

    Raises:
        UsageError: if there is no project, no such branch, or no commit that both have.
        ProjectError: if a catalogue or a layer is broken.
        SurroundingsError: if git or the disk fails.
    """
    project = find_project(start)
    name = branch or default_branch(project.root)
    if name is None:
        raise UsageError("review", "no branch origin/main or main here", "name one: `parallaxe review BRANCH`")
    commit = _base(project.root, name)
    notes: list[str] = []
    with _base_files(project, commit) as files, version_files(None, project) as work_tree:
        files.bring(files.blobs)
        here = f"{name} ({commit[:_SHORT]})"
        before, after = ProjectVersion(files, [project]), ProjectVersion(work_tree)
        _share_restricted(before, project)
        diff = diff_between(before, after, project.schemas)._replace(old=here)
        is_new = CATALOGUE not in files.blobs
        return Review(
            name,
            commit,
            diff,
            finding_changes(() if is_new else _findings(files.project, f"rules at {here}", notes), _asked(project)),
            None if is_new else _agreement(files.project, project, notes),
            _version(files.project, project, diff.changes, notes),
            tuple(notes),
        )


def _base(root: Path, name: str) -> str:
    """The commit at which the work tree left a branch."""
    if commit_of(root, name) is None:
        raise UsageError(name, "no such branch or commit", "fetch it (in CI: `fetch-depth: 0`), or name another")
    commit = merge_base(root, name)
    if commit is None:
        raise UsageError(name, "no commit in common with HEAD", "fetch the whole history (in CI: `fetch-depth: 0`)")
    return commit


@contextmanager
def _base_files(project: Project, commit: str) -> Iterator[Files]:
    """The files of a commit; of one without a project, those of one that has nothing yet."""
    if CATALOGUE in listed_files(project.root, commit):
        with version_files(commit, project) as files:
            yield files
        return
    with surroundings("temporary folder"):
        folder = TemporaryDirectory(prefix="parallaxe-")
    with folder as made:
        empty = Project(Path(made))
        empty.seeds.mkdir()
        empty.catalogue_file.touch()
        yield Files(commit, empty, {})


def _share_restricted(base: ProjectVersion, here: Project) -> None:
    """Copy the restricted raw files of the work tree that the base names too."""
    for row in base.rows.values():
        source, target = here.seeds / row.file, base.files.project.seeds / row.file
        if not row.is_open and not target.exists() and source.is_file():
            with surroundings(target):
                if file_digest(source) == row.sha256:
                    target.parent.mkdir(parents=True, exist_ok=True)
                    shutil.copyfile(source, target)


def _findings(project: Project, what: str, notes: list[str]) -> tuple[Finding, ...]:
    try:
        return _asked(project)
    except ParallaxeError as error:
        notes.append(f"{what}: {_within(str(error), project)}. All findings are told as new.")
        return ()


def _asked(project: Project) -> tuple[Finding, ...]:
    """What the gate finds in a project, with files as they are called inside it."""
    _, report = validate_path(project.root)
    return tuple(_inside(finding, project) for finding in findings(report))


def _inside(finding: Finding, project: Project) -> Finding:
    places = tuple(
        place._replace(
            file=_relative(place.file, project.root),
            value=_within(place.value, project) if place.value else place.value,
        )
        for place in finding.places
    )
    what, remedy = _within(finding.what, project), _within(finding.remedy, project)
    return replace(finding, what=what, remedy=remedy, places=places)


def _relative(file: str | None, root: Path) -> str | None:
    path = Path(file).resolve() if file is not None else None
    return path.relative_to(root).as_posix() if path is not None and path.is_relative_to(root) else file


def _within(words: str, project: Project) -> str:
    return words.replace(f"{project.root}/", "")


def _agreement(before: Project, after: Project, notes: list[str]) -> AgreementReview | None:
    try:
        sides = (read_agreement(before), read_agreement(after))
        stale = [
            kept is not None and not is_current(own, kept) for own, kept in zip((before, after), sides, strict=True)
        ]
        if any(stale):
            sides = (_anew(before, sides[0]), _anew(after, sides[1]))
    except ParallaxeError as error:
        notes.append(f"agreement: {_within(_within(str(error), before), after)}")
        return None
    told = next((side for side in reversed(sides) if side is not None), None)
    if told is None:
        return None
    figures = figure_changes(*map(_headlines, sides))
    return AgreementReview(figures, (*told.a.layers, *told.b.layers), caution(told), any(stale))


def _anew(project: Project, kept: Agreement | None) -> Agreement | None:
    return None if kept is None else computed_anew(project, kept)


def _headlines(agreement: Agreement | None) -> Mapping[str, Figure]:
    return headline_figures(agreement) if agreement is not None else {}


def _version(before: Project, after: Project, changes: Changes, notes: list[str]) -> VersionReview:
    old, new = _card_version(before), _card_version(after)
    implied = _implied(before, after, notes)
    least = least_bump(changes)
    bump = max(least, implied.bump if implied is not None else Bump.NONE)
    was = parse_version(old) if old is not None else None
    raised = str(was.raised(bump)) if was is not None else None
    is_built = implied is not None and implied.bump >= least
    return VersionReview(bump, implied.reasons if implied is not None else (), old, new, raised, is_built)


def _card_version(project: Project) -> str | None:
    try:
        return str(project_card(project).front["version"])
    except ParallaxeError:
        return None


def _implied(before: Project, after: Project, notes: list[str]) -> Implied | None:
    """What the datasets of both sides imply; null where one has none that can be read."""
    folders = (before.corpus, after.corpus)
    if not all((folder / MANIFEST).is_file() for folder in folders):
        return None
    try:
        return compare_datasets(*folders, after.schemas)
    except ParallaxeError as error:
        notes.append(f"dataset: {_within(_within(str(error), before), after)}")
        return None
