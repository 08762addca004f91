"""Server → git: what annotators submitted becomes layers, merged claim by claim with what git made of them meanwhile.

Only tasks that changed are read; whole lists are asked for where the server counts other tasks than it should, once a
week, and when somebody wants it. Each task is written to the journal, merged, and forgotten before the next is read.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import reduce
from typing import Any

from parallaxe.core.errors import UsageError
from parallaxe.store.annotations import write_layer
from parallaxe.store.building.build import Progress, untold
from parallaxe.store.project import Project
from parallaxe.store.sync.cursor import Cursor, later, read_cursor, write_cursor
from parallaxe.store.sync.disputes import keep_disputes
from parallaxe.store.sync.given import GivenTask, belongs, given_task, has_news
from parallaxe.store.sync.journal import drop_entry, entries, write_entry
from parallaxe.store.sync.local import record_digests, survey
from parallaxe.store.sync.lock import only_one
from parallaxe.store.sync.merging import TaskMerge, merge_task
from parallaxe.store.sync.options import USUAL, SyncOptions
from parallaxe.store.sync.passes import Pass, find_project_of, read_passes
from parallaxe.store.sync.places import Places, check_pass_name
from parallaxe.store.sync.records import ORPHANED, Record, read_record, write_record
from parallaxe.store.sync.reports import PullReport, Told
from parallaxe.store.sync.session import Session
from parallaxe.studio.client import Server, ServerProject
from parallaxe.studio.tasks import task_key


def pull(project: Project, server: Server, options: SyncOptions = USUAL, progress: Progress = untold) -> PullReport:
    """Bring what annotators submitted into their layers.

    Raises:
        UsageError: if the pass was never pushed.
        SurroundingsError: if the server does not answer, or another sync is at work.
        DataError: if a file of the project is broken.
    """
    places = Places(project, check_pass_name(options.pass_name))
    with only_one(places.lock, options.patience):
        cursor = read_cursor(places.cursor)
        one = _known(places)
        target = _target(server, one, cursor)
        if cursor.project != target.id:
            cursor = Cursor(target.id)
        options = options._replace(kinds=one.kinds)
        session = Session(places, options, survey(places, options.layer, options.kinds), server, target.id)
        finish_interrupted(session)
        return Pull(session, cursor, target, progress).run()


def _known(places: Places) -> Pass:
    found = read_passes(places).get(places.pass_name)
    if found is None:
        raise _not_there(places.pass_name)
    return found


def _target(server: Server, one: Pass, cursor: Cursor) -> ServerProject:
    found = find_project_of(server, one, cursor.project)
    if found is None:
        raise _not_there(one.name)
    return found


def _not_there(name: str) -> UsageError:
    return UsageError("--pass", f"pass `{name}` is not on the server", "`parallaxe studio push` it first")


def finish_interrupted(session: Session) -> None:
    """Merge what an earlier sync read and could not finish; nothing in a dry run."""
    if session.options.dry_run:
        return
    for article_id, tasks in list(entries(session.places)):
        for task in map(given_task, tasks):
            record = read_record(session.places.record(article_id))
            if record is not None:
                carry_out(session.places, merge_task(session, task, record))
        drop_entry(session.places, article_id)


def merge_and_carry_out(session: Session, raw: Mapping[str, Any], task: GivenTask, record: Record) -> TaskMerge:
    """Merge a task and write what it changes, unless this is a dry run."""
    is_kept = not session.options.dry_run
    if is_kept and has_news(task, record):
        write_entry(session.places, task.article_id, [raw])
    merged = merge_task(session, task, record)
    if is_kept and merged.record != record:
        carry_out(session.places, merged)
    if is_kept:
        drop_entry(session.places, task.article_id)
    return merged


def carry_out(places: Places, merged: TaskMerge) -> None:
    """Write layers, then conflicts, then the record: done twice, it comes to the same."""
    for layer in merged.layers.values():
        write_layer(places.project.layers, layer)
    keep_disputes(places, merged.disputes)
    write_record(places.record(merged.record.header.article_id), merged.record)


@dataclass
class Pull:
    """A pull under way, and what it has to tell so far."""

    session: Session
    cursor: Cursor
    target: ServerProject
    progress: Progress
    merges: list[TaskMerge] = field(default_factory=list)
    left: list[Told] = field(default_factory=list)
    pending: set[str] = field(default_factory=set)
    dates: dict[str, str] = field(default_factory=dict)
    keys: set[str] = field(default_factory=set)
    read: int = 0

    def run(self) -> PullReport:
        """Read, merge, compare ids where that is due, and tell."""
        begun = time.time()
        full = self.session.options.full
        for raw in self._changed(None if full else self.cursor.since):
            self._look(raw)
        orphaned = self._deleted(begun) if full or self.cursor.wants_list(self.target.task_number, begun) else []
        report = self._report(orphaned)
        if not self.session.options.dry_run:
            self._keep_cursor(begun)
        return report

    def _changed(self, since: str | None) -> Iterator[dict[str, Any]]:
        """The tasks that changed on the server, then those whose record git has changed or that were never read."""
        server, project = self._server, self.target.id
        seen = set()
        for raw in () if self._knows_all_since(since) else server.tasks(project, since=since):
            seen.add(raw["data"].get("key"))
            self.dates[str(raw["id"])] = raw["updated_at"]
            yield raw
        if since is not None and (keys := sorted(self._unread() - seen)):
            yield from server.tasks(project, keys=keys)

    def _knows_all_since(self, since: str | None) -> bool:
        """True where all tasks that would be read again have the dates that they had."""
        recent = self.cursor.recent
        if since is None or not recent:
            return False
        return all(
            recent.get(str(one["id"])) == one["updated_at"] for one in self._server.stamps(self.target.id, since=since)
        )

    @property
    def _server(self) -> Server:
        assert self.session.server is not None
        return self.session.server

    def _unread(self) -> set[str]:
        survey = self.session.survey
        return {
            task_key(article_id, header.text_sha256)
            for article_id, header in survey.headers.items()
            if header.task is not None
            and (header.created_at is None or survey.digests[article_id] != self.cursor.records.get(article_id))
        }

    def _look(self, raw: Mapping[str, Any]) -> None:
        task = given_task(raw)
        self.keys.add(task.key)
        self.read += 1
        self.progress(self.read, max(self.read, self.target.task_number))
        is_known = task.article_id in self.session.survey.outlines
        record = read_record(self.session.places.record(task.article_id)) if is_known else None
        if record is None or not belongs(task, record):
            if task.key:
                why = f"task {task.task} is of no text that a record knows; `parallaxe studio push` finds it"
                self.left.append(Told(task.article_id, "", why))
            return
        merged = merge_and_carry_out(self.session, raw, task, record)
        self.merges.append(merged)
        if merged.left:
            self.pending.add(record.header.article_id)

    def _deleted(self, now: float) -> list[Told]:
        """Compare all ids: tasks that a record knows and the server does not have any more."""
        there = {int(one["id"]): str(one["created_at"]) for one in self._server.stamps(self.target.id)}
        told = []
        for article_id, header in self.session.survey.headers.items():
            record = read_record(self.session.places.record(article_id))
            if record is None or (header.task is None and not record.annotations):
                continue
            is_read = task_key(article_id, record.header.text_sha256) in self.keys
            after, lost = without_deleted(record, there, is_read=is_read)
            told += [Told(article_id, who, what) for who, what in self._named(lost)]
            if not self.session.options.dry_run:
                write_record(self.session.places.record(article_id), after)
        self.cursor = self.cursor._replace(listed_at=now)
        return told

    def _named(self, lost: Iterable[tuple[int | None, str]]) -> Iterator[tuple[str, str]]:
        return ((self.session.annotator(user) if user is not None else "", what) for user, what in lost)

    def _report(self, orphaned: list[Told]) -> PullReport:
        merges, options = self.merges, self.session.options
        return PullReport(
            pass_name=options.pass_name,
            dry_run=options.dry_run,
            project=self.target.id,
            read=self.read,
            layers=tuple(change for merged in merges for change in merged.changes),
            skipped=tuple(told for merged in merges for told in merged.skipped),
            ground_truth=tuple(told for merged in merges for told in merged.ground_truth),
            drafts=tuple(drafts_of(self._server, self.target.id)),
            orphaned=(*(told for merged in merges for told in merged.orphaned), *orphaned),
            findings=tuple(told for merged in merges for told in merged.findings),
            left=(*self.left, *(told for merged in merges for told in merged.left)),
        )

    def _keep_cursor(self, begun: float) -> None:
        digests = record_digests(self.session.places, self.session.survey.memory)
        known = {article_id: digest for article_id, digest in digests.items() if article_id not in self.pending}
        cursor = self.cursor.after(reduce(later, self.dates.values(), None), begun).with_recent(self.dates)
        cursor = cursor._replace(tasks=self.target.task_number, records=known)
        write_cursor(self.session.places.cursor, cursor)


def without_deleted(
    record: Record, there: Mapping[int, str], *, is_read: bool
) -> tuple[Record, list[tuple[int | None, str]]]:
    """A record without tasks that are not there, by their ids with the dates they were made, and what went with them.

    What went is the user of an annotation, or null, and what it was. An annotation that is older than the task with the
    id of its own was in another one. A task that was never seen before is there if this pull has read it (`is_read`):
    its id may be another's by now.
    """
    header = record.header
    lost: list[tuple[int | None, str]] = []
    is_there = is_read if header.created_at is None else header.created_at == there.get(header.task or 0)
    if header.task is not None and not is_there:
        lost.append((None, f"task {header.task}"))
        record = record._replace(header=header._replace(task=None, created_at=None))
    for seen in record.annotations:
        made = there.get(seen.task)
        if seen.state != ORPHANED and (made is None or later(made, seen.created_at) == made):
            record = record.with_seen(seen._replace(state=ORPHANED))
            lost.append((seen.user, f"annotation {seen.annotation}"))
    return record, lost


def drafts_of(server: Server, project: int) -> Iterator[Told]:
    """Tasks with work that nobody has submitted yet."""
    for task in server.drafts(project):
        article_id = str((task.get("data") or {}).get("article_id", ""))
        number = len(task["drafts"])
        yield Told(article_id, "", f"{number} draft{'s' if number != 1 else ''}")
