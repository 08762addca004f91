"""A small project on a real Label Studio, the people who work there, and a wire that counts and can be cut.

What people submit goes over with their own key, as the page of a task would send it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from secrets import token_hex
from typing import Any

import httpx

from parallaxe.core.claims import AUTHOR, Claim, Entity, Quote, Span, Stance
from parallaxe.store.sync.options import USUAL, SyncOptions
from parallaxe.studio.client import Server
from parallaxe.studio.writing import write_result
from studio_server import StudioServer, sign_up
from synced_project import SyncedProject

# What the server says of the time that has gone by.
_FLEETING = {"created_ago", "updated_ago"}


class CountingWire(httpx.BaseTransport):
    """A transport to the network that keeps a line of each request; `before` and `after` may cut it.

    `listed` counts the tasks that the server has told whole, with their annotations and predictions.
    """

    def __init__(self) -> None:
        self.log: list[str] = []
        self.listed = 0
        self.before: Callable[[str], object] = str
        self.after: Callable[[str], object] = str
        self._network = httpx.HTTPTransport()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """The network's answer."""
        line = re.sub(r"\d+", "N", f"{request.method} {request.url.path}")
        self.log.append(line)
        self.before(line)
        response = self._network.handle_request(request)
        response.read()
        if request.url.params.get("fields") == "all":
            self.listed += len(response.json()["tasks"])
        self.after(line)
        return response

    def counted(self) -> Counter[str]:
        """How often each kind of request was made, numbers left out; counting begins anew."""
        found = Counter(self.log)
        self.log.clear()
        self.listed = 0
        return found

    def close(self) -> None:
        """Close the connections."""
        self._network.close()


@dataclass
class RealProject(SyncedProject):
    """A project and a real server; `client` is what syncs ask with, over `wire`."""

    studio: StudioServer = field(kw_only=True)
    client: Server = field(kw_only=True)
    wire: CountingWire = field(kw_only=True)

    @property
    def server(self) -> Server:
        """The client."""
        return self.client

    @property
    def number(self) -> int:
        """The project of the main pass on the server."""
        return self.number_of("main")

    def number_of(self, pass_name: str) -> int:
        """The project of a pass on the server."""
        found = self.push(pass_name=pass_name, dry_run=True).project
        assert found is not None
        return found

    def tasks(self, pass_name: str = "main") -> list[dict[str, Any]]:
        """All tasks of a pass as the server has them, but for what only time changes; oldest first."""
        return [lasting(task) for task in self.client.tasks(self.number_of(pass_name))]

    def task(self, article_id: str, pass_name: str = "main") -> dict[str, Any]:
        """The newest task of an article that no other supersedes."""
        found = [
            task
            for task in self.tasks(pass_name)
            if task["data"]["article_id"] == article_id and "superseded_by" not in task["data"]
        ]
        return found[-1]

    def result(self, article_id: str, claims: Sequence[Claim]) -> list[Any]:
        """Claims about the text of the article's task as the page would send them."""
        return self.written(self.task(article_id)["data"]["text"], claims)

    def written(self, text: str, claims: Sequence[Claim]) -> list[Any]:
        """Claims about a text as the page would send them."""
        return list(write_result(claims, text, self.project.schemas.labels))

    def page(self) -> dict[str, Any]:
        """All that the server shows of the project and its tasks, but for what only time changes."""
        shown = self.studio.client_data(f"api/projects/{self.number}/")
        return {"project": shown, "tasks": self.tasks()}

    def files(self) -> dict[str, bytes]:
        """Every file below the project, those that git ignores too, by its path."""
        files = (path for path in sorted(self.root.rglob("*")) if path.is_file())
        return {path.relative_to(self.root).as_posix(): path.read_bytes() for path in files}


@dataclass
class Person:
    """Somebody with an account, and what they do on the server."""

    id: int
    login: str
    client: Server

    def submit(self, task: int, result: Sequence[Any], **more: Any) -> int:
        """Submit an annotation; its id."""
        made: int = self.client.sdk.annotations.create(task, result=list(result), **more).id
        return made

    def update(self, annotation: int, result: Sequence[Any]) -> None:
        """Submit it anew, with all that is in it now."""
        self.client.sdk.annotations.update(annotation, result=list(result))

    def delete(self, annotation: int) -> None:
        """Delete an annotation."""
        self.client.sdk.annotations.delete(annotation)

    def delete_task(self, task: int) -> None:
        """Delete a task with all that is in it."""
        self.client.sdk.tasks.delete(str(task))

    def begin(self, task: int, result: Sequence[Any]) -> None:
        """Work at a task and submit nothing, as the page keeps it after some seconds."""
        sent = {"result": list(result), "lead_time": 3.5, "annotation": None}
        self.client._client.post(f"api/tasks/{task}/drafts", json=sent)


@contextmanager
def real_project(
    studio: StudioServer, folder: Path, articles: int = 1, *, rights: str = "open"
) -> Iterator[RealProject]:
    """A project of some articles with proposals, on a server; nothing is pushed yet."""
    local = SyncedProject.of(folder, articles, rights=rights)
    with connected(studio, local.root) as world:
        yield world


@contextmanager
def connected(studio: StudioServer, root: Path, options: SyncOptions = USUAL) -> Iterator[RealProject]:
    """The project in a folder, with a client of a server."""
    wire = CountingWire()
    with Server(studio.url, studio.access.api_key, transport=wire, pause=lambda _seconds: None) as client:
        yield RealProject(root, options, studio=studio, client=client, wire=wire)


@contextmanager
def people(studio: StudioServer, *names: str) -> Iterator[list[Person]]:
    """People with accounts of their own."""
    clients: list[Server] = []
    found = []
    try:
        for name in names:
            access = sign_up(studio, f"{name}.{token_hex(4)}@redaction.example")
            clients.append(Server(studio.url, access.api_key))
            found.append(Person(clients[-1].me()["id"], access.login, clients[-1]))
        yield found
    finally:
        for client in clients:
            client.close()


def lasting(value: Any) -> Any:
    """What the server says, without what only time changes."""
    if isinstance(value, dict):
        return {name: lasting(item) for name, item in value.items() if name not in _FLEETING}
    return [lasting(item) for item in value] if isinstance(value, list) else value


def place(text: str, words: str) -> Span:
    """Where words stand in a text, for the last time."""
    start = text.rindex(words)
    return Span(start, start + len(words))


def every_kind(text: str) -> list[Claim]:
    """What somebody may say of an article of `raw_articles`: a mention, a quotation, whose stance, and the author's."""
    found = re.search(r"a déclaré (.*?), qui", text)
    assert found is not None
    source = Span(*found.span(1))
    content = place(text, "Nous irons jusqu'au bout")
    return [
        Entity("porte-parole", (source,), "ORG", kb_id="NIL:porte-parole"),
        Quote("promesse", "direct", (content,), (place(text, "a déclaré"),), (source,)),
        Stance(
            "pour",
            "attributed",
            "NIL:porte-parole",
            "sanctions",
            "favor",
            2,
            (place(text, "jusqu'au bout"),),
            "promesse",
        ),
        Stance("auteur", "article", AUTHOR, "russia", "against", -1, (place(text, "Le vote aura lieu"),)),
    ]
