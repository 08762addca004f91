"""Agreement of two passes over the same articles: every figure of the guidelines (§5), with intervals over articles.

Nothing is dropped in silence: an article that one side lacks, that was annotated in another text, or of which a side
did not look for a kind throughout, is left out of the figures concerned and said to be.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import NamedTuple

from parallaxe.compare.bootstrap import Figure
from parallaxe.compare.comparison import compare_layers
from parallaxe.compare.entity_figures import entity_measures
from parallaxe.compare.matches import ALL
from parallaxe.compare.quote_figures import link_measures, quote_measures
from parallaxe.compare.sections import Section, Skipped, incomplete
from parallaxe.compare.stance_figures import attributed_measures, stance_measures
from parallaxe.core.claims import Layer
from parallaxe.core.errors import UsageError
from parallaxe.core.layer_format import layer_lines
from parallaxe.core.schema import Schemas


class Side(NamedTuple):
    """Who made one side: the values that stand in the headers of its layers, each once, in order."""

    layers: tuple[str, ...]
    annotators: tuple[str, ...]
    annotator_types: tuple[str, ...]
    guideline_versions: tuple[str, ...]


@dataclass(frozen=True)
class Agreement:
    """What two sides agree on: the figures, the articles they rest on, and what was left out of which.

    `characters` names the articles whose text is withheld, so that code points were compared instead of tokens;
    `made_from` is the fingerprint of the layers.
    """

    a: Side
    b: Side
    figures: tuple[Figure, ...]
    articles: tuple[str, ...]
    skipped: tuple[Skipped, ...]
    characters: tuple[str, ...]
    resamples: int
    made_from: str

    def figure(self, section: str, name: str, group: str = ALL) -> Figure:
        """One figure, by the words of its place.

        Raises:
            UsageError: if there is none; the message lists the names of the section.
        """
        for figure in self.figures:
            if (figure.section, figure.name, figure.group) == (section, name, group):
                return figure
        names = sorted({figure.name for figure in self.figures if figure.section == section})
        raise UsageError(
            f"agreement on {section}", f"no figure `{name}` of `{group}`", f"use one of {', '.join(names)}"
        )


def agreement(
    a: Mapping[str, Layer],
    b: Mapping[str, Layer],
    texts: Mapping[str, str | None],
    schemas: Schemas,
    resamples: int = 1000,
) -> Agreement:
    """How far two sides agree, each a layer for each article, by article id.

    Args:
        a: one side; precision is the share of its claims that the other confirms.
        b: the other side.
        texts: the texts by article id; where one is null or missing, overlaps are counted in code points.
        schemas: label sets, from which figures by label and target take their order.
        resamples: how many bootstrap samples of articles the 95 % intervals rest on; they are the same each time.
    """
    missing = [
        *(Skipped(name, ALL, f"missing in {_names(b)}") for name in sorted(set(a) - set(b))),
        *(Skipped(name, ALL, f"missing in {_names(a)}") for name in sorted(set(b) - set(a))),
    ]
    both = sorted(set(a) & set(b))
    other = [Skipped(name, ALL, "annotated in different texts") for name in both if not _same_text(a[name], b[name])]
    apart = {skipped.article_id for skipped in other}
    compared = [compare_layers(a[name], b[name], texts.get(name)) for name in both if name not in apart]
    found = [figure for section in _sections(schemas) for figure in section.figures(compared, resamples)]
    return Agreement(
        side(a.values()),
        side(b.values()),
        tuple(found),
        tuple(article.a.article_id for article in compared),
        (*missing, *other, *(skipped for article in compared for skipped in incomplete(article))),
        tuple(article.a.article_id for article in compared if article.tokens is None),
        resamples,
        fingerprint(a, b),
    )


def fingerprint(a: Mapping[str, Layer], b: Mapping[str, Layer]) -> str:
    """A digest of all that two sides say, whatever the order of their articles: while it is equal, figures hold."""
    lines = (line for layers in (a, b) for name in sorted(layers) for line in layer_lines(layers[name]))
    return sha256("\n".join(json.dumps(line, sort_keys=True) for line in lines).encode()).hexdigest()


def side(layers: Iterable[Layer]) -> Side:
    """What the headers of layers say of who made them."""
    held = list(layers)
    return Side(
        tuple(sorted({layer.layer for layer in held})),
        tuple(sorted({layer.annotator for layer in held})),
        tuple(sorted({layer.annotator_type for layer in held})),
        tuple(sorted({layer.guideline_version for layer in held if layer.guideline_version is not None})),
    )


def _names(layers: Mapping[str, Layer]) -> str:
    return ", ".join(side(layers.values()).layers) or "the other side"


def _same_text(a: Layer, b: Layer) -> bool:
    return (a.text_sha256, a.normalizer) == (b.text_sha256, b.normalizer)


def _sections(schemas: Schemas) -> list[Section]:
    labels, types, targets = (schemas.labels[name].names for name in ("entity_labels", "quotation_types", "targets"))
    return [
        Section(frozenset({"entity"}), lambda articles: entity_measures(articles, labels)),
        Section(frozenset({"quote"}), lambda articles: quote_measures(articles, types)),
        Section(frozenset({"entity", "quote"}), link_measures),
        Section(frozenset({"stance"}), lambda articles: stance_measures(articles, targets)),
        Section(frozenset({"stance", "quote"}), lambda articles: attributed_measures(articles, targets)),
    ]
