"""Events that a general word and what follows it name: « guerre de X », « sommet de Munich ».

The general word alone names none of them: which war and which summit must stand there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from parallaxe.annotate.entity_rules.candidates import Candidate
from parallaxe.annotate.entity_rules.folding import fold_name, slug
from parallaxe.annotate.entity_rules.grammar import CAPITAL, CHAIN, OF, SMALL, THE, WORD
from parallaxe.annotate.entity_rules.peoples import adjective_end
from parallaxe.annotate.entity_rules.sighting import Sighting


def _heads(listed: str) -> tuple[str, ...]:
    return tuple(listed.split())


_WARS = _heads("guerre conflit invasion agression guerres insurrection intifada occupation")
_MEETINGS = _heads("forum sommet conférence festival salon congrès biennale foire marathon tournoi rallye grand-prix")
_OTHERS = _heads("bataille siège révolution débarquement crise massacre génocide catastrophe coupe jeux exposition")
_LONGEST = 120

# Known by one fixed name, in any article; small letters are allowed where the press writes them.
NAMED_EVENTS = (
    "Seconde Guerre mondiale",
    "Deuxième Guerre mondiale",
    "Première Guerre mondiale",
    "Grande Guerre",
    "Guerre froide",
    "guerre froide",
    "Seconde Guerre Mondiale",
    "Covid-19",
    "Covid",
    "Shoah",
    "Holocauste",
    "Holodomor",
    "Débarquement",
    "Révolution française",
    "Révolution culturelle",
    "Commune de Paris",
    "Printemps arabe",
    "Brexit",
    "Noël",
    "Pâques",
    "Toussaint",
    "Pentecôte",
    "Ramadan",
    "ramadan",
    "Euro 2024",
    "Tour de France",
    "Jeux olympiques",
    "Jeux paralympiques",
    "Coupe du monde",
    "Roland-Garros",
    "Coupe d'Afrique des nations",
    "Ligue des champions",
    "Ligue Europa",
    "Coupe Davis",
    "Tournoi des Six Nations",
    "Vendée Globe",
    "Tour d'Italie",
    "Tour d'Espagne",
    "Tour des Flandres",
    "Liège-Bastogne-Liège",
    "Milan-San Remo",
    "24 Heures du Mans",
    "Paris-Roubaix",
    "Rallye Dakar",
    "Super Bowl",
    "Wimbledon",
    "Open d'Australie",
    "US Open",
    "Victoires de la musique",
    "Fête de la musique",
    "Festival d'Avignon",
    "Mostra de Venise",
    "Berlinale",
    "Salon de l'agriculture",
    "Nuit des Césars",
    "Journées du patrimoine",
    "Assomption",
    "Ascension",
    "Aïd el-Fitr",
    "Yom Kippour",
    "Black Friday",
    "Eurovision",
    "Mondial",
    "Nouvel An lunaire",
    "Nouvel An",
    "jour de l'An",
    "14 Juillet",
    "11 Septembre",
    "11-Septembre",
    "Mai 68",
    "Libération de Paris",
    "Jour de la Victoire",
    "Euromaïdan",
    "Maïdan",
    "Grande Dépression",
    "Grand Dérangement",
    "Trente Glorieuses",
    "Renaissance italienne",
    "Belle Époque",
    "Thanksgiving",
    "Saint-Valentin",
    "Ulchi Freedom Shield",
    "Freedom Shield",
)

_PLACE = rf"{THE}?(?P<place>{WORD}(?: (?:du |de la |de |d['’])?{WORD}){{0,3}})"
_QUALITY = (
    r"(?: (?:civile|coloniale|économique|totale|éclair|d['’]usure|d['’]agression|d['’]indépendance|ouverte|interne"
    r"|armé|gelé|nucléaire|hybride|sanitaire|climatique|migratoire|monétaire|financière|politique))?"
)
_WAR_OF = re.compile(rf"{_QUALITY} (?:en |dans |contre |à |au |aux |sur |{OF}){_PLACE}")
_WAR_ADJECTIVE = re.compile(rf"{_QUALITY} ")
_MEETING_OF = re.compile(
    rf"(?: {SMALL}+(?:al|ale|ique|iques|aux|ier|ière|aire|el|elle))?(?: (?:sur|pour) (?:la |le |les "
    rf"|l['’])?{SMALL}[\w-]+(?: (?:en |{OF})?{WORD})?| (?:annuel )?(?:{OF}|à )(?:{THE})?(?P<place>{CHAIN})| "
    rf"(?P<name>{CHAIN}))"
)
_CAPITAL_FORUM = re.compile(
    rf"(?: {SMALL}+(?:al|ale|ique|iques|aux|ier|aire|el|elle|on)s?){{1,2}}(?: (?:{OF}|en )(?:{THE})?{WORD})?"
)
_OTHER_OF = re.compile(
    rf"(?: {SMALL}+(?:al|ale|ique|iques|aire|aires|es))?(?: (?:de |d['’]|du |de la |des |en )(?P<place>{CHAIN}))"
)
_PANDEMIC = re.compile(
    r" (?:de |du |d['’])(?:la )?(?:Covid(?:-19)?|coronavirus|Ebola|grippe espagnole|peste noire)", re.IGNORECASE
)
_OPERATION = re.compile(rf"(?: {SMALL}+(?:e|s|es|x)?){{0,3}} (?:[«\"“] ?)?(?P<name>{CHAIN})")
_HOLIDAY = re.compile(
    rf" (?:nationale?(?: {SMALL}+)?|{OF}{SMALL}*[ ]?(?:{CAPITAL}\w+|{SMALL}+ation|travail|drapeau)"
    rf"(?: {OF}{SMALL}+)?|internationale? {OF}{SMALL}+(?: {OF}{SMALL}+)?)"
)
_FROM_YEAR = re.compile(
    r" (?:de |d['’])(?:(?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre"
    r"|décembre) )?(?:1[5-9]\d\d|20\d\d)(?!\w)"
)


_WAR_IN = "guerre-en-"


def other_ids(name: str) -> tuple[str, ...]:
    """The id of an event and those that the same event may have: whatever a war over a place is called, it is one.

    >>> other_ids("guerre-en-ukraine")[:2]
    ('guerre-en-ukraine', 'guerre-de-ukraine')
    """
    place = name.removeprefix(_WAR_IN)
    return (name,) if place == name else tuple(f"guerre-{tie}-{place}" for tie in ("en", "de", "d", "du", "contre"))


def event_at(at: Sighting) -> Candidate | None:
    """The event that begins with the general word at a place, or null."""
    rule = _RULES.get(at.folded)
    return rule(at) if rule else None


def _war(at: Sighting) -> Candidate | None:
    """« guerre en X », « guerre russo-ukrainienne », « invasion russe de l'X », « guerre de 1870 »."""
    ceiling = at.reach(_LONGEST)
    quality = _WAR_ADJECTIVE.match(at.text, at.end, ceiling)
    after = quality.end() - 1 if quality else at.end
    adjective = adjective_end(at.plain, after)
    found = _WAR_OF.match(at.text, adjective or at.end, ceiling)
    if found and fold_name(found["place"]) not in ("nord", "sud", "est", "ouest"):
        return _named(at, found.end(), "event-of-place")._replace(name=f"{_WAR_IN}{slug(found['place'])}")
    year = _FROM_YEAR.match(at.text, adjective or at.end, ceiling)
    if year:
        return _named(at, year.end(), "event-of-year")
    if adjective and adjective <= ceiling and at.folded in ("conflit", "guerre", "invasion"):
        compound = "-" in at.text[after:adjective] or at.folded == "conflit"
        return _named(at, adjective, "event-of-people") if compound else None
    return None


