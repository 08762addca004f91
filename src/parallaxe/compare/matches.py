"""F1 at every level of overlap, for every label, from what each article matched."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import numpy as np

from parallaxe.compare.bootstrap import Measure
from parallaxe.compare.scores import Array, Formula, f1, of_counts, precision, recall

ALL = "all"
"""The group of everything together."""

LEVELS: Mapping[str, Callable[[bool, float], bool]] = {
    "exact": lambda exact, _: exact,
    "IoU .3": lambda _, overlap: overlap >= 0.3,
    "IoU .5": lambda _, overlap: overlap >= 0.5,
    "IoU .8": lambda _, overlap: overlap >= 0.8,
}
"""From which overlap on two claims agree: exact to the code point, or by IoU of their tokens."""

Match = tuple[str | None, bool, float]
"""Two claims that meet: their common label (None where they differ), whether exactly, and their IoU."""

Tally = dict[str, list[int]]
"""For each group: matches at each level, then claims in a, then claims in b."""


def tally(matches: Iterable[Match], a: Iterable[str], b: Iterable[str]) -> Tally:
    """What one article adds; `a` and `b` are the labels of all claims that might have matched.

    >>> tally([("LOC", False, 0.6)], ["LOC"], ["LOC", "ORG"])["all"]
    [0, 1, 1, 0, 1, 2]
    """
    counts: Tally = defaultdict(lambda: [0] * (len(LEVELS) + 2))
    for label, exact, overlap in matches:
        for level, reached in enumerate(LEVELS.values()):
            for group in {ALL, label} - {None}:
                counts[str(group)][level] += reached(exact, overlap)
    for side, labels in enumerate((a, b)):
        for label in labels:
            for group in (ALL, label):
                counts[group][len(LEVELS) + side] += 1
    return dict(counts)


def f1_measures(section: str, name: str, articles: Sequence[Tally], groups: Sequence[str]) -> Iterator[Measure]:
    """Precision, recall and F1 at every level, of all together and of each group."""
    for group in (ALL, *groups):
        counts = np.array([article.get(group, [0] * (len(LEVELS) + 2)) for article in articles], dtype=float)
        for level, wording in enumerate(LEVELS):
            yield from prf_measures(section, f"{name}, {wording}", group, counts[:, [level, -2, -1]])


PRF: Mapping[str, Formula] = {"F1": f1, "precision": precision, "recall": recall}
"""The three scores of a match, under the word that begins the name of their figures."""


def prf_measures(section: str, name: str, group: str, counts: Array) -> Iterator[Measure]:
    """The three scores of columns (matched, in a, in b), a row for each article; `n` counts each pair once."""
    matched, in_a, in_b = counts.sum(axis=0)
    for score, formula in PRF.items():
        yield Measure(section, f"{score} {name}", group, of_counts(counts, formula), round(in_a + in_b - matched))
