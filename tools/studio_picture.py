"""Draw the interface of Label Studio with an article of this project, from the real page of a real server.

`python tools/studio_picture.py SERVER ARTICLE OUT.png`, where SERVER is the command of a Label Studio (its
`bin/label-studio`). It is started on a free port with data of its own, which are gone afterwards. The article must be
open; the page shows its gold layer, and a second picture, OUT with `-article`, the page with nothing selected.
"""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
from playwright.sync_api import Page, sync_playwright

from parallaxe.core.claims import Layer, Stance
from parallaxe.core.errors import SurroundingsError
from parallaxe.store.annotations import read_knowledge_base, read_layer
from parallaxe.store.project import Project, find_project
from parallaxe.store.reading import read_raw, read_raw_document
from parallaxe.store.sources import SIZE_LIMIT, Item
from parallaxe.studio.interface import interface
from parallaxe.studio.tasks import TaskArticle, link_candidates, task_data
from parallaxe.studio.writing import write_result
from parallaxe.text.document import Document

_EMAIL = "annotatrice@example.org"
_PATIENCE = 180
_QUIET = "--no-sandbox --disable-gpu --disable-background-networking --disable-sync --disable-lcd-text".split()


@contextmanager
def running(server: str) -> Iterator[tuple[str, str, str]]:
    """The address, password and key of a server that lives as long as the block."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    password, key = secrets.token_urlsafe(16), secrets.token_hex(20)
    with tempfile.TemporaryDirectory() as data:
        told = {
            "LABEL_STUDIO_BASE_DATA_DIR": data,
            "LABEL_STUDIO_USERNAME": _EMAIL,
            "LABEL_STUDIO_PASSWORD": password,
            "LABEL_STUDIO_USER_TOKEN": key,
            "LABEL_STUDIO_ENABLE_LEGACY_API_TOKEN": "true",
            "COLLECT_ANALYTICS": "false",
            "LATEST_VERSION_CHECK": "false",
            "SENTRY_DSN": "",
            "FRONTEND_SENTRY_DSN": "",
        }
        call = [server, "start", "--no-browser", "--internal-host", "127.0.0.1", "-p", str(port), "--data-dir", data]
        process = subprocess.Popen(
            call, env=os.environ | told, cwd=data, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            address = f"http://127.0.0.1:{port}"
            wait_for(address)
            yield address, password, key
        finally:
            process.terminate()
            process.wait()


def wait_for(address: str) -> None:
    """Return when a server answers.

    Raises:
        SurroundingsError: if it does not within three minutes.
    """
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        try:
            if httpx.get(f"{address}/health").is_success:
                return
        except httpx.TransportError:
            time.sleep(1)
    raise SurroundingsError(address, "the server did not start", "start it by hand to see why")


def pushed(address: str, key: str, data: dict[str, Any], result: list[dict[str, Any]], config: str) -> str:
    """The address of a task that shows a result."""
    with httpx.Client(base_url=address, headers={"Authorization": f"Token {key}"}, timeout=60) as http:
        told = {"title": "Parallaxe", "label_config": config, "show_collab_predictions": True}
        project = http.post("/api/projects/", json=told).raise_for_status().json()["id"]
        tasks = [{"data": data, "predictions": [{"model_version": "gold", "result": result}]}]
        there = http.post(f"/api/projects/{project}/import", params={"return_task_ids": "true"}, json=tasks)
        return f"{address}/projects/{project}/data?task={there.raise_for_status().json()['task_ids'][0]}"


def shown(project: Project, article_id: str) -> tuple[Layer, Document]:
    """The gold layer of an open article, and its text."""
    layer = read_layer(project.layers / "gold" / f"{article_id}.jsonl").layer
    path = project.seeds / next(row.file for row in project.catalogue if row.id == article_id)
    return layer, read_raw_document(read_raw(path, SIZE_LIMIT), Item(article_id, path.name, path))[0]


def draw(page: Page, task: str, selected: str, out: Path) -> None:
    """Two pictures of a task: with a quotation selected, and with nothing."""
    page.goto(task)
    page.wait_for_selector("[class*=htx-highlight]")
    page.wait_for_timeout(3000)
    page.screenshot(path=out.with_stem(f"{out.stem}-article"))
    page.evaluate(
        """name => {
            const annotation = window.Htx.annotationStore.selected;
            annotation.selectArea(annotation.regions.find(region => region.cleanId === name));
        }""",
        selected,
    )
    page.wait_for_timeout(1500)
    page.screenshot(path=out)


def main(server: str, article_id: str, out: str) -> None:
    """Start a server, show it an article, and draw the page."""
    project = find_project(Path.cwd())
    labels = project.schemas.labels
    layer, document = shown(project, article_id)
    text = document.text or ""
    candidates = link_candidates(text, layer.claims, read_knowledge_base(project.knowledge_base))
    article = TaskArticle(article_id, text, document.text_sha256, document.blocks, document.title, document.outlet)
    result = write_result(layer.claims, text, labels, [candidate["value"] for candidate in candidates])
    data = task_data(article, labels, candidates)
    selected = next(claim.quote for claim in layer.claims if isinstance(claim, Stance) and claim.quote)
    with running(server) as (address, password, key), sync_playwright() as playwright:
        task = pushed(address, key, data, result, interface(labels))
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=_QUIET)
        page = browser.new_page(viewport={"width": 1440, "height": 760})
        page.goto(f"{address}/user/login/")
        page.fill("input[name=email]", _EMAIL)
        page.fill("input[name=password]", password)
        page.click("button[type=submit]")
        page.wait_for_url(lambda url: "/login" not in url)
        draw(page, task, selected, Path(out))
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
