"""Where a pattern occurs in a text, column by column: a loop over words would take as long as all rules together."""

from __future__ import annotations

import re
from itertools import accumulate
from typing import NamedTuple


class Occurrences(NamedTuple):
    """Where each occurrence begins and ends, and its characters; all three of one length, in order."""

    starts: list[int]
    ends: list[int]
    surfaces: list[str]


def occurrences(pattern: re.Pattern[str], text: str, start: int, end: int) -> Occurrences:
    """The occurrences of a pattern in `text[start:end]`, which it sees as if it were all; offsets are those of `text`.

    The text is cut at them, which spares an object for each. So the pattern has one group, around all of it, and fits
    no empty string.

    >>> occurrences(re.compile("([a-z]+)"), "Le quai", 3, 7)
    Occurrences(starts=[3], ends=[7], surfaces=['quai'])
    """
    between_and_found = pattern.split(text[start:end])
    borders = list(accumulate(map(len, between_and_found), initial=start))
    return Occurrences(borders[1:-1:2], borders[2::2], between_and_found[1::2])
