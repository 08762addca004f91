"""Labels of a project under other names: in `labels.toml`, in all that holds claims, and in the knowledge base.

A migration that was applied stands in `annotations/migrations/` under its number, beside what it replaced claim by
claim where that cannot be told from names: so merges and splits go back as well as renames. Nothing is written unless
all of it holds: every name exists, every claim has a successor, and the gate finds nothing in a layer that it had not
found before.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from parallaxe.core.errors import ParallaxeError, ProjectError
from parallaxe.core.label_migration import KNOWLEDGE_BASE, LabelMigration, parse_label_migration
from parallaxe.core.labels import LABELS_FILE, STRUCTURE
from parallaxe.core.labels_file import migrated_labels, restored_labels
from parallaxe.store.annotations import read_knowledge_base
from parallaxe.store.atomic import surroundings
from parallaxe.store.jsonl import rows_text
from parallaxe.store.migration.label_checks import faults, is_touched, new_complaints, stop_if_any, unsettled
from parallaxe.store.migration.label_records import Record, last_applied, new_record, read_migration, records
from parallaxe.store.migration.label_reports import LabelReport, Mentioned, Renamed
from parallaxe.store.migration.label_sites import Sites
from parallaxe.store.migration.label_turns import Back, There
from parallaxe.store.migration.texts import journal
from parallaxe.store.project import Project
from parallaxe.store.schemas import load_schemas
from parallaxe.store.sync.lock import only_one
from parallaxe.store.sync.places import Places
from parallaxe.store.together import Together, finish, together


def migrate_labels(project: Project, path: Path, *, reverse: bool = False, dry_run: bool = False) -> LabelReport:
    """Apply the migration of labels in a file to a project, or take it back; a dry run only checks and tells.

    Raises:
        UsageError: if there is no such file, or it is to be taken back and is not the last one that was applied.
        DataError: for every name that is not there, every claim that no rule settles, every rule of the gate that a
            layer would break; nothing is written then.
        SurroundingsError: if the disk fails, or a sync is at work.
    """
    with only_one(Places(project).lock):
        completed = 0 if dry_run else finish(project.root, journal(project))
        run = _Run(Project(project.root), path, completed, dry_run=dry_run)
        return run.back() if reverse else run.there()


@dataclass
class _Run:
    """A migration under way."""

    project: Project
    path: Path
    completed: int
    dry_run: bool

    def there(self) -> LabelReport:
        """Apply it, unless it was."""
        text = read_migration(self.path)
        known = records(self.project)
        applied = next((record for record in known if record.text == text), None)
        if applied is not None:
            return LabelReport(applied.name, "there already", completed=self.completed)
        migration = _parsed(text, self.path)
        turn = There(migration)
        sites = Sites(self.project, turn)
        labels = migrated_labels(self._labels_text, migration, is_synced=sites.is_synced, where=str(self._labels_file))
        self._check_names(migration)
        self._check_conflicts(sites, migration)
        record = new_record(self.project, known, self.path)
        with together(self.project.root, journal(self.project)) as made:
            layers, complaints = self._write(made, sites, labels)
            stop_if_any(unsettled(turn.unsettled, self.project))
            stop_if_any(complaints)
            made.write(record.path, text)
            if turn.edits:
                made.write(record.edits_file, rows_text(edit._asdict() for edit in turn.edits))
            report = self._report(record, "applied", turn, made, layers)
            if self.dry_run:
                made.cancel()
        return report

    def back(self) -> LabelReport:
        """Take it back, if it is the last one."""
        record = last_applied(records(self.project), read_migration(self.path), self.path)
        migration = _parsed(record.text, record.path)
        turn = Back(migration, record.edits())
        sites = Sites(self.project, turn)
        labels = restored_labels(self._labels_text, migration, str(self._labels_file))
        with together(self.project.root, journal(self.project)) as made:
            layers, complaints = self._write(made, sites, labels)
            stop_if_any(complaints)
            made.write(record.path, None)
            if record.edits_file.is_file():
                made.write(record.edits_file, None)
            report = self._report(record, "reversed", turn, made, layers)
            if self.dry_run:
                made.cancel()
        return report

    @property
    def _labels_file(self) -> Path:
        return self.project.root / LABELS_FILE

    @property
    def _labels_text(self) -> str:
        with surroundings(self._labels_file):
            return self._labels_file.read_bytes().decode("utf-8")

    def _check_names(self, migration: LabelMigration) -> None:
        """Sets that claims or the project alone speak of, and ids of the knowledge base that are there and free.

        Raises:
            CombinedError: with a complaint for each that is not so.
        """
        own = set(self.project.schemas.labels) - set(STRUCTURE)
        known = set(read_knowledge_base(self.project.knowledge_base))
        stop_if_any(
            ProjectError(str(self.path), what, remedy)
            for change in migration.changes
            for is_wrong, what, remedy in faults(change, own, known)
            if is_wrong
        )

    def _check_conflicts(self, sites: Sites, migration: LabelMigration) -> None:
        """Whoever settles a conflict chooses between claims as they were: that comes first.

        Raises:
            CombinedError: with a complaint for each conflict about a label that is merged or split.
        """
        others = LabelMigration(tuple(change for change in migration.changes if not change.is_rename))
        stop_if_any(
            ProjectError(f"{path}:{number}", "a conflict about a label that changes waits", "settle it first")
            for path, number, line in sites.waiting()
            if any(is_touched(line[side], others) for side in ("base", "ours", "theirs") if line.get(side))
        )

    def _write(self, made: Together, sites: Sites, labels: str) -> tuple[int, list[ParallaxeError]]:
        """Every file that changes; how many of them are layers, and what the gate says of those."""
        old, new = self.project.schemas, load_schemas(self._labels_file.parent, labels)
        known = frozenset(read_knowledge_base(self.project.knowledge_base))
        renamed = {name: change.into[0] for name, change in sites.migration.of(KNOWLEDGE_BASE).items()}
        known_now = frozenset(renamed.get(name, name) for name in known)
        complaints: list[ParallaxeError] = []
        layers = 0
        made.write(self._labels_file, labels)
        for changed in sites.layers():
            complaints += new_complaints(changed, (old, known), (new, known_now))
            made.write(*changed)
            layers += 1
        for changed in chain(sites.knowledge(), sites.decisions(), sites.synced()):
            made.write(*changed)
        return layers, complaints

    def _report(self, record: Record, what: str, turn: There | Back, made: Together, layers: int) -> LabelReport:
        changes = tuple(Renamed(*names, count) for names, count in sorted(turn.counts.items()))
        gone = [change.old for change in turn.migration.changes if change.is_rename or change.retires]
        return LabelReport(
            record.name,
            what,
            changes,
            tuple(change.old for change in turn.migration.changes if change.retires),
            layers,
            made.count,
            turn.others if isinstance(turn, Back) else 0,
            tuple(_mentions(self.project, gone)),
            Sites(self.project, turn).is_synced,
            self.completed,
        )


def _parsed(text: str, path: Path) -> LabelMigration:
    try:
        return parse_label_migration(tomllib.loads(text), str(path))
    except tomllib.TOMLDecodeError as error:
        raise ProjectError(str(path), f"not valid TOML: {error}", "mend it") from error


def _mentions(project: Project, names: Iterable[str]) -> Iterator[Mentioned]:
    """Files that people write in which a name still stands."""
    alternatives = "|".join(map(re.escape, names))
    pattern = re.compile(rf"(?<![\w-])(?:{alternatives})(?![\w-])")
    annotations, schemas = project.root / "annotations", project.root / "schemas"
    by_hand = (project.guidelines, annotations / "evaluation" / "floors.toml", project.card, project.root / "README.md")
    for path in (*by_hand, *sorted((schemas / "tables").glob("*.yaml"))) if alternatives else ():
        text = path.read_text("utf-8", errors="replace") if path.is_file() else ""
        lines = tuple(number for number, line in enumerate(text.split("\n"), 1) if pattern.search(line))
        if lines:
            yield Mentioned(path.relative_to(project.root).as_posix(), lines)
