"""What people made of a text goes over to its successor: each annotation anew, under its author's name, never patched.

The annotation of the new task has an id that follows from that of the old one, so the server itself refuses a second
one. What moved or was lost stands in the data of the new task, above the preview, for the person who made it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any, NamedTuple
from uuid import NAMESPACE_URL, uuid5

from parallaxe.compare.anchoring import Fate, Reanchored, reanchor
from parallaxe.core.claims import Claim, Entity
from parallaxe.core.layer_format import kind_of
from parallaxe.store.sync.given import Given, GivenTask
from parallaxe.store.sync.records import SKIPPED, SUBMITTED, Record, Seen
from parallaxe.store.sync.reports import Carried
from parallaxe.store.sync.session import Session, version_of
from parallaxe.store.sync.texts import KnownText
from parallaxe.store.sync.theirs import for_git, read_theirs, with_old_history
from parallaxe.studio.reading import read_result
from parallaxe.studio.regions import TaskContext
from parallaxe.studio.tasks import task_key
from parallaxe.studio.writing import write_result


class Successor(NamedTuple):
    """An annotation as it goes over: whose, what became of each claim, the result to post and what it will read as."""

    given: Given
    user: int
    carried: Reanchored
    result: list[Any]
    claims: tuple[Claim, ...]


def successors(session: Session, task: GivenTask, seen: Sequence[Seen], new: KnownText) -> list[Successor]:
    """All annotations of a task that were submitted and not skipped, as they go over to a new text."""
    old = session.text(task.article_id, task.text_sha256) or KnownText(task.text)
    by_identity = {one.identity: one for one in seen}
    made = []
    for given in task.annotations:
        if given.user is None or given.state == SKIPPED:
            continue
        claims = read_theirs(session, task, given, by_identity.get(given.identity)).claims
        carried = reanchor(claims, version_of(old), version_of(new))
        made.append(_successor(session, given, given.user, carried, new))
    return made


def _successor(session: Session, given: Given, user: int, carried: Reanchored, new: KnownText) -> Successor:
    labels = session.places.project.schemas.labels
    result = write_result(carried.claims, new.text, labels)
    before = {claim.id: claim for claim in carried.claims}
    reading = read_result(result, TaskContext(new.text, new.blocks, labels))
    return Successor(given, user, carried, result, tuple(with_old_history(claim, before) for claim in reading.claims))


def told_in_task(session: Session, made: Sequence[Successor], old_text: str) -> dict[str, Any]:
    """What the data of the new task say of annotations that went over: as values, and as HTML for people."""
    rows = [(session.annotator(one.user), one) for one in made]
    carried = [
        {
            "annotator": name,
            "moved": len(one.carried.moved),
            "changed": _words(one.carried.changed, old_text),
            "lost": _words(one.carried.lost, old_text),
            "doubtful": _words(one.carried.ambiguous, old_text),
        }
        for name, one in rows
    ]
    return {"carried": carried, "notice": "".join(map(_notice, carried))}


def _words(fates: Sequence[Fate], old_text: str) -> list[dict[str, str]]:
    return [{"id": fate.old.id, "what": _label(fate.old), "words": _said(fate.old, old_text)} for fate in fates]


def _label(claim: Claim) -> str:
    return claim.label if isinstance(claim, Entity) else kind_of(claim)


def _said(claim: Claim, text: str) -> str:
    return " […] ".join(text[start:end] for start, end in claim.fragments)


_BOX = "margin:0 0 1em;padding:.6em;border:1px solid #d9822b;background:#fff4e5"


def _notice(carried: Mapping[str, Any]) -> str:
    """A box in French that says what became of one person's work."""
    parts = [f"<b>Le texte a changé.</b> Reprise des annotations de {escape(carried['annotator'])} : "]
    parts.append(f"{carried['moved']} déplacées.")
    for name, title in (
        ("changed", "À vérifier (mots modifiés)"),
        ("doubtful", "Place incertaine"),
        ("lost", "Perdues"),
    ):
        if rows := carried[name]:
            listed = "".join(f"<li>{escape(row['what'])} « {escape(row['words'])} »</li>" for row in rows)
            parts.append(f"<br>{title} :<ul>{listed}</ul>")
    return f'<div style="{_BOX}">{"".join(parts)}</div>'


def unique_id(key: str, given: Given) -> str:
    """The id on the server of what an annotation becomes in the task with a key."""
    return str(uuid5(NAMESPACE_URL, f"parallaxe:{key}:{given.annotation}:{given.created_at}"))


def post(session: Session, task: int, record: Record, digest: str, one: Successor) -> Record:
    """Post a successor unless an earlier push has; the record with it, for the next pull to look at.

    Where it was posted already and does not say what it would say now (the old annotation went on, or the new one),
    nothing of it counts as seen: whatever both have stays, and what differs becomes a conflict.
    """
    key = task_key(record.header.article_id, digest)
    assert session.server is not None
    made = session.server.create_annotation(
        task, one.result, completed_by=one.user, unique_id=unique_id(key, one.given)
    )
    claims = one.claims
    if made is None:
        made = _posted(session, task, record, one.user)
        if made is None:
            return record
        if made["result"] != one.result:
            claims = ()
    seen = Seen(
        annotation=int(made["id"]),
        created_at=str(made["created_at"]),
        task=task,
        user=one.user,
        text_sha256=digest,
        updated_at=None,
        state=SUBMITTED,
        claims=for_git(session, record.header.article_id, claims),
    )
    return record.with_seen(seen)


def _posted(session: Session, task: int, record: Record, user: int) -> dict[str, Any] | None:
    """The first annotation of a user in a task that the record does not know; null where it knows all."""
    assert session.server is not None
    mine = [
        one
        for one in session.server.annotations(task)
        if one.get("completed_by") == user and record.of(int(one["id"]), str(one["created_at"])) is None
    ]
    return min(mine, key=lambda one: (str(one["created_at"]), int(one["id"])), default=None)


def told_of(session: Session, article_id: str, one: Successor) -> Carried:
    """A successor as a report tells it."""
    fates = one.carried
    return Carried(
        article_id,
        session.annotator(one.user),
        len(fates.moved),
        tuple(fate.old.id for fate in fates.lost),
        tuple(fate.old.id for fate in fates.ambiguous),
    )
