"""Git → server: articles become tasks, proposals predictions; what a person made there is never touched.

Nothing on the server keeps a task from being made twice, so the plan is made of what records know, and every key that
would be new is asked for before it is imported: a push that was killed is finished by the next.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from parallaxe.store.building.build import Progress, untold
from parallaxe.store.project import Project
from parallaxe.store.studio_assist import offer_help
from parallaxe.store.sync.cursor import Cursor, read_cursor, write_cursor
from parallaxe.store.sync.local import survey
from parallaxe.store.sync.lock import only_one
from parallaxe.store.sync.options import USUAL, SyncOptions
from parallaxe.store.sync.order import in_order_of_gain
from parallaxe.store.sync.passes import Pass, find_project_of, interface_of, keep_pass, known_pass, make_project
from parallaxe.store.sync.payload import Payload, Placed, payload
from parallaxe.store.sync.places import Places, check_pass_name
from parallaxe.store.sync.predict import predict
from parallaxe.store.sync.pull import finish_interrupted
from parallaxe.store.sync.push_plan import PushPlan, plan_push
from parallaxe.store.sync.records import read_record
from parallaxe.store.sync.reports import Carried, LayerChange, PushReport, Told
from parallaxe.store.sync.session import Session
from parallaxe.store.sync.supersede import TaskOf, register, supersede
from parallaxe.studio.client import Server, ServerProject
from parallaxe.studio.tasks import task_key

# The server has its first tasks soon, and is busy while the next are prepared.
_FIRST, _AT_ONCE = 25, 500


def push(project: Project, server: Server, options: SyncOptions = USUAL, progress: Progress = untold) -> PushReport:
    """Bring new articles, changed texts and new proposals to the server.

    Raises:
        UsageError: if `--blind` or `--kind` are asked of a pass that was begun otherwise.
        SurroundingsError: if the server does not answer, or another sync is at work.
        DataError: if a file of the project is broken.
    """
    places = Places(project, check_pass_name(options.pass_name))
    with only_one(places.lock, options.patience):
        one = known_pass(places, blind=options.blind, kinds=options.kinds)
        options = options._replace(kinds=one.kinds)
        cursor = read_cursor(places.cursor)
        target = find_project_of(server, one, cursor.project)
        found = survey(places, options.layer, options.kinds)
        session = Session(places, options, found, server, target.id if target else None)
        finish_interrupted(session)
        return Push(session, one, cursor, target, progress).run()


def plan_of(session: Session, *, is_there: bool) -> PushPlan:
    """What a push has to do; where the pass has no project on the server, all that is here."""
    headers = session.survey.headers
    if not is_there:
        headers = {name: header._replace(task=None) for name, header in headers.items()}
    return plan_push(session.survey.articles, headers, restore=session.options.restore or not is_there)


class _Sent(NamedTuple):
    """A chunk that is on its way: what it is made of, and the ids that the server will give."""

    placed: Sequence[Placed]
    payloads: list[Payload]
    ids: Future[list[int]]


def _chunks(placed: Sequence[Placed]) -> Iterator[Sequence[Placed]]:
    yield from filter(None, [placed[:_FIRST]])
    for start in range(_FIRST, len(placed), _AT_ONCE):
        yield placed[start : start + _AT_ONCE]


@dataclass
class Push:
    """A push under way."""

    session: Session
    one: Pass
    cursor: Cursor
    target: ServerProject | None
    progress: Progress
    carried: list[Carried] = field(default_factory=list)
    pulled: list[LayerChange] = field(default_factory=list)
    findings: list[Told] = field(default_factory=list)
    done: int = 0

    def run(self) -> PushReport:
        """Plan, ask which keys are there, and, unless this is a dry run, do it."""
        session = self.session
        plan = plan_of(session, is_there=self.target is not None)
        there = self._there([*plan.new, *plan.changed])
        fresh = [name for name in plan.new if name not in there]
        placed = in_order_of_gain(session, fresh, blind=self.one.blind)
        report = self._report(plan, there, placed)
        if session.options.dry_run:
            return report
        project = self._ready_project()
        self._keep_cursor(project)
        total = len(plan.new) + len(plan.changed) + len(plan.proposals)
        self._import(project, placed, total)
        found = [name for name in plan.new if name in there]
        for name in found:
            self._adopt(name, there[name])
        for name in plan.changed:
            self._supersede(project, name, there.get(name))
            self._told(total)
        self._predict(project, [*found, *plan.proposals, *(name for name in plan.changed if name in there)], total)
        return report._replace(
            project=project,
            carried=tuple(self.carried),
            pulled=tuple(self.pulled),
            findings=tuple(self.findings),
        )

    def told(self, *, is_there: bool) -> PushReport:
        """What is to push as far as it is known without asking."""
        plan = plan_of(self.session, is_there=is_there)
        return self._report(plan, {}, in_order_of_gain(self.session, plan.new, blind=self.one.blind))

    @property
    def _server(self) -> Server:
        assert self.session.server is not None
        return self.session.server

    def _key(self, article_id: str) -> str:
        digest = self.session.here[article_id].text_sha256
        assert digest is not None
        return task_key(article_id, digest)

    def _there(self, names: Sequence[str]) -> dict[str, dict[str, Any]]:
        """Articles that need a task and have one on the server, with that task: the oldest, if there are more."""
        if self.target is None or not names:
            return {}
        by_key = {self._key(name): name for name in names}
        tasks = list(self._server.tasks(self.target.id, keys=list(by_key), whole=False))
        return {by_key[task["data"]["key"]]: task for task in sorted(tasks, key=lambda task: -int(task["id"]))}

    def _report(self, plan: PushPlan, there: Mapping[str, Any], placed: Sequence[Placed]) -> PushReport:
        options, target = self.session.options, self.target
        return PushReport(
            pass_name=options.pass_name,
            dry_run=options.dry_run,
            project=target.id if target else None,
            interface_changed=target is not None and target.label_config != self._interface,
            imported=tuple(one.article_id for one in placed),
            found=tuple(name for name in plan.new if name in there),
            replaced=plan.changed,
            predicted=plan.proposals,
            blind=tuple(one.article_id for one in placed if one.blind),
            withheld=plan.withheld,
            orphaned=plan.orphaned,
            stale=plan.stale,
            dropped=plan.dropped,
        )

    @property
    def _interface(self) -> str:
        return interface_of(self.session.places, self.one.kinds)

    def _ready_project(self) -> int:
        """The pass's project on the server, made where there is none, with today's interface."""
        places = self.session.places
        label_config = self._interface
        keep_pass(places, self.one)
        if self.target is None:
            self.target = make_project(self._server, places, self.one, label_config)
            if self.one.wants_help:
                offer_help(places.project, self._server, self.target.id)
            self.cursor = Cursor()
        elif self.target.label_config != label_config:
            self._server.set_interface(self.target.id, label_config)
        self.session.project_id = self.target.id
        return self.target.id

    def _keep_cursor(self, project: int) -> None:
        if self.cursor.project != project:
            self.cursor = Cursor(project)
        write_cursor(self.session.places.cursor, self.cursor)

    def _import(self, project: int, placed: Sequence[Placed], total: int) -> None:
        """Import new tasks in chunks; while the server stores one, the next is prepared."""
        with ThreadPoolExecutor(1) as sender:
            sent: _Sent | None = None
            for chunk in _chunks(placed):
                made = [payload(self.session, one) for one in chunk]
                ids = sent.ids.result() if sent is not None else []
                on_its_way = sender.submit(self._server.import_tasks, project, [one.task for one in made])
                if sent is not None:
                    self._imported(sent, ids, total)
                sent = _Sent(chunk, made, on_its_way)
            if sent is not None:
                self._imported(sent, sent.ids.result(), total)

    def _imported(self, sent: _Sent, ids: Sequence[int], total: int) -> None:
        for place, made, task in zip(sent.placed, sent.payloads, ids, strict=True):
            register(self.session, TaskOf(place.article_id, task, made.version, place.blind), None)
            self.findings += made.findings
        self._count(len(ids))
        self._told(total, len(ids))

    def _count(self, imported: int) -> None:
        """The server has so many more tasks because of us: no reason to compare all ids."""
        if self.cursor.tasks is not None or self._is_empty():
            self.cursor = self.cursor._replace(tasks=(self.cursor.tasks or 0) + imported)
            write_cursor(self.session.places.cursor, self.cursor)

    def _is_empty(self) -> bool:
        return self.target is not None and self.target.task_number == 0

    def _told(self, total: int, number: int = 1) -> None:
        self.done += number
        self.progress(min(self.done, total), total)

    def _adopt(self, article_id: str, task: Mapping[str, Any]) -> None:
        """A task that was imported and of which no record says so."""
        known = read_record(self.session.places.record(article_id))
        blind = bool(task["data"].get("blind"))
        register(self.session, TaskOf(article_id, int(task["id"]), None, blind), known)

    def _supersede(self, project: int, article_id: str, there: Mapping[str, Any] | None) -> None:
        done = supersede(self.session, project, article_id, there)
        self.carried += done.carried
        self.pulled += done.pulled
        self.findings += done.findings
        if done.is_new:
            self._count(1)

    def _predict(self, project: int, names: Sequence[str], total: int) -> None:
        for start in range(0, len(names), _AT_ONCE):
            done = predict(self.session, project, names[start : start + _AT_ONCE])
            self.findings += done.findings
            self._told(total, done.articles)
