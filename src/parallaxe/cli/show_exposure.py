"""How people see what can be rebuilt of restricted texts: a table with a verdict, and no word of any text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.table import Table

from parallaxe.validate.exposure import LARGEST_SHARE, LONGEST_RUN, Exposure

_LEGEND = (
    "placed: words whose place a claim tells, by an entity that has a name.  filled: words found elsewhere that fit",
    "between those.  row: the longest row of both.  copied: the longest row that stands in one file, and in which.",
)

_PIPE_WIDTH = 160


def exposure_as_json(exposure: Exposure) -> dict[str, Any]:
    """An exposure as one JSON object; `run` are code points of the text of the article."""
    share = round(exposure.share, 4)
    return {**exposure._asdict(), "exposed": exposure.exposed, "share": share, "too_much": exposure.is_too_much}


def show_exposures(exposures: Sequence[Exposure], absent: Sequence[str]) -> None:
    """A line for each article, what the columns mean, and the verdict."""
    console = Console(highlight=False, soft_wrap=True)
    if not console.is_terminal:
        console.width = _PIPE_WIDTH
    if exposures:
        console.print(_table(exposures))
        console.print(*_LEGEND, sep="\n", style="bright_black")
    for article_id in absent:
        console.print(f"{article_id}: its text is not here, so nothing can be said; `parallaxe hydrate DIR`")
    console.print(_verdict(exposures, absent))


def _table(exposures: Sequence[Exposure]) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column("article", no_wrap=True)
    for name in ("words", "placed", "filled", "share", "row", "copied"):
        table.add_column(name, justify="right")
    table.add_column("in", overflow="fold")
    for one in exposures:
        figures = (one.words, one.placed, one.filled, f"{one.share:.1%}", one.longest_run, one.longest_copy)
        style = "red" if one.is_too_much else None
        table.add_row(one.article_id, *(str(figure) for figure in figures), one.copied_from, style=style)
    return table


def _verdict(exposures: Sequence[Exposure], absent: Sequence[str]) -> str:
    limits = f"{LONGEST_RUN} words in a row, {LARGEST_SHARE:.0%} of the words"
    if not exposures:
        return "no restricted text is here" if absent else "the project has no restricted article"
    count = sum(one.is_too_much for one in exposures)
    if count:
        return f"{count} of {len(exposures)} restricted texts can be rebuilt too far (limits: {limits})"
    texts = "the restricted text" if len(exposures) == 1 else f"all {len(exposures)} restricted texts"
    return f"{texts}: less can be rebuilt than the limits ({limits})"
