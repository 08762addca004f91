"""What a component learns from: sentences as words, each with the mentions that stand in it.

Examples are cut at the tokens of the text layer, as `trained_mentions` cuts the texts that it is asked about: a model
that is asked otherwise than it was taught loses for nothing.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from parallaxe.annotate.article import Article
from parallaxe.core.claims import Entity, Span


class Mention(NamedTuple):
    """`words[start:end]` of an example is a mention; `kb_id` is what it names, where that is known."""

    start: int
    end: int
    label: str
    kb_id: str | None = None


class Example(NamedTuple):
    """A sentence as words without white space, and its outer mentions, in order and disjoint."""

    words: tuple[str, ...]
    mentions: tuple[Mention, ...]

    def surface(self, mention: Mention) -> str:
        """The words of a mention, one space between each two: a name to count by, not a piece of the text."""
        return " ".join(self.words[mention.start : mention.end])


def outermost(mentions: Iterable[Entity]) -> list[Entity]:
    """Mentions of one fragment that no other one holds or reaches into, in order; the longer of two that overlap.

    >>> kremlin, palais = Entity("a", (Span(10, 17),), "ORG"), Entity("b", (Span(0, 17),), "LOC")
    >>> [mention.id for mention in outermost([kremlin, palais])]
    ['b']
    """
    whole = [mention for mention in mentions if len(mention.fragments) == 1]
    whole.sort(key=lambda mention: (mention.fragments[0].start, -mention.fragments[0].end, mention.id))
    kept: list[Entity] = []
    for mention in whole:
        if not kept or kept[-1].fragments[0].end <= mention.fragments[0].start:
            kept.append(mention)
    return kept


def examples_of(article: Article, mentions: Iterable[Entity]) -> Iterator[Example]:
    """Each sentence with the outer mentions that lie within it; a token that a mention touches belongs to it."""
    outer = outermost(mentions)
    starts = [mention.fragments[0].start for mention in outer]
    for sentence, tokens in sentence_tokens(article):
        first, last = bisect_left(starts, sentence.start), bisect_left(starts, sentence.end)
        inside = [mention for mention in outer[first:last] if mention.fragments[0].end <= sentence.end]
        borders = ([start for start, _ in tokens], [end for _, end in tokens])
        placed = (_placed(mention, *borders) for mention in inside)
        yield Example(tuple(article.text[start:end] for start, end in tokens), tuple(placed))


def sentence_tokens(article: Article) -> Iterator[tuple[Span, Sequence[tuple[int, int]]]]:
    """Each sentence of the body that has a token, with its tokens."""
    tokens = article.tokens
    starts = [start for start, _ in tokens]
    for sentence in article.body_sentences:
        first, last = bisect_left(starts, sentence.start), bisect_left(starts, sentence.end)
        if first < last:
            yield Span(sentence.start, sentence.end), tokens[first:last]


def _placed(mention: Entity, starts: Sequence[int], ends: Sequence[int]) -> Mention:
    start, end = mention.fragments[0]
    first, last = bisect_right(ends, start), bisect_left(starts, end)
    return Mention(first, max(last, first + 1), mention.label, mention.kb_id)
