"""What the server says of a task and its annotations, taken apart: whose task it is, and what is new of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from parallaxe.store.sync.cursor import same_moment
from parallaxe.store.sync.records import GROUND_TRUTH, ORPHANED, SKIPPED, SUBMITTED, Record, Seen
from parallaxe.studio.tasks import task_key
from parallaxe.text.document import text_digest


class Given(NamedTuple):
    """An annotation as the server gives it; `user` is null where nobody is named as its author."""

    annotation: int
    created_at: str
    updated_at: str
    user: int | None
    state: str
    lead_time: float | None
    result: list[Any]

    @property
    def identity(self) -> tuple[int, str]:
        """As that of `Seen`."""
        return self.annotation, self.created_at


class GivenTask(NamedTuple):
    """A task as the server gives it, its annotations oldest first; `versions` of proposals, the newest last."""

    task: int
    key: str
    article_id: str
    text_sha256: str
    text: str
    created_at: str
    updated_at: str
    annotations: tuple[Given, ...]
    versions: tuple[str, ...]

    @property
    def is_sound(self) -> bool:
        """True where the key is that of the article and text that are in the task: nobody has touched its data."""
        is_whole = text_digest(self.text) == self.text_sha256
        return is_whole and self.key == task_key(self.article_id, self.text_sha256)


def given_task(task: Mapping[str, Any]) -> GivenTask:
    """A task from the server's JSON; what is missing of our data is empty."""
    data: Mapping[str, Any] = task.get("data") or {}
    annotations = sorted(map(_given, task.get("annotations") or ()), key=lambda one: (one.created_at, one.annotation))
    return GivenTask(
        task=int(task["id"]),
        key=str(data.get("key", "")),
        article_id=str(data.get("article_id", "")),
        text_sha256=str(data.get("text_sha256", "")),
        text=str(data.get("text", "")),
        created_at=str(task.get("created_at", "")),
        updated_at=str(task.get("updated_at", "")),
        annotations=tuple(annotations),
        versions=tuple(_versions(task)),
    )


def _given(annotation: Mapping[str, Any]) -> Given:
    author = annotation.get("completed_by")
    user = author.get("id") if isinstance(author, Mapping) else author
    state = GROUND_TRUTH if annotation.get("ground_truth") else SUBMITTED
    return Given(
        annotation=int(annotation["id"]),
        created_at=str(annotation["created_at"]),
        updated_at=str(annotation["updated_at"]),
        user=user if isinstance(user, int) else None,
        state=SKIPPED if annotation.get("was_cancelled") else state,
        lead_time=annotation.get("lead_time"),
        result=list(annotation.get("result") or ()),
    )


def _versions(task: Mapping[str, Any]) -> Iterator[str]:
    predictions = [one for one in task.get("predictions") or () if isinstance(one, Mapping)]
    for one in sorted(predictions, key=lambda one: int(one.get("id", 0))):
        yield str(one.get("model_version", ""))


def news_of(task: GivenTask, record: Record) -> list[Given]:
    """The annotations that are not as they were last seen, oldest first."""
    return [one for one in task.annotations if not _is_known(one, record.of(*one.identity))]


def _is_known(given: Given, seen: Seen | None) -> bool:
    return seen is not None and same_moment(seen.updated_at, given.updated_at) and seen.state == given.state


def gone_from(task: GivenTask, record: Record) -> list[Seen]:
    """Annotations that were seen in a task and are no longer there; those of which that is known are left out."""
    there = {one.identity for one in task.annotations}
    return [
        seen
        for seen in record.annotations
        if seen.task == task.task and seen.state != ORPHANED and seen.identity not in there
    ]


def has_news(task: GivenTask, record: Record) -> bool:
    """True where annotations have come, moved or gone."""
    return bool(news_of(task, record) or gone_from(task, record))


def belongs(task: GivenTask, record: Record) -> bool:
    """True where a record knows the text of a task: it is that of the article's task, or was once."""
    return task.text_sha256 in {record.header.text_sha256, *(seen.text_sha256 for seen in record.annotations)}
