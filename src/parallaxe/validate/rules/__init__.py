"""All rules of the gate but those of the table schemas (level 2, in `frames`), in the order in which they are asked."""

from __future__ import annotations

from parallaxe.validate.rule import Rule
from parallaxe.validate.rules import articles, corpus, references, rights, spans

RULES: tuple[Rule, ...] = (
    references.article_id_unique,
    articles.article_id_safe,
    articles.text_hash,
    articles.text_normalized,
    articles.block_order,
    articles.block_inside_text,
    spans.sentence_inside_block,
    spans.sentence_order,
    spans.sentence_count,
    spans.sentence_text,
    spans.alignment_covers_text,
    spans.span_inside_text,
    spans.token_tags,
    references.reference_exists,
    corpus.parallel_order,
    articles.fictional_outlet,
    articles.non_french_text,
    corpus.near_duplicate_group_exists,
    corpus.duplicate_text,
    corpus.split_complete,
    corpus.no_empty_split,
    corpus.split_leak,
    rights.restricted_text_public,
)
