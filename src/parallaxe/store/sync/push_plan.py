"""What a push has to do, from what is here and what was last seen: a value, to tell or to do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from parallaxe.store.sync.local import Here
from parallaxe.store.sync.records import Header


class PushPlan(NamedTuple):
    """Articles by what becomes of them, each in one list, in the order of the catalogue.

    `new` have no task, `changed` have one with another text, `proposals` one that lacks the newest proposals. Of the
    others nothing goes over: `withheld` are restricted and their text is not here, `orphaned` had a task that somebody
    deleted, `current` need nothing. `stale` (also in other lists) have proposals for another text; `dropped` have a
    task and are no longer in the catalogue.
    """

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    proposals: tuple[str, ...] = ()
    withheld: tuple[str, ...] = ()
    orphaned: tuple[str, ...] = ()
    current: tuple[str, ...] = ()
    stale: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """True where nothing goes over."""
        return not (self.new or self.changed or self.proposals)


def plan_push(articles: Iterable[Here], headers: Mapping[str, Header], *, restore: bool = False) -> PushPlan:
    """The plan for the articles here and the headers of their records; `restore` makes deleted tasks again."""
    lists: dict[str, list[str]] = {name: [] for name in PushPlan._fields}
    catalogued = set()
    for here in articles:
        catalogued.add(here.article_id)
        lists[_becomes(here, headers.get(here.article_id), restore=restore)].append(here.article_id)
        if here.is_stale:
            lists["stale"].append(here.article_id)
    lists["dropped"] = sorted(set(headers) - catalogued)
    return PushPlan(**{name: tuple(found) for name, found in lists.items()})


def _becomes(here: Here, header: Header | None, *, restore: bool) -> str:
    if here.text_sha256 is None:
        return "withheld"
    if header is None:
        return "new"
    if header.task is None:
        return "new" if restore else "orphaned"
    if header.text_sha256 != here.text_sha256:
        return "changed"
    lacks = not header.blind and here.proposals is not None and here.proposals != header.proposals
    return "proposals" if lacks else "current"
