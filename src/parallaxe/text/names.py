"""Personal names as French newspapers sign with them: « Par Jean Dupont et Marie d'Aubigné, à Séoul ».

A name is told by its shape alone (capitals, particles), so what is found is the name, never whether it is one.
"""

from __future__ import annotations

import re

# `re` knows no class of capitals: Latin with all its diacritics, as names of all of Europe and Viêt Nam need.
_CAPITALS = "".join(character for character in map(chr, [*range(0x250), *range(0x1E00, 0x1F00)]) if character.isupper())
_PART = rf"[{_CAPITALS}][\w'’.-]*"
_PARTICLE = r"(?:(?:de|du|des|la|le|van|von|der|den|ben|bin|el|al|da|di|dos|y) |d['’]|l['’])"
_NAME = rf"{_PART}(?: {_PARTICLE}{{0,2}}{_PART}){{1,3}}"
_NAMES = rf"{_NAME}(?:(?:,| et| &| avec) {_NAME}){{0,4}}"
# What may follow the names of a signature: where and for whom they write, when it was printed.
_FUNCTION = (
    r"(?:(?:notre|nos) )?(?:envoyée?s? spéciale?s?|envoyés spéciaux|correspondante?s?|journalistes?|grande? reporter"
    r"|pigistes?|traductrices?|traducteurs?)"
)
_AGENCY = r"(?:AFP|AP|Reuters|agences?\b|Agence\b)"
_TAIL = rf"(?:,? (?:avec (?:l['’])?{_AGENCY}|{_FUNCTION}|à {_PART}|pour |(?:publié|mis à jour) )|,? ?[(|·•/–—]| - ).*"

_CLERKS = r"(?:AFP|AP|Reuters|ATS|Belga|(?:la |le |notre )?(?:rédaction|service \w+)(?: [^.,]{2,40})?)"
_SIGNING = (
    r"(?:propos |entretien )?recueillis?(?: et traduits?)? (?:à [\w-]+ )?par"
    r"|(?:texte|récit|reportage|enquête|analyse|entretien|chronique|article)?"
    r"(?: (?:écrit|réalisée?|rédigé|signée?|proposée?))? ?par"
    r"|(?:un |une )?(?:texte|article|reportage) (?:de|d['’])"
    r"|(?:l['’](?:éditorial|édito|analyse|humeur|œil)|le (?:billet|bloc-notes|regard)|la (?:chronique|tribune|lettre))"
    r" (?:de |d['’])"
)
_SIGNED = re.compile(rf"(?i:{_SIGNING}) ?:? ?(?P<names>{_NAMES}|(?i:{_CLERKS}))\.?(?:{_TAIL})?")
_CORRESPONDENT = re.compile(
    rf"(?i:de (?:notre|nos|l['’]une? de nos) {_FUNCTION})\b[^.!?]*?(?:, (?P<names>{_NAMES}))?\.?"
)
_ALONE = re.compile(rf"(?P<names>{_NAMES})(?:{_TAIL})?")
_INITIALS = re.compile(rf"(?:(?:[{_CAPITALS}]\. ?-?){{2,4}}|[a-z]{{2,4}}(?:/[a-z]{{2,4}}){{1,5}})(?: ?\([^()]*\))?")
_ARTICLES = re.compile(r"(?:le|la|les|un|une|des|ce|cette|ces|son|sa|ses|nos|notre|l['’]\w+) ", re.IGNORECASE)

_LONGEST = 160


def is_signature(text: str) -> bool:
    """A line that says itself that somebody signs: « Par X », « Propos recueillis par X », « De notre correspondant ».

    >>> is_signature("L'éditorial de Ghislain d'Arvert"), is_signature("Par la voix du Kremlin, Moscou a démenti.")
    (True, False)
    """
    return len(text) <= _LONGEST and bool(_SIGNED.fullmatch(text) or _CORRESPONDENT.fullmatch(text))


def is_name_alone(text: str) -> bool:
    """One or more names of two to four capitalised words, with nothing but their post or place behind.

    >>> [is_name_alone(text) for text in ("Clémence de La Tour", "Vladimir Poutine se tait", "La Maison Blanche")]
    [True, False, False]
    """
    return len(text) <= _LONGEST and bool(_ALONE.fullmatch(text)) and not _ARTICLES.match(text)


def is_initials(text: str) -> bool:
    """A signature by initials, as of columnists or at the foot of agency copy.

    >>> is_initials("J.-P. D. (avec AFP)"), is_initials("jd/ml/cp")
    (True, True)
    """
    return len(text) <= _LONGEST and bool(_INITIALS.fullmatch(text))


def names_in_signature(text: str) -> str | None:
    """The names alone, as they stand; null where a signature names nobody.

    >>> names_in_signature("Propos recueillis par Étienne Marsac, à Séoul")
    'Étienne Marsac'
    >>> names_in_signature("De notre correspondant à Séoul")
    """
    short = text[:_LONGEST]
    found = _SIGNED.fullmatch(short) or _CORRESPONDENT.fullmatch(short) or _ALONE.match(short)
    names = found["names"] if found else None
    return names.rstrip(",") if names else None
