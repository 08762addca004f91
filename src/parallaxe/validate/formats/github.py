"""Workflow commands of GitHub Actions: each failure becomes an annotation in the pull request, at its file and line.

GitHub shows few annotations of a step, so the first place of every finding comes before the second of any. Escapes are
those of its toolkit (`actions/toolkit`, `core/src/command.ts`): `%`, CR and LF everywhere, `:` and `,` in properties.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from parallaxe.validate.findings import Finding, Place, Subject, findings
from parallaxe.validate.gate import Report


def as_github(subject: Subject, report: Report) -> str:
    """One command on a line, worst first; a notice where all is well."""
    lines = list(_commands(findings(report)))
    return "\n".join(lines) if lines else f"::notice::{escaped(f'{subject.where}: no rule of the gate is broken')}"


def _commands(found: tuple[Finding, ...]) -> Iterator[str]:
    for places in zip_longest(*(finding.places for finding in found)):
        for finding, place in zip(found, places, strict=True):
            if place is not None:
                yield _command(finding, place)


def _command(finding: Finding, place: Place) -> str:
    properties = {
        "file": place.file,
        "line": None if place.line is None else str(place.line),
        "title": f"{finding.rule} (level {finding.level})",
    }
    told = ",".join(f"{name}={escaped_property(value)}" for name, value in properties.items() if value is not None)
    where = place._replace(file=None, line=None).told()
    message = f"{finding.message} [{where}]" if where else finding.message
    return f"::{finding.severity} {told}::{escaped(f'{message} — {finding.page}')}"


def escaped(text: str) -> str:
    r"""Text of a command.

    >>> escaped("50 %\nLe port")
    '50 %25%0ALe port'
    """
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def escaped_property(text: str) -> str:
    """Value of a property of a command.

    >>> escaped_property("le-port.jsonl: 3, 4")
    'le-port.jsonl%3A 3%2C 4'
    """
    return escaped(text).replace(":", "%3A").replace(",", "%2C")
