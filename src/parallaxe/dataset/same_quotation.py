"""Rows of `parallels` of kind `same_quotation`: the same utterance as different newsrooms cut and cue it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

import pyarrow as pa

from parallaxe.core.claims import Quote, Span
from parallaxe.core.schema import Schemas
from parallaxe.dataset.annotation_rows import Annotated
from parallaxe.dataset.parallel_rows import Parallel, parallels_table
from parallaxe.text.shingles import shingle_hashes, word_hashes, word_spans

TOOL = "parallaxe-same-quotation/1"

_SHINGLE = 3
# Runs of three words that two contents must have in common, and their share of those of the shorter one.
_FEWEST_SHARED = 3
_LEAST_SHARE = 0.6


class Utterance(NamedTuple):
    """The content of a quotation, and the runs of words in it."""

    article_id: str
    type: str
    content: tuple[Span, ...]
    runs: frozenset[int]


def utterances(annotated: Sequence[Annotated]) -> Iterator[Utterance]:
    """Contents of quotations of articles whose text is here, long enough to be recognised."""
    for item in annotated:
        for quote in item.layer.quotes:
            if item.text is not None:
                runs = _runs(item.text, quote)
                if len(runs) >= _FEWEST_SHARED:
                    yield Utterance(item.layer.article_id, quote.type, quote.content, runs)


def _runs(text: str, quote: Quote) -> frozenset[int]:
    """Runs of words inside each fragment; none crosses from one to the next, where the cue stood."""
    return frozenset(
        run
        for span in quote.content
        for run in shingle_hashes(word_hashes(text, word_spans(text, (span,))), _SHINGLE).tolist()
    )


def same_quotations(said: Sequence[Utterance], schemas: Schemas) -> pa.Table:
    """The table `parallels` with a row for each pair of articles and contents that are cuts of one utterance.

    Only words in quotation marks are asked: in the writer's words, likeness may be that of two writers.
    """
    quoted_types = {label.name for label in schemas.labels["quotation_types"].labels if label.quoted}
    quoted = [utterance for utterance in said if utterance.type in quoted_types]
    holders: defaultdict[int, list[int]] = defaultdict(list)
    for position, utterance in enumerate(quoted):
        for run in utterance.runs:
            holders[run].append(position)
    pairs = sorted({pair for positions in holders.values() for pair in combinations(positions, 2)})
    parallels = [
        Parallel("same_quotation", one.article_id, one.content, other.article_id, other.content, score)
        for one, other in (_ordered(quoted[a], quoted[b]) for a, b in pairs)
        if one.article_id != other.article_id and (score := _likeness(one, other)) >= _LEAST_SHARE
    ]
    return parallels_table(parallels, "same-quotation", TOOL, schemas)


def _ordered(one: Utterance, other: Utterance) -> tuple[Utterance, Utterance]:
    return (one, other) if one.article_id <= other.article_id else (other, one)


def _likeness(one: Utterance, other: Utterance) -> float:
    """The share of the shorter content's runs that the longer one has; 0 where they are too few."""
    shared = len(one.runs & other.runs)
    return round(shared / min(len(one.runs), len(other.runs)), 3) if shared >= _FEWEST_SHARED else 0.0
