"""Which quotations are cuts of one utterance, among more than memory holds.

Every run of three words leads to the quotations that have it and brings together those near each other there, so that
what two hundred newsrooms quote takes no longer than two hundred quotations; pairs are then compared whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

from parallaxe.dataset.same_quotation import FEWEST_SHARED, LEAST_SHARE, Said, Utterance, likeness
from parallaxe.store.building.buckets import Buckets
from parallaxe.store.building.shelf import Shelf
from parallaxe.text.pairs import divided, repeated
from parallaxe.text.stories import neighbours

_REACH = 20


class Sayings:
    """Quotations, on disk in a folder of their own; in memory is where each stands."""

    def __init__(self, folder: Path) -> None:
        self._runs = Buckets(folder / "runs", 2)
        self._met = folder / "met"
        self._shelf = Shelf(folder / "numbers")
        self._said: list[Said] = []

    def add(self, utterances: Iterable[Utterance]) -> None:
        """Take more quotations."""
        added = list(utterances)
        if added:
            self._said += [utterance.said for utterance in added]
            lists = [utterance.runs for utterance in added]
            self._runs.add(np.column_stack([np.concatenate(lists), self._shelf.add(lists)]))

    def alike(self) -> Iterator[tuple[Said, Said, float]]:
        """Pairs of quotations that are alike, with the share of the shorter one that they have in common.

        Each is paired with at most the twenty that follow it among those that have a run of words: rows grow with the
        quotations, however many print the same.
        """
        met = Buckets(self._met, 1)
        for rows in self._runs:
            met.add(neighbours(rows[:, 0], rows[:, 1].astype(np.uint32), _REACH).reshape(-1, 1))
        for rows in met:
            pairs = divided(repeated(rows[:, 0], FEWEST_SHARED))
            for one, other in zip(*(places.tolist() for places in pairs), strict=True):
                score = likeness(self._shelf[one], self._shelf[other])
                if score >= LEAST_SHARE:
                    yield self._said[one], self._said[other], score
