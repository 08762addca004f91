"""The two ways a migration of labels goes: there, told by its file, and back, told by what it replaced."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from parallaxe.compare.migration_labels import (
    CLAIM_FIELDS,
    Edit,
    Place,
    Unsettled,
    relabelled_claim,
    relabelled_row,
    renamed_claim,
    restored,
)
from parallaxe.core.label_migration import KNOWLEDGE_BASE, LabelMigration


class Turn(Protocol):
    """What becomes of lines; `counts` are values by set, old and new name."""

    migration: LabelMigration
    counts: Counter[tuple[str, str, str]]

    def claim(self, line: Mapping[str, Any], place: Place, id_: str = "") -> dict[str, Any]:
        """A claim of a layer or a decision."""

    def row(self, line: Mapping[str, Any]) -> dict[str, Any]:
        """A row of the knowledge base."""

    def seen(self, line: Mapping[str, Any]) -> dict[str, Any]:
        """A claim as a server has it: it follows names, and nothing that was decided about it here."""


class There:
    """A migration as its file says it."""

    def __init__(self, migration: LabelMigration) -> None:
        self.migration = migration
        self.counts: Counter[tuple[str, str, str]] = Counter()
        self.edits: list[Edit] = []
        self.unsettled: list[Unsettled] = []

    def claim(self, line: Mapping[str, Any], place: Place, id_: str = "") -> dict[str, Any]:
        """A claim under other names; what was replaced is kept in mind."""
        found = relabelled_claim(line, self.migration, place, id_)
        self.edits += found.edits
        self.unsettled += found.unsettled
        self.counts.update(_told(line, found.line))
        return found.line

    def row(self, line: Mapping[str, Any]) -> dict[str, Any]:
        """A row under other names."""
        found = relabelled_row(line, self.migration)
        self.edits += found.edits
        self.unsettled += found.unsettled
        return found.line

    def seen(self, line: Mapping[str, Any]) -> dict[str, Any]:
        """A claim of a server after the renames."""
        return renamed_claim(line, self.migration)


class Back:
    """A migration taken back: what it replaced claim by claim, then the names."""

    def __init__(self, migration: LabelMigration, edits: Iterable[Edit]) -> None:
        self.migration = migration.reversed
        self.counts: Counter[tuple[str, str, str]] = Counter()
        self.others = 0
        self._edits: dict[tuple[str, str, str], dict[str, Edit]] = defaultdict(dict)
        for edit in edits:
            self._edits[edit.layer, edit.article_id, edit.id][edit.field] = edit

    def claim(self, line: Mapping[str, Any], place: Place, id_: str = "") -> dict[str, Any]:
        """A claim as it was, as far as nobody has changed it since."""
        edits = self._edits.get((place.layer, place.article_id, id_ or str(line.get("id", ""))), {})
        named = renamed_claim(line, self.migration)
        after, others = restored(named, edits)
        self.others += others
        self.counts.update(_told(line, after))
        return after

    def row(self, line: Mapping[str, Any]) -> dict[str, Any]:
        """A row as it was; what was replaced in it is told under the id that it had."""
        named = relabelled_row(line, self.migration).line
        after, others = restored(named, self._edits.get((KNOWLEDGE_BASE, "", str(named.get("kb_id", ""))), {}))
        self.others += others
        return after

    def seen(self, line: Mapping[str, Any]) -> dict[str, Any]:
        """A claim of a server under the names that it had."""
        return renamed_claim(line, self.migration)


def _told(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    kind = str(before.get("kind", ""))
    return [
        (set_name, str(before[name]), str(after[name]))
        for (of, name), set_name in CLAIM_FIELDS.items()
        if of == kind and before.get(name) != after.get(name)
    ]
