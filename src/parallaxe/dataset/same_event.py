"""Rows of `parallels` of kind `same_event`: articles that tell of one event.

What a catalogue declares holds: articles with one key are of one event, articles with different keys are not. Of all
other pairs likeness of their stories decides (`text/stories.py`), so that any folder of articles has such rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import NamedTuple

import pyarrow as pa

from parallaxe.core.schema import Schemas
from parallaxe.dataset.parallel_rows import Parallel, parallels_table

TOOL = "parallaxe-same-event/1"

DECLARED = "declared-event"
MEASURED = "names-words-dates"

_REACH = 20


class Appearance(NamedTuple):
    """When an article was published, and the key of its event, as far as they are known."""

    published: date | None
    event: str | None


def appearances(articles: pa.Table) -> dict[str, Appearance]:
    """What the rows of the table `articles` say of that, by id."""
    rows = articles.select(["article_id", "published", "event"]).to_pylist()
    return {row["article_id"]: Appearance(row["published"], row["event"]) for row in rows}


def same_events(
    articles: Mapping[str, Appearance], alike: Collection[tuple[str, str, float]], schemas: Schemas
) -> pa.Table:
    """The table `parallels` with a row for each pair of articles of one event; whole articles, so without fragments.

    `alike` are pairs of articles whose stories are alike, with a score. Declared pairs have none, as nothing measured
    them. Of an event that more than 21 articles tell, each article is paired with the 20 that follow it in time: rows
    grow with the articles, and `articles.event` tells the whole.
    """
    declared = [
        Parallel("same_event", one, (), other, (), None, DECLARED) for one, other in sorted(set(_declared(articles)))
    ]
    measured = [
        Parallel("same_event", min(one, other), (), max(one, other), (), score, MEASURED)
        for one, other, score in alike
        if articles[one].event is None or articles[other].event is None
    ]
    return parallels_table([*declared, *measured], "same-event", TOOL, schemas)


def _declared(articles: Mapping[str, Appearance]) -> Iterator[tuple[str, str]]:
    """Pairs of articles with one key, the id that sorts first first."""
    told: defaultdict[str, list[tuple[date, str]]] = defaultdict(list)
    for name, (published, event) in articles.items():
        if event is not None:
            told[event].append((published or date.max, name))
    for members in told.values():
        members.sort()
        for place, (_, one) in enumerate(members):
            for _, other in members[place + 1 : place + 1 + _REACH]:
                yield min(one, other), max(one, other)
