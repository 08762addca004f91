"""Label sets: what the program does follows from properties, and what it needs by name is asked for at once."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from parallaxe.core.errors import ProjectError
from parallaxe.core.labels import STRUCTURE, check_structure, parse_labels
from parallaxe.text.role_votes import ROLES
from schema_tables import SCHEMAS, labels_mapping


def drop(label_set: str, name: str) -> Callable[[dict[str, Any]], Any]:
    """Take a label away."""
    return lambda sets: sets[label_set].update(labels=[own for own in sets[label_set]["labels"] if own["name"] != name])


def put(label_set: str, name: str, **values: object) -> Callable[[dict[str, Any]], Any]:
    """Set keys of a label."""
    return lambda sets: next(own for own in sets[label_set]["labels"] if own["name"] == name).update(values)


def test_the_labels_of_this_repository_have_what_the_program_needs() -> None:
    """Nothing is missing, and no more is asked for than is there."""
    check_structure(SCHEMAS.labels, ROLES)

    assert set(STRUCTURE) <= set(SCHEMAS.labels)
    assert set(ROLES) == set(SCHEMAS.labels["block_roles"].names)


LACKING: dict[str, tuple[Callable[[dict[str, Any]], Any], str]] = {
    "a role": (drop("block_roles", "noise"), "block_roles: no label `noise`"),
    "rights": (drop("rights", "restricted"), "rights: no label `restricted`"),
    "a status": (drop("statuses", "adjudicated"), "statuses: no label `adjudicated`"),
    "a set": (lambda sets: sets.pop("confidences"), "confidences: the set is missing"),
    "the writer's level": (put("stance_levels", "article", own=False), "stance_levels: not exactly one level"),
    "levels of others": (put("stance_levels", "attributed", own=True), "stance_levels: not exactly one level"),
    "a default": (put("stance_classes", "absent", default=False), "stance_classes: not exactly one label"),
}


@pytest.mark.parametrize(("spoil", "complaint"), LACKING.values(), ids=LACKING)
def test_what_the_program_lacks_is_told(spoil: Callable[[dict[str, Any]], Any], complaint: str) -> None:
    """The error names the file, the set and the label that is missing, and what to add."""
    mapping = labels_mapping()
    spoil(mapping)

    with pytest.raises(ProjectError) as raised:
        check_structure(parse_labels(mapping), ROLES, "projet/labels.toml")

    assert "projet/labels.toml" == raised.value.where
    assert complaint in raised.value.what


@pytest.mark.parametrize("sign", [2, 0.5, "plus"])
def test_a_sign_is_minus_one_zero_or_one(sign: object) -> None:
    """Anything else is told."""
    mapping = labels_mapping()
    put("polarities", "favor", sign=sign)(mapping)

    with pytest.raises(ProjectError, match="polarities, favor: `sign` is"):
        parse_labels(mapping)


def test_a_default_is_not_inherited() -> None:
    """A set that extends another has the default of its own labels."""
    mapping = labels_mapping()
    put("polarities", "neutral", default=True)(mapping)
    sets = parse_labels(mapping)

    assert ("neutral", "absent") == (sets["polarities"].default, sets["stance_classes"].default)


def test_a_set_without_a_default_says_so() -> None:
    """Asked for what holds where nobody says anything, it complains."""
    with pytest.raises(ProjectError, match="no label of targets is the default"):
        assert SCHEMAS.labels["targets"].default


def test_a_renamed_label_is_still_proposed() -> None:
    """The machine's name for it leads to the project's."""
    sets = {
        "entity_labels": {
            "fr": "a",
            "en": "b",
            "labels": [{"name": "PERS", "fr": "a", "en": "b", "proposed_as": "PER"}],
        }
    }

    assert parse_labels(sets)["entity_labels"].proposed == {"PER": "PERS"}


# What a project may name as it likes. `article` is also an element of HTML, a scope of rules and a column.
CHANGEABLE = (
    "entity_labels",
    "quotation_types",
    "polarities",
    "targets",
    "stance_levels",
    "stance_classes",
    "ner_tags",
)
OTHERWISE = {"article"}


def strings(source: Path) -> Iterator[str]:
    """String constants of a module that are one word; docstrings are sentences."""
    for node in ast.walk(ast.parse(source.read_text("utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def test_the_program_names_no_label_that_a_project_may_change(repository: Path) -> None:
    """No string of `src/` is an entity label, type, polarity, target, level or class: it reads their properties.

    The rules of the machine have names of their own for what they find; a project says which label each is.
    """
    changeable = {name for label_set in CHANGEABLE for name in SCHEMAS.labels[label_set].names} - OTHERWISE
    named = {
        f"{source.relative_to(repository)}: {value}"
        for source in sorted((repository / "src").rglob("*.py"))
        if not source.is_relative_to(repository / "src" / "parallaxe" / "annotate")
        for value in strings(source)
        if value in changeable
    }

    assert set() == named
