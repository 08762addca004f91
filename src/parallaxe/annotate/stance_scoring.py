"""What any other scorer of stance must offer: a trained model of a project, a transformers pipeline, an endpoint.

A scorer judges words towards a target and knows nothing of articles, quotations or spans; what it says is one opinion
beside the rules, and `propose_stances` decides. It may be slow or remote, so it is asked for many texts at once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from parallaxe.core.labels import Label

Scores = Mapping[str, float]
"""Polarity → probability."""


class StanceScorer(Protocol):
    """Judges how texts stand towards a target; opened in `store`, as all that loads files or asks a server.

    `tool` names the scorer and its version (`nli-camembert/1`) in the provenance of what it decides.
    """

    @property
    def tool(self) -> str:
        """Name and version, as in `tool` of a provenance."""
        ...

    def score(self, texts: Sequence[str], target: Label, names: Sequence[str]) -> Sequence[Scores]:
        """How each text stands towards `target`: polarity → probability, one mapping for each text, in their order.

        `texts` are windows of the clean text, of a sentence or a few; none is empty. `target` is a label of the set
        `targets`: its `fr`, `en` and `example` say what it is, and a prompt or hypothesis is made of them. `names` are
        the polarities to choose from, names of the set `polarities`. Each mapping has exactly these keys, and its
        values lie between 0 and 1 and sum to 1. No texts give no mappings, and nothing is asked of anybody.

        Raises:
            ProjectError: if the scorer cannot answer (a server that does not reply, a model of another kind).
        """
        ...
