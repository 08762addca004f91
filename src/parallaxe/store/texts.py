"""The texts of a project as far as they are on this machine."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from parallaxe.store.project import Project
from parallaxe.store.reading import read_raw, read_raw_document
from parallaxe.store.sources import SIZE_LIMIT, Item


def local_texts(project: Project, articles: Iterable[str]) -> dict[str, str | None]:
    """The normalized text of each article by its id; null where its raw file is not here."""
    wanted = set(articles)
    return {row.id: _text(row.id, project.seeds / row.file) for row in project.catalogue if row.id in wanted}


def _text(article_id: str, path: Path) -> str | None:
    if not path.is_file():
        return None
    document, _ = read_raw_document(read_raw(path, SIZE_LIMIT), Item(article_id, path.name, path))
    return document.text
