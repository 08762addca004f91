"""Plain text: every line is a block, unless the file was wrapped at a fixed width.

Newsrooms' exports put a paragraph on a line; mail and old wires wrap at 60–90 columns. Taking a wrapped line for a
block would cut sentences, so where nearly all lines of a file end near one width they are joined again.
"""

from __future__ import annotations

import re

from parallaxe.core.edits import Edit
from parallaxe.text.extraction import Extraction

_LINE = re.compile(r"[^\r\n]*(\r\n|\r|\n|\Z)")
_NARROWEST, _WIDEST = 40, 100
# A file is wrapped where this share of its lines (but for the last of each paragraph) is filled to the width, but for
# less than a long word.
_FILLED = 0.8
_LONG_WORD = 20


def extract(source: str) -> Extraction:
    r"""Line ends inside hard-wrapped paragraphs become spaces; everything else is left to the normalizer.

    >>> extract("Kim Jong-un\nPoutine").edits
    ()
    """
    paragraphs = _paragraphs(source)
    return Extraction(tuple(_joins(paragraphs)) if _is_wrapped(paragraphs) else ())


def _paragraphs(source: str) -> list[list[re.Match[str]]]:
    paragraphs: list[list[re.Match[str]]] = [[]]
    for line in _LINE.finditer(source):
        if line.group().strip():
            paragraphs[-1].append(line)
        elif paragraphs[-1]:
            paragraphs.append([])
    return paragraphs


def _is_wrapped(paragraphs: list[list[re.Match[str]]]) -> bool:
    """True where the lines of the file end where there was no more room, and go on in the middle of a sentence."""
    above = [line for lines in paragraphs for line in lines[:-1]]
    if not any(len(lines) > 2 for lines in paragraphs):
        return False
    width = max(len(line.group().rstrip()) for lines in paragraphs for line in lines)
    filled = sum(len(line.group().rstrip()) > width - _LONG_WORD for line in above)
    continued = any(below.group().lstrip()[:1].islower() for lines in paragraphs for below in lines[1:])
    return _NARROWEST <= width <= _WIDEST and filled >= _FILLED * len(above) and continued


def _joins(paragraphs: list[list[re.Match[str]]]) -> list[Edit]:
    return [Edit(line.start(1), line.end(1), " ", "hard-wrap") for lines in paragraphs for line in lines[:-1]]
