"""A text as names are compared in it: small letters without accents, and one space for whatever is no letter or digit.

The folded text has exactly the length of the text, so that a place in one is the same place in the other. That is why
« œ » stays as it is: it would need two letters.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

_BMP = 0x10000
# Latin, Greek, Cyrillic and the signs of typography: nearly all articles have no other.
_USUAL = 0x3000
# Below it a translation is faster than arrays.
_SHORT = 200
_SPACES = re.compile(" +")


def fold(text: str) -> str:
    """The text folded, code point by code point.

    >>> fold("L’Été à Kim Jong-Un…")
    'l ete a kim jong un '
    """
    if len(text) < _SHORT:
        return text.translate(_POINTS)
    points = np.frombuffer(text.encode("utf-32-le"), dtype="<u4")
    if points.max() >= _USUAL:
        return text.translate(_POINTS)
    folded: bytes = _table()[points].tobytes()
    return folded.decode("utf-32-le")


@lru_cache(50_000)
def fold_name(name: str) -> str:
    """A name folded, without spaces around it and with one between its words; not of equal length.

    >>> fold_name(" Antony J. Blinken "), fold_name("…")
    ('antony j blinken', '')
    """
    return _SPACES.sub(" ", fold(name)).strip()


def slug(name: str) -> str:
    """The id that a name gives: its letters and digits in ASCII, hyphens between words.

    >>> slug("Observatoire des détroits de l'Œuvre")
    'observatoire-des-detroits-de-l-oeuvre'
    """
    ascii_only = fold_name(name).replace("œ", "oe").replace("æ", "ae").replace("ß", "ss")
    return ascii_only.replace(" ", "-")


@cache
def _table() -> NDArray[np.uint32]:
    """For each usual code point what it folds to."""
    return np.array([*map(_folded_point, range(_USUAL))], dtype="<u4")


def _folded_point(point: int) -> int:
    character = chr(point)
    if point < 0x80:
        return ord(character.lower()) if character.isalnum() else ord(" ")
    if not character.isalnum():
        return ord(" ")
    base = unicodedata.normalize("NFD", character)[0].lower()
    return ord(base) if len(base) == 1 else point


class _Points(dict[int, int]):
    """What each code point folds to, found out at its first use."""

    def __missing__(self, point: int) -> int:
        self[point] = folded = _folded_point(point) if point < _BMP else ord(" ")
        return folded


_POINTS = _Points()
