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
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from parallaxe.annotate.occurrences import occurrences
from parallaxe.annotate.remembered import Remembered

_WORD = re.compile(r"([^\W_]+(?:-[^\W_]+)*)")
_INVERTED = re.compile(r"(?:-t)?-(?:je|tu|il|elle|on|nous|vous|ils|elles|ce)$")
# About 150 bytes each.
_REMEMBERED = 100_000
_HEAD = 3
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
        found = [occurrences(_WORD, text, start, end) for start, end in stretches]
        starts, ends, surfaces = map(chain.from_iterable, zip(*found, strict=True)) if found else ((), (), ())
        return cls(tuple(starts), tuple(ends), tuple(map(_FOLDED.__getitem__, surfaces)))

    def between(self, start: int, end: int) -> range:
        """The indexes of the words that begin in `[start, end)`."""
        return range(bisect_left(self.starts, start), bisect_left(self.starts, end))

    def __len__(self) -> int:
        return len(self.starts)


def fold(word: str) -> str:
    """A word as phrases compare it: lower case, without accents and inverted pronoun.

    >>> fold("Réclame-t-elle"), fold("Œil")
    ('reclame', 'oeil')
    """
    return _FOLDED[word]


def _fold(word: str) -> str:
    plain = word[:_LONGEST_WORD].casefold().replace("œ", "oe")
    if "-" in plain:
        plain = _INVERTED.sub("", plain)
    if plain.isascii():
        return plain
    return "".join(letter for letter in unicodedata.normalize("NFD", plain) if not unicodedata.combining(letter))


_FOLDED = Remembered(_fold, _REMEMBERED)


@dataclass
class _Node:
    labels: list[str] = field(default_factory=list)
    words: dict[str, _Node] = field(default_factory=dict)
    stems: dict[str, _Node] = field(default_factory=dict)

    def after(self, form: str) -> Iterator[_Node]:
        """Where phrases stand that go on with a word."""
        if form in self.words:
            yield self.words[form]
        yield from (node for stem, node in self.stems.items() if form.startswith(stem))


class _Beginning(NamedTuple):
    """What a word may begin; `labels` are those of phrases of this word alone.

    `words` and `stems` are all that a second word may be: most words that may begin a phrase of several begin none.
    """

    nodes: tuple[_Node, ...] = ()
    labels: tuple[str, ...] = ()
    words: frozenset[str] = frozenset()
    stems: tuple[str, ...] = ()

    @classmethod
    def of(cls, nodes: Sequence[_Node]) -> _Beginning:
        """What is begun where phrases stand at these nodes behind their first word."""
        if not nodes:
            return _NOTHING
        labels = dict.fromkeys(label for node in nodes for label in node.labels)
        words = frozenset(word for node in nodes for word in node.words)
        return cls(tuple(nodes), tuple(labels), words, tuple({stem for node in nodes for stem in node.stems}))

    def leads_to(self, form: str) -> bool:
        """Whether a phrase may go on with this word."""
        return form in self.words or form.startswith(self.stems)


_NOTHING = _Beginning()


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
    def _stems_by_head(self) -> Mapping[str, Sequence[tuple[str, _Node]]]:
        """Stems by their first letters: most words begin with none of these heads, and few stems share one."""
        by_head: dict[str, list[tuple[str, _Node]]] = {}
        for stem, node in self._root.stems.items():
            by_head.setdefault(stem[:_HEAD], []).append((stem, node))
        return by_head

    @cached_property
    def _head_lengths(self) -> Sequence[int]:
        return sorted(set(map(len, self._stems_by_head)))

    @cached_property
    def _beginnings(self) -> Remembered[_Beginning]:
        return Remembered(self._begun_by, _REMEMBERED)

    def hits(self, words: Words) -> list[Hit]:
        """Every phrase found, by its first word; of one label the longest phrase that begins there.

        >>> phrases = Phrases({"warn": ["mis* en garde"], "stop": ["mis* fin"]})
        >>> phrases.hits(Words.of("Séoul a mis en garde Moscou", [(0, 27)]))
        [Hit(first=2, last=4, label='warn')]
        """
        found: list[Hit] = []
        forms = words.forms
        begun_at = list(map(self._beginnings.__getitem__, forms))
        following = (*forms[1:], "")
        # Nine words in ten begin nothing or nothing that goes on, so they are left out without a step of the loop.
        for index in [
            index
            for index, begun in enumerate(begun_at)
            if begun is not _NOTHING and (begun.labels or begun.leads_to(following[index]))
        ]:
            found.extend(_longest(begun_at[index].nodes, index, forms))
        return found

    def _begun_by(self, form: str) -> _Beginning:
        nodes = [self._root.words[form]] if form in self._root.words else []
        for head in dict.fromkeys(form[:length] for length in self._head_lengths):
            nodes += [node for stem, node in self._stems_by_head.get(head, ()) if form.startswith(stem)]
        return _Beginning.of(nodes)


def _elements(phrase: str) -> Iterator[tuple[str, bool]]:
    for word in _WORD.finditer(phrase):
        yield fold(word.group()), phrase[word.end() : word.end() + 1] == "*"


def _longest(nodes: Sequence[_Node], index: int, forms: Sequence[str]) -> Iterator[Hit]:
    ends: dict[str, int] = {}
    last, front = index, list(nodes)
    while front:
        for node in front:
            ends.update(dict.fromkeys(node.labels, last))
        last += 1
        if last == len(forms):
            break
        front = [child for node in front for child in node.after(forms[last])]
    return (Hit(index, end, label) for label, end in ends.items())
