"""Interviews: blocks of answers between questions, whose words are the person's without any guillemet."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from parallaxe.core.claims import Span
from parallaxe.text.document import Block

_FEWEST_QUESTIONS = 3
_LONGEST_QUESTION = 600
_MARKS = ' \u00a0\u202f«»“”"—–-'
# A name of one to four words or initials before a colon or a dash: who speaks in this block.
_LABEL = re.compile(
    r"(?P<name>(?:[^\W\d_][\w'’.-]*)(?: [^\W\d_][\w'’.-]*){0,4})[ \u00a0\u202f]?(?::|\. ?[—–])[ \u00a0\u202f]"
)


_ADDRESSED = re.compile(r"\b(?:vous|votre|vos)\b", re.IGNORECASE)


class Answer(NamedTuple):
    """What a person answers in one block, and the label that names the person, where one stands there."""

    content: Span
    source: Span | None


def answers(text: str, body: Sequence[Block]) -> list[Answer]:
    """The answers of an interview, one for each block, in order; none where the article is no interview.

    It is one where at least three paragraphs are questions, each with an answer behind it.
    """
    paragraphs = [block for block in body if block.role in ("paragraph", "heading", "lead")]
    polite = any(_is_question(text, block) and _ADDRESSED.search(text, block.start, block.end) for block in paragraphs)
    asked = [_is_question(text, block) and (polite or block.role == "paragraph") for block in paragraphs]
    led = sum(one and not other for one, other in pairwise(asked))
    if led < _FEWEST_QUESTIONS or 5 * led < len(paragraphs):
        return []
    first = asked.index(True)
    told = [
        block
        for block, question in zip(paragraphs[first:], asked[first:], strict=True)
        if not question and block.role == "paragraph"
    ]
    if sum("«" in text[block.start : block.start + 2] for block in told) > len(told) / 2:
        return []
    return [answer for block in told if (answer := _answer(text, block)) is not None]


def _is_question(text: str, block: Block) -> bool:
    return block.end - block.start <= _LONGEST_QUESTION and text[block.start : block.end].rstrip(_MARKS).endswith("?")


def _answer(text: str, block: Block) -> Answer | None:
    source = None
    start, end = block.start, block.end
    label = _LABEL.match(text, start, min(end, start + 80))
    if label is not None and label["name"][0].isupper():
        source, start = Span(*label.span("name")), label.end()
    while start < end and text[start] in _MARKS:
        start += 1
    while end > start and (text[end - 1] in _MARKS or text[end - 1] in ".!?…"):
        end -= 1
    return Answer(Span(start, end), source) if end > start else None
