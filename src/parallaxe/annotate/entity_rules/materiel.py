"""Weapons, vehicles and satellites: a type with what makes it one, a designation (B-52), or a name (Kinjal).

The span is the shortest phrase that names the type; general words for arms are none (guidelines, §6 PRODUCT).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from parallaxe.annotate.entity_rules.candidates import Candidate
from parallaxe.annotate.entity_rules.folding import fold_name, slug
from parallaxe.annotate.entity_rules.geography import kinds
from parallaxe.annotate.entity_rules.grammar import CAPITAL, SMALL, WORD
from parallaxe.annotate.entity_rules.sighting import Sighting


def _names(listed: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in listed.replace("\n", " ").split(","))


# A type by itself.
_TYPES = _names(
    "obus, missile, drone, char, canon, lance-roquettes, lance-roquette, lance-missiles, lance-flammes, "
    "lance-grenades, porte-avions, "
    "porte-hélicoptères, porte-conteneurs de guerre, sous-marin, satellite, bombardier, hélicoptère, "
    "torpille, mine, grenade, roquette, frégate, destroyer, "
    "contre-torpilleur, croiseur, cuirassé, corvette, torpilleur, dragueur, vedette lance-missiles, "
    "patrouilleur, mitrailleuse, mitraillette, mortier, obusier, ogive, "
    "intercepteur, limousine, kalachnikov, fusée, bombe, avion-cargo, chasseur-bombardier, navette spatiale, "
    "zeppelin, dirigeable, hydravion, autogire, ballon-espion, "
    "lanceur, aéronef, planeur, munition rôdeuse, engin, projectile, fusil, pistolet, revolver, sabre, "
    "baïonnette, blindé, tank, planche à voile"
)
# Words that name a type only with what follows.
_NEED_COMPLEMENT = frozenset(
    "fusee bombe engin projectile fusil pistolet avion navire batiment vehicule train rame systeme batterie "
    "lanceur chasseur vaisseau "
    "fourgon wagon ballon tir ogive revolver sabre planeur mortier appareil vedette".split()
)
_WITH_COMPLEMENT = _names(
    "avion, navire, bâtiment, véhicule, train, rame, système, batterie, chasseur, vaisseau, fourgon, ballon, "
    "appareil, vedette"
)
_NO_TYPES = frozenset({"planche a voile", "sabre", "dirigeable"})

_REACH = (
    r"(?:à|de) (?:très )?(?:longue|courte|moyenne|faible|grande) portée|à (?:faible|grand|long) rayon d['’]action"
    r"|(?:d['’]une|à une) portée de \d+ ?(?:km|kilomètres)"
)
_CALIBRE = r"de (?:calibre )?\d{2,3} ?(?:mm|millimètres)|de 75|de 155"
_PROPULSION = (
    r"à propulsion (?:nucléaire|conventionnelle|diesel-électrique)|à tête(?:s)? nucléaires?"
    r"|à charge(?:s)? nucléaires?|à capacité nucléaire|à fragmentation|à sous-munitions|à uranium appauvri"
    r"|à combustible (?:solide|liquide)|à guidage laser|à voilure fixe"
)
_PURPOSE = (
    r"d['’](?:artillerie|assaut|attaque|observation|espionnage|interception|exploration|entraînement|escorte|alerte)"
    r"|de (?:croisière|combat|chasse|guerre|transport de troupes|reconnaissance|surveillance|communications?"
    r"|télécommunications?|défense (?:anti)?(?:aérienne|antiaérienne|antimissiles?|sol-air)|mortier|char|poing|"
    r"débarquement|ravitaillement|bombardement|précision|patrouille|campagne|brouillage)"
    r"|(?:anti)(?:chars?|missiles?|navires?|aériens?|aériennes?|personnel|-\w+)"
)
_KIND = (
    r"balistiques?(?: intercontinenta(?:l|ux)| intermédiaires?| tactiques?)?|intercontinenta(?:l|ux)|nucléaires?"
    r"|atomiques?|thermonucléaires?|hypersoniques?|supersoniques?|stratégiques?|"
    r"tactiques?|sol-air|air-sol|air-air|sol-sol|mer-mer|mer-sol|anti-\w+|kamikazes?|suicides?|nava(?:l|ls|ux)"
    r"|furti(?:fs?|ves?)|terrestres?|militaires?|espions?|blindée?s?|marine?s?|"
    r"lourds?|légers?|longue portée|antichars?|antinavires?|antiaérien(?:ne)?s?|antipersonnel|antimissiles?"
    r"|planantes?|guidée?s?|téléguidée?s?|amphibies?|multiples?|lance-missiles|civils?|automoteurs?|incendiaires?"
    r"|volants?|autopropulsée?s?|polyvalents?|sous-marins?"
)
_TAIL = rf"(?: (?:{_REACH}|{_CALIBRE}|{_PROPULSION}|{_PURPOSE}|{_KIND})(?!\w))"
_COMPLEMENT = re.compile(rf"{_TAIL}{{1,3}}", re.IGNORECASE)

# « blindé » and « terrestre » may be adjectives of something else before it; a determiner makes it a thing.
_DETERMINER = re.compile(
    r"(?:\b(?:un|une|des|les|la|le|ces|ses|leurs?|son|sa|de|du|quelques|plusieurs|\d+|deux|trois|quatre|cinq|dix"
    r"|cent|aux?|en|et|ou|par|contre|nos|vos|premiers?|nouveaux?|vieux|mille|millions|milliers|tirs?|autres) "
    r"(?:(?:vieux|nouveaux|gros|petits?|anciens|premiers?|mille) )?|d['’]|l['’])$",
    re.IGNORECASE,
)
_NOT_A_THING = {
    "mine": re.compile(
        r"\b(?:bonne|mauvaise|triste|faire|fait|faisant|grise|sa|la) $|\bmines? (?:de|d['’]) (?:charbon|sel|or|fer"
        r"|cuivre|uranium|diamant)",
        re.IGNORECASE,
    ),
    "char": re.compile(r"\bchars? (?:à bœufs|à banc|de l['’]État|de carnaval)", re.IGNORECASE),
    "canon": re.compile(
        r"\b(?:marchands? de|chair à|droit|boulets? de) $|\bcanons? (?:de (?:la )?beauté|du vin|à neige|à eau)",
        re.IGNORECASE,
    ),
    "satellite": re.compile(
        r"\b(?:images?|imagerie|photos?|clichés?|pays|états?|villes?|télévision|données|liaison|vues?|voie|par"
        r"|antennes?|téléphones?|observations) $",
        re.IGNORECASE,
    ),
    "grenade": re.compile(r"\bà $", re.IGNORECASE),
}
_DESIGNATION = re.compile(
    rf"(?<![\w-])(?:{CAPITAL}{{1,4}}|Su|Mi|MiG|Mig|Kh|Ka|Tu|Il|An|Yak"
    rf"|Be)[- ]?\d{{1,4}}(?:-\d{{1,2}})?(?:{CAPITAL}{{1,3}}\d?)?(?![\w%°])(?![,.]\d| 0)|(?<![\w-])(?:Hwasong"
    rf"|Pukguksong|Unha|Taepodong|Nodong|Shahed|Leopard|Patriot|Agni|Ariane|Chollima|Longue Marche|Proton|Soyouz"
    rf"|Spoutnik|Falcon|Apollo|Mirage|Rafale|Tomahawk|Exocet|Fateh|Shahab|Zolfaghar|Geran|Lancet"
    rf"|Orlan)[- ]\d{{1,4}}(?!\w)"
)
# Letters and figures that are no materiel.
_NO_DESIGNATION = re.compile(
    r"(?:G|COP|A|N|RN|D|E|M|CM|CE|TF|RTL|W|X|II?|GT|PM|CO|MI|T|P|L|Q|S|H)-?\d{1,2}$|(?:COP|JO|RTL|TF|ISO|CM|DC|R"
    r"|CAC|BFM|Covid|COVID|SARS|FTSE|UE|D|PS|EU|DOC)[- ]?\d+$|(?:[A-Z]{1,4}) \d"
)
_KNOWN_LETTERS = re.compile(
    r"(?:B|F|T|S|M|A|KN|SS|RS|AK|AH|UH|CH|C|E|RQ|MQ|P|V|Q|K|KC|J|H|X|DF|JL|SA|SM|FA|GBU|AGM|AIM|RPG|TOS|BM|BMP|BTR"
    r"|BTG|ICBM|Su|Mi|MiG|Mig|Kh|Ka|Tu|Il|An|Yak|Be|RSM|TB|PAC|AMX|VBCI|FAMAS|MLRS|TNT|HQ|WZ|Y|U)[- ]\d"
)

# Named materiel of any subject; the name alone is the mention.
NAMED = _names(
    "Kinjal, Kinzhal, Zircon, Tsirkon, Iskander, Kalibr, Oniks, Sarmat, Topol, Iars, Avangard, Poséidon, "
    "Bourevestnik, Orechnik, Tochka-U, Grad, Smertch, Ouragan, Katioucha, Bouk, Pantsir, Tor, Himars, HIMARS, "
    "ATACMS, Atacms, "
    "Patriot, Javelin, Stinger, NLAW, Abrams, Bradley, Leopard, Leclerc, Challenger, Marder, Gepard, Caesar, "
    "Storm Shadow, Scalp, Scalp-EG, Taurus, Tomahawk, Harpoon, Exocet, Trident, Minuteman, Polaris, Pershing, "
    "Rafale, Mirage, Eurofighter, Typhoon, Gripen, Tornado, "
    "Bayraktar, Shahed, Lancet, Switchblade, Reaper, Predator, Apache, Black Hawk, Chinook, Osprey, Raptor, "
    "Lightning II, Hornet, Super Hornet, Thaad, THAAD, Iron Dome, Arrow, Merkava, Charles-de-Gaulle, "
    "Spoutnik, Ariane, Soyouz, Vega, Falcon Heavy, Starship, "
    "Kalachnikov, Nimitz, USS Ronald Reagan, Airbus A400M, Concorde, Stratofortress, Hwasong, Pukguksong, "
    "Malligyong, Malligyong-1, Haeil"
)
_RISKY = frozenset(
    fold_name(name)
    for name in (
        "Grad",
        "Tor",
        "Vega",
        "Leclerc",
        "Arrow",
        "Trident",
        "Ouragan",
        "Predator",
        "Typhoon",
        "Harpoon",
        "Apache",
        "Javelin",
        "Poséidon",
        "Tornado",
        "Hornet",
        "Marder",
        "Caesar",
        "Ariane",
        "Typhoon",
        "Patriot",
        "Mirage",
        "Challenger",
        "Taurus",
        "Bradley",
        "Lancet",
        "Polaris",
    )
)

# After these the name of a thing follows: « missile Kinjal », « chars Leopard ».
_NAME_AFTER = re.compile(
    rf"(?: (?:de type|de (?:la )?classe|(?!(?:de|du|des|à|au|aux|en|et|ou|par|pour|que|qui|sur|contre|vers|dans"
    rf"|avec|chez|dont|où|a|ont|est|sont) ){SMALL}+))? (?:[«\"“] ?)?(?P<name>{WORD}(?: {WORD})?(?:[- ]\d+)?)"
)

_ALL = tuple(name for name in dict.fromkeys((*_TYPES, *_WITH_COMPLEMENT)) if fold_name(name) not in _NO_TYPES)


def _plural(name: str) -> str:
    first, space, rest = name.partition(" ")
    if first == "munition":
        return f"{first}s {rest}s"
    return name if name[-1] in "sx" else f"{first}{'x' if first.endswith('eau') else 's'}{space}{rest}"


TYPES = {fold_name(form): fold_name(name) for name in _ALL for form in (name, _plural(name), name.removesuffix("s"))}
"""Folded forms of words for types, with the folded singular."""


def type_at(at: Sighting) -> Iterator[Candidate]:
    """The type that a word names within its block, or the name that follows it alone."""
    head = TYPES[at.folded]
    complement = _COMPLEMENT.match(at.text, at.end, at.ceiling)
    stop = complement.end() if complement else at.end
    named = _named_after(at.text, stop, at.ceiling)
    if named:
        yield named
    elif complement and (head not in _RAILWAY or _ARMOURED.match(complement.group())):
        yield Candidate(at.start, stop, "PRODUCT", None, 0.9, "materiel-type")
    elif not complement and head not in _NEED_COMPLEMENT and not _is_adjective(at, head):
        yield Candidate(at.start, stop, "PRODUCT", None, 0.8, "materiel-type")


_RAILWAY = frozenset({"train", "rame", "fourgon", "wagon"})
_ARMOURED = re.compile(" blindée?s?")


def _is_adjective(at: Sighting, head: str) -> bool:
    """True where the word is none of materiel: « sous-marin » after a noun, « faire mine », « image satellite »."""
    before = at.text[max(at.floor, at.start - 24) : at.start]
    if head in ("sous marin", "blinde", "lance missiles", "engin", "projectile"):
        noun = before.strip()
        return bool(noun) and before[-1] in " '’" and noun[-1].isalpha() and not _DETERMINER.search(before)
    exception = _NOT_A_THING.get(head)
    return bool(exception and (exception.search(before) or exception.match(at.text[at.start : at.end + 20])))


def _named_after(text: str, end: int, ceiling: int) -> Candidate | None:
    found = _NAME_AFTER.match(text, end, min(ceiling, end + 80))
    if not found or fold_name(found["name"]) in kinds():
        return None
    return Candidate(*found.span("name"), "PRODUCT", slug(found["name"]), 0.75, "materiel-type-and-name")


def designations(text: str, start: int, end: int, ceiling: int) -> Iterator[Candidate]:
    """Letters with figures that designate materiel, at capital words of a block: « B-52 », « Su-35 », « S 400 »."""
    if not _has_digits(text, start, end):
        return
    for found in _DESIGNATION.finditer(text, start, min(end + _LONGEST_NUMBER, ceiling)):
        name = found.group()
        if text[max(0, found.start() - 4) : found.start()] == "vol ":
            continue
        if not _NO_DESIGNATION.match(name) or (_KNOWN_LETTERS.match(name) and "-" in name):
            yield Candidate(found.start(), found.end(), "PRODUCT", slug(name), 0.85, "materiel-designation")


_LONGEST_NUMBER = 6


def _has_digits(text: str, start: int, end: int) -> bool:
    """True where capital words hold figures, or figures follow."""
    words = text[start:end]
    return (not words.isalpha() and bool(_DIGIT.search(words))) or text[end + 1 : end + 2].isdigit()


_DIGIT = re.compile(r"\d")


def is_risky(folded: str) -> bool:
    """True for names of materiel that are words or names of something else too: a type must stand before them."""
    return folded in _RISKY
