"""`seeds/catalogue.jsonl`: one row for each raw article, open or restricted, whether its file is here or not."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path, PurePosixPath
from typing import Any

from parallaxe.core.errors import ProjectError
from parallaxe.dataset.article import OPEN, RESTRICTED
from parallaxe.store.jsonl import read_rows, write_rows

ARTICLE_ID = re.compile(r"[a-z0-9_-]+")
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
    seen: dict[str, int] = {}
    for number, mapping in read_rows(path):
        row = _row(mapping, f"{path}:{number}")
        for name in (f"id `{row.id}`", f"file `{row.file}`"):
            if name in seen:
                raise ProjectError(f"{path}:{number}", f"{name} stands in line {seen[name]} too", "keep one row")
            seen[name] = number
        rows.append(row)
    return rows


def write_catalogue(path: Path, rows: Iterable[CatalogueRow]) -> None:
    """Write the rows sorted by id, so that a git diff shows only what changed."""
    write_rows(path, (asdict(row) for row in sorted(rows, key=lambda row: row.id)))


def _row(mapping: Mapping[str, Any], where: str) -> CatalogueRow:
    names = [field.name for field in fields(CatalogueRow)]
    unknown, missing = sorted(set(mapping) - set(names)), [name for name in names if name not in mapping]
    if unknown or missing:
        what = f"unknown key `{unknown[0]}`" if unknown else f"`{missing[0]}` is missing"
        raise ProjectError(where, what, f"a row has the keys {', '.join(names)}")
    row = CatalogueRow(**mapping)
    for what, is_wrong, remedy in _faults(row):
        if is_wrong:
            raise ProjectError(where, what, remedy)
    return row


def _faults(row: CatalogueRow) -> Iterable[tuple[str, bool, str]]:
    path = PurePosixPath(str(row.file))
    yield f"id {row.id!r} is no id", not _matches(ARTICLE_ID, row.id), "use only a-z, 0-9, `_` and `-`"
    outside = path.is_absolute() or ".." in path.parts or "\\" in str(row.file) or not path.parts
    yield f"file {row.file!r} leaves the folder of raw articles", outside, "give a path inside seeds/"
    yield "sha256 is no SHA-256", not _matches(_SHA256, row.sha256), "write 64 hexadecimal digits"
    yield f"rights {row.rights!r}", row.rights not in (OPEN, RESTRICTED), f"write `{OPEN}` or `{RESTRICTED}`"
    yield f"date {row.date!r} is no date", not _is_date(row.date), "write YYYY-MM-DD or null"


def _matches(pattern: re.Pattern[str], value: object) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None


def _is_date(value: object) -> bool:
    try:
        return value is None or bool(dt.date.fromisoformat(str(value)))
    except ValueError:
        return False
