"""A migration of labels as people see it: which names became which, how often, and what is left to do by hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

from rich.text import Text

from parallaxe.cli.lines import print_lines
from parallaxe.cli.options import print_json
from parallaxe.core.wording import counted
from parallaxe.store.migration.label_reports import LabelReport

_MOST_LINES = 6
_THERE_ALREADY = "there already"


def show_labels(report: LabelReport, *, dry_run: bool, as_json: bool) -> None:
    """Print what a migration of labels did."""
    if as_json:
        told = asdict(report)
        changes = [change._asdict() for change in report.changes]
        mentioned = [one._asdict() for one in report.mentioned]
        print_json({"dry_run": dry_run, **told, "changes": changes, "mentioned": mentioned})
        return
    print_lines(label_lines(report, dry_run=dry_run))


def label_lines(report: LabelReport, *, dry_run: bool) -> Iterator[Text]:
    """A migration of labels for a terminal, line by line."""
    if report.completed:
        yield Text(f"completed an earlier migration that was cut short: {counted(report.completed, 'file')}")
    if report.what == _THERE_ALREADY:
        yield Text(f"{report.name}: applied already, nothing to do")
        return
    would = "would be " if dry_run else ""
    where = f"{counted(report.layers, 'layer')}, {counted(report.files, 'file')}"
    yield Text(f"{report.name}: {would}{report.what}, {where}", style="bold")
    width = max((len(f"{change.old} → {change.new}") for change in report.changes), default=0)
    for change in report.changes:
        names = f"{change.old} → {change.new}"
        yield Text(f"  {change.set:<16} {names:<{width}}  {change.times:>7,}")
    if report.retired:
        yield Text(f"out of use, at their positions: {', '.join(report.retired)}")
    if report.others:
        yield Text(f"{report.others:,} changed by somebody since: left as they are", style="yellow")
    if report.mentioned:
        yield Text("still named, to be looked at by hand:", style="yellow")
    for one in report.mentioned:
        more = ", …" if len(one.lines) > _MOST_LINES else ""
        yield Text(f"  {one.path}: line {', '.join(map(str, one.lines[:_MOST_LINES]))}{more}")
    if not dry_run:
        yield Text(f"next: {', '.join(f'`parallaxe {step}`' for step in _steps(report))}")


def _steps(report: LabelReport) -> Iterator[str]:
    """What follows from labels: pages, figures by label, the dataset, and the page of the annotators."""
    yield from ("render", "agreement", "evaluate", "build")
    if report.is_synced:
        yield "studio push"
