"""French verbs inflected by rule, so that a lexicon of speech need name no more than infinitives.

Forms carry what a reader of clauses asks of them: finite or not, conditional, plural. Tenses that newspapers do not
print (past subjunctive) are left out. Rules are those of any school grammar (Bescherelle's models).
"""

from __future__ import annotations

from collections.abc import Iterator

FINITE = 1
CONDITIONAL = 2
INFINITIVE = 4
PARTICIPLE = 8
GERUND = 16
PLURAL = 32
FIRST = 64
"""Bits of a form; the first person (« je dis », « nous disons ») has its own, since the writer is no source."""

_Principal = tuple[str, ...]
# Present (six persons), stem of the imperfect, stem of the future, participle, past historic (third persons).
_MODELS: dict[str, tuple[_Principal, str, str, str, str]] = {
    "être": (("suis", "es", "est", "sommes", "êtes", "sont"), "ét", "ser", "été", "fu"),
    "avoir": (("ai", "as", "a", "avons", "avez", "ont"), "av", "aur", "eu", "eu"),
    "aller": (("vais", "vas", "va", "allons", "allez", "vont"), "all", "ir", "allé", "alla"),
    "faire": (("fais", "fais", "fait", "faisons", "faites", "font"), "fais", "fer", "fait", "fi"),
    "dire": (("dis", "dis", "dit", "disons", "disez", "disent"), "dis", "dir", "dit", "di"),
    "écrire": (("écris", "écris", "écrit", "écrivons", "écrivez", "écrivent"), "écriv", "écrir", "écrit", "écrivi"),
    "crire": (("cris", "cris", "crit", "crivons", "crivez", "crivent"), "criv", "crir", "crit", "crivi"),
    "lire": (("lis", "lis", "lit", "lisons", "lisez", "lisent"), "lis", "lir", "lu", "lu"),
    "vouloir": (("veux", "veux", "veut", "voulons", "voulez", "veulent"), "voul", "voudr", "voulu", "voulu"),
    "pouvoir": (("peux", "peux", "peut", "pouvons", "pouvez", "peuvent"), "pouv", "pourr", "pu", "pu"),
    "devoir": (("dois", "dois", "doit", "devons", "devez", "doivent"), "dev", "devr", "dû", "du"),
    "savoir": (("sais", "sais", "sait", "savons", "savez", "savent"), "sav", "saur", "su", "su"),
    "falloir": (("faut", "faut", "faut", "faut", "faut", "faut"), "fall", "faudr", "fallu", "fallu"),
    "valoir": (("vaux", "vaux", "vaut", "valons", "valez", "valent"), "val", "vaudr", "valu", "valu"),
    "croire": (("crois", "crois", "croit", "croyons", "croyez", "croient"), "croy", "croir", "cru", "cru"),
    "prévoir": (
        ("prévois", "prévois", "prévoit", "prévoyons", "prévoyez", "prévoient"),
        "prévoy",
        "prévoir",
        "prévu",
        "prévi",
    ),
    "cevoir": (("çois", "çois", "çoit", "cevons", "cevez", "çoivent"), "cev", "cevr", "çu", "çu"),
    "voir": (("vois", "vois", "voit", "voyons", "voyez", "voient"), "voy", "verr", "vu", "vi"),
    "tenir": (("tiens", "tiens", "tient", "tenons", "tenez", "tiennent"), "ten", "tiendr", "tenu", "tin"),
    "venir": (("viens", "viens", "vient", "venons", "venez", "viennent"), "ven", "viendr", "venu", "vin"),
    "aindre": (("ains", "ains", "aint", "aignons", "aignez", "aignent"), "aign", "aindr", "aint", "aigni"),
    "eindre": (("eins", "eins", "eint", "eignons", "eignez", "eignent"), "eign", "eindr", "eint", "eigni"),
    "oindre": (("oins", "oins", "oint", "oignons", "oignez", "oignent"), "oign", "oindr", "oint", "oigni"),
    "mettre": (("mets", "mets", "met", "mettons", "mettez", "mettent"), "mett", "mettr", "mis", "mi"),
    "battre": (("bats", "bats", "bat", "battons", "battez", "battent"), "batt", "battr", "battu", "batti"),
    "prendre": (("prends", "prends", "prend", "prenons", "prenez", "prennent"), "pren", "prendr", "pris", "pri"),
    "naître": (("nais", "nais", "naît", "naissons", "naissez", "naissent"), "naiss", "naîtr", "né", "naqui"),
    "aître": (("ais", "ais", "aît", "aissons", "aissez", "aissent"), "aiss", "aîtr", "u", "u"),
    "clure": (("clus", "clus", "clut", "cluons", "cluez", "cluent"), "clu", "clur", "clu", "clu"),
    "suivre": (("suis", "suis", "suit", "suivons", "suivez", "suivent"), "suiv", "suivr", "suivi", "suivi"),
    "vivre": (("vis", "vis", "vit", "vivons", "vivez", "vivent"), "viv", "vivr", "vécu", "vécu"),
    "uire": (("uis", "uis", "uit", "uisons", "uisez", "uisent"), "uis", "uir", "uit", "uisi"),
    "rire": (("ris", "ris", "rit", "rions", "riez", "rient"), "ri", "rir", "ri", "ri"),
    "taire": (("tais", "tais", "tait", "taisons", "taisez", "taisent"), "tais", "tair", "tu", "tu"),
    "plaire": (("plais", "plais", "plaît", "plaisons", "plaisez", "plaisent"), "plais", "plair", "plu", "plu"),
    "rompre": (("romps", "romps", "rompt", "rompons", "rompez", "rompent"), "romp", "rompr", "rompu", "rompi"),
    "quérir": (("quiers", "quiers", "quiert", "quérons", "quérez", "quièrent"), "quér", "querr", "quis", "qui"),
    "courir": (("cours", "cours", "court", "courons", "courez", "courent"), "cour", "courr", "couru", "couru"),
    "mourir": (("meurs", "meurs", "meurt", "mourons", "mourez", "meurent"), "mour", "mourr", "mort", "mouru"),
    "vrir": (("vre", "vres", "vre", "vrons", "vrez", "vrent"), "vr", "vrir", "vert", "vri"),
    "ffrir": (("ffre", "ffres", "ffre", "ffrons", "ffrez", "ffrent"), "ffr", "ffrir", "ffert", "ffri"),
    "fuir": (("fuis", "fuis", "fuit", "fuyons", "fuyez", "fuient"), "fuy", "fuir", "fui", "fui"),
}
_ALONE = ("être", "avoir", "aller", "naître")
_LIKE_SENTIR = ("entir", "partir", "sortir", "servir", "dormir")
_NOT_LIKE_SENTIR = ("alentir", "atentir", "éantir", "répartir", "asservir", "assortir")
_GERUNDS = {"être": "étant", "avoir": "ayant", "savoir": "sachant"}


