"""Words and runs of words as stable 64-bit numbers: what likeness of texts is measured on.

Python's own `hash` differs between processes; these do not, so that groups and passages are the same everywhere.
"""

from __future__ import annotations

import re
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import xxhash

Hashes: TypeAlias = npt.NDArray[np.uint64]

_WORD = re.compile(r"\w+")
# Odd, so that multiplying by it loses nothing modulo 2**64 (a polynomial rolling hash).
_BASE = 0x9E3779B97F4A7C15


def word_spans(text: str, spans: tuple[tuple[int, int], ...]) -> list[tuple[int, int]]:
    """Words (runs of letters and digits) inside some stretches of a text, as code points into it, in order."""
    return [found.span() for start, end in spans for found in _WORD.finditer(text, start, end)]


def word_hashes(text: str, words: list[tuple[int, int]]) -> Hashes:
    """One number for each word, case folded, so that a word at the beginning of a sentence equals itself inside one."""
    return np.fromiter((_hash(text[start:end].lower()) for start, end in words), np.uint64, len(words))


def _hash(word: str) -> int:
    return xxhash.xxh3_64_intdigest(word.encode("utf-8", "surrogatepass"))


def shingle_hashes(words: Hashes, size: int) -> Hashes:
    """One number for each run of `size` words; empty where there are fewer words than that."""
    count = len(words) - size + 1
    if count <= 0:
        return np.empty(0, np.uint64)
    rolled: Hashes = np.zeros(count, np.uint64)
    with np.errstate(over="ignore"):
        for position in range(size):
            rolled = rolled * np.uint64(_BASE) + words[position : position + count]
    return rolled


def shingle_step(runs: Hashes, words: Hashes) -> Hashes:
    """The numbers of runs that each go on by one word; those of words alone are numbers of runs of one."""
    with np.errstate(over="ignore"):
        return runs * np.uint64(_BASE) + words
