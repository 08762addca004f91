"""What changed between two versions of a corpus, as values: its articles, its knowledge base, the claims of its layers.

How they are found is told in `layer_diff` and `corpus_diff`.
"""

from __future__ import annotations

from collections import Counter
from typing import Literal, NamedTuple, TypeAlias

from parallaxe.core.claims import Claim
from parallaxe.core.knowledge import KnownEntity

Kind: TypeAlias = Literal["added", "removed", "moved", "relabelled", "relinked", "flipped", "changed"]
"""A claim that is in both versions may have changed in several ways; `changed` are those that did in no other."""

KINDS: tuple[Kind, ...] = ("added", "removed", "flipped", "relabelled", "relinked", "moved", "changed")
"""In the order in which they are told: rows that come and go, then what means most."""


class ArticleChange(NamedTuple):
    """An article that is `added`, `removed`, has another `text`, or is otherwise `changed` in the facts named."""

    article_id: str
    kind: Literal["added", "removed", "text", "changed"]
    fields: tuple[str, ...] = ()


class EntityChange(NamedTuple):
    """A row of the knowledge base as it was and as it is (null: not there), and the columns that differ."""

    old: KnownEntity | None
    new: KnownEntity | None
    fields: tuple[str, ...] = ()

    @property
    def kind(self) -> Literal["added", "removed", "changed"]:
        """Whether it came, went or changed."""
        return "added" if self.old is None else "removed" if self.new is None else "changed"

    @property
    def entity(self) -> KnownEntity:
        """The row as it is; as it was where it is gone."""
        entity = self.new if self.new is not None else self.old
        assert entity is not None, "a change is of a row"
        return entity


class ClaimChange(NamedTuple):
    """A claim as it was and as it is, each about its own text (null: not there), how it changed, and where."""

    old: Claim | None
    new: Claim | None
    kinds: tuple[Kind, ...]
    fields: tuple[str, ...] = ()

    @property
    def claim(self) -> Claim:
        """The claim as it is; as it was where it is gone."""
        claim = self.new if self.new is not None else self.old
        assert claim is not None, "a change is of a claim"
        return claim


class LayerChange(NamedTuple):
    """What changed in the layer of an article: fields of its header, and claims in the order of the layer.

    `old_text` and `new_text` are the hashes of the texts that it is about; null where there is no such layer.
    `unanchored` is true where these differ and one is not at hand, so that places were not compared.
    """

    layer: str
    article_id: str
    old_text: str | None
    new_text: str | None
    unanchored: bool
    fields: tuple[str, ...]
    claims: tuple[ClaimChange, ...]

    @property
    def is_whole(self) -> bool:
        """True where the layer came or went with all its claims."""
        return self.old_text is None or self.new_text is None


class Changes(NamedTuple):
    """All that changed; articles and entities by id, layers by name and article."""

    articles: tuple[ArticleChange, ...] = ()
    layers: tuple[LayerChange, ...] = ()
    entities: tuple[EntityChange, ...] = ()

    @property
    def article_counts(self) -> dict[str, int]:
        """How many articles changed, by kind; kinds without any are left out."""
        return dict(Counter(change.kind for change in self.articles))

    @property
    def entity_counts(self) -> dict[str, int]:
        """How many rows of the knowledge base changed, by kind; kinds without any are left out."""
        return dict(Counter(change.kind for change in self.entities))

    @property
    def claim_counts(self) -> dict[str, int]:
        """How many claims changed, by kind; one that changed in two ways counts in both."""
        counted = Counter(kind for layer in self.layers for change in layer.claims for kind in change.kinds)
        return {kind: counted[kind] for kind in KINDS if counted[kind]}

    def __bool__(self) -> bool:
        """True where anything changed."""
        return any(self)
