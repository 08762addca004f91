"""A Label Studio of memory behind httpx's mock transport: the shapes that a server 1.23.2 was seen to answer.

It imports the same task twice, gives the ids of deleted tasks and annotations again, stores any result, replaces all
of a task's data by what it is given, moves `updated_at` for anything but drafts, has no upsert, and fails on a date
without fractions of a second. What a person does in the browser are methods here. Time is a counter of milliseconds.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs

import httpx

URL = "http://127.0.0.1:8090"
KEY = "f" * 40
_DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z")


class RefusedError(Exception):
    """What the server answers instead of doing what it was asked."""

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(detail)
        self.status, self.detail = status, detail


@dataclass
class FakeLabelStudio:
    """All that is on the server; `log` has a line for each request, `listed` counts tasks that were told.

    `around` is called before each request and after it.
    """

    projects: dict[int, dict[str, Any]] = field(default_factory=dict)
    tasks: dict[int, dict[str, Any]] = field(default_factory=dict)
    drafts_of: dict[int, list[dict[str, Any]]] = field(default_factory=dict)
    log: list[str] = field(default_factory=list)
    listed: int = 0
    moment: int = 0
    around: Callable[[str], object] = str

    def transport(self) -> httpx.MockTransport:
        """What a client of httpx speaks to it through."""
        return httpx.MockTransport(self.answer)

    def answer(self, request: httpx.Request) -> httpx.Response:
        """The answer to any request."""
        line = f"{request.method} {request.url.path}"
        self.around(line)
        self.log.append(line)
        try:
            status, content = self._route(request)
            self.around(line)
            return httpx.Response(status, content=content)
        except RefusedError as refused:
            return httpx.Response(refused.status, json={"status_code": refused.status, "detail": refused.detail})

    def counted(self) -> Counter[str]:
        """How often each kind of request was made, numbers left out."""
        return Counter(re.sub(r"\d+", "N", line) for line in self.log)

    def submit(self, task: int, user: int, result: Sequence[Mapping[str, Any]], **more: Any) -> dict[str, Any]:
        """A person hands in an annotation of a task."""
        return self._new_annotation(self._task(task), {"result": list(result), "completed_by": user, **more})

    def change(self, annotation: int, **values: Any) -> dict[str, Any]:
        """A person updates an annotation: its `result`, or skips it with `was_cancelled`."""
        task, found = self._annotation(annotation)
        found.update(deepcopy(values), updated_at=self._now())
        self._touch(task)
        return found

    def delete_annotation(self, annotation: int) -> None:
        """A person deletes an annotation, which leaves no trace but the date of the task."""
        task, found = self._annotation(annotation)
        task["annotations"].remove(found)
        self._touch(task)

    def delete_task(self, task: int) -> None:
        """A person deletes a task, which leaves no trace."""
        del self.tasks[task]
        self.drafts_of.pop(task, None)

    def draft(self, task: int, user: str = "anne@example.org", result: Sequence[Mapping[str, Any]] = ()) -> None:
        """A person begins to annotate and submits nothing; the task's date stays."""
        drafts = self.drafts_of.setdefault(task, [])
        drafts.append({"id": len(drafts) + 1, "user": user, "annotation": None, "result": list(result)})

    def of_key(self, key: str) -> list[dict[str, Any]]:
        """The tasks with a key in their data, oldest first."""
        return [task for task in self.tasks.values() if task["data"].get("key") == key]

    def annotations(self) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
        """Each annotation with its task."""
        return ((task, one) for task in self.tasks.values() for one in task["annotations"])

    def _now(self) -> str:
        self.moment += 1
        date = datetime(2026, 11, 21, 8, tzinfo=UTC) + timedelta(milliseconds=self.moment)
        return date.strftime("%Y-%m-%dT%H:%M:%S.%fZ")

    def _touch(self, task: dict[str, Any]) -> None:
        task["updated_at"] = self._now()

    def _task(self, task: int) -> dict[str, Any]:
        if task not in self.tasks:
            raise RefusedError(404, "No Task matches the given query.")
        return self.tasks[task]

    def _annotation(self, annotation: int) -> tuple[dict[str, Any], dict[str, Any]]:
        for task, one in self.annotations():
            if one["id"] == annotation:
                return task, one
        raise RefusedError(404, "No Annotation matches the given query.")

    def _new_annotation(self, task: dict[str, Any], fields: Mapping[str, Any]) -> dict[str, Any]:
        unique = fields.get("unique_id")
        if unique is not None and any(one["unique_id"] == unique for _, one in self.annotations()):
            raise RefusedError(409, "Annotation with this unique id already exists.")
        now = self._now()
        made = {
            "id": max((one["id"] for _, one in self.annotations()), default=0) + 1,
            "result": deepcopy(list(fields["result"])),
            "completed_by": fields.get("completed_by", 1),
            "updated_by": 1,
            "created_at": now,
            "updated_at": now,
            "lead_time": fields.get("lead_time"),
            "was_cancelled": fields.get("was_cancelled", False),
            "ground_truth": fields.get("ground_truth", False),
            "parent_prediction": fields.get("parent_prediction"),
            "parent_annotation": fields.get("parent_annotation"),
            "last_action": None,
            "import_id": None,
            "unique_id": unique,
            "task": task["id"],
            "project": task["project"],
        }
        task["annotations"].append(made)
        self._touch(task)
        return made

    def _new_prediction(self, task: dict[str, Any], fields: Mapping[str, Any]) -> None:
        taken = [one["id"] for other in self.tasks.values() for one in other["predictions"]]
        now = self._now()
        task["predictions"].append(
            {
                "id": max(taken, default=0) + 1,
                "result": deepcopy(list(fields["result"])),
                "model_version": fields.get("model_version", "undefined"),
                "score": fields.get("score"),
                "task": task["id"],
                "project": task["project"],
                "created_at": now,
                "updated_at": now,
            }
        )
        self._touch(task)

    def _route(self, request: httpx.Request) -> tuple[int, bytes]:
        if request.headers.get("authorization") != f"Token {KEY}":
            raise RefusedError(401, "Invalid token.")
        query = {name: values[-1] for name, values in parse_qs(request.url.query.decode()).items()}
        body = json.loads(request.content) if request.content else None
        path = request.url.path.strip("/").removeprefix("api/")
        for pattern, routes in _ROUTES:
            if (found := pattern.fullmatch(path)) and request.method in routes:
                status, answer = routes[request.method](self, query, body, *map(int, found.groups()))
                return status, json.dumps(answer).encode() if answer is not None else b""
        raise RefusedError(404, "Not found.")

    def _version(self, _query: Any, _body: Any) -> tuple[int, Any]:
        return 200, {"release": "1.23.2", "edition": "Community"}

    def _me(self, _query: Any, _body: Any) -> tuple[int, Any]:
        return 200, {"id": 1, "email": "admin@example.org"}

    def _users(self, _query: Any, _body: Any) -> tuple[int, Any]:
        return 200, [{"id": number, "email": f"u{number}@example.org"} for number in range(1, 10)]

    def _list_projects(self, _query: Any, _body: Any) -> tuple[int, Any]:
        found = [self._shown(project) for project in reversed(self.projects.values())]
        return 200, {"count": len(found), "next": None, "previous": None, "results": found}

    def _create_project(self, _query: Any, body: Any) -> tuple[int, Any]:
        if len(body.get("title", "")) < 3:
            raise RefusedError(400, "Validation error")
        project = {"id": max(self.projects, default=0) + 1, "title": "", "description": "", "label_config": "", **body}
        self.projects[project["id"]] = project
        return 201, self._shown(project)

    def _project(self, _query: Any, _body: Any, project: int) -> tuple[int, Any]:
        if project not in self.projects:
            raise RefusedError(404, "No Project matches the given query.")
        return 200, self._shown(self.projects[project])

    def _patch_project(self, _query: Any, body: Any, project: int) -> tuple[int, Any]:
        self.projects[project].update(body)
        return 200, self._shown(self.projects[project])

    def _validate(self, _query: Any, _body: Any, _project: int) -> tuple[int, Any]:
        return 200, {"label_config": "<View/>"}

    def _shown(self, project: Mapping[str, Any]) -> dict[str, Any]:
        number = sum(task["project"] == project["id"] for task in self.tasks.values())
        return {**project, "task_number": number}

    def _import(self, _query: Any, body: Any, project: int) -> tuple[int, Any]:
        if not all("text" in task["data"] for task in body):
            raise RefusedError(400, "Validation error")
        ids = []
        for item in body:
            now = self._now()
            number = max(self.tasks, default=0) + 1
            self.tasks[number] = {
                "id": number,
                "data": deepcopy(item["data"]),
                "meta": item.get("meta", {}),
                "created_at": now,
                "updated_at": now,
                "project": project,
                "annotations": [],
                "predictions": [],
            }
            for prediction in item.get("predictions", []):
                self._new_prediction(self.tasks[number], prediction)
            ids.append(number)
        return 201, {"task_count": len(ids), "annotation_count": 0, "task_ids": ids}

    def _import_predictions(self, _query: Any, body: Any, _project: int) -> tuple[int, Any]:
        for prediction in body:
            self._new_prediction(self._task(prediction["task"]), prediction)
        return 201, {"created": len(body)}

    def _list_tasks(self, query: Any, _body: Any) -> tuple[int, Any]:
        asked = json.loads(query.get("query", "{}"))
        tests = [_condition(item) for item in asked.get("filters", {}).get("items", [])]
        found = [
            task
            for number, task in sorted(self.tasks.items())
            if task["project"] == int(query["project"])
            and all(test(task, bool(self.drafts_of.get(number))) for test in tests)
        ][: int(query.get("page_size", 100))]
        names = query["include"].split(",") if "include" in query else None
        listed = [_listed(task, names) for task in found]
        self.listed += len(listed)
        return 200, {"tasks": listed, "total": len(found), "total_annotations": 0, "total_predictions": 0}

    def _patch_task(self, _query: Any, body: Any, task: int) -> tuple[int, Any]:
        found = self._task(task)
        found["data"] = deepcopy(body["data"])
        self._touch(found)
        return 200, found

    def _drafts(self, _query: Any, _body: Any, task: int) -> tuple[int, Any]:
        return 200, self.drafts_of.get(task, [])

    def _list_annotations(self, _query: Any, _body: Any, task: int) -> tuple[int, Any]:
        return 200, [_told(one) for one in self._task(task)["annotations"]]

    def _create_annotation(self, _query: Any, body: Any, task: int) -> tuple[int, Any]:
        return 201, _told(self._new_annotation(self._task(task), body))


