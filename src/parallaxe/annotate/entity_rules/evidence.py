"""What a rule for names is asked, and what it answers."""

from __future__ import annotations

import re
from typing import NamedTuple

from parallaxe.annotate.entity_rules.folding import fold_name

_TOKENS = re.compile(r"[\w-]+['’]?|[^\w\s]")


class Name(NamedTuple):
    """A chain of capital words as rules see it: written, and with its block `before` and `after` it, some words far.

    `words` are folded and divided at hyphens too; `several` says that there is more than one, where hyphens do not
    divide. `tokens_before` are words, each with its apostrophe, and signs.
    """

    written: str
    words: list[str]
    several: bool
    before: str
    after: str
    tokens_before: list[str]

    @classmethod
    def of(cls, written: str, before: str, after: str) -> Name:
        """The name of some words between two stretches of text."""
        words = fold_name(written).split(" ")
        return cls(written, words, len(words) > 1 and " " in written, before, after, tokens(before))


def tokens(text: str) -> list[str]:
    """The words of a text, each with its apostrophe, and its signs.

    >>> tokens("D'abord, il va-t-en.")
    ["D'", 'abord', ',', 'il', 'va-t-en', '.']
    """
    return _TOKENS.findall(text)


class Reading(NamedTuple):
    """What a chain names, how sure that is, and the evidence; the label is empty where nothing speaks for any."""

    label: str
    score: float
    why: str


NOTHING = Reading("", 0.0, "")
