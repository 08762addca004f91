"""Which guillemet belongs to which: pairs over one block, in one pass, whatever the writer forgot.

French prints quotations inside quotations with « » again, with “ ” or with straight marks, and forgets to close some:
a closing mark takes the nearest open one of its kind, what stays open is a quotation only where it opens the block.
"""

from __future__ import annotations

from typing import NamedTuple

from parallaxe.annotate.quotation_rules.words import CLOSING, OPENING, Words

_OPENED_BY = {"»": "«", "”": "“"}


class Quoted(NamedTuple):
    """Words between marks: `first` is the word after the opening mark, `last` the closing mark (or where text ends)."""

    first: int
    last: int
    outer: bool


def quoted_regions(words: Words) -> list[Quoted]:
    """Pairs of guillemets and quotation marks, by where they begin; an outer pair lies in no other.

    >>> from parallaxe.annotate.quotation_rules.words import read_words
    >>> text = "« Il a dit “non” », dit-elle, et « rien"
    >>> [tuple(region) for region in quoted_regions(read_words(text, 0, len(text)))]
    [(1, 7, True), (5, 6, False)]
    """
    pairs, left_open = _pairs(words)
    if left_open == 0 and words.forms[0] in "«“" and not any(first == 0 for first, _ in pairs):
        pairs.append((0, len(words)))
    pairs.sort(key=lambda pair: (pair[0], -pair[1]))
    regions: list[Quoted] = []
    covered = -1
    for opening, closing in pairs:
        if closing > opening + 1:
            regions.append(Quoted(opening + 1, closing, opening > covered))
            covered = max(covered, closing)
    return regions


def _pairs(words: Words) -> tuple[list[tuple[int, int]], int | None]:
    """Pairs of marks, and the first mark that nothing closed."""
    waiting: dict[str, list[int]] = {"«": [], "“": [], '"': []}
    pairs: list[tuple[int, int]] = []
    for index, bits in [(index, bits) for index, bits in enumerate(words.bits) if bits & (OPENING | CLOSING)]:
        mark = words.forms[index]
        if mark == '"' and waiting[mark]:
            pairs.append((waiting[mark].pop(), index))
        elif bits & OPENING:
            waiting[mark].append(index)
        elif waiting[_OPENED_BY[mark]]:
            pairs.append((waiting[_OPENED_BY[mark]].pop(), index))
    return pairs, min((index for still in waiting.values() for index in still), default=None)
