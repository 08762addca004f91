"""What is to be published: a built dataset that passed the gate and holds nothing that may not be passed on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import polars as pl

from parallaxe.core.errors import DataError, GateError, ProjectError
from parallaxe.store.atomic import surroundings
from parallaxe.store.dataset_facts import read_dataset
from parallaxe.store.dataset_files import Manifest, read_manifest
from parallaxe.store.project import Project
from parallaxe.store.publishing.hub import Hashes, hashes_of
from parallaxe.store.schemas import load_schemas
from parallaxe.store.text_files import read_text
from parallaxe.store.validation import PUBLIC, recognise, validate_path
from parallaxe.validate.rules.rights import restricted_text_public
from parallaxe.validate.tables import Tables

BESIDE = ("README.md", "manifest.json", "croissant.json")
"""Files of a dataset beside its data; the last is not in every one."""

_LINES = re.MULTILINE | re.DOTALL
_VERSION = re.compile(r"\d+\.\d+\.\d+(?:[-+][0-9A-Za-z.+-]+)?")


class Publication(NamedTuple):
    """What is to be published: a folder that passed the gate, its files by path, and what its changelog says of it.

    `left` are files of the folder that are no part of the dataset and stay here.
    """

    folder: Path
    manifest: Manifest
    files: Mapping[str, Hashes]
    left: tuple[str, ...]
    changes: str

    @property
    def tag(self) -> str:
        """The tag of its version."""
        return f"v{self.manifest.version}"

    @property
    def message(self) -> str:
        """The first line of its commit."""
        return f"{self.manifest.name} {self.manifest.version}"

    @property
    def description(self) -> str:
        """The rest of its commit: what changed in the data, and the digest."""
        return "\n\n".join(part for part in (self.changes, f"sha256:{self.manifest.digest}") if part)


def read_publication(folder: Path) -> Publication:
    """A dataset that may be published.

    Raises:
        UsageError: if there is none.
        GateError: if it breaks the gate.
        DataError: if it holds texts that may not be passed on; no option and no severity excuses that.
    """
    manifest = read_manifest(folder)
    _check_rights(folder, manifest)
    validate_path(folder)[1].raise_for_errors(str(folder))
    if not _VERSION.fullmatch(manifest.version):
        what = f"the version is {manifest.version!r}, of which no tag can be made"
        raise ProjectError(str(folder), what, "write MAJOR.MINOR.PATCH in the card, and build")
    names = [name for name in BESIDE if (folder / name).exists()] + [part.file for part in manifest.parts]
    with surroundings(folder):
        files = {name: hashes_of(_inside(folder, name)) for name in names}
        found = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    changes = _changes(recognise(folder).project, manifest.version)
    return Publication(folder, manifest, files, tuple(name for name in found if name not in files), changes)


def _changes(project: Project | None, version: str) -> str:
    """What the changelog of the project that a dataset stands in says of its data; empty without one."""
    changelog = project.root / "CHANGELOG.md" if project is not None else None
    return data_section(read_text(changelog), version) if changelog is not None and changelog.is_file() else ""


def _inside(folder: Path, name: str) -> Path:
    path = folder / name
    if not path.resolve().is_relative_to(folder.resolve()):
        raise DataError(str(path), "a link that leads out of the dataset", "build the dataset again")
    return path


def _check_rights(folder: Path, manifest: Manifest) -> None:
    """Whatever the dataset calls itself, and however a project judges the rule: restricted texts stay here."""
    target = recognise(folder)
    schemas = target.project.schemas if target.project is not None else load_schemas()
    parts: dict[str, list[pl.DataFrame]] = {}
    for (config, _), frame in read_dataset(folder, schemas).frames.items():
        parts.setdefault(config, []).append(frame)
    tables = {name: pl.concat(parts[name], how="diagonal_relaxed") for name in parts if name in schemas.tables}
    verdict = restricted_text_public.judge(Tables(tables, schemas, PUBLIC))
    if len(verdict.failures):
        what = f"this dataset ({manifest.profile} profile) holds restricted texts, which are never published"
        raise GateError(str(folder), what, "publish the public profile (`parallaxe build`)")
    unknown = [f"config {name} is no table of the schemas" for name in parts if name not in schemas.tables]
    if unasked := [*unknown, *verdict.skipped]:
        what = f"it cannot be told whether it holds restricted texts ({unasked[0]})"
        raise GateError(str(folder), what, "build the dataset again")


_MARKS = re.compile(r"^<!-- (?:begin|end): [a-z-]+ -->\n", re.MULTILINE)
"""Between them stands what `parallaxe release` wrote."""


def data_section(changelog: str, version: str) -> str:
    r"""What a changelog says of the data in a version, without heading and marks; empty where it says nothing.

    >>> data_section("## [0.2.0] – 2025-02-01\n\n### Data\n\n- Deux articles.\n\n## [0.1.0]\n", "0.2.0")
    '- Deux articles.'
    """
    release = re.search(rf"^## \[?v?{re.escape(version)}\]?(?![\w.+-]).*?$(.*?)(?=^## |\Z)", changelog, _LINES)
    section = re.search(r"^### Data\s*?$(.*?)(?=^### |\Z)", release[1], _LINES) if release else None
    return _MARKS.sub("", section[1]).strip() if section else ""
