"""Two versions of a project, read as far as they differ, and what changed between them.

Files that are the same in both are not parsed, and only texts that a change is about are made from their raw files. A
restricted text of any version is at hand where its file is in this work tree; it is told by its hash.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from parallaxe.compare.changes import Changes, Source, State, diff_states
from parallaxe.core.claims import Layer
from parallaxe.core.errors import ParallaxeError, ProjectError, RawFileError, UsageError
from parallaxe.store.annotations import read_layer
from parallaxe.store.catalogue import CatalogueRow, read_catalogue
from parallaxe.store.project import Project, find_project
from parallaxe.store.reading import read_row
from parallaxe.store.revisions import CATALOGUE, LAYERS, Files, version_files
from parallaxe.store.text_layer import read_text_layer

HEAD = "HEAD"
_NOT_FACTS = ("id", "sha256", "size")


class Diff(NamedTuple):
    """What changed between two versions, by name; the texts at hand by their hash, and which may not be passed on."""

    old: str
    new: str
    changes: Changes
    texts: Mapping[str, str]
    restricted: frozenset[str]


def diff_versions(
    start: Path, old: str | None = None, new: str | None = None, layers: Collection[str] | None = None
) -> Diff:
    """What changed from a version (null: HEAD) to another (null: the work tree), in all layers or some.

    Raises:
        UsageError: if a version or layer is not there.
        ProjectError: if a catalogue or a layer that differs is broken.
        SurroundingsError: if git or the disk fails.
    """
    try:
        project = find_project(start)
    except UsageError:
        project = None
    with ExitStack() as stack:
        before = stack.enter_context(version_files(old or HEAD, project))
        after = stack.enter_context(version_files(new, project))
        return _diff(before, after, layers, project or after.project)


def _diff(before: Files, after: Files, names: Collection[str] | None, here: Project) -> Diff:
    paths = _differing(before, after, names)
    rows = (_rows(before), _rows(after))
    layers = (_layers(before, paths), _layers(after, paths))
    asked = {article for (_, article) in layers[0].keys() & layers[1].keys()} | {
        name for name in rows[0].keys() & rows[1].keys() if rows[0][name].sha256 != rows[1][name].sha256
    }
    texts: dict[str, str] = {}
    states = [
        State(_sources(files, of_side, asked, texts, here), read)
        for files, of_side, read in zip((before, after), rows, layers, strict=True)
    ]
    signs = {label.name: label.sign for label in here.schemas.labels["polarities"].labels}
    changes = diff_states(states[0], states[1], texts, signs)
    restricted = {row.id for of_side in rows for row in of_side.values() if not row.is_open}
    return Diff(before.name, after.name, changes, texts, frozenset(restricted))


def _differing(before: Files, after: Files, names: Collection[str] | None) -> list[str]:
    """The layer files that are not the same in both."""
    known = {path: PurePosixPath(path).parent.name for path in {*before.blobs, *after.blobs} if _is_layer(path)}
    for name in names or ():
        if name not in known.values():
            remedy = f"name one of {', '.join(sorted(set(known.values()))) or 'those you have'}"
            raise UsageError("--layer", f"no layer `{name}` in either version", remedy)
    return sorted(
        path
        for path, name in known.items()
        if before.blobs.get(path) != after.blobs.get(path) and (not names or name in names)
    )


def _is_layer(path: str) -> bool:
    return PurePosixPath(path).match(f"{LAYERS}/*/*.jsonl") and not path.startswith(f"{LAYERS}/text/")


def _rows(files: Files) -> dict[str, CatalogueRow]:
    files.bring([CATALOGUE])
    with files.complaints():
        return {row.id: row for row in read_catalogue(files.project.catalogue_file)}


def _layers(files: Files, paths: Iterable[str]) -> dict[tuple[str, str], Layer]:
    own = [path for path in paths if path in files.blobs]
    files.bring(own)
    with files.complaints():
        read = [read_layer(files.project.root / path).layer for path in own]
    return {(layer.layer, layer.article_id): layer for layer in read}


def _sources(
    files: Files, rows: Mapping[str, CatalogueRow], asked: Collection[str], texts: dict[str, str], here: Project
) -> dict[str, Source]:
    """The articles of a version; the texts of those asked for are added to `texts`."""
    files.bring(path for name in asked if name in rows for path in (f"seeds/{rows[name].file}", _text_layer(name)))
    sources = {}
    for name, row in rows.items():
        made = local_text(row, (files.project, here)) if name in asked else None
        if made is not None:
            texts[made[0]] = made[1]
        digest = made[0] if made is not None else _told_digest(files, row) if name in asked else None
        facts = {fact: value for fact, value in asdict(row).items() if fact not in _NOT_FACTS}
        sources[name] = Source(row.sha256, digest, facts)
    return sources


def _text_layer(article_id: str) -> str:
    return f"{LAYERS}/text/{article_id}.jsonl"


def local_text(row: CatalogueRow, projects: Iterable[Project]) -> tuple[str, str] | None:
    """Hash and text of an article from the first project that has its raw file; None where none does."""
    for project in projects:
        if (project.seeds / row.file).is_file():
            try:
                document = read_row(project, row)
            except (RawFileError, ProjectError):  # another file, or none that can be read: the next, or no text
                continue
            if document.text is not None and document.text_sha256 is not None:
                return document.text_sha256, document.text
    return None


def _told_digest(files: Files, row: CatalogueRow) -> str | None:
    """The hash of a withheld text, as its text layer tells it."""
    path = files.project.text_layer(row.id)
    try:
        return read_text_layer(path).document.text_sha256 if path.is_file() else None
    except ParallaxeError:
        return None
