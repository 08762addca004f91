"""Which article is annotated next: the one of which most is learned; and which are shown without proposals.

The expected gain of an article is the mean of three shares, each from 0 to 1, so that none needs a weight:

- uncertainty: the mean binary entropy of the scores of its proposals, 1 where the machine tosses a coin;
- disagreement: the share of claims on which the machine and another layer differ, 0 where there is none;
- rarity: 1 / (1 + n) for the rarest target of its proposals, seen n times in what people have annotated so far.

Every tenth task is a blind control: against them it is measured how far proposals lead those who see them. They are
drawn by the hash of the article's id, hence not by gain, and once drawn they stay, whatever articles come later.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from math import log2
from typing import NamedTuple

from parallaxe.compare.effort import likeness
from parallaxe.core.claims import Claim, Stance

ONE_IN = 10
"""Of how many tasks one is blind."""


class Summary(NamedTuple):
    """What the order of an article depends on: scores of its proposals, a share that differs, targets proposed."""

    article_id: str
    scores: tuple[float, ...] = ()
    disagreement: float | None = None
    targets: tuple[str, ...] = ()


class Ranked(NamedTuple):
    """An article in its place (0 is the first), what is expected of it, and whether it is shown without proposals."""

    article_id: str
    rank: int
    gain: float
    blind: bool


def summarize(article_id: str, proposals: Sequence[Claim], other: Sequence[Claim] | None = None) -> Summary:
    """The summary of an article from its proposals and the claims of another layer about the same text.

    >>> summarize("a", [Stance("s", "article", "author", "pont", "favor", 1)]).targets
    ('pont',)
    """
    scores = (claim.provenance.score for claim in proposals)
    targets = {claim.target for claim in proposals if isinstance(claim, Stance)}
    disagreement = _disagreement(proposals, other) if other is not None else None
    return Summary(
        article_id, tuple(score for score in scores if score is not None), disagreement, tuple(sorted(targets))
    )


def _disagreement(a: Sequence[Claim], b: Sequence[Claim]) -> float:
    """The share of claims that only one side has, or that differ in what they say."""
    alike, every = likeness(a, b)
    return (every - alike) / every if every else 0.0


def order(
    articles: Iterable[Summary], seen: Mapping[str, int] | None = None, known: Mapping[str, bool] | None = None
) -> list[Ranked]:
    """Articles by expected gain, the greatest first; of equal ones the one whose id sorts first.

    Args:
        articles: those that have no task yet, each once.
        seen: how often each target stands in what people have annotated.
        known: the articles that have a task, and whether it is blind; of both together every tenth is blind.

    >>> [one.article_id for one in order([Summary("a", (0.99,)), Summary("b", (0.5, 0.6))])]
    ['b', 'a']
    """
    given = list(articles)
    blind = _blind([article.article_id for article in given], known or {})
    gains = sorted((-gain(article, seen or {}), article.article_id) for article in given)
    return [Ranked(name, rank, -least, name in blind) for rank, (least, name) in enumerate(gains)]


def gain(article: Summary, seen: Mapping[str, int]) -> float:
    """What is expected of an article, from 0 to 1."""
    uncertainty = sum(map(_entropy, article.scores)) / len(article.scores) if article.scores else 0.0
    rarity = max((1 / (1 + seen.get(target, 0)) for target in article.targets), default=0.0)
    return (uncertainty + (article.disagreement or 0.0) + rarity) / 3


def _entropy(score: float) -> float:
    """Bits that one learns from whether a proposal of this score is right."""
    return 0.0 if not 0 < score < 1 else -score * log2(score) - (1 - score) * log2(1 - score)


def _blind(names: Sequence[str], known: Mapping[str, bool]) -> set[str]:
    """The new articles that are blind: as many as are owed, those first whose hash sorts first."""
    new = sorted({*names} - known.keys(), key=lambda name: sha256(name.encode()).digest())
    owed = (len(new) + len(known)) // ONE_IN - sum(known.values())
    return {*new[: max(owed, 0)], *(name for name in names if known.get(name))}
