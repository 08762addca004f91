"""Which split an article belongs to: stable as the corpus grows, and never dividing near-duplicates.

An open article's split is drawn by the hash of its group, so that no other article coming or going moves it. Restricted
articles are the split `press`. A corpus too small to divide has `train` alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import NamedTuple

TRAIN, VALIDATION, TEST, PRESS = "train", "validation", "test", "press"
SPLITS = (TRAIN, VALIDATION, TEST, PRESS)
"""In the order in which they are listed."""

FEWEST_GROUPS = 10
"""Open groups that a corpus must have before any is kept from `train`."""

# What a group must draw: three fifths of all groups stay in train.
_SHARES = ((VALIDATION, 0.0, 0.2), (TEST, 0.2, 0.4))


class Membership(NamedTuple):
    """What decides over the split of an article."""

    group: str
    is_open: bool


def assign_splits(articles: Mapping[str, Membership]) -> dict[str, str]:
    """The split of each article; a group that holds a restricted article is `press` as a whole.

    Every split that is named has an article: where the draw leaves one empty, its nearest group is moved into it.
    """
    closed = {membership.group for membership in articles.values() if not membership.is_open}
    drawn = {membership.group: _draw(membership.group) for membership in articles.values()}
    open_groups = sorted(set(drawn) - closed)
    splits = dict.fromkeys(closed, PRESS) | _divide({group: drawn[group] for group in open_groups})
    return {article_id: splits[membership.group] for article_id, membership in articles.items()}


def _divide(drawn: Mapping[str, float]) -> dict[str, str]:
    splits = dict.fromkeys(drawn, TRAIN)
    for split, least, limit in _SHARES if len(drawn) >= FEWEST_GROUPS else ():
        members = {group for group, number in drawn.items() if least <= number < limit and splits[group] == TRAIN}
        for group in members or {_nearest(drawn, splits, least)}:
            splits[group] = split
    return splits


def _nearest(drawn: Mapping[str, float], splits: Mapping[str, str], number: float) -> str:
    """The group of `train` whose draw is nearest to a number."""
    return min((abs(drawn[group] - number), group) for group, split in splits.items() if split == TRAIN)[1]


def _draw(group: str) -> float:
    """A number in [0, 1) that depends on the name of the group alone."""
    return int.from_bytes(sha256(f"parallaxe-split:{group}".encode()).digest()[:8]) / 2**64
