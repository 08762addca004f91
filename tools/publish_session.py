"""Publish a copy of this corpus to a Hub on this machine, and record it: `python tools/publish_session.py`.

The server is the one of the tests; what `parallaxe publish` prints goes between the marks of `docs/publishing.md`.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from session import DOCS, ROOT, session_in_copy

sys.path.insert(0, str(ROOT / "tests"))
from hub_server import TOKEN, USER, serving
from parallaxe.store.dataset_files import read_manifest

PAGE = DOCS / "publishing.md"
REPO = f"{USER}/parallaxe"


def main() -> None:
    """Record, and write what was recorded."""
    with serving() as hub, session_in_copy() as session:
        os.environ.update(
            HF_ENDPOINT=hub.url, HF_TOKEN=TOKEN, HF_HOME=str(session.project.parent / "hf"), HF_HUB_DISABLE_XET="1"
        )
        session.run(f"parallaxe publish {REPO}")
        session.keep(PAGE, "plan")
        session.run(f"parallaxe publish {REPO} --yes")
        session.run(f"parallaxe publish {REPO} --yes")
        session.keep(PAGE, "done")
        session.note("a description in the knowledge base is corrected")
        edit(
            session.project / "annotations" / "knowledge_base.jsonl",
            "média d'information en direct",
            "chaîne en direct",
        )
        session.run("parallaxe build | tail -1")
        session.run(f"parallaxe publish {REPO}", exit_code=1)
        version = read_manifest(session.project / "corpus").version
        raised = f"{int(version.partition('.')[0]) + 1}.0.0"
        session.note(f"DATASET_CARD.md gets `version: {raised}`")
        edit(session.project / "DATASET_CARD.md", f"version: {version}", f"version: {raised}")
        session.run("parallaxe build | tail -1")
        session.run(f"parallaxe publish {REPO}")
        session.keep(PAGE, "next")


def edit(file: Path, words: str, others: str) -> None:
    """Put words in the place of others, once."""
    text = file.read_text("utf-8")
    assert words in text, f"{file.name} has no {words}"
    file.write_text(text.replace(words, others, 1), "utf-8")


if __name__ == "__main__":
    main()
