"""Quotations that a machine proposes: who is said to say, want, fear or think what, by rules of French grammar alone.

Each block is read once (`quotation_rules`): guillemets, cues, incises, sources; then attributions become claims, those
that lie in the content of another are put inside it, and answers of an interview hold what is quoted in them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from unicodedata import category

from parallaxe.annotate.article import Article
from parallaxe.annotate.histories import proposed_by
from parallaxe.annotate.quotation_rules.attributions import attributions
from parallaxe.annotate.quotation_rules.conditional import reporting_conditionals
from parallaxe.annotate.quotation_rules.found import Found, Range
from parallaxe.annotate.quotation_rules.guillemets import Quoted
from parallaxe.annotate.quotation_rules.interviews import Answer, answers
from parallaxe.annotate.quotation_rules.nesting import Attribution, with_outer
from parallaxe.annotate.quotation_rules.reading import Reading, read_block
from parallaxe.core.claims import Entity, Quote, Span
from parallaxe.core.layer_format import mint

TOOL = "parallaxe-quotations/1"
_EDGES = ' \u00a0\u202f\t\n«»“”"„‟.,;:!?…—–-()'


def propose_quotes(article: Article, mentions: Sequence[Entity]) -> list[Quote]:
    """The attributions of an article, in the order of the text, each with the rule that found it.

    Mentions tell names from nouns and who may speak; without them the quotations are found all the same, with less
    exact sources. Every span lies inside one annotated block. Linear in the length of the text.
    """
    answered = answers(article.text, [*article.body])
    answer_starts = [answer.content.start for answer in answered]
    found: list[Attribution] = [_of_answer(answer) for answer in answered]
    for reading in _readings(article, mentions):
        own = attributions(reading)
        first, last = reading.words.starts[0], reading.words.ends[-1]
        if bisect_left(answer_starts, first) == bisect_left(answer_starts, last):
            own += reporting_conditionals(reading, own)
        found += (one for each in own if (one := _attribution(article.text, reading, each)) is not None)
    taken: set[str] = set()
    return [*_quotes(with_outer(found), taken)]


def _readings(article: Article, mentions: Sequence[Entity]) -> Iterator[Reading]:
    ordered = sorted(mentions, key=lambda mention: mention.fragments[0].start)
    mention_starts = [mention.fragments[0].start for mention in ordered]
    sentence_starts = [sentence.start for sentence in article.sentences]
    for block in article.body:
        inside = ordered[bisect_left(mention_starts, block.start) : bisect_left(mention_starts, block.end)]
        starts = sentence_starts[bisect_left(sentence_starts, block.start) : bisect_left(sentence_starts, block.end)]
        reading = read_block(article.text, block, starts, inside)
        if len(reading.words):
            yield reading


def _of_answer(answer: Answer) -> Attribution:
    sources = (answer.source,) if answer.source else ()
    return Attribution((answer.content,), (), sources, "direct", "interview-answer", 0.9, "entretien")


def _attribution(text: str, reading: Reading, found: Found) -> Attribution | None:
    """What a rule found as spans of the text, marks at the edges outside; null where nothing is left of the content."""
    content = [span for part in found.content if (span := _trimmed(text, reading.span(*part))) is not None]
    content = _disjoint(content)
    if not content:
        return None
    kind = found.type or _type(reading, found)
    cue = tuple(reading.span(*part) for part in found.cue)
    sources = tuple(span for part in found.sources if (span := _trimmed(text, reading.span(*part))) is not None)
    return Attribution(tuple(content), cue, sources, kind, found.why, found.score, None, found.implicit)


def _trimmed(text: str, span: Span) -> Span | None:
    """A span without white space, marks, pictograms and an elided article at its edges."""
    start, end = span
    while start < end and (_is_edge(text[start]) or text[start : start + 2].lower() in ("l'", "l’")):
        start += 1 if _is_edge(text[start]) else 2
    while end > start and _is_edge(text[end - 1]):
        end -= 1
    return Span(start, end) if end > start else None


def _is_edge(char: str) -> bool:
    """White space, a mark, a pictogram or what joins them."""
    return not char.isalnum() and (char in _EDGES or category(char) in ("So", "Sk", "Cf", "Mn"))


def _disjoint(spans: Sequence[Span]) -> list[Span]:
    kept: list[Span] = []
    for span in sorted(spans):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept


def _type(reading: Reading, found: Found) -> str:
    """`direct` where all words stand in guillemets that the cue is not in too, `mixed` where some do."""
    anchor = found.cue[0][0] if found.cue else -1
    regions = [
        region
        for part in found.content
        for region in (*reading.quoted_near(part[0]), *_inside(reading, part))
        if region.outer and not (region.first <= anchor < region.last and not _interrupts(found, region))
    ]
    overlapping = [region for region in regions if any(a < region.last and region.first < b for a, b in found.content)]
    if not overlapping:
        return "indirect"
    whole = all(any(r.first - 1 <= a and b <= r.last + 1 for r in overlapping) for a, b in found.content)
    return "direct" if whole else "mixed"


def _inside(reading: Reading, part: Range) -> Sequence[Quoted]:
    begin = bisect_left(reading.quoted, (part[0], -1, False))
    return [region for region in reading.quoted[begin : begin + 8] if region.first < part[1]]


def _interrupts(found: Found, region: Quoted) -> bool:
    """Whether the cue stands in the guillemets as an incise: their first word is content then."""
    return found.content[0][0] == region.first


def _quotes(found: Sequence[tuple[Attribution, int | None]], taken: set[str]) -> Iterator[Quote]:
    ids = [mint(f"{one.content}{one.cue}{one.sources}", taken) for one, _ in found]
    for (one, outer), name in zip(found, ids, strict=True):
        history = proposed_by(TOOL, one.score, one.why, one.note)
        inside = None if outer is None else ids[outer]
        yield Quote(name, one.type, one.content, one.cue, one.sources, inside, history)
