"""Events and texts of law that a general word and what follows it name: « guerre de X », « résolution 2397 ».

The general word alone names none of them: which war, which summit and which treaty must stand there.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from parallaxe.annotate.entity_rules.candidates import Candidate
from parallaxe.annotate.entity_rules.folding import fold_name, slug
from parallaxe.annotate.entity_rules.grammar import CAPITAL, CHAIN, OF, SMALL, THE, WORD
from parallaxe.annotate.entity_rules.peoples import adjective_end


def _heads(listed: str) -> tuple[str, ...]:
    return tuple(listed.split())


_WARS = _heads("guerre conflit invasion agression guerres insurrection intifada occupation")
_MEETINGS = _heads("forum sommet conférence festival salon congrès biennale foire marathon tournoi rallye grand-prix")
_OTHERS = _heads(
    "bataille siège pandémie épidémie crise révolution débarquement exposition coupe jeux opération exercice"
    " exercices manœuvres journée fête jour printemps accident catastrophe marche coup massacre génocide"
)
_LAWS = _heads(
    "traité traités accord accords pacte convention conventions protocole charte mémorandum résolution"
    " résolutions loi déclaration "
    "partenariat constitution directive édit concordat armistice plan amendement décret"
)

EVENT_HEADS = frozenset(fold_name(head) for head in (*_WARS, *_MEETINGS, *_OTHERS))
LAW_HEADS = frozenset(fold_name(head) for head in _LAWS)
HEADS = EVENT_HEADS | LAW_HEADS
"""Folded words at which an event or a text of law may begin."""

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


def event_at(text: str, folded: str, start: int, end: int, ceiling: int) -> Candidate | None:
    """The event that begins with the general word at `text[start:end]`, in a block that ends at `ceiling`, or null."""
    head = folded[start:end]
    ceiling = min(ceiling, end + 120)
    for heads, rule in _RULES:
        if head in heads:
            return rule(text, folded, start, end, ceiling)
    return None


def _war(text: str, folded: str, start: int, end: int, ceiling: int) -> Candidate | None:
    """« guerre en X », « guerre russo-ukrainienne », « invasion russe de l'X », « guerre de 1870 »."""
    quality = _WAR_ADJECTIVE.match(text, end, ceiling)
    after = quality.end() - 1 if quality else end
    adjective = adjective_end(folded, after)
    at = adjective or end
    found = _WAR_OF.match(text, at, ceiling)
    if found and fold_name(found["place"]) not in ("nord", "sud", "est", "ouest"):
        return _event(text, start, found.end(), "event-of-place")._replace(name=f"{_WAR_IN}{slug(found['place'])}")
    year = _FROM_YEAR.match(text, at, ceiling)
    if year:
        return _event(text, start, year.end(), "event-of-year")
    if adjective and adjective <= ceiling and folded[start:end] in ("conflit", "guerre", "invasion"):
        compound = "-" in text[after:adjective] or folded[start:end] == "conflit"
        return _event(text, start, adjective, "event-of-people") if compound else None
    return None


def _meeting(text: str, folded: str, start: int, end: int, ceiling: int) -> Candidate | None:  # noqa: ARG001 - one shape
    """« Forum économique de l'Est », « sommet de Munich », « Forum » alone with a capital inside a sentence."""
    found = _MEETING_OF.match(text, end, ceiling)
    if found and (found["place"] or found["name"]):
        return _event(text, start, found.end(), "event-meeting")
    if text[start].isupper():
        named = _CAPITAL_FORUM.match(text, end, ceiling)
        if named and text[start + 1].islower():
            return _event(text, start, named.end(), "event-meeting")
    return None


def _pandemic(text: str, folded: str, start: int, end: int, ceiling: int) -> Candidate | None:  # noqa: ARG001 - one shape
    found = _PANDEMIC.match(text, end, ceiling)
    return _event(text, start, found.end(), "event-pandemic") if found else None


def _operation(text: str, folded: str, start: int, end: int, ceiling: int) -> Candidate | None:  # noqa: ARG001 - one shape
    """The name alone of « l'exercice militaire Bouclier de la liberté », « l'opération Barkhane »."""
    found = _OPERATION.match(text, end, min(ceiling, end + 80))
    if not found or any(word in _BROKEN for word in fold_name(text[end : found.start("name")]).split()):
        return None
    begin, stop = found.span("name")
    return Candidate(begin, stop, "EVENT", slug(text[begin:stop]), 0.7, "event-operation")


