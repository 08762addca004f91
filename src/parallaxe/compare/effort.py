"""What correction costs, and what proposals do to those who correct them: counts and times, nothing estimated.

A task is what one annotator made of one article. Where proposals were shown, each was accepted, changed or deleted, and
each claim of no proposal was added; so it is seen which labels and which reasons of the machine are worth showing.
Tasks in the order of time tell whether somebody tires or has learned to wave proposals through. Blind tasks tell what
people say of themselves: where they agree with the machine much more when they see it, it leads them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from statistics import median
from typing import NamedTuple

from parallaxe.compare.disagreements import differences
from parallaxe.compare.pairing import pair_claims
from parallaxe.core.claims import Claim, Entity, Quote, Stance
from parallaxe.core.layer_format import KINDS, kind_of

NO_REASON = "–"
"""Stands for the reason of proposals that give none."""


class Task(NamedTuple):
    """What an annotator made of an article.

    Attributes:
        annotator: who; a pseudonym.
        article_id: of what.
        claims: what they say of it.
        machine: what the machine says of the same text: shown, unless the task was blind; null where it is not known.
        blind: whether nothing was shown.
        seconds: how long they had it open; null where nobody knows.
        at: when it was last saved, ISO 8601; empty where nobody knows.
    """

    annotator: str
    article_id: str
    claims: tuple[Claim, ...]
    machine: tuple[Claim, ...] | None = None
    blind: bool = False
    seconds: float | None = None
    at: str = ""


class Tally(NamedTuple):
    """What became of the proposals of one kind and name (a label, or a reason), and what was added beside them.

    `deleted` counts only tasks whose proposals are known.
    """

    kind: str
    name: str
    accepted: int
    changed: int
    deleted: int
    added: int

    @property
    def proposals(self) -> int:
        """How many proposals there were."""
        return self.accepted + self.changed + self.deleted

    @property
    def accept_rate(self) -> float | None:
        """The share of proposals that were left as they were; null where there were none."""
        return _share(self.accepted, self.proposals)


class Time(NamedTuple):
    """The time of an annotator: how many tasks, of how many it is known, and minutes."""

    annotator: str
    tasks: int
    timed: int
    minutes: float
    median_minutes: float | None


class ArticleTime(NamedTuple):
    """How long an article took, in minutes, summed over those who worked on it and whose time is known."""

    article_id: str
    annotators: int
    minutes: float


class Third(NamedTuple):
    """A third of somebody's work in the order of time; null where nothing tells."""

    tasks: int
    accept_rate: float | None
    median_minutes: float | None


class Drift(NamedTuple):
    """How an annotator changes from the first to the last third of their tasks."""

    annotator: str
    thirds: tuple[Third, Third, Third]


class Side(NamedTuple):
    """Agreement with the machine on some tasks: things that both say alike, of all that either says."""

    tasks: int
    things: int
    agreement: float | None


class Anchoring(NamedTuple):
    """Agreement with the machine where it was shown, and where it was not."""

    annotator: str
    shown: Side
    blind: Side

    @property
    def lead(self) -> float | None:
        """How much more they agree where they see it, from −1 to 1; null where one side has nothing."""
        if self.shown.agreement is None or self.blind.agreement is None:
            return None
        return self.shown.agreement - self.blind.agreement


class Effort(NamedTuple):
    """All that is told of the tasks; of `unknown` many the proposals are not known, so that none of them is deleted."""

    tasks: int
    unknown: int
    labels: tuple[Tally, ...]
    reasons: tuple[Tally, ...]
    times: tuple[Time, ...]
    articles: tuple[ArticleTime, ...]
    drifts: tuple[Drift, ...]
    anchorings: tuple[Anchoring, ...]


def effort(tasks: Iterable[Task]) -> Effort:
    """What the tasks have cost and what proposals did, by annotator in the order of their names.

    >>> from parallaxe.core.claims import Provenance, Span
    >>> kiev = Entity("x", (Span(0, 4),), "LOC", provenance=Provenance(origin="accepted", why="gazetteer"))
    >>> effort([Task("annotateur-1", "a", (kiev,), (kiev,), seconds=90)]).reasons[0].accept_rate
    1.0
    """
    every = sorted(tasks, key=lambda task: (task.annotator, task.at, task.article_id))
    own: dict[str, list[Task]] = defaultdict(list)
    for task in every:
        own[task.annotator].append(task)
    return Effort(
        tasks=len(every),
        unknown=sum(task.machine is None and not task.blind for task in every),
        labels=_tallies(every, label_of),
        reasons=tuple(tally for tally in _tallies(every, _reason_of) if tally.proposals),
        times=tuple(_time(name, mine) for name, mine in own.items()),
        articles=_article_times(every),
        drifts=tuple(_drift(name, mine) for name, mine in own.items() if len(mine) >= 3),
        anchorings=tuple(_anchoring(name, mine) for name, mine in own.items()),
    )


