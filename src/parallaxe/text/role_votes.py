"""Roles and the votes for them: the closed list of names, and how much each kind of evidence weighs.

The weights have a gap between each pair, so that one vote of a higher kind outweighs a hint and the prior together
with one of a lower kind, and the sum can be read without a calculator.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

PARAGRAPH, HEADING, TITLE, LEAD, DATELINE, CAPTION = "paragraph", "heading", "title", "lead", "dateline", "caption"
BYLINE, PULL_QUOTE, LABEL, RELATED = "byline", "pull_quote", "label", "related"
CREDIT, NOISE = "credit", "noise"

ROLES = (PARAGRAPH, HEADING, TITLE, LEAD, DATELINE, CAPTION, BYLINE, PULL_QUOTE, LABEL, RELATED, CREDIT, NOISE)
"""Every role; where votes are even, the earlier one wins: text is kept rather than set aside."""

RUNNING_TEXT = frozenset({PARAGRAPH, HEADING, TITLE, LEAD})
"""Roles that are read one after the other; the rest stands beside the text, and layout looks through it."""

PRIOR = 1.0
"""A block is a paragraph unless something speaks against it; a long one doubly so."""
SUGGESTED = 3.0
"""Its place and shape suggest it; any markup that says otherwise is believed."""
MARKUP = 4.0
"""What a hint of weight 1 counts; a hint of weight w counts w times as much."""
LIKELY = 8.0
"""Words or place leave little doubt; markup has to say otherwise twice."""
STATED = 12.0
"""The words say it themselves (« Lire aussi : … »)."""


LONGEST_LINE = 200
"""Titles and headings are shorter, in code points."""


class Vote(NamedTuple):
    """One piece of evidence for `role`; `why` names it for the person who reads the plan."""

    role: str
    weight: float
    why: str


_WORD = re.compile(r"\w+")
_CLOSERS = "»”\"'’)]* "
_DECORATION = re.compile(r"[^\w«»\"“”'(\[{©#@/-]+")
_INNER_STOP = re.compile(r"[.!?…][»”\")]?\s+[«“\"(]?\s?[^\W\d_a-z]")
_LONG = 160
_SHORT_SENTENCE = 12
_MOST_WORDS_OF_A_LINE = 30


@dataclass(frozen=True)
class Passage:
    """The text of one block, and what its shape says."""

    text: str

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Letters and digits only, case folded, in order."""
        return tuple(_WORD.findall(self.folded))

    @cached_property
    def folded(self) -> str:
        """The text, case folded."""
        return self.text.casefold()

    @cached_property
    def bare(self) -> str:
        """The text without pictographs, bullets and arrows in front."""
        decoration = _DECORATION.match(self.text)
        return self.text[decoration.end() :] if decoration else self.text

    @cached_property
    def last(self) -> str:
        """The last character that is no quotation mark, parenthesis or space; empty where there is none."""
        return self.text.rstrip(_CLOSERS)[-1:]

    @property
    def ends_in_stop(self) -> bool:
        """True where a sentence, or a clause that goes on elsewhere, ends; a question or a cry may be a title."""
        return self.last in {".", "…", ":", ";", ","}

    @cached_property
    def is_line(self) -> bool:
        """A line of its own, as titles and headings are: short, begins with a capital or a figure, has no stop."""
        first = self.text.lstrip("«“\"'( ")[:1] if self.bare == self.text else self.bare.lstrip("«“\"'( ")[:1]
        return (
            len(self.text) <= LONGEST_LINE
            and 0 < len(self.words) <= _MOST_WORDS_OF_A_LINE
            and not self.ends_in_stop
            and any(map(str.isalpha, self.text))
            and not self.text.startswith(("•", "*", "–", "—", "-", "→", "►"))
            and (first.isupper() or first.isdigit())
        )

    @cached_property
    def is_prose(self) -> bool:
        """Sentences, not a line: long, or closed by a stop, or several sentences."""
        return (
            len(self.text) >= _LONG
            or (self.ends_in_stop and len(self.words) >= 3)
            or (self.last in {"!", "?"} and (len(self.words) >= _SHORT_SENTENCE or bool(_INNER_STOP.search(self.text))))
        )

    @cached_property
    def is_all_capitals(self) -> bool:
        """No small letter, and at least four capitals."""
        return self.text.isupper() and sum(map(str.isalpha, self.text[:_LONG])) >= 4
