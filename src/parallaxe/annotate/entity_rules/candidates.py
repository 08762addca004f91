"""What a rule proposes, and which proposals stand: the longest, and inside it full names of something else."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from typing import NamedTuple


class Candidate(NamedTuple):
    """`text[start:end]` may be a mention. `name` is the id it would have (null for a type of thing or a date).

    `known` says that the id is a row of the knowledge base; `score` is between 0 and 1; `why` is the rule that fired;
    `full` says that the words name it without the words around, so that it may stand inside another mention.
    `head` is a part that stands apart, before it: « résolutions » of « résolutions 1718 et 1874 ».
    `kind` is that of a place, as `geography` has it; empty where it is to be looked up.
    """

    start: int
    end: int
    label: str
    name: str | None
    score: float
    why: str
    known: bool = False
    full: bool = False
    head: tuple[int, int] | None = None
    kind: str = ""


class Placed(NamedTuple):
    """A candidate that stands, and whether it stands inside another."""

    candidate: Candidate
    nested: bool


# What may stand inside a mention of which type (guidelines, §1 nesting, §6).
_INNER = {
    "LOC": frozenset({"LOC"}),
    "ORG": frozenset({"LOC", "ORG"}),
    "EVENT": frozenset({"LOC", "ORG", "DATE", "EVENT"}),
    "LAW": frozenset({"LOC", "ORG", "DATE"}),
}


_TIE = re.compile(r"(?:\bd['’]|\b(?:de|du|des|en|à|au|aux|contre|sur|pour|avec) (?:la |le |les |l['’])?)$")


def settle(text: str, candidates: Iterable[Candidate]) -> list[Placed]:
    """The candidates that stand, in the order of the text.

    Of two that overlap the longer stands, of two on the same words the surer. Inside one that stands another stands if
    it is a full name of a type that such a mention may hold, tied to it by a preposition; nesting has one level.
    """
    by_start = sorted(candidates, key=lambda found: (found.start, -found.end, -found.score))
    outer = _outer(by_start)
    placed = [Placed(candidate, nested=False) for candidate in outer]
    placed += [Placed(candidate, nested=True) for candidate in _inner(text, by_start, outer)]
    return sorted(placed, key=lambda found: (found.candidate.start, -found.candidate.end))


def _outer(by_start: list[Candidate]) -> list[Candidate]:
    """The longest of each run of overlapping candidates, then the longest of what it leaves free; in order."""
    kept: list[Candidate] = []
    for run in _runs(by_start):
        free: list[tuple[int, int]] = []
        for candidate in sorted(run, key=lambda found: (found.start - found.end, -found.score, found.start)):
            place = bisect_left(free, (candidate.start, candidate.end))
            before_ends = free[place - 1][1] if place else -1
            after_starts = free[place][0] if place < len(free) else candidate.end
            if before_ends <= candidate.start and candidate.end <= after_starts:
                free.insert(place, (candidate.start, candidate.end))
                kept.append(candidate)
    return sorted(kept, key=lambda found: found.start)


def _runs(by_start: list[Candidate]) -> Iterable[list[Candidate]]:
    """Candidates that overlap, directly or through others, together; a name of the press has few."""
    run: list[Candidate] = []
    end = -1
    for candidate in by_start:
        if run and candidate.start >= end:
            yield run
            run = []
        run.append(candidate)
        end = max(end, candidate.end)
    if run:
        yield run


def _inner(text: str, by_start: list[Candidate], outer: list[Candidate]) -> list[Candidate]:
    kept: list[Candidate] = []
    current = 0
    end = -1
    for candidate in by_start:
        while current < len(outer) and outer[current].end <= candidate.start:
            current += 1
        if current == len(outer) or candidate.start < end:
            continue
        around = outer[current]
        within = around.start < candidate.start and candidate.end <= around.end
        tied = within and candidate.full and _TIE.search(text, around.start, candidate.start)
        if tied and candidate.name != around.name and candidate.label in _INNER.get(around.label, ()):
            kept.append(candidate)
            end = candidate.end
    return kept
