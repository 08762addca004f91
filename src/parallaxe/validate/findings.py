"""A report as people and other programs want it: findings, worst first, each with its places and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import polars as pl

from parallaxe.validate.failures import FINDING
from parallaxe.validate.frames import LEVEL
from parallaxe.validate.gate import Report
from parallaxe.validate.severity import Severity

PAGES = "docs/rules"
"""Where the page of each rule stands, in the repository of Parallaxe."""


class Place(NamedTuple):
    """Where a rule is broken, as far as it is known; `line` counts from 1, `row` from 0, offsets are code points."""

    file: str | None
    line: int | None
    row: int | None
    article_id: str | None
    start: int | None
    end: int | None
    value: str | None

    def told(self) -> str:
        """The place on one line: file and line, article, row, offsets, value."""
        file = self.file if self.file is None or self.line is None else f"{self.file}:{self.line}"
        name = None if self.article_id is not None and file and self.article_id in file else self.article_id
        row = f"row {self.row}" if self.row is not None and self.line is None else None
        span = f"[{self.start}, {self.end})" if self.start is not None else None
        value = f"`{' '.join(self.value.split())}`" if self.value is not None else None
        return " ".join(part for part in (file, name, row, span, value) if part)


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule, broken in one way: how often, in which table or column, what is wrong, what to do, the first places."""

    rule: str
    severity: Severity
    level: int
    subject: str | None
    what: str
    remedy: str
    count: int
    places: tuple[Place, ...]

    @property
    def page(self) -> str:
        """The page of the rule."""
        return f"{PAGES}/{self.rule}.md"

    @property
    def message(self) -> str:
        """What is wrong, with its subject, and what to do, on one line."""
        return f"{self.sentence}; {self.remedy}" if self.remedy else self.sentence

    @property
    def sentence(self) -> str:
        """What is wrong, with its subject."""
        return f"{self.subject} {self.what}" if self.subject else self.what


def findings(report: Report) -> tuple[Finding, ...]:
    """What a report says, worst first: errors before warnings, shallow levels before deep ones, frequent ones first."""
    groups = report.failures.group_by(FINDING, maintain_order=True)
    found = [_finding(frame, report) for _, frame in groups]
    return tuple(sorted(found, key=lambda finding: (finding.severity != "error", finding.level, -finding.count)))


def _finding(frame: pl.DataFrame, report: Report) -> Finding:
    first = frame.row(0, named=True)
    what, _, remedy = first["message"].rpartition("; ")
    subject = f"{first['table']}.{first['column']}" if first["column"] else None
    if first["level"] == LEVEL and subject and not what:
        what, remedy = remedy, f"correct it, or schemas/tables/{first['table']}.yaml"
    rows = frame.select(Place._fields).rows()
    return Finding(
        first["rule"],
        report.severity(first["rule"]),
        first["level"],
        subject,
        what or remedy,
        remedy if what else "",
        first["count"],
        tuple(Place(*row) for row in rows),
    )


class Subject(NamedTuple):
    """What was validated: its kind, where it is, in a few words what it is, and the rules that were asked."""

    kind: str
    where: str
    what: str
    asked: tuple[str, ...]
