"""Figures in sections, each over the articles in which both sides looked for the claims that it needs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from parallaxe.compare.bootstrap import Figure, Measure, figures, resample_weights
from parallaxe.compare.comparison import Comparison
from parallaxe.core.layer_format import KINDS


class Skipped(NamedTuple):
    """What was not compared: a kind of claim (or `all`) of an article, and why."""

    article_id: str
    kind: str
    why: str


class Section(NamedTuple):
    """Figures that need certain kinds of claims to be complete on both sides."""

    kinds: frozenset[str]
    measures: Callable[[Sequence[Comparison]], Iterator[Measure]]

    def figures(self, compared: Sequence[Comparison], resamples: int) -> list[Figure]:
        """The figures over the articles that have what is needed; none where no article has."""
        articles = [article for article in compared if self.kinds <= {*article.a.complete} & {*article.b.complete}]
        return figures(self.measures(articles), resample_weights(len(articles), resamples)) if articles else []


def incomplete(article: Comparison) -> list[Skipped]:
    """The kinds of claims that a side did not look for throughout an article."""
    lacking = (
        (kind, [layer.layer for layer in (article.a, article.b) if kind not in layer.complete]) for kind in KINDS
    )
    return [
        Skipped(article.a.article_id, kind, f"not complete in {', '.join(layers)}")
        for kind, layers in lacking
        if layers
    ]
