"""What the commands of the command line do, each one call from paths to a result."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import NamedTuple

from parallaxe.compare.agreement import Agreement
from parallaxe.core.errors import CombinedError, ProjectError, UsageError
from parallaxe.dataset.article import OPEN
from parallaxe.store.agreement import compare_layers_of
from parallaxe.store.annotations import read_knowledge_base, read_layers
from parallaxe.store.building.annotated import Annotations
from parallaxe.store.building.build import FULL, PROFILES, PUBLIC, Build, Progress, build, untold
from parallaxe.store.corpus import folder_card, project_card, project_items, stale_text_layers
from parallaxe.store.machine.equipment import USUAL, Equipment
from parallaxe.store.project import find_project
from parallaxe.store.reading import read_raw, read_raw_document
from parallaxe.store.rights.editions import layers_of_editions
from parallaxe.store.schemas import load_schemas
from parallaxe.store.sources import SIZE_LIMIT, Item, list_folder, slug
from parallaxe.text.document import Document
from parallaxe.text.read import FORMATS
from parallaxe.validate.tables import Profile

# A worker takes about two seconds to start; below this many articles one process is done sooner.
_FEWEST_TO_SHARE = 400
# Each takes about 100 MB; whoever has memory to spare asks for more of them.
_WORKERS = 2


class Options(NamedTuple):
    """How to build: the profile, the bytes that an article may have, and processes (0: as many as pay).

    `annotate` lets the machine propose what it finds in a folder, with this equipment; a project has layers instead.
    """

    profile: str = PUBLIC
    size_limit: int = SIZE_LIMIT
    jobs: int = 0
    annotate: bool = True
    equipment: Equipment = USUAL


class Folder(NamedTuple):
    """A folder of raw articles, and what its owner declares of all of them."""

    path: Path
    rights: str = OPEN
    text_origin: str = "press"


def build_project(start: Path, out: Path | None, options: Options, progress: Progress = untold) -> Build:
    """Build the project that `start` belongs to; public to its station `corpus/`, full below its state folder.

    Raises:
        UsageError: if there is no project, or the profile is unknown.
        ProjectError: if the project has no article: nobody can load a dataset without rows.
        DataError, SurroundingsError: as `build` does.
    """
    profile = _profile(options.profile)
    project = find_project(start)
    if not project.catalogue:
        remedy = (
            f"add some with `parallaxe add FILE…`, or delete {project.corpus.name}/ if it holds what was taken down"
        )
        raise ProjectError(str(project.catalogue_file), "no article in it to build a dataset of", remedy)
    items = project_items(project, profile, options.size_limit)
    stale = stale_text_layers(items)
    if stale:
        raise CombinedError(stale)
    layers = layers_of_editions(project, items, read_layers(project.layers))
    return build(
        items,
        project.schemas,
        project_card(project),
        out or (project.corpus if profile == PUBLIC else project.state / FULL),
        annotations=Annotations.of(layers, read_knowledge_base(project.knowledge_base, project.schemas)),
        profile=profile,
        jobs=processes(options.jobs, len(items)),
        severities=project.severities,
        progress=progress,
    )


def build_folder(folder: Folder, out: Path, options: Options, progress: Progress = untold) -> Build:
    """Build a dataset from any folder of raw articles, without a project.

    Raises:
        UsageError: if there is no such folder, or `out` lies where the raw articles are.
        DataError, SurroundingsError: as `build` does.
    """
    schemas = load_schemas()
    profile = _profile(options.profile)
    _check_choice("--rights", folder.rights, schemas.labels["rights"].names)
    _check_choice("--text-origin", folder.text_origin, schemas.labels["text_origins"].names)
    if folder.path.resolve().is_relative_to(out.resolve()):
        raise UsageError(str(out), "the dataset would take the place of the raw articles", "choose another --out")
    template = Item("", "", None, rights=folder.rights, text_origin=folder.text_origin)
    listing = list_folder(folder.path, template, options.size_limit)
    if listing.errors:
        raise CombinedError(listing.errors)
    if not listing.items:
        what = f"no article there ({', '.join(FORMATS)}, .jsonl)"
        raise UsageError(str(folder.path), what, "name a folder that holds some")
    built = build(
        listing.items,
        schemas,
        folder_card(folder.path.resolve().name),
        out,
        annotate=options.equipment if options.annotate else None,
        profile=profile,
        jobs=processes(options.jobs, len(listing.items)),
        progress=progress,
    )
    passed_over = [f"{folder.path / name}: passed over, no format of an article" for name in listing.passed_over]
    return built._replace(warnings=(*passed_over, *built.warnings))


def normalize_file(file: Path) -> Document:
    """The document of one raw file, or of plain text from standard input where the path is `-`.

    Raises:
        UsageError: if there is no such file, or its format is unknown.
        RawFileError: if it cannot become a text.
    """
    if str(file) == "-":
        item = Item("stdin", "stdin.txt", None)
        return read_raw_document(sys.stdin.buffer.read(), item)[0]
    if not file.is_file():
        raise UsageError(str(file), "no such file", "name a raw article")
    if file.suffix.lower() not in FORMATS:
        raise UsageError(str(file), f"`{file.suffix}` is no format of one article", f"use one of {', '.join(FORMATS)}")
    item = Item(slug(file.stem), file.name, file)
    return read_raw_document(read_raw(file, SIZE_LIMIT), item)[0]


def _profile(name: str) -> Profile:
    _check_choice("--profile", name, PROFILES)
    return PUBLIC if name == PUBLIC else FULL


def _check_choice(option: str, value: str, choices: tuple[str, ...]) -> None:
    if value not in choices:
        raise UsageError(option, f"`{value}` is none of the choices", f"use one of {', '.join(choices)}")


def processes(wanted: int, articles: int) -> int:
    """How many processes to share articles among: those that were asked for, or (0) as many as pay."""
    if wanted:
        return wanted
    return 1 if articles < _FEWEST_TO_SHARE else min(_WORKERS, os.cpu_count() or 1)


def compare_layer_files(start: Path, a: str, b: str, resamples: int) -> Agreement:
    """The agreement of two layers of the project that `start` belongs to, over the articles that both annotate.

    Raises:
        UsageError: if a layer has no file.
        ProjectError: if a file is broken.
    """
    return compare_layers_of(find_project(start), a, b, resamples)
