"""Files of migrations, and `labels.toml` before and after: read strictly, changed without losing a comment."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parallaxe.core.errors import ProjectError
from parallaxe.core.label_migration import Change, Facts, LabelMigration, Rule, parse_label_migration
from parallaxe.core.labels import LabelSet, parse_labels
from parallaxe.core.labels_file import migrated_labels, restored_labels
from parallaxe.store.schemas import default_folder

LABELS = (default_folder() / "labels.toml").read_text("utf-8")
NAMES = parse_labels(tomllib.loads(LABELS))["entity_labels"].names
RENAME = {"set": "entity_labels", "old": "PER", "new": "PERSON"}
MERGE = {"set": "entity_labels", "old": ["LAW", "NORP"], "into": "PRODUCT"}
SPLIT = {"set": "entity_labels", "old": "EVENT", "rules": [{"label": "DATE", "words": "^[0-9]"}]}


def migration(**tables: Any) -> LabelMigration:
    """A migration from the tables of its file."""
    return parse_label_migration(
        {name: value if name == "why" else [value] for name, value in tables.items()}, "m.toml"
    )


@pytest.mark.parametrize(
    ("tables", "complaint"),
    [
        ({}, "changes nothing"),
        ({"renamed": [RENAME]}, "unknown key `renamed`"),
        ({"rename": RENAME}, "no list"),
        ({"rename": [{**RENAME, "old": ""}]}, "`old` is no text"),
        ({"rename": [{**RENAME, "new": "PER"}]}, "called so already"),
        ({"rename": [RENAME, RENAME]}, "two names become"),
        ({"rename": [RENAME], "merge": [{**MERGE, "old": "PER"}]}, "two fates"),
        ({"rename": [RENAME], "merge": [{**MERGE, "into": "PER"}]}, "takes claims and changes itself"),
        ({"merge": [{**MERGE, "old": "PRODUCT"}]}, "into itself"),
        ({"merge": [{**MERGE, "set": "knowledge_base"}]}, "only be renamed"),
        ({"split": [{**SPLIT, "rules": []}]}, "no rule"),
        ({"split": [{**SPLIT, "rules": [{"label": "DATE"}]}]}, "asks for nothing"),
        ({"split": [{**SPLIT, "rules": [{"label": "DATE", "words": "("}]}]}, "no regular expression"),
    ],
)
def test_a_mistake_is_told(tables: dict[str, Any], complaint: str) -> None:
    """Each with the entry that it stands in."""
    with pytest.raises(ProjectError, match=complaint):
        parse_label_migration(tables, "m.toml")


FACTS = Facts(frozenset({"un/e1", "gold/un/e1"}), "kim", "le sommet de Séoul", "ORG")


@pytest.mark.parametrize(
    ("rule", "fits"),
    [
        (Rule("X", kb_id=("kim",)), True),
        (Rule("X", kb_id=("paul",)), False),
        (Rule("X", words="sommet"), True),
        (Rule("X", words="^sommet"), False),
        (Rule("X", metonymic=("ORG",)), True),
        (Rule("X", metonymic=False), False),
        (Rule("X", claims=("gold/un/e1",)), True),
        (Rule("X", claims=("deux/e1",)), False),
        (Rule("X", kb_id=("kim",), words="gare"), False),
    ],
)
def test_a_rule_asks_for_all_that_it_names(rule: Rule, fits: bool) -> None:
    """Link, words, metonymy and the claim itself."""
    assert fits is rule.fits(FACTS)


def test_words_that_are_not_known_fit_nothing() -> None:
    """The text of a restricted article may not be here."""
    assert not Rule("X", words="").fits(FACTS._replace(words=None))


def entity_labels(text: str) -> LabelSet:
    """The entity labels of a file."""
    return parse_labels(tomllib.loads(text))["entity_labels"]


def test_a_renamed_label_keeps_its_position_and_what_others_know_it_by() -> None:
    """Ids do not move; the machine's rules and servers go on with the name that they know."""
    after = entity_labels(migrated_labels(LABELS, migration(rename=RENAME), is_synced=True))
    (label,) = [label for label in after.labels if label.name == "PERSON"]

    assert ("PER", "PER", NAMES.index("PER")) == (label.proposed_as, label.known_as, after.names.index("PERSON"))
    assert "PERSON" == after.proposed["PER"]


