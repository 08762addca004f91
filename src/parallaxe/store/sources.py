"""Raw articles as items of work: small descriptions that a worker process turns into articles one by one.

An item holds no text, so that a list of many thousands costs little and can be divided among workers. A JSONL file
gives an item for each of its lines, found by their bytes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

from parallaxe.core.errors import ParallaxeError, RawFileError, UsageError
from parallaxe.dataset.article import OPEN
from parallaxe.store.atomic import surroundings
from parallaxe.store.building.parquet import file_digest
from parallaxe.store.text_files import NO_FILE
from parallaxe.text.formats import jsonl
from parallaxe.text.read import FORMATS

JSONL = ".jsonl"
SIZE_LIMIT = 5_000_000
"""Bytes that one article may have, unless the caller allows more."""


class Slice(NamedTuple):
    """A line of a JSONL file: its number from 1, its bytes, where it begins in the decoded file and how long that is.

    The last two are code points.
    """

    line: int
    byte_start: int
    byte_end: int
    text_start: int
    text_length: int


@dataclass(frozen=True, slots=True)
class Item:
    """A raw article that is to be read. `path` is null where only its text `layer` is at hand.

    `raw_sha256` is what the file must have, or null where nobody promised anything. What the item declares goes before
    what the file does.
    """

    article_id: str
    raw_file: str
    path: Path | None
    size_limit: int = SIZE_LIMIT
    layer: Path | None = None
    record: Slice | None = None
    raw_sha256: str | None = None
    text_origin: str = "press"
    rights: str = OPEN
    license: str | None = None
    outlet: str | None = None
    published: date | None = None
    event: str | None = None
    language: str | None = None

    @property
    def where(self) -> str:
        """The file, with its line, as a complaint names it."""
        name = str(self.path or self.layer or self.raw_file)
        return f"{name}:{self.record.line}" if self.record else name

    def size(self) -> int:
        """Bytes of the raw article; 0 where there is no file to read."""
        if self.record is not None:
            return self.record.byte_end - self.record.byte_start
        return self.path.stat().st_size if self.path is not None and self.path.is_file() else 0


@dataclass
class Listing:
    """What a folder of raw files holds: items, files that are no articles, and what is wrong."""

    items: list[Item] = field(default_factory=list)
    passed_over: list[str] = field(default_factory=list)
    errors: list[ParallaxeError] = field(default_factory=list)


def slug(name: str) -> str:
    """A name as an id: ASCII lower case, everything else but `_` a hyphen.

    >>> slug("Séoul & l'Été_2023")
    'seoul-l-ete_2023'
    """
    plain = unicodedata.normalize("NFKD", name.replace("œ", "oe").replace("Œ", "oe"))
    plain = "".join(character for character in plain if not unicodedata.combining(character)).lower()
    return re.sub(r"[^a-z0-9_]+", "-", plain).strip("-")


def list_folder(folder: Path, template: Item, size_limit: int) -> Listing:
    """Every raw article below a folder, in the order of their paths; `template` says what all of them are.

    Hidden files are ignored, files of other kinds passed over; links that lead out of the folder are errors.

    Raises:
        UsageError: if there is no such folder.
    """
    if not folder.is_dir():
        raise UsageError(str(folder), "no such folder", "name a folder of raw articles")
    listing = Listing()
    with surroundings(folder):
        for path in sorted(folder.rglob("*")):
            relative = path.relative_to(folder)
            if any(part.startswith(".") for part in relative.parts) or (path.is_dir() and not path.is_symlink()):
                continue
            _list_file(path, folder, template, size_limit, listing)
    listing.items = _with_distinct_ids(listing.items, listing.errors)
    return listing


def _list_file(path: Path, folder: Path, template: Item, size_limit: int, listing: Listing) -> None:
    name = path.relative_to(folder).as_posix()
    suffix = path.suffix.lower()
    try:
        _check_name(name, str(path))
        check_inside(path, folder)
        if path.is_dir() or (suffix != JSONL and suffix not in FORMATS):
            listing.passed_over.append(name)
            return
        item = replace(template, article_id=slug(path.stem), raw_file=name, path=path, size_limit=size_limit)
        listing.items += _records(_checked(item), path) if suffix == JSONL else [_checked(item)]
    except ParallaxeError as error:
        listing.errors.append(error)


def check_inside(path: Path, folder: Path) -> None:
    """Raise RawFileError where a path leaves the folder through a link, leads nowhere, or to no file and no folder."""
    if not is_inside(path, folder):
        raise RawFileError(str(path), "the link leaves the folder", "copy the file instead of linking to it")
    if not path.exists():
        raise RawFileError(str(path), "the link leads nowhere", "remove it")
    if not (path.is_file() or path.is_dir()):
        raise RawFileError(str(path), NO_FILE, "remove it")


def is_inside(path: Path, folder: Path) -> bool:
    """True where a path stands in a folder when all links are followed; those that go round in circles do not."""
    try:
        return path.resolve().is_relative_to(folder.resolve())
    except (RuntimeError, OSError, ValueError):  # a circle, a name that is too long, a NUL in it
        return False


def _check_name(name: str, where: str) -> None:
    """Raise RawFileError where a name has bytes that no UTF-8 has: no table could hold it."""
    if not name.isascii() and name.encode("utf-8", "replace").decode() != name:
        shown = where.encode("utf-8", "backslashreplace").decode()
        raise RawFileError(shown, "the name of the file is no UTF-8", "rename it with letters a-z or digits")


def _checked(item: Item) -> Item:
    if not item.article_id:
        raise RawFileError(item.where, "the name of the file gives no id", "rename it with letters a-z or digits")
    return item


def _records(item: Item, path: Path) -> list[Item]:
    """An item for each record of a JSONL file, which is UTF-8 by its definition; the file is read line by line."""
    digest = file_digest(path)
    lines = list(_lines(path, item.size_limit))
    if not lines:
        raise RawFileError(str(path), "the file is empty", "put articles in it or remove it")
    length = lines[-1][0].text_start + lines[-1][0].text_length
    return [
        replace(
            item,
            article_id=f"{item.article_id}-{record.line if key is None else slug(key)}",
            record=record._replace(text_length=length),
            raw_sha256=digest,
        )
        for record, key in lines
    ]


def _lines(path: Path, size_limit: int) -> Iterator[tuple[Slice, str | None]]:
    byte_start = text_start = 0
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            where = f"{path}:{number}"
            if len(line) > size_limit:
                raise RawFileError(
                    where, f"a record of {len(line):,} bytes", f"raise the limit of {size_limit:,} bytes"
                )
            try:
                text = line.decode("utf-8")
            except UnicodeDecodeError as error:
                raise RawFileError(where, f"byte {error.start} of the line is no UTF-8", "save it as UTF-8") from error
            if text.strip("\ufeff \t\r\n"):
                yield Slice(number, byte_start, byte_start + len(line), text_start, len(text)), _key(text, where)
            byte_start, text_start = byte_start + len(line), text_start + len(text)


def _key(line: str, where: str) -> str | None:
    try:
        key = next(iter(jsonl.records(line))).key
    except RawFileError as error:
        raise RawFileError(where, error.what.removeprefix("line 1: "), error.remedy) from error
    if key is not None and ("/" in key or "\\" in key or ".." in key or not slug(key)):
        raise RawFileError(where, f"id {key!r} is no id", "use only a-z, 0-9, `_` and `-`")
    return key


def _with_distinct_ids(items: Sequence[Item], errors: list[ParallaxeError]) -> list[Item]:
    """Items whose ids differ: files of one stem get their extension added; what still collides is an error."""
    taken: dict[str, int] = {}
    for item in items:
        taken[item.article_id] = taken.get(item.article_id, 0) + 1
    distinct = [
        replace(item, article_id=f"{item.article_id}-{slug(Path(item.raw_file).suffix)}")
        if taken[item.article_id] > 1 and item.record is None
        else item
        for item in items
    ]
    errors += _collisions(distinct)
    return sorted(distinct, key=lambda item: item.article_id)


def _collisions(items: Iterable[Item]) -> Iterator[RawFileError]:
    first: dict[str, Item] = {}
    for item in items:
        if item.article_id in first:
            other = first[item.article_id].where
            yield RawFileError(item.where, f"its id `{item.article_id}` is that of {other} too", "rename one of them")
        first.setdefault(item.article_id, item)
