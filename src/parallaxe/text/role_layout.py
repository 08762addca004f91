"""Layout: what stands before and after each block, once the words and the markup have spoken.

What words or markup already set aside (labels, credits, share links …) is looked through, so that a heading between
two paragraphs is one even where an advertisement stands beside it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from parallaxe.text.french import places
from parallaxe.text.names import is_initials
from parallaxe.text.role_repeats import find_repeats
from parallaxe.text.role_votes import BYLINE, LABEL, LEAD, PARAGRAPH, RELATED, RUNNING_TEXT, TITLE, Passage
from parallaxe.text.role_word_cues import is_related_header, is_rubric

_SPEAKER = re.compile(r"(?:[^\W\d_]\. ?-?){1,3} ?[—–:-]\s|(?:Q|R|Question|Réponse)[. ]?\s?[:—–-]\s", re.IGNORECASE)
_INTERVIEW = re.compile(r"(?:propos |entretien )?recueillis|(?:grand )?entretien\b|interview\b", re.IGNORECASE)


@dataclass(frozen=True)
class Layout:
    """All blocks of an article, with the role that words and markup give each (`paragraph` where they are silent)."""

    passages: Sequence[Passage]
    roles: Sequence[str]
    declared_title: str = ""

    @cached_property
    def repeats(self) -> dict[int, int]:
        """Pull quotes: index → index of the block that they repeat."""
        copy = [i for i, role in enumerate(self.roles) if role in RUNNING_TEXT]
        found = find_repeats([self.passages[i].words for i in copy])
        spared = {copy[0]} if copy and self.passages[copy[0]].is_line else set()
        spared |= {i for i in copy if self.roles[i] in {TITLE, LEAD}}
        return {copy[i]: copy[container] for i, container in found.items() if copy[i] not in spared}

    @cached_property
    def copy(self) -> list[int]:
        """Blocks that are read one after the other, in order."""
        return [i for i, role in enumerate(self.roles) if role in RUNNING_TEXT and i not in self.repeats]

    @cached_property
    def rank(self) -> dict[int, int]:
        """Where a block stands in `copy`."""
        return {i: rank for rank, i in enumerate(self.copy)}

    @cached_property
    def first_prose(self) -> int:
        """The first block of sentences; the number of blocks where there is none."""
        return next((i for i in self.copy if self._is_body(i)), len(self.passages))

    @cached_property
    def last_prose(self) -> int:
        """The last block of sentences, or −1."""
        return next((i for i in reversed(self.copy) if self._is_body(i)), -1)

    def _is_body(self, i: int) -> bool:
        passage = self.passages[i]
        is_line = passage.is_all_capitals or is_initials(passage.text)
        return self.roles[i] == PARAGRAPH and passage.is_prose and not is_line

    @cached_property
    def title(self) -> int:
        """The title: what words and markup call so, or the line on top of the text; −1 where there is none."""
        stated = next((i for i, role in enumerate(self.roles) if role == TITLE), -1)
        if stated >= 0:
            return stated
        top = [i for i in self.copy if i < self.first_prose and self.roles[i] == PARAGRAPH]
        if not top or self.first_prose == len(self.passages) or top[0] != self.copy[0]:
            return -1
        first, second = top[0], next(iter(top[1:]), -1)
        under_overline = second >= 0 and self.passages[second].is_line and self._is_overline(first)
        title = second if under_overline else first
        return title if self.passages[title].is_line else -1

    def _is_overline(self, i: int) -> bool:
        passage = self.passages[i]
        return passage.is_all_capitals or is_rubric(passage) or passage.text.casefold() in places()

    @cached_property
    def title_words(self) -> frozenset[str]:
        """Words of the title, declared or printed, hyphens kept, case folded."""
        printed = self.passages[self.title].text if self.title >= 0 else ""
        return frozenset(tokens(f"{printed} {self.declared_title}"))

    @cached_property
    def is_interview(self) -> bool:
        """True where questions are part of the talk: somebody « recueille » words, or speakers are marked."""
        top = [passage for passage, role in zip(self.passages, self.roles, strict=True) if role in {BYLINE, LABEL}]
        marked = sum(bool(_SPEAKER.match(passage.text)) for passage in self.passages)
        return marked >= 2 or any(_INTERVIEW.match(passage.text) for passage in top)

    @cached_property
    def related_items(self) -> frozenset[int]:
        """Lines of a list under « Sur le même sujet »; one line only where the article goes on after it."""
        found: set[int] = set()
        for i, passage in enumerate(self.passages):
            if i > 0 and self._opens_list(i - 1, found) and self.roles[i] == PARAGRAPH and passage.is_line:
                found.add(i)
        return frozenset(i for i in found if i > self.last_prose or i - 1 not in found)

    def _opens_list(self, i: int, found: set[int]) -> bool:
        return i in found or (self.roles[i] == RELATED and is_related_header(self.passages[i]))

    @cached_property
    def line_runs(self) -> dict[int, int]:
        """For each line under the title, how many lines stand together there."""
        runs: dict[int, int] = {}
        run: list[int] = []
        for i in [*self.copy, -1]:
            if i >= 0 and i != self.title and self.passages[i].is_line and i not in self.related_items:
                run.append(i)
            else:
                runs |= dict.fromkeys(run, len(run))
                run = []
        return runs

    def next_copy(self, i: int) -> int:
        """The block that is read after `i`, or −1."""
        rank = self.rank[i] + 1
        return self.copy[rank] if rank < len(self.copy) else -1

    def previous_copy(self, i: int) -> int:
        """The block that is read before `i`, or −1."""
        return self.copy[self.rank[i] - 1] if self.rank[i] else -1


def tokens(text: str) -> list[str]:
    """Words with their hyphens and apostrophes, without punctuation, case folded."""
    return [token for token in (word.strip(".,:;!?…«»“”\"'()") for word in text.casefold().split()) if token]
