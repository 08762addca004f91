"""Newer proposals for tasks that are on the server: added once, beside older ones that somebody may have used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from parallaxe.store.sync.given import GivenTask, given_task
from parallaxe.store.sync.payload import prediction_of, proposed
from parallaxe.store.sync.records import Record, read_record, write_record
from parallaxe.store.sync.reports import Told
from parallaxe.store.sync.session import Session
from parallaxe.studio.tasks import task_key


class Predicted(NamedTuple):
    """How many articles were looked at, and what of their proposals was not sent as it is."""

    articles: int
    findings: tuple[Told, ...]


def predict(session: Session, project: int, names: Sequence[str]) -> Predicted:
    """Add the newest proposals of some articles to their tasks, where these lack them; blind tasks get none."""
    assert session.server is not None
    records = dict(_shown(session, names))
    keys = {task_key(name, record.header.text_sha256): name for name, record in records.items()}
    tasks = map(given_task, session.server.tasks(project, keys=list(keys), whole=True))
    lacking = [task for task in tasks if _lacks(session, task, records[keys[task.key]])]
    made = [_prediction(session, task.task, keys[task.key]) for task in lacking]
    session.server.import_predictions(project, [prediction for prediction, _ in made])
    for name, record in records.items():
        header = record.header._replace(proposals=session.here[name].proposals)
        write_record(session.places.record(name), record._replace(header=header))
    return Predicted(len(names), tuple(told for _, findings in made for told in findings))


def _shown(session: Session, names: Sequence[str]) -> Iterator[tuple[str, Record]]:
    """The articles that have proposals, and a task that shows them."""
    for name in names:
        record = read_record(session.places.record(name))
        if record is not None and not record.header.blind and session.here[name].proposals is not None:
            yield name, record


def _lacks(session: Session, task: GivenTask, record: Record) -> bool:
    version = session.here[record.header.article_id].proposals
    return task.task == record.header.task and version not in task.versions


def _prediction(session: Session, task: int, article_id: str) -> tuple[Mapping[str, Any], tuple[Told, ...]]:
    known = session.text(article_id, session.here[article_id].text_sha256 or "")
    assert known is not None
    prediction, findings = prediction_of(session, article_id, known, proposed(session, article_id))
    return {"task": task, **prediction}, findings
