"""The sections of a card by their headings, so that what is told in prose is told once.

Other descriptions of the same dataset, `croissant.json` first, take their words from here. A prompt, `[…]` or
`[what to write…]` alone on a line or behind a bold name, is a place where nobody has written yet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import zip_longest

_HEADING = re.compile(r"^(#{1,6}) +(.+?) *$")
_FENCE = re.compile(r"^(?:```|~~~)")
_MARKED = re.compile(r"<!-- begin: ([a-z-]+) -->\n.*?<!-- end: \1 -->", re.DOTALL)
_FENCED = re.compile(r"^(```|~~~).*?^\1$", re.DOTALL | re.MULTILINE)
_BLANK = re.compile(r"\n{3,}")
_PROMPT = re.compile(r"^(?:[-*] )?(?:\*\*[^*]+\*\* ?)?\[[^\]]*…\]$")


def sections(body: str) -> Mapping[str, str]:
    r"""The text under each heading, up to the next heading of any level; the first of two that are named alike.

    >>> sections("# Le port\n\nUn quai.\n## Usage\nDeux quais.\n")
    {'Le port': 'Un quai.', 'Usage': 'Deux quais.'}
    """
    found: dict[str, list[str]] = {}
    lines: list[str] = []
    for heading, line in _lines(body):
        if heading is not None:
            lines = []
            found.setdefault(heading, lines)
        else:
            lines.append(line)
    return {heading: "\n".join(lines).strip() for heading, lines in found.items()}


def _lines(body: str) -> Iterator[tuple[str | None, str]]:
    """Each line, behind its words where it is a heading; in a fenced block none is."""
    fenced = False
    for line in body.split("\n"):
        heading = _HEADING.match(line)
        yield (heading[2] if heading and not fenced else None), line
        fenced ^= bool(_FENCE.match(line))


def plain(text: str) -> str:
    r"""Prose alone, a paragraph or an item of a list on a line: no tables, no rendered part, no code, nothing bold.

    A colon that announced a table ends its sentence.

    >>> plain("Un **quai**,\nlong.\n\n| a |\n|---|\n\n- Un.\n- Deux\n  mots.")
    'Un quai, long.\n- Un.\n- Deux mots.'
    """
    text = _FENCED.sub("", _MARKED.sub("", text)).replace("**", "")
    told: list[str] = []
    broken = True
    for line in (line.strip() for line in text.split("\n")):
        if not line or line.startswith("|"):
            broken = True
        elif broken or line.startswith("- "):
            told.append(line)
            broken = False
        else:
            told[-1] += f" {line}"
    return "\n".join(_ended(line, following) for line, following in zip_longest(told, told[1:], fillvalue=""))


def _ended(line: str, following: str) -> str:
    return f"{line[:-1]}." if line.endswith(":") and not following.startswith("- ") else line


def prompts(text: str) -> list[tuple[int, str]]:
    r"""Lines, counted from 1, where nobody has written yet.

    >>> prompts("Un quai.\n\n[Who pays for it…]\n- **Paper:** […]\n")
    [(3, '[Who pays for it…]'), (4, '- **Paper:** […]')]
    """
    return [(number, line) for number, line in enumerate(text.split("\n"), 1) if _PROMPT.match(line)]


def without_prompts(body: str) -> str:
    r"""A card without its prompts, and without the sections of which nothing is left.

    >>> without_prompts("# Le port\n\n## Uses\n\n### Direct Use\n\n[For what…]\n\n## Fin\n\nVoilà.\n")
    '# Le port\n\n## Fin\n\nVoilà.\n'
    """
    kept: list[tuple[int, str]] = []
    for part in reversed(_parts("\n".join(line for line in body.split("\n") if not _PROMPT.match(line)))):
        level = _level(part)
        has_inner = bool(kept) and kept[-1][0] > level > 0
        if has_inner or part.partition("\n")[2].strip():
            kept.append((level, _BLANK.sub("\n\n", part.strip("\n"))))
    return "\n\n".join(part for _, part in reversed(kept)) + "\n"


def _parts(body: str) -> list[str]:
    """The body cut before each heading."""
    parts: list[list[str]] = [[]]
    for heading, line in _lines(body):
        if heading is not None and parts[-1]:
            parts.append([])
        parts[-1].append(line)
    return ["\n".join(lines) for lines in parts]


def _level(part: str) -> int:
    heading = _HEADING.match(part.partition("\n")[0])
    return len(heading[1]) if heading else 0
