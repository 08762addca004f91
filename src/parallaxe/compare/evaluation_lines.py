"""An evaluation of one split as a value and as lines to keep: a header, then a figure on each line.

It is kept split by split, because not every split can be scored everywhere: whoever lacks the restricted texts keeps
the figures of whoever has them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from parallaxe.compare.bootstrap import Figure
from parallaxe.compare.evaluation_floors import Floor
from parallaxe.compare.figure_lines import figure_line
from parallaxe.compare.matches import ALL
from parallaxe.compare.sections import Skipped
from parallaxe.core.errors import ProjectError
from parallaxe.core.records import record


@dataclass(frozen=True)
class Evaluation:
    """The figures of one split, by what the machine was given of the knowledge base, and what they rest on.

    `machine` is a digest of all that it proposed, so that two machines that say the same are one; `gold` one of the
    layers it was measured against. `tools` made the proposals, `gold_types` are the types of gold's annotators.
    `knowledge` counts the rows that the machine was given. `floors` are those that held when the figures were kept.
    """

    split: str
    articles: tuple[str, ...]
    machine: str
    tools: tuple[str, ...]
    gold: str
    gold_types: tuple[str, ...]
    knowledge: Mapping[str, int]
    resamples: int
    skipped: tuple[Skipped, ...]
    floors: tuple[Floor, ...]
    runs: Mapping[str, tuple[Figure, ...]]

    def figure(self, knowledge: str, section: str, name: str, group: str = ALL) -> Figure | None:
        """One figure by the words of its place; null where there is none."""
        return next(
            (f for f in self.runs.get(knowledge, ()) if (f.section, f.name, f.group) == (section, name, group)), None
        )


def evaluation_lines(evaluation: Evaluation) -> Iterator[dict[str, Any]]:
    """The lines that are kept, numbers to six places."""
    yield {
        "split": evaluation.split,
        "articles": list(evaluation.articles),
        "machine": evaluation.machine,
        "tools": list(evaluation.tools),
        "gold": evaluation.gold,
        "gold_types": list(evaluation.gold_types),
        "knowledge": dict(evaluation.knowledge),
        "resamples": evaluation.resamples,
        "skipped": [skipped._asdict() for skipped in evaluation.skipped],
        "floors": [floor._asdict() for floor in evaluation.floors],
    }
    for knowledge, figures in evaluation.runs.items():
        for figure in figures:
            yield {"knowledge": knowledge, **figure_line(figure)}


def evaluation_json(evaluation: Evaluation) -> dict[str, Any]:
    """The same as one object for programs."""
    header, *figures = evaluation_lines(evaluation)
    return {**header, "figures": figures}


def parse_evaluation(lines: Iterable[tuple[int, Mapping[str, Any]]], where: str) -> Evaluation:
    """The evaluation that lines (number and object) were made of.

    Raises:
        ProjectError: if the header or a figure is broken.
    """
    number, header = 1, None
    runs: dict[str, list[Figure]] = {}
    try:
        for number, line in lines:  # noqa: B007 - the complaint names the line that it stopped at
            if header is None:
                header = _header(line)
            else:
                fields = dict(line)
                runs.setdefault(fields.pop("knowledge"), []).append(record(Figure, fields))
        told = {knowledge: tuple(found) for knowledge, found in runs.items()}
        return replace(header or _header({}), runs=told)
    except (KeyError, TypeError) as error:
        remedy = "`parallaxe evaluate` writes it anew"
        raise ProjectError(f"{where}:{number}", f"no line of an evaluation ({error})", remedy) from error


def _header(line: Mapping[str, Any]) -> Evaluation:
    return record(Evaluation, {**line, "runs": {}})
