"""Effort as people see it: a table for each question, widest first what is worth acting on; and as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table

from parallaxe.compare.effort import Effort, Side, Tally, Third
from parallaxe.core.wording import counted

_WIDTH = 100
_NOTHING = "–"


def show_effort(found: Effort, *, as_json: bool) -> None:
    """What became of proposals, how long tasks took, how annotators change, and how far proposals lead them."""
    out = Console(highlight=False)
    if as_json:
        out.print_json(json.dumps(effort_json(found)))
        return
    if not out.is_terminal:
        out = Console(highlight=False, width=_WIDTH)
    if not found.tasks:
        out.print("no task of a person yet: `parallaxe studio push`, correct, `parallaxe studio pull`", markup=False)
        return
    for title, table in _tables(found):
        if table.row_count:
            out.print(title, style="bold")
            out.print(table)
            out.print()
    out.print(_sum(found), markup=False)


def effort_json(found: Effort) -> dict[str, Any]:
    """All figures by name; shares from 0 to 1, times in minutes, null where nothing tells."""
    return {
        "tasks": found.tasks,
        "tasks_with_unknown_proposals": found.unknown,
        "labels": [_tally_json(tally) for tally in found.labels],
        "reasons": [_tally_json(tally) for tally in found.reasons],
        "times": [time._asdict() for time in found.times],
        "articles": [minutes._asdict() for minutes in found.articles],
        "drift": [
            {"annotator": drift.annotator, "thirds": [third._asdict() for third in drift.thirds]}
            for drift in found.drifts
        ],
        "anchoring": [
            {"annotator": one.annotator, "shown": one.shown._asdict(), "blind": one.blind._asdict(), "lead": one.lead}
            for one in found.anchorings
        ],
    }


def _tally_json(tally: Tally) -> dict[str, Any]:
    return {**tally._asdict(), "accept_rate": tally.accept_rate}


def _tables(found: Effort) -> list[tuple[str, Table]]:
    counts = ("proposals", "accepted", "changed", "deleted")
    labels = _table(("kind", "label"), (*counts, "added", "accept rate"))
    for tally in found.labels:
        labels.add_row(tally.kind, tally.name, *_counts(tally), str(tally.added), _percent(tally.accept_rate))
    reasons = _table(("kind", "why"), (*counts, "accept rate"))
    for tally in found.reasons:
        reasons.add_row(tally.kind, tally.name, *_counts(tally), _percent(tally.accept_rate))
    times = _table(("annotator",), ("tasks", "timed", "minutes", "per article (median)"))
    for time in found.times:
        times.add_row(
            time.annotator,
            str(time.tasks),
            str(time.timed),
            _minutes(time.minutes if time.timed else None),
            _minutes(time.median_minutes),
        )
    drifts = _table(
        ("annotator",), ("accept rate: first third", "second", "last", "minutes: first third", "second", "last")
    )
    for drift in found.drifts:
        drifts.add_row(drift.annotator, *_each(drift.thirds, _rate_of), *_each(drift.thirds, _median_of))
    anchoring = _table(
        ("annotator",), ("agreement shown", "tasks", "claims", "agreement blind", "tasks", "claims", "lead")
    )
    for one in found.anchorings:
        anchoring.add_row(one.annotator, *_side(one.shown), *_side(one.blind), _points(one.lead))
    return [
        ("Proposals, by label", labels),
        ("Proposals, by reason", reasons),
        ("Time", times),
        ("Drift", drifts),
        ("Anchoring: agreement with the machine where it is shown, and where it is not", anchoring),
    ]


def _table(words: Sequence[str], numbers: Sequence[str]) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bright_black")
    for name in words:
        table.add_column(name, overflow="fold")
    for name in numbers:
        table.add_column(name, justify="right")
    return table


def _counts(tally: Tally) -> tuple[str, str, str, str]:
    return str(tally.proposals), str(tally.accepted), str(tally.changed), str(tally.deleted)


def _each(thirds: Sequence[Third], cell: Callable[[Third], str]) -> list[str]:
    return [cell(third) for third in thirds]


def _rate_of(third: Third) -> str:
    return _percent(third.accept_rate)


def _median_of(third: Third) -> str:
    return _minutes(third.median_minutes)


def _side(side: Side) -> tuple[str, str, str]:
    return _percent(side.agreement), str(side.tasks), str(side.things)


def _percent(share: float | None) -> str:
    return _NOTHING if share is None else f"{share:.0%}"


def _points(share: float | None) -> str:
    return _NOTHING if share is None else f"{100 * share:+.0f} points".replace("-", "−")


def _minutes(minutes: float | None) -> str:
    return _NOTHING if minutes is None else f"{minutes:.1f}"


def _sum(found: Effort) -> str:
    proposals = sum(tally.proposals for tally in found.labels)
    accepted = sum(tally.accepted for tally in found.labels)
    told = f"{counted(found.tasks, 'task')}, {counted(proposals, 'proposal')}, {accepted:,} accepted as they were"
    if found.unknown:
        told += f"; of {found.unknown} the proposals are not known here, so none of them counts as deleted"
    return told
