"""Live help: a backend of Label Studio that proposes for any task what the project's machine sees in it, when asked.

It is what Label Studio calls an ML backend, which is four addresses: `/health`, `/setup`, `/predict`, and `/webhook`,
whose news it does not need. The machine is that of the project at the moment of asking: what annotators corrected is
learned at the next `parallaxe train`, and the next request is answered by what was trained. Proposals bear the version
that a push would give them, and are remembered as pushed ones are, so that a pull can tell what was accepted. A blind
task gets none, and a task that has them already none again.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from threading import Lock
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from parallaxe.annotate.proposals import LAYER
from parallaxe.core.alignment import Alignment
from parallaxe.core.errors import ParallaxeError, RawFileError
from parallaxe.store.jsonl import rows_text
from parallaxe.store.machine.machine import machine_layer, machine_of
from parallaxe.store.project import Project
from parallaxe.store.studio_process import HOST
from parallaxe.store.sync.local import proposals_version
from parallaxe.store.sync.places import Places
from parallaxe.store.sync.proposals import keep_proposals
from parallaxe.store.sync.records import claim_lines
from parallaxe.store.sync.texts import KnownText, known_text
from parallaxe.studio.guard import guarded
from parallaxe.studio.regions import TaskContext
from parallaxe.text.document import Document, text_digest
from parallaxe.text.formats import plain
from parallaxe.text.language import detect_language
from parallaxe.text.normalize import NORMALIZER
from parallaxe.text.read import block_sentences, read_document

# Answered at once: the server waits three seconds, and what it compares with this are versions of single tasks.
_SETUP = {"model_version": f"{LAYER}-live"}


def application(project: Project) -> Starlette:
    """The backend of a project."""
    # The machine is one, and reads one text at a time.
    lock = Lock()

    def predict_one_by_one(tasks: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
        with lock:
            return [predictions(project, task) for task in tasks]

    async def well(_request: Request) -> JSONResponse:
        return JSONResponse({"status": "UP"})

    async def setup(_request: Request) -> JSONResponse:
        return JSONResponse(_SETUP)

    async def predict(request: Request) -> JSONResponse:
        try:
            tasks = (await request.json())["tasks"]
            results = await run_in_threadpool(predict_one_by_one, tasks)
        except (ValueError, LookupError, TypeError, AttributeError) as error:
            return JSONResponse({"error": f"no tasks of Label Studio: {error}"}, status_code=400)
        except ParallaxeError as error:
            return JSONResponse({"error": str(error)}, status_code=500)
        return JSONResponse({"results": results, **_SETUP})

    return Starlette(
        routes=[
            Route("/health", well),
            Route("/", well),
            Route("/setup", setup, methods=["POST"]),
            Route("/predict", predict, methods=["POST"]),
            Route("/webhook", well, methods=["POST"]),
        ]
    )


def predictions(project: Project, task: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What the machine proposes for a task as Label Studio gives it: one prediction, or none.

    None for a blind task, one that has these proposals already, one without text, and one whose text is not in the form
    that the machine reads (a project's texts are): offsets would not be those of the task.

    Raises:
        ParallaxeError: if schemas, knowledge base or models of the project are broken.
    """
    data = task["data"]
    text = data.get("text")
    document = _document(project, text) if isinstance(text, str) and not data.get("blind") else None
    if document is None:
        return []
    machine = machine_of(project)
    layer, _ = machine_layer(str(data.get("article_id") or f"task-{task['id']}"), document, machine)
    lines = rows_text(claim_lines(layer.claims))
    version = proposals_version(LAYER, lines)
    if any(known.get("model_version") == version for known in task.get("predictions", ())):
        return []
    keep_proposals(Places(project), version, lines)
    candidates = {candidate["value"] for candidate in data.get("candidates", ())}
    context = TaskContext(document.text or "", document.blocks, machine.labels, task=str(task["id"]))
    scores = [claim.provenance.score for claim in layer.claims if claim.provenance.score is not None]
    return [
        {
            "result": guarded(layer.claims, context, candidates).result,
            "score": round(sum(scores) / len(scores), 4) if scores else None,
            "model_version": version,
        }
    ]


def _document(project: Project, text: str) -> Document | None:
    """The text of a task as a document: with its blocks as they are known since a push, or as plain text shows them."""
    known = known_text(Places(project), text_digest(text))
    if known is not None and known.blocks:
        return _known_document(known)
    try:
        document = read_document(text, plain.extract(text), "task")
    except RawFileError:
        return None
    return document if document.text == text else None


def _known_document(known: KnownText) -> Document:
    return Document(
        text=known.text,
        text_sha256=text_digest(known.text),
        normalizer=known.normalizer or NORMALIZER,
        alignment=known.alignment or Alignment(()),
        plan=(),
        blocks=known.blocks,
        sentences=block_sentences(known.text, known.blocks),
        counted_tokens=None,
        language=detect_language(known.text),
        title=known.title,
        byline=None,
        dateline=None,
        published=None,
        outlet=known.outlet,
    )


def serve(root: Path, port: int) -> None:
    """Answer on this machine alone until the process is stopped."""
    import uvicorn

    # Requests bring the key of the server with them: they are not logged.
    uvicorn.run(application(Project(root)), host=HOST, port=port, log_level="warning", access_log=False)


if __name__ == "__main__":
    serve(Path(sys.argv[1]), int(sys.argv[2]))
