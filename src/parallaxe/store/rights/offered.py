"""Files that somebody offers: those of a folder, or the members of a zip archive, which are read and never unpacked.

The name of a member is only told, and decides nothing but the format of the article: no path is made of it. No more is
read of a member than the archive says it has, so that sizes can be judged before anything is unpacked.
"""

from __future__ import annotations

import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from parallaxe.core.errors import RawFileError, UsageError
from parallaxe.store.atomic import surroundings
from parallaxe.store.reading import read_raw
from parallaxe.store.sources import SIZE_LIMIT, check_inside

_MOST_MEMBERS = 100_000
_MOST_BYTES = 2_000_000_000


class Offered(NamedTuple):
    """A file: its name (in an archive with folders), and how to read it (RawFileError where that cannot be done)."""

    name: str
    read: Callable[[], bytes]


@contextmanager
def offered_files(place: Path) -> Iterator[list[Offered]]:
    """The files of a folder, or in a zip archive, by name; folders within a folder and hidden files are none of them.

    Raises:
        UsageError: if there is neither.
        RawFileError: if the archive cannot be read.
    """
    if place.is_dir():
        with surroundings(place):
            paths = sorted(path for path in place.iterdir() if path.is_file() or path.is_symlink())
        yield [Offered(path.name, partial(_read_file, path, place)) for path in paths if not path.name.startswith(".")]
    elif place.is_file():
        with _archive(place) as archive:
            yield [
                Offered(name, partial(_read_member, archive, member, f"{place}:{name}"))
                for name, member in _members(archive).items()
            ]
    else:
        raise UsageError(str(place), "no such folder or archive", "name a folder or a .zip with copies of the articles")


def _read_file(path: Path, folder: Path) -> bytes:
    check_inside(path, folder)
    return read_raw(path, SIZE_LIMIT)


@contextmanager
def _archive(place: Path) -> Iterator[zipfile.ZipFile]:
    with surroundings(place):
        try:
            archive = zipfile.ZipFile(place)
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            raise RawFileError(
                str(place), "no zip archive that can be read", "pack it again, or name a folder"
            ) from error
    with archive:
        if len(archive.infolist()) > _MOST_MEMBERS:
            raise RawFileError(str(place), f"more than {_MOST_MEMBERS:,} members", "pack only the articles")
        if sum(member.file_size for member in archive.infolist()) > _MOST_BYTES:
            raise RawFileError(str(place), f"unpacked more than {_MOST_BYTES:,} bytes", "pack only the articles")
        yield archive


def _members(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """The members that are files, by a name that no other has and that a terminal can show."""
    found: dict[str, zipfile.ZipInfo] = {}
    for member in sorted(archive.infolist(), key=lambda one: one.filename):
        parts = PurePosixPath(member.filename.replace("\\", "/")).parts
        if not parts or member.is_dir() or parts[-1].startswith(".") or "__MACOSX" in parts:
            continue
        shown = "/".join(parts)
        name = "".join(one if one.isprintable() else "\N{REPLACEMENT CHARACTER}" for one in shown)
        found[name if name not in found else f"{len(found)}/{name}"] = member
    return found


def _read_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, where: str) -> bytes:
    if stat.S_ISLNK(member.external_attr >> 16):
        raise RawFileError(where, "a link, and no file", "pack the file itself")
    if member.file_size > SIZE_LIMIT:
        raise RawFileError(where, f"{member.file_size:,} bytes unpacked", "an article is smaller; leave it out")
    if member.flag_bits & 1:
        raise RawFileError(where, "it is encrypted", "pack it without a password")
    try:
        return archive.read(member)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as error:
        raise RawFileError(where, "it cannot be unpacked", "pack it again") from error
