"""Floors: what a figure may not fall below. They are raised as the machine gets better, and never lowered in silence.

A floor that is lower than the one that held when the figures were last kept, or that is gone, needs a reason that
stands beside it in the file: the review of that line is the decision.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from parallaxe.compare.bootstrap import Figure
from parallaxe.compare.figure_lines import coefficient
from parallaxe.compare.matches import ALL
from parallaxe.core.errors import ProjectError

CUT, FULL = "cut", "full"
"""What the machine was given of the knowledge base: what the split trained on made known, or all of it."""

BETWEEN = " · "
"""Stands between the name of a figure and its group, in a key of the file."""


class Floor(NamedTuple):
    """The least value of one figure of one split, with the knowledge base cut or full; `why` it was lowered, if so."""

    split: str
    knowledge: str
    section: str
    name: str
    group: str
    least: float
    why: str = ""

    @property
    def place(self) -> tuple[str, ...]:
        """Which figure it is about."""
        return self[:5]

    def __str__(self) -> str:
        """The figure, in words."""
        group = "" if self.group == ALL else f"{BETWEEN}{self.group}"
        return f"{self.split}, knowledge base {self.knowledge}, {self.section}, {self.name}{group}"


FigureOf = Callable[[str, str, str, str], Figure | None]
"""The figure of a knowledge base, a section, a name and a group."""


def parse_floors(entries: Mapping[str, Any], splits: Collection[str], where: str) -> tuple[Floor, ...]:
    """Floors from `[split.knowledge."section"]` tables of figure = value, or of figure = {least, why}.

    >>> entries = {"test": {"cut": {"entities": {"F1 mentions, exact · LOC": 0.8}}}}
    >>> parse_floors(entries, {"test"}, "floors.toml")[0].group
    'LOC'

    Raises:
        ProjectError: if a split or a knowledge base is none that is scored, a value is no number in -1–1, or a table is
            missing between.
    """
    return tuple(_floors(entries, splits, where))


def _floors(entries: Mapping[str, Any], splits: Collection[str], where: str) -> Iterator[Floor]:
    for split, by_knowledge in entries.items():
        _check(split, splits, where)
        for knowledge, by_section in _table(by_knowledge, split, where):
            _check(knowledge, (CUT, FULL), where)
            for section, by_figure in _table(by_section, f"{split}.{knowledge}", where):
                for key, value in _table(by_figure, f"{split}.{knowledge}.{section}", where):
                    name, _, group = key.partition(BETWEEN)
                    least, why = _value(value, key, where)
                    yield Floor(split, knowledge, section, name, group or ALL, least, why)


def _check(name: str, choices: Collection[str], where: str) -> None:
    """A floor that nobody asks would be a promise that nobody keeps."""
    if name not in choices:
        raise ProjectError(where, f"`{name}` is never scored", f"use one of {', '.join(sorted(choices))}")


def _table(value: object, name: str, where: str) -> Iterable[tuple[str, Any]]:
    if not isinstance(value, Mapping):
        raise ProjectError(where, f"`{name}` is no table", 'write [split.knowledge."section"], then figure = value')
    return value.items()


def _value(value: object, key: str, where: str) -> tuple[float, str]:
    entry: Mapping[str, Any] = value if isinstance(value, Mapping) else {"least": value}
    least, why = entry.get("least"), entry.get("why", "")
    told = set(entry) <= {"least", "why"} and isinstance(why, str)
    if not told or isinstance(least, bool) or not isinstance(least, int | float) or not -1 <= least <= 1:
        raise ProjectError(where, f"`{key}` has no floor", 'write a number in -1–1, or { least = 0.75, why = "…" }')
    return float(least), why


def broken_floors(floors: Iterable[Floor], figure_of: FigureOf) -> list[str]:
    """A line for each floor that its figure does not reach; a figure that is gone or undefined reaches none."""
    lines = []
    for floor in floors:
        figure = figure_of(*floor[1:5])
        if figure is None:
            lines.append(f"{floor}: there is no such figure, but its floor is {coefficient(floor.least)}")
        elif figure.value is None or figure.value < floor.least:
            lines.append(f"{floor}: {coefficient(figure.value)} is below its floor {coefficient(floor.least)}")
    return lines


def lowered_floors(floors: Iterable[Floor], kept: Iterable[Floor]) -> list[str]:
    """A line for each floor that held before, and is lower or gone now without a reason."""
    now = {floor.place: floor for floor in floors}
    lines = []
    for before in kept:
        floor = now.get(before.place)
        if floor is None:
            lines.append(f"{before}: its floor {coefficient(before.least)} is gone; keep a row that says `why`")
        elif floor.least < before.least and not floor.why:
            lowered = f"lowered from {coefficient(before.least)} to {coefficient(floor.least)}"
            lines.append(f"{before}: {lowered} without a `why`")
    return lines
