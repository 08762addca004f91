"""The machine at work: opened once, asked for one article, for the articles of a project, or on the way of a build.

What it proposes about a project becomes a layer like any other, in files that are committed: a build reads them and
runs no model. Each file is written whole or not at all, all of them only when every article could be read, and a file
that would not change is not touched, so that a git diff shows what the machine has come to see otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import NamedTuple

from parallaxe.annotate.notices import Notice, knowledge_notices
from parallaxe.annotate.proposals import ANNOTATOR, LAYER
from parallaxe.core.claims import Layer
from parallaxe.core.errors import CombinedError, ParallaxeError, SurroundingsError, UsageError
from parallaxe.core.labels import LabelSet
from parallaxe.core.layer_format import layer_lines
from parallaxe.core.schema import Schemas
from parallaxe.dataset.article import OPEN
from parallaxe.dataset.withhold import withhold_claims
from parallaxe.store.atomic import write_text
from parallaxe.store.building.build import PUBLIC, Progress, untold
from parallaxe.store.building.pool import in_chunks
from parallaxe.store.building.workers import MACHINE, in_order
from parallaxe.store.commands import normalize_file, processes
from parallaxe.store.corpus import project_items
from parallaxe.store.jsonl import read_rows, rows_text
from parallaxe.store.machine.equipment import USUAL, Equipment
from parallaxe.store.machine.machine import machine_layer, machine_of
from parallaxe.store.project import Project, find_project
from parallaxe.store.reading import read_article
from parallaxe.store.sources import SIZE_LIMIT, Item, slug
from parallaxe.text.document import Document

_LAYER_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*")
_TEXT_LAYERS = "text"

WRITTEN, UNCHANGED, ABSENT = "written", "unchanged", "missing"


class Annotation(NamedTuple):
    """One article as the machine sees it, with the label sets that say what its labels look like."""

    document: Document
    layer: Layer
    labels: Mapping[str, LabelSet]
    warnings: tuple[Notice, ...]


class Outcome(NamedTuple):
    """What became of one article: its layer written, as it was, or (`missing`) left alone since no text is here."""

    article_id: str
    state: str
    claims: int
    warnings: tuple[Notice, ...]


class ProjectRun(NamedTuple):
    """What became of all articles of a project, and what is unusual about its knowledge base."""

    layer: str
    outcomes: tuple[Outcome, ...]
    warnings: tuple[Notice, ...]


def annotate_file(file: Path, start: Path, equipment: Equipment = USUAL) -> Annotation:
    """One raw file (`-`: plain text from standard input) as the machine sees it; nothing is written.

    Labels and names are those of the project that `start` belongs to, where it belongs to one.

    Raises:
        SurroundingsError: if some of the equipment cannot be loaded, or does not answer.
        UsageError: if there is no such file, or its format is unknown.
        DataError: if it cannot become a text, or the project's schemas or knowledge base are broken.
    """
    document = normalize_file(file)
    project = _project_of(start)
    machine = machine_of(project, equipment)
    guidelines = project.guideline_version if project else None
    layer, warnings = machine_layer(slug(file.stem) or "stdin", document, machine, guidelines=guidelines)
    told = knowledge_notices(machine.known, _surfaces(layer, document))
    return Annotation(document, layer, machine.labels, (*told, *warnings))


def _surfaces(layer: Layer, document: Document) -> list[str]:
    text = document.text or ""
    return [" ".join(text[slice(*span)] for span in mention.fragments) for mention in layer.entities]


def _project_of(start: Path) -> Project | None:
    try:
        return find_project(start)
    except UsageError:
        return None


def annotate_project(
    project: Project, name: str = LAYER, *, equipment: Equipment = USUAL, jobs: int = 0, progress: Progress = untold
) -> ProjectRun:
    """Write the layer of each article whose text is here; what is not here keeps the layer that it has.

    Raises:
        UsageError: if the name is none of a layer, or names a layer that somebody else made.
        CombinedError: if raw files are broken; nothing is written.
        SurroundingsError: if some of the equipment cannot be loaded, or does not answer.
    """
    _check_name(project, name)
    warnings = machine_of(project, equipment).notices
    items = project_items(project, PUBLIC, SIZE_LIMIT)
    how = _How(Project(project.root), project.schemas, name, equipment)
    work = partial(_annotate_items, how=how)
    made: list[_Made] = []
    for chunk in in_order(work, in_chunks(items), processes(jobs, len(items)), MACHINE):
        made += chunk
        progress(len(made), len(items))
    if errors := [one.error for one in made if one.error is not None]:
        raise CombinedError(errors)
    outcomes = tuple(_write(project, name, one) for one in made)
    return ProjectRun(name, outcomes, warnings)


def _check_name(project: Project, name: str) -> None:
    if not _LAYER_NAME.fullmatch(name) or name == _TEXT_LAYERS:
        raise UsageError("--layer", f"`{name}` is no name of a layer", "use a-z, 0-9, `_` and `-`, and not `text`")
    for path in sorted((project.layers / name).glob("*.jsonl")):
        _, header = next(iter(read_rows(path)), (1, {}))
        if header.get("annotator") != ANNOTATOR:
            made_by = header.get("annotator", "nobody knows whom")
            raise UsageError("--layer", f"`{name}` was made by {made_by} ({path.name})", "name another layer")


class _Made(NamedTuple):
    """What a worker made of one item: the lines of its layer, null where there is no text or it is broken."""

    article_id: str
    lines: str | None = None
    claims: int = 0
    warnings: tuple[Notice, ...] = ()
    error: ParallaxeError | None = None


class _How(NamedTuple):
    """What a worker needs to know."""

    project: Project
    schemas: Schemas
    name: str
    equipment: Equipment


def _annotate_items(items: Sequence[Item], how: _How) -> list[_Made]:
    """The layers of some items, in a worker process."""
    project, schemas, name, equipment = how
    machine = machine_of(project, equipment)

    def annotate(item: Item) -> _Made:
        article = read_article(item)
        if article.document.text is None:
            return _Made(item.article_id)
        layer, warnings = machine_layer(
            item.article_id, article.document, machine, name=name, guidelines=project.guideline_version
        )
        claims = layer.claims if article.rights == OPEN else withhold_claims(layer.claims, schemas)
        lines = rows_text(layer_lines(replace(layer, claims=claims)))
        return _Made(item.article_id, lines, len(claims), warnings)

    def annotated_or_broken(item: Item) -> _Made:
        try:
            return annotate(item)
        except SurroundingsError:
            # What the machine is made with fails for every article alike.
            raise
        except ParallaxeError as error:
            return _Made(item.article_id, error=error)

    return [annotated_or_broken(item) for item in items]


def _write(project: Project, name: str, made: _Made) -> Outcome:
    if made.lines is None:
        return Outcome(made.article_id, ABSENT, 0, ())
    path = project.layers / name / f"{made.article_id}.jsonl"
    is_current = path.is_file() and path.read_bytes() == made.lines.encode()
    if not is_current:
        write_text(path, made.lines)
    return Outcome(made.article_id, UNCHANGED if is_current else WRITTEN, made.claims, made.warnings)
