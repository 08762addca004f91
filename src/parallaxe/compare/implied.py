"""The least bump that changes of layers imply, where nobody has built a dataset of them yet."""

from __future__ import annotations

from collections.abc import Iterator

from parallaxe.compare.changes import Changes
from parallaxe.compare.versioning import Bump


def least_bump(changes: Changes) -> Bump:
    """What comes is an addition, what goes or is edited a breach; the rows built of them may ask for more.

    >>> least_bump(Changes())
    <Bump.NONE: 0>
    """
    return max(map(_of, _kinds(changes)), default=Bump.NONE)


def _kinds(changes: Changes) -> Iterator[str]:
    yield from (article.kind for article in changes.articles)
    yield from (entity.kind for entity in changes.entities)
    for layer in changes.layers:
        yield from layer.fields
        yield from (kind for change in layer.claims for kind in change.kinds)


def _of(kind: str) -> Bump:
    return Bump.MINOR if kind == "added" else Bump.MAJOR
