"""JSON Lines files of a project: read with the line in every complaint, written in one canonical form."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from parallaxe.core.errors import ProjectError
from parallaxe.store.atomic import write_text


def read_rows(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Line number (from 1) and object of each line that is not blank.

    Raises:
        ProjectError: if a line is no JSON object, or the file no UTF-8.
    """
    try:
        lines = path.read_text("utf-8").split("\n")
    except UnicodeDecodeError as error:
        raise ProjectError(str(path), f"byte {error.start} is no UTF-8", "save it as UTF-8") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise ProjectError(f"{path}:{number}", f"not valid JSON: {error.msg}", "mend the line") from error
        if not isinstance(row, dict):
            raise ProjectError(f"{path}:{number}", "not a JSON object", "write one object on each line")
        yield number, row


def write_rows(path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    """One object on a line, keys in the order given, French letters as they are; whole or not at all."""
    write_text(path, rows_text(rows))


def rows_text(rows: Iterable[Mapping[str, Any]]) -> str:
    """What `write_rows` writes."""
    return "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows)
