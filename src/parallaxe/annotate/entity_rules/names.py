"""Names nobody listed: words with capitals, and what the words around them say that they name.

Each chain of capitals is read once. The first rule that has evidence decides; evidence is a title, a first name, an
apposition, a verb of speech, a preposition of place, the shape of the name. A chain without evidence waits for the
rest of the article (`memory`): a name that is clear once is clear everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from parallaxe.annotate.entity_rules.candidates import Candidate
from parallaxe.annotate.entity_rules.first_names import FAMILY_FIRST, FIRST_NAMES
from parallaxe.annotate.entity_rules.folding import fold_name, slug
from parallaxe.annotate.entity_rules.geography import kinds
from parallaxe.annotate.entity_rules.grammar import CAPITAL, CHAIN, WORD, opens
from parallaxe.annotate.entity_rules.institution_words import ENGLISH_HEADS
from parallaxe.annotate.entity_rules.institutions import ORG_HEADS
from parallaxe.annotate.entity_rules.materiel import TYPES
from parallaxe.annotate.entity_rules.peoples import adjectives
from parallaxe.annotate.entity_rules.small_words import COMMON, OPENERS, STOP_VERBS
from parallaxe.annotate.entity_rules.title_words import (
    COURTESIES,
    NOBLE,
    OF_ORG,
    OF_PLACE,
    ORG_TITLES,
    PARTICIPLES,
    PLACE_TITLES,
    SPEECH,
    TITLES,
)

_CHAIN = re.compile(CHAIN)
_ELISION = re.compile(r"(?:[LDSJCMTldsjcmt]|[Qq]u|[Ll]orsqu|[Pp]uisqu|[Jj]usqu|[Aa]ujourd)['’]")
_PARTICLE = re.compile(
    rf" (?:de La |de la |du |des |de |d['’]|von der |von |van der |van den |van |der |ben |bin |ibn |al-|el-|da "
    rf"|dos |di )(?:{WORD})(?: {WORD})?"
)
_WINDOW = 72


class Chain(NamedTuple):
    """Capital words `text[start:end]`; `opening` where the first has its capital from the sentence alone, maybe."""

    start: int
    end: int
    opening: bool
    block_start: int
    block_end: int


class Reading(NamedTuple):
    """What a chain names, how sure that is, and the evidence; the label is empty where nothing speaks for any."""

    label: str
    score: float
    why: str


NOTHING = Reading("", 0.0, "")


def chains(text: str, start: int, end: int) -> Iterator[Chain]:
    """The chains of capital words of a block, without elided words, courtesies and words that open a sentence."""
    for found in _CHAIN.finditer(text, start, end):
        begin, stop = found.span()
        if begin > start and (text[begin - 1].isalnum() or text[begin - 1] == "-"):
            space = text.find(" ", begin, stop)
            if space < 0 or not text[space + 1].isupper():
                continue
            begin = space + 1
        chain = _trimmed(text, Chain(begin, stop, opens(text, begin, start), start, end))
        if chain:
            yield chain


def _trimmed(text: str, chain: Chain) -> Chain | None:
    """The chain without what is no part of a name at its beginning; null where nothing stays."""
    begin, opening = chain.start, chain.opening
    while begin < chain.end:
        elision = _ELISION.match(text, begin, chain.end)
        if elision:
            begin = elision.end()
            if not text[begin : begin + 1].isupper():
                return None
            opening = False
            continue
        word = _first_word(text, begin, chain.end)
        if word in COURTESIES or word.rstrip(".") in COURTESIES or (opening and _opens_only(word)):
            begin += len(word) + 1
            opening = False
            continue
        if fold_name(word) in _OFFICES and begin + len(word) < chain.end:
            begin += len(word) + 1
            continue
        break
    if begin >= chain.end:
        return None
    return chain._replace(start=begin, opening=opening)


# Written large before a name, in « secrétaire d'État X », « le Président X ».
_OFFICES = frozenset(
    "etat etats affaires defense president presidente premier ministre roi reine prince duc comte general "
    "colonel capitaine marechal amiral pape cardinal "
    "docteur professeur chancelier ambassadeur directeur secretaire empereur".split()
)


def _first_word(text: str, begin: int, end: int) -> str:
    space = text.find(" ", begin, end)
    return text[begin : end if space < 0 else space]


def _opens_only(word: str) -> bool:
    folded = fold_name(word)
    return folded in OPENERS or (folded.split(" ")[0] in OPENERS and "-" in word and folded.split(" ")[-1] in _INVERTED)


_INVERTED = frozenset("il elle ils elles on t y vous nous je tu ce".split())


def with_particle(text: str, chain: Chain) -> Chain:
    """« Charles de Gaulle » for « Charles »: a first name alone goes on with a particle."""
    words = fold_name(text[chain.start : chain.end]).split(" ")
    if (len(words) == 1 and words[0] in FIRST_NAMES) or (
        words[0] in FIRST_NAMES and "-" in text[chain.start : chain.end] and " " not in text[chain.start : chain.end]
    ):
        found = _PARTICLE.match(text, chain.end, chain.block_end)
        if found and not _is_common(found.group()):
            return chain._replace(end=found.end())
    return chain


def _is_common(words: str) -> bool:
    return fold_name(words).split(" ")[-1] in COMMON


def read(text: str, chain: Chain) -> Reading:
    """What a chain names by its own words and those around it in its block."""
    name = text[chain.start : chain.end]
    words = fold_name(name).split(" ")
    if all(word in COMMON for word in words) or not words[0]:
        return NOTHING
    before = text[max(chain.block_start, chain.start - _WINDOW) : chain.start]
    after = text[chain.end : min(chain.block_end, chain.end + _WINDOW)]
    several = len(words) > 1 and " " in name
    for rule in _RULES:
        reading = rule(name, words, before, after, several)
        if reading:
            return reading
    if several and not (chain.opening and words[0] in COMMON):
        return Reading("PER", 0.45 if chain.opening else 0.55, "two-capitals")
    return NOTHING


_COURTESY = re.compile(
    r"(?:^|\W)(?:M\.|MM\.|M|Mme|Mmes|Mlle|Mlles|Mr|Mrs|Dr|Me|Pr|Mgr|Monsieur|Madame)\.? (?:(?:de la|de|du|von"
    r"|van) |d['’])?$"
)
_TOKENS = re.compile(r"[\w-]+['’]?|[^\w\s]")
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


def _by_title(name: str, words: list[str], before: str, after: str, several: bool) -> Reading | None:  # noqa: ARG001
    """« M. X », « le président russe X », « le ministre des Affaires étrangères, X », « l'agence X », « la ville de X »."""
    if _COURTESY.search(before):
        return Reading("PER", 0.95, "courtesy")
    tokens = _TOKENS.findall(before)
    office = _by_office(tokens, several)
    if office:
        return office
    between: list[str] = []
    for token in reversed(tokens[-9:]):
        if token == "," and not between:
            between.append(token)
            continue
        if not (token[0].isalnum()):
            return None
        folded = fold_name(token)
        if folded in TITLES or folded.split(" ")[-1] in TITLES:
            return _titled(between, several)
        if folded in _KIN and not between:
            return Reading("PER", 0.65, "family-noun")
        if folded in PLACE_TITLES and between in ([], ["de"], ["d"], ["du"], ["la", "de"]):
            return Reading("LOC", 0.7, "place-title")
        if folded in ORG_TITLES and (all(_modifies(word) for word in between) or between[1:] in (["de"], ["d"])):
            return Reading("ORG", 0.85, "organisation-title")
        if token in ("a", "ont", "qui", "que", "dont", "où") or folded in STOP_VERBS or folded in SPEECH:
            return None
        between.append(folded)
    return None


