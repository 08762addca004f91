"""Where git and the server stand, in the manner of `git status`: a push and a pull that do nothing, and what waits."""

from __future__ import annotations

from collections.abc import Iterator

from parallaxe.core.errors import SurroundingsError
from parallaxe.store.building.build import untold
from parallaxe.store.conflicts import read_conflicts
from parallaxe.store.project import Project
from parallaxe.store.sync.cursor import Cursor, read_cursor
from parallaxe.store.sync.local import Survey, survey
from parallaxe.store.sync.options import USUAL, SyncOptions
from parallaxe.store.sync.passes import find_project_of, known_pass
from parallaxe.store.sync.places import Places, check_pass_name
from parallaxe.store.sync.pull import Pull
from parallaxe.store.sync.push import Push
from parallaxe.store.sync.records import ORPHANED, SKIPPED
from parallaxe.store.sync.reports import PullReport, PushReport, Status, Told
from parallaxe.store.sync.session import Session
from parallaxe.studio.client import Server


def sync_status(project: Project, server: Server | None, options: SyncOptions = USUAL) -> Status:
    """What a push and a pull would do, what waits for a decision, and what was left on the server.

    Without a server, or where it does not answer, what is known here alone.

    Raises:
        DataError: if a file of the project is broken.
        UsageError: if the pass cannot be.
    """
    places = Places(project, check_pass_name(options.pass_name))
    options = options._replace(kinds=known_pass(places, blind=options.blind).kinds)
    found = survey(places, options.layer, options.kinds)
    offline = "no server" if server is None else None
    push = pull = None
    if server is not None:
        try:
            push, pull = _asked(places, options._replace(dry_run=True), found, server)
        except SurroundingsError as error:
            offline = str(error)
    session = Session(places, options._replace(dry_run=True), found)
    return Status(
        pass_name=places.pass_name,
        offline=offline,
        to_push=push or _known_push(session),
        to_pull=pull or PullReport(places.pass_name, dry_run=True, project=None),
        conflicts=tuple(
            (row.article_id, f"{row.layer}:{row.conflict.id}") for row in read_conflicts(project, places.pass_name)
        ),
        orphaned=tuple(_orphaned(session)),
        skipped=tuple(_in_state(session, SKIPPED)),
    )


def _asked(places: Places, options: SyncOptions, found: Survey, server: Server) -> tuple[PushReport, PullReport | None]:
    """A push and a pull that only tell."""
    one, cursor = known_pass(places, blind=options.blind), read_cursor(places.cursor)
    target = find_project_of(server, one, cursor.project)
    session = Session(places, options, found, server, target.id if target else None)
    push = Push(session, one, cursor, target, untold).run()
    if target is None:
        return push, None
    return push, Pull(session, cursor if cursor.project == target.id else Cursor(target.id), target, untold).run()


def _known_push(session: Session) -> PushReport:
    """What a push would do as far as records know."""
    one = known_pass(session.places, blind=session.options.blind)
    is_there = read_cursor(session.places.cursor).project is not None or bool(session.survey.outlines)
    return Push(session, one, Cursor(), None, untold).told(is_there=is_there)


def _orphaned(session: Session) -> Iterator[Told]:
    for article_id, outline in session.survey.outlines.items():
        if outline.header.task is None:
            yield Told(article_id, "", "its task")
        live = {user for user, _, state in outline.annotations if state != ORPHANED}
        for user in sorted({user for user, _, _ in outline.annotations} - live):
            yield Told(article_id, session.annotator(user), "")


def _in_state(session: Session, wanted: str) -> Iterator[Told]:
    for article_id, outline in session.survey.outlines.items():
        for user, _, state in outline.annotations:
            if state == wanted:
                yield Told(article_id, session.annotator(user), "")
