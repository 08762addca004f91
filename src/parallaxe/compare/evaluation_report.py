"""An evaluation as Markdown: what is weakest first, with floors, and every time that a test was looked at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from parallaxe.compare.bootstrap import Figure
from parallaxe.compare.evaluation_floors import CUT, FULL, Floor
from parallaxe.compare.evaluation_lines import Evaluation
from parallaxe.compare.figure_lines import coefficient, interval, lowest_first, table_row
from parallaxe.compare.matches import ALL, LEVELS, PRF
from parallaxe.core.errors import ProjectError
from parallaxe.core.records import record
from parallaxe.core.wording import counted

HEADLINES: Mapping[str, Sequence[tuple[str, str]]] = {
    CUT: (
        ("entities", "F1 mentions, exact"),
        ("entities", "F1 known, exact"),
        ("entities", "F1 unknown, exact"),
        ("entities", "F1 links, B³"),
        ("quotations", "F1 outermost content, IoU .8"),
        ("quotations", "F1 outermost cue, IoU .8"),
        ("quotations", "F1 outermost source, IoU .8"),
        ("stance of the article", "F1 targets taken up"),
        ("stance of the article", "macro-F1 polarity"),
        ("stance of the article", "macro-F1 polarity, above all neutral"),
        ("attributed stance", "F1 tuples without holder"),
        ("attributed stance", "F1 tuples with holder"),
    ),
    FULL: (
        ("entities", "F1 mentions, exact"),
        ("entities", "F1 links, B³"),
        ("attributed stance", "F1 tuples with holder"),
    ),
}
"""The figures that a look is remembered by and that stand in front of the report, by what was known."""

_INTRODUCTION = """# Evaluation of the machine

What `parallaxe evaluate` measured: the machine's proposals against gold, with 95 % intervals (percentiles of bootstrap
samples of articles). Lowest figures first. Precision is the share of proposals that gold confirms, recall the share of
gold that was proposed.

- **Knowledge base.** *cut*: rows first seen in `train` alone, and of these the names that stand in its texts; *full*:
  all rows, as for somebody who annotates this very corpus. A name is *known* where its row is in the cut one (a mention
  that gold links to nothing: where gold of `train` has its words), all others are *unknown*.
- **Links** are compared as clusters (B³) over mentions that were found; a **holder as cluster** is one whose mentions
  gold gives to one entity, whatever the machine calls him.
- **Polarity of an article** is scored on the targets that gold takes up, as the mean F1 of the polarities with a sign
  and the neutral one; beside it stands a machine that calls all of them neutral. Finding the targets is scored apart.
- **Scores** of proposals are worth what gold confirms of them: the share that is right stands beside their mean. The
  Brier score is the mean squared distance from 1 or 0, the calibration error the mean distance from the share right in
  bands of a tenth; of both, less is better.
- Rules and models are learned on `train` and chosen on `validation`. `evaluation/looks.jsonl` remembers each machine
  whose figures on another split anybody has seen.
