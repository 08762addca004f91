"""A corpus project: any directory with the stations of the design, found from inside it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from parallaxe.core.errors import ProjectError, UsageError
from parallaxe.core.schema import Schemas
from parallaxe.store.catalogue import CatalogueRow, read_catalogue
from parallaxe.store.schemas import load_schemas, load_severities
from parallaxe.store.text_files import read_text
from parallaxe.validate.severity import Severities

_VERSION = re.compile(r"\bversion (\d+\.\d+)\b")


@dataclass(frozen=True)
class Project:
    """The places of a project; each station is named here and nowhere else."""

    root: Path

    @property
    def seeds(self) -> Path:
        """Raw articles."""
        return self.root / "seeds"

    @property
    def catalogue_file(self) -> Path:
        """What raw articles there are."""
        return self.seeds / "catalogue.jsonl"

    @property
    def layers(self) -> Path:
        """What annotators, models and rules say of the texts, a folder for each layer."""
        return self.root / "annotations" / "layers"

    @property
    def knowledge_base(self) -> Path:
        """The entities that claims link to."""
        return self.root / "annotations" / "knowledge_base.jsonl"

    @property
    def guidelines(self) -> Path:
        """What is annotated and how: prose by hand, tables of labels between marks."""
        return self.root / "annotations" / "GUIDELINES.md"

    @property
    def guideline_version(self) -> str | None:
        """The version that the first line of the guidelines names; null where there are none."""
        if not self.guidelines.is_file():
            return None
        heading = read_text(self.guidelines).partition("\n")[0]
        found = _VERSION.search(heading)
        return found[1] if found else None

    @property
    def agreement(self) -> Path:
        """How far two layers agree, a figure on a line; the report beside it and the card are rendered from it."""
        return self.root / "annotations" / "agreement.jsonl"

    @property
    def text_layers(self) -> Path:
        """What is known of restricted texts without their words."""
        return self.layers / "text"

    @property
    def card(self) -> Path:
        """The card: prose by hand, tables between marks."""
        return self.root / "DATASET_CARD.md"

    @property
    def citation(self) -> Path:
        """How the dataset is to be cited, in the Citation File Format."""
        return self.root / "CITATION.cff"

    @property
    def corpus(self) -> Path:
        """The dataset of the public profile."""
        return self.root / "corpus"

    @property
    def state(self) -> Path:
        """What git never sees: full builds, servers, context of restricted texts."""
        return self.root / ".parallaxe"

    @cached_property
    def schemas(self) -> Schemas:
        """Tables and labels of the project."""
        return load_schemas(self.root / "schemas")

    @cached_property
    def severities(self) -> Severities:
        """Rules of the gate that the project judges otherwise."""
        return load_severities(self.root / "schemas")

    @cached_property
    def catalogue(self) -> tuple[CatalogueRow, ...]:
        """All rows of the catalogue."""
        return tuple(read_catalogue(self.catalogue_file))

    def text_layer(self, article_id: str) -> Path:
        """The stand-off file of a restricted article."""
        return self.text_layers / f"{article_id}.jsonl"


def find_project(start: Path) -> Project:
    """The project that a directory belongs to: itself or the nearest one above with a catalogue.

    Raises:
        UsageError: if there is none.
        ProjectError: if a folder of it is a link that leads out of it: what is written there would be elsewhere.
    """
    for folder in (start.resolve(), *start.resolve().parents):
        if (folder / "seeds" / "catalogue.jsonl").is_file():
            _check_links(folder)
            return Project(folder)
    raise UsageError(
        str(start), "no corpus project here or above", "go into one, or make one with `parallaxe init DIR`"
    )


_STATIONS = ("seeds", "annotations", "schemas", "corpus", "models", "docs", ".parallaxe")
_DEPTHS = ("", "/*", "/*/*")  # as far down as the program makes folders of its own


def _check_links(root: Path) -> None:
    for path in (path for name in _STATIONS for depth in _DEPTHS for path in root.glob(f"{name}{depth}")):
        if path.is_symlink() and path.is_dir() and not path.resolve().is_relative_to(root):
            raise ProjectError(str(path), "the link leaves the project", "put the folder itself there")
