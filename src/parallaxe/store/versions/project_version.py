"""A version of a project: its files as they are in a directory, or in a revision of its repository."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict
from functools import cached_property
from pathlib import PurePosixPath

from parallaxe.compare.corpus_diff import Source
from parallaxe.core.claims import Layer
from parallaxe.core.errors import ParallaxeError, ProjectError, RawFileError
from parallaxe.core.knowledge import KnownEntity
from parallaxe.store.annotations import read_knowledge_base, read_layer
from parallaxe.store.catalogue import CatalogueRow, read_catalogue
from parallaxe.store.project import Project
from parallaxe.store.reading import read_row
from parallaxe.store.text_layer import read_text_layer
from parallaxe.store.versions.revisions import CATALOGUE, KNOWLEDGE, LAYERS, Files
from parallaxe.store.versions.version import Key, Text

_NOT_FACTS = ("id", "sha256", "size")


class ProjectVersion:
    """A project as a `Version`.

    A restricted text of any version is at hand where its file is in one of the `elsewhere`; it is told by its hash.
    """

    def __init__(self, files: Files, elsewhere: Iterable[Project] = ()) -> None:
        self.files, self._elsewhere = files, tuple(elsewhere)

    @property
    def name(self) -> str:
        """As it was asked for."""
        return self.files.name

    @cached_property
    def rows(self) -> dict[str, CatalogueRow]:
        """The rows of the catalogue by their ids."""
        self.files.bring([CATALOGUE])
        with self.files.complaints():
            return {row.id: row for row in read_catalogue(self.files.project.catalogue_file)}

    @property
    def restricted(self) -> Collection[str]:
        """Articles that the catalogue calls so."""
        return {row.id for row in self.rows.values() if not row.is_open}

    @cached_property
    def layers(self) -> Mapping[Key, str]:
        """The hashes of the layer files."""
        return {_key(path): blob for path, blob in self.files.blobs.items() if _is_layer(path)}

    def raw_digests(self) -> Mapping[str, str]:
        """As the catalogue has them."""
        return {name: row.sha256 for name, row in self.rows.items()}

    def articles(self, edited: Collection[str]) -> Mapping[str, Source]:
        """The rows of the catalogue; the hash of a withheld text is that of its text layer."""
        digests = {name: self._text_digest(name) for name in edited if name in self.rows}
        return {name: Source(row.sha256, digests.get(name), _facts(row)) for name, row in self.rows.items()}

    def _text_digest(self, article_id: str) -> str | None:
        made = self.text(article_id)
        if made is not None:
            return made.digest
        path = self.files.project.text_layer(article_id)
        self.files.bring([f"{LAYERS}/text/{article_id}.jsonl"])
        try:
            return read_text_layer(path).document.text_sha256 if path.is_file() else None
        except ParallaxeError:
            return None

    def known(self) -> Mapping[str, KnownEntity]:
        """The rows of its file."""
        self.files.bring([KNOWLEDGE])
        with self.files.complaints():
            return read_knowledge_base(self.files.project.knowledge_base)

    def prepare(self, keys: Iterable[Key]) -> None:
        """Bring their files with one call of git."""
        self.files.bring(_path(key) for key in keys)

    def layer(self, key: Key) -> Layer | None:
        """From its file."""
        if key not in self.layers:
            return None
        self.prepare([key])
        with self.files.complaints():
            return read_layer(self.files.project.root / _path(key)).layer

    def text(self, article_id: str) -> Text | None:
        """Made from its raw file, wherever that is."""
        row = self.rows.get(article_id)
        if row is None:
            return None
        self.files.bring([f"seeds/{row.file}"])
        return local_text(row, (self.files.project, *self._elsewhere))


def _key(path: str) -> Key:
    place = PurePosixPath(path)
    return place.parent.name, place.stem


def _path(key: Key) -> str:
    return f"{LAYERS}/{key[0]}/{key[1]}.jsonl"


def _is_layer(path: str) -> bool:
    return PurePosixPath(path).match(f"{LAYERS}/*/*.jsonl") and not path.startswith(f"{LAYERS}/text/")


def _facts(row: CatalogueRow) -> dict[str, object]:
    return {fact: value for fact, value in asdict(row).items() if fact not in _NOT_FACTS}


def local_text(row: CatalogueRow, projects: Iterable[Project]) -> Text | None:
    """Hash and text of an article from the first project that has its raw file; None where none does."""
    for project in projects:
        if not (project.seeds / row.file).is_file():
            continue
        with suppress(RawFileError, ProjectError):  # another file, or none that can be read: the next, or no text
            document = read_row(project, row)
            if document.text is not None and document.text_sha256 is not None:
                return Text(document.text_sha256, document.text)
    return None
