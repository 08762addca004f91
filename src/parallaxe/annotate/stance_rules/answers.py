"""A long answer, as of an interview: each of its sentences is read as a statement of its own."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from parallaxe.annotate.stance_rules.judgements import Judgement
from parallaxe.annotate.stance_rules.said import Said
from parallaxe.core.claims import Span

WHY = "judges-in-an-answer"
"""Why a sentence of an answer is for or against something."""

_FEWEST = 3


def judged_in_answer(said: Said, judged: Callable[[Said], Iterator[Judgement]]) -> Iterator[Judgement]:
    """What most of the sentences that judge a target, as `judged` reads them, say of it; the most judged first."""
    found: dict[str, list[Judgement]] = {}
    for sentence in sentences(said):
        for judgement in judged(sentence):
            found.setdefault(judgement.target, []).append(judgement)
    for same in sorted(found.values(), key=len, reverse=True):
        sign = sum(one.sign for one in same)
        if sign:
            first = next(one for one in same if one.sign * sign > 0)
            yield first._replace(why=WHY)


def sentences(said: Said) -> Iterator[Said]:
    """The sentences of a content, each as a quotation without a cue; one or two words, « Oui », are none."""
    reading = said.reading
    nested, relayed = _Ordered(said.nested), _Ordered(said.relayed)
    for part in said.content:
        place = part.start
        while place < part.stop:
            stop = min(part.stop, max(reading.sentence_of(place).stop, place + 1))
            span = reading.span(place, stop - 1)
            # A sentence that tells what others say judges nothing by itself.
            if stop - place >= _FEWEST and not relayed.within(span):
                quote = replace(said.quote, content=(span,), cue=())
                yield replace(said, quote=quote, nested=nested.within(span), relayed=())
            place = stop


class _Ordered:
    """Spans in order, so that a sentence looks at its own alone."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._spans = sorted(spans)

    def within(self, span: Span) -> tuple[Span, ...]:
        """Those that begin in a span."""
        return tuple(self._spans[bisect_left(self._spans, span[:1]) : bisect_left(self._spans, (span.end,))])
