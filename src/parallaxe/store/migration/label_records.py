"""Migrations of labels that a project has been through.

Each stands as it was given, numbered, in `annotations/migrations/`; beside it, as lines, what it replaced claim by
claim, where names alone do not tell.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from parallaxe.compare.migration_labels import Edit
from parallaxe.core.errors import ProjectError, UsageError
from parallaxe.store.atomic import surroundings
from parallaxe.store.jsonl import read_rows
from parallaxe.store.project import Project

_NUMBERED = re.compile(r"\d{4}-[a-z0-9_-]+")


class Record(NamedTuple):
    """A migration that was applied: its file, and the lines of what it replaced."""

    path: Path

    @property
    def name(self) -> str:
        """Its number and name."""
        return self.path.stem

    @property
    def text(self) -> str:
        """The migration, as it was given."""
        return read_migration(self.path)

    @property
    def edits_file(self) -> Path:
        """What it replaced, a line each; no file where it only renamed."""
        return self.path.with_suffix(".jsonl")

    def edits(self) -> tuple[Edit, ...]:
        """What it replaced.

        Raises:
            ProjectError: if a line is broken.
        """
        if not self.edits_file.is_file():
            return ()
        try:
            return tuple(Edit(**row) for _, row in read_rows(self.edits_file))
        except TypeError as error:
            raise ProjectError(str(self.edits_file), f"no lines of a migration ({error})", "restore it") from error


def read_migration(path: Path) -> str:
    """The text of the file of a migration.

    Raises:
        UsageError: if there is none.
        ProjectError: if it is no UTF-8.
    """
    if not path.is_file():
        raise UsageError(str(path), "no such file", "name a TOML file that renames, merges or splits labels")
    try:
        with surroundings(path):
            return path.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise ProjectError(str(path), f"byte {error.start} is no UTF-8", "save it as UTF-8") from error


def records(project: Project) -> list[Record]:
    """The migrations that were applied, the oldest first."""
    folder = project.root / "annotations" / "migrations"
    return [Record(path) for path in sorted(folder.glob("*.toml")) if _NUMBERED.fullmatch(path.stem)]


def new_record(project: Project, known: Sequence[Record], path: Path) -> Record:
    """Where a migration is recorded: under the next number, and the name of its file."""
    number = 1 + max((int(record.name[:4]) for record in known), default=0)
    stem = re.sub(r"^\d{4}-|[^a-z0-9_-]+", "-", path.stem.lower()).strip("-") or "labels"
    return Record(project.root / "annotations" / "migrations" / f"{number:04}-{stem}.toml")


def last_applied(known: Sequence[Record], text: str, path: Path) -> Record:
    """The record of a migration that is to be taken back: only the last one can be.

    Raises:
        UsageError: if it was never applied, or others came after it.
    """
    if not known or text not in {record.text for record in known}:
        raise UsageError(str(path), "this migration was not applied", "name one of annotations/migrations/")
    if known[-1].text != text:
        raise UsageError(str(path), f"`{known[-1].name}` came after it", f"reverse {known[-1].path} first")
    return known[-1]
