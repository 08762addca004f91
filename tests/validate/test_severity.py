"""A project says how much its rules matter; what it says is checked, and followed."""

from __future__ import annotations

import pytest

from gate_tables import changed, frames, two_articles
from parallaxe.core.errors import ProjectError
from parallaxe.validate.gate import Report, check
from parallaxe.validate.register import BY_ID
from parallaxe.validate.severity import Severities, parse_severities
from schema_tables import SCHEMAS

FILE = "schemas/validate.toml"


def report() -> Report:
    """A text in another language (which warns), and a wrong hash (which refuses)."""
    rows = changed(two_articles(), lambda copy: copy["articles"][1].update(language="br", text_sha256="0" * 64))
    return check(frames(rows), SCHEMAS, profile="full")


@pytest.mark.parametrize(
    ("severities", "errors", "warnings"),
    [
        ({}, {"text-hash"}, {"non-french-text"}),
        ({"text-hash": "warning"}, set(), {"text-hash", "non-french-text"}),
        ({"text-hash": "off"}, set(), {"non-french-text"}),
        ({"non-french-text": "error"}, {"text-hash", "non-french-text"}, set()),
        ({"non-french-text": "off", "text-hash": "off"}, set(), set()),
    ],
)
def test_rules_matter_as_a_project_says(severities: Severities, errors: set[str], warnings: set[str]) -> None:
    """An error refuses, a warning tells, what is off is not told; other rules keep their own severity."""
    judged = report().judged(severities)

    assert (errors, warnings) == (set(judged.errors["rule"]), set(judged.warnings["rule"]))
    assert judged.ok is (not errors)


def test_what_is_off_is_not_told_as_skipped() -> None:
    """Nobody wants to hear that a rule could not be asked which they have turned off."""
    told = Report(report().failures, ("text-hash: table articles is not given", "split-leak: no splits are given"))

    assert ("split-leak: no splits are given",) == told.judged({"text-hash": "off"}).skipped


@pytest.mark.parametrize(
    ("mapping", "message"),
    [
        ({"severity": {"text-hsh": "off"}}, r"names `text-hsh`, which is no rule; did you mean `text-hash`\?"),
        ({"severity": {"zzz": "off"}}, "which is no rule; `parallaxe validate --rules` lists all rules"),
        ({"severity": {"text-hash": "fatal"}}, "gives `text-hash` 'fatal'; write one of error, warning, off"),
        ({"severity": ["text-hash"]}, "`severity` is no table"),
        ({"severities": {}}, "unknown key `severities`; use `severity`"),
    ],
)
def test_a_wrong_severity_is_one_clear_line(mapping: dict[str, object], message: str) -> None:
    """It names the file, what is wrong, and what would be right."""
    with pytest.raises(ProjectError, match=message) as raised:
        parse_severities(mapping, tuple(BY_ID), FILE)

    assert str(raised.value).startswith(FILE)
    assert "\n" not in str(raised.value)
