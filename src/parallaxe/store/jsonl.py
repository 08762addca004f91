"""JSON Lines files of a project: read with the line in every complaint, written in one canonical form."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from parallaxe.core.errors import ProjectError
from parallaxe.core.parsing import parse_json
from parallaxe.store.atomic import write_text
from parallaxe.store.text_files import read_text


class BrokenLine(NamedTuple):
    """A line (from 1) that is no JSON object, or the whole file (line null) where it is no UTF-8."""

    line: int | None
    what: str
    remedy: str

    def error(self, path: Path) -> ProjectError:
        """The same as an error about a file."""
        return ProjectError(str(path) if self.line is None else f"{path}:{self.line}", self.what, self.remedy)


def read_rows(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Line number (from 1) and object of each line that is not blank.

    Raises:
        ProjectError: if a line is no JSON object, or the file no UTF-8.
    """
    for line in scan_rows(path):
        if isinstance(line, BrokenLine):
            raise line.error(path)
        yield line


def scan_rows(path: Path) -> Iterator[tuple[int, dict[str, Any]] | BrokenLine]:
    """The same without stopping at what is broken."""
    try:
        lines = read_text(path).split("\n")
    except ProjectError as error:
        yield BrokenLine(None, error.what, error.remedy)
        return
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = parse_json(line, str(path))
        except ProjectError as error:
            yield BrokenLine(number, error.what, error.remedy)
        else:
            is_object = isinstance(row, dict)
            yield (
                (number, row) if is_object else BrokenLine(number, "not a JSON object", "write one object on each line")
            )


def write_rows(path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    """One object on a line, keys in the order given, French letters as they are; whole or not at all."""
    write_text(path, rows_text(rows))


def rows_text(rows: Iterable[Mapping[str, Any]]) -> str:
    """What `write_rows` writes."""
    return "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows)