def _told(annotation: Mapping[str, Any]) -> dict[str, Any]:
    """An annotation as it is shown: `unique_id` can be written and not read."""
    return {name: value for name, value in annotation.items() if name != "unique_id"}


def _listed(task: Mapping[str, Any], names: Sequence[str] | None) -> dict[str, Any]:
    if names is not None:
        return {name: deepcopy(task[name]) for name in names}
    whole = deepcopy(dict(task))
    return {**whole, "annotations": [_told(one) for one in whole["annotations"]], "drafts": []}


def _condition(item: Mapping[str, Any]) -> Callable[[Mapping[str, Any], bool], bool]:
    name, operator, value = item["filter"].removeprefix("filter:tasks:"), item["operator"], item["value"]
    match name, operator:
        case "updated_at", "greater":
            if not _DATE.fullmatch(str(value)):
                raise RefusedError(500, f"time data {value!r} does not match format '%Y-%m-%dT%H:%M:%S.%fZ'")
            return lambda task, _drafted: bool(task["updated_at"] > value)
        case "id", "greater":
            return lambda task, _drafted: bool(task["id"] > value)
        case "data.key", "in_list":
            return lambda task, _drafted: task["data"].get("key") in value
        case "draft_exists", "equal":
            return lambda _task, drafted: drafted is value
    raise RefusedError(500, f"unknown filter {name} {operator}")


