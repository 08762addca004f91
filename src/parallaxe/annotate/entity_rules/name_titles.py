"""Names by the titles around them: what stands before a name or in apposition behind it says what it names."""

from __future__ import annotations

import re
from collections.abc import Collection

from parallaxe.annotate.entity_rules.evidence import Name, Reading, tokens
from parallaxe.annotate.entity_rules.first_names import FIRST_NAMES
from parallaxe.annotate.entity_rules.folding import fold_name
from parallaxe.annotate.entity_rules.peoples import adjectives
from parallaxe.annotate.entity_rules.small_words import STOP_VERBS
from parallaxe.annotate.entity_rules.title_words import (
    AT_ORG,
    HEADS_OF,
    NOBLE,
    OF_ORG,
    OF_PLACE,
    ORG_TITLES,
    PLACE_TITLES,
    SPEECH,
    TITLES,
)

_COURTESY = re.compile(
    r"(?:^|\W)(?:M\.|MM\.|M|Mme|Mmes|Mlle|Mlles|Mr|Mrs|Dr|Me|Pr|Mgr|Monsieur|Madame)\.? (?:(?:de la|de|du|von"
    r"|van) |d['’])?$"
)
# More than « Monsieur de la » has, so that no slice begins where the pattern may take it for the block.
_LONGEST_COURTESY = 24
_LINKS = frozenset("de du des d l la le les et en au aux ex à".split()) | {"à"}
_MODIFIERS = frozenset(
    "ex ancien ancienne actuel actuelle defunt jeune vieux grand feu nouveau nouvelle premier celebre fictif "
    "feue regrette illustre "
    "tout puissant principal numero general generale adjoint adjointe supreme federal federale executif "
    "officiel republicain democrate "
    "conservateur socialiste communiste liberal independant national nationale regional politique militaire "
    "economique ukrainienne etranger "
    "etrangere etrangeres retraite emerite delegue assistant permanent special spécial speciale".split()
)


def by_title(at: Name) -> Reading | None:
    """« M. X », « le président russe X », « le ministre des Armées, X », « l'agence X », « la ville de X »."""
    if _COURTESY.search(at.before[-_LONGEST_COURTESY:]):
        return Reading("PER", 0.95, "courtesy")
    office = _by_office(at)
    if office:
        return office
    between: list[str] = []
    for written in reversed(at.tokens_before[-_FARTHEST:]):
        comma = written == "," and not between
        word = written if comma else fold_name(written) if written[0].isalnum() else ""
        found = None if comma else _by_noun(word, between, several=at.several)
        if found or not (comma or _goes_on(written, word)):
            return found
        between.append(word)
    return None


_FARTHEST = 9


def _goes_on(written: str, word: str) -> bool:
    """False for a sign, a verb or a relative: the title of a name does not stand before it."""
    return bool(word) and written not in _RELATIVES and word not in STOP_VERBS and word not in SPEECH


_RELATIVES = ("a", "ont", "qui", "que", "dont", "où")


def _by_noun(word: str, between: list[str], *, several: bool) -> Reading | None:
    """What a noun says of a name from which the words `between` part it, the nearest to the name first."""
    if _ends_in(word, TITLES):
        return _titled(between, several=several)
    if word in _KIN and not between:
        return Reading("PER", 0.65, "family-noun")
    if word in PLACE_TITLES and between in ([], ["de"], ["d"], ["du"], ["la", "de"]):
        return Reading("LOC", 0.7, "place-title")
    if word in ORG_TITLES and (all(_modifies(word) for word in between) or between[1:] in (["de"], ["d"])):
        return Reading("ORG", 0.85, "organisation-title")
    return None


def _by_office(at: Name) -> Reading | None:
    """« le maire de X », « le patron de X », « le comte d'X »: the noun before « de » says what X is."""
    *_, head, noun, tie = ["", "", "", *map(fold_name, at.tokens_before[-3:])]
    if tie == "au" and noun in AT_ORG and not at.several and not at.after.startswith((" de", " du ", " d'", " d’")):
        return Reading("ORG", 0.6, "office-at-an-organisation")
    if not at.several and ((noun in HEADS_OF and tie == "du") or (head in HEADS_OF and (noun, tie) == ("de", "la"))):
        return Reading("ORG", 0.6, "head-of-an-organisation")
    person = at.words[0] in FIRST_NAMES or (noun not in OF_ORG and at.words[0] not in ("la", "le", "les"))
    if tie not in ("de", "d", "du") or (at.several and person):
        return None
    if noun in OF_PLACE:
        return Reading("LOC", 0.7, "office-of-a-place")
    if noun in OF_ORG:
        return Reading("ORG", 0.6, "office-of-a-company")
    return Reading("PER", 0.6, "noble-title") if noun in NOBLE else None


# « l'administration X », « le clan X »: X is a family name.
_KIN = frozenset(
    "administration presidence famille clan affaire couple duo tandem ere dynastie equipe dossier proces".split()
)


def _titled(between: list[str], *, several: bool) -> Reading | None:
    """A person, if a modifier parts title and name, or the office of the title, before a comma or a full name."""
    apposed = between[:1] == [","]
    inner = between[1:] if apposed else between
    if not inner or all(_modifies(word) for word in inner):
        return Reading("PER", 0.9, "title")
    office = any(word in _LINKS for word in inner) and inner[0] not in _LINKS
    return Reading("PER", 0.8, "title-with-office") if office and (apposed or several) else None


def _modifies(word: str) -> bool:
    return word in _MODIFIERS or _ends_in(word, adjectives())


def _ends_in(word: str, listed: Collection[str]) -> bool:
    """True where a folded word, or what stands behind its last hyphen, is listed."""
    return word in listed or word.rpartition(" ")[2] in listed


def by_nationality(at: Name) -> Reading | None:
    """« l'américain X », « le néerlandais X » in small letters is a company: of a person it would have a capital."""
    *_, article, people = ["", "", *at.tokens_before]
    if people.islower() and fold_name(people) in adjectives() and article.casefold() in _THE:
        return Reading("ORG", 0.7, "company-of-a-country")
    return None


_THE = frozenset(("le", "la", "l'", "l’", "du", "au"))


def by_apposition(at: Name) -> Reading | None:
    """« X, analyste à l'institut Y », « X (52 ans) », « X, 52 ans »."""
    if not at.after.startswith((", ", " (")):
        return None
    for token in tokens(at.after)[1:6]:
        folded = fold_name(token)
        if _ends_in(folded, TITLES):
            return Reading("PER", 0.85 if at.several else 0.6, "apposition")
        if folded in ORG_TITLES or folded in _ORG_NOUNS:
            return Reading("ORG", 0.7, "apposition-of-an-organisation")
        if folded and token.isdigit() and " ans" in at.after[:12]:
            return Reading("PER", 0.85, "age")
        if not folded or folded in SPEECH or not (folded in _LINKS or folded in _ARTICLES or _modifies(folded)):
            return None
    return None


_ORG_NOUNS = frozenset("mission marque enseigne branche rival concurrent".split())
_ARTICLES = frozenset("un une ce cet cette notre son sa".split())
