"""One sync at work: the pass, the server, and what is known here of each article, asked for once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from parallaxe.compare.anchoring import Version
from parallaxe.core.knowledge import KnownEntity
from parallaxe.store.annotations import read_knowledge_base
from parallaxe.store.catalogue import CatalogueRow
from parallaxe.store.sync.annotators import read_annotators, with_users, write_annotators
from parallaxe.store.sync.local import Here, Survey
from parallaxe.store.sync.options import SyncOptions
from parallaxe.store.sync.places import Places
from parallaxe.store.sync.texts import KnownText, keep_text, known_text
from parallaxe.studio.client import Server
from parallaxe.studio.tasks import task_key
from parallaxe.text.document import text_digest


@dataclass
class Session:
    """What a push or pull works with; `project_id` is that of the pass on the server, null where it has none yet."""

    places: Places
    options: SyncOptions
    survey: Survey
    server: Server | None = None
    project_id: int | None = None
    _texts: dict[str, KnownText] = field(default_factory=dict)

    @cached_property
    def rows(self) -> Mapping[str, CatalogueRow]:
        """The catalogue by article."""
        return {row.id: row for row in self.places.project.catalogue}

    @cached_property
    def known(self) -> Mapping[str, KnownEntity]:
        """The knowledge base."""
        return read_knowledge_base(self.places.project.knowledge_base)

    @cached_property
    def here(self) -> Mapping[str, Here]:
        """What each article of the catalogue has here."""
        return {here.article_id: here for here in self.survey.articles}

    def is_open(self, article_id: str) -> bool:
        """True where the text may leave this machine; what is not in the catalogue may not."""
        row = self.rows.get(article_id)
        return row is not None and row.is_open

    def annotator(self, user: int) -> str:
        """The pseudonym of a user of the server; a new one is written down at once, unless this is a dry run."""
        names = read_annotators(self.places.annotators)
        if user not in names:
            names = with_users(names, [user])
            if not self.options.dry_run:
                write_annotators(self.places.annotators, names)
        return names[user]

    def add_text(self, text: str) -> None:
        """Take note of a text that the server has shown."""
        self._texts.setdefault(text_digest(text), KnownText(text))

    def text(self, article_id: str, digest: str) -> KnownText | None:
        """A text of an article by its hash: remembered here, or asked of the server; null where neither has it."""
        if (known := known_text(self.places, digest)) is not None:
            return known
        if digest not in self._texts and self.server is not None and self.project_id is not None:
            for task in self.server.tasks(self.project_id, keys=[task_key(article_id, digest)], whole=False):
                self.add_text(str(task["data"].get("text", "")))
        known = self._texts.get(digest)
        if known is not None and not self.options.dry_run:
            keep_text(self.places, known)
        return known


def version_of(known: KnownText) -> Version:
    """A text as claims are carried from it or to it."""
    return Version(known.text, known.alignment, known.raw_sha256)
