"""Peoples: their names as nouns with a capital, and their adjectives, which make a body or an event that of a state."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from parallaxe.annotate.entity_rules.folding import fold_name, slug
from parallaxe.annotate.entity_rules.people_words import COMBINING, GROUPS, PEOPLES, PREFIXES, forms

_ADJECTIVE = re.compile(r" ([^\W\d_]+)(?: ([^\W\d_]+))?")
_COMBINING = frozenset(fold_name(word) for word in COMBINING)


@cache
def nouns() -> Mapping[str, str]:
    """Folded forms of the names of peoples and groups, with the id that their plural gives.

    >>> nouns()["nord coreenne"], nouns()["occidentaux"]
    ('nord-coreens', 'occidentaux')
    """
    singular = [*PEOPLES, *GROUPS, *(f"{prefix}-{people}" for prefix in PREFIXES for people in _DIVIDED)]
    return {fold_name(form): slug(_plural(name)) for name in singular for form in forms(name)}


_DIVIDED = ("coréen", "américain", "africain", "vietnamien", "soudanais", "européen", "yéménite", "asiatique")


def _plural(masculine: str) -> str:
    listed = forms(masculine)
    return next((form for form in listed if form.endswith(("s", "x"))), listed[0])


@cache
def adjectives() -> frozenset[str]:
    """Folded adjectives of peoples: small letters make the noun an adjective."""
    return frozenset(nouns()) - {"allies", "alliee", "alliees"}


def adjective_end(folded: str, start: int) -> int | None:
    """Where an adjective of a people ends that begins at `folded[start]`, a space, or null if there is none.

    >>> adjective_end("guerre russo ukrainienne ", 6), adjective_end("armee de terre", 5)
    (24, None)
    """
    found = _ADJECTIVE.match(folded, start, start + 48)
    if not found:
        return None
    first, second = found.groups()
    if second and (f"{first} {second}" in adjectives() or (first in _COMBINING and second in adjectives())):
        return found.end()
    return found.end(1) if first in adjectives() else None
