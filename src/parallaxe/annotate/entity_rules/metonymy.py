"""Whether the name of a state, a capital or a bloc stands for its government; the test is that of the guidelines, §6.

What stands before the name decides, then what follows. Territory is told by prepositions of place, by verbs of moving
and of striking, and by nouns of ground and of office (« dirigeant de la X »); all else is the state that acts, speaks,
receives or is party to something, for that is what the press writes about.
"""

from __future__ import annotations

import re

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
    histoire géographie climat économie langue culture pays bord rives
    """
)

# A preposition after which the name is where something is.
_WHERE = _words("en dans depuis sous hors chez")
_WHERE_CAPITAL = _words("depuis dans via vers")

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
    r"|heures|route)\w* (?:\w+ ){0,2}(?:de|d['’])$"
)
_TRAVEL = re.compile(r"\b(?:trajet|train|vol|route|liaison|ligne|kilomètres|milles|distance|heures|port|capitale)\b")
_LAST = re.compile(r"([\w-]+['’]?|[^\w\s])\s*$")
_ARTICLE = re.compile(r"(?:\b(?:la|le|les)\s|\b[lL]['’])$", re.IGNORECASE)
_WINDOW = 80


def is_metonymic(text: str, start: int, end: int, kind: str, floor: int, ceiling: int) -> bool:
    """True where the place at `text[start:end]`, of an acting kind, stands for who governs it.

    >>> line = "Moscou a livré du blé au Tchad, puis la Russie a ouvert une ambassade en Libye."
    >>> [is_metonymic(line, line.index(name), line.index(name) + len(name), "state", 0, len(line))
    ...  for name in ("Moscou", "Tchad", "Russie", "Libye")]
    [True, True, True, False]
    """
    before = _without_signs(text[max(floor, start - _WINDOW) : start])
    before = before[_SENTENCE_END.match(before).end() :]
    after = text[end : min(ceiling, end + _WINDOW)]
    article = _ARTICLE.search(before)
    bare = before[: article.start()] if article else before
    last = _LAST.search(bare)
    word = last.group(1).casefold() if last else ""
    if not before.strip() and _DATELINE.match(after):
        return False
    if word == "a" and bare.strip() == "A":
        word = "à"
    return _by_word(word, bare.rstrip(), before, after, kind, has_article=bool(article))


_SENTENCE_END = re.compile(r"(?:.*[.!?»] (?=[^a-zà-ÿ]))?", re.DOTALL)
_DATELINE = re.compile(r" ?(?:\([\w ]+\) ?)?[—–-] |, (?:le )?\d")


def _without_signs(before: str) -> str:
    """What stands before, without the flags that live blogs put before names."""
    return _SIGNS.sub("", before)


_SIGNS = re.compile("[\U0001f000-\U0010ffff]")


def _by_word(word: str, bare: str, before: str, after: str, kind: str, *, has_article: bool) -> bool:  # noqa: PLR0911
    if word in ("à", "au", "aux"):
        return _receives(word, bare, after, kind, has_article=has_article)
    if word in ("de", "d'", "d’", "du", "des"):
        return _possesses(bare, kind, has_article=has_article)
    if (word in _WHERE and not (word == "chez")) or (word in _WHERE_CAPITAL and kind == "capital"):
        return False
    if word == "vers":
        return kind != "capital"
    if word in ("sur", "contre"):
        return not _TAKEN.search(bare)
    if word == "avec":
        return not _BORDER.search(bare)
    if _SHARED.search(before):
        return not _TRAVEL.search(before)
    if word in ("devant", "derrière", "parmi", "(", "via", "jusqu'à", "hors"):
        return word in ("devant", "parmi")
    return not _MOVING.search(before)


def _receives(word: str, bare: str, after: str, kind: str, *, has_article: bool) -> bool:
    """« à X »: the state where it is given, told or asked something, the place otherwise."""
    if has_article and kind == "state":
        return not _BY_PLACE_NAME.search(bare)
    if _INFINITIVE.match(after):
        return True
    if _BY_PLACE_NAME.search(bare):
        return False
    inner = bare[: -len(word)]
    if kind == "bloc" and not inner.strip():
        return True
    return bool(_GIVING.search(inner))


def _possesses(bare: str, kind: str, *, has_article: bool) -> bool:
    """« N de X »: the noun says whether X is ground."""
    words = re.findall(r"[\w-]+", bare)[:-1]
    nouns = [fold_name(word) for word in words[-2:]]
    if not nouns:
        return False
    if nouns[-1] in _GROUND or _LEFT.search(bare):
        return False
    if (
        len(nouns) > 1
        and nouns[0] in _GROUND
        and nouns[-1].endswith(("e", "es", "al", "aux", "ois", "ais", "ien", "iens", "que", "ques"))
    ):
        return False
    if not has_article and kind == "state" and bare.endswith(("de", "d'", "d’")):
        return False
    return True
