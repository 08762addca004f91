"""Agreement before and after: what fell most is read first, and only what is told otherwise is a change."""

from __future__ import annotations

import pytest

from parallaxe.compare.agreement_change import FigureChange, figure_changes
from parallaxe.compare.bootstrap import Figure


def figure(value: float | None) -> Figure:
    """A figure of some value."""
    return Figure("stance", "α", "all", value, None, None, 9)


@pytest.mark.parametrize(
    ("old", "new", "difference", "is_changed"),
    [
        (figure(0.9), figure(0.88), -0.02, True),
        (figure(0.9), figure(0.90004), 0.0, False),
        (figure(0.9004), figure(0.9006), 0.001, True),
        (figure(None), figure(0.5), None, True),
        (figure(None), figure(None), None, False),
        (None, figure(0.5), None, True),
    ],
)
def test_a_difference_is_that_of_what_is_told(
    old: Figure | None, new: Figure | None, difference: float | None, is_changed: bool
) -> None:
    """In three places, so that the table adds up; undefined figures have none."""
    change = FigureChange("α", old, new)

    assert (difference, is_changed) == (change.difference, change.is_changed)


def test_what_fell_most_stands_first() -> None:
    """Then what rose, then what is the same; a figure of one side alone is told too."""
    old = {"same": figure(0.5), "rose": figure(0.5), "fell": figure(0.5), "fell more": figure(0.5), "gone": figure(0.1)}
    new = {"same": figure(0.5), "rose": figure(0.6), "fell": figure(0.4), "fell more": figure(0.3)}

    assert ["fell more", "fell", "gone", "rose", "same"] == [change.words for change in figure_changes(old, new)]
