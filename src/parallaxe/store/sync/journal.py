"""The journal: what the server said, whole, before anything here is changed by it.

A pull writes an article's tasks here, then merges them, then takes them away. What is found here at the start of a sync
was cut short and is merged first: had the annotator gone on meanwhile, the server's new state alone would not tell what
the layer already holds of it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from parallaxe.store.atomic import surroundings, write_text
from parallaxe.store.sync.places import Places
from parallaxe.store.text_files import read_json


def write_entry(places: Places, article_id: str, tasks: Sequence[Mapping[str, Any]]) -> Path:
    """Keep the tasks of an article as the server gave them; the file."""
    path = places.journal / f"{article_id}.json"
    write_text(path, json.dumps(tasks, ensure_ascii=False))
    return path


def entries(places: Places) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Articles whose tasks wait to be merged, with the tasks.

    Raises:
        ProjectError: if an entry is no JSON.
    """
    for path in sorted(places.journal.glob("*.json")):
        yield path.stem, read_json(path, "delete it and `parallaxe studio pull --full`")


def drop_entry(places: Places, article_id: str) -> None:
    """Take away what was merged."""
    path = places.journal / f"{article_id}.json"
    with surroundings(path):
        path.unlink(missing_ok=True)
