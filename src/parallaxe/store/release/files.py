"""The version where people and programs read it: the card's front matter, and CITATION.cff.

Only the lines that name it are written; whoever wrote the others finds them as they were.
"""

from __future__ import annotations

import re
from datetime import date

from parallaxe.compare.versioning import Version
from parallaxe.core.errors import ProjectError
from parallaxe.store.atomic import write_text
from parallaxe.store.project import Project
from parallaxe.store.text_files import read_text

CITATION = "CITATION.cff"

_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_VERSION = re.compile(r"^version:.*$", re.MULTILINE)
_RELEASED = re.compile(r"^date-released:.*\n", re.MULTILINE)


def write_version(project: Project, version: Version, day: date) -> list[str]:
    """Write a version into the card and, where there is one, CITATION.cff; the paths of both in the project.

    Raises:
        ProjectError: if a file does not say its version on a line of its own.
    """
    paths = [project.card.name]
    write_text(project.card, card_with(read_text(project.card), version))
    citation = project.root / CITATION
    if citation.is_file():
        write_text(citation, citation_with(read_text(citation), version, day))
        paths.append(CITATION)
    return paths


def card_with(text: str, version: Version) -> str:
    r"""A card with another version in its front matter.

    >>> card_with("---\nversion: 0.1.0\nlanguage: fr\n---\nversion: x\n", Version(0, 2, 0))
    '---\nversion: 0.2.0\nlanguage: fr\n---\nversion: x\n'
    """
    front = _FRONT_MATTER.match(text)
    head = front[0] if front else ""
    return _versioned(head, version, "the card") + text[len(head) :]


def citation_with(text: str, version: Version, day: date) -> str:
    r"""A citation file with another version and the day of its release.

    >>> print(citation_with("title: Corpus\nversion: 0.1.0\ntype: dataset\n", Version(0, 2, 0), date(2026, 11, 21)))
    title: Corpus
    version: 0.2.0
    date-released: 2026-11-21
    type: dataset
    <BLANKLINE>
    """
    return _versioned(_RELEASED.sub("", text), version, CITATION, f"\ndate-released: {day.isoformat()}")


def _versioned(text: str, version: Version, where: str, more: str = "") -> str:
    written, found = _VERSION.subn(f"version: {version}{more}", text, count=1)
    if not found:
        raise ProjectError(where, "no line `version: …` to write the version into", "add one")
    return written
