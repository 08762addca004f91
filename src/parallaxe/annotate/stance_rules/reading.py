"""An article as the rules of stance read it: its words, the phrases of the lexicon, and where each target is meant."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from parallaxe.annotate.article import Article
from parallaxe.annotate.stance_rules.phrases import Hit, Words
from parallaxe.annotate.stance_rules.targets import (
    AMONG,
    CUES,
    ECHO,
    OWN,
    STATES,
    THINGS,
    UNLIKE,
    StanceLabels,
    Target,
)
from parallaxe.core.claims import Entity, Span
from parallaxe.core.knowledge import KnownEntity

NAME, CUE, THING, PAIR, HINT = "name", "cue", "thing", "pair", "hint"
"""How a target is meant: by a name, by its own words, by a thing or alone between its actors, by a thing elsewhere."""


# What stands for a state: « l'armée *russe* », « le peuple *ukrainien* ».
_FORCES = ("armee", "force", "troupe", "soldat", "peuple", "gouvernement", "regime", "pouvoir", "militaire")


class Meant(NamedTuple):
    """The words `first` to `last`, inclusive, mean `target`, in the manner of `how`."""

    first: int
    last: int
    target: str
    how: str


@dataclass(frozen=True)
class Reading:
    """What stands where in an article, by the indexes of its words; every list is in order of its first word."""

    article: Article
    words: Words
    hits: tuple[Hit, ...]
    meant: tuple[Meant, ...]
    sentences: tuple[range, ...]
    scenes: frozenset[int] = frozenset()
    """The words with which names of places begin that stand for no government: where something is or happens."""

    @classmethod
    def of(
        cls, article: Article, mentions: Sequence[Entity], known: Mapping[str, KnownEntity], labels: StanceLabels
    ) -> Reading:
        """Read the annotated blocks of an article."""
        words = Words.of(article.text, [(block.start, block.end) for block in article.body])
        hits = labels.phrases.hits(words)
        sentences = tuple(
            found for sentence in article.body_sentences if (found := words.between(sentence.start, sentence.end))
        )
        named = [*_named(mentions, known, labels, words)]
        sure = sorted({*named, *_cued(hits, among_states=_speaks_of_states(named, mentions, hits, labels))})
        meant = _with_issues(_once(sure), hits, sentences, labels)
        lexical = tuple(hit for hit in hits if not hit.label.startswith(OWN))
        return cls(article, words, lexical, tuple(meant), sentences, _scenes(mentions, words))

    def hits_in(self, words: range) -> Sequence[Hit]:
        """The phrases that begin within `words`."""
        return self.hits[bisect_left(self.hits, (words.start,)) : bisect_left(self.hits, (words.stop,))]

    def meant_in(self, words: range) -> Sequence[Meant]:
        """The targets that are meant from within `words`."""
        return self.meant[bisect_left(self.meant, (words.start,)) : bisect_left(self.meant, (words.stop,))]

    def words_of(self, spans: Iterable[Span]) -> list[range]:
        """The words of each span."""
        return [self.words.between(span.start, span.end) for span in spans]

    def sentence_of(self, word: int) -> range:
        """The words of the sentence in which a word stands, or of none."""
        index = bisect_left(self._stops, word + 1)
        found = self.sentences[index] if index < len(self.sentences) else range(0)
        return found if word in found else range(0)

    @cached_property
    def targets(self) -> frozenset[str]:
        """All targets that the article means, in whatever manner."""
        return frozenset(one.target for one in self.meant)

    def is_small(self, meant: Meant) -> bool:
        """Whether a target is meant by an adjective, which French writes small: « les frappes *ukrainiennes* »."""
        return meant.how == CUE and self.article.text[self.words.starts[meant.first]].islower()

    def is_adjective(self, meant: Meant) -> bool:
        """Whether it is meant by an adjective of a thing, and not of those who stand for it: « l'armée *russe* »."""
        before = self.words.forms[meant.first - 1] if meant.first else ""
        return self.is_small(meant) and not before.startswith(_FORCES)

    @cached_property
    def _stops(self) -> list[int]:
        return [sentence.stop for sentence in self.sentences]

    def span(self, first: int, last: int) -> Span:
        """The text from the word `first` to the word `last`, inclusive."""
        return Span(self.words.starts[first], self.words.ends[last])