# « l'administration X », « le clan X »: X is a family name.
def _by_office(tokens: list[str], several: bool) -> Reading | None:
    """« le maire de X », « le patron de X », « le comte d'X »: the noun before « de » says what X is."""
    if len(tokens) < 2 or several or fold_name(tokens[-1]) not in ("de", "d", "du"):
        return None
    noun = fold_name(tokens[-2])
    if noun in OF_PLACE:
        return Reading("LOC", 0.7, "office-of-a-place")
    if noun in OF_ORG:
        return Reading("ORG", 0.6, "office-of-a-company")
    return Reading("PER", 0.6, "noble-title") if noun in NOBLE else None


_KIN = frozenset(
    "administration presidence famille clan affaire couple duo tandem ere dynastie equipe dossier proces".split()
)


def _titled(between: list[str], several: bool) -> Reading | None:
    """A person, where what stands between title and name is a modifier or, before a comma or a full name, its office."""
    apposed = between[:1] == [","]
    inner = between[1:] if apposed else between
    if not inner or all(_modifies(word) for word in inner):
        return Reading("PER", 0.9, "title")
    office = any(word in _LINKS for word in inner) and inner[0] not in _LINKS
    return Reading("PER", 0.8, "title-with-office") if office and (apposed or several) else None


def _modifies(word: str) -> bool:
    return word in _MODIFIERS or word in adjectives() or word.rsplit(" ", maxsplit=1)[-1] in adjectives()


