"""Near-duplicates: articles so alike that having one in train and the other in test would be cheating.

Likeness is the Jaccard index of word 5-grams, estimated by MinHash (Broder 1997) and found by locality-sensitive
hashing, both rensa's; every candidate pair is then checked by the estimate itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from parallaxe.text.shingles import Hashes, shingle_hashes

Sketch: TypeAlias = Any
"""A `rensa.RMinHash`; it can be sent to another process."""

SHINGLE_SIZE = 5
THRESHOLD = 0.5
_PERMUTATIONS = 128
_BANDS = 32
_SEED = 42


def sketch(words: Hashes) -> Sketch:
    """The MinHash of a text from its word hashes."""
    from rensa import RMinHash

    minhash = RMinHash(num_perm=_PERMUTATIONS, seed=_SEED)
    shingles = shingle_hashes(words, min(SHINGLE_SIZE, max(len(words), 1)))
    minhash.update([format(shingle, "x") for shingle in shingles.tolist()])
    return minhash


def near_duplicates(sketches: Mapping[str, Sketch]) -> list[tuple[str, str]]:
    """Pairs of ids whose texts are alike by at least `THRESHOLD`, each pair and the list in order."""
    from rensa import RMinHashLSH

    index = RMinHashLSH(THRESHOLD, _PERMUTATIONS, _BANDS)
    names = sorted(sketches)
    pairs = []
    for position, name in enumerate(names):
        others = (names[other] for other in index.query(sketches[name]))
        pairs += [(other, name) for other in others if sketches[other].jaccard(sketches[name]) >= THRESHOLD]
        index.insert(position, sketches[name])
    return sorted(pairs)


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
