"""Sync with Label Studio, on a real server: beside its own SDK's import, its own export, and a small project.

Every figure is of whole calls, with what is read and written here; only the texts have been read before, as they are
whenever a project has been pushed, looked at or annotated. A server on SQLite answers unevenly: peers take turns, and
the best of several counts.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count, islice
from pathlib import Path
from typing import Any
from uuid import uuid4

from benchmarks.corpus import articles
from benchmarks.measure import Row, seconds, taking_turns
from parallaxe.core.claims import Entity, Layer, Provenance, Span
from parallaxe.core.errors import ParallaxeError
from parallaxe.store import studio_server
from parallaxe.store.add import Declared, add
from parallaxe.store.annotations import write_layer
from parallaxe.store.init import init_project
from parallaxe.store.project import Project
from parallaxe.store.studio_process import free_port
from parallaxe.store.sync.connection import connect, read_access, write_access
from parallaxe.store.sync.local import survey
from parallaxe.store.sync.options import SyncOptions
from parallaxe.store.sync.places import Places
from parallaxe.store.sync.pull import pull
from parallaxe.store.sync.push import push
from parallaxe.store.sync.texts import known_text
from parallaxe.studio.client import Server

MANY, FEW = 2_000, 100
# As an article of the press: four to eight thousand characters, and about as many claims as a machine makes of them.
_MENTIONS, _REPEATS = 80, 2
_WORDS = re.compile(r"\b\w{6,}")


def rows() -> Iterator[Row]:
    """Three lines; one that says why, where no server can be had."""
    with tempfile.TemporaryDirectory() as name:
        many, few = (_project(Path(name) / str(size), size) for size in (MANY, FEW))
        try:
            studio_server.up(many, free_port(), _environment())
        except ParallaxeError as error:
            yield Row("sync with Label Studio", "not measured", str(error), "", "")
            return
        try:
            access = read_access(many)
            assert access is not None
            write_access(few, access)
            with connect(many) as server:
                yield from _rows(_Synced(many, server), _Synced(few, server))
        finally:
            studio_server.down(many)


def _rows(many: _Synced, few: _Synced) -> Iterator[Row]:
    ours, theirs = taking_turns(many.push_anew, many.import_by_sdk, repeats=_REPEATS)
    yield Row(
        f"push of {MANY:,} tasks", f"{ours:.1f} s", f"SDK's import: {theirs:.1f} s", f"{theirs / ours:.2f}", "≥ 0.9"
    )
    few.push_anew()
    many.settle()
    few.settle()
    idle, export = taking_turns(many.sync, many.export, repeats=_REPEATS)
    yield Row(
        "… push and pull with nothing to do",
        f"{idle:.2f} s",
        f"full export: {export:.2f} s",
        f"{idle / export:.2f}",
        "≤ 0.25",
    )
    large, small = taking_turns(many.change_one, few.change_one, repeats=_REPEATS)
    yield Row(
        f"pull of one change among {MANY:,} tasks",
        f"{large:.2f} s",
        f"among {FEW}: {small:.2f} s",
        f"{large / small:.2f}",
        "≤ 2",
    )


@dataclass
class _Synced:
    """A project and its server; each push goes to a pass of its own, the last of which is synced on."""

    project: Project
    server: Server

    def __post_init__(self) -> None:
        self.options, self.number = SyncOptions(), 0
        self.annotated = count()
        survey(Places(self.project, "main"), self.options.layer)

    def push_anew(self) -> float:
        """Seconds that it takes to push everything."""
        self.options = SyncOptions(f"essai-{uuid4().hex[:6]}")
        taken = seconds(lambda: push(self.project, self.server, self.options))
        self.number = self.server.projects()[0].id
        return taken

    def import_by_sdk(self) -> float:
        """Seconds that Label Studio's SDK takes for the same tasks."""
        # Its own type of a prediction cannot be made before there is a task; it takes plain objects too.
        tasks: Any = [
            {"data": task["data"], "predictions": [_as_sent(one) for one in task["predictions"]]}
            for task in self.server.tasks(self.number)
        ]
        interface = self.server.project(self.number).label_config
        made = self.server.create_project("Essai du SDK", "", interface)
        return seconds(lambda: self.server.sdk.projects.import_tasks(made.id, request=tasks, return_task_ids=True))

    def settle(self) -> None:
        """Pull once, so that everything is known."""
        pull(self.project, self.server, self.options)

    def sync(self) -> float:
        """Seconds of a push and a pull."""
        return seconds(self._sync)

    def _sync(self) -> None:
        push(self.project, self.server, self.options)
        pull(self.project, self.server, self.options)

    def export(self) -> float:
        """Seconds of a full export by the server."""
        exports = self.server.sdk.projects.exports
        return seconds(lambda: list(exports.download_sync(self.number, export_type="JSON", download_all_tasks=True)))

    def change_one(self) -> float:
        """Seconds that it takes to pull after one person has submitted one task."""
        task = next(islice(self.server.tasks(self.number), next(self.annotated), None))
        region = {"start": 0, "end": 4, "text": task["data"]["text"][:4], "labels": ["PER"]}
        result = [{"id": "r1", "from_name": "mark", "to_name": "text", "type": "labels", "value": region}]
        self.server.create_annotation(
            int(task["id"]), result, completed_by=int(self.server.me()["id"]), unique_id=str(uuid4())
        )
        return seconds(lambda: pull(self.project, self.server, self.options))


def _as_sent(prediction: dict[str, Any]) -> dict[str, Any]:
    return {key: prediction[key] for key in ("result", "score", "model_version")}


def _project(root: Path, size: int) -> Project:
    """A corpus of articles, each with mentions as many as a machine proposes."""
    raw = root / "raw"
    raw.mkdir(parents=True)
    texts = articles(size * 8_000)[:size]
    for number, text in enumerate(texts):
        (raw / f"article-{number:05d}.txt").write_text(text, "utf-8")
    project = Project(init_project(root / "corpus", "Essai").root)
    add(project, sorted(raw.iterdir()), Declared("open", "synthetic"))
    project = Project(project.root)
    for here in survey(Places(project, "main"), "machine").articles:
        _propose(project, here.article_id, str(here.text_sha256))
    return project


def _propose(project: Project, article_id: str, digest: str) -> None:
    known = known_text(Places(project, "main"), digest)
    assert known is not None
    provenance = Provenance(origin=None, tool="essai/1", score=0.9)
    mentions = (
        Entity(f"m{found.start()}", (Span(*found.span()),), "LOC", provenance=provenance)
        for found in islice(_WORDS.finditer(known.text), _MENTIONS)
    )
    write_layer(
        project.layers,
        Layer("machine", article_id, digest, "essai/1", None, "essai/1", "rule", ("entity",), tuple(mentions)),
    )


def _environment() -> Path:
    """Where the server is installed, or will be: as the tests have it."""
    named = os.environ.get("PARALLAXE_STUDIO_ENV")
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return Path(named) if named else cache / "parallaxe" / "label-studio"