_BROKEN = frozenset(
    "de du des d a en au aux et ou par pour dans contre avec sur entre que qui la le les l un une".split()
)


def _holiday(text: str, folded: str, start: int, end: int, ceiling: int) -> Candidate | None:
    """« fête nationale russe », « Journée internationale de la paix »."""
    found = _HOLIDAY.match(text, end, ceiling)
    if not found or not (text[start].isupper() or folded.startswith(" nationale", end)):
        return None
    return _event(text, start, found.end(), "event-holiday")


def _other(text: str, folded: str, start: int, end: int, ceiling: int) -> Candidate | None:  # noqa: ARG001 - one shape
    """« bataille de X », « crise de Cuba », « débarquement de Normandie », « révolution d'Octobre »."""
    found = _OTHER_OF.match(text, end, ceiling)
    return _event(text, start, found.end(), "event-of-place") if found else None


_RULES: tuple[tuple[frozenset[str], Callable[[str, str, int, int, int], Candidate | None]], ...] = (
    (frozenset(map(fold_name, _WARS)), _war),
    (frozenset(map(fold_name, _MEETINGS)), _meeting),
    (frozenset({"pandemie", "epidemie"}), _pandemic),
    (frozenset({"operation", "exercice", "exercices", "manœuvres"}), _operation),
    (frozenset({"journee", "fete", "jour"}), _holiday),
    (
        frozenset(
            {
                "bataille",
                "siege",
                "revolution",
                "debarquement",
                "crise",
                "massacre",
                "genocide",
                "catastrophe",
                "coupe",
                "jeux",
                "exposition",
            }
        ),
        _other,
    ),
)


def _event(text: str, start: int, end: int, why: str) -> Candidate:
    return Candidate(start, end, "EVENT", slug(text[start:end]), 0.85, why)


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


def laws_at(text: str, folded: str, start: int, end: int, ceiling: int) -> list[Candidate]:
    """The texts of law that begin with the general word at `text[start:end]`; several where they share it."""
    ceiling = min(ceiling, end + 120)
    head = folded[start:end]
    if head in ("resolution", "resolutions", "protocole", "directive", "decret"):
        numbered = _NUMBER.match(text, end, ceiling)
        if numbered:
            return _numbered(text, start, end, numbered)
    found = _law_end(text, folded, head, end, ceiling)
    if found is None:
        return []
    return [Candidate(start, found[0], "LAW", slug(text[start : found[0]]), 0.8, found[1])]


def _law_end(text: str, folded: str, head: str, end: int, ceiling: int) -> tuple[int, str] | None:
    """Where the name ends that begins with a general word, and by which rule."""
    named = _NAMED_LAW.match(text, end, ceiling)
    if named and (named.group() not in _TOO_GENERAL or head == "partenariat"):
        return named.end(), "law-named"
    if named:
        adjective = adjective_end(folded, named.end())
        if adjective and "-" in text[named.end() : adjective]:
            return adjective, "law-named"
        return None
    dated = _OF_DATE.match(text, end, ceiling)
    if dated and head not in ("plan", "partenariat"):
        return dated.end(), "law-dated"
    placed = _OF_PLACE.match(text, end, ceiling)
    if placed and head in (
        "traite",
        "traites",
        "accords",
        "charte",
        "convention",
        "conventions",
        "pacte",
        "protocole",
        "declaration",
        "memorandum",
        "armistice",
        "edit",
        "accord",
        "concordat",
    ):
        return placed.end(), "law-of-place"
    if head == "loi":
        person = _PERSON_LAW.match(text, end, ceiling)
        return (person.end(), "law-of-person") if person else None
    return None


_TOO_GENERAL = frozenset(
    f" de {word}" for word in "sécurité paix coopération cessez-le-feu amitié libre-échange non-agression".split()
)


def _numbered(text: str, start: int, end: int, found: re.Match[str]) -> list[Candidate]:
    """« résolution 2397 » is one; of « résolutions 1718 et 1874 » the second is its number, with the word apart."""
    more = found["more"]
    stop = found.end("first") if more else found.end()
    head = text[start:end].casefold().removesuffix("s")
    listed = [Candidate(start, stop, "LAW", slug(f"{head} {found['first']}"), 0.95, "law-number")]
    for number in re.finditer(r"\d+", more):
        begin = found.start("more") + number.start()
        name = slug(f"{head} {number.group()}")
        listed.append(Candidate(begin, begin + len(number.group()), "LAW", name, 0.9, "law-number", head=(start, end)))
    return listed
