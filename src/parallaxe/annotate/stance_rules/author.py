"""What the writer's own words say of each target: where it stands in them, and which values stand near it.

The contents of quotations do not count. A target is taken up where it is named in the title or in several of the
writer's sentences; how much the writer judges at all is told by marks of opinion (questions, exclamations, « nous »,
irony) against marks of reporting, over the whole text.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log1p

from parallaxe.annotate.stance_rules import lexicon
from parallaxe.annotate.stance_rules.phrases import Hit
from parallaxe.annotate.stance_rules.reading import HINT, NAME, PAIR, THING, Meant, Reading
from parallaxe.annotate.stance_rules.targets import StanceLabels, Target
from parallaxe.core.claims import Quote

_NEAR = 9
# A target may be meant hundreds of times; what is near the first ones is enough.
_MOST = 200
# How much the marks of a text say that its writer judges; a trained model learns how far to go with it.
_OPINION = {"negative": 1.0, "positive": 0.7, "we": 0.7, "ought": 0.7, "irony": 0.7, "wire": -0.5}
_HEADLINES = ("title", "lead", "heading")
_PREPOSITIONS = frozenset("en a au aux de du des d contre avec par vers pour dans sur chez entre".split())


@dataclass(frozen=True)
class Author:
    """The writer's own words of an article."""

    reading: Reading
    labels: StanceLabels
    quotes: Sequence[Quote]

    @cached_property
    def _attributed(self) -> bytearray:
        """For each word whether it stands in the content of a quotation."""
        found = bytearray(len(self.reading.words))
        for quote in self.quotes:
            for part in self.reading.words_of(quote.content):
                found[part.start : part.stop] = b"\1" * len(part)
        return found

    @cached_property
    def meant(self) -> Mapping[str, list[Meant]]:
        """Where the writer means each target."""
        found: dict[str, list[Meant]] = {target.name: [] for target in self.labels.targets}
        for one in self.reading.meant:
            if not self._attributed[one.first]:
                found[one.target].append(one)
        return found

    @cached_property
    def values(self) -> list[Hit]:
        """The values in the writer's words, a negated one as its opposite."""
        kinds = (lexicon.NEGATIVE, lexicon.POSITIVE)
        return [
            self._turned(hit) for hit in self.reading.hits if hit.label in kinds and not self._attributed[hit.first]
        ]

    def _turned(self, hit: Hit) -> Hit:
        before = self.reading.words.forms[max(0, hit.first - 4) : hit.first]
        if not {"pas", "ni", "aucun", "aucune", "jamais", "moins"} & set(before):
            return hit
        return hit._replace(label=lexicon.NEGATIVE if hit.label == lexicon.POSITIVE else lexicon.POSITIVE)

    @cached_property
    def _sentence_of_word(self) -> list[int]:
        found = [-1] * len(self.reading.words)
        for index, sentence in enumerate(self.reading.sentences):
            found[sentence.start : sentence.stop] = [index] * len(sentence)
        return found

    @cached_property
    def _headlines(self) -> dict[str, set[int]]:
        """The words of all blocks of each such role."""
        found: dict[str, set[int]] = {role: set() for role in _HEADLINES}
        for block in self.reading.article.body:
            if block.role in found:
                found[block.role].update(self.reading.words.between(block.start, block.end))
        return found

    @cached_property
    def marks(self) -> dict[str, float]:
        """How the text shows that it judges or that it reports, per thousand words or as a share."""
        text = self.reading.article.text
        count = Counter(hit.label for hit in self.reading.hits if not self._attributed[hit.first])
        own = max(1, len(self._attributed) - sum(self._attributed))
        bodies = [text[block.start : block.end] for block in self.reading.article.body]
        signs = Counter({sign: sum(body.count(sign) for body in bodies) for sign in "?!;:"})
        thousand = 1000 / max(own, 100)
        return {
            "negative": count[lexicon.NEGATIVE] * thousand,
            "positive": count[lexicon.POSITIVE] * thousand,
            "we": count[lexicon.WE] * thousand,
            "ought": count[lexicon.OUGHT] * thousand,
            "irony": count[lexicon.IRONY] * thousand,
            "wire": count[lexicon.WIRE] * thousand,
            "question": signs["?"] * thousand,
            "exclamation": signs["!"] * thousand,
            "aside": (signs[";"] + signs[":"]) * thousand,
            "quoted": 1 - own / max(1, len(self._attributed)),
        }

    def speaks_of(self, target: Target) -> bool:
        """A statement may be about the target: of an actor, it is not only named as the place where something is."""
        return not target.is_actor or any(one.first not in self.reading.scenes for one in self.meant[target.name])

    def place(self, target: Target) -> dict[str, float]:
        """How much of the writer's words a target has: sentences, clauses it may govern, headlines."""
        meant = self.meant[target.name]
        sure = [one for one in meant if one.how != HINT]
        sentences = {self._sentence_of_word[one.first] for one in sure}
        governing = {self._sentence_of_word[one.first] for one in sure if self._governs(one)}
        heads = {role: any(one.first in words for one in sure) for role, words in self._headlines.items()}
        return {
            "sentences": log1p(len(sentences)),
            "share": len(sentences) / max(1, len(self.reading.sentences)),
            "governing": log1p(len(governing)),
            "names": log1p(sum(one.how == NAME for one in sure)),
            "things": log1p(sum(one.how == THING for one in sure)),
            "pairs": log1p(sum(one.how == PAIR for one in sure)),
            "hints": log1p(len(meant) - len(sure)),
            "twice": float(len(sentences) >= 2),
            "governs-twice": float(len(governing) >= 2),
            **{role: float(found) for role, found in heads.items()},
        }

    def _governs(self, one: Meant) -> bool:
        return (
            not self.labels.by_name[one.target].is_actor
            or one.first == 0
            or self.reading.words.forms[one.first - 1] not in _PREPOSITIONS
        )

    def near(self, target: Target) -> dict[str, float]:
        """Values within a few words of a target in the writer's sentences, the nearer the heavier."""
        found = {lexicon.NEGATIVE: 0.0, lexicon.POSITIVE: 0.0}
        for one, hit in self.judged(target):
            found[hit.label] += 1 / (1 + min(abs(hit.first - one.last), abs(one.first - hit.last)) / 4)
        return {"negative": log1p(found[lexicon.NEGATIVE]), "positive": log1p(found[lexicon.POSITIVE])}

    def backed(self, target: Target) -> float:
        """How often words that back or shield somebody stand near a target, the nearer the heavier."""
        found = 0.0
        for one in self.meant[target.name][:_MOST]:
            for hit in self._near(self._backing, one):
                found += 1 / (1 + min(abs(hit.first - one.last), abs(one.first - hit.last)) / 4)
        return log1p(found)

    @cached_property
    def _backing(self) -> list[Hit]:
        return [hit for hit in self.reading.hits if hit.label == lexicon.BACKING and not self._attributed[hit.first]]

    def judged(self, target: Target) -> list[tuple[Meant, Hit]]:
        """Each place where the target is meant with each value near it."""
        return [(one, hit) for one in self.meant[target.name][:_MOST] for hit in self._near(self.values, one)]

    @cached_property
    def opinion(self) -> float:
        """How much the text judges: about 0 in a wire, 10 and more in a pamphlet."""
        return sum(weight * log1p(self.marks[name]) for name, weight in _OPINION.items())

    def _near(self, hits: Sequence[Hit], one: Meant) -> Sequence[Hit]:
        """Those of `hits` that stand within a few words, in the same sentence."""
        first = bisect_left(hits, (one.first - _NEAR,))
        last = bisect_left(hits, (one.last + _NEAR + 1,))
        sentence = self._sentence_of_word[one.first]
        return [hit for hit in hits[first:last] if self._sentence_of_word[hit.first] == sentence]
