"""Every rule shows what it is by an example that breaks it, and nothing else, and one that breaks nothing."""

from __future__ import annotations

import pytest

from parallaxe.validate.documentation import Described
from parallaxe.validate.register import ALL_RULES, BY_ID
from rule_examples import broken_by_layer, broken_by_tables

WITHOUT_EXAMPLE = {"frame-schema"}
"""A net under the rules of the schemas: nothing is known to fall into it."""


def about(*kinds: str) -> list[object]:
    """The rules that are asked of some kind of thing, as cases."""
    return [pytest.param(rule, id=rule.id) for rule in ALL_RULES if rule.about in kinds and rule.fails]


def test_every_rule_has_an_id_a_reason_and_two_examples() -> None:
    """Ids are unique and in kebab case, the reason is a sentence, and both examples are there."""
    assert len(BY_ID) == len(ALL_RULES)
    assert WITHOUT_EXAMPLE == {rule.id for rule in ALL_RULES if not (rule.fails and rule.passes)}
    for rule in ALL_RULES:
        assert rule.id == rule.id.lower().replace("_", "-")
        assert rule.reason.endswith("."), rule.id
        assert rule.level in range(1, 6)
        assert rule.about in {"project", "dataset", "layer", "tables", "foreign"}


@pytest.mark.parametrize("rule", about("tables"))
def test_examples_of_tables(rule: Described) -> None:
    """The one fails with exactly its rule, the other passes."""
    assert {rule.id} == broken_by_tables(rule, rule.fails)
    assert set() == broken_by_tables(rule, rule.passes)


@pytest.mark.parametrize("rule", about("layer"))
def test_examples_of_layers(rule: Described) -> None:
    """The one fails with exactly its rule, the other passes."""
    assert {rule.id} == broken_by_layer(rule.fails)
    assert set() == broken_by_layer(rule.passes)
