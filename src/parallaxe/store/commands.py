"""What the commands of the command line do, each one call from paths to a result."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from parallaxe.core.errors import ManyErrors, UsageError
from parallaxe.core.schema import Schemas
from parallaxe.store.build import FULL, PROFILES, PUBLIC, Build, Progress, build
from parallaxe.store.corpus import folder_card, project_card, project_items, stale_text_layers
from parallaxe.store.project import find_project
from parallaxe.store.reading import read_raw, read_raw_document
from parallaxe.store.schemas import load_schemas
from parallaxe.store.sources import SIZE_LIMIT, Item, list_folder, slug
from parallaxe.text.document import Document
from parallaxe.text.read import FORMATS

# A worker takes about two seconds to start; below this many articles one process is done sooner.
_FEWEST_TO_SHARE = 400


def build_project(
    start: Path, out: Path | None, profile: str, size_limit: int, jobs: int, progress: Progress
) -> Build:
    """Build the project that `start` belongs to; public to its station `corpus/`, full below its state folder.

    Raises:
        UsageError: if there is no project, or the profile is unknown.
        DataError, SurroundingsError: as `build` does.
    """
    _check_choice("--profile", profile, PROFILES)
    project = find_project(start)
    items = project_items(project, profile, size_limit)
    stale = stale_text_layers(project, items)
    if stale:
        raise ManyErrors(stale)
    station = project.corpus if profile == PUBLIC else project.state / FULL
    return build(
        items,
        project.schemas,
        project_card(project),
        out or station,
        profile=profile,
        jobs=_jobs(jobs, len(items)),
        progress=progress,
    )


def build_folder(
    folder: Path,
    out: Path,
    rights: str,
    text_origin: str,
    profile: str,
    size_limit: int,
    jobs: int,
    progress: Progress,
) -> Build:
    """Build a dataset from any folder of raw articles, without a project.

    Raises:
        UsageError: if there is no such folder, or `out` lies where the raw articles are.
        DataError, SurroundingsError: as `build` does.
    """
    schemas = load_schemas()
    _check_choice("--profile", profile, PROFILES)
    _check_choice("--rights", rights, schemas.labels["rights"].names)
    _check_choice("--text-origin", text_origin, schemas.labels["text_origins"].names)
    if folder.resolve().is_relative_to(out.resolve()):
        raise UsageError(str(out), "the dataset would take the place of the raw articles", "choose another --out")
    template = Item("", "", None, rights=rights, text_origin=text_origin)
    listing = list_folder(folder, template, size_limit)
    if listing.errors:
        raise ManyErrors(listing.errors)
    if not listing.items:
        what = f"no article there ({', '.join(FORMATS)}, .jsonl)"
        raise UsageError(str(folder), what, "name a folder that holds some")
    built = build(
        listing.items,
        schemas,
        folder_card(folder.resolve().name),
        out,
        profile=profile,
        jobs=_jobs(jobs, len(listing.items)),
        progress=progress,
    )
    passed_over = [f"{folder / name}: passed over, no format of an article" for name in listing.passed_over]
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


def _check_choice(option: str, value: str, choices: tuple[str, ...]) -> None:
    if value not in choices:
        raise UsageError(option, f"`{value}` is none of the choices", f"use one of {', '.join(choices)}")


def _jobs(wanted: int, articles: int) -> int:
    if wanted:
        return wanted
    return 1 if articles < _FEWEST_TO_SHARE else os.cpu_count() or 1


def schemas_of(start: Path) -> Schemas:
    """The schemas of the project that a path belongs to, or the default ones where it belongs to none."""
    try:
        return find_project(start).schemas
    except UsageError:
        return load_schemas()
