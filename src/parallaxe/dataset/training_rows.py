"""Tables that are ready to train on: token labels, stance of an article, stance of a quotation.

They are made of text, so only of articles whose text may be shown.
"""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa

from parallaxe.compare.comparison import of_the_author
from parallaxe.compare.nesting import nesting
from parallaxe.core.claims import Entity, Quote, Span, Stance
from parallaxe.core.schema import Schemas
from parallaxe.dataset.annotation_rows import Annotated
from parallaxe.dataset.rows import table_from_columns
from parallaxe.text.tokens import tokenize


def ner_table(annotated: Sequence[Annotated], schemas: Schemas) -> pa.Table:
    """The table `ner`: each sentence of an annotated block, with BIO tags of outermost mentions of one fragment."""
    tags_of = schemas.labels["ner_tags"]
    rows = [
        (item, number, tokens, bio_tags(tokens, outermost(item.layer.entities), tags_of.default))
        for item in annotated
        for number, sentence in enumerate(item.sentences)
        if item.text is not None
        and sentence.block in item.annotated_blocks
        and (tokens := tokenize(item.text, sentence.start, sentence.end))
    ]
    columns = {
        "article_id": [item.layer.article_id for item, _, _, _ in rows],
        "sentence_id": [number for _, number, _, _ in rows],
        "tokens": [[(item.text or "")[start:end] for start, end in tokens] for item, _, tokens, _ in rows],
        "ner_tags": [[tags_of.index(tag) for tag in tags] for _, _, _, tags in rows],
    }
    return table_from_columns(columns, schemas.table("ner"))


def bio_tags(tokens: Sequence[tuple[int, int]], spans: Sequence[tuple[Span, str]], outside: str) -> list[str]:
    """BIO tags of tokens; a token belongs to a span that it overlaps, spans in order and disjoint.

    >>> bio_tags([(0, 3), (4, 12), (13, 15)], [(Span(0, 12), "PER")], "O")
    ['B-PER', 'I-PER', 'O']
    """
    tags = []
    position = 0
    begun = False
    for start, end in tokens:
        while position < len(spans) and spans[position][0].end <= start:
            position, begun = position + 1, False
        if position < len(spans) and spans[position][0].start < end:
            tags.append(f"{'I' if begun else 'B'}-{spans[position][1]}")
            begun = True
        else:
            tags.append(outside)
    return tags


def outermost(entities: Sequence[Entity]) -> list[tuple[Span, str]]:
    """Spans and labels of the mentions of one fragment that lie in no other, in order."""
    nested = nesting(entities)
    outer = [entity for entity in entities if entity.id not in nested and len(entity.fragments) == 1]
    return sorted((entity.fragments[0], entity.label) for entity in outer)


def stance_classification_table(annotated: Sequence[Annotated], schemas: Schemas) -> pa.Table:
    """The table `stance_classification`: every article with every target, taken up or not."""
    targets = schemas.labels["targets"].names
    absent = schemas.labels["stance_classes"].default
    rows = [
        (item, target, stances.get(target, absent))
        for item in annotated
        for stances in [{s.target: s.polarity for s in item.layer.stances if of_the_author(s)}]
        for target in targets
    ]
    columns = {
        "article_id": [item.layer.article_id for item, _, _ in rows],
        "text": [item.text for item, _, _ in rows],
        "target": [target for _, target, _ in rows],
        "label": [label for _, _, label in rows],
    }
    return table_from_columns(columns, schemas.table("stance_classification"))


def attributed_stance_table(annotated: Sequence[Annotated], schemas: Schemas) -> pa.Table:
    """The table `attributed_stance`: a quotation in its sentences, with holder, target and polarity."""
    rows = [
        (item, stance, quotes[stance.quote])
        for item in annotated
        for quotes in [{quote.id: quote for quote in item.layer.quotes}]
        for stance in item.layer.stances
        if stance.quote is not None
    ]
    columns = {
        "article_id": [item.layer.article_id for item, _, _ in rows],
        "quote_id": [quote.id for _, _, quote in rows],
        "context": [_context(item, quote, stance) for item, stance, quote in rows],
        "quotation": [item.words(quote.content) for item, _, quote in rows],
        "holder": [stance.holder for _, stance, _ in rows],
        "target": [stance.target for _, stance, _ in rows],
        "label": [stance.polarity for _, stance, _ in rows],
    }
    return table_from_columns(columns, schemas.table("attributed_stance"))


def _context(item: Annotated, quote: Quote, stance: Stance) -> str | None:
    """The sentences that content, cue and evidence touch."""
    spans = [*quote.content, *quote.cue, *stance.evidence]
    touched = [s for s in item.sentences if any(s.start < span.end and span.start < s.end for span in spans)]
    return item.text[touched[0].start : touched[-1].end] if item.text is not None and touched else None
