"""What evaluations leave behind: figures by split, floors, looks, and the report that is made of them.

Below `annotations/` the report is `EVALUATION.md`, and the folder `evaluation/` holds the rest: a file of figures for
each split, `floors.toml`, and `looks.jsonl`, which only ever grows.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import UTC, datetime
from pathlib import Path

from parallaxe.compare.evaluation_floors import Floor, lowered_floors, parse_floors
from parallaxe.compare.evaluation_lines import Evaluation, evaluation_lines, parse_evaluation
from parallaxe.compare.evaluation_report import Look, evaluation_markdown, look_at, parse_look
from parallaxe.core.errors import CombinedError, ProjectError
from parallaxe.dataset.splits import SPLITS, TRAIN, VALIDATION
from parallaxe.store.atomic import write_text
from parallaxe.store.jsonl import read_rows, rows_text, write_rows
from parallaxe.store.project import Project
from parallaxe.store.text_files import read_toml


def station(project: Project) -> Path:
    """The folder of figures, floors and looks."""
    return project.layers.parent / "evaluation"


def report_path(project: Project) -> Path:
    """The page that is rendered from all that is kept."""
    return station(project).with_name("EVALUATION.md")


def read_floors(project: Project) -> tuple[Floor, ...]:
    """The floors of a project; none where it has no file of them.

    Raises:
        ProjectError: if the file is broken.
    """
    path = station(project) / "floors.toml"
    if not path.is_file():
        return ()
    return parse_floors(read_toml(path), SPLITS, str(path))


def read_looks(project: Project) -> tuple[Look, ...]:
    """Every look that is remembered, oldest first.

    Raises:
        ProjectError: if a row is broken.
    """
    path = station(project) / "looks.jsonl"
    rows = read_rows(path) if path.is_file() else ()
    return tuple(parse_look(row, f"{path}:{number}") for number, row in rows)


def remember(project: Project, evaluations: Iterable[Evaluation]) -> None:
    """Add a look for each evaluation of a split that nothing may be tuned on, unless it is remembered already."""
    looks = list(read_looks(project))
    today = datetime.now(UTC).date().isoformat()
    new = [look_at(evaluation, today) for evaluation in evaluations if evaluation.split not in (TRAIN, VALIDATION)]
    added = [look for look in new if look.seen not in {before.seen for before in looks}]
    if added:
        write_rows(station(project) / "looks.jsonl", (look._asdict() for look in (*looks, *added)))


def kept_evaluations(folder: Path) -> tuple[Evaluation, ...]:
    """The evaluations that a folder keeps, in the order of the splits.

    Raises:
        ProjectError: if a file is broken.
    """
    files = (folder / f"{split}.jsonl" for split in SPLITS)
    return tuple(parse_evaluation(read_rows(path), str(path)) for path in files if path.is_file())


def kept_report(project: Project) -> str | None:
    """The report of all that a project keeps, as Markdown; null where it keeps nothing."""
    kept = kept_evaluations(station(project))
    return evaluation_markdown(kept, read_floors(project), read_looks(project)) if kept else None


def write_evaluations(project: Project, evaluations: Iterable[Evaluation], out: Path | None = None) -> Path:
    """Keep evaluations beside those of other splits, and write the report of all; the path of the report.

    Args:
        project: whose floors and looks the report tells.
        evaluations: of one split each; they take the place of what was kept of these.
        out: a folder that takes the place of `annotations/`.

    Raises:
        ProjectError: if a floor was lowered since the figures were kept, without a reason.
    """
    held = tuple(evaluations)
    lines = lowered(project, {evaluation.split for evaluation in held})
    if lines:
        floors = str(station(project) / "floors.toml")
        raise CombinedError([ProjectError(floors, line, "raise it again, or say why beside it") for line in lines])
    folder = station(project) if out is None else out / "evaluation"
    for evaluation in held:
        write_text(folder / f"{evaluation.split}.jsonl", rows_text(evaluation_lines(evaluation)))
    path = folder.parent / "EVALUATION.md"
    write_text(path, evaluation_markdown(kept_evaluations(folder), read_floors(project), read_looks(project)))
    return path


def lowered(project: Project, splits: Collection[str]) -> list[str]:
    """A line for each floor of these splits that was lowered since figures were kept, without a reason."""
    kept = [floor for evaluation in kept_evaluations(station(project)) for floor in evaluation.floors]
    return lowered_floors(read_floors(project), [floor for floor in kept if floor.split in splits])
