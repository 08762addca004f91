"""Lines that name labels, under the names that a migration gives: layers, decisions, conflicts, records, proposals.

A claim is a JSON object wherever it stands, and the same keys hold the same sets. Only values are put in the place of
values, so a rename that is taken back gives the bytes that were there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple, TypeAlias

from parallaxe.core.label_migration import KNOWLEDGE_BASE, Change, Facts, LabelMigration
from parallaxe.core.layer_format import KINDS

CLAIM_FIELDS: Mapping[tuple[str, str], str] = {
    ("entity", "label"): "entity_labels",
    ("entity", "metonymic"): "entity_labels",
    ("entity", "kb_id"): KNOWLEDGE_BASE,
    ("quote", "type"): "quotation_types",
    ("stance", "level"): "stance_levels",
    ("stance", "holder"): KNOWLEDGE_BASE,
    ("stance", "target"): "targets",
    ("stance", "polarity"): "polarities",
    **{(kind, "confidence"): "confidences" for kind in KINDS},
}
"""The set that each field of a kind of claim has its name from."""

ROW_FIELDS: Mapping[str, str] = {"kb_id": KNOWLEDGE_BASE, "type": "entity_labels", "actor": "targets"}
"""The same of a row of the knowledge base."""

RELATION_FIELDS: Mapping[str, str] = {"kb_id": KNOWLEDGE_BASE, "relation": "relations"}
"""The same of a relation in such a row."""

SETS = frozenset({*CLAIM_FIELDS.values(), *ROW_FIELDS.values(), *RELATION_FIELDS.values()})
"""Sets whose names stand in claims and rows."""


class Edit(NamedTuple):
    """A value that a merge or split has replaced: in which layer (or file), article, claim and field, and both names.

    Renames are not among them: they are taken back by name.
    """

    layer: str
    article_id: str
    id: str
    field: str
    old: str
    new: str


class Unsettled(NamedTuple):
    """A claim of a split label of which no rule says what it becomes."""

    layer: str
    article_id: str
    id: str
    field: str
    old: str
    into: tuple[str, ...]


Words: TypeAlias = Callable[[Mapping[str, Any]], str | None]
"""The words that the line of a claim stands on; null where its text is not at hand."""


class Place(NamedTuple):
    """Where a claim stands, and how its words are found."""

    layer: str
    article_id: str
    words: Words


class Relabelled(NamedTuple):
    """A line with other names, what merges and splits did to it, and what a person has to settle."""

    line: dict[str, Any]
    edits: tuple[Edit, ...]
    unsettled: tuple[Unsettled, ...]


def relabelled_claim(line: Mapping[str, Any], migration: LabelMigration, place: Place, id_: str = "") -> Relabelled:
    """The line of a claim under other names; `id_` is what it is called in edits, its own id where that is empty.

    >>> rename = LabelMigration((Change("entity_labels", "PER", ("HUM",), default="HUM", is_rename=True),))
    >>> relabelled_claim({"id": "e", "kind": "entity", "label": "PER"}, rename, Place("gold", "a", str)).line["label"]
    'HUM'
    """
    kind = str(line.get("kind", ""))
    fields = {name: set_name for (of, name), set_name in CLAIM_FIELDS.items() if of == kind}
    facts = _facts(line, place)
    return _relabelled(line, migration, fields, facts, (place.layer, place.article_id, id_ or str(line.get("id", ""))))


def _facts(line: Mapping[str, Any], place: Place) -> Facts:
    name = f"{place.article_id}/{line.get('id', '')}"
    return Facts(
        frozenset({name, f"{place.layer}/{name}"}),
        line.get("kb_id") or line.get("holder"),
        place.words(line),
        line.get("metonymic"),
    )


def relabelled_row(line: Mapping[str, Any], migration: LabelMigration) -> Relabelled:
    """A row of the knowledge base under other names; a rule of a split may ask for its id and its name."""
    names = frozenset({f"{KNOWLEDGE_BASE}/{line.get('kb_id')}"})
    facts = Facts(names, line.get("kb_id"), line.get("name"), None)
    place = (KNOWLEDGE_BASE, "", str(line.get("kb_id", "")))
    row = _relabelled(line, migration, ROW_FIELDS, facts, place)
    relations = [
        _relabelled(relation, migration, RELATION_FIELDS, facts, place) for relation in line.get("relations", ())
    ]
    if not any(found.line != old for found, old in zip(relations, line.get("relations", ()), strict=True)):
        return row
    edits = (edit for found in relations for edit in found.edits)
    unsettled = (one for found in relations for one in found.unsettled)
    told = {**row.line, "relations": [found.line for found in relations]}
    return Relabelled(told, (*row.edits, *edits), (*row.unsettled, *unsettled))


def _relabelled(
    line: Mapping[str, Any],
    migration: LabelMigration,
    fields: Mapping[str, str],
    facts: Facts,
    place: tuple[str, str, str],
) -> Relabelled:
    after, edits, unsettled = dict(line), [], []
    for name, change in _touched(line, migration, fields):
        # What a mention stands for is no mention itself: rules that ask about mentions say nothing of it.
        value = change.default if name == "metonymic" and change.rules else change.successor(facts)
        if value is None:
            unsettled.append(Unsettled(*place, name, change.old, change.into))
        else:
            after[name] = value
            if not change.is_rename and value != change.old:
                edits.append(Edit(*place, name, change.old, value))
    return Relabelled(after, tuple(edits), tuple(unsettled))


def _touched(
    line: Mapping[str, Any], migration: LabelMigration, fields: Mapping[str, str]
) -> Iterator[tuple[str, Change]]:
    for name, set_name in fields.items():
        value = line.get(name)
        if isinstance(value, str) and (change := migration.of(set_name).get(value)) is not None:
            yield name, change


def renamed_claim(line: Mapping[str, Any], migration: LabelMigration) -> dict[str, Any]:
    """The line of a claim after the renames alone: what a server was last seen to hold is merged with the rest."""
    renames = LabelMigration(tuple(change for change in migration.changes if change.is_rename))
    return relabelled_claim(line, renames, Place("", "", lambda _line: None)).line


def restored(line: Mapping[str, Any], edits: Mapping[str, Edit]) -> tuple[dict[str, Any], int]:
    """A line with what a migration had replaced, by field; and how many of its fields say something else by now."""
    after, others = dict(line), 0
    for name, edit in edits.items():
        if after.get(name) == edit.new:
            after[name] = edit.old
        else:
            others += 1
    return after, others
