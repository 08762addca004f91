"""Plain text: every line is a block, unless the file was wrapped at a fixed width.

Newsrooms' exports put a paragraph on a line; mail and old wires wrap at 60–90 columns. Taking a wrapped line for a
block would cut sentences, so where most lines of a paragraph end near one width they are joined again.
"""

from __future__ import annotations

import re
from itertools import pairwise

from parallaxe.core.edits import Edit
from parallaxe.text.extraction import Extraction

_LINE = re.compile(r"[^\r\n]*(\r\n|\r|\n|\Z)")
_NARROWEST, _WIDEST = 40, 100
# A paragraph is wrapped where this share of its lines (all but the last) fill the width but for less than a long word.
_FILLED = 0.8
_LONG_WORD = 20


def extract(source: str) -> Extraction:
    r"""Line ends inside hard-wrapped paragraphs become spaces; everything else is left to the normalizer.

    >>> extract("Kim Jong-un\nPoutine").edits
    ()
    """
    return Extraction(tuple(edit for lines in _paragraphs(source) if _is_wrapped(lines) for edit in _joins(lines)))


def _paragraphs(source: str) -> list[list[re.Match[str]]]:
    paragraphs: list[list[re.Match[str]]] = [[]]
    for line in _LINE.finditer(source):
        if line.group().strip():
            paragraphs[-1].append(line)
        elif paragraphs[-1]:
            paragraphs.append([])
    return paragraphs


def _is_wrapped(lines: list[re.Match[str]]) -> bool:
    if len(lines) < 3:
        return False
    lengths = [len(line.group().rstrip()) for line in lines]
    width = max(lengths)
    filled = sum(length > width - _LONG_WORD for length in lengths[:-1])
    continued = sum(below.group().lstrip()[:1].islower() for _, below in pairwise(lines))
    return _NARROWEST <= width <= _WIDEST and filled >= _FILLED * (len(lines) - 1) and continued > 0


def _joins(lines: list[re.Match[str]]) -> list[Edit]:
    return [Edit(line.start(1), line.end(1), " ", "hard-wrap") for line in lines[:-1]]
