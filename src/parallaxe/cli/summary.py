"""Markdown in sections, as long as GitHub takes it: what is long is folded, what is too long is left out and counted.

A summary that is larger than 1 MiB is refused whole, so the budget is spent in the order of the sections; headings and
the counts of what is left out always have their place.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

LIMIT = 1024 * 1024
"""Bytes that GitHub takes for the summary of a step."""

_FOLDED = 12
"""A section with more items shows its heading alone, and the rest on a click."""


class Section(NamedTuple):
    """Lines that always stand, and items: a line each, `noun` in the plural says of what."""

    head: tuple[str, ...]
    items: tuple[str, ...] = ()
    noun: str = ""


def summary_lines(sections: Sequence[Section], limit: int = LIMIT) -> Iterator[str]:
    """The lines of a summary that has at most `limit` bytes, if its heads have room for the counts.

    >>> list(summary_lines([Section(("## Claims",), ("- one", "- two"), "claims")]))
    ['## Claims', '', '- one', '- two', '']
    """
    left = limit - sum(_size(line) for section in sections for line in _frame(section))
    for section in sections:
        kept = 0
        for item in section.items:
            if (left := left - _size(item)) < 0:
                break
            kept += 1
        yield from _told(section, kept)


def _frame(section: Section) -> list[str]:
    """All lines of a section but its items, at their longest."""
    return [*section.head, "", *_fold(section), "", _left_out(section, len(section.items)), "", "", ""]


def _told(section: Section, kept: int) -> Iterator[str]:
    yield from (*section.head, "")
    if not section.items:
        return
    is_folded = len(section.items) > _FOLDED
    if is_folded:
        yield from (*_fold(section)[:1], "")
    yield from section.items[:kept]
    yield ""
    if kept < len(section.items):
        yield from (_left_out(section, len(section.items) - kept), "")
    if is_folded:
        yield from (*_fold(section)[1:], "")


def _fold(section: Section) -> tuple[str, str]:
    return f"<details><summary>{len(section.items):,} {section.noun}</summary>", "</details>"


def _left_out(section: Section, count: int) -> str:
    return f"… and {count:,} more {section.noun} that have no room here: `parallaxe review` tells all."


def _size(line: str) -> int:
    return len(line.encode("utf-8", "backslashreplace")) + 1


def table(header: Sequence[str], rows: Sequence[Sequence[str]], numbers: int = 0) -> tuple[str, ...]:
    """A table, its last `numbers` columns to the right.

    >>> table(("layer", "added"), [("gold", "3")], 1)
    ('| layer | added |', '| :--- | ---: |', '| gold | 3 |')
    """
    words = len(header) - numbers
    marks = [":---"] * words + ["---:"] * numbers
    return tuple(f"| {' | '.join(cells)} |" for cells in (header, marks, *rows))
