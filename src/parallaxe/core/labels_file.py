"""`labels.toml` after a migration: names change, comments, order and form stay as a person wrote them.

A renamed label keeps its position, and what others know it by: `proposed_as` for the rules of the machine, `known_as`
for servers. One whose claims went elsewhere keeps its position too, for ids never move, and says what replaced it.
"""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from typing import Any, TypeAlias

import tomlkit
from tomlkit.exceptions import TOMLKitError

from parallaxe.core.entries import listed
from parallaxe.core.errors import ProjectError
from parallaxe.core.label_migration import KNOWLEDGE_BASE, Change, LabelMigration
from parallaxe.core.labels import LABELS_FILE

PROPOSED = ("entity_labels", "quotation_types", "polarities", "targets")
"""Sets whose labels the rules of the machine give by name."""

_Entry: TypeAlias = MutableMapping[str, Any]


def migrated_labels(text: str, migration: LabelMigration, *, is_synced: bool, where: str = LABELS_FILE) -> str:
    """The file after a migration; `is_synced` where a server may hold names of the project.

    Raises:
        ProjectError: if a set or label that the migration names is not there or not in use, or a new name is taken.
    """
    document = _parsed(text, where)
    entries = [(change, _entry(document, change, where)) for change in _of_labels(migration)]
    for change, entry in entries:
        if change.is_rename:
            _rename(entry, change, is_synced=is_synced)
        elif change.retires:
            entry["replaced_by"] = list(change.into)
    _follow(document, migration)
    return tomlkit.dumps(document)


def restored_labels(text: str, migration: LabelMigration, where: str = LABELS_FILE) -> str:
    """The file with a migration taken back.

    Raises:
        ProjectError: if a label is not as the migration left it.
    """
    document = _parsed(text, where)
    entries = [(change, _left(document, change, where)) for change in _of_labels(migration)]
    for change, entry in entries:
        if change.is_rename:
            back = Change(change.set_name, change.into[0], (change.old,))
            _rename(entry, back, is_synced="known_as" in entry)
        elif change.retires:
            entry.pop("replaced_by", None)
    _follow(document, migration.reversed)
    return tomlkit.dumps(document)


def _follow(document: _Entry, migration: LabelMigration) -> None:
    """Labels out of use name what replaced them as that is called now."""
    for set_name in dict.fromkeys(change.set_name for change in _of_labels(migration)):
        names = {old: change.into[0] for old, change in migration.of(set_name).items() if change.is_rename}
        for entry in document[set_name].get("labels", ()):
            successors = [str(name) for name in entry.get("replaced_by", ())]
            if not names.keys().isdisjoint(successors):
                entry["replaced_by"] = [names.get(name, name) for name in successors]


def _of_labels(migration: LabelMigration) -> Iterator[Change]:
    return (change for change in migration.changes if change.set_name != KNOWLEDGE_BASE)


def _parsed(text: str, where: str) -> _Entry:
    try:
        return tomlkit.parse(text)
    except TOMLKitError as error:
        raise ProjectError(where, f"not valid TOML: {error}", "mend it") from error


def _labels(document: _Entry, set_name: str, where: str) -> dict[str, _Entry]:
    """The own labels of a set by name."""
    if set_name not in document:
        known = (*document, KNOWLEDGE_BASE)
        raise ProjectError(where, f"no set `{set_name}`", f"use one of {listed(known)}")
    return {str(entry["name"]): entry for entry in document[set_name].get("labels", ())}


def _entry(document: _Entry, change: Change, where: str) -> _Entry:
    """The entry that changes, once all that the change names is there."""
    labels = _labels(document, change.set_name, where)
    in_use = [name for name, entry in labels.items() if "replaced_by" not in entry]
    for name in (change.old, *(() if change.is_rename else change.into)):
        if name not in in_use:
            what = "is out of use" if name in labels else "is not there"
            remedy = f"use one of {listed(in_use)}, or add it to {LABELS_FILE} with its definition first"
            raise ProjectError(where, f"{change.set_name}: label `{name}` {what}", remedy)
    return labels[change.old]


def _left(document: _Entry, change: Change, where: str) -> _Entry:
    """The entry as a migration left it."""
    labels = _labels(document, change.set_name, where)
    name = change.into[0] if change.is_rename else change.old
    if name not in labels:
        raise ProjectError(where, f"{change.set_name} has no label `{name}` any more", "restore it from git first")
    return labels[name]


def _rename(entry: _Entry, change: Change, *, is_synced: bool) -> None:
    entry["name"] = change.into[0]
    if change.set_name in PROPOSED:
        _alias(entry, "proposed_as", change)
    if is_synced:
        _alias(entry, "known_as", change)


def _alias(entry: _Entry, key: str, change: Change) -> None:
    """The first name stays the one that others know; none is needed where that is the name again."""
    first = entry.get(key, change.old)
    if first == change.into[0]:
        entry.pop(key, None)
    else:
        entry[key] = first
