"""The end of a release, and what is left of one that was killed.

A release happens in the moment when git moves the branch; nothing in the work tree is touched before. What then is left
to do, to bring the work tree to the new commit, stands in a note in git's own folder that is written before that moment
and taken away last. Whoever finds such a note finishes what it tells, or drops it where the moment never came.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from parallaxe.core.errors import ProjectError
from parallaxe.core.records import record
from parallaxe.store.atomic import building, surroundings, write_bytes, write_text
from parallaxe.store.project import Project
from parallaxe.store.release.git import Repository
from parallaxe.store.release.history import CORPUS
from parallaxe.store.text_files import read_json

_NOTE = "parallaxe-release.json"


@dataclass(frozen=True)
class Note:
    """What a release is about to do: its commit and the one before, its version, the name and object of its tag."""

    parent: str
    commit: str
    version: str
    digest: str
    tag: str | None
    tag_object: str | None


def write_note(repository: Repository, note: Note) -> None:
    """Write down what is to be finished."""
    write_text(repository.store / _NOTE, json.dumps(asdict(note), indent=2) + "\n")


def drop_note(repository: Repository) -> None:
    """Forget it: all is done, or nothing was."""
    path = repository.store / _NOTE
    with surroundings(path):
        path.unlink(missing_ok=True)


def unfinished(repository: Repository) -> Note | None:
    """The note of a release that happened and was not finished; that of one which never happened is dropped.

    Raises:
        ProjectError: if somebody has damaged it.
    """
    path = repository.store / _NOTE
    if not path.is_file():
        return None
    remedy = f"bring the files to their commit (`git status`), delete {path}, and run this again"
    try:
        note = record(Note, read_json(path, remedy))
    except (TypeError, AttributeError) as error:
        raise ProjectError(str(path), f"no note of a release ({error})", remedy) from error
    if repository.tried("merge-base", "--is-ancestor", note.commit, "HEAD").returncode:
        drop_note(repository)
        return None
    return note


def finish(repository: Repository, project: Project, note: Note) -> list[str]:
    """Bring tag, work tree and index to the commit of a note, and drop it; the files that were left as they are.

    A file that is neither as it was before the release nor as it is in it has been edited since, and is left. Where the
    branch has gone on, only the tag is seen to.
    """
    if note.tag is not None and repository.commit_of(f"refs/tags/{note.tag}") is None:
        repository.git("update-ref", f"refs/tags/{note.tag}", note.tag_object or note.commit)
    left = _bring_work_tree(repository, project, note) if repository.commit_of("HEAD") == note.commit else []
    drop_note(repository)
    return left


def _bring_work_tree(repository: Repository, project: Project, note: Note) -> list[str]:
    told = repository.git("diff-tree", "-r", "-z", "--name-only", "--no-renames", note.parent, note.commit)
    prefix = "" if str(repository.inside) == "." else f"{repository.inside}/"
    changed = [name.removeprefix(prefix) for name in told.split("\0") if name.startswith(prefix) and name]
    pages = [name for name in changed if not name.startswith(f"{CORPUS}/")]
    with surroundings("temporary folder"):
        scratch = TemporaryDirectory(prefix="parallaxe-")
    with scratch as made:
        old, new = Path(made) / "old", Path(made) / "new"
        old.mkdir()
        new.mkdir()
        repository.export(note.parent, old, pages) if pages else None
        repository.export(note.commit, new, [*pages, CORPUS])
        if len(pages) < len(changed):
            _bring_corpus(project.corpus, new / CORPUS)
        left = [name for name in pages if not _bring(project.root / name, old / name, new / name)]
    _bring_index(repository, [*pages, CORPUS])
    return left


def _bring_corpus(target: Path, new: Path) -> None:
    """Put a dataset in the place of the one that stands there, in one step."""
    with building(target) as corpus:
        shutil.copytree(new, corpus, dirs_exist_ok=True)


def _bring_index(repository: Repository, paths: list[str]) -> None:
    repository.git("reset", "--quiet", "--", *repository.specs(paths))


def _bring(target: Path, old: Path, new: Path) -> bool:
    """Write a file as it is in a release; false where somebody has edited it meanwhile."""
    with surroundings(target):
        content = target.read_bytes() if target.is_file() else None
        wanted = new.read_bytes()
        if content == wanted:
            return True
        if content is not None and not (old.is_file() and content == old.read_bytes()):
            return False
    write_bytes(target, wanted)
    return True
