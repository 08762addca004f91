"""What is asked of a Label Studio server, and given back as the JSON that it answers, whole.

Lists are read by ids that grow, never by page numbers: while somebody deletes a task, pages shift and a task would be
missed. Label Studio's SDK serves where arguments are many and the answer matters little (making projects, validating
interfaces); lists and annotations are read as raw JSON, for models of the SDK change dates and drop what they do not
know, which a sync that loses nothing cannot have. The SDK takes over a second to import, so it comes in when needed.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple, Self

import httpx

from parallaxe.core.errors import SurroundingsError
from parallaxe.studio.client.connection import ServerError, Wire

if TYPE_CHECKING:
    from label_studio_sdk import LabelStudio

# Importing a chunk of long articles takes minutes on a small server; reads are pages and answer in seconds.
_WRITE_TIMEOUT = 600.0
_PAGE, _WHOLE_PAGE = 1000, 200
# A request of the browser's kind has its filter in the address, and proxies cut addresses at 8 KB.
_KEYS_AT_ONCE = 100
_TASKS_AT_ONCE, _BYTES_AT_ONCE = 1000, 16_000_000
_PROJECT_FIELDS = "id,title,description,label_config,task_number"
# What a project needs so that a sync can rely on it.
PROJECT_SETTINGS: Mapping[str, Any] = {
    "show_collab_predictions": True,
    # Else a mere GET asks the backend, writes predictions and moves `updated_at`.
    "evaluate_predictions_automatically": False,
    # In the order of import, which is the order of expected gain.
    "sampling": "Sequential sampling",
    "enable_empty_annotation": True,
    "show_skip_button": True,
    "skip_queue": "REQUEUE_FOR_OTHERS",
    "reveal_preannotations_interactively": False,
    "show_instruction": False,
    "maximum_annotations": 1,
}


class ServerProject(NamedTuple):
    """A project of the server; `task_number` counts its tasks."""

    id: int
    title: str
    description: str
    label_config: str
    task_number: int


class Server:
    """A server of Label Studio and somebody's key to it.

    Args:
        url: its address.
        api_key: a personal or a legacy access token; never shown.
        transport: another one than the network's, for tests.
        timeout: seconds that the server may stay silent at a read.
        pause: waits so many seconds before a read is tried again.

    Every call raises `ServerError` if the server cannot be reached, refuses, or answers what is no answer.

    Raises:
        UsageError: if the address is none, or the key is missing or no key.
    """

    def __init__(
        self,
        url: str,
        api_key: str,
        *,
        transport: httpx.BaseTransport | None = None,
        timeout: float = 60.0,
        pause: Callable[[float], object] = time.sleep,
    ) -> None:
        self._wire = Wire(url, api_key, transport, pause)
        self.url = str(self._wire.address)
        self._client = httpx.Client(base_url=self.url, transport=self._wire, timeout=timeout, trust_env=False)

    def __repr__(self) -> str:
        return f"Server({self.url!r})"

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(self, *raised: object) -> None:
        """Close the connection."""
        self.close()

    def close(self) -> None:
        """Close the connection."""
        self._client.close()

    @cached_property
    def sdk(self) -> LabelStudio:
        """Label Studio's own client over the same connection: signed, checked and never repeated, as all else here.

        Raises:
            SurroundingsError: if it is not installed.
        """
        try:
            from label_studio_sdk import LabelStudio
        except ImportError as error:
            what = "label-studio-sdk is not installed"
            raise SurroundingsError("studio", what, "run `pip install 'parallaxe[studio]'`") from error
        make: Callable[..., LabelStudio] = LabelStudio
        # The wire signs; the SDK need not know the key.
        return make(base_url=self.url, api_key="signed-below", httpx_client=self._client, max_retries=0)

    def version(self) -> str:
        """The version of the server, such as `1.23.2`."""
        return str(self._object(self._read("api/version")).get("release"))

    def me(self) -> dict[str, Any]:
        """The user whose key it is: `id`, `email` and more."""
        return self._object(self._read("api/current-user/whoami"))

    def users(self) -> list[dict[str, Any]]:
        """All users of the organisation: `id`, `email` and more."""
        return self._objects(self._read("api/users"))

    def projects(self) -> list[ServerProject]:
        """All projects that the user sees, the newest first."""
        found: list[ServerProject] = []
        page: int | None = 1
        while page is not None:
            query = {"include": _PROJECT_FIELDS, "page_size": _PAGE, "page": page}
            answer = self._object(self._read("api/projects/", query))
            found += map(self._project, self._objects(answer.get("results")))
            page = page + 1 if answer.get("next") else None
        return found

    def project(self, project: int) -> ServerProject:
        """A project by its id."""
        return self._project(self._object(self._read(f"api/projects/{project}/")))

    def create_project(self, title: str, description: str, label_config: str) -> ServerProject:
        """Make a project with all settings that a sync relies on; its title has three characters or more."""
        given = {"title": title, "description": description, "label_config": label_config, **PROJECT_SETTINGS}
        made = self._by_sdk(lambda sdk: sdk.projects.create(**given))
        return self.project(self._number({"id": getattr(made, "id", None)}, "id"))

    def set_interface(self, project: int, label_config: str) -> None:
        """Give a project another interface, after the server has seen that no label in use is lost by it."""
        # Only this asks whether labels are in use; the update itself would drop them without a word.
        self._by_sdk(lambda sdk: sdk.projects.validate_label_config(project, label_config=label_config))
        self._by_sdk(lambda sdk: sdk.projects.update(project, label_config=label_config))

    def tasks(
        self, project: int, *, since: str | None = None, keys: Sequence[str] | None = None, whole: bool = True
    ) -> Iterator[dict[str, Any]]:
        """Tasks in the order of their ids.

        Args:
            project: the id of the project.
            since: only tasks with a later `updated_at`: ISO 8601 with fractions of a second, else the server fails.
            keys: only tasks whose `data.key` is one of these.
            whole: with annotations, predictions and all else; otherwise `id`, `data`, `created_at`, `updated_at`.
        """
        shape = {"fields": "all"} if whole else {"include": "id,data,created_at,updated_at"}
        filters = [_filter("updated_at", "greater", "Datetime", since)] if since else []
        if keys is None:
            yield from self._listed(project, filters, shape)
            return
        for some in _chunks(keys, _KEYS_AT_ONCE):
            yield from self._listed(project, [*filters, _filter("data.key", "in_list", "List", some)], shape)

    def stamps(self, project: int, *, since: str | None = None) -> Iterator[dict[str, Any]]:
        """Tasks as `id`, `created_at`, `updated_at` alone: the cheapest list; that of all tells what was deleted."""
        filters = [_filter("updated_at", "greater", "Datetime", since)] if since else []
        return self._listed(project, filters, {"include": "id,created_at,updated_at"})

    def drafts(self, project: int) -> Iterator[dict[str, Any]]:
        """Tasks with unsaved work of anybody: `id`, `data`, `created_at`, `updated_at` and all `drafts`.

        A draft names its `user` by address and its `annotation`, null for work that was never submitted.
        """
        exists = _filter("draft_exists", "equal", "Boolean", True)
        for task in self._listed(project, [exists], {"include": "id,data,created_at,updated_at"}):
            # A list of tasks shows drafts of the key's owner alone.
            yield {**task, "drafts": self._objects(self._read(f"api/tasks/{task['id']}/drafts"))}

    def import_tasks(
        self,
        project: int,
        tasks: Sequence[Mapping[str, Any]],
        progress: Callable[[int, int], object] = lambda _done, _total: None,
    ) -> list[int]:
        """Add tasks, each with its `data` and, where there are any, `predictions`; their ids, in the same order.

        Sent in chunks, each of which is in the project whole or not at all. Nothing keeps the same task from being
        added twice: ask for its key before.
        """
        made: list[int] = []
        for chunk in _bodies(tasks):
            answer = self._write("POST", f"api/projects/{project}/import", chunk, {"return_task_ids": "true"})
            ids = self._object(answer).get("task_ids")
            if not isinstance(ids, list) or not all(isinstance(task, int) for task in ids):
                raise self._other_form()
            made += ids
            progress(len(made), len(tasks))
        return made

    def import_predictions(self, project: int, predictions: Sequence[Mapping[str, Any]]) -> int:
        """Add predictions (`task`, `result`, `model_version`, `score`) to tasks; how many. Twice makes two of each."""
        path = f"api/projects/{project}/import/predictions"
        return sum(self._number(self._write("POST", path, body), "created") for body in _bodies(predictions))

    def delete_predictions(self, project: int, model_version: str) -> None:
        """Take away all predictions of one version."""
        self._write("DELETE", f"api/projects/{project}/model-versions/", _json({"model_version": model_version}))

    def update_task_data(self, task: int, data: Mapping[str, Any]) -> dict[str, Any]:
        """Give a task other data, all of it: what is left out is gone. Annotations are not touched."""
        return self._object(self._write("PATCH", f"api/tasks/{task}/", _json({"data": data})))

    def create_annotation(
        self,
        task: int,
        result: Sequence[Mapping[str, Any]],
        *,
        completed_by: int,
        unique_id: str,
        more: Mapping[str, Any] = MappingProxyType({}),
    ) -> dict[str, Any] | None:
        """Add an annotation under somebody's name; null where one with this id (a UUID) exists already.

        `more` is what else the server takes: `lead_time` in seconds, `was_cancelled`, `parent_annotation` …
        """
        body = {"ground_truth": False, **more, "result": result, "completed_by": completed_by, "unique_id": unique_id}
        try:
            return self._object(self._write("POST", f"api/tasks/{task}/annotations/", _json(body)))
        except ServerError as error:
            if error.status != 409:
                raise
        return None

    def annotations(self, task: int) -> list[dict[str, Any]]:
        """All annotations of a task."""
        return self._objects(self._read(f"api/tasks/{task}/annotations/"))

    def connect_backend(self, project: int, url: str, title: str) -> None:
        """Make a backend known to a project, which it proposes for when asked; again is as good as once.

        The server asks the backend whether it is well, so it must listen already.
        """
        known = [one for one in self._objects(self._read("api/ml", {"project": project})) if one.get("title") == title]
        if not known:
            self._write("POST", "api/ml", _json({"project": project, "url": url, "title": title}))
            # The server has made it the one source of proposals; pushed ones are shown as well.
            self._write("PATCH", f"api/projects/{project}/", _json({"model_version": ""}))
        elif known[0].get("url") != url:
            path = f"api/ml/{self._number(known[0], 'id')}"
            self._write("PATCH", path, _json({"project": project, "url": url, "title": title}))

    def _listed(
        self, project: int, filters: Sequence[Mapping[str, Any]], shape: Mapping[str, str]
    ) -> Iterator[dict[str, Any]]:
        size = _WHOLE_PAGE if "fields" in shape else _PAGE
        last = 0
        while True:
            items = [*filters, _filter("id", "greater", "Number", last)]
            query = {"filters": {"conjunction": "and", "items": items}, "ordering": ["tasks:id"]}
            asked = {"project": project, "page_size": size, "query": json.dumps(query), **shape}
            tasks = self._objects(self._object(self._read("api/tasks/", asked)).get("tasks"))
            yield from tasks
            if len(tasks) < size:
                return
            last = self._number(tasks[-1], "id")

    def _project(self, answer: Mapping[str, Any]) -> ServerProject:
        title, description, config = (str(answer.get(name) or "") for name in ("title", "description", "label_config"))
        return ServerProject(
            self._number(answer, "id"), title, description, config, int(answer.get("task_number") or 0)
        )

    def _by_sdk(self, call: Callable[[LabelStudio], object]) -> object:
        sdk = self.sdk
        from label_studio_sdk.core.api_error import ApiError

        try:
            return call(sdk)
        except ApiError as error:
            # What it refuses came over the wire as JSON, so it is none of its models.
            raise self._other_form() from error

    def _read(self, path: str, query: Mapping[str, Any] | None = None) -> object:
        data: object = self._client.get(path, params=query).extensions["data"]
        return data

    def _write(self, method: str, path: str, body: bytes, query: Mapping[str, Any] | None = None) -> object:
        data: object = self._client.request(
            method,
            path,
            params=query,
            content=body,
            headers={"Content-Type": "application/json"},
            timeout=max(_WRITE_TIMEOUT, self._client.timeout.read or 0),
        ).extensions["data"]
        return data

    def _object(self, answer: object) -> dict[str, Any]:
        if not isinstance(answer, dict):
            raise self._other_form()
        return answer

    def _objects(self, answer: object) -> list[dict[str, Any]]:
        if not isinstance(answer, list) or not all(isinstance(item, dict) for item in answer):
            raise self._other_form()
        return answer

    def _number(self, answer: object, name: str) -> int:
        value = self._object(answer).get(name)
        if not isinstance(value, int):
            raise self._other_form()
        return value

    def _other_form(self) -> ServerError:
        what = "its answer has another form than that of Label Studio 1.23"
        return self._wire.error(what, "run that version, as `parallaxe studio up` does")


def _filter(name: str, operator: str, kind: str, value: object) -> dict[str, object]:
    return {"filter": f"filter:tasks:{name}", "operator": operator, "type": kind, "value": value}


def _chunks(items: Sequence[str], size: int) -> Iterator[list[str]]:
    rest = iter(items)
    while some := list(islice(rest, size)):
        yield some


def _bodies(items: Sequence[Mapping[str, Any]]) -> Iterator[bytes]:
    """The items as JSON arrays that are neither too long nor too large."""
    some: list[bytes] = []
    for item in map(_json, items):
        if some and (len(some) == _TASKS_AT_ONCE or sum(map(len, some)) + len(item) > _BYTES_AT_ONCE):
            yield b"[" + b",".join(some) + b"]"
            some = []
        some.append(item)
    if some:
        yield b"[" + b",".join(some) + b"]"


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
