"""Words and phrases found in a text in one pass, however many phrases there are.

A phrase is written as a newspaper prints it (« mise en garde »); a star ends a stem (« sanctionn* »). Case, accents,
hyphens of inversion (« demande-t-il ») and the kind of apostrophe make no difference. There are no regular expressions
to write, so that whoever defines a project can add phrases without knowing how they are matched.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import groupby
from typing import NamedTuple

_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_INVERTED = re.compile(r"(?:-t)?-(?:je|tu|il|elle|on|nous|vous|ils|elles|ce)$")
# About 150 bytes each; beyond it words are simply folded anew.
_REMEMBERED = 50_000
# A string of letters that is longer is no word of a language written with spaces.
_LONGEST_WORD = 60


class Hit(NamedTuple):
    """The words `first` to `last`, inclusive, are a phrase of `label`."""

    first: int
    last: int
    label: str


@dataclass(frozen=True)
class Words:
    """The words of some stretches of a text, in order: where each begins and ends, and its folded form."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    forms: tuple[str, ...]

    @classmethod
    def of(cls, text: str, stretches: Iterable[tuple[int, int]]) -> Words:
        """The words of the stretches, which do not overlap and stand in order.

        >>> Words.of("L'été, dit-elle.", [(0, 16)]).forms
        ('l', 'ete', 'dit')
        """
        found = [word for start, end in stretches for word in _WORD.finditer(text, start, end)]
        # Column by column, since a loop over words would take as long as all the rules together.
        forms = tuple(map(fold, map(re.Match.group, found)))
        return cls(tuple(map(re.Match.start, found)), tuple(map(re.Match.end, found)), forms)

    def between(self, start: int, end: int) -> range:
        """The indexes of the words that begin in `[start, end)`."""
        return range(bisect_left(self.starts, start), bisect_left(self.starts, end))

    def __len__(self) -> int:
        return len(self.starts)


@lru_cache(_REMEMBERED)
def fold(word: str) -> str:
    """A word as phrases compare it: lower case, without accents and inverted pronoun.

    >>> fold("Réclame-t-elle"), fold("Œil")
    ('reclame', 'oeil')
    """
    plain = word[:_LONGEST_WORD].casefold().replace("œ", "oe")
    if "-" in plain:
        plain = _INVERTED.sub("", plain)
    if plain.isascii():
        return plain
    return "".join(letter for letter in unicodedata.normalize("NFD", plain) if not unicodedata.combining(letter))


@dataclass
class _Node:
    labels: list[str] = field(default_factory=list)
    words: dict[str, _Node] = field(default_factory=dict)
    stems: dict[str, _Node] = field(default_factory=dict)


class _Beginning(NamedTuple):
    """What a word may begin; `labels` are those of phrases of this word alone.

    `words` and `stems`, these by their length, are all that a second word may be: most words that may begin a phrase of
    several begin none.
    """

    nodes: tuple[_Node, ...]
    labels: tuple[str, ...]
    words: frozenset[str]
    stems: tuple[tuple[int, frozenset[str]], ...]

    def leads_to(self, form: str) -> bool:
        """Whether a phrase may go on with this word."""
        return form in self.words or any(form[:length] in stems for length, stems in self.stems)


@dataclass(frozen=True)
class Phrases:
    """Phrases by label, ready to be found."""

    phrases: Mapping[str, Sequence[str]]

    @cached_property
    def _root(self) -> _Node:
        root = _Node()
        for label, phrases in self.phrases.items():
            for phrase in phrases:
                node = root
                for form, is_stem in _elements(phrase):
                    node = (node.stems if is_stem else node.words).setdefault(form, _Node())
                if node is not root and label not in node.labels:
                    node.labels.append(label)
        return root

    @cached_property
    def _stem_lengths(self) -> tuple[int, ...]:
        return tuple(sorted({len(stem) for stem in self._root.stems}))

    @cached_property
    def _stem_heads(self) -> frozenset[str]:
        """As many letters as the shortest stem has, of all stems: most words begin with none of them."""
        return frozenset(stem[: self._stem_lengths[0]] for stem in self._root.stems)

    @cached_property
    def _beginnings(self) -> dict[str, _Beginning]:
        """What each word begins that was met; a word is looked up by its stems only once."""
        return {}

    def hits(self, words: Words) -> list[Hit]:
        """Every phrase found, by its first word; of one label the longest phrase that begins there.

        >>> phrases = Phrases({"warn": ["mis* en garde"], "stop": ["mis* fin"]})
        >>> phrases.hits(Words.of("Séoul a mis en garde Moscou", [(0, 27)]))
        [Hit(first=2, last=4, label='warn')]
        """
        found: list[Hit] = []
        known, remember, forms = self._beginnings, self._remember, words.forms
        begun_at = [known.get(form) or remember(form) for form in forms]
        following = (*forms[1:], "")
        for index in [index for index, begun in enumerate(begun_at) if begun.nodes]:
            begun = begun_at[index]
            if begun.leads_to(following[index]):
                found.extend(_longest(begun.nodes, index, forms))
            else:
                found.extend([Hit(index, index, label) for label in begun.labels])
        return found

    def _remember(self, form: str) -> _Beginning:
        may_be_stem = self._stem_heads and form[: self._stem_lengths[0]] in self._stem_heads
        nodes = tuple(_next(self._root, form, self._stem_lengths if may_be_stem else ()))
        labels = tuple(dict.fromkeys(label for node in nodes for label in node.labels))
        words = frozenset(word for node in nodes for word in node.words)
        stems = sorted({stem for node in nodes for stem in node.stems}, key=len)
        by_length = tuple((length, frozenset(same)) for length, same in groupby(stems, key=len))
        begun = _Beginning(nodes, labels, words, by_length)
        if len(self._beginnings) < _REMEMBERED:
            self._beginnings[form] = begun
        return begun


def _elements(phrase: str) -> Iterator[tuple[str, bool]]:
    for word in _WORD.finditer(phrase):
        yield fold(word.group()), phrase[word.end() : word.end() + 1] == "*"


def _next(node: _Node, form: str, lengths: Iterable[int]) -> Iterator[_Node]:
    if form in node.words:
        yield node.words[form]
    for length in lengths:
        if length <= len(form) and form[:length] in node.stems:
            yield node.stems[form[:length]]


def _longest(nodes: Sequence[_Node], index: int, forms: Sequence[str]) -> Iterator[Hit]:
    ends: dict[str, int] = {}
    last, front = index, list(nodes)
    while front:
        for node in front:
            ends.update(dict.fromkeys(node.labels, last))
        last += 1
        if last == len(forms):
            break
        front = [child for node in front for child in _next(node, forms[last], map(len, node.stems))]
    return (Hit(index, end, label) for label, end in ends.items())
