"""What people see of an evaluation: the main figures, lowest first, and what stands below its floor."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import typer

from parallaxe.compare.evaluation_floors import Floor, broken_floors
from parallaxe.compare.evaluation_lines import evaluation_json
from parallaxe.compare.evaluation_report import glance
from parallaxe.store.machine.evaluate import Checked, Evaluated


def show_evaluation(evaluated: Evaluated, floors: Sequence[Floor], report: Path | None, *, as_json: bool) -> None:
    """The main figures of what was scored, where all of them stand, and a line for what was not scored."""
    _complain(evaluated.untold)
    for evaluation in evaluated.evaluations:
        own = [floor for floor in floors if floor.split == evaluation.split]
        _complain([f"warning: {line}" for line in broken_floors(own, evaluation.figure)])
    if as_json:
        _print_json([evaluation_json(evaluation) for evaluation in evaluated.evaluations])
    elif report is not None:
        typer.echo(glance(evaluated.evaluations, floors))
        typer.echo(f"wrote {report}")


def show_check(checked: Checked, *, as_json: bool) -> None:
    """A line for each floor that is broken or was lowered in silence.

    Raises:
        typer.Exit: with 1, if there is any.
    """
    _complain(checked.untold)
    if as_json:
        _print_json({"floors": len(checked.floors), "broken": checked.broken, "untold": checked.untold})
    else:
        _complain(checked.broken)
        typer.echo(f"floors asked: {len(checked.floors)}, complaints: {len(checked.broken)}")
    if checked.broken:
        raise typer.Exit(1)


def _complain(lines: Sequence[str]) -> None:
    for line in lines:
        typer.echo(line, err=True)


def _print_json(value: object) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))
