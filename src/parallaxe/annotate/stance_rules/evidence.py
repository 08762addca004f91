"""The words that carry a stance: as few as do, one to eight of them."""

from __future__ import annotations

from collections.abc import Iterator

from parallaxe.annotate.stance_rules import lexicon
from parallaxe.annotate.stance_rules.author import Author
from parallaxe.annotate.stance_rules.judgements import Judgement
from parallaxe.annotate.stance_rules.said import Said
from parallaxe.annotate.stance_rules.targets import Target
from parallaxe.core.claims import Span

_MOST_WORDS = 8
_MOST_SPANS = 5
_IN_THE_CUE = (lexicon.CONCERN, lexicon.CONDEMN, lexicon.PRAISE)
_IN_THE_CONTENT = (
    lexicon.STOP,
    lexicon.HELP,
    lexicon.HARMFUL,
    lexicon.NEGATIVE,
    lexicon.POSITIVE,
    lexicon.CONTACT,
)


def evidence_of_quote(said: Said, judgement: Judgement | None) -> tuple[Span, ...]:
    """What a rule shows; else the cue, where it is the act that evaluates; else a telling phrase of the content."""
    if judgement and judgement.shown:
        first, last = judgement.shown
        return (said.reading.span(first, max(first, min(last, first + _MOST_WORDS - 1))),)
    if said.act in _IN_THE_CUE and said.cue:
        spans = tuple(span for span in said.quote.cue if len(said.reading.words_of([span])[0]) <= _MOST_WORDS)
        if spans:
            return spans
    return tuple(_telling(said))


def _telling(said: Said) -> Iterator[Span]:
    parts = [part for part in said.content if part]
    if not parts:
        return
    hit = next((hit for label in _IN_THE_CONTENT for hit in said.hits if hit.label == label), None)
    part = next((part for part in parts if hit and hit.first in part), parts[0])
    first = part.start if hit is None or len(part) <= _MOST_WORDS else hit.first
    yield said.reading.span(first, min(first + _MOST_WORDS, part.stop) - 1)


def evidence_of_author(author: Author, target: Target, sign: int) -> tuple[Span, ...]:
    """Values of this sign near the target, each with the words between the two where these are few.

    Where none is near, the strongest of the text's own values stand for it; empty where the text has none.
    """
    label = lexicon.POSITIVE if sign > 0 else lexicon.NEGATIVE
    near = [
        (min(one.first, hit.first), max(one.last, hit.last)) for one, hit in author.judged(target) if hit.label == label
    ]
    short = [(first, last) for first, last in near if last - first < _MOST_WORDS]
    alone = [(hit.first, hit.last) for hit in author.values if hit.label == label]
    return tuple(author.reading.span(first, last) for first, last in _apart(short or alone)[:_MOST_SPANS])


def _apart(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The first of those that overlap."""
    kept: list[tuple[int, int]] = []
    for first, last in sorted(set(ranges)):
        if not kept or first > kept[-1][1]:
            kept.append((first, last))
    return kept
