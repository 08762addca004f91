"""Near-duplicates: articles so alike that having one in train and the other in test would be cheating.

Likeness is the Jaccard index of word 5-grams, estimated by rensa's MinHash (Broder 1997). Sketches that agree in one of
their bands (locality-sensitive hashing) are compared whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from parallaxe.text.pairs import Pairs, divided
from parallaxe.text.shingles import Hashes, shingle_hashes

Sketch: TypeAlias = npt.NDArray[np.uint32]
"""`SKETCH_SIZE` numbers; the share in which two sketches agree is about the likeness of their texts."""

SHINGLE_SIZE = 5
THRESHOLD = 0.5
SKETCH_SIZE = 128
_BANDS = 32
_SEED = 42
_COMPARED_AT_ONCE = 10_000


def sketch(words: Hashes) -> Sketch:
    """The MinHash of a text from its word hashes."""
    from rensa import RMinHash

    minhash = RMinHash(num_perm=SKETCH_SIZE, seed=_SEED)
    shingles = shingle_hashes(words, min(SHINGLE_SIZE, max(len(words), 1)))
    minhash.update([format(shingle, "x") for shingle in shingles.tolist()])
    return np.array(minhash.digest(), np.uint32)


def band_hashes(sketches: Sketch) -> Hashes:
    """A number for each of the 32 bands of each sketch (a row each); near-duplicates have one in common.

    Two sketches of likeness 0.5 have one with a probability of 0.87, of 0.7 with 0.9998.
    """
    rows = np.arange(_BANDS, dtype=np.uint64)[:, None]
    bands = sketches.reshape(-1, _BANDS, SKETCH_SIZE // _BANDS).astype(np.uint64)
    numbered = np.concatenate([np.broadcast_to(rows, (*bands.shape[:2], 1)), bands], axis=2)
    size = numbered.shape[2]
    return shingle_hashes(numbered.reshape(-1), size)[::size].reshape(-1, _BANDS)


def near_duplicates(candidates: Pairs, sketches: Sketch) -> Pairs:
    """Of some pairs those whose sketches, in the rows of an array, agree in at least `THRESHOLD` of their numbers."""
    first, second = divided(candidates)
    alike = [
        (
            sketches[first[start : start + _COMPARED_AT_ONCE]] == sketches[second[start : start + _COMPARED_AT_ONCE]]
        ).mean(axis=1)
        >= THRESHOLD
        for start in range(0, len(candidates), _COMPARED_AT_ONCE)
    ]
    return candidates[np.concatenate(alike)] if alike else candidates


def groups(names: Iterable[str], pairs: Sequence[tuple[str, str]]) -> dict[str, str]:
    """The group of each name: the first name, in order, that it is connected with by pairs (itself where alone).

    >>> groups(["a", "b", "c"], [("b", "c")])
    {'a': 'a', 'b': 'b', 'c': 'b'}
    """
    leader = {name: name for name in names}

    def find(name: str) -> str:
        while leader[name] != name:
            leader[name] = leader[leader[name]]
            name = leader[name]
        return name

    for one, other in pairs:
        first, second = sorted((find(one), find(other)))
        leader[second] = first
    return {name: find(name) for name in leader}
