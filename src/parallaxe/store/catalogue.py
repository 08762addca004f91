"""`seeds/catalogue.jsonl`: one row for each raw article, open or restricted, whether its file is here or not."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path, PurePosixPath
from typing import Any

from parallaxe.core.errors import ProjectError
from parallaxe.core.records import record
from parallaxe.dataset.article import OPEN, RESTRICTED
from parallaxe.store.jsonl import BrokenLine, scan_rows, write_rows

ARTICLE_ID = re.compile(r"[a-z0-9_-]+")
_NAME = re.compile(r"[^\0]+")
_SPDX = re.compile(r"[A-Za-z0-9.+-]+( (AND|OR|WITH) [A-Za-z0-9.+-]+)*")
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class CatalogueRow:
    """What is known of a raw article without opening it. `file` is relative to `seeds/`; `size` counts bytes."""

    id: str
    file: str
    sha256: str
    size: int
    language: str | None
    outlet: str | None
    date: str | None
    rights: str
    license: str | None
    text_origin: str
    event: str | None

    @property
    def published(self) -> dt.date | None:
        """`date` as a date."""
        return dt.date.fromisoformat(self.date) if self.date else None

    @property
    def is_open(self) -> bool:
        """True where the text may be redistributed."""
        return self.rights == OPEN


def read_catalogue(path: Path) -> list[CatalogueRow]:
    """All rows, in the order of the file.

    Raises:
        ProjectError: if a row is broken, or two name the same id or file.
    """
    rows: list[CatalogueRow] = []
    for _, row in scan_catalogue(path):
        if isinstance(row, ProjectError):
            raise row
        rows.append(row)
    return rows


def scan_catalogue(path: Path) -> Iterator[tuple[int | None, CatalogueRow | ProjectError]]:
    """The same without stopping at what is broken: the line (null: the whole file), and its row or what is wrong."""
    seen: dict[str, int] = {}
    for line in scan_rows(path):
        if isinstance(line, BrokenLine):
            yield line.line, line.error(path)
            continue
        number, mapping = line
        try:
            row = _row(mapping, f"{path}:{number}")
        except ProjectError as error:
            yield number, error
            continue
        names = (f"id `{row.id}`", f"file `{row.file}`")
        twice = next((name for name in names if name in seen), None)
        if twice is not None:
            what = f"{twice} stands in line {seen[twice]} too"
            yield number, ProjectError(f"{path}:{number}", what, "keep one row")
            continue
        seen |= dict.fromkeys(names, number)
        yield number, row


def write_catalogue(path: Path, rows: Iterable[CatalogueRow]) -> None:
    """Write the rows sorted by id, so that a git diff shows only what changed."""
    write_rows(path, (asdict(row) for row in sorted(rows, key=lambda row: row.id)))


def _row(mapping: Mapping[str, Any], where: str) -> CatalogueRow:
    names = [field.name for field in fields(CatalogueRow)]
    unknown, missing = sorted(set(mapping) - set(names)), [name for name in names if name not in mapping]
    if unknown or missing:
        what = f"unknown key `{unknown[0]}`" if unknown else f"`{missing[0]}` is missing"
        raise ProjectError(where, what, f"a row has the keys {', '.join(names)}")
    try:
        row = record(CatalogueRow, mapping)
    except TypeError as error:
        raise ProjectError(where, str(error), "write what schemas/tables/articles.yaml says of it") from error
    return checked_row(row, where)


def checked_row(row: CatalogueRow, where: str) -> CatalogueRow:
    """The row, if its values are ones that a row may have.

    Raises:
        ProjectError: if one is not.
    """
    for what, is_wrong, remedy in _faults(row):
        if is_wrong:
            raise ProjectError(where, what, remedy)
    return row


def _faults(row: CatalogueRow) -> Iterable[tuple[str, bool, str]]:
    path = PurePosixPath(str(row.file))
    yield f"id {row.id!r} is no id", not _matches(ARTICLE_ID, row.id), "use only a-z, 0-9, `_` and `-`"
    outside = (
        not _matches(_NAME, row.file)
        or path.is_absolute()
        or ".." in path.parts
        or "\\" in str(row.file)
        or not path.parts
    )
    yield f"file {row.file!r} leaves the folder of raw articles", outside, "give a path inside seeds/"
    yield "sha256 is no SHA-256", not _matches(_SHA256, row.sha256), "write 64 hexadecimal digits"
    yield f"rights {row.rights!r}", row.rights not in (OPEN, RESTRICTED), f"write `{OPEN}` or `{RESTRICTED}`"
    is_strange = row.license is not None and not _matches(_SPDX, row.license)
    yield f"license {row.license!r} is no SPDX identifier", is_strange, "write one like CC-BY-4.0, or null"
    yield f"date {row.date!r} is no date", not is_date(row.date), "write YYYY-MM-DD or null"


def _matches(pattern: re.Pattern[str], value: object) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None


def is_date(value: str | None) -> bool:
    """True for a day as YYYY-MM-DD, and for null."""
    try:
        return value is None or dt.date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False
