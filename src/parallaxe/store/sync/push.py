"""Git → server: articles become tasks, proposals predictions; what a person made there is never touched.

Nothing on the server keeps a task from being made twice, so the plan is made of what records know, and every key that
would be new is asked for before it is imported: a push that was killed is finished by the next.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from parallaxe.store.build import Progress, untold
from parallaxe.store.project import Project
from parallaxe.store.sync.carry import post, successors, told_in_task, told_of
from parallaxe.store.sync.cursor import Cursor, read_cursor, write_cursor
from parallaxe.store.sync.given import given_task
from parallaxe.store.sync.local import survey
from parallaxe.store.sync.lock import only_one
from parallaxe.store.sync.options import USUAL, SyncOptions
from parallaxe.store.sync.order import in_order_of_gain
from parallaxe.store.sync.passes import Pass, find_project_of, interface_of, keep_pass, known_pass, make_project
from parallaxe.store.sync.payload import Placed, payload, prediction_of, proposed
from parallaxe.store.sync.places import Places, check_pass_name
from parallaxe.store.sync.pull import finish_interrupted, merge_and_carry_out
from parallaxe.store.sync.push_plan import PushPlan, plan_push
from parallaxe.store.sync.records import ORPHANED, Header, Record, read_record, write_record
from parallaxe.store.sync.reports import Carried, PushReport, Told
from parallaxe.store.sync.session import Session
from parallaxe.studio.client import Server, ServerProject
from parallaxe.studio.tasks import task_key

_AT_ONCE = 250


def push(project: Project, server: Server, options: SyncOptions = USUAL, progress: Progress = untold) -> PushReport:
    """Bring new articles, changed texts and new proposals to the server.

    Raises:
        UsageError: if `--blind` is asked of a pass that was begun with proposals.
        SurroundingsError: if the server does not answer, or another sync is at work.
        DataError: if a file of the project is broken.
    """
    places = Places(project, check_pass_name(options.pass_name))
    with only_one(places.lock, options.patience):
        one = known_pass(places, blind=options.blind)
        cursor = read_cursor(places.cursor)
        target = find_project_of(server, one, cursor.project)
        session = Session(places, options, survey(places, options.layer), server, target.id if target else None)
        finish_interrupted(session)
        return Push(session, one, cursor, target, progress).run()


def plan_of(session: Session, *, is_there: bool) -> PushPlan:
    """What a push has to do; where the pass has no project on the server, all that is here."""
    headers = session.survey.headers
    if not is_there:
        headers = {name: header._replace(task=None) for name, header in headers.items()}
    return plan_push(session.survey.articles, headers, restore=session.options.restore or not is_there)


@dataclass
class Push:
    """A push under way."""

    session: Session
    one: Pass
    cursor: Cursor
    target: ServerProject | None
    progress: Progress
    carried: list[Carried] = field(default_factory=list)
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
        return report._replace(project=project, carried=tuple(self.carried), findings=tuple(self.findings))

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
            interface_changed=target is not None and target.label_config != interface_of(self.session.places),
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

    def _ready_project(self) -> int:
        """The pass's project on the server, made where there is none, with today's interface."""
        places = self.session.places
        label_config = interface_of(places)
        keep_pass(places, self.one)
        if self.target is None:
            self.target = make_project(self._server, places, self.one, label_config)
        elif self.target.label_config != label_config:
            self._server.set_interface(self.target.id, label_config)
        self.session.project_id = self.target.id
        return self.target.id

    def _keep_cursor(self, project: int) -> None:
        if self.cursor.project != project:
            self.cursor = Cursor(project)
        write_cursor(self.session.places.cursor, self.cursor)

    def _import(self, project: int, placed: Sequence[Placed], total: int) -> None:
        for start in range(0, len(placed), _AT_ONCE):
            chunk = placed[start : start + _AT_ONCE]
            payloads = [payload(self.session, one) for one in chunk]
            ids = self._server.import_tasks(project, [one.task for one in payloads])
            for place, made, task in zip(chunk, payloads, ids, strict=True):
                self._record(place.article_id, task, made.version, blind=place.blind)
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

    def _record(
        self, article_id: str, task: int, version: str | None, *, blind: bool, others: Record | None = None
    ) -> None:
        """Write down which task an article has; annotations of tasks that are gone are kept as orphaned."""
        places, digest = self.session.places, self.session.here[article_id].text_sha256
        assert digest is not None
        header = Header(self.session.options.pass_name, article_id, digest, task, None, version, blind)
        if others is None:
            old = read_record(places.record(article_id))
            seen = tuple(one._replace(state=ORPHANED) for one in old.annotations) if old else ()
            others = Record(header, seen)
        write_record(places.record(article_id), others._replace(header=header))

    def _adopt(self, article_id: str, task: Mapping[str, Any]) -> None:
        """A task that was imported and of which no record says so."""
        old = read_record(self.session.places.record(article_id))
        self._record(article_id, int(task["id"]), None, blind=bool(task["data"].get("blind")), others=old)

    def _supersede(self, project: int, article_id: str, there: Mapping[str, Any] | None) -> None:
        """Import the task of a changed text, take over what was made of the old one, and mark that."""
        session, key = self.session, self._key(article_id)
        record = read_record(session.places.record(article_id))
        assert record is not None
        digest = session.here[article_id].text_sha256
        new = session.text(article_id, digest or "")
        assert digest is not None
        assert new is not None
        old_key = task_key(article_id, record.header.text_sha256)
        olds = list(self._server.tasks(project, keys=[old_key], whole=True))
        made = []
        for raw in olds:
            task = given_task(raw)
            record = merge_and_carry_out(session, raw, task, record).record
            made += successors(session, task, record.annotations, new) if task.is_sound else []
        old_text = olds[0]["data"].get("text", "") if olds else ""
        blind = record.header.blind
        sent = payload(session, Placed(article_id, 0, blind))
        sent.task["data"] |= _with_notice(sent.task["data"], told_in_task(session, made, old_text) if made else {})
        if there is None:
            [number] = self._server.import_tasks(project, [sent.task])
            self._count(1)
        else:
            number = int(there["id"])
        for one in made:
            record = post(session, number, record, digest, one)
            self.carried.append(told_of(session, article_id, one))
        for raw in olds:
            if raw["data"].get("superseded_by") != key:
                self._server.update_task_data(int(raw["id"]), {**raw["data"], "superseded_by": key})
        self.findings += sent.findings
        self._record(article_id, number, None if there else sent.version, blind=blind, others=record)

    def _predict(self, project: int, names: Sequence[str], total: int) -> None:
        """Add the newest proposals to the tasks that lack them; blind ones have none."""
        wanted = {self._key(name): name for name in names if self.session.here[name].proposals is not None}
        keys = list(wanted)
        for start in range(0, len(keys), _AT_ONCE):
            tasks = map(given_task, self._server.tasks(project, keys=keys[start : start + _AT_ONCE], whole=True))
            some = [wanted[key] for key in keys[start : start + _AT_ONCE]]
            records = {name: record for name in some if (record := self._seeing(name)) is not None}
            lacking = [
                self._prediction(task.task, wanted[task.key])
                for task in tasks
                if wanted[task.key] in records
                and task.task == records[wanted[task.key]].header.task
                and self.session.here[wanted[task.key]].proposals not in task.versions
            ]
            self._server.import_predictions(project, lacking)
            for name, record in records.items():
                header = record.header._replace(proposals=self.session.here[name].proposals)
                write_record(self.session.places.record(name), record._replace(header=header))
            self._told(total, len(records))

    def _seeing(self, article_id: str) -> Record | None:
        """The record of an article whose task shows proposals; null where it is blind."""
        record = read_record(self.session.places.record(article_id))
        return None if record is None or record.header.blind else record

    def _prediction(self, task: int, article_id: str) -> dict[str, Any]:
        digest = self.session.here[article_id].text_sha256
        known = self.session.text(article_id, digest or "")
        assert known is not None
        prediction, findings = prediction_of(self.session, article_id, known, proposed(self.session, article_id))
        self.findings += findings
        return {"task": task, **prediction}


def _with_notice(data: Mapping[str, Any], told: Mapping[str, Any]) -> dict[str, Any]:
    """What is added to the data of a task whose text is new: the report as values, and above the preview."""
    return {"carried": told["carried"], "preview": told["notice"] + data["preview"]} if told else {}
