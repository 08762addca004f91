"""How much a broken rule matters: it refuses, it is told, or it is not asked. A project may say so rule by rule."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from difflib import get_close_matches
from typing import Any, Literal, TypeAlias

from parallaxe.core.entries import Place, mapping_of
from parallaxe.core.errors import ProjectError

Severity: TypeAlias = Literal["error", "warning", "off"]
"""`error` refuses the data, `warning` tells of it, `off` says nothing."""

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "off")

Severities: TypeAlias = Mapping[str, Severity]
"""The severity of rules by their ids."""


def parse_severities(mapping: Mapping[str, Any], rules: Collection[str], where: str) -> dict[str, Severity]:
    """The table `[severity]` of `schemas/validate.toml`: the rules that a project judges otherwise.

    Raises:
        ProjectError: if a rule or a severity is unknown; the message offers one that is like it.
    """
    mapping_of(mapping, ("severity",), Place(where, "rules"))
    entries = mapping.get("severity", {})
    if not isinstance(entries, Mapping):
        raise ProjectError(where, "`severity` is no table", 'write [severity], and below it `rule-id = "warning"`')
    return {rule: _severity(rule, value, rules, where) for rule, value in entries.items()}


def _severity(rule: str, value: object, rules: Collection[str], where: str) -> Severity:
    if rule not in rules:
        alike = get_close_matches(rule, rules, 1)
        remedy = f"did you mean `{alike[0]}`?" if alike else "`parallaxe validate --rules` lists all rules"
        raise ProjectError(where, f"[severity] names `{rule}`, which is no rule", remedy)
    for severity in SEVERITIES:
        if value == severity:
            return severity
    raise ProjectError(where, f"[severity] gives `{rule}` {value!r}", f"write one of {', '.join(SEVERITIES)}")
