"""A layer file from anywhere, as git hands over a blob, and the text that it is about, as the project here has it."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from parallaxe.core.claims import Layer
from parallaxe.core.errors import ParallaxeError, UsageError
from parallaxe.core.layer_format import parse_layer
from parallaxe.store.atomic import surroundings
from parallaxe.store.catalogue import read_catalogue
from parallaxe.store.jsonl import read_rows
from parallaxe.store.project import Project, find_project
from parallaxe.store.versions.project_version import local_text
from parallaxe.store.versions.revisions import CATALOGUE, HEAD, Files, version_files
from parallaxe.store.versions.version import Text


class FoundLayer(NamedTuple):
    """What a file holds: as it is, and as a layer with its text; null where it is none, or the text is not here."""

    raw: bytes
    layer: Layer | None
    text: str | None


def find_layer(path: Path, start: Path) -> FoundLayer:
    """The layer in a file, and its text among the articles of the project that `start` belongs to, or of its HEAD.

    Raises:
        UsageError: if there is no such file.
        SurroundingsError: if it cannot be read.
    """
    if not path.is_file():
        raise UsageError(str(path), "no such file", "name a layer file")
    with surroundings(path):
        raw = path.read_bytes()
    try:
        layer, _ = parse_layer(read_rows(path), str(path))
    except ParallaxeError:
        return FoundLayer(raw, None, None)
    return FoundLayer(raw, layer, _text(layer, start))


def _text(layer: Layer, start: Path) -> str | None:
    """The text with the hash that the layer names; HEAD is asked where the article was edited since."""
    try:
        project = find_project(start)
    except UsageError:
        return None
    for name in (None, HEAD):
        try:
            with version_files(name, project) as files:
                found = _article(layer.article_id, files, project)
        except (ParallaxeError, OSError):  # no git, no commit, a broken catalogue: offsets are enough
            continue
        if found is not None and found.digest == layer.text_sha256:
            return found.words
    return None


def _article(article_id: str, files: Files, here: Project) -> Text | None:
    files.bring([CATALOGUE])
    for row in read_catalogue(files.project.catalogue_file):
        if row.id == article_id:
            files.bring([f"seeds/{row.file}"])
            return local_text(row, (files.project, here))
    return None
