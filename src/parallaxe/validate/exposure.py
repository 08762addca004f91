"""How much of a withheld text can be rebuilt from what everybody has: the words that stand elsewhere, and those placed.

The attack that is made here has two steps, as an adversary would take them who knows every file, and is always counted
for the worst. First a claim says what stands at its offsets: every word of a span that is among the names of the entity
that it links, or that the claim says otherwise, is *placed*, whatever form of the name was meant. Then gaps are filled
from what was written elsewhere on the same events: a row of words of the article that stands in any file, and begins
and ends with placed words, fits between these anchors by their distance, and counts as *filled*, as if the adversary
always chose the right one of all rows that fit. Where three anchors fit, it is the same sentence, and what stands
before the first and after the last counts too.

A row without two anchors is no part of the attack: « le ministre russe de la Défense » stands in many texts, and
nothing tells in which article it stands too, let alone where. But what stands in one file for `LONGEST_RUN` words is a
copy, whoever can place it: `longest_copy` tells the longest row of each article that is found anywhere.

Words are compared without case, accents and punctuation. All is held as numbers, a word or a run of words each, so
that millions of words are searched in seconds and memory is that of one file.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import repeat
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from parallaxe.core.claims import Span
from parallaxe.text.shingles import Hashes, shingle_hashes, shingle_step

LONGEST_RUN = 12
"""Words in a row that nobody may be able to rebuild."""

LARGEST_SHARE = 0.25
"""Share of the words of an article that nobody may be able to rebuild."""

_ANCHORS = 3
_LONGEST_TOLD = 50

_WORD = re.compile(r"[^\W_]+")
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
_STRANGE = 0
_Positions: TypeAlias = npt.NDArray[np.int64]


class Withheld(NamedTuple):
    """An article whose text nobody may rebuild."""

    article_id: str
    text: str


class Said(NamedTuple):
    """The text of a file that everybody has; `where` is how a report names it."""

    where: str
    text: str


class Placed(NamedTuple):
    """What a claim says of spans of an article: words of theirs that are among `words` are known to stand there."""

    article_id: str
    spans: tuple[Span, ...]
    words: str


class Exposure(NamedTuple):
    """What can be rebuilt of one article, in words.

    `placed` words are known from claims, `filled` ones stand in other files too, and are not placed. `longest_run` is
    the longest row of exposed words, at the code points of `run`. `longest_copy` is the longest row that stands in one
    file, which `copied_from` names; empty where not even two words do.
    A copy of more than fifty words is told as one of fifty.
    """

    article_id: str
    words: int
    placed: int
    filled: int
    longest_run: int
    run: Span
    longest_copy: int
    copied_from: str

    @property
    def exposed(self) -> int:
        """Words that can be rebuilt."""
        return self.placed + self.filled

    @property
    def share(self) -> float:
        """Share of the words that are exposed."""
        return self.exposed / self.words if self.words else 0.0

    @property
    def is_too_much(self) -> bool:
        """True where a run or the share is not below its limit."""
        return max(self.longest_run, self.longest_copy) >= LONGEST_RUN or self.share >= LARGEST_SHARE


def folded(text: str) -> str:
    r"""A text without what words are compared without: case, accents, soft hyphens.

    >>> folded("Séoul, l'Œuvre")
    "seoul, l'oeuvre"
    """
    plain = text.replace("\N{SOFT HYPHEN}", "").casefold().replace("œ", "oe").replace("æ", "ae")
    if plain.isascii():
        return plain
    return "".join(one for one in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(one))


def readable(text: str) -> str:
    r"""What is written as `\u00e9` as the letter that it stands for."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "\\u" in text else text


def exposures(
    articles: Sequence[Withheld], said: Iterable[Said], placed: Iterable[Placed] = ()
) -> tuple[Exposure, ...]:
    """What can be rebuilt of each article, in their order.

    >>> told = exposures([Withheld("x", "Le convoi est parti tôt")], [Said("page", "Un convoi est parti hier")])
    >>> told[0].exposed, told[0].longest_copy
    (0, 3)
    """
    search = _Search(_Words.of(articles))
    for claim in placed:
        search.place(claim)
    for one in said:
        search.read(one)
    return search.exposures()


@dataclass(frozen=True)
class _Words:
    """The words of all articles in a row, with a number for each, and one that no text has between articles."""

    articles: tuple[Withheld, ...]
    vocabulary: Mapping[str, int]
    numbers: Hashes
    spans: npt.NDArray[np.int64]
    first: tuple[int, ...]

    @classmethod
    def of(cls, articles: Sequence[Withheld]) -> _Words:
        vocabulary: dict[str, int] = {}
        numbers: list[int] = []
        spans: list[tuple[int, int]] = []
        first = []
        for article in articles:
            first.append(len(numbers))
            for found in _WORD.finditer(article.text):
                numbers.append(vocabulary.setdefault(folded(found[0]), len(vocabulary) + 1))
                spans.append(found.span())
            numbers.append(2**63 + len(first))
            spans.append((len(article.text), len(article.text)))
        first.append(len(numbers))
        where = np.array(spans, np.int64).reshape(-1, 2)
        return cls(tuple(articles), vocabulary, np.array(numbers, np.uint64), where, tuple(first))

    def of_text(self, text: str) -> Hashes:
        """The numbers of the words of any text; words that no article has are `_STRANGE`."""
        words = _WORD.findall(folded(readable(text)))
        return np.fromiter(map(self.vocabulary.get, words, repeat(_STRANGE)), np.uint64, len(words))

    @cached_property
    def places(self) -> dict[str, int]:
        """The number of each article."""
        return {article.article_id: number for number, article in enumerate(self.articles)}


