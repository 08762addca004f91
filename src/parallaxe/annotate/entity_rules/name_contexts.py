"""Names by the words they depend on: verbs of speech, prepositions of place, an article, the layout of a block."""

from __future__ import annotations

import re

from parallaxe.annotate.entity_rules.evidence import Name, Reading
from parallaxe.annotate.entity_rules.first_names import FIRST_NAMES
from parallaxe.annotate.entity_rules.folding import fold_name
from parallaxe.annotate.entity_rules.small_words import COMMON
from parallaxe.annotate.entity_rules.title_words import PARTICIPLES, SPEECH

_SPEAKS = re.compile(
    r"(?:^,[^,.;]{0,60},|^)(?: (?:a|ont|avait|ne|n['’]a|se|s['’]est|l['’]a|le|lui|leur|y|en|nous))*(?: n['’]"
    r"| s['’]| l['’])? ?(?P<verb>\w+)"
)


def by_speech(at: Name) -> Reading | None:
    """« soupire X », « a déclaré X », « X affirme »: somebody speaks; whether a person, other evidence says first."""
    tokens = at.tokens_before[-2:]
    last = fold_name(tokens[-1]) if tokens else ""
    if last in SPEECH or (last in PARTICIPLES and len(tokens) > 1 and tokens[0] in ("a", "avait", "ont", "A")):
        return Reading("PER", 0.75 if at.several else 0.55, "speech-verb")
    speaks = _SPEAKS.match(at.after) if at.several else None
    verb = fold_name(speaks["verb"]) if speaks else ""
    return Reading("PER", 0.7, "speech-verb") if verb in SPEECH or verb in PARTICIPLES else None


_AT = re.compile(
    r"(?:^|[\s(«'’])(?:(?P<in>en|[Ee]n|vers|[Vv]ers|depuis|[Dd]epuis|jusqu['’]à|près de|[Pp]rès de|près d['’]"
    r"|hors de|au large de|autour de|nord de|sud de|est de|ouest de|"
    r"banlieue de|environs de|port de|gare de|ville de|à destination de|entre [A-ZÉ][\w-]+ et)|(?P<at>à|À|d['’]à))"
    r"(?: l['’]| )?$"
)
# Behind these « à » gives or says something to somebody: X is no place.
_SAID_TO = re.compile(
    r"\b(?:dit|écrit|confi|déclar|expliqu|racont|parl|promi|promet|livr|répon|annonc|assur|demand|donn|accord|offert"
    r"|offr|prêt|vend|remi|remet|adress|propos|ordonn|rappel|indiqu|précis|révél|transmi|envoy|impos|oppos|associ|alli"
    r"|li|mari|succéd|reproch|pardonn|obé|résist|fai[st] confiance|affirm|affili|confront|attribu|ressembl|doi|dû)\w*"
    r" à $"
)
_SHAPE = re.compile(
    r"(?:^(?:Saint|Sainte|Nord|Sud|Est|Ouest|Port|Mont|Château|Villeneuve|Bourg|Fort|Cap|Pont|Roche|Bois|Neuf|Nouveau|Nouvelle|Haut"
    r"|Haute|Bas|Basse|San|Santa|Sankt|New)[- ][A-ZÉÈ]"
    r"|-(?:sur|sous|en|les|lès|le|la|du|de|des|aux|au)-|(?:grad|bourg|burg|bourgs|sk|abad|istan|opol|polis|shire"
    r"|ville|heim|stadt|dorf|wil|ens|ey|gorod|pour|akan)$)"
)


def by_place(at: Name) -> Reading | None:
    """« à X », « en X », « près de X », « Saint-X », « X-sur-Y »."""
    shaped = bool(_SHAPE.search(at.written)) and (not at.several or at.written.startswith(_SEVERAL_WORDS))
    found = _AT.search(at.before)
    located = found and not _SAID_TO.search(at.before)
    if found and not found["in"] and len(at.words) == 1 and at.words[0] in FIRST_NAMES:
        return Reading("PER", 0.5, "first-name-alone")
    if found and located and not at.several:
        return Reading("LOC", 0.8 if found["in"] or shaped else 0.7, "preposition-of-place")
    if shaped and "-" in at.written:
        return Reading("LOC", 0.7, "shape-of-a-place")
    named_so = at.words[0] not in FIRST_NAMES and at.after[:1] in (",", ".", " ", ")")
    return Reading("LOC", 0.5, "preposition-of-place") if found and located and found["at"] and named_so else None


_SEVERAL_WORDS = ("San ", "Santa ", "New ", "Port ")
_DATELINE = re.compile(r"^(?: ?\([^)]{2,20}\))? ?[—–-] ")


def by_layout(at: Name) -> Reading | None:
    """« X — » at the beginning of a block is where it was written; « X : » before an answer is who speaks."""
    if at.before.strip():
        return None
    if _DATELINE.match(at.after):
        return Reading("LOC", 0.7, "dateline")
    return Reading("PER", 0.6, "speaker") if at.several and at.after.startswith((" :", ":")) else None


def by_house(at: Name) -> Reading | None:
    """« chez X »: a company, unless the article knows somebody of that name."""
    at_home = at.before.endswith((" chez ", "Chez ")) and not at.several and at.words[0] not in FIRST_NAMES
    return Reading("ORG", 0.5, "at-a-company") if at_home else None


_ARTICLE = re.compile(
    r"(?:^|[\s(«])(?P<article>[Ll]a|[Ll]e|[Ll]es|[Ll]['’]|du|au|des|aux|de la|de l['’])(?: |(?<=['’]))$"
)


def by_article(at: Name) -> Reading | None:
    """A single name with an article is no person: « la Garonne », « le Guardian », « les Bretons »."""
    found = None if at.several or at.words[0] in COMMON else _ARTICLE.search(at.before)
    article = found["article"].casefold() if found else ""
    if article in ("les", "des", "aux"):
        return Reading("NORP", 0.5, "people-by-ending") if at.words[0].endswith(_PEOPLE_ENDINGS) else None
    if article in ("la", "de la", "l'", "l’", "de l'", "de l’"):
        return Reading("LOC", 0.35, "article-feminine")
    return Reading("ORG", 0.35, "article-masculine") if article else None


_PEOPLE_ENDINGS = ("ais", "ois", "iens", "eens", "ains", "istes", "aques")
