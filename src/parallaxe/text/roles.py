"""Every block gets a role by open ballot: hints of the source, words, place and shape vote, and the sum decides.

Nothing is dropped: a role is a label. The ballot has two rounds, because place can only be judged when it is known
what is running text: first words and markup vote, block by block, then layout votes on what they left as running text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from parallaxe.text.document import Block
from parallaxe.text.extraction import Hint, Metadata
from parallaxe.text.role_layout import Layout
from parallaxe.text.role_layout_cues import LAYOUT_CUES
from parallaxe.text.role_votes import (
    BYLINE,
    LIKELY,
    LONGEST_LINE,
    MARKUP,
    PARAGRAPH,
    PRIOR,
    PULL_QUOTE,
    ROLES,
    STATED,
    TITLE,
    Passage,
    Vote,
)
from parallaxe.text.role_word_cues import LONGEST_BOX, WORD_CUES

Span = tuple[int, int]

_MOST_WORDS_OF_A_BYLINE = 12
_FEWEST_WORDS_OF_A_TITLE = 3


def assign_roles(text: str, spans: Sequence[Span], hints: Sequence[Hint], metadata: Metadata) -> tuple[Block, ...]:
    r"""One block with a role for each span, in order.

    Args:
        text: the clean text, in which blocks are separated by a blank line.
        spans: the blocks, in order and disjoint, in code points.
        hints: votes of the source, with offsets into `text`; one counts for each block that it overlaps by more than
            half of the shorter of the two.
        metadata: declared title and byline, which are recognized where they are printed.

    Raises:
        ValueError: if a hint names an unknown role.

    >>> text = "En direct\\n\\nKim Jong-un se rendra en Russie."
    >>> [block.role for block in assign_roles(text, [(0, 9), (11, 43)], [], Metadata())]
    ['label', 'paragraph']
    """
    ballots = explain_roles(text, spans, hints, metadata)
    return tuple(Block(_winner(votes), start, end) for votes, (start, end) in zip(ballots, spans, strict=True))


def explain_roles(
    text: str, spans: Sequence[Span], hints: Sequence[Hint], metadata: Metadata
) -> tuple[tuple[Vote, ...], ...]:
    """The votes behind `assign_roles`, block by block, in the order in which they were cast; never empty.

    Raises:
        ValueError: if a hint names an unknown role.
    """
    passages = [Passage(text[start:end]) for start, end in spans]
    ballots = [[_prior(passage), *_word_votes(passage)] for passage in passages]
    for i, vote in [*_hint_votes(spans, hints), *_metadata_votes(passages, metadata)]:
        ballots[i].append(vote)
    layout = Layout(passages, [_winner(votes) for votes in ballots], metadata.title or "")
    for i, container in layout.repeats.items():
        ballots[i].append(Vote(PULL_QUOTE, STATED, f"repeats words of block {container}"))
    for i in layout.copy:
        ballots[i] += _layout_votes(layout, i)
    return tuple(map(tuple, ballots))


def _winner(votes: Iterable[Vote]) -> str:
    """The role with the greatest sum; where sums are even, the one that stands first in `ROLES`."""
    sums: defaultdict[str, float] = defaultdict(float)
    for vote in votes:
        sums[vote.role] += vote.weight
    return max(sums, key=lambda role: (sums[role], -ROLES.index(role)))


def _prior(passage: Passage) -> Vote:
    return Vote(PARAGRAPH, 2 * PRIOR if passage.is_prose else PRIOR, "prose" if passage.is_prose else "block")


def _word_votes(passage: Passage) -> list[Vote]:
    if len(passage.text) > LONGEST_BOX:
        return []
    return _cast(cue(passage) for cue in WORD_CUES)


def _layout_votes(layout: Layout, i: int) -> list[Vote]:
    if i > layout.first_prose and len(layout.passages[i].text) > LONGEST_LINE:
        return []
    return _cast(cue(layout, i) for cue in LAYOUT_CUES)


def _cast(votes: Iterable[Vote | None]) -> list[Vote]:
    return [vote for vote in votes if vote is not None]


def _hint_votes(spans: Sequence[Span], hints: Sequence[Hint]) -> Iterator[tuple[int, Vote]]:
    ends = [end for _, end in spans]
    for hint in hints:
        if hint.role not in ROLES:
            raise ValueError(f"hint {hint.why!r} votes for an unknown role {hint.role!r}; known are {', '.join(ROLES)}")
        for i in range(bisect_right(ends, hint.start), len(spans)):
            start, end = spans[i]
            if start >= hint.end:
                break
            overlap = min(end, hint.end) - max(start, hint.start)
            if 2 * overlap > min(end - start, hint.end - hint.start):
                yield i, Vote(hint.role, MARKUP * hint.weight, hint.why)


def _metadata_votes(passages: Sequence[Passage], metadata: Metadata) -> Iterator[tuple[int, Vote]]:
    """The first block that is the declared title, and each short one that holds the declared byline."""
    title, byline = Passage(metadata.title or "").words, set(Passage(metadata.byline or "").words)
    for i, passage in enumerate(passages):
        if title and _is_title(passage, title):
            yield i, Vote(TITLE, LIKELY, "declared title")
            break
    for i, passage in enumerate(passages):
        if byline and len(passage.words) <= _MOST_WORDS_OF_A_BYLINE and byline <= set(passage.words):
            yield i, Vote(BYLINE, LIKELY, "declared byline")


def _is_title(passage: Passage, title: Sequence[str]) -> bool:
    """Declared titles often go on with the name of the newspaper, so a block that opens one will do."""
    words = passage.words[: len(title) + 1]
    opens = len(words) >= _FEWEST_WORDS_OF_A_TITLE and tuple(title[: len(words)]) == words
    return words == title or (opens and 2 * len(words) > len(title))
