"""The changelog of a corpus: where a release puts its date and, under *Data*, what changed.

The form is that of Keep a Changelog. What people wrote under the unreleased version stays as they wrote it; between
marks stands what the release tells of the data. Texts in, texts out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from parallaxe.compare.versioning import Version, parse_version

_NEW = """# Changelog

The form is that of [Keep a Changelog](https://keepachangelog.com/en/1.1.0/). Versions are those of the data: a major
version withdraws or changes rows, a minor one adds some, a patch holds the same rows in other files.
"""
_SECTION = re.compile(r"^## .*$", re.MULTILINE)
_NAMED = re.compile(r"^## \[?v?([^\]\s]+)\]?(.*)$")
_DATED = re.compile(r"\d{4}-\d{2}-\d{2}")
_DATA = re.compile(r"^### Data[ \t]*$\n?", re.MULTILINE)
_SUBSECTION = re.compile(r"^### ", re.MULTILINE)
_MARKS = ("<!-- begin: data-changes -->", "<!-- end: data-changes -->")
_MARKED = re.compile(rf"{_MARKS[0]}\n.*?{_MARKS[1]}\n?", re.DOTALL)


def newest_released(changelog: str) -> Version | None:
    """The version of the newest section that has a date; null where none has."""
    for heading in _SECTION.findall(changelog):
        named = _NAMED.match(heading)
        version = parse_version(named[1]) if named else None
        if named and version is not None and _DATED.search(named[2]):
            return version
    return None


def with_release(changelog: str, version: Version, day: date, data: Sequence[str]) -> str:
    """The changelog with the unreleased version released, or a new section where there is none.

    Args:
        changelog: as it is; empty where there is none yet.
        version: the version that is released.
        day: of the release.
        data: the lines that tell what changed in the data.
    """
    text = changelog or _NEW
    start, end = _unreleased(text)
    section = _headed(text[start:end], f"## [{version}] – {day.isoformat()}")
    return f"{text[:start]}{_with_data(section, data)}{text[end:]}".rstrip() + "\n"


def release_section(changelog: str, version: Version) -> str:
    """The section of a version, from its heading on; empty where there is none."""
    places = [found.start() for found in _SECTION.finditer(changelog)] + [len(changelog)]
    for start, end in pairwise(places):
        named = _NAMED.match(changelog[start:end].partition("\n")[0])
        if named and parse_version(named[1]) == version:
            return changelog[start:end].rstrip() + "\n"
    return ""


def _unreleased(text: str) -> tuple[int, int]:
    """Where the unreleased section stands; an empty place before the first section, or at the end, where none is."""
    places = [found.start() for found in _SECTION.finditer(text)] + [len(text)]
    first = text[places[0] :].partition("\n")[0]
    if "unreleased" in first.lower():
        return places[0], places[1]
    return places[0], places[0]


def _headed(section: str, heading: str) -> str:
    """A section under another heading."""
    return f"{heading}\n{section.partition(chr(10))[2]}" if section else f"{heading}\n\n### Data\n\n"


def _with_data(section: str, data: Sequence[str]) -> str:
    block = "\n".join([_MARKS[0], *data, _MARKS[1]]) + "\n"
    section = _MARKED.sub("", section)
    found = _DATA.search(section)
    if found is None:
        return f"{section.rstrip()}\n\n### Data\n\n{block}\n"
    following = _SUBSECTION.search(section, found.end())
    end = following.start() if following else len(section)
    prose = section[found.end() : end].strip("\n")
    told = f"{prose}\n\n{block}" if prose else block
    return f"{section[: found.end()]}\n{told}\n{section[end:]}"
