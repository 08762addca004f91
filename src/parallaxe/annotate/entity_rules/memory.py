"""What an article has said of a name once, so that it holds for every other time the name stands there.

A person named in full gives the family name; an institution its acronym; any clear name itself. Where two persons share
a family name it goes to the one named in full most often, the first among equals.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from parallaxe.annotate.entity_rules.candidates import Candidate
from parallaxe.annotate.entity_rules.first_names import FAMILY_FIRST, FIRST_NAMES
from parallaxe.annotate.entity_rules.folding import fold_name
from parallaxe.annotate.entity_rules.names import CLEAR


class Remembered(NamedTuple):
    """What some words name in this article."""

    label: str
    name: str
    known: bool
    score: float


@dataclass
class Memory:
    """Clear names of an article by their folded words."""

    _seen: dict[str, Counter[Remembered]] = field(default_factory=dict)
    _families: dict[str, Counter[Remembered]] = field(default_factory=dict)
    _aliases: dict[str, Remembered] = field(default_factory=dict)

    def learn(self, text: str, candidates: Iterable[Candidate]) -> None:
        """Take note of every name that is clear, and of its short forms."""
        for found in candidates:
            if found.name is None or found.score < CLEAR:
                continue
            words = fold_name(text[found.start : found.end])
            what = Remembered(found.label, found.name, found.known, found.score)
            self._note(words, what)
            if found.label == "PER" and " " in words:
                for short in short_forms(words):
                    self._families.setdefault(short, Counter())[what] += 1

    def alias(self, words: str, found: Candidate) -> None:
        """Other words for what a candidate names, as an acronym is; the first that explains them is believed."""
        if found.name is not None:
            self._aliases.setdefault(words, Remembered(found.label, found.name, found.known, found.score))

    def _note(self, words: str, what: Remembered) -> None:
        self._seen.setdefault(words, Counter())[what] += 1

    def recall(self, words: str) -> Remembered | None:
        """What folded words name here, or null; of several the most often named.

        Words that are a row of the knowledge base are that, then what the article explains them by; then what they
        are alone if that is no person; otherwise a person named in full comes before the same words alone.
        """
        seen, families = self._seen.get(words), self._families.get(words)
        itself = seen.most_common(1)[0][0] if seen else None
        if words in self._aliases and not (itself and itself.known):
            return self._aliases[words]
        if itself and (itself.known or itself.label != "PER" or not families):
            return itself
        return families.most_common(1)[0][0] if families else None


def short_forms(folded: str) -> tuple[str, ...]:
    """The family name of a full name, with its particle and without.

    >>> short_forms("josette le guyader"), short_forms("kim jong un"), short_forms("charles de gaulle")
    (('guyader', 'le guyader'), ('kim', 'jong un'), ('gaulle', 'de gaulle'))
    """
    words = folded.split(" ")
    if len(words) < 2:
        return ()
    if words[0] in FAMILY_FIRST and len(words) <= 3 and words[0] not in _BOTH:
        return words[0], " ".join(words[1:])
    return tuple(dict.fromkeys((words[-1], *([" ".join(words[-2:])] if len(words) > 2 else []))))


_BOTH = FAMILY_FIRST & FIRST_NAMES - {"kim", "lee"}
