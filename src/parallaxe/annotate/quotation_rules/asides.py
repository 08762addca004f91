"""Adverbs of several words, which stand between any two words of a clause: « pour sa part », « de longue date »."""

from __future__ import annotations

from functools import cache

from parallaxe.annotate.quotation_rules.reading import Reading
from parallaxe.annotate.quotation_rules.words_of_grammar import TIME_WORDS

ASIDES: tuple[str, ...] = (
    # Whose turn it is.
    "pour sa part", "pour leur part", "de son côté", "de leur côté", "à son tour", "à leur tour", "quant à lui",
    "quant à elle", "quant à eux", "quant à elles", "d' une seule voix", "d' une même voix", "à l' unanimité",
    "de concert", "en chœur", "tour à tour", "en bloc",
    # How it hangs together with what was said before.
    "en revanche", "au contraire", "à l' inverse", "en retour", "en outre", "par ailleurs", "en effet", "de même",
    "pour autant", "du moins", "au moins", "du reste", "de fait", "en somme", "en substance", "en particulier",
    "bien sûr", "au passage", "malgré tout", "tout de même", "quand même", "sans surprise", "comme attendu",
    # How it is said.
    "avec la plus grande fermeté", "avec la plus grande vigueur", "avec la dernière énergie",
    "dans les termes les plus vifs",
    "avec force", "avec fermeté", "avec prudence", "avec vigueur", "avec insistance", "sans détour", "sans ambages",
    "sans relâche", "sans réserve", "sans équivoque", "à demi-mot", "à mots couverts", "à voix basse", "à voix haute",
    "en privé", "en public", "en vain", "tout haut", "tout bas", "à regret", "à dessein", "en termes vifs",
    # When and how often.
    "de longue date", "de nouveau", "à nouveau", "une nouvelle fois", "une fois de plus", "une fois encore",
    "à plusieurs reprises", "à maintes reprises", "sans attendre", "sans tarder", "d' emblée", "d' ores et déjà",
    "pour l' instant", "pour le moment", "à ce stade", "dans l' immédiat", "dans la foulée", "dans la soirée",
    "dans la journée", "dans la matinée", "dans la nuit", "la veille", "la veille au soir", "l' avant-veille",
    "le lendemain", "le jour même", "le soir même", "au même moment", "dans le même temps", "en même temps",
    "à l' époque", "depuis longtemps", "depuis des années", "depuis des mois",
)  # fmt: skip


@cache
def _by_first() -> dict[str, tuple[tuple[str, ...], ...]]:
    """The asides by their first word, longest first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for aside in sorted((tuple(aside.split()) for aside in ASIDES), key=len, reverse=True):
        found.setdefault(aside[0], []).append(aside)
    return {first: tuple(rows) for first, rows in found.items()}


_LONGEST = max(len(aside.split()) for aside in ASIDES)


def past_aside(reading: Reading, place: int) -> int:
    """Behind an aside or « en mai » that begins at a word; else that word."""
    form = reading.form(place)
    for words in _by_first().get(form, ()):
        if tuple(reading.words.forms[place : place + len(words)]) == words:
            return place + len(words)
    return place + 2 if form == "en" and reading.form(place + 1) in TIME_WORDS else place


def before_aside(reading: Reading, place: int) -> int:
    """The word before an aside that ends at a word; else that word."""
    for first in range(max(0, place - _LONGEST + 1), place):
        if past_aside(reading, first) == place + 1:
            return first - 1
    return place