def test_a_merged_label_is_out_of_use_at_its_position() -> None:
    """No id moves; the machine proposes what replaced it."""
    after = entity_labels(migrated_labels(LABELS, migration(merge=MERGE), is_synced=False))

    assert NAMES == after.names
    assert set(NAMES) - {"LAW", "NORP"} == set(after.in_use)
    assert ("PRODUCT", ("PRODUCT",)) == (after.proposed["LAW"], after.successors("LAW"))


def test_what_replaced_a_label_is_followed() -> None:
    """Its successor is renamed, then merged itself: what is out of use comes to the label that is in use now."""
    text = migrated_labels(LABELS, migration(merge=MERGE), is_synced=False)
    text = migrated_labels(text, migration(rename={**RENAME, "old": "PRODUCT", "new": "THING"}), is_synced=False)
    text = migrated_labels(text, migration(merge={**MERGE, "old": "THING", "into": "ORG"}), is_synced=False)

    assert ("ORG",) == entity_labels(text).successors("LAW")


def test_a_change_is_one_of_lines() -> None:
    """A rename touches the name and adds one line: comments, order and form stay."""
    before, after = LABELS.split("\n"), migrated_labels(LABELS, migration(rename=RENAME), is_synced=False).split("\n")

    assert {'name = "PER"'} == set(before) - set(after)
    assert {'name = "PERSON"', 'proposed_as = "PER"'} == set(after) - set(before)
    assert len(after) == len(before) + 1


@pytest.mark.parametrize("change", [{"rename": RENAME}, {"merge": MERGE}, {"split": SPLIT}])
@pytest.mark.parametrize("is_synced", [True, False])
def test_the_file_goes_back_byte_by_byte(change: dict[str, Any], is_synced: bool) -> None:
    """Renamed, merged or split, and taken back, it is the file that it was."""
    made = migration(**change)
    after = migrated_labels(LABELS, made, is_synced=is_synced)

    assert LABELS == restored_labels(after, made)
    assert LABELS != after


@settings(max_examples=20, deadline=None)
@given(st.permutations(NAMES), st.integers(2, len(NAMES)))
def test_names_that_change_places_go_back(order: list[str], count: int) -> None:
    """All renames of a file happen at once, so that labels can swap their names; taken back, the file is as it was."""
    cycle = order[:count]
    renames = [{"set": "entity_labels", "old": a, "new": b} for a, b in zip(cycle, [*cycle[1:], cycle[0]], strict=True)]
    made = parse_label_migration({"rename": renames}, "m.toml")

    assert LABELS == restored_labels(migrated_labels(LABELS, made, is_synced=False), made)


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"rename": {**RENAME, "old": "PERS"}}, "`PERS` is not there"),
        ({"rename": {**RENAME, "set": "entites"}}, "no set `entites`"),
        ({"merge": {**MERGE, "into": "OEUVRE"}}, "`OEUVRE` is not there"),
    ],
)
def test_what_is_not_there_is_told(change: dict[str, Any], complaint: str) -> None:
    """With what is there."""
    with pytest.raises(ProjectError, match=complaint):
        migrated_labels(LABELS, migration(**change), is_synced=False)


def test_a_label_out_of_use_changes_no_more() -> None:
    """Its claims are gone; only those of its successor can change."""
    text = migrated_labels(LABELS, migration(merge=MERGE), is_synced=False)
    with pytest.raises(ProjectError, match="out of use"):
        migrated_labels(text, migration(rename={**RENAME, "old": "LAW"}), is_synced=False)


def test_replacements_that_go_round_are_told() -> None:
    """Two labels that replace each other leave no label in use."""
    text = LABELS.replace('name = "LAW"', 'name = "LAW"\nreplaced_by = ["NORP"]')
    with pytest.raises(ProjectError, match="replaced_by"):
        parse_labels(tomllib.loads(text.replace('name = "NORP"', 'name = "NORP"\nreplaced_by = ["LAW"]')))


def test_successors() -> None:
    """The first rule that fits decides, else the default; without either a person has to say."""
    rules = (Rule("A", kb_id=("paul",)), Rule("B", words="sommet"))

    assert "B" == Change("s", "o", ("A", "B"), rules).successor(FACTS)
    assert "C" == Change("s", "o", ("A", "C"), rules[:1], "C").successor(FACTS)
    assert Change("s", "o", ("A",), rules[:1]).successor(FACTS) is None
