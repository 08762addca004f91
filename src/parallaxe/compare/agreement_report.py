"""An agreement as lines to keep, as Markdown to read, as JSON for programs, as a table of headlines for a card.

The lines are what a project commits: whoever lacks restricted texts could not compute the same figures again, but can
render them. What is weakest is read first: figures stand lowest first. Every report of two passes by a model says what
they are worth, and what was left out stands in the report itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from parallaxe.compare.agreement import Agreement, Side
from parallaxe.compare.bootstrap import Figure
from parallaxe.compare.figure_lines import coefficient, figure_line, interval, lowest_first, table_row
from parallaxe.compare.matches import ALL
from parallaxe.core.errors import ProjectError
from parallaxe.core.records import record
from parallaxe.core.wording import counted

ONE_MODEL = (
    "Passes by one model share its blind spots: their agreement shows that the guidelines are clear, "
    "not that the labels are true. No person has annotated yet."
)
"""What every report of two passes by a model says (guidelines, §5)."""

_MOST_RESAMPLES = 1_000_000  # a figure is made anew with as many as its file says

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
        "made_from": agreement.made_from,
        "figures": [_figure_json(figure) for figure in agreement.figures],
    }


def _figure_json(figure: Figure) -> dict[str, Any]:
    return {name: getattr(figure, name) for name in Figure.__dataclass_fields__}


def agreement_lines(agreement: Agreement) -> Iterator[dict[str, Any]]:
    """A header (all but the figures), then a figure on each line, to six places, in the order they were made in."""
    header = agreement_json(agreement)
    del header["figures"]
    yield header
    yield from map(figure_line, agreement.figures)


def parse_agreement(lines: Iterable[tuple[int, Mapping[str, Any]]], where: str) -> Agreement:
    """The agreement that lines (number and object) were made of.

    Raises:
        ProjectError: if the header or a figure has a wrong key.
    """
    number, header = 1, None
    figures: list[Figure] = []
    try:
        for number, line in lines:  # noqa: B007 - the complaint names the line that it stopped at
            if header is None:
                header = _header(line)
            else:
                figures.append(record(Figure, line))
        return replace(header or _header({}), figures=tuple(figures))
    except (AttributeError, KeyError, TypeError) as error:
        remedy = "`parallaxe agreement A B --out` writes it anew"
        raise ProjectError(f"{where}:{number}", f"no line of an agreement ({error})", remedy) from error


def _header(line: Mapping[str, Any]) -> Agreement:
    told = {name: value for name, value in line.items() if name != "caution"}
    characters = told.pop("code_points_instead_of_tokens")
    header = record(Agreement, {**told, "characters": characters, "figures": ()})
    if not 1 <= header.resamples <= _MOST_RESAMPLES:
        raise TypeError(f"`resamples` cannot be {header.resamples}")
    return header


def caution(agreement: Agreement) -> str | None:
    """The sentence that a reader must not miss; None where a person made one of the sides."""
    machines = {("model",)}
    return ONE_MODEL if {agreement.a.annotator_types, agreement.b.annotator_types} == machines else None


def agreement_rows(figures: Sequence[Figure]) -> list[tuple[str, ...]]:
    """Cells of a table, in the order of `COLUMNS`.

    >>> agreement_rows([Figure("entities", "F1 outer, exact", "LOC", 0.9512, 0.94, 0.96, 120)])
    [('F1 outer, exact', 'LOC', '.951', '.940 – .960', '120')]
    """
    return [
        (figure.name, figure.group, coefficient(figure.value), interval(figure), str(figure.n)) for figure in figures
    ]


def agreement_markdown(agreement: Agreement) -> str:
    """A report to commit: who, on what, what was left out, then each section, lowest figures first.

    Precision and recall are left to the JSON: of two passes neither is the truth, and F1 says the same from both sides.
    """
    return "\n".join([*_head(agreement), *_left_out(agreement), *_tables(agreement)]) + "\n"


_HEADLINES: Mapping[tuple[str, str], str] = {
    ("entities", "F1 outer, exact"): "outer mentions, exact F1",
    ("entities", "F1 nested, exact"): "nested mentions, exact F1",
    ("entities", "equal links"): "links, equal ids",
    ("quotations", "F1 outermost content, IoU .8"): "content of quotations, F1 at IoU .8",
    ("stance of the article", "α polarity"): "article stance, α with « not taken up » as a class",
    ("stance of the article", "IoU evidence"): "evidence of article stances, mean IoU",
    ("attributed stance", "F1 tuples without holder"): "attributed stance, F1 of tuples without holder",
    ("attributed stance", "F1 tuples with holder"): "attributed stance, F1 of tuples with holder",
}
"""What a card tells, by section and name of the figure."""


def headlines(agreement: Agreement) -> str:
    """The figures that a card tells, lowest first, as Markdown: what was compared, then a table."""
    told = headline_figures(agreement)
    words = {figure: name for name, figure in told.items()}
    rows = [(words[figure], coefficient(figure.value), interval(figure)) for figure in lowest_first(told.values())]
    sides = " and ".join(", ".join(f"`{name}`" for name in side.layers) for side in (agreement.a, agreement.b))
    articles = counted(len(agreement.articles), "article")
    said = f"Agreement of {sides} over {articles}; 95 % intervals over articles, lowest first."
    return "\n".join([said, "", table_row(("figure", "value", "interval")), "|---|---:|---|", *map(table_row, rows)])


def headline_figures(agreement: Agreement) -> dict[str, Figure]:
    """The figures that a card tells, by the words in which it does."""
    found = {
        _HEADLINES.get((figure.section, figure.name), ""): figure for figure in agreement.figures if figure.group == ALL
    }
    return {words: figure for words, figure in found.items() if words}


def _head(agreement: Agreement) -> Iterator[str]:
    yield "# Agreement"
    yield ""
    yield f"`{_who(agreement.a)}` and `{_who(agreement.b)}`, over {counted(len(agreement.articles), 'article')}"
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
        yield from ("", f"## {section[0].upper()}{section[1:]}", "", table_row(COLUMNS), "|---|---|---:|---|---:|")
        yield from (table_row(cells) for cells in agreement_rows(lowest_first(told)))


def _one_sided(figure: Figure) -> bool:
    return figure.name.startswith(("precision ", "recall "))
