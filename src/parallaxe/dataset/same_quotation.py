"""Rows of `parallels` of kind `same_quotation`: the same utterance as different newsrooms cut and cue it.

Only words in quotation marks are asked: in the writer's words, likeness may be that of two writers. Quotations come
from whatever layer fills the table `quotes`, so that what a machine proposes of a folder has its parallels too.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from parallaxe.core.claims import Span
from parallaxe.core.schema import Schemas
from parallaxe.dataset.parallel_rows import Parallel, parallels_table
from parallaxe.text.shingles import Hashes, shingle_hashes, word_hashes, word_spans

TOOL = "parallaxe-same-quotation/1"

FEWEST_SHARED = 3
"""Runs of three words that two contents must have in common."""

LEAST_SHARE = 0.6
"""What they have in common, as a share of the runs of the shorter one."""

_SHINGLE = 3


class Said(NamedTuple):
    """The content of a quotation, and where it stands."""

    article_id: str
    content: tuple[Span, ...]


class Utterance(NamedTuple):
    """What was said where, and the runs of three words in it, each once, in order."""

    said: Said
    runs: Hashes


def utterances(tables: Mapping[str, pa.Table], wanted: Collection[str], schemas: Schemas) -> Iterator[Utterance]:
    """Contents in quotation marks of the table `quotes`, long enough to be recognised, in the order of their rows.

    `wanted` are the articles that are asked; the table `articles` has their texts, and none is asked whose is null.
    """
    if "quotes" not in tables:
        return
    articles = tables["articles"].select(["article_id", "text"]).to_pydict()
    texts = dict(zip(articles["article_id"], articles["text"], strict=True))
    types = schemas.labels["quotation_types"].labels
    for row in tables["quotes"].select(["article_id", "type", "content"]).to_pylist():
        text = texts.get(row["article_id"]) if row["article_id"] in wanted else None
        if text is not None and types[row["type"]].quoted:
            content = tuple(Span(span["start"], span["end"]) for span in row["content"])
            runs = _runs(text, content)
            if len(runs) >= FEWEST_SHARED:
                yield Utterance(Said(row["article_id"], content), runs)


def _runs(text: str, content: Iterable[Span]) -> Hashes:
    """Runs of words inside each fragment; none crosses from one to the next, where the cue stood."""
    inside = [shingle_hashes(word_hashes(text, words), _SHINGLE) for words in (word_spans(text, (s,)) for s in content)]
    runs: Hashes = np.unique(np.concatenate([np.empty(0, np.uint64), *inside]))
    return runs


def likeness(one: Hashes, other: Hashes) -> float:
    """The share of the shorter content's runs that the longer one has; 0 where they share too few."""
    shared = len(np.intersect1d(one, other, assume_unique=True))
    return round(shared / min(len(one), len(other)), 3) if shared >= FEWEST_SHARED else 0.0


def same_quotations(pairs: Iterable[tuple[Said, Said, float]], schemas: Schemas) -> pa.Table:
    """The table `parallels` with a row for each two cuts of one utterance in two articles, and how alike they are."""
    parallels = [
        Parallel("same_quotation", first.article_id, first.content, second.article_id, second.content, score)
        for one, other, score in pairs
        if one.article_id != other.article_id
        for first, second in [sorted((one, other))]
    ]
    return parallels_table(parallels, "same-quotation", TOOL, schemas)
