"""What an article tells of, as numbers: by its names and rarer words two articles about one event know each other.

An article is the set of its words but for those of every text, each with how often it comes and whether it is a name.
A word weighs the more, the fewer articles of the corpus have it (tf-idf, Salton and Buckley 1988), and a name twice;
the cosine of two such sets, fading with the days between them, is how alike two stories are (as in the detection of
topics in news, Allan et al. 1998; Miranda et al. 2018). What is a name is told by its capital inside sentences.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from parallaxe.text.document import Block
from parallaxe.text.pairs import Pairs, Places
from parallaxe.text.shingles import Hashes, word_hashes, word_spans

Weights = npt.NDArray[np.float64]

FEWEST_SHARED = 6
"""Rarer words that two articles must have in common, to be compared at all."""

FEWEST_NAMES = 2
"""Names among the words that they have in common."""

LEAST_ALIKE = 0.22
"""From here on two stories are those of one event; chosen for few false pairs, not for many true ones."""

# After a week two articles must have e times as much in common. Nothing is known of one without a date: half a week.
_FADING_DAYS = 7.0
_UNKNOWN_DAYS = 3.5
FARTHEST_DAYS = math.floor(_FADING_DAYS * -math.log(LEAST_ALIKE))
"""Days between two articles after which no likeness would do."""

# A word of one article in fifty tells as much as one that is rarer still: otherwise misprints would count most.
_RAREST = 50
_NAME_WEIGHT = 2.0
_SHORTEST_WORD = 3
# The lower bits of a number are not the word's: one says that it is a name, the others how often it comes.
_BITS = 12
_NAME = np.uint64(1 << (_BITS - 1))
_COUNT = np.uint64((1 << (_BITS - 1)) - 1)


class Story(NamedTuple):
    """Words of an article in order, what each weighs (the squares add up to 1), and which are names."""

    words: Hashes
    weights: Weights
    names: npt.NDArray[np.bool_]


def story_numbers(text: str, blocks: Sequence[Block]) -> Hashes:
    """A number for each word of some blocks that could tell of what they speak, in order of words, each word once."""
    spans = word_spans(text, tuple((block.start, block.end) for block in blocks))
    if not spans:
        return np.empty(0, np.uint64)
    hashes = word_hashes(text, spans) & ~np.uint64((1 << _BITS) - 1)
    lengths = np.fromiter((end - start for start, end in spans), np.int64, len(spans))
    told = (lengths >= _SHORTEST_WORD) & ~np.isin(hashes, _common_words())
    is_capital = np.fromiter((text[start].isupper() for start, _ in spans), np.bool_, len(spans))
    is_inside = np.array([False, *_inside(text, spans)])
    words, place, counts = np.unique(hashes[told], return_inverse=True, return_counts=True)
    names = np.zeros(len(words), np.bool_)
    names[place[(is_capital & is_inside)[told]]] = True
    names[place[~is_capital[told]]] = False
    numbers: Hashes = words | np.where(names, _NAME, np.uint64(0)) | np.minimum(counts.astype(np.uint64), _COUNT)
    return numbers


def _inside(text: str, spans: Sequence[tuple[int, int]]) -> list[bool]:
    """For each word but the first, whether it stands inside a sentence: only a space or apostrophe before it."""
    return [text[end:start] in {" ", "'", "’", "-", ", "} for (_, end), (start, _) in pairwise(spans)]


@cache
def _common_words() -> Hashes:
    """The words of every French text, as spaCy lists them."""
    from spacy.lang.fr.stop_words import STOP_WORDS

    parts = sorted({part for word in STOP_WORDS for part in word.replace("’", "'").split("'")})
    text = " ".join(parts)
    hashes = word_hashes(text, word_spans(text, ((0, len(text)),)))
    return hashes & ~np.uint64((1 << _BITS) - 1)


def words_of(numbers: Hashes) -> Hashes:
    """The words alone, the same number for the same word in every article."""
    words: Hashes = numbers & ~np.uint64((1 << _BITS) - 1)
    return words


def story(numbers: Hashes, articles_with: npt.NDArray[np.int64], articles: int) -> Story:
    """The numbers of an article, weighed: `articles_with` is how many of all `articles` have each word."""
    counts = (numbers & _COUNT).astype(np.float64)
    names = (numbers & _NAME) > 0
    rarity = np.log1p(np.minimum(articles / articles_with, _RAREST))
    weights = (1 + np.log(counts)) * rarity * np.where(names, _NAME_WEIGHT, 1.0)
    length = math.sqrt(math.fsum((weights * weights).tolist()))
    return Story(words_of(numbers), weights / length if length else weights, names)


def likeness(one: Story, other: Story, days: int | None) -> float:
    """How alike two stories are that were published so many days apart (null: unknown), from 0 to 1, three places.

    The same whichever of the two is first; 0 where they share fewer than two names.
    """
    if not len(one.words) or not len(other.words):
        return 0.0
    there = np.minimum(np.searchsorted(other.words, one.words), len(other.words) - 1)
    shared = other.words[there] == one.words
    if int((one.names & other.names[there] & shared).sum()) < FEWEST_NAMES:
        return 0.0
    cosine = math.fsum((one.weights * other.weights[there])[shared].tolist())
    return round(min(cosine, 1.0) * math.exp(-(_UNKNOWN_DAYS if days is None else days) / _FADING_DAYS), 3)


def neighbours(numbers: Hashes, places: Places, reach: int) -> Pairs:
    """A pair for two places that have a number in common and stand near each other among those that have it.

    However many places have a number, each is paired with the `reach` that follow it: time and space are linear.

    Args:
        numbers: what places may meet at; each at most once for a place.
        places: the place of each number.
        reach: how many of those that follow count as near.
    """
    order = np.lexsort((places, numbers))
    numbers, places = numbers[order], places[order].astype(np.uint64)
    found = [np.empty(0, np.uint64)]
    for distance in range(1, min(reach, len(numbers) - 1) + 1):
        meet = numbers[distance:] == numbers[:-distance]
        if not meet.any():
            break
        found.append((places[:-distance][meet] << np.uint64(32)) | places[distance:][meet])
    return np.concatenate(found)
