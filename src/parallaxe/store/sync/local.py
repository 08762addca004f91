"""The articles of a project as a sync needs them: which text each has here, and which proposals were made for it.

To read two thousand articles takes a minute, to ask whether their files have changed a moment: what each came to is
kept in one file of the state folder, with size and time of the files it was made of.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from parallaxe.core.errors import ParallaxeError
from parallaxe.core.layer_format import KINDS
from parallaxe.dataset.article import Article
from parallaxe.store.building.build import PUBLIC, Progress, untold
from parallaxe.store.catalogue import CatalogueRow
from parallaxe.store.corpus import item_of
from parallaxe.store.jsonl import read_rows
from parallaxe.store.project import Project
from parallaxe.store.reading import read_article
from parallaxe.store.sources import SIZE_LIMIT
from parallaxe.store.sync.light import write_lightly
from parallaxe.store.sync.places import Places
from parallaxe.store.sync.records import Header, Outline, is_there, read_outline
from parallaxe.store.sync.texts import keep_text, of_article
from parallaxe.store.text_files import read_json, read_text
from parallaxe.text.normalize import NORMALIZER

_T = TypeVar("_T")


class Memory:
    """Values by name, each with the stamps of the files it was made of; made anew where a stamp differs."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._values = _read(path)
        self._changed = False

    def value(self, name: str, stamps: list[str], make: Callable[[], _T]) -> _T:
        """The value of a name, made where it is not known or a stamp is another."""
        kept = self._values.get(name)
        if kept is None or kept[0] != stamps:
            kept = [stamps, make()]
            self._values[name] = kept
            self._changed = True
        value: _T = kept[1]
        return value

    def save(self) -> None:
        """Keep what was made."""
        if self._changed:
            self._changed = False
            write_lightly(self._path, json.dumps(self._values, ensure_ascii=False))


class Here(NamedTuple):
    """An article here: the hash of its text, null where the text is not here; the version of its proposals.

    `proposals` is null where no layer was made for this text; `is_stale` where one was made, but for another text.
    """

    article_id: str
    text_sha256: str | None
    proposals: str | None
    is_stale: bool = False


class _Proposed(NamedTuple):
    """Which proposals are asked for: their layer, and the kinds of claims that the pass is about."""

    layer: str
    kinds: tuple[str, ...]


class Survey(NamedTuple):
    """All articles here, in the order of the catalogue; of the records of a pass outlines and digests by article."""

    articles: tuple[Here, ...]
    outlines: Mapping[str, Outline]
    digests: Mapping[str, str]
    memory: Memory

    @property
    def headers(self) -> dict[str, Header]:
        """The headers of the records."""
        return {article_id: outline.header for article_id, outline in self.outlines.items()}


def survey(places: Places, layer: str, kinds: Collection[str] = KINDS, progress: Progress = untold) -> Survey:
    """What is here, read anew only where a file has changed since it was last asked.

    Raises:
        ParallaxeError: if an article, a layer or a record is broken.
    """
    memory = Memory(places.articles)
    project = places.project
    articles = []
    for number, row in enumerate(project.catalogue, 1):
        articles.append(_here(places, row, _Proposed(layer, tuple(kinds)), memory))
        progress(number, len(project.catalogue))
    outlines, digests = _records(places, memory)
    memory.save()
    return Survey(tuple(articles), outlines, digests, memory)


def record_digests(places: Places, memory: Memory) -> dict[str, str]:
    """A digest of each record of a pass by article, as the files are now."""
    _, digests = _records(places, memory)
    memory.save()
    return digests


def _records(places: Places, memory: Memory) -> tuple[dict[str, Outline], dict[str, str]]:
    outlines, digests = {}, {}
    for path in filter(is_there, places.record_files()):
        name = f"record {places.pass_name} {path.stem}"
        outline, digests[path.stem] = memory.value(name, [stamp(path)], partial(_record, path))
        header, annotations, targets = outline
        outlines[path.stem] = Outline(Header(*header), tuple((*one,) for one in annotations), tuple(targets))
    return outlines, digests


def _record(path: Path) -> tuple[Outline, str]:
    return read_outline(path), sha256(path.read_bytes()).hexdigest()[:16]


def _here(places: Places, row: CatalogueRow, wanted: _Proposed, memory: Memory) -> Here:
    project = places.project
    raw, proposed = project.seeds / row.file, project.layers / wanted.layer / f"{row.id}.jsonl"
    if not raw.is_file() and not row.is_open:
        return Here(row.id, None, None)
    stamps = [NORMALIZER, row.sha256, row.outlet or "", row.date or "", stamp(raw)]
    digest = memory.value(f"text {row.id}", stamps, lambda: _kept_text(places, row))
    if not proposed.is_file():
        return Here(row.id, digest, None)
    name = f"layer {' '.join((wanted.layer, *wanted.kinds))} {row.id}"
    made_for, version = memory.value(name, [stamp(proposed)], lambda: _version(proposed, wanted.kinds))
    return Here(row.id, digest, version if made_for == digest else None, made_for != digest)


def _kept_text(places: Places, row: CatalogueRow) -> str:
    """Read an article and remember its text, so that a push need not read it again; the hash of the text."""
    article = article_here(places.project, row)
    keep_text(places, of_article(article))
    return article.document.text_sha256


def _version(path: Path, kinds: Collection[str]) -> tuple[str, str]:
    _, header = next(read_rows(path), (1, {}))
    return str(header.get("text_sha256")), proposals_version(path.parent.name, claims_text(path, kinds))


def proposals_version(layer: str, lines: str) -> str:
    """What proposals are called on the server: the name of their layer and a digest of the lines of its claims."""
    return f"{layer}-{sha256(lines.encode()).hexdigest()[:12]}"


def claims_text(path: Path, kinds: Collection[str] = KINDS) -> str:
    """The lines of a layer file after its header, of claims of some kinds."""
    lines = read_text(path).partition("\n")[2]
    if set(kinds) >= set(KINDS):
        return lines
    return "".join(line for line in lines.splitlines(keepends=True) if json.loads(line).get("kind") in kinds)


def article_here(project: Project, row: CatalogueRow) -> Article:
    """An article whose raw file is here.

    Raises:
        ParallaxeError: if the file is not the one in the catalogue, leads out of the project, or cannot become a text.
    """
    return read_article(item_of(project, row, PUBLIC, SIZE_LIMIT))


def stamp(path: Path) -> str:
    """Another string where a file was written again; `nothing` where there is none."""
    if not path.is_file():
        return "nothing"
    stat = path.stat()
    return f"{stat.st_size} {stat.st_mtime_ns} {stat.st_ino}"


def _read(path: Path) -> dict[str, Any]:
    """What was kept; nothing where the file is missing or damaged: all of it can be made again."""
    try:
        kept = read_json(path)
    except ParallaxeError:
        return {}
    return kept if isinstance(kept, dict) else {}