def _by_apposition(name: str, words: list[str], before: str, after: str, several: bool) -> Reading | None:  # noqa: ARG001
    """« X, analyste à l'institut Y », « X (52 ans) », « X, 52 ans »."""
    if after[:1] not in (",", " ") or after[:2] not in (", ", " ("):
        return None
    tokens = _TOKENS.findall(after)[1:6]
    for token in tokens:
        folded = fold_name(token)
        if folded in TITLES or folded.split(" ")[-1] in TITLES:
            return Reading("PER", 0.85 if several else 0.6, "apposition")
        if not folded or folded in SPEECH:
            return None
        if token.isdigit() and " ans" in after[:12]:
            return Reading("PER", 0.85, "age")
        if (
            folded not in _LINKS
            and not _modifies(folded)
            and folded not in ("un", "une", "ce", "cet", "cette", "notre", "son", "sa")
        ):
            return None
    return None


# « FC Sion », « AS Monaco », « Stade rennais »
_CLUB = re.compile(r"(?:FC|AC|AS|US|SC|RC|OGC|FK|CF|CA|SG|EA|Stade|Olympique|Dynamo|Red Bull) ")


def _by_institution(name: str, words: list[str], before: str, after: str, several: bool) -> Reading | None:  # noqa: ARG001
    """« Royal United Services Institute », « TotalEnergies », « FSB », « 24Heures »."""
    if several and (words[-1] in ENGLISH_HEADS or (words[0] in ORG_HEADS and words[0] not in FIRST_NAMES)):
        return Reading("ORG", 0.8, "institution-word")
    letters = name.replace(".", "").replace("-", "")
    loud = before[-12:].split()[-1:]
    if loud and loud[0].isupper() and len(loud[0]) > 1:
        return None
    if re.fullmatch(r"COP-?\d{1,2}", name):
        return Reading("EVENT", 0.8, "conference-number")
    if several and (
        (kinds().get(words[-1]) in ("state", "city", "capital") and words[0] not in FIRST_NAMES) or _CLUB.match(name)
    ):
        return Reading("ORG", 0.6, "club-or-company")
    if not several and letters.isupper() and 2 <= len(letters) <= 6 and words[0] not in COMMON | OPENERS | TITLES:
        return Reading("ORG", 0.7, "acronym")
    if (
        not several
        and not letters.isupper()
        and any(character.isupper() for character in name[1:] if character != "-")
        and "-" not in name
        and "'" not in name
        and "’" not in name
        and not name.startswith(("Mc", "Mac"))
    ):
        return Reading("ORG", 0.6, "mixed-case")
    return None


def _by_first_name(name: str, words: list[str], before: str, after: str, several: bool) -> Reading | None:  # noqa: ARG001
    if several and words[0] in FIRST_NAMES and words[-1] not in COMMON:
        return Reading("PER", 0.9, "first-name")
    if 2 <= len(words) <= 3 and words[0] in FAMILY_FIRST and several:
        return Reading("PER", 0.85, "family-name-first")
    return None


_SPEAKS = re.compile(
    r"(?:^,[^,.;]{0,60},|^)(?: (?:a|ont|avait|ne|n['’]a|se|s['’]est|l['’]a|le|lui|leur|y|en|nous))*(?: n['’]"
    r"| s['’]| l['’])? ?(?P<verb>\w+)"
)


def _by_speech(name: str, words: list[str], before: str, after: str, several: bool) -> Reading | None:  # noqa: ARG001
    """« soupire X », « a déclaré X », « X affirme »: somebody speaks; whether a person, other evidence says first."""
    tokens = _TOKENS.findall(before)[-2:]
    last = fold_name(tokens[-1]) if tokens else ""
    if last in SPEECH or (last in PARTICIPLES and len(tokens) > 1 and tokens[0] in ("a", "avait", "ont", "A")):
        return Reading("PER", 0.75 if several else 0.55, "speech-verb")
    speaks = _SPEAKS.match(after)
    if speaks and fold_name(speaks["verb"]) in SPEECH | PARTICIPLES and several:
        return Reading("PER", 0.7, "speech-verb")
    return None