def forms(infinitive: str) -> Iterator[tuple[str, int]]:
    """Every form of a verb that a newspaper prints, with its bits; a form may come with several.

    >>> dict(forms("prétendre"))["prétendait"] == FINITE
    True
    >>> dict(forms("dire"))["diraient"] == FINITE | CONDITIONAL | PLURAL
    True
    >>> [form for form, bits in forms("rappeler") if bits == FINITE][:3]
    ['rappelles', 'rappelle', 'rappelez']
    """
    present, imperfect, future, participle, past = _principal_parts(infinitive)
    yield infinitive, INFINITIVE
    yield from zip(present, _PERSONS, strict=True)
    imperfect_stems = (imperfect, _before_a(imperfect))
    yield from _endings(imperfect_stems, ("ais", "ais", "ait", "ions", "iez", "aient"), 0)
    yield from _endings((future, future), ("rai", "ras", "ra", "rons", "rez", "ront"), 0)
    yield from _endings((future, future), ("rais", "rais", "rait", "rions", "riez", "raient"), CONDITIONAL)
    if infinitive.endswith("er"):
        yield past, FINITE
        yield past.removesuffix("a").replace("ge", "g").replace("ç", "c") + "èrent", FINITE | PLURAL
    else:
        yield past + "t", FINITE
        yield past + "rent", FINITE | PLURAL
    yield from (
        (participle + ending, PARTICIPLE) for ending in ("", "e", "s", "es") if participle[-1:] + ending != "ss"
    )
    yield _GERUNDS.get(infinitive, _before_a(imperfect) + "ant"), GERUND


