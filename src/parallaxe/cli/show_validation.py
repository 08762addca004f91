"""What `parallaxe validate` prints for people: one line where all is well, else one screen, worst first."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rich.console import Console
from rich.markdown import Markdown
from rich.table import Table
from rich.text import Text

from parallaxe.core.wording import counted
from parallaxe.validate.documentation import Described
from parallaxe.validate.findings import Finding, Subject, findings
from parallaxe.validate.gate import Report
from parallaxe.validate.severity import Severities

SCREEN = 24
"""Lines of the smallest terminal that people still use."""

PIPE_WIDTH = 100
_PLACES = 3
_STYLES = {"error": "bold red", "warning": "yellow", "place": "cyan", "remedy": "green", "page": "bright_black"}
_INDENT = "  "


class Shown(NamedTuple):
    """A line of the report and its style, which goes as far as `styled` says (null: to the end)."""

    text: str
    style: str
    styled: int | None = None


def show_validation(subject: Subject, report: Report, *, every: bool) -> None:
    """Print a report, in colours on a terminal; all findings where asked for, else as many as a screen holds."""
    console = Console(highlight=False, soft_wrap=True)
    width = console.width if console.is_terminal else PIPE_WIDTH
    for line in report_lines(subject, report, width, None if every else SCREEN):
        text = Text(line.text)
        text.stylize(line.style, 0, line.styled)
        console.print(text)


def report_lines(subject: Subject, report: Report, width: int, screen: int | None) -> list[Shown]:
    """The lines of a report; at most a screen of them where one is given.

    The first says what was validated and what is wrong, however long it is; others are folded to the width. Each
    finding is told whole, with what to do, or counted in the last line.
    """
    found = findings(report)
    heading = Shown(_heading(subject, found), "bold" if found else "green")
    if not found:
        return [heading]
    blocks = [list(_block(finding, width)) for finding in found]
    foot = list(_wrapped("`parallaxe validate --explain RULE` tells more of a rule", "", "page", width))
    shown = blocks
    if screen is not None and sum(map(len, (*blocks, foot))) + _height(heading, width) > screen:
        shown, left = [], screen - _height(heading, width) - 1
        for block in blocks:
            if len(block) > left and shown:
                break
            shown.append(block)
            left -= len(block)
    more = len(blocks) - len(shown)
    if more:
        text = f"… and {counted(more, 'more finding')}: `--all` shows every one, `--explain RULE` a rule"
        foot = [Shown(text, _STYLES["page"])]
    return [heading, *(line for block in shown for line in block), *foot]


def _height(line: Shown, width: int) -> int:
    """How many lines of a terminal a line takes."""
    return -(-len(line.text) // width)


def _heading(subject: Subject, found: Sequence[Finding]) -> str:
    errors = [finding for finding in found if finding.severity == "error"]
    warnings = len(found) - len(errors)
    rules = len({finding.rule for finding in errors})
    if errors:
        places = sum(finding.count for finding in errors)
        told = f"{counted(rules, 'rule')} broken in {counted(places, 'place')}"
    else:
        told = "no rule of the gate is broken"
    told = f"{told}, {counted(warnings, 'warning')}" if warnings else told
    return f"{subject.where}: {told} ({subject.what})"


def _block(finding: Finding, width: int) -> Iterator[Shown]:
    """A finding: severity, rule and what is wrong; where; what to do, and where to read more."""
    count = f" ({finding.count:,} times)" if finding.count > 1 else ""
    told = f"{finding.severity} {finding.rule}:"
    first, *others = _wrapped(f"{told} {finding.sentence}{count}", "", finding.severity, width)
    yield first._replace(styled=len(told))
    yield from (line._replace(styled=0) for line in others)
    if where := _where(finding, width - len(_INDENT)):
        yield Shown(f"{_INDENT}{where}", _STYLES["place"])
    remedy = f"→ {finding.remedy} ({finding.page})" if finding.remedy else f"→ {finding.page}"
    yield from _wrapped(remedy, _INDENT, "remedy", width)


def _where(finding: Finding, width: int) -> str:
    """The first places that fit into a line; at least one, shortened."""
    told = [text for place in finding.places[:_PLACES] if (text := place.told())]
    if not told:
        return ""
    while len(told) > 1 and len(", ".join(told)) > width - 3:
        told.pop()
    line = ", ".join(told) + (", …" if finding.count > len(told) else "")
    return line if len(line) <= width else f"{line[: max(width - 1, 1)]}…"


def _wrapped(text: str, indent: str, style: str, width: int) -> Iterator[Shown]:
    folded = textwrap.wrap(
        text, max(width, 20), initial_indent=indent, subsequent_indent=f"{indent}{_INDENT}", break_long_words=False,
        break_on_hyphens=False,
    )  # fmt: skip
    yield from (Shown(line, _STYLES.get(style, style)) for line in folded)


def show_rules(rules: Sequence[Described], severities: Severities) -> None:
    """A line for each rule: level, severity here, id, what it is asked of, and its reason."""
    console = Console(highlight=False, soft_wrap=True)
    if not console.is_terminal:
        for rule in rules:
            severity = severities.get(rule.id, rule.severity)
            console.print(Text(f"{rule.level} {severity:7} {rule.id:27} {rule.about:8} {rule.reason}"))
        return
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    for name in ("level", "severity", "rule", "of", "what good data does"):
        table.add_column(name, no_wrap=name != "what good data does")
    for rule in rules:
        severity = severities.get(rule.id, rule.severity)
        style = _STYLES.get(severity, _STYLES["page"])
        table.add_row(str(rule.level), Text(severity, style), rule.id, rule.about, Text(rule.reason))
    Console(highlight=False).print(table)


def show_page(page: str) -> None:
    """A page of the docs: rendered on a terminal, Markdown in a pipe."""
    console = Console()
    console.print(Markdown(page) if console.is_terminal else Text(page), soft_wrap=not console.is_terminal)
