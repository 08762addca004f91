"""The agreement of two layers of a project, computed or kept in a file.

What is kept names its layers by a fingerprint, so that rendering sees whether they have changed since. It is kept at
all because the texts of restricted articles are not everywhere, and without them overlaps can only be counted in code
points: whoever lacks them renders the figures that were made with them.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from parallaxe.compare.agreement import Agreement, agreement, fingerprint
from parallaxe.compare.agreement_report import agreement_lines, agreement_markdown, parse_agreement
from parallaxe.core.claims import Layer
from parallaxe.core.errors import UsageError
from parallaxe.store.annotations import read_layers
from parallaxe.store.atomic import write_text
from parallaxe.store.jsonl import read_rows, rows_text
from parallaxe.store.project import Project
from parallaxe.store.texts import local_texts


def compare_layers_of(project: Project, a: str, b: str, resamples: int) -> Agreement:
    """The agreement of two layers of a project, over the articles that both annotate.

    Raises:
        UsageError: if a layer has no file.
        ProjectError: if a file is broken.
    """
    return _compared(project, _side(project, a), _side(project, b), resamples)


def kept_agreement(project: Project) -> Agreement | None:
    """The agreement that the project keeps, computed anew where its layers have changed; null where it keeps none.

    Raises:
        UsageError: if a layer that it compares has no file.
        ProjectError: if a file is broken.
    """
    kept = read_agreement(project)
    return kept if kept is None or is_current(project, kept) else computed_anew(project, kept)


def read_agreement(project: Project) -> Agreement | None:
    """The agreement that the project keeps, as it stands there; null where it keeps none."""
    if not project.agreement.is_file():
        return None
    return parse_agreement(read_rows(project.agreement), str(project.agreement))


def is_current(project: Project, kept: Agreement) -> bool:
    """True where its layers are those that it was made of."""
    return kept.made_from == fingerprint(*_sides(project, kept))


def computed_anew(project: Project, kept: Agreement) -> Agreement:
    """The agreement of the same layers as they are, over the texts that are here."""
    return _compared(project, *_sides(project, kept), kept.resamples)


def _sides(project: Project, kept: Agreement) -> tuple[dict[str, Layer], dict[str, Layer]]:
    a, b = (
        {article: layer for name in own.layers for article, layer in _side(project, name).items()}
        for own in (kept.a, kept.b)
    )
    return a, b


def agreement_text(found: Agreement) -> str:
    """The lines of a file that keeps an agreement."""
    return rows_text(agreement_lines(found))


def write_agreement(path: Path, found: Agreement) -> None:
    """Write the lines that a project keeps, where the name of the file ends in `.jsonl`; a report otherwise."""
    write_text(path, agreement_text(found) if path.suffix == ".jsonl" else agreement_markdown(found))


def _side(project: Project, name: str) -> dict[str, Layer]:
    layers = {file.layer.article_id: file.layer for file in read_layers(project.layers, [name])}
    if not layers:
        known = sorted(path.name for path in project.layers.iterdir() if path.is_dir() and path.name != "text")
        raise UsageError(name, "no layer of that name", f"use one of {', '.join(known) or 'none yet'}")
    return layers


def _compared(project: Project, a: Mapping[str, Layer], b: Mapping[str, Layer], resamples: int) -> Agreement:
    return agreement(a, b, local_texts(project, {*a, *b}), project.schemas, resamples)
