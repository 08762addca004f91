"""A new corpus project: the stations, with everything in them that a first build needs."""

from __future__ import annotations

import shutil
from pathlib import Path

from parallaxe.core.errors import UsageError
from parallaxe.dataset.templates import DEFAULT_GUIDELINES, default_card
from parallaxe.store.atomic import building
from parallaxe.store.project import Project
from parallaxe.store.render import render_project
from parallaxe.store.schemas import default_folder

_IGNORED = ".parallaxe/\nseeds/restricted/\n"
_ATTRIBUTES = """\
seeds/** -text
*.jsonl text eol=lf
annotations/layers/**/*.jsonl diff=parallaxe-layer
seeds/catalogue.jsonl text eol=lf
*.parquet binary
"""


def init_project(directory: Path, name: str) -> Project:
    """Make a project with its own copy of the schemas and what is rendered from them, whole or not at all.

    Raises:
        UsageError: if the directory holds anything.
    """
    if directory.exists() and (not directory.is_dir() or any(directory.iterdir())):
        raise UsageError(str(directory), "it is not empty", "name a new directory")
    with building(directory) as new:
        for station in ("seeds/open", "seeds/restricted", "annotations/layers", "corpus", "tests"):
            (new / station).mkdir(parents=True)
        shutil.copytree(default_folder(), new / "schemas")
        (new / "seeds" / "catalogue.jsonl").write_text("", "utf-8")
        (new / "DATASET_CARD.md").write_text(default_card(name), "utf-8")
        Project(new).guidelines.write_text(DEFAULT_GUIDELINES, "utf-8")
        (new / ".gitignore").write_text(_IGNORED, "utf-8")
        (new / ".gitattributes").write_text(_ATTRIBUTES, "utf-8")
        render_project(Project(new), write=True)
    return Project(directory.resolve())
