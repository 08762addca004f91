"""A project beside a dataset: seen as the rows of that dataset would tell it, so that they differ by what they say."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from parallaxe.compare.corpus_diff import Source
from parallaxe.core.claims import Layer
from parallaxe.core.knowledge import KnownEntity
from parallaxe.dataset.told_layers import as_told
from parallaxe.store.versions.dataset_version import DatasetVersion
from parallaxe.store.versions.project_version import ProjectVersion
from parallaxe.store.versions.version import Key, Text

_FOUND_IN_ARTICLES = ("outlet", "date", "language")
"""What a build takes from the article itself where the catalogue does not say it."""


class ReducedVersion:
    """A project as a `Version` that knows no more than a dataset."""

    def __init__(self, project: ProjectVersion, dataset: DatasetVersion) -> None:
        self._project, self._dataset = project, dataset
        self.name, self.restricted = project.name, project.restricted

    @property
    def layers(self) -> Mapping[Key, str]:
        """The hashes of the layer files."""
        return self._project.layers

    def raw_digests(self) -> Mapping[str, str]:
        """As the catalogue has them."""
        return self._project.raw_digests()

    def articles(self, edited: Collection[str]) -> Mapping[str, Source]:
        """The rows of the catalogue; what they leave to the article is as in the dataset."""
        theirs = self._dataset.articles(edited)
        return {
            name: source._replace(facts=_filled(source, theirs[name])) if name in theirs else source
            for name, source in self._project.articles(edited).items()
        }

    def known(self) -> Mapping[str, KnownEntity]:
        """The knowledge base."""
        return self._project.known()

    def prepare(self, keys: Iterable[Key]) -> None:
        """Bring their files with one call of git."""
        self._project.prepare(keys)

    def layer(self, key: Key) -> Layer | None:
        """As the rows of the dataset would tell it; null where it has no claim, and so no row."""
        layer = self._project.layer(key)
        if layer is None or not layer.claims:
            return None
        remarks = not (self._dataset.is_public and key[1] in self.restricted)
        return as_told(layer, self._dataset.detailed(key), remarks=remarks)

    def text(self, article_id: str) -> Text | None:
        """Made from its raw file."""
        return self._project.text(article_id)


def _filled(own: Source, other: Source) -> dict[str, object]:
    return {
        name: other.facts.get(name) if value is None and name in _FOUND_IN_ARTICLES else value
        for name, value in own.facts.items()
    }