def _meeting(at: Sighting) -> Candidate | None:
    """« Forum économique de l'Est », « sommet de Munich », « Forum » alone with a capital inside a sentence."""
    found = _MEETING_OF.match(at.text, at.end, at.reach(_LONGEST))
    if found and (found["place"] or found["name"]):
        return _named(at, found.end(), "event-meeting")
    if at.words.istitle():
        named = _CAPITAL_FORUM.match(at.text, at.end, at.reach(_LONGEST))
        return _named(at, named.end(), "event-meeting") if named else None
    return None


def _pandemic(at: Sighting) -> Candidate | None:
    """« pandémie de Covid-19 »."""
    found = _PANDEMIC.match(at.text, at.end, at.reach(_LONGEST))
    return _named(at, found.end(), "event-pandemic") if found else None


def _operation(at: Sighting) -> Candidate | None:
    """The name alone of « l'exercice militaire Bouclier de la liberté », « l'opération Barkhane »."""
    found = _OPERATION.match(at.text, at.end, at.reach(80))
    if not found or any(word in _BROKEN for word in fold_name(at.text[at.end : found.start("name")]).split()):
        return None
    begin, stop = found.span("name")
    return Candidate(begin, stop, "EVENT", slug(found["name"]), 0.7, "event-operation")


_BROKEN = frozenset(
    "de du des d a en au aux et ou par pour dans contre avec sur entre que qui la le les l un une".split()
)


def _holiday(at: Sighting) -> Candidate | None:
    """« fête nationale russe », « Journée internationale de la paix »."""
    found = _HOLIDAY.match(at.text, at.end, at.reach(_LONGEST))
    written = at.words[0].isupper() or at.plain.startswith(" nationale", at.end)
    return _named(at, found.end(), "event-holiday") if found and written else None


def _other(at: Sighting) -> Candidate | None:
    """« bataille de X », « crise de Cuba », « débarquement de Normandie », « révolution d'Octobre »."""
    found = _OTHER_OF.match(at.text, at.end, at.reach(_LONGEST))
    return _named(at, found.end(), "event-of-place") if found else None


def _named(at: Sighting, end: int, why: str) -> Candidate:
    return Candidate(at.start, end, "EVENT", slug(at.text[at.start : end]), 0.85, why)


_RULES: Mapping[str, Callable[[Sighting], Candidate | None]] = {
    fold_name(head): rule
    for heads, rule in (
        (_WARS, _war),
        (_MEETINGS, _meeting),
        (("pandémie", "épidémie"), _pandemic),
        (("opération", "exercice", "exercices", "manœuvres"), _operation),
        (("journée", "fête", "jour"), _holiday),
        (_OTHERS, _other),
    )
    for head in heads
}

EVENT_HEADS = frozenset(_RULES)
"""Folded words at which an event may begin."""
