"""What a component is trained with and chosen on, made of articles and their gold once and for all."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import NamedTuple

from parallaxe.annotate.article import Article
from parallaxe.annotate.trained.examples import Example, examples_of
from parallaxe.annotate.trained.renamed import renamed
from parallaxe.annotate.trained.substitution import unseen
from parallaxe.core.claims import Entity

_RENAMINGS = 3


class Case(NamedTuple):
    """An article and the mentions of its gold."""

    article: Article
    mentions: Sequence[Entity]


class Material(NamedTuple):
    """What is learned from; what is chosen on, as it is and under names that are kept from training."""

    train: Sequence[Example]
    validation: Sequence[Case]
    renamed: Sequence[Case]

    @classmethod
    def of(cls, train: Sequence[Case], validation: Sequence[Case]) -> Material:
        """The material of two splits; each validation article is renamed a few times, the same way each time."""
        others = (
            Case(*renamed(article, mentions, unseen(), Random(seed)))  # noqa: S311 -- nothing is kept secret by it
            for seed in range(_RENAMINGS)
            for article, mentions in validation
        )
        return cls(examples(train), tuple(validation), tuple(others))


def examples(cases: Sequence[Case]) -> tuple[Example, ...]:
    """All sentences of articles, in order."""
    return tuple(example for article, mentions in cases for example in examples_of(article, mentions))
