"""Long lines on a terminal and in a pipe."""

from __future__ import annotations

import io

from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from rich.text import Text

from parallaxe.cli.lines import folded, print_lines


def printed(line: str, *, terminal: bool, width: int = 60) -> list[str]:
    """What is to be read on a terminal, or in a pipe."""
    out = Console(file=io.StringIO(), force_terminal=terminal, color_system=None, width=width, highlight=False)
    print_lines([line], out)
    assert isinstance(out.file, io.StringIO)
    return out.file.getvalue().splitlines()


def test_a_long_line_is_folded_under_its_beginning() -> None:
    """What does not fit stands four columns further in than the line begins."""
    line = "  changed  quote indirect  Le numéro un nord-coréen gagne Vladivostok par le train"

    assert [
        "  changed  quote indirect  Le numéro un nord-coréen",
        "      gagne Vladivostok par le train",
    ] == printed(line, terminal=True)


def test_a_line_in_a_pipe_is_one_line() -> None:
    """Programs read lines: nothing is folded for them."""
    line = "  changed  " + "mot " * 60

    assert [line] == printed(line, terminal=False)


@given(st.lists(st.text("abcé🥳", min_size=1, max_size=20), max_size=12), st.integers(0, 8), st.integers(52, 80))
def test_folding_loses_no_word(words: list[str], indent: int, width: int) -> None:
    """The words of a line are those of its pieces, in order, and each piece fits."""
    line = Text(" " * indent + " ".join(words))

    pieces = list(folded(line, Console(width=width, file=io.StringIO())))

    assert line.plain.split() == [word for piece in pieces for word in piece.plain.split()]
    assert all(piece.cell_len <= width for piece in pieces)
