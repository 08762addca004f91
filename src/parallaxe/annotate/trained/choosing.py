"""Choosing the policy: for each label, whether the component may add mentions or veto doubtful ones of the rules.

Labels are taken one after the other, beginning from the rules alone; a change stays where it brings more mentions that
are right, or fewer that are wrong, over the validation articles and the same articles under names that were kept from
training. On the articles as they are it must not cost anything. One mention more or less is chance: it takes two.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
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
        chosen = max(
            (chosen, *_changes(chosen, label)),
            key=lambda policy, current=chosen: _gain(policy, current, plain, renamed),  # type: ignore[misc]
        )
    return chosen


def _changes(policy: Policy, label: str) -> Iterator[Policy]:
    adding = replace(policy, adds=policy.adds | {label})
    yield adding
    for least in _VETOES:
        for one in (policy, adding):
            yield replace(one, vetoes={**one.vetoes, label: least})


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