def label_of(claim: Claim) -> str:
    """The label of a claim: that of a mention, the type of a quotation, the polarity of a stance."""
    match claim:
        case Entity():
            return claim.label
        case Quote():
            return claim.type
        case Stance():
            return claim.polarity


def _reason_of(claim: Claim) -> str:
    return claim.provenance.why or NO_REASON


def likeness(a: Sequence[Claim], b: Sequence[Claim]) -> tuple[int, int]:
    """How many things two sides say alike, and how many either says, whatever their ids."""
    pairing = pair_claims(a, b, None, by_id=False)
    same = {pair.b.id: pair.a.id for pair in pairing.pairs}
    alike = sum(not differences(pair.a, pair.b, same) for pair in pairing.pairs)
    return alike, len(pairing.pairs) + len(pairing.only_a) + len(pairing.only_b)


def _tallies(tasks: Iterable[Task], name_of: Callable[[Claim], str]) -> tuple[Tally, ...]:
    """By kind, those with most proposals first; what was added has no proposal, so it counts under its own name."""
    counted: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for task in tasks:
        for claim, fate in _fates(task):
            counted[kind_of(claim), name_of(claim)][fate] += 1
    found = [
        Tally(kind, name, *(fates[fate] for fate in ("accepted", "changed", "deleted", "added")))
        for (kind, name), fates in counted.items()
    ]
    return tuple(sorted(found, key=lambda one: (KINDS.index(one.kind), -one.proposals, one.name)))


def _fates(task: Task) -> Iterable[tuple[Claim, str]]:
    """Each proposal (as it was, where it is known) and each added claim of a task, with what became of it."""
    if task.blind:
        return
    proposed = {claim.id: claim for claim in task.machine or ()}
    for claim in task.claims:
        if claim.provenance.origin in ("accepted", "changed"):
            yield proposed.get(claim.id, claim), claim.provenance.origin
        else:
            yield claim, "added"
    kept = {claim.id for claim in task.claims}
    yield from ((claim, "deleted") for name, claim in proposed.items() if name not in kept)


def _time(annotator: str, tasks: Sequence[Task]) -> Time:
    minutes = _minutes(tasks)
    return Time(annotator, len(tasks), len(minutes), sum(minutes), median(minutes) if minutes else None)


def _article_times(tasks: Iterable[Task]) -> tuple[ArticleTime, ...]:
    """The longest first."""
    known: dict[str, list[Task]] = defaultdict(list)
    for task in tasks:
        if task.seconds is not None:
            known[task.article_id].append(task)
    found = [
        ArticleTime(name, len({task.annotator for task in own}), sum(_minutes(own))) for name, own in known.items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.minutes, one.article_id)))


def _minutes(tasks: Iterable[Task]) -> list[float]:
    return [task.seconds / 60 for task in tasks if task.seconds is not None]


def _drift(annotator: str, tasks: Sequence[Task]) -> Drift:
    """Tasks in the order of time; of what three does not divide the later thirds have more."""
    first, second = len(tasks) // 3, 2 * len(tasks) // 3
    return Drift(annotator, (_third(tasks[:first]), _third(tasks[first:second]), _third(tasks[second:])))


def _third(tasks: Sequence[Task]) -> Third:
    fates = Counter(fate for task in tasks if task.machine is not None for _, fate in _fates(task))
    minutes = _minutes(tasks)
    proposals = fates["accepted"] + fates["changed"] + fates["deleted"]
    return Third(len(tasks), _share(fates["accepted"], proposals), median(minutes) if minutes else None)


def _anchoring(annotator: str, tasks: Sequence[Task]) -> Anchoring:
    return Anchoring(annotator, _side(task for task in tasks if not task.blind), _side(t for t in tasks if t.blind))


def _side(tasks: Iterable[Task]) -> Side:
    pairs = [likeness(task.machine, task.claims) for task in tasks if task.machine is not None]
    alike, every = sum(pair[0] for pair in pairs), sum(pair[1] for pair in pairs)
    return Side(len(pairs), every, _share(alike, every))


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
