"""What a sync tells: values first, then lines for people, the same for what was done and for what would be done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from parallaxe.core.wording import counted

_SHOWN = 10
"""Names of a list that people are shown: a first push has thousands."""


class Told(NamedTuple):
    """Something of a task that a person should know: `who` is an annotator or empty, `what` has no word of its text."""

    article_id: str
    who: str
    what: str


class Carried(NamedTuple):
    """An annotation that went over to the task of a changed text: how many claims moved, which were lost, by their ids.

    `doubtful` could stand in several places and were put in the likeliest.
    """

    article_id: str
    annotator: str
    moved: int
    lost: tuple[str, ...]
    doubtful: tuple[str, ...] = ()


class LayerChange(NamedTuple):
    """What a pull brought into a layer: claims that are new in it, changed, gone, and in conflict.

    `lost` are claims, by id, of the layer or of a late annotation, whose words are not in the text that it is of now.
    """

    article_id: str
    layer: str
    added: int
    changed: int
    deleted: int
    conflicts: int
    lost: tuple[str, ...] = ()


class PushReport(NamedTuple):
    """What a push did, or (`dry_run`) would do; articles by their ids.

    `found` had their task on the server although no record said so; `replaced` got a new task for a changed text.
    `pulled` are layers that took in what was new of old tasks first.
    """

    pass_name: str
    dry_run: bool
    project: int | None
    interface_changed: bool = False
    imported: tuple[str, ...] = ()
    found: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    carried: tuple[Carried, ...] = ()
    pulled: tuple[LayerChange, ...] = ()
    predicted: tuple[str, ...] = ()
    blind: tuple[str, ...] = ()
    withheld: tuple[str, ...] = ()
    orphaned: tuple[str, ...] = ()
    stale: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    findings: tuple[Told, ...] = ()

    @property
    def changed(self) -> bool:
        """True where anything went over."""
        return bool(self.interface_changed or self.imported or self.found or self.replaced or self.predicted)


class PullReport(NamedTuple):
    """What a pull did, or (`dry_run`) would do; `read` counts the tasks that were looked at."""

    pass_name: str
    dry_run: bool
    project: int | None
    read: int = 0
    layers: tuple[LayerChange, ...] = ()
    skipped: tuple[Told, ...] = ()
    ground_truth: tuple[Told, ...] = ()
    drafts: tuple[Told, ...] = ()
    orphaned: tuple[Told, ...] = ()
    findings: tuple[Told, ...] = ()
    left: tuple[Told, ...] = ()

    @property
    def changed(self) -> bool:
        """True where a layer changed."""
        return any(change.added or change.changed or change.deleted or change.lost for change in self.layers)


class Status(NamedTuple):
    """Where both sides stand. Without a server what is there alone is not known; `offline` says why there is none."""

    pass_name: str
    offline: str | None
    to_push: PushReport
    to_pull: PullReport
    conflicts: tuple[tuple[str, str], ...] = ()
    orphaned: tuple[Told, ...] = ()
    skipped: tuple[Told, ...] = ()

    @property
    def clean(self) -> bool:
        """True where nothing is to push, to pull or to settle."""
        return not (self.to_push.changed or self.to_pull.changed or self.to_pull.layers or self.conflicts)


def as_json(report: object) -> object:
    """A report as JSON values."""
    if isinstance(report, tuple) and hasattr(report, "_fields"):
        return {name: as_json(value) for name, value in zip(report._fields, report, strict=True)}
    return [as_json(item) for item in report] if isinstance(report, tuple) else report


def lines_of_push(report: PushReport) -> Iterator[str]:
    """A push for people."""
    would = "would be " if report.dry_run else ""
    if report.interface_changed:
        yield f"the interface {would}updated" if report.dry_run else "the interface was updated"
    yield from _section(f"{would}pushed as new tasks", report.imported)
    yield from _section("on the server already", report.found)
    yield from _section(f"{would}pushed with their changed text, as tasks that supersede the old ones", report.replaced)
    for carried in report.carried:
        yield f"    {carried.article_id}: {carried.annotator}, {counted(carried.moved, 'claim')} moved{_fates(carried)}"
    yield from (_change_line(change, dry_run=False) for change in report.pulled)
    yield from _section(f"{would}given new proposals", report.predicted)
    if not report.changed:
        yield "nothing to push"
    yield from _section("blind, as controls", report.blind)
    yield from _warnings(report)


def _fates(carried: Carried) -> str:
    lost = f", {len(carried.lost)} lost ({', '.join(carried.lost)})" if carried.lost else ""
    doubtful = f", {len(carried.doubtful)} doubtful ({', '.join(carried.doubtful)})" if carried.doubtful else ""
    return lost + doubtful


def _warnings(report: PushReport) -> Iterator[str]:
    yield from _section("restricted and not here, skipped (`parallaxe hydrate DIR`)", report.withheld)
    yield from _section("their task was deleted on the server (`--restore` makes it again)", report.orphaned)
    yield from _section("proposals made for another text, left here (`parallaxe annotate`)", report.stale)
    yield from _section("no longer in the catalogue, their tasks stay", report.dropped)
    yield from _told("not sent as they are", report.findings)


def lines_of_pull(report: PullReport) -> Iterator[str]:
    """A pull for people."""
    for change in report.layers:
        yield _change_line(change, dry_run=report.dry_run)
    if not report.layers:
        yield "nothing to pull"
    yield from _told("skipped by their annotator", report.skipped)
    yield from _told("marked as ground truth", report.ground_truth)
    yield from _told("in draft, not submitted yet", report.drafts)
    yield from _told("no longer on the server, their layers are kept", report.orphaned)
    yield from _told("not read as they are", report.findings)
    yield from _told("left for later", report.left)


def _change_line(change: LayerChange, *, dry_run: bool) -> str:
    counts = ((change.added, "added"), (change.changed, "changed"), (change.deleted, "deleted"))
    said = [f"{count} {what}" for count, what in counts if count]
    said += [f"{change.conflicts} in conflict"] if change.conflicts else []
    said += [f"{len(change.lost)} lost with the old text ({', '.join(change.lost)})"] if change.lost else []
    would = " (would be)" if dry_run else ""
    return f"{change.layer}/{change.article_id}{would}: {', '.join(said) or 'as it was'}"


def lines_of_status(status: Status) -> Iterator[str]:
    """Where both sides stand, in the manner of `git status`."""
    yield f"Pass {status.pass_name}" + (
        f" (offline, what is on the server alone is not known: {status.offline})" if status.offline else ""
    )
    push, pull = status.to_push, status.to_pull
    yield from _section("to push, new", push.imported)
    yield from _section("to push, changed text", push.replaced)
    yield from _section("to push, new proposals", push.predicted)
    if push.interface_changed:
        yield "to push: the interface"
    yield from _section("to pull", [f"{change.layer}/{change.article_id}" for change in pull.layers])
    yield from _section("in conflict (`parallaxe adjudicate --conflicts`)", [f"{a} {b}" for a, b in status.conflicts])
    yield from _told("in draft", pull.drafts)
    yield from _told("orphaned: no longer on the server, their layers are kept", status.orphaned)
    yield from _told("skipped by their annotator", status.skipped)
    yield from _told("not read as they are", pull.findings)
    yield from _told("left for later", pull.left)
    yield from _warnings(push._replace(orphaned=()))
    if status.clean:
        yield "nothing to push" if status.offline else "nothing to push, nothing to pull"


def _section(title: str, names: Iterable[str]) -> Iterator[str]:
    if listed := list(names):
        yield f"{title} ({len(listed)}):"
        yield from (f"    {name}" for name in listed[:_SHOWN])
        if len(listed) > _SHOWN:
            yield f"    … and {len(listed) - _SHOWN} more (`--json` lists all)"


def _told(title: str, told: Iterable[Told]) -> Iterator[str]:
    yield from _section(
        title, [": ".join(part for part in (one.article_id, one.who, one.what) if part) for one in told]
    )
