"""Files of text in UTF-8 as people and programs leave them: read whole, or one complaint about the file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from parallaxe.core.errors import ProjectError
from parallaxe.core.parsing import parse_json, parse_toml, parse_yaml
from parallaxe.store.atomic import surroundings

NO_FILE = "it is a folder, a pipe or a device, and no file"


def read_text(path: Path) -> str:
    """The text of a file.

    Raises:
        ProjectError: if it is no UTF-8, or no file (a folder, a named pipe, a device).
        SurroundingsError: if it cannot be read.
    """
    if path.exists() and not path.is_file():
        raise ProjectError(str(path), NO_FILE, "put a file there")  # a named pipe would be waited on for ever
    try:
        with surroundings(path):
            return path.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise ProjectError(str(path), f"byte {error.start} is no UTF-8", "save it as UTF-8") from error


def read_json(path: Path, remedy: str = "mend it") -> Any:  # noqa: ANN401 - JSON holds anything
    """The value of a JSON file.

    Raises:
        ProjectError, SurroundingsError: as `read_text` does; also where it is no JSON.
    """
    return parse_json(read_text(path), str(path), remedy)


def read_toml(path: Path) -> dict[str, Any]:
    """The table of a TOML file.

    Raises:
        ProjectError, SurroundingsError: as `read_text` does; also where it is no TOML.
    """
    return parse_toml(read_text(path), str(path))


def read_yaml(path: Path) -> Any:  # noqa: ANN401 - YAML holds anything
    """The value of a YAML file.

    Raises:
        ProjectError, SurroundingsError: as `read_text` does; also where it is no YAML.
    """
    return parse_yaml(read_text(path), str(path))