_Route = Callable[..., tuple[int, Any]]
_ROUTES: Sequence[tuple[re.Pattern[str], Mapping[str, _Route]]] = [
    (re.compile(pattern), routes)
    for pattern, routes in (
        ("version", {"GET": FakeLabelStudio._version}),
        ("current-user/whoami", {"GET": FakeLabelStudio._me}),
        ("users", {"GET": FakeLabelStudio._users}),
        ("projects", {"GET": FakeLabelStudio._list_projects, "POST": FakeLabelStudio._create_project}),
        (r"projects/(\d+)", {"GET": FakeLabelStudio._project, "PATCH": FakeLabelStudio._patch_project}),
        (r"projects/(\d+)/validate", {"POST": FakeLabelStudio._validate}),
        (r"projects/(\d+)/import", {"POST": FakeLabelStudio._import}),
        (r"projects/(\d+)/import/predictions", {"POST": FakeLabelStudio._import_predictions}),
        ("tasks", {"GET": FakeLabelStudio._list_tasks}),
        (r"tasks/(\d+)", {"PATCH": FakeLabelStudio._patch_task}),
        (r"tasks/(\d+)/drafts", {"GET": FakeLabelStudio._drafts}),
        (
            r"tasks/(\d+)/annotations",
            {"GET": FakeLabelStudio._list_annotations, "POST": FakeLabelStudio._create_annotation},
        ),
    )
]
