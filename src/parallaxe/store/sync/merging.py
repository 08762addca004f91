"""What a task of the server changes here, as a value: layers, conflicts, record, and what is to be told of it.

Each annotation has its own base, what was last seen of it, so each brings its own changes alone: an annotator who has
two annotations of one text, or goes on with the task of an old one, takes nothing back of the other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from parallaxe.compare.anchoring import Version, reanchor
from parallaxe.compare.merge import Conflict, Merged, merge
from parallaxe.core.claims import Claim, Layer
from parallaxe.core.errors import ProjectError
from parallaxe.store.annotations import read_layer
from parallaxe.store.sync.given import Given, GivenTask, gone_from, is_older, news_of
from parallaxe.store.sync.records import GROUND_TRUTH, ORPHANED, SKIPPED, Record, Seen
from parallaxe.store.sync.reports import LayerChange, Told
from parallaxe.store.sync.session import Session, version_of
from parallaxe.store.sync.theirs import for_git, read_theirs
from parallaxe.studio.borders import told
from parallaxe.studio.names import from_server
from parallaxe.studio.reading import decided
from parallaxe.text.normalize import NORMALIZER

HUMAN = "human"


class Dispute(NamedTuple):
    """Conflicts of a layer of an article, and what else becomes of those that wait.

    `moved` are the claims that the annotator has moved, as they were before: what was said of those is settled.
    `old` and `new` are the texts that the layer was of before and is of now.
    """

    article_id: str
    layer: str
    conflicts: tuple[Conflict, ...]
    moved: Mapping[str, Claim | None]
    old: Version | None = None
    new: Version | None = None


@dataclass
class TaskMerge:
    """What a task changes: the record after it, layers by name, disputes, and what is told."""

    record: Record
    layers: dict[str, Layer] = field(default_factory=dict)
    disputes: list[Dispute] = field(default_factory=list)
    changes: list[LayerChange] = field(default_factory=list)
    skipped: list[Told] = field(default_factory=list)
    ground_truth: list[Told] = field(default_factory=list)
    orphaned: list[Told] = field(default_factory=list)
    findings: list[Told] = field(default_factory=list)
    left: list[Told] = field(default_factory=list)


def merge_task(session: Session, task: GivenTask, record: Record) -> TaskMerge:
    """What a task of an article with a record changes; nothing is written."""
    merged = TaskMerge(_with_task(record, task))
    if not task.is_sound:
        why = f"the data of task {task.task} were changed on the server; restore them there"
        merged.left.append(Told(record.header.article_id, "", why))
        return merged
    for given in news_of(task, record):
        _take(session, task, given, merged)
    for seen in gone_from(task, record):
        merged.record = merged.record.with_seen(seen._replace(state=ORPHANED))
        merged.orphaned.append(Told(task.article_id, session.annotator(seen.user), f"annotation {seen.annotation}"))
    return merged


def _with_task(record: Record, task: GivenTask) -> Record:
    """The record once its task was seen: when it was made; and a task that was thought deleted is there again."""
    header = record.header
    is_its_task = task.text_sha256 == header.text_sha256 and header.task in (None, task.task)
    return (
        record._replace(header=header._replace(task=task.task, created_at=task.created_at)) if is_its_task else record
    )


def _take(session: Session, task: GivenTask, given: Given, merged: TaskMerge) -> None:
    """One annotation that is not as it was."""
    article_id, seen = task.article_id, merged.record.of(*given.identity)
    if given.user is None:
        merged.left.append(Told(article_id, "", f"annotation {given.annotation} has no author"))
        return
    who = session.annotator(given.user)
    if seen is not None and is_older(given, seen):
        what = f"annotation {given.annotation} is older than what was pulled of it (a backup?); submit it again there"
        merged.left.append(Told(article_id, who, what))
        return
    if given.state == SKIPPED:
        merged.skipped.append(Told(article_id, who, ""))
        merged.record = merged.record.with_seen(_seen(task, given, given.user, seen.claims if seen else ()))
        return
    theirs = read_theirs(session, task, given, seen)
    claims = for_git(session, article_id, theirs.claims)
    merged.findings += [Told(article_id, who, told(one.rule, one.region)) for one in theirs.findings]
    base = from_server(seen.claims if seen else (), session.places.project.schemas.labels)
    sides = _Sides(base, claims, task.text_sha256)
    if (why := _merge_into(session, who, sides, merged)) is not None:
        merged.left.append(Told(article_id, who, why))
        return
    if given.state == GROUND_TRUTH:
        merged.ground_truth.append(Told(article_id, who, ""))
    findings = tuple((one.rule, one.region or "") for one in theirs.findings)
    merged.record = merged.record.with_seen(_seen(task, given, given.user, claims)._replace(findings=findings))


def _seen(task: GivenTask, given: Given, user: int, claims: tuple[Claim, ...]) -> Seen:
    return Seen(
        annotation=given.annotation,
        created_at=given.created_at,
        task=task.task,
        user=user,
        text_sha256=task.text_sha256,
        updated_at=given.updated_at,
        state=given.state,
        lead_time=given.lead_time,
        claims=claims,
    )


class _Sides(NamedTuple):
    """What was last seen of an annotation and what it is now, both about the text with that hash."""

    base: tuple[Claim, ...]
    theirs: tuple[Claim, ...]
    text_sha256: str


def _merge_into(session: Session, who: str, sides: _Sides, merged: TaskMerge) -> str | None:
    """Merge an annotation into its layer; why it cannot be done, null where it is done."""
    article_id = merged.record.header.article_id
    name = session.places.layer_name(who)
    layer = merged.layers.get(name) or read_own_layer(session, name, who, article_id)
    target = _target(session, merged.record, layer)
    sources = [sides.text_sha256, sides.text_sha256] + ([layer.text_sha256] if layer else [])
    if missing := [source for source in {*sources, target} if not _can_carry(session, article_id, source, target)]:
        return f"the text {missing[0][:12]}… that it is about is neither here nor on the server"
    base, _ = _carried(session, article_id, sides.base if layer else (), sides.text_sha256, target)
    theirs, late = _carried(session, article_id, sides.theirs, sides.text_sha256, target)
    ours, lost = _carried(session, article_id, layer.claims if layer else (), sources[-1], target)
    found = merge(base, ours, theirs)
    merged.layers[name] = _layer_after(session, layer, (name, who, article_id, target), found.claims)
    news = _moved(sides.base, sides.theirs)
    lost = tuple(dict.fromkeys([*lost, *(claim for claim in late if claim in news)]))
    merged.changes.append(_change(article_id, name, ours, found, lost))
    dispute = Dispute(article_id, name, found.conflicts, _moved(base, theirs))
    merged.disputes.append(_over_texts(session, dispute, sources[-1], target))
    return None


def read_own_layer(session: Session, name: str, who: str, article_id: str) -> Layer | None:
    """The layer of an annotator as git's work tree has it; null where there is none.

    Raises:
        ProjectError: if the file is broken, or is somebody else's.
    """
    path = session.places.project.layers / name / f"{article_id}.jsonl"
    if not path.is_file():
        return None
    layer = read_layer(path).layer
    if (layer.annotator, layer.annotator_type) != (who, HUMAN):
        what = f"the layer is of {layer.annotator} ({layer.annotator_type}), not of {who}"
        raise ProjectError(f"{path}:1", what, f"rename it, or the annotator in {session.places.annotators.name}")
    return layer


def _target(session: Session, record: Record, layer: Layer | None) -> str:
    """The text that a layer is of after the merge: that of the task, unless the layer is ahead of it already."""
    here = session.here.get(record.header.article_id)
    is_ahead = layer is not None and here is not None and layer.text_sha256 == here.text_sha256
    return layer.text_sha256 if layer and is_ahead else record.header.text_sha256


def _can_carry(session: Session, article_id: str, source: str, target: str) -> bool:
    return source == target or session.text(article_id, source) is not None


def _carried(
    session: Session, article_id: str, claims: Sequence[Claim], source: str, target: str
) -> tuple[tuple[Claim, ...], tuple[str, ...]]:
    """Claims about one text as claims about another, and the ids of those that are lost."""
    if source == target or not claims:
        return tuple(claims), ()
    old, new = session.text(article_id, source), session.text(article_id, target)
    assert old is not None
    assert new is not None
    carried = reanchor(claims, version_of(old), version_of(new))
    return carried.claims, tuple(fate.old.id for fate in carried.lost)


def _layer_after(
    session: Session, layer: Layer | None, place: tuple[str, str, str, str], claims: tuple[Claim, ...]
) -> Layer:
    name, who, article_id, target = place
    known = session.text(article_id, target)
    normalizer = (known.normalizer if known else None) or (layer.normalizer if layer else NORMALIZER)
    if layer is not None:
        return replace(layer, text_sha256=target, normalizer=normalizer, claims=claims)
    version = session.places.project.guideline_version
    return Layer(name, article_id, target, normalizer, version, who, HUMAN, session.options.kinds, claims)


def _change(article_id: str, name: str, ours: Sequence[Claim], found: Merged, lost: tuple[str, ...]) -> LayerChange:
    before = {claim.id: decided(claim) for claim in ours}
    after = {claim.id: decided(claim) for claim in found.claims}
    changed = sum(before[name] != after[name] for name in before.keys() & after.keys())
    return LayerChange(
        article_id,
        name,
        len(after.keys() - before.keys()),
        changed,
        len(before.keys() - after.keys()),
        len(found.conflicts),
        lost,
    )


def _moved(base: Sequence[Claim], theirs: Sequence[Claim]) -> dict[str, Claim | None]:
    """The claims that the annotator has moved, as they were before."""
    before, after = ({claim.id: claim for claim in side} for side in (base, theirs))
    return {name: before.get(name) for name in before.keys() | after.keys() if before.get(name) != after.get(name)}


def _over_texts(session: Session, dispute: Dispute, source: str, target: str) -> Dispute:
    """The dispute with both texts, where the layer has gone from one to the other."""
    if source == target:
        return dispute
    old, new = session.text(dispute.article_id, source), session.text(dispute.article_id, target)
    return dispute._replace(old=version_of(old), new=version_of(new)) if old and new else dispute
