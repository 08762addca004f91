"""`parallaxe evaluate` as people call it: what is printed, written, and which code it ends with."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from parallaxe.cli.show_evaluation import show_check, show_evaluation
from parallaxe.compare.bootstrap import Figure
from parallaxe.compare.evaluation_floors import CUT, Floor
from parallaxe.compare.evaluation_lines import Evaluation
from parallaxe.store.machine.evaluate import Checked, Evaluated

FIGURES = (
    Figure("entities", "F1 mentions, exact", "all", 0.75, 0.7, 0.8, 12),
    Figure("entities", "F1 unknown, exact", "all", None, None, None, 0),
)
FOUND = Evaluation(
    "validation", ("un",), "0" * 64, ("faux/1",), "1" * 64, ("model",), {CUT: 3}, 20, (), (), {CUT: FIGURES}
)
FLOOR = Floor("validation", CUT, "entities", "F1 mentions, exact", "all", 0.8)


def test_main_figures_are_shown_with_their_floors(capsys: pytest.CaptureFixture[str]) -> None:
    """One table, lowest first, undefined last; what is below its floor or was not scored stands on standard error."""
    show_evaluation(Evaluated((FOUND,), ("press: not scored",)), [FLOOR], Path("EVALUATION.md"), as_json=False)

    shown = capsys.readouterr()
    table = shown.out.splitlines()
    assert "| F1 mentions, exact | validation | cut | .750 | .700 – .800 | .800 |" == table[2]
    assert "| F1 unknown, exact | validation | cut | – | – |  |" == table[3]
    assert "wrote EVALUATION.md" == table[4]
    assert ["press: not scored", f"warning: {FLOOR}: .750 is below its floor .800"] == shown.err.splitlines()


def test_the_json_is_what_is_kept(capsys: pytest.CaptureFixture[str]) -> None:
    """One object for each split, undefined values null."""
    show_evaluation(Evaluated((FOUND,), ()), (), None, as_json=True)

    [printed] = json.loads(capsys.readouterr().out)
    assert ("validation", [0.75, None]) == (printed["split"], [figure["value"] for figure in printed["figures"]])


def test_a_check_ends_with_1_where_a_floor_is_broken(capsys: pytest.CaptureFixture[str]) -> None:
    """One line for each, and the code of wrong data; otherwise the count of what was asked."""
    import typer

    with pytest.raises(typer.Exit) as raised:
        show_check(Checked((FLOOR,), ("too low",), ()), as_json=False)
    assert (1, "too low\n") == (raised.value.exit_code, capsys.readouterr().err)

    show_check(Checked((FLOOR,), (), ("press: not scored",)), as_json=False)
    assert ("floors asked: 1, complaints: 0\n", "press: not scored\n") == capsys.readouterr()
    show_check(Checked((), (), ()), as_json=True)
    assert {"floors": 0, "broken": [], "untold": []} == json.loads(capsys.readouterr().out)
