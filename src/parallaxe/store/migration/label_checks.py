"""What has to hold before a migration of labels is written: names that are there, claims that are settled, the gate."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

from parallaxe.compare.migration_labels import SETS, Place, Unsettled, relabelled_claim
from parallaxe.core.claims import AUTHOR
from parallaxe.core.errors import CombinedError, ParallaxeError, ProjectError
from parallaxe.core.knowledge import is_unlinked
from parallaxe.core.label_migration import KNOWLEDGE_BASE, Change, LabelMigration
from parallaxe.core.layer_format import parse_layer
from parallaxe.core.schema import Schemas
from parallaxe.store.migration.label_sites import Changed
from parallaxe.store.project import Project
from parallaxe.validate.layers import LAYER_RULES, LayerContext
from parallaxe.validate.rule import rule_id

_TOLD = 20
"""Claims that nobody settled that are told one by one; a person mends the rule, not each claim."""


def faults(change: Change, own: Collection[str], known: Collection[str]) -> Iterator[tuple[bool, str, str]]:
    """What could be wrong with a change: whether it is, what, and what to do; `own` are sets of the project's own."""
    set_name, (old, new) = change.set_name, (change.old, change.into[0])
    remedy = f"use one of {', '.join(sorted(SETS | set(own)))}"
    yield set_name not in SETS | set(own), f"labels of {set_name} are given by the program, by name", remedy
    yield set_name == "relations" and not change.is_rename, "relations can only be renamed", "change the rows by hand"
    if set_name == KNOWLEDGE_BASE:
        yield old not in known, f"no row `{old}` in the knowledge base", "name one that is there"
        yield new in known, f"`{new}` is a row of the knowledge base already", "choose another id"
        is_special = new == AUTHOR or is_unlinked(new) or not new.strip()
        yield is_special, f"`{new}` is no id of a row", "use a-z, 0-9 and `-`"


def is_touched(line: Mapping[str, Any], migration: LabelMigration) -> bool:
    """True where a migration would change a claim."""
    found = relabelled_claim(line, migration, Place("", "", lambda _line: ""))
    return found.line != line or bool(found.unsettled)


def unsettled(found: Sequence[Unsettled], project: Project) -> Iterator[ParallaxeError]:
    """A complaint for each claim that no rule settles, and one for all those that are not told."""
    remedy = "add a rule, name it in the `claims` of one, or give the split a default"
    for one in found[:_TOLD]:
        is_row = one.layer == KNOWLEDGE_BASE
        name = f"{KNOWLEDGE_BASE}.jsonl" if is_row else f"layers/{one.layer}/{one.article_id}.jsonl"
        what = f"`{one.id}`: {one.field} {one.old}, and no rule says which of {', '.join(one.into)} it is"
        yield ProjectError(str(project.root / "annotations" / name), what, remedy)
    if len(found) > _TOLD:
        yield ProjectError("and", f"{len(found) - _TOLD:,} more claims that no rule settles", remedy)


def stop_if_any(complaints: Iterable[ParallaxeError]) -> None:
    """Raise what was found, where anything was.

    Raises:
        CombinedError: with all of it.
    """
    found = list(complaints)
    if found:
        raise CombinedError(found)


Side: TypeAlias = tuple[Schemas, frozenset[str]]
"""Label sets and the ids of the knowledge base, before or after."""


def new_complaints(changed: Changed, before: Side, after: Side) -> list[ParallaxeError]:
    """What the gate says of a layer after a change that it did not say before."""
    told = _complaints(changed.path, changed.path.read_text("utf-8"), *before)
    now = _complaints(changed.path, changed.text, *after)
    return [
        ProjectError(f"{changed.path}:{line}", f"{rule}: `{claim}` would be wrong", what)
        for (rule, claim), (line, what) in now.items()
        if (rule, claim) not in told
    ]


def _complaints(
    path: Path, text: str, schemas: Schemas, known: frozenset[str]
) -> dict[tuple[str, str | None], tuple[int, str]]:
    """Line and message of what rules of layers complain of, by rule and claim."""
    rows = ((number, json.loads(line)) for number, line in enumerate(text.split("\n"), 1) if line.strip())
    layer, lines = parse_layer(rows, str(path))
    context = LayerContext(layer, str(path), lines, layer.text_sha256, None, known, schemas.labels)
    return {
        (rule_id(rule), claim.id if claim else None): (lines[claim.id] if claim else 1, message)
        for rule in LAYER_RULES
        for claim, message in rule(context)
    }
