"""Texts of law that a general word and what follows it name: « traité de Lisbonne », « résolution 2397 ».

The general word alone names none of them: which treaty must stand there.
"""

from __future__ import annotations

import re

from parallaxe.annotate.entity_rules.candidates import Candidate
from parallaxe.annotate.entity_rules.folding import fold_name, slug
from parallaxe.annotate.entity_rules.grammar import CAPITAL, OF, SMALL, THE, WORD
from parallaxe.annotate.entity_rules.peoples import adjective_end
from parallaxe.annotate.entity_rules.sighting import Sighting

LAW_HEADS = frozenset(
    map(
        fold_name,
        "traité traités accord accords pacte convention conventions protocole charte mémorandum résolution résolutions "
        "loi déclaration partenariat constitution directive édit concordat armistice plan amendement décret".split(),
    )
)
"""Folded words at which a text of law may begin."""

_NUMBERED = frozenset({"resolution", "resolutions", "protocole", "directive", "decret"})
_OF_PLACES = frozenset(
    "traite traites accords charte convention conventions pacte protocole declaration memorandum armistice edit accord "
    "concordat".split()
)
_LONGEST = 120

_NUMBER = re.compile(
    r" (?:n[°o] ?)?(?P<first>\d{3,4})(?P<more>(?:(?:, | et )\d{3,4}){0,4})(?: (?:adoptée? en \d{4}"
    r"|du Conseil de sécurité(?: de l['’]ONU)?|de l['’]ONU))?"
)
_OF_DATE = re.compile(
    r"(?: (?:de l['’]ONU|des Nations unies|du Conseil de sécurité(?: de l['’]ONU)?))?(?: \w+)?(?: adoptée?s?"
    r"| signée?s?| conclue?s?)? (?:de|d['’]|du|en|le) ?(?:\d{1,2} |1er )?(?:(?:janvier|février|mars|avril|mai|juin"
    r"|juillet|août|septembre|octobre|novembre|décembre) )?(?:1[5-9]\d\d|20\d\d)(?!\w)",
)
_OF_PLACE = re.compile(
    rf"(?: {SMALL}+(?:al|ale|ique|iques|aire|aires|el|elle|elles|aux|if|ive))?(?: sur {THE}?{SMALL}+)? (?:de |d['’]"
    rf"|du |des |de la |de l['’])(?P<place>{WORD}(?:(?: (?:{OF})?){WORD}){{0,2}}(?: unies)?)"
)
_NAMED_LAW = re.compile(
    r" (?:de partenariat stratégique(?: global)?|stratégique global|d['’]association|de (?:non-prolifération"
    r"|non-agression|libre-échange|sécurité|défense mutuelle|paix|amitié|coopération|cessez-le-feu)(?: "
    r"(?:nucléaire|mutuelle|et de coopération|intermédiaire|collective))?|d['’]amitié(?: et de coopération)?"
    r"|d['’]interdiction[\w' ’-]{0,40}?|européenne|atlantique|germano-soviétique|vert|Vert)(?!\w)"
)
_TITLED = re.compile(
    rf" (?:sur|pour|relative à|contre) (?:{THE})?{SMALL}[\w'’-]+(?: (?:{OF}|et )?{SMALL}[\w-]+){{0,3}}"
)
_PERSON_LAW = re.compile(rf" (?P<name>{CAPITAL}{SMALL}+(?:-{CAPITAL}{SMALL}+)?)(?!\w)")


def laws_at(at: Sighting) -> list[Candidate]:
    """The texts of law that begin with the general word at a place; several where they share it."""
    if at.folded in _NUMBERED:
        numbered = _NUMBER.match(at.text, at.end, at.reach(_LONGEST))
        if numbered:
            return _numbered(at, numbered)
    found = _end(at)
    return [Candidate(at.start, found[0], "LAW", slug(at.text[at.start : found[0]]), 0.8, found[1])] if found else []


def _end(at: Sighting) -> tuple[int, str] | None:
    """Where the name ends that begins with a general word, and by which rule."""
    ceiling = at.reach(_LONGEST)
    named = _NAMED_LAW.match(at.text, at.end, ceiling)
    if named:
        return _named_end(at, named)
    dated = _OF_DATE.match(at.text, at.end, ceiling)
    if dated and at.folded not in ("plan", "partenariat"):
        return dated.end(), "law-dated"
    placed = _OF_PLACE.match(at.text, at.end, ceiling) if at.folded in _OF_PLACES else None
    if placed:
        return placed.end(), "law-of-place"
    person = _PERSON_LAW.match(at.text, at.end, ceiling) if at.folded == "loi" else None
    return (person.end(), "law-of-person") if person else None


def _named_end(at: Sighting, named: re.Match[str]) -> tuple[int, str] | None:
    """« accord de paix » names one only with its parties: « accord de paix israélo-égyptien »."""
    if named.group() not in _TOO_GENERAL or at.folded == "partenariat":
        return named.end(), "law-named"
    adjective = adjective_end(at.plain, named.end())
    return (adjective, "law-named") if adjective and "-" in at.text[named.end() : adjective] else None


_TOO_GENERAL = frozenset(
    f" de {word}" for word in "sécurité paix coopération cessez-le-feu amitié libre-échange non-agression".split()
)


def _numbered(at: Sighting, found: re.Match[str]) -> list[Candidate]:
    """« résolution 2397 » is one; of « résolutions 1718 et 1874 » the second is its number, with the word apart."""
    more = found["more"]
    stop = found.end("first") if more else found.end()
    head = at.words.casefold().removesuffix("s")
    listed = [Candidate(at.start, stop, "LAW", slug(f"{head} {found['first']}"), 0.95, "law-number")]
    for number in re.finditer(r"\d+", more):
        begin = found.start("more") + number.start()
        name, apart = slug(f"{head} {number.group()}"), (at.start, at.end)
        listed.append(Candidate(begin, begin + len(number.group()), "LAW", name, 0.9, "law-number", head=apart))
    return listed