@dataclass(frozen=True)
class _Runs:
    """All runs of one size in the articles: each once, in order; which one begins at each word; the first file with it.

    A file is a number, -1 where no file has the run.
    """

    known: Hashes
    at: _Positions
    file: npt.NDArray[np.int64]

    @classmethod
    def of(cls, words: Hashes, size: int) -> _Runs:
        known, at = np.unique(shingle_hashes(words, size), return_inverse=True)
        return cls(known, at, np.full(len(known), -1, np.int64))

    def note(self, hashes: Hashes, file: int) -> npt.NDArray[np.bool_]:
        """Write down the runs that are among those of a file; which of these are."""
        place = np.minimum(np.searchsorted(self.known, hashes), len(self.known) - 1)
        found: npt.NDArray[np.bool_] = self.known[place] == hashes
        new = place[found]
        self.file[new[self.file[new] < 0]] = file
        return found

    @property
    def copied(self) -> _Positions:
        """The words at which a run begins that some file has."""
        return np.flatnonzero(self.file[self.at] >= 0)


class _Search:
    """What was found until now: by word whether it is placed, by size of run the files that have it."""

    def __init__(self, words: _Words) -> None:
        self.words = words
        self.placed = np.zeros(len(words.numbers), np.bool_)
        self.runs: dict[int, _Runs] = {}
        self.files: list[str] = []

    def read(self, said: Said) -> None:
        """Look for runs of words of the articles, longer by one in each round, where the shorter one was found."""
        numbers = self.words.of_text(said.text)
        at = np.flatnonzero(numbers != _STRANGE)
        hashes = numbers[at]
        self.files.append(said.where)
        for size in range(2, min(_LONGEST_TOLD, len(self.words.numbers)) + 1):
            whole = at + size <= len(numbers)
            at = at[whole]
            hashes = shingle_step(hashes[whole], numbers[at + size - 1])
            if size not in self.runs:
                self.runs[size] = _Runs.of(self.words.numbers, size)
            found = self.runs[size].note(hashes, len(self.files) - 1)
            at, hashes = at[found], hashes[found]
            if not len(at):
                return

    def place(self, claim: Placed) -> None:
        """Note the words of the spans that the claim says."""
        number = self.words.places.get(claim.article_id)
        if number is None:
            return
        told = self.words.of_text(claim.words)
        first, last = self.words.first[number : number + 2]
        spans = self.words.spans[first : last - 1]
        for span in claim.spans:
            touched = first + np.flatnonzero((spans[:, 0] < span.end) & (spans[:, 1] > span.start))
            self.placed[touched] |= np.isin(self.words.numbers[touched], told)

    def exposures(self) -> tuple[Exposure, ...]:
        """What was found of each article."""
        filled, copies = self._filled(), self._copies()
        return tuple(self._exposure(number, filled, copies) for number in range(len(self.words.articles)))

    def _filled(self) -> npt.NDArray[np.bool_]:
        """The words of rows between two anchors, and of rows with three; placed words that touch are one anchor."""
        begins = self.placed & ~np.concatenate([[False], self.placed[:-1]])
        goes_on = self.placed & ~begins
        anchors = np.concatenate([[0], np.cumsum(begins)])
        filled = np.zeros(len(self.placed), np.bool_)
        for size, runs in self.runs.items():
            at = runs.copied
            is_gap = self.placed[at] & self.placed[at + size - 1]
            known = at[is_gap | (anchors[at + size] - anchors[at] + goes_on[at] >= _ANCHORS)]
            filled[(known[:, None] + np.arange(size)).reshape(-1)] = True
        return filled & ~self.placed

    def _copies(self) -> dict[int, tuple[int, str]]:
        """The size of the longest copy of each article that has one, and the file that has it."""
        copies: dict[int, tuple[int, str]] = {}
        for size in sorted(self.runs):
            at = self.runs[size].copied
            articles, first = np.unique(np.searchsorted(self.words.first, at, "right") - 1, return_index=True)
            files = self.runs[size].file[self.runs[size].at[at[first]]]
            copies |= {
                number: (size, self.files[file]) for number, file in zip(articles.tolist(), files.tolist(), strict=True)
            }
        return copies

    def _exposure(self, number: int, filled: npt.NDArray[np.bool_], copies: Mapping[int, tuple[int, str]]) -> Exposure:
        own = slice(self.words.first[number], self.words.first[number + 1] - 1)
        start, end = _longest(self.placed[own] | filled[own])
        spans = self.words.spans[own]
        copy, where = copies.get(number, (0, ""))
        return Exposure(
            article_id=self.words.articles[number].article_id,
            words=len(spans),
            placed=int(self.placed[own].sum()),
            filled=int(filled[own].sum()),
            longest_run=end - start,
            run=Span(int(spans[start, 0]), int(spans[end - 1, 1])) if end > start else Span(0, 0),
            longest_copy=copy,
            copied_from=where,
        )


def _longest(known: npt.NDArray[np.bool_]) -> tuple[int, int]:
    """The first and the last but one of the longest row of what is true; (0, 0) where nothing is."""
    borders = np.flatnonzero(np.diff(np.concatenate([[False], known, [False]]).astype(np.int8))).reshape(-1, 2)
    if not len(borders):
        return 0, 0
    start, end = borders[np.argmax(borders[:, 1] - borders[:, 0])].tolist()
    return start, end