"""

_COLUMNS = ("figure", "group", "value", "95 % interval", "precision", "recall", "n", "floor")
_RULE = "|---|---|---:|---|---:|---:|---:|---:|"
_GLANCE = ("figure", "split", "knowledge base", "value", "95 % interval", "floor")
_GLANCE_RULE = "|---|---|---|---:|---|---:|"


class Look(NamedTuple):
    """That somebody saw figures of a split that nothing may be tuned on: when, of which machine, and the main ones."""

    date: str
    split: str
    articles: int
    machine: str
    tools: tuple[str, ...]
    gold: str
    figures: Mapping[str, float | None]

    @property
    def seen(self) -> tuple[str, str, str]:
        """What was looked at: the same machine on the same gold tells nothing new."""
        return self.split, self.machine, self.gold


def look_at(evaluation: Evaluation, date: str) -> Look:
    """The look that an evaluation is, its figures to four places."""
    figures = {
        _headline_key(knowledge, name): None if figure.value is None else round(figure.value, 4)
        for knowledge, _, name, figure in _headlines(evaluation)
    }
    counts = len(evaluation.articles)
    return Look(date, evaluation.split, counts, evaluation.machine, evaluation.tools, evaluation.gold, figures)


def parse_look(line: Mapping[str, Any], where: str) -> Look:
    """A look from its line.

    Raises:
        ProjectError: if it has a wrong key.
    """
    try:
        return record(Look, line)
    except TypeError as error:
        raise ProjectError(where, f"no row of a look ({error})", "restore it; the file only ever grows") from error


def glance(evaluations: Iterable[Evaluation], floors: Iterable[Floor]) -> str:
    """The main figures of all splits as one table, lowest first."""
    least = _least(floors)
    found = [(e.split, *headline) for e in evaluations for headline in _headlines(e)]
    found.sort(key=lambda row: (row[4].value is None, row[4].value or 0.0))
    rows = [
        (name, split, knowledge, coefficient(figure.value), interval(figure), _floor(least, split, knowledge, figure))
        for split, knowledge, _, name, figure in found
    ]
    return "\n".join([table_row(_GLANCE), _GLANCE_RULE, *map(table_row, rows)])


def by_split(evaluations: Sequence[Evaluation]) -> str:
    """The main figures without the full knowledge base, a column for each split, for a page that is about more."""
    found = {e.split: {name: figure for known, _, name, figure in _headlines(e) if known == CUT} for e in evaluations}
    rows = [
        (name, *(coefficient(found[split][name].value) if name in found[split] else "–" for split in found))
        for _, name in HEADLINES[CUT]
    ]
    return "\n".join([table_row(("figure", *found)), f"|---|{'---:|' * len(found)}", *map(table_row, rows)])


def evaluation_markdown(evaluations: Sequence[Evaluation], floors: Sequence[Floor], looks: Sequence[Look]) -> str:
    """The report to commit, of all splits that were ever scored."""
    parts = [_INTRODUCTION, *_caution(evaluations), "## At a glance", "", glance(evaluations, floors), ""]
    parts += [*_looks(looks), *(line for evaluation in evaluations for line in _split(evaluation, _least(floors)))]
    return "\n".join(parts) + "\n"


def _caution(evaluations: Sequence[Evaluation]) -> list[str]:
    if any("human" in evaluation.gold_types for evaluation in evaluations):
        return []
    return [
        "**No person has made or corrected this gold: the figures tell how far the machine says what it says.**",
        "",
    ]


def _headlines(evaluation: Evaluation) -> Iterator[tuple[str, str, str, Figure]]:
    for knowledge, places in HEADLINES.items():
        for section, name in places:
            figure = evaluation.figure(knowledge, section, name)
            if figure is not None:
                yield knowledge, section, name, figure


def _headline_key(knowledge: str, name: str) -> str:
    return name if knowledge == CUT else f"{name} ({knowledge})"


def _looks(looks: Sequence[Look]) -> Iterator[str]:
    yield from ("## When test splits were looked at", "")
    if not looks:
        yield from ("Never.", "")
        return
    yield from (
        table_row(("date", "split", "articles", "machine", "gold", "main figures")),
        "|---|---|---:|---|---|---|",
    )
    for look in looks:
        told = "; ".join(f"{name} {coefficient(value)}" for name, value in look.figures.items())
        yield table_row((look.date, look.split, str(look.articles), look.machine[:12], look.gold[:12], told))
    yield ""


def _split(evaluation: Evaluation, least: Mapping[tuple[str, ...], float]) -> Iterator[str]:
    known = ", ".join(f"{count} rows {knowledge}" for knowledge, count in evaluation.knowledge.items())
    yield f"## {evaluation.split}"
    yield ""
    yield f"{counted(len(evaluation.articles), 'article')}; knowledge base: {known}; machine {evaluation.machine[:12]}"
    yield f"({', '.join(evaluation.tools) or 'nothing proposed'}), gold {evaluation.gold[:12]}."
    yield ""
    yield from (f"- left out, {skipped.article_id}: {skipped.kind}, {skipped.why}" for skipped in evaluation.skipped)
    for knowledge, figures in evaluation.runs.items():
        for section in dict.fromkeys(figure.section for figure in figures):
            told = [figure for figure in figures if figure.section == section and _is_told(figure, knowledge)]
            if not told:
                continue
            yield from (f"### {section[0].upper()}{section[1:]}, knowledge base {knowledge}", "")
            yield from (table_row(_COLUMNS), _RULE)
            sides = {(figure.name, figure.group): figure.value for figure in figures if figure.section == section}
            yield from (
                table_row(_cells(figure, sides, _floor(least, evaluation.split, knowledge, figure)))
                for figure in lowest_first(told)
            )
            yield ""


def _is_told(figure: Figure, knowledge: str) -> bool:
    """Precision and recall stand beside their F1; groups are told of exact matches alone, and the rest is kept."""
    if figure.name.startswith(_ONE_SIDED) or not figure.n:
        return False
    loose = figure.name.endswith(tuple(f", {level}" for level in LEVELS if level != "exact"))
    return figure.group == ALL or (knowledge == CUT and not loose)


_ONE_SIDED = tuple(f"{score} " for score in PRF if score != "F1")


def _cells(figure: Figure, sides: Mapping[tuple[str, str], float | None], floor: str) -> tuple[str, ...]:
    what = figure.name.removeprefix("F1 ")
    both = [
        coefficient(sides[place]) if (place := (f"{score}{what}", figure.group)) in sides else ""
        for score in _ONE_SIDED
    ]
    return (figure.name, figure.group, coefficient(figure.value), interval(figure), *both, str(figure.n), floor)


def _least(floors: Iterable[Floor]) -> dict[tuple[str, ...], float]:
    return {floor.place: floor.least for floor in floors}


def _floor(least: Mapping[tuple[str, ...], float], split: str, knowledge: str, figure: Figure) -> str:
    place = (split, knowledge, figure.section, figure.name, figure.group)
    return coefficient(least[place]) if place in least else ""
