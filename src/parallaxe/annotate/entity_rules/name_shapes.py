"""Names by their own words: first names, words of institutions, acronyms; and the thing that stands just before."""

from __future__ import annotations

import re

from parallaxe.annotate.entity_rules.evidence import Name, Reading
from parallaxe.annotate.entity_rules.first_names import FAMILY_FIRST, FIRST_NAMES
from parallaxe.annotate.entity_rules.folding import fold_name
from parallaxe.annotate.entity_rules.geography import kinds
from parallaxe.annotate.entity_rules.institution_words import ENGLISH_HEADS
from parallaxe.annotate.entity_rules.institutions import ORG_HEADS
from parallaxe.annotate.entity_rules.materiel import TYPES
from parallaxe.annotate.entity_rules.small_words import COMMON, OPENERS
from parallaxe.annotate.entity_rules.title_words import TITLES


def by_first_name(at: Name) -> Reading | None:
    """« Josette Le Guyader », « Kim Jong Un »."""
    if at.several and at.words[0] in FIRST_NAMES and at.words[-1] not in COMMON:
        return Reading("PER", 0.9, "first-name")
    if at.several and len(at.words) <= 3 and at.words[0] in FAMILY_FIRST:
        return Reading("PER", 0.85, "family-name-first")
    return None


def by_institution(at: Name) -> Reading | None:
    """« Royal United Services Institute », « TotalEnergies », « FSB », « FC Sion »."""
    if at.several and (at.words[-1] in ENGLISH_HEADS or (at.words[0] in ORG_HEADS and at.words[0] not in FIRST_NAMES)):
        return Reading("ORG", 0.8, "institution-word")
    if at.several and at.words[-1] == "act":
        return Reading("LAW", 0.75, "english-law")
    if _after_loud_word(at.before):
        return None
    if _CONFERENCE.fullmatch(at.written):
        return Reading("EVENT", 0.8, "conference-number")
    return _club(at) if at.several else _by_letters(at) or _branch(at)


_CONFERENCE = re.compile(r"COP-?\d{1,2}")


def _after_loud_word(before: str) -> bool:
    """True behind a word in capitals: a line of them is a heading, where capitals say nothing."""
    loud = before[-12:].split()[-1:]
    return bool(loud) and len(loud[0]) > 1 and loud[0].isupper()


# « FC Sion », « AS Monaco », « Stade rennais »
_CLUB = re.compile(r"(?:FC|AC|AS|US|SC|RC|OGC|FK|CF|CA|SG|EA|Stade|Olympique|Dynamo|Red Bull) ")


def _club(at: Name) -> Reading | None:
    """« SNCF Réseau », « Atlético Madrid »: an acronym with its branch, a club with its town."""
    first = at.written.partition(" ")[0]
    if len(first) > 2 and first.isalpha() and first.isupper() and not at.written.isupper():
        return Reading("ORG", 0.6, "acronym-and-name")
    place = kinds().get(at.words[-1]) in ("state", "city", "capital")
    if (place and at.words[0] not in FIRST_NAMES) or _CLUB.match(at.written):
        return Reading("ORG", 0.6, "club-or-company")
    return None


# « l'autoroute A9 », « la N20 »
_ROAD = re.compile(r"[ADEMNRT]\d{1,4}")


def _branch(at: Name) -> Reading | None:
    """« Météo-France », « Handicap-Belgique »: a noun and the place it is of."""
    known, words = kinds(), at.words
    if "-" in at.written and len(words) == 2 and known.get(words[1]) == "state" and words[0] not in _DIRECTIONS:
        return Reading("ORG", 0.6, "branch-in-a-country") if words[0] not in known else None
    return None


_DIRECTIONS = frozenset("nord sud est ouest haut haute bas basse nouveau nouvelle saint sainte".split())


def _by_letters(at: Name) -> Reading | None:
    """An acronym, or a brand with a capital inside."""
    letters = at.written.replace(".", "").replace("-", "")
    if letters.isupper():
        word = at.words[0]
        usual = word in COMMON or word in OPENERS or word in TITLES or _ROAD.fullmatch(letters)
        return Reading("ORG", 0.7, "acronym") if 2 <= len(letters) <= 6 and not usual else None
    inside = any(character.isupper() for character in at.written[1:])
    if inside and not at.written.startswith(("Mc", "Mac")) and not any(sign in at.written for sign in "-'’"):
        return Reading("ORG", 0.6, "mixed-case")
    return None


def by_materiel(at: Name) -> Reading | None:
    """« missile X » is the name of the missile."""
    word = at.before.rsplit(None, 1)[-1] if at.before.endswith(" ") and not at.before.isspace() else ""
    if word and word[-1].isalpha() and fold_name(word) in TYPES:
        return Reading("PRODUCT", 0.7, "materiel-type-and-name")
    return None
