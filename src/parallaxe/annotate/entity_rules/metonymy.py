"""Whether the name of a state, a capital or a bloc stands for its government; the test is that of the guidelines, §6.

What stands before the name decides, then what follows. Territory is told by prepositions of place, by verbs of moving
and of striking, and by nouns of ground and of office (« dirigeant de la X »); all else is the state that acts, speaks,
receives or is party to something, for that is what the press writes about.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from parallaxe.annotate.entity_rules.folding import fold_name


def _words(listed: str) -> frozenset[str]:
    return frozenset(fold_name(word) for word in listed.split())


# « X de la Russie »: the ground, those who live there, or an office; the name is territory.
_GROUND = _words(
    """
    capitale ville villes village gare frontière frontières nord sud est ouest centre région régions province
    provinces port rues rue aéroport territoire
    sol ciel côte côtes littoral large carte île îles dirigeant dirigeants dirigeante président présidente
    ambassadeur ambassadrice ministre chef leader
    numéro roi reine empereur tsar premier peuple population habitants habitant citoyens citoyen porte portes
    visite voyage séjour retour départ arrivée route
    analystes analyste chercheurs chercheur experts expert universités université soldats soldat hauteurs
    environs banlieue
    parti partis partie parties partent sorti sortie sortis venu venue venus revenu revenue arrivé arrivés
    sortir partir venir revenir rentré originaire voisin voisine
    distance kilomètres milles loin près proximité partie parties quart tiers moitié reste musée hôpital
    ambassade zone zones espace
    partance provenance forum envahisseur annexion invasion occupation reconquête conquête bombardement
    libération chute pluie hiver touristes
    chute disparition effondrement dislocation éclatement réunification diplomate ressortissants
    caserne prison tribunal université lycée école place quartier mairie métro stade zoo bourse marché cimetière hôtel
    château palais opéra festival club cathédrale église mosquée synagogue parc jardin plage tour pont périphérie
    centre-ville faubourg arrondissement mur hippodrome théâtre maternité clinique aérodrome circuit
    histoire géographie climat économie langue culture pays bord rives
    """
)

# A preposition after which the name is where something is.
_WHERE = frozenset(("en", "dans", "depuis", "sous", "hors", "via", "derrière", "("))

# « livrer à X », « soutien à X », « demander à X »: X receives.
_GIVING = re.compile(
    r"\b(?:livr|vend|vent|fourn|donn|demand|accord|promet|promis|promess|impos|répond|répliqu|parl|appart|aid"
    r"|souti|souten|appu|oppos|transf|reproch|alli|li[ée]s? |hostil|favorabl|céd|cess|fac[e]|grâc|quant|contrair|"
    r"avert|messag|appel|import|rend|épargn|ménag|tenir|envo|expédi|transm|remett|remis|adress|propos|rappel"
    r"|permet|interdi|refus|coût|profit|offr|offert|prêt|ordonn|dict|conseil|fournit|attach|fidél|obé|résist|"
    r"dis|dit|dire|renvo|annonc|confi|pression|sanction|ultimatum|destin|nui|plaît|plaire|avantage|réclam|emprunt"
    r"|doi[ts]|valu|vaut|arrach|suffi|lettr|soumet|savoir|quémand|mendi|tend|feu vert|aval|rest|revien|apport"
    r"|assur|garant|avertissement|ressembl)\w*\b[^.;:!?»]{0,45}$",
    re.IGNORECASE,
)

# The state is not the subject but the ground that somebody leaves, crosses, strikes or takes.
_MOVING = re.compile(
    r"\b(?:quitt|visit|gagn|rejoi|travers|bombard|atteign|atteindr|occup|envahi|survol|regagn|parcour|libér"
    r"|sillonn|annex|ravag|dévast|fui|connaît|frapp|détrui|rev[uo]|bord|entour|longe)\w*(?: (?:l['’]|la |le "
    r"|les )?)?(?:enfin |aussi |déjà )?(?:l['’]|la |le |les )?$",
    re.IGNORECASE,
)
_BY_PLACE_NAME = re.compile(
    r"(?:poste|basés?|installés?|réunis?|nés?|mort|arrivée?s?|signée?s?|rencontrée?s?|accueillie?s?|reçue?s?"
    r"|dit-on|dépêchée?s?|rendue?s?|rendre|aller|allée?s?|passage|visite|séjour|séjours|voyage|sommet|déplacement"
    r"|escale|étape|ambassadeur|ambassade|université\w*(?: \w+)?,) (?:à|au|aux)$",
    re.IGNORECASE,
)
_INFINITIVE = re.compile(
    r"^(?:, (?:à|au|aux) (?:la |l['’])?[\w-]+){0,3},? (?:maintenant |désormais |alors )?(?:de |d['’])(?:ne (?:pas "
    r"|plus |rien )?|n['’])?(?:en |y |se |s['’]|l['’]|la |le |les |lui )?\w+(?:er|ir|re|oir)\b"
)
_SHARED = re.compile(
    r"\bentre (?:l['’]|la |le |les )?[\w' ’-]{2,40} et (?:l['’]|la |le |les )?$|\bentre (?:l['’]|la |le |les )?$"
)
_TAKEN = re.compile(
    r"(?:frappe|frapper|tir|attaque|incursion|vol|mainmise|vue|survol|raid|bombe|bombardement|neige|fenêtre"
    r"|pluie)s? (?:\w+ )?(?:sur|contre|en)$"
)
_BORDER = re.compile(r"\b(?:frontières?|démarcation|limites?|confins)\b[^,;.]{0,20}$")
_LEFT = re.compile(
    r"\b(?:parti|partie|venu|venue|sorti|sortie|revenu|arrivé|quitt|loin|écrit|mande|télégraphie|train|vol|avion"
    r"|heures|route)\w* (?:\w+ ){0,2}(?:du|de|d['’])$"
)
_TRAVEL = re.compile(r"\b(?:trajet|train|vol|route|liaison|ligne|kilomètres|milles|distance|heures|port|capitale)\b")
_LAST = re.compile(r"([\w-]+['’]?|[^\w\s])\s*$")
_ARTICLE = re.compile(r"(?:\b(?:la|le|les)\s|\b[lL]['’])$", re.IGNORECASE)
WINDOW = 80
"""How much of a block before and behind a name is read."""


class _Around(NamedTuple):
    """A name of a `kind` of place in its sentence: what stands before and behind.

    `word` is the last before the name and its article, `bare` all up to it.
    """

    before: str
    after: str
    kind: str
    word: str
    bare: str
    has_article: bool


def is_metonymic(before: str, after: str, kind: str) -> bool:
    """True where a place of an acting kind stands for who governs it, by the text `before` and `after` its name.

    Both are of the same block; more than `WINDOW` code points are not needed. A name alone in its block is a dateline.

    >>> line = "Moscou a livré du blé au Tchad, puis la Russie a ouvert une ambassade en Libye."
    >>> [is_metonymic(*line.split(name), "state") for name in ("Moscou", "Tchad", "Russie", "Libye")]
    [True, True, True, False]
    """
    if not before.strip() and _NOTHING.match(after):
        return False
    before = _SENTENCE_END.sub("", _SIGNS.sub("", before), 1)
    if not before.strip() and _DATELINE.match(after):
        return False
    article = _ARTICLE.search(before)
    bare = before[: article.start()] if article else before
    last = _LAST.search(bare)
    word = "à" if bare.strip() == "A" else last.group(1).casefold() if last else ""
    return _acts(_Around(before, after, kind, word, bare.rstrip(), has_article=bool(article)))


# All up to the last end of a sentence.
_SENTENCE_END = re.compile(r"\A.*[.!?»] (?=[^a-zà-ÿ])", re.DOTALL)
# « SÉOUL (Agence) — », « Séoul, lundi 3 mars », « Séoul (Corée du Sud), le 12 mars ».
_DATELINE = re.compile(
    r" ?(?:\([\w '’,-]{1,60}\) ?)?(?:[—–-] |, (?:le )?(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche) )?\d)"
)
_NOTHING = re.compile(r"[.,:]?\s*\Z")
# Flags that live blogs put before names.
_SIGNS = re.compile("[\U0001f000-\U0010ffff]")


def _acts(around: _Around) -> bool:
    if around.word in _WHERE or (around.word == "vers" and around.kind == "capital"):
        return False
    rule = _BY_WORD.get(around.word)
    if rule:
        return rule(around)
    if _SHARED.search(around.before):
        return not _TRAVEL.search(around.before)
    return not _MOVING.search(around.before)


def _receives(around: _Around) -> bool:
    """« à X »: the state where it is given, told or asked something, the place otherwise."""
    if around.has_article and around.kind == "state":
        return not _BY_PLACE_NAME.search(around.bare)
    if _INFINITIVE.match(around.after):
        return True
    if _BY_PLACE_NAME.search(around.bare):
        return False
    inner = around.bare[: -len(around.word)]
    return (around.kind == "bloc" and not inner.strip()) or bool(_GIVING.search(inner))


def _possesses(around: _Around) -> bool:
    """« N de X »: the noun says whether X is ground."""
    words = re.findall(r"[\w-]+", around.bare)[:-1]
    nouns = [fold_name(word).rpartition(" ")[2] for word in words[-2:]]
    if not nouns or nouns[-1] in _GROUND or _LEFT.search(around.bare):
        return False
    if len(nouns) > 1 and nouns[0] in _GROUND and nouns[-1].endswith(_ADJECTIVE_ENDINGS):
        return False
    return around.has_article or around.kind != "state" or not around.bare.endswith(("de", "d'", "d’"))


_ADJECTIVE_ENDINGS = ("e", "es", "al", "aux", "ois", "ais", "ien", "iens", "que", "ques")


def _upon(around: _Around) -> bool:
    """« sur X », « contre X »: the state that is blamed or pressed, the ground that is struck."""
    return not _TAKEN.search(around.bare)


def _beside(around: _Around) -> bool:
    """« avec X »: the partner, unless it is one of a border."""
    return not _BORDER.search(around.bare)


def _always(_: _Around) -> bool:
    """« devant X », « parmi X », « vers X »: who acts."""
    return True


_BY_WORD: Mapping[str, Callable[[_Around], bool]] = {
    **dict.fromkeys(("à", "au", "aux"), _receives),
    **dict.fromkeys(("de", "d'", "d’", "du", "des"), _possesses),
    **dict.fromkeys(("sur", "contre"), _upon),
    "avec": _beside,
    **dict.fromkeys(("devant", "parmi", "vers"), _always),
}