_PERSONS = (FINITE | FIRST, FINITE, FINITE, FINITE | FIRST, FINITE, FINITE | PLURAL)


def _endings(stems: tuple[str, str], endings: tuple[str, ...], bits: int) -> Iterator[tuple[str, int]]:
    narrow, before_a = stems
    for ending, person in zip(endings, _PERSONS, strict=True):
        # « je disais » is « tu disais » too, so that the form tells no person.
        own = FINITE if ending in ("ais", "rais") else person
        yield (before_a if ending[0] == "a" else narrow) + ending, own | bits


def _before_a(stem: str) -> str:
    if stem.endswith("g"):
        return stem + "e"
    return stem[:-1] + "ç" if stem.endswith("c") else stem


def _principal_parts(infinitive: str) -> tuple[_Principal, str, str, str, str]:
    for ending, (present, imperfect, future, participle, past) in _MODELS.items():
        if infinitive == ending or (infinitive.endswith(ending) and ending not in _ALONE):
            before = infinitive.removesuffix(ending)
            spelt = tuple(before + form for form in present)
            if infinitive in ("dire", "redire"):
                spelt = tuple(form.replace("disez", "dites") for form in spelt)
            return spelt, before + imperfect, (before + future).removesuffix("r"), before + participle, before + past
    if infinitive.endswith("er"):
        return _first_group(infinitive)
    return _other_groups(infinitive)


def _first_group(infinitive: str) -> tuple[_Principal, str, str, str, str]:
    stem = infinitive.removesuffix("er")
    strong = _strong(stem)
    present = (strong + "e", strong + "es", strong + "e", _before_a(stem) + "ons", stem + "ez", strong + "ent")
    accented = "é" in stem[-3:-1]
    future = stem[:-2] + "er" if stem.endswith("envoy") else (stem if accented else strong) + "e"
    return present, stem, future, stem + "é", _before_a(stem) + "a"


_DOUBLING = ("appel", "jet", "nouvel", "rappel", "épel", "chancel", "ficel", "étincel", "feuillet", "projet", "rejet")


def _strong(stem: str) -> str:
    """The stem before a silent ending: rappell-, achèt-, espèr-, emploi-."""
    if stem.endswith(("oy", "uy")):
        return stem[:-1] + "i"
    if stem.endswith(_DOUBLING):
        return stem + stem[-1]
    for length in (1, 2):
        vowel, rest = stem[-length - 1 : -length], stem[-length:]
        if vowel in ("e", "é") and (rest in _ONE_SOUND if length == 2 else rest not in "aeiouyéè"):
            return stem[: -length - 1] + "è" + rest
    return stem


_ONE_SOUND = ("br", "bl", "ch", "cl", "cr", "dr", "fl", "fr", "gl", "gn", "gr", "gu", "pl", "pr", "qu", "tr", "vr")


def _other_groups(infinitive: str) -> tuple[_Principal, str, str, str, str]:
    if infinitive.endswith(_LIKE_SENTIR) and not infinitive.endswith(_NOT_LIKE_SENTIR):
        stem, short = infinitive.removesuffix("ir"), infinitive[:-3]
        present = (short + "s", short + "s", short + "t", stem + "ons", stem + "ez", stem + "ent")
        return present, stem, stem + "i", stem + "i", stem + "i"
    if infinitive.endswith("ir"):
        stem = infinitive.removesuffix("r")
        present = (stem + "s", stem + "s", stem + "t", stem + "ssons", stem + "ssez", stem + "ssent")
        return present, stem + "ss", stem, stem, stem
    stem = infinitive.removesuffix("re")
    last = stem if stem.endswith("d") else stem + "t"
    present = (stem + "s", stem + "s", last, stem + "ons", stem + "ez", stem + "ent")
    return present, stem, stem, stem + "u", stem + "i"
