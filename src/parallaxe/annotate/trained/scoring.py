"""How well mentions of examples are found: span and label both, over all, by label, and of names that are unknown.

A name is unknown where neither its words nor what it links to stand in the examples that were learned from.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from parallaxe.annotate.trained.examples import Example, Mention


class Counts(NamedTuple):
    """Mentions found rightly, found, and there to be found."""

    right: int = 0
    found: int = 0
    there: int = 0

    def plus(self, other: Counts) -> Counts:
        """The sums."""
        return Counts(self.right + other.right, self.found + other.found, self.there + other.there)

    @property
    def precision(self) -> float:
        """Of those found, how many are right; 0 where none was found."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Of those there, how many were found; 0 where there is none."""
        return self.right / self.there if self.there else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both; 1 where there was nothing to find and nothing was found.

        >>> round(Counts(right=6, found=8, there=10).f1, 3), Counts().f1
        (0.667, 1.0)
        """
        return 2 * self.right / (self.found + self.there) if self.found + self.there else 1.0


@dataclass(frozen=True)
class Known:
    """The names that were learned from: their words, in small letters, and what they link to."""

    surfaces: frozenset[str]
    kb_ids: frozenset[str]

    @classmethod
    def of(cls, examples: Iterable[Example]) -> Known:
        """All names of examples."""
        held = [(example, mention) for example in examples for mention in example.mentions]
        surfaces = frozenset(example.surface(mention).casefold() for example, mention in held)
        return cls(surfaces, frozenset(mention.kb_id for _, mention in held if mention.kb_id))

    def has(self, example: Example, mention: Mention) -> bool:
        """True for a name of which the words, or what it links to, were met."""
        return example.surface(mention).casefold() in self.surfaces or mention.kb_id in self.kb_ids


def count(expected: Sequence[Example], found: Sequence[Sequence[Mention]]) -> dict[str, Counts]:
    """Counts by label; examples and the mentions found in them stand in one order."""
    counts: dict[str, Counts] = {}
    for example, mentions in zip(expected, found, strict=True):
        gold, own = ({mention[:3] for mention in side} for side in (example.mentions, mentions))
        for start, end, label in gold | own:
            one = (start, end, label)
            counts[label] = counts.get(label, Counts()).plus(
                Counts(int(one in gold and one in own), int(one in own), int(one in gold))
            )
    return counts


def total(counts: Iterable[Counts]) -> Counts:
    """The sum of counts."""
    result = Counts()
    for one in counts:
        result = result.plus(one)
    return result


def count_unknown(expected: Sequence[Example], found: Sequence[Sequence[Mention]], known: Known) -> Counts:
    """Counts of unknown names: right or missed by the name that is there; a false find counts if its words are new."""
    result = Counts()
    for example, mentions in zip(expected, found, strict=True):
        gold, own = ({mention[:3] for mention in side} for side in (example.mentions, mentions))
        new = {mention[:3] for mention in example.mentions if not known.has(example, mention)}
        false = {one for one in own - gold if not known.has(example, Mention(*one))}
        result = result.plus(Counts(len(new & own), len(new & own) + len(false), len(new)))
    return result
