"""What a lookup hands to a rule: words of a text, what they may be, and the block that the rule may read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from parallaxe.annotate.entity_rules.grammar import opens
from parallaxe.core.knowledge import KnownEntity


class Entry(NamedTuple):
    """What some words may be. `capitals` are the places of capitals in the spelling, of which the text must have one.

    `label`, `name` (an id) and `kind` are those of a mention by that name; entries of grammars have none.
    `generic`: the words alone name nothing unless a longer name of the same thing stands in the article.
    """

    rule: str
    label: str = ""
    name: str = ""
    kind: str = ""
    capitals: tuple[int, ...] = ()
    generic: bool = False


class Sighting(NamedTuple):
    """`text[start:end]` in the block `[floor, ceiling)` is spelt like `entry`.

    `plain` is the text folded, code point by code point; `rows` are those of the knowledge base.
    """

    text: str
    plain: str
    start: int
    end: int
    floor: int
    ceiling: int
    entry: Entry
    rows: Mapping[str, KnownEntity]

    @property
    def words(self) -> str:
        """The words as they are written."""
        return self.text[self.start : self.end]

    @property
    def folded(self) -> str:
        """The words folded."""
        return self.plain[self.start : self.end]

    @property
    def opens(self) -> bool:
        """True where a sentence may begin with the words."""
        return opens(self.text, self.start, self.floor)

    @property
    def has_capital(self) -> bool:
        """True where the text has a capital in one of the places of the spelling, the first if it is one word."""
        return has_capital(self.text, self.start, self.entry)

    @property
    def holds_no_border(self) -> bool:
        """True where no sentence ends between the words of a name: folding makes a space of every sign."""
        return holds_no_border(self.words)

    def reach(self, length: int) -> int:
        """Where a rule stops reading that reads `length` code points on, or at the end of the block."""
        return min(self.ceiling, self.end + length)


def has_capital(text: str, start: int, entry: Entry) -> bool:
    """True where the text has a capital in one of the places that the spelling of an entry has it in."""
    return not entry.capitals or any(text[start + offset].isupper() for offset in entry.capitals)


def holds_no_border(words: str) -> bool:
    """True where words may be one name: no comma, bracket, guillemet or stop stands between them.

    >>> holds_no_border("New York"), holds_no_border("Corée, Nord")
    (True, False)
    """
    return words.isalnum() or not any(sign in words for sign in _BREAKS)


_BREAKS = (", ", "; ", ": ", "! ", "? ", "(", ")", "«", "»", "\n", " – ", " — ", "… ")
