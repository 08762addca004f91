"""Figures as lines to keep and as cells of a table; what is weakest is read first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from parallaxe.compare.bootstrap import Figure


def lowest_first(figures: Iterable[Figure]) -> list[Figure]:
    """Figures by value, undefined ones last; equal values keep their order."""
    return sorted(figures, key=lambda figure: (figure.value is None, figure.value or 0.0))


def figure_line(figure: Figure) -> dict[str, Any]:
    """A figure as a line of a file, its numbers to six places."""
    fields = {name: getattr(figure, name) for name in Figure.__dataclass_fields__}
    return {name: round(value, 6) if isinstance(value, float) else value for name, value in fields.items()}


def coefficient(value: float | None) -> str:
    """Three places, without a leading zero, as the coefficients of this field are written.

    >>> coefficient(0.95), coefficient(-1.25), coefficient(None)
    ('.950', '−1.250', '–')
    """
    if value is None:
        return "–"
    written = f"{abs(value):.3f}".removeprefix("0")
    return f"−{written}" if value < 0 else written


def interval(figure: Figure) -> str:
    """Both ends of the interval of a figure, or a dash."""
    return "–" if figure.low is None else f"{coefficient(figure.low)} – {coefficient(figure.high)}"


def table_row(cells: Sequence[str]) -> str:
    """A row of a Markdown table.

    >>> table_row(("figure", "n"))
    '| figure | n |'
    """
    return f"| {' | '.join(cells)} |"