_AT = re.compile(
    r"(?:^|[\s(«'’])(?:(?P<in>en|[Ee]n|vers|[Vv]ers|depuis|[Dd]epuis|jusqu['’]à|près de|[Pp]rès de|près d['’]"
    r"|hors de|au large de|autour de|nord de|sud de|est de|ouest de|"
    r"banlieue de|environs de|port de|gare de|ville de|à destination de|entre [A-ZÉ][\w-]+ et)|(?P<at>à|À|d['’]à))"
    r"(?: l['’]| )?$"
)
_SAID_TO = re.compile(r"\b(?:\w+é|dit|écrit|confie|déclare|explique|raconte|parle|promis|livrer|répond) à $")
_SHAPE = re.compile(
    r"(?:^(?:Saint|Sainte|Port|Mont|Château|Villeneuve|Bourg|Fort|Cap|Pont|Roche|Bois|Neuf|Nouveau|Nouvelle|Haut"
    r"|Haute|Bas|Basse|San|Santa|Sankt|New)[- ][A-ZÉÈ]"
    r"|-(?:sur|sous|en|les|lès|le|la|du|de|des|aux|au)-|(?:grad|bourg|burg|bourgs|sk|abad|istan|opol|polis|shire"
    r"|ville|heim|stadt|dorf|wil|ens|ey|gorod|pour|akan)$)"
)


def _by_place(name: str, words: list[str], before: str, after: str, several: bool) -> Reading | None:
    """« à X », « en X », « près de X », « Saint-X », « X-sur-Y »."""
    shaped = bool(_SHAPE.search(name)) and (not several or name.startswith(("San ", "Santa ", "New ", "Port ")))
    found = _AT.search(before)
    if found and not several and not _SAID_TO.search(before):
        return Reading("LOC", 0.8 if found["in"] or shaped else 0.7, "preposition-of-place")
    if shaped and "-" in name:
        return Reading("LOC", 0.7, "shape-of-a-place")
    if (
        found
        and several
        and found["at"]
        and words[0] not in FIRST_NAMES
        and after[:1] in (",", ".", " ", ")")
        and not _SAID_TO.search(before)
    ):
        return Reading("LOC", 0.5, "preposition-of-place")
    return None


_DATELINE = re.compile(r"^(?: ?\([^)]{2,20}\))? ?[—–-] ")


def _by_layout(name: str, words: list[str], before: str, after: str, several: bool) -> Reading | None:  # noqa: ARG001
    """« X — » at the beginning of a block is where it was written; « X : » before an answer is who speaks."""
    if before.strip():
        return None
    if _DATELINE.match(after):
        return Reading("LOC", 0.7, "dateline")
    if after.startswith((" :", ":")) and several:
        return Reading("PER", 0.6, "speaker")
    return None


_ARTICLE = re.compile(
    r"(?:^|[\s(«])(?P<article>[Ll]a|[Ll]e|[Ll]es|[Ll]['’]|du|au|des|aux|de la|de l['’])(?: |(?<=['’]))$"
)


def _by_article(name: str, words: list[str], before: str, after: str, several: bool) -> Reading | None:  # noqa: ARG001
    """A single name with an article is no person: « la Garonne », « le Guardian », « les Bretons »."""
    found = _ARTICLE.search(before)
    if not found or several or words[0] in COMMON:
        return None
    article = found["article"].casefold()
    if article in ("les", "des", "aux") and words[0].endswith(("ais", "ois", "iens", "eens", "ains", "istes", "aques")):
        return Reading("NORP", 0.5, "people-by-ending")
    if article in ("la", "de la", "l'", "l’", "de l'", "de l’"):
        return Reading("LOC", 0.35, "article-feminine")
    if article in ("le", "du", "au"):
        return Reading("ORG", 0.35, "article-masculine")
    return None


def _by_materiel(name: str, words: list[str], before: str, after: str, several: bool) -> Reading | None:  # noqa: ARG001
    """« missile X » is the name of the missile."""
    tokens = before.split()
    if tokens and before.endswith(" ") and tokens[-1][-1].isalpha() and fold_name(tokens[-1]) in TYPES:
        return Reading("PRODUCT", 0.7, "materiel-type-and-name")
    return None


_RULES = (
    _by_materiel,
    _by_layout,
    _by_title,
    _by_first_name,
    _by_institution,
    _by_apposition,
    _by_place,
    _by_speech,
    _by_article,
)

CLEAR = 0.6
"""From which score on a reading says what the same words name elsewhere in the article."""


def as_candidate(text: str, chain: Chain, reading: Reading) -> Candidate:
    """The candidate of a chain that was read; its id is the slug of its words."""
    name = text[chain.start : chain.end]
    full = reading.label in ("LOC", "ORG")
    return Candidate(chain.start, chain.end, reading.label, slug(name), reading.score, reading.why, full=full)


_PARENTHESIS = re.compile(rf" ?\((?:[^()]{{0,12}}: )?(?P<acronym>{CAPITAL}[{CAPITAL[1:-1]}.-]{{1,8}})[),]")


def acronym_after(text: str, end: int) -> tuple[int, int] | None:
    """Where the acronym stands that follows an expansion: « Agence … atomique (AIEA) »; null if none does."""
    found = _PARENTHESIS.match(text, end)
    return found.span("acronym") if found else None
