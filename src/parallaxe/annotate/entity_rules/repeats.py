"""Chains of capitals once more, when the article is read to its end: a name that is clear once is clear everywhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from parallaxe.annotate.entity_rules import institutions
from parallaxe.annotate.entity_rules.candidates import Candidate
from parallaxe.annotate.entity_rules.chains import Chain
from parallaxe.annotate.entity_rules.evidence import Reading
from parallaxe.annotate.entity_rules.folding import fold_name
from parallaxe.annotate.entity_rules.memory import Memory, Remembered
from parallaxe.annotate.entity_rules.names import CLEAR, acronym_after, as_candidate
from parallaxe.annotate.entity_rules.small_words import OPENERS


class Waiting(NamedTuple):
    """A chain of capitals, and what it was read as where it stands, if as anything."""

    chain: Chain
    candidate: Candidate | None


def repeated(text: str, found: Sequence[Candidate], waiting: Sequence[Waiting]) -> Iterator[Candidate]:
    """The chains as candidates, each as what its words name elsewhere in the article, or as it was read.

    `found` are the candidates that other rules have, of which the chains are told apart.
    """
    memory = _remember(text, found, waiting)
    article = _Article(text, memory, found)
    for chain, candidate in waiting:
        listed = article.spans.get((chain.start, chain.end))
        for proposed in _renamed(listed, candidate) if listed else article.read_again(chain, candidate):
            if not listed:
                article.ends[proposed.end] = proposed
            yield proposed


def _remember(text: str, found: Sequence[Candidate], waiting: Sequence[Waiting]) -> Memory:
    """What the article says clearly: first the names that were found, then the chains that no longer name contains."""
    memory = Memory()
    memory.learn(text, (candidate for candidate in found if candidate.label in _NAMES))
    clear = [candidate for _, candidate in waiting if candidate and candidate.score >= CLEAR]
    covered = {(candidate.start, candidate.end) for candidate in found}
    memory.learn(text, (candidate for candidate in clear if (candidate.start, candidate.end) not in covered))
    for candidate in (*found, *clear):
        for alias in _aliases(text, candidate):
            memory.alias(alias, candidate)
    return memory


_NAMES = frozenset({"PER", "ORG", "LOC", "PRODUCT", "EVENT"})


def _aliases(text: str, candidate: Candidate) -> Iterator[str]:
    """Folded short forms that the article uses from here on: the acronym in brackets, the place without its noun."""
    if candidate.label == "ORG":
        acronym = acronym_after(text, candidate.end)
        if acronym:
            yield fold_name(text[slice(*acronym)])
    elif candidate.why == institutions.PLACE_HEAD:
        short = institutions.short_place(text[candidate.start : candidate.end])
        if short:
            yield short


def _renamed(listed: Candidate, candidate: Candidate | None) -> Iterator[Candidate]:
    """A listed name that stands as a person after a title: « M. Lorraine »."""
    if candidate and candidate.label == "PER" and candidate.why == "courtesy" and not listed.known:
        yield candidate._replace(score=0.97)


class _Article:
    """The names of an article by their places, and what it says of them."""

    def __init__(self, text: str, memory: Memory, found: Iterable[Candidate]) -> None:
        found = list(found)
        self.text = text
        self.memory = memory
        self.spans = {(candidate.start, candidate.end): candidate for candidate in found if candidate.label != "DATE"}
        self.starts = {candidate.start: candidate for candidate in sorted(found, key=lambda candidate: candidate.end)}
        self.ends = {candidate.end: candidate for candidate in found if candidate.name is not None}

    def read_again(self, chain: Chain, candidate: Candidate | None) -> Iterable[Candidate]:
        """What a chain is, now that the article is known."""
        if self._is_made_of_names(chain):
            return ()
        remembered = self.memory.recall(fold_name(self.text[chain.start : chain.end]))
        if remembered and _is_better(remembered, candidate):
            return (_as_remembered(chain, remembered, candidate),)
        if chain.end in self.ends and self._is_name_after_first_word(chain):
            return ()
        parts = self._joined(chain)
        if parts:
            return parts
        if candidate and candidate.score >= _LEAST:
            return (candidate,)
        doubtful = candidate is None or candidate.why.startswith("article")
        return self._coordinated(chain) if doubtful else ()

    def _is_made_of_names(self, chain: Chain) -> bool:
        """True for « Poutine-Kim »: listed names one after the other."""
        position = chain.start
        count = 0
        while position < chain.end:
            found = self.starts.get(position)
            if not found or found.end > chain.end or not found.name:
                return False
            position = found.end + 1
            count += 1
        return count > 1 and position == chain.end + 1 and " " not in self.text[chain.start : chain.end]

    def _is_name_after_first_word(self, chain: Chain) -> bool:
        """True where the first word only opens the sentence and a listed name is all the rest: « Reste Moscou »."""
        space = self.text.find(" ", chain.start, chain.end)
        found = self.starts.get(space + 1) if space >= 0 else None
        only_opens = chain.opening or fold_name(self.text[chain.start : space]) in OPENERS
        return bool(found and found.end == chain.end and only_opens)

    def _joined(self, chain: Chain) -> list[Candidate]:
        """« Poutine-Kim »: names of the article that a hyphen joins, each one a mention."""
        found: list[Candidate] = []
        position = chain.start
        parts = self.text[chain.start : chain.end].split("-")
        for part in parts if len(parts) > 1 else ():
            what = self.memory.recall(fold_name(part)) if part else None
            if not what:
                return []
            end = position + len(part)
            found.append(Candidate(position, end, what.label, what.name, 0.8, "named-before", known=what.known))
            position = end + 1
        return found

    def _coordinated(self, chain: Chain) -> Iterator[Candidate]:
        """« MM. Jaurès, Briand et Viviani »: what is joined to a person or place by a comma or « et » is one too."""
        if " " in self.text[chain.start : chain.end] or chain.opening:
            return
        for tie in (", ", " et ", " ou "):
            before = chain.start - len(tie)
            joined = self.text[max(chain.block_start, before) : chain.start] == tie
            found = self.ends.get(before) if joined else None
            if found and found.label in ("PER", "LOC"):
                yield as_candidate(self.text, chain, Reading(found.label, 0.5, "coordination"))


_LEAST = 0.45
"""Below this score a name is not proposed unless the article is clear about it elsewhere."""


def _is_better(remembered: Remembered, candidate: Candidate | None) -> bool:
    """True where what the article says of a name elsewhere goes before what stands around it here."""
    doubtful = candidate is None or candidate.score < CLEAR
    return doubtful or remembered.known or (candidate is not None and candidate.label == remembered.label)


def _as_remembered(chain: Chain, what: Remembered, candidate: Candidate | None) -> Candidate:
    score, why = min(0.9, what.score), "named-before"
    if candidate and candidate.score >= CLEAR and candidate.label == what.label:
        score, why = candidate.score, candidate.why
    full = what.label in ("LOC", "ORG")
    return Candidate(chain.start, chain.end, what.label, what.name, score, why, known=what.known, full=full)
