"""What a rule for names is asked, and what it answers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from parallaxe.annotate.entity_rules.folding import fold_name

_TOKENS = re.compile(r"[\w-]+['’]?|[^\w\s]")


@dataclass(frozen=True)
class Name:
    """A chain of capital words as rules see it: written, and with its block `before` and `after` it, some words far."""

    written: str
    before: str
    after: str

    @cached_property
    def words(self) -> list[str]:
        """The folded words, divided at hyphens too."""
        return fold_name(self.written).split(" ")

    @cached_property
    def several(self) -> bool:
        """True for more than one word, where hyphens do not divide."""
        return len(self.words) > 1 and " " in self.written

    @cached_property
    def tokens_before(self) -> list[str]:
        """Words, each with its apostrophe, and signs."""
        return _TOKENS.findall(self.before)

    @cached_property
    def tokens_after(self) -> list[str]:
        """Words, each with its apostrophe, and signs."""
        return _TOKENS.findall(self.after)


class Reading(NamedTuple):
    """What a chain names, how sure that is, and the evidence; the label is empty where nothing speaks for any."""

    label: str
    score: float
    why: str


NOTHING = Reading("", 0.0, "")
