"""A small project beside a Label Studio, of memory or real, and what people do on either side of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Self

from fake_label_studio import KEY, URL, FakeLabelStudio
from made_once import copy_of
from parallaxe.core.claims import Claim, Entity, Layer, Provenance, Span
from parallaxe.core.schema import Schemas
from parallaxe.store.add import Declared, add
from parallaxe.store.annotations import read_layer, write_layer
from parallaxe.store.catalogue import write_catalogue
from parallaxe.store.commands import normalize_file
from parallaxe.store.init import init_project
from parallaxe.store.project import Project
from parallaxe.store.schemas import load_schemas
from parallaxe.store.sync.options import USUAL, SyncOptions
from parallaxe.store.sync.places import Places
from parallaxe.store.sync.pull import pull
from parallaxe.store.sync.push import push
from parallaxe.store.sync.records import Record, read_record
from parallaxe.store.sync.reports import PullReport, PushReport, Status
from parallaxe.store.sync.status import sync_status
from parallaxe.studio.client import Server
from parallaxe.studio.writing import write_result
from parallaxe.text.document import Document
from raw_articles import article, write_articles

A1 = "annotateur-1"


@cache
def _schemas() -> Schemas:
    return load_schemas()


@dataclass
class SyncedProject:
    """A project in a folder; `options` are those of every sync."""

    root: Path
    options: SyncOptions = USUAL

    @classmethod
    def of(cls, folder: Path, articles: int = 1, *, rights: str = "open") -> Self:
        """A project of some articles, each with a layer of the machine."""
        return cls(copy_of(_make_project, folder, articles, rights) / "projet")

    @property
    def project(self) -> Project:
        """The project as it is now; its schemas are those of the package, read once for all."""
        project = Project(self.root)
        project.__dict__["schemas"] = _schemas()
        return project

    @property
    def server(self) -> Server:
        """A client of the server."""
        raise NotImplementedError

    def push(self, **options: Any) -> PushReport:
        """Push."""
        return push(self.project, self.server, self.options._replace(**options))

    def pull(self, **options: Any) -> PullReport:
        """Pull."""
        return pull(self.project, self.server, self.options._replace(**options))

    def status(self, *, online: bool = True, **options: Any) -> Status:
        """Ask where both sides stand."""
        return sync_status(self.project, self.server if online else None, self.options._replace(**options))

    def document(self, article_id: str) -> Document:
        """An article as it is here."""
        row = next(row for row in self.project.catalogue if row.id == article_id)
        return normalize_file(self.project.seeds / row.file)

    def text(self, article_id: str) -> str:
        """Its text."""
        return self.document(article_id).text or ""

    def propose(self, article_id: str, *, label: str = "LOC") -> None:
        """The machine proposes a mention of the first two words of sentences."""
        claims = [
            replace(
                mention(start, end, f"m{start}", label), provenance=Provenance(origin=None, tool="essai/1", score=0.5)
            )
            for start, end in self.openings(article_id)
        ]
        write_layer(self.project.layers, self.layer_of(article_id, "machine", claims, "model"))

    def openings(self, article_id: str) -> list[tuple[int, int]]:
        """Where the first two words of sentences stand."""
        text = self.text(article_id)
        return [found.span() for found in re.finditer(r"\b[A-Z]\w* \w+", text)]

    def layer_of(self, article_id: str, layer: str, claims: Iterable[Claim], kind: str = "human") -> Layer:
        """A layer of an article as it is here."""
        document = self.document(article_id)
        annotator = layer if kind == "human" else "essai/1"
        return Layer(
            layer,
            article_id,
            document.text_sha256,
            document.normalizer,
            "1.2",
            annotator,
            kind,
            ("entity",),
            tuple(claims),
        )

    def revise(self, article_id: str, change: Callable[[str], str]) -> None:
        """Somebody corrects the raw article."""
        project = self.project
        rows = list(project.catalogue)
        [row] = [row for row in rows if row.id == article_id]
        path = project.seeds / row.file
        raw = change(path.read_text("utf-8")).encode()
        path.write_bytes(raw)
        changed = replace(row, sha256=sha256(raw).hexdigest(), size=len(raw))
        write_catalogue(project.catalogue_file, [*(other for other in rows if other.id != article_id), changed])

    def layer(self, article_id: str, layer: str = A1) -> dict[str, Claim]:
        """The claims of a layer by id; none where there is no file."""
        path = self.project.layers / layer / f"{article_id}.jsonl"
        return {claim.id: claim for claim in read_layer(path).layer.claims} if path.is_file() else {}

    def edit(self, article_id: str, change: Callable[[Claim], Claim | None], layer: str = A1) -> None:
        """Somebody edits a layer in git: each claim becomes another, or none."""
        path = self.project.layers / layer / f"{article_id}.jsonl"
        before = read_layer(path).layer
        after = [changed for claim in before.claims if (changed := change(claim)) is not None]
        write_layer(self.project.layers, replace(before, claims=tuple(after)))

    def record(self, article_id: str) -> Record:
        """What was last seen of an article."""
        found = read_record(Places(self.project, self.options.pass_name).record(article_id))
        assert found is not None
        return found

    def snapshot(self) -> dict[str, str]:
        """Every file that git would see, by its path."""
        files = (path for path in sorted(self.root.rglob("*")) if path.is_file() and ".parallaxe" not in path.parts)
        return {path.relative_to(self.root).as_posix(): path.read_text("utf-8") for path in files}


def _make_project(folder: Path, articles: int, rights: str) -> None:
    raw = write_articles(folder / "raw", articles)
    root = init_project(folder / "projet", "Projet").root
    add(Project(root), sorted(raw.glob("*.txt")), Declared(rights, "press"))
    for number in range(articles):
        SyncedProject(root).propose(name(number))


@dataclass
class World(SyncedProject):
    """A project and a Label Studio of memory."""

    fake: FakeLabelStudio = field(default_factory=FakeLabelStudio)

    @property
    def server(self) -> Server:
        """A client of the server."""
        return Server(URL, KEY, transport=self.fake.transport(), pause=lambda _seconds: None)

    def task(self, article_id: str) -> dict[str, Any]:
        """The newest task of an article on the server that no other supersedes."""
        tasks = [
            task
            for task in self.fake.tasks.values()
            if task["data"].get("article_id") == article_id and "superseded_by" not in task["data"]
        ]
        return tasks[-1]

    def result(self, article_id: str, claims: Sequence[Claim]) -> list[Any]:
        """Claims about the text of the task as its annotator's page would send them."""
        task = self.task(article_id)
        return list(write_result(claims, task["data"]["text"], self.project.schemas.labels))

    def submit(self, article_id: str, claims: Sequence[Claim], user: int = 1, **more: Any) -> int:
        """A person submits claims; the id of the annotation."""
        made = self.fake.submit(self.task(article_id)["id"], user, self.result(article_id, claims), **more)
        return int(made["id"])

    def rework(self, article_id: str, annotation: int, claims: Sequence[Claim]) -> None:
        """A person changes what they submitted."""
        self.fake.change(annotation, result=self.result(article_id, claims))

    def agreed(self) -> dict[str, Any]:
        """What both sides hold, without numbers and dates that depend on how often something was tried."""
        layers = {path: text for path, text in self.snapshot().items() if "/layers/" in path or "conflicts" in path}
        records = {
            path.stem: [
                (seen.user, seen.state, seen.text_sha256, seen.claims) for seen in self.record(path.stem).annotations
            ]
            for path in Places(self.project, self.options.pass_name).record_files()
        }
        tasks = sorted(
            (
                task["data"]["key"],
                task["data"].get("superseded_by"),
                sorted(one["model_version"] for one in task["predictions"]),
                [(one["completed_by"], one["result"]) for one in task["annotations"]],
            )
            for task in self.fake.tasks.values()
        )
        return {"layers": layers, "records": records, "tasks": tasks}


def name(number: int) -> str:
    """The id of an article of `raw_articles`."""
    return f"article-{number:03}"


def mention(start: int, end: int, id_: str, label: str = "LOC") -> Entity:
    """A mention."""
    return Entity(id_, (Span(start, end),), label)


def insert(number: int, words: str) -> Callable[[str], str]:
    """A correction that puts words before the second paragraph of an article."""
    title = article(number).split("\n\n")[0]
    return lambda text: text.replace(f"{title}\n\n", f"{title}\n\n{words} ", 1)
