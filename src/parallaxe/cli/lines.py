"""Long lines for people: on a terminal they are folded under their own beginning, in a pipe each stays one line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.console import Console
from rich.text import Text

_STEP = 4
"""Columns by which what is folded stands further in than its line."""

_LEAST = 40
"""Columns for words below which folding would make a text harder to read."""


def print_lines(lines: Iterable[Text | str], out: Console | None = None) -> None:
    """Print lines, a console's own standard output by default; nothing in them is markup."""
    out = out or Console(highlight=False)
    for line in lines:
        told = Text(line) if isinstance(line, str) else line
        for piece in folded(told, out) if out.is_terminal else (told,):
            out.print(piece, markup=False, soft_wrap=True)


def folded(line: Text, out: Console) -> Iterator[Text]:
    """A line as pieces that fit the width of a console, all but the first further in than the line begins."""
    for own in line.split("\n", allow_blank=True):
        indent = len(own.plain) - len(own.plain.lstrip(" "))
        room = out.width - indent - _STEP
        if own.cell_len <= out.width or room < _LEAST:
            yield own
            continue
        pieces = own[indent:].wrap(out, room)
        for piece in pieces:
            piece.rstrip()
        first, *rest = pieces
        yield Text(" " * indent).append_text(first)
        yield from (Text(" " * (indent + _STEP)).append_text(piece) for piece in rest)
