"""How far the server was read from here: what lets a sync with nothing to do ask for nothing.

Dates of the server are compared with dates of the server alone. A change may bear an earlier date than one that is
visible already, for it is dated before it is committed; so a few seconds are read twice, until a later sync has read
them again and found nothing newer: then whatever was under way has long been committed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from parallaxe.core.errors import ParallaxeError
from parallaxe.core.records import record
from parallaxe.store.atomic import write_text
from parallaxe.store.text_files import read_json

OVERLAP = timedelta(seconds=5)
"""How long the server may take to commit what it has dated."""
_LISTED_EVERY = 7 * 24 * 3600.0


class Cursor(NamedTuple):
    """What was read of the server's project `project` (null: nothing yet).

    `until` is the latest date of change that was seen, `read_at` when, by the clock here (seconds); `settled` where all
    up to `until` is known to have been visible; else `recent` has the dates of the tasks that would be read again, by
    id, so that nothing but dates is asked for where they are the same. `tasks` counted the server then, `listed_at` is
    when all ids were compared. `records` has a digest of each record as the last sync left it: one that git has changed
    is compared anew.
    """

    project: int | None = None
    until: str | None = None
    read_at: float = 0.0
    settled: bool = False
    tasks: int | None = None
    listed_at: float = 0.0
    records: Mapping[str, str] = {}
    recent: Mapping[str, str] = {}

    @property
    def since(self) -> str | None:
        """Tasks that changed later than this are read; null for all."""
        if self.until is None or self.settled:
            return self.until
        return _written(_parsed(self.until) - OVERLAP)

    def after(self, seen: str | None, now: float) -> Cursor:
        """The cursor after a read that began at `now` and whose latest date of change was `seen`."""
        if self.until is not None and (seen is None or _parsed(seen) <= _parsed(self.until)):
            waited = now - self.read_at >= OVERLAP.total_seconds()
            settled = self.settled or waited
            return self._replace(settled=settled, recent={} if settled else self.recent)
        return self._replace(until=_written(_parsed(seen)) if seen else None, read_at=now, settled=False)

    def with_recent(self, dates: Mapping[str, str]) -> Cursor:
        """The cursor with the dates of tasks that a read has seen, as far as they would be read again."""
        since = self.since
        if since is None or self.settled:
            return self._replace(recent={})
        again = {task: date for task, date in {**self.recent, **dates}.items() if _parsed(date) > _parsed(since)}
        return self._replace(recent=again)

    def wants_list(self, task_number: int, now: float) -> bool:
        """True where tasks have come or gone that nobody here made, or it is a week since all ids were compared."""
        return task_number != self.tasks or not 0 <= now - self.listed_at < _LISTED_EVERY


def later(one: str | None, other: str | None) -> str | None:
    """The later of two dates of the server; null is before all."""
    dates = [date for date in (one, other) if date is not None]
    return max(dates, key=_parsed, default=None)


def same_moment(one: str | None, other: str | None) -> bool:
    """True where two dates of the server are the same, however they are written; null is no date."""
    return one is not None and other is not None and _parsed(one) == _parsed(other)


def _parsed(date: str) -> datetime:
    return datetime.fromisoformat(date)


def _written(date: datetime) -> str:
    # Label Studio fails on a date without a fraction of a second.
    return date.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def read_cursor(path: Path, project: int | None = None) -> Cursor:
    """The cursor in a file; a new one where there is none, it is damaged, or it is of another project of the server."""
    try:
        kept = record(Cursor, read_json(path))
    except (ParallaxeError, TypeError, AttributeError):
        return Cursor(project)
    return kept if project in (None, kept.project) else Cursor(project)


def write_cursor(path: Path, cursor: Cursor) -> None:
    """Keep a cursor; a file that would not change is not touched."""
    if read_cursor(path) != cursor:
        fields: dict[str, Any] = {**cursor._asdict(), "records": dict(cursor.records), "recent": dict(cursor.recent)}
        write_text(path, json.dumps(fields))
