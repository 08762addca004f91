"""Record a correction by hand from build to build: `python tools/studio_session.py`.

A copy of this corpus is built, pushed to a server of its own, corrected in a real browser by a script that moves the
mouse as a person does, pulled, compared and built again. What the commands print goes between the marks `session` of
`docs/label-studio.md`, what the browser shows to `docs/pictures/`. The server is the one that the tests have; where it
is not installed yet, this takes some minutes.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from session import DOCS, PICTURES, ROOT, Session, session_in_copy

sys.path.insert(0, str(ROOT / "tests"))

from annotator import Annotator, Words, at_work
from parallaxe.store.project import find_project
from parallaxe.store.studio_process import free_port
from parallaxe.store.sync.connection import connect, read_access
from studio_server import cache_folder, chromium

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ARTICLE = "courrier-rail-train-blinde"
SHOW = """python -c 'from datasets import load_dataset
rows = load_dataset("corpus", "annotations", split="train+validation+test")
names = rows.features["annotator_type"]
print(sum(names.int2str(row["annotator_type"]) == "human" for row in rows), "claims of a human annotator")'"""


def main() -> None:
    """Record, and write what was recorded."""
    with session_in_copy() as session:
        try:
            record(session)
        finally:
            subprocess.run([parallaxe(), "studio", "down"], cwd=session.project, check=True)
        session.keep(DOCS / "label-studio.md", "session")


def record(session: Session) -> None:
    """The session itself."""
    environment = os.environ.get("PARALLAXE_STUDIO_ENV") or str(cache_folder() / "label-studio")
    session.run("parallaxe build")
    up, port = "parallaxe studio up --port 8090", str(free_port())
    session.hidden[port] = "8090"
    session.run(f"{up.replace('8090', port)} --env {environment}", shown=up)
    session.run("parallaxe studio push")
    with browser() as chrome:
        with annotating(session, chrome) as person:
            person.photograph(PICTURES / "studio-interface-article.png")
            person.select(Words("c'est du poids mort"))
            person.photograph(PICTURES / "studio-interface.png")
            person.leave()
            person.choose("livraison d'armes", "sans l'évaluer")
            person.submit()
        session.note("in the browser: the proposals of an article are looked through and submitted")
        session.run("parallaxe studio status")
        session.run("parallaxe studio pull")
        session.run("git add annotations && git commit -qm 'The train, corrected by hand'")
        with annotating(session, chrome) as person:
            person.select(Words("Pyongyang"))
            person.choose("Métonymie", "—")
            person.photograph(PICTURES / "studio-correction.png")
            person.leave()
            person.submit()
        session.note("in the browser: « Pyongyang » in the title is the station, not the government")
    session.run("parallaxe studio pull")
    session.run("git diff -U0 --word-diff annotations/layers | tail -n 1")
    session.run("git commit -qam 'A station is no government'")
    session.run("parallaxe build")
    session.run(SHOW)
    session.run("parallaxe effort")


@contextmanager
def annotating(session: Session, chrome: Browser) -> Iterator[Annotator]:
    """An annotator before the article."""
    project = find_project(session.project)
    access = read_access(project)
    assert access is not None
    with connect(project) as server:
        there = server.projects()[0].id
        task = next(task for task in server.tasks(there) if task["data"]["article_id"] == ARTICLE)
    with at_work(chrome, access, width=1440, height=800) as person:
        person.open(there, int(task["id"]))
        yield person


@contextmanager
def browser() -> Iterator[Browser]:
    """A browser without a window."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"])
        yield started
        started.close()


def parallaxe() -> str:
    """The command beside this interpreter."""
    return str(Path(sys.executable).with_name("parallaxe"))


if __name__ == "__main__":
    main()
