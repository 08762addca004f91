"""Choosing the policy: for each label, whether the component may add mentions or veto doubtful ones of the rules.

Labels are taken one after the other, beginning from the rules alone; a change stays where it brings more mentions that
are right, or fewer that are wrong, over the validation articles and the same articles under names that were kept from
training. On the articles as they are it must not cost anything. One mention more or less is chance: it takes two. And
what is added must be right more often than not even at the lower end of a 95 % interval (Wilson 1927), because a few
right additions to familiar articles say nothing of articles on something else.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from math import sqrt
from typing import NamedTuple

from parallaxe.annotate.trained.examples import outermost
from parallaxe.annotate.trained.proposals import RULES_ALONE, Policy, combine
from parallaxe.annotate.trained.scoring import Counts
from parallaxe.core.claims import Entity

_LEAST_GAIN = 2
_VETOES = (0.5, 0.6, 0.7, 0.8)


class Opinions(NamedTuple):
    """What three sides say of one article: gold, rules, and the component."""

    gold: Sequence[Entity]
    rules: Sequence[Entity]
    trained: Sequence[Entity]


def choose_policy(plain: Sequence[Opinions], renamed: Sequence[Opinions], labels: Collection[str]) -> Policy:
    """The policy that the validation articles speak for; the rules alone where nothing does."""
    chosen = RULES_ALONE
    for label in sorted(labels):
        adds = _is_surely_right(label, [*plain, *renamed])
        chosen = max(
            (chosen, *_changes(chosen, label, adds=adds)),
            key=lambda policy, current=chosen: _gain(policy, current, plain, renamed),  # type: ignore[misc]
        )
    return chosen


def _changes(policy: Policy, label: str, *, adds: bool) -> Iterator[Policy]:
    ways = [policy]
    if adds:
        ways.append(replace(policy, adds=policy.adds | {label}))
        yield ways[1]
    for least in _VETOES:
        for one in ways:
            yield replace(one, vetoes={**one.vetoes, label: least})


def _is_surely_right(label: str, articles: Sequence[Opinions]) -> bool:
    """Whether more than half of what the component would add with this label is right, chance allowed for."""
    right = added = 0
    for gold, rules, trained in articles:
        new = _keys(combine(rules, trained, replace(RULES_ALONE, adds=frozenset({label}))), None) - _keys(rules, None)
        right, added = right + len(new & _keys(gold, None)), added + len(new)
    return added > 0 and _wilson_low(right, added) > 0.5


def _wilson_low(right: int, of: int) -> float:
    """The lower end of Wilson's interval of a share."""
    share, z = right / of, 1.96
    centre = share + z * z / (2 * of)
    return (centre - z * sqrt(share * (1 - share) / of + z * z / (4 * of * of))) / (1 + z * z / of)


def _gain(policy: Policy, current: Policy, plain: Sequence[Opinions], renamed: Sequence[Opinions]) -> int:
    """Errors fewer than now over both; 0 where it is no gain worth taking, so that the first of equals stays."""
    if policy == current:
        return 0
    on_plain = _errors(current, plain) - _errors(policy, plain)
    gain = on_plain + _errors(current, renamed) - _errors(policy, renamed)
    return gain if on_plain >= 0 and gain >= _LEAST_GAIN else -1


def _errors(policy: Policy, articles: Sequence[Opinions]) -> int:
    counts = count_mentions(policy, articles)
    return counts.found + counts.there - 2 * counts.right


def count_mentions(policy: Policy, articles: Iterable[Opinions], labels: Collection[str] | None = None) -> Counts:
    """Outer mentions found under a policy, of some labels or of all, exact in span and label."""
    result = Counts()
    for gold, rules, trained in articles:
        there = _keys(gold, labels)
        found = _keys(combine(rules, trained, policy), labels)
        result = result.plus(Counts(len(there & found), len(found), len(there)))
    return result


def _keys(mentions: Iterable[Entity], labels: Collection[str] | None) -> set[tuple[int, int, str]]:
    return {
        (*mention.fragments[0], mention.label)
        for mention in outermost(mentions)
        if labels is None or mention.label in labels
    }
