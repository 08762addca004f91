"""Reading `schemas/`: of a project, or the one that comes with the package."""

from __future__ import annotations

from pathlib import Path

from parallaxe.core.errors import UsageError
from parallaxe.core.labels import check_structure
from parallaxe.core.parsing import parse_toml
from parallaxe.core.schema import Schemas, parse_schemas
from parallaxe.store.text_files import read_toml, read_yaml
from parallaxe.text.role_votes import ROLES
from parallaxe.validate.severity import Severities, parse_severities

SEVERITY_FILE = "validate.toml"
"""Beside the schemas: which rules a project judges otherwise."""

_PACKAGED = Path(__file__).resolve().parents[1] / "schemas"
_CHECKOUT = Path(__file__).resolve().parents[3] / "schemas"


def default_folder() -> Path:
    """The schemas that come with the package: inside it when installed, at the top of the repository in a checkout."""
    return _PACKAGED if _PACKAGED.is_dir() else _CHECKOUT


def load_schemas(folder: Path | None = None, labels_toml: str | None = None) -> Schemas:
    """The schemas of a project, or the default ones; with other labels where the text of their file is given.

    Raises:
        UsageError: if there is no such folder.
        ProjectError: if a file in it is broken, or a label is missing that the program itself gives.
    """
    folder = folder or default_folder()
    labels = folder / "labels.toml"
    if not labels.is_file():
        raise UsageError(str(folder), "no labels.toml there", "name a folder of schemas")
    tables = {path.stem: read_yaml(path) for path in sorted((folder / "tables").glob("*.yaml"))}
    schemas = parse_schemas(read_toml(labels) if labels_toml is None else parse_toml(labels_toml, str(labels)), tables)
    check_structure(schemas.labels, ROLES, str(labels))
    return schemas


def load_severities(folder: Path) -> Severities:
    """What a project says of severities in `validate.toml` among its schemas; nothing where it has no such file.

    Raises:
        ProjectError: if the file is broken or names an unknown rule or severity.
    """
    from parallaxe.validate.register import BY_ID

    path = folder / SEVERITY_FILE
    return parse_severities(read_toml(path), tuple(BY_ID), str(path)) if path.is_file() else {}
