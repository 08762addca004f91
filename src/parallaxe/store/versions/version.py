"""A version of a corpus, wherever it stands: a work tree, a revision of its repository, a dataset here or on a Hub.

Whoever compares two of them need not know which is which: each knows its articles, its knowledge base and its layers,
and hands these out one by one, so that memory does not grow with the corpus.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple, Protocol, TypeAlias

from parallaxe.compare.corpus_diff import Source
from parallaxe.core.claims import Layer
from parallaxe.core.knowledge import KnownEntity

Key: TypeAlias = tuple[str, str]
"""Name of a layer, and article."""


class Text(NamedTuple):
    """A text and its hash."""

    digest: str
    words: str


class Version(Protocol):
    """What can be asked of a version."""

    @property
    def name(self) -> str:
        """What it is called."""

    @property
    def restricted(self) -> Collection[str]:
        """The articles whose words may not be passed on."""

    @property
    def layers(self) -> Mapping[Key, str]:
        """A digest of each layer: equal ones of two versions of one kind tell that the layers are equal."""

    def articles(self, edited: Collection[str]) -> Mapping[str, Source]:
        """All articles; the hashes of the texts of those named, as far as they can be known."""

    def raw_digests(self) -> Mapping[str, str]:
        """The hash of the raw file of each article."""

    def known(self) -> Mapping[str, KnownEntity]:
        """The knowledge base."""

    def prepare(self, keys: Iterable[Key]) -> None:
        """Make some layers ready at once, where reading them one by one would take long."""

    def layer(self, key: Key) -> Layer | None:
        """One layer; null where there is none."""

    def text(self, article_id: str) -> Text | None:
        """The text of an article; null where it is not at hand."""