def _named(
    mentions: Iterable[Entity], known: Mapping[str, KnownEntity], labels: StanceLabels, words: Words
) -> Iterator[Meant]:
    for mention in mentions:
        entity = known.get(mention.kb_id or "")
        if entity is None or entity.actor not in labels.by_name:
            continue
        found = words.between(mention.fragments[0].start, mention.fragments[-1].end)
        if found:
            yield Meant(found.start, found.stop - 1, entity.actor, NAME)


def _scenes(mentions: Iterable[Entity], words: Words) -> frozenset[int]:
    places = (mention.fragments[0].start for mention in mentions if mention.label == "LOC" and not mention.metonymic)
    return frozenset(words.between(start, start + 1).start for start in places)


def _speaks_of_states(
    named: Iterable[Meant], mentions: Iterable[Entity], hits: Iterable[Hit], labels: StanceLabels
) -> bool:
    """An actor is named, a place acts as a government does, or words of states fall."""
    actors = {f"{CUES}{target.name}" for target in labels.targets if target.is_actor}
    return (
        any(labels.by_name[one.target].is_actor for one in named)
        or any(mention.metonymic for mention in mentions)
        or any(hit.label == STATES or hit.label in actors for hit in hits)
    )


def _cued(hits: Sequence[Hit], *, among_states: bool) -> list[Meant]:
    """Where targets are meant by words of their own."""
    unlike = {(one.target, word) for one in _labelled(hits, UNLIKE) for word in range(one.first, one.last + 1)}
    sure = [*_labelled(hits, CUES), *(_labelled(hits, AMONG) if among_states else ())]
    meant = [one for one in sure if (one.target, one.first) not in unlike]
    targets = {one.target for one in meant}
    echoes = (one for one in _labelled(hits, ECHO) if one.target in targets and (one.target, one.first) not in unlike)
    return [*meant, *echoes]


def _labelled(hits: Iterable[Hit], kind: str) -> Iterator[Meant]:
    return (Meant(first, last, label.removeprefix(kind), CUE) for first, last, label in hits if label.startswith(kind))


def _once(meant: Iterable[Meant]) -> list[Meant]:
    """Of two that overlap and mean the same target the one that begins first."""
    kept: list[Meant] = []
    reached: dict[str, int] = {}
    for one in meant:
        if one.first > reached.get(one.target, -1):
            kept.append(one)
            reached[one.target] = one.last
    return kept


def _with_issues(
    sure: Sequence[Meant], hits: Iterable[Hit], sentences: Iterable[range], labels: StanceLabels
) -> list[Meant]:
    """Add the issues that are meant by their things, or by their actors side by side."""
    things = [(one.first, one.last, one.target) for one in _labelled(hits, THINGS)]
    found = list(sure)
    sure_at, things_at = [one.first for one in sure], [first for first, *_ in things]
    at_sure = at_things = 0
    for sentence in sentences:
        start, at_sure = at_sure, bisect_left(sure_at, sentence.stop, at_sure)
        first_thing, at_things = at_things, bisect_left(things_at, sentence.stop, at_things)
        here, touched = sure[start:at_sure], things[first_thing:at_things]
        actors = {one.target for one in here}
        for first, last, name in touched:
            all_here = actors.issuperset(labels.by_name[name].between)
            found.append(Meant(first, last, name, THING if all_here else HINT))
        found.extend(_pairs(here, actors, {name for *_, name in touched}, labels.issues))
    return sorted(found)


def _pairs(here: Sequence[Meant], actors: set[str], touched: set[str], issues: Iterable[Target]) -> Iterator[Meant]:
    for issue in issues:
        if issue.general and issue.between and issue.name not in touched and actors.issuperset(issue.between):
            last = next(one for one in reversed(here) if one.target in issue.between)
            yield Meant(last.first, last.last, issue.name, PAIR)
