"""An agreement as Markdown to commit, as JSON for programs, as rows for a terminal.

What is weakest is read first: figures stand lowest first. Every report of two passes by a model says what they are
worth, and what was left out stands in the report itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from parallaxe.compare.agreement import Agreement, Side
from parallaxe.compare.bootstrap import Figure

ONE_MODEL = (
    "Passes by one model share its blind spots: their agreement shows that the guidelines are clear, "
    "not that the labels are true. No person has annotated yet."
)
"""What every report of two passes by a model says (guidelines, §5)."""

COLUMNS = ("figure", "group", "value", "95 % interval", "n")


def agreement_json(agreement: Agreement) -> dict[str, Any]:
    """All figures, in the order in which they were made, and all that was left out; undefined values are null."""
    return {
        "a": agreement.a._asdict(),
        "b": agreement.b._asdict(),
        "caution": caution(agreement),
        "articles": list(agreement.articles),
        "skipped": [skipped._asdict() for skipped in agreement.skipped],
        "code_points_instead_of_tokens": list(agreement.characters),
        "resamples": agreement.resamples,
        "figures": [_figure_json(figure) for figure in agreement.figures],
    }


def _figure_json(figure: Figure) -> dict[str, Any]:
    return {name: getattr(figure, name) for name in Figure.__dataclass_fields__}


def caution(agreement: Agreement) -> str | None:
    """The sentence that a reader must not miss; None where a person made one of the sides."""
    machines = {("model",)}
    return ONE_MODEL if {agreement.a.annotator_types, agreement.b.annotator_types} == machines else None


def lowest_first(figures: Sequence[Figure]) -> list[Figure]:
    """Figures by value, undefined ones last; equal values keep their order."""
    return sorted(figures, key=lambda figure: (figure.value is None, figure.value or 0.0))


def agreement_rows(figures: Sequence[Figure]) -> list[tuple[str, ...]]:
    """Cells of a table, in the order of `COLUMNS`.

    >>> agreement_rows([Figure("entities", "F1 outer, exact", "LOC", 0.9512, 0.94, 0.96, 120)])
    [('F1 outer, exact', 'LOC', '.951', '.940 – .960', '120')]
    """
    return [(figure.name, figure.group, _number(figure.value), _interval(figure), str(figure.n)) for figure in figures]


def _number(value: float | None) -> str:
    """Three places, without a leading zero, as the coefficients of this field are written."""
    if value is None:
        return "–"
    written = f"{abs(value):.3f}".removeprefix("0")
    return f"−{written}" if value < 0 else written


def _interval(figure: Figure) -> str:
    return "–" if figure.low is None else f"{_number(figure.low)} – {_number(figure.high)}"


def agreement_markdown(agreement: Agreement) -> str:
    """A report to commit: who, on what, what was left out, then each section, lowest figures first.

    Precision and recall are left to the JSON: of two passes neither is the truth, and F1 says the same from both sides.
    """
    return "\n".join([*_head(agreement), *_left_out(agreement), *_tables(agreement)]) + "\n"


def _head(agreement: Agreement) -> Iterator[str]:
    yield "# Agreement"
    yield ""
    yield f"`{_who(agreement.a)}` and `{_who(agreement.b)}`, over {len(agreement.articles)} articles"
    yield f"(95 % intervals: percentiles of {agreement.resamples} bootstrap samples of articles). Lowest figures first."
    yield "A dash is a figure that is not defined: nothing was there to agree on, or only one value was ever used."
    if (sentence := caution(agreement)) is not None:
        yield from ("", f"**{sentence}**")


def _who(side: Side) -> str:
    return f"{', '.join(side.layers)} ({', '.join(side.annotators)}; {', '.join(side.annotator_types)})"


def _left_out(agreement: Agreement) -> Iterator[str]:
    if agreement.skipped or agreement.characters:
        yield from ("", "## Left out", "")
    for skipped in agreement.skipped:
        yield f"- {skipped.article_id}: {skipped.kind}, {skipped.why}"
    if agreement.characters:
        names = ", ".join(agreement.characters)
        yield f"- Without their text, so that overlap was counted in code points instead of tokens: {names}"


def _tables(agreement: Agreement) -> Iterator[str]:
    for section in dict.fromkeys(figure.section for figure in agreement.figures):
        told = [figure for figure in agreement.figures if figure.section == section and not _one_sided(figure)]
        yield from ("", f"## {section[0].upper()}{section[1:]}", "", _row(COLUMNS), "|---|---|---:|---|---:|")
        yield from (_row(cells) for cells in agreement_rows(lowest_first(told)))


def _one_sided(figure: Figure) -> bool:
    return figure.name.startswith(("precision ", "recall "))


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
