"""A text that changed: a new task with all that people made of the old one, which stays and says what supersedes it.

Everything here can be done twice: old annotations are merged into layers first, the new task is asked for by its key
before it is imported, the server refuses a second copy of an annotation, and the record is written last.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from parallaxe.store.sync.carry import Successor, post, successors, told_in_task, told_of
from parallaxe.store.sync.given import given_task
from parallaxe.store.sync.payload import Payload, Placed, payload
from parallaxe.store.sync.pull import merge_and_carry_out
from parallaxe.store.sync.records import ORPHANED, Header, Record, read_record, write_record
from parallaxe.store.sync.reports import Carried, LayerChange, Told
from parallaxe.store.sync.session import Session
from parallaxe.studio.tasks import task_key


class Superseded(NamedTuple):
    """What became of a text that changed: annotations carried, what came into layers first, whether a task was made."""

    carried: tuple[Carried, ...]
    pulled: tuple[LayerChange, ...]
    findings: tuple[Told, ...]
    is_new: bool


class _Old(NamedTuple):
    """The old tasks of an article, the record after they were merged, and what goes over."""

    tasks: list[dict[str, Any]]
    record: Record
    successors: list[Successor]
    pulled: tuple[LayerChange, ...]


def supersede(session: Session, project: int, article_id: str, there: Mapping[str, Any] | None) -> Superseded:
    """Give an article whose text has changed its task; `there` is that task where the server has it already."""
    assert session.server is not None
    old = _merged(session, project, article_id)
    sent = _with_notice(session, old, payload(session, Placed(article_id, 0, old.record.header.blind)))
    key, digest = sent.task["data"]["key"], sent.task["data"]["text_sha256"]
    number = int(there["id"]) if there is not None else session.server.import_tasks(project, [sent.task])[0]
    record = old.record
    for one in old.successors:
        record = post(session, number, record, digest, one)
    _mark(session, old, key, there)
    version = None if there is not None else sent.version
    register(session, TaskOf(article_id, number, version, record.header.blind), record)
    carried = tuple(told_of(session, article_id, one) for one in old.successors)
    return Superseded(carried, old.pulled, sent.findings, there is None)


def _merged(session: Session, project: int, article_id: str) -> _Old:
    """What people made of the old text, once it is in their layers and in the record."""
    assert session.server is not None
    record = read_record(session.places.record(article_id))
    new = session.text(article_id, session.here[article_id].text_sha256 or "")
    assert record is not None
    assert new is not None
    old_key = task_key(article_id, record.header.text_sha256)
    tasks = list(session.server.tasks(project, keys=[old_key], whole=True))
    made: list[Successor] = []
    pulled: list[LayerChange] = []
    for raw in tasks:
        task = given_task(raw)
        merged = merge_and_carry_out(session, raw, task, record)
        record = merged.record
        pulled += merged.changes
        made += successors(session, task, record.annotations, new) if task.is_sound else []
    return _Old(tasks, _without_lost(record, {int(raw["id"]) for raw in tasks}), made, tuple(pulled))


def _without_lost(record: Record, there: set[int]) -> Record:
    """The record once it is known which tasks of the old text are there: what was in others went with them."""
    for seen in record.annotations:
        if seen.text_sha256 == record.header.text_sha256 and seen.task not in there:
            record = record.with_seen(seen._replace(state=ORPHANED))
    return record


def _with_notice(session: Session, old: _Old, sent: Payload) -> Payload:
    """The new task with what became of annotations in it: as values, and above the preview."""
    if not old.successors:
        return sent
    told = told_in_task(session, old.successors, str(old.tasks[0]["data"].get("text", "")))
    data = sent.task["data"]
    noticed = {**data, "carried": told["carried"], "preview": told["notice"] + data["preview"]}
    return sent._replace(task={**sent.task, "data": noticed})


def _mark(session: Session, old: _Old, key: str, there: Mapping[str, Any] | None) -> None:
    """Old tasks say what supersedes them; a task that is taken up again, since a correction was undone, no longer."""
    assert session.server is not None
    for raw in old.tasks:
        if raw["data"].get("superseded_by") != key:
            session.server.update_task_data(int(raw["id"]), {**raw["data"], "superseded_by": key})
    if there is not None and "superseded_by" in there["data"]:
        data = {name: value for name, value in there["data"].items() if name != "superseded_by"}
        session.server.update_task_data(int(there["id"]), data)


class TaskOf(NamedTuple):
    """The task of an article: its id, the version of its proposals (null where it has none, or none are known)."""

    article_id: str
    task: int
    version: str | None
    blind: bool


def register(session: Session, made: TaskOf, known: Record | None) -> None:
    """Write down which task an article has, with the annotations that are known.

    Where nothing is `known` of annotations that are still on the server, those of an older record are orphaned.
    """
    path, digest = session.places.record(made.article_id), session.here[made.article_id].text_sha256
    assert digest is not None
    header = Header(session.options.pass_name, made.article_id, digest, made.task, None, made.version, made.blind)
    if known is None:
        old = read_record(path)
        known = Record(header, tuple(one._replace(state=ORPHANED) for one in old.annotations) if old else ())
    write_record(path, known._replace(header=header))
