"""Names of peoples, which CLDR does not give: the masculine singular, from which the other forms are made."""

from __future__ import annotations


def _words(listed: str) -> tuple[str, ...]:
    return tuple(listed.split())


# Each is both the noun (with a capital) and the adjective (without).
PEOPLES = _words(
    """
    abkhaze afghan africain albanais algérien allemand alsacien américain andorran anglais angolais arabe
    argentin arménien asiatique
    australien autrichien azerbaïdjanais azéri balte bangladais basque bavarois belge béninois berbère biélorusse
    birman bolivien bosniaque bosnien brésilien breton britannique bulgare burkinabé burundais cambodgien
    camerounais canadien
    catalan caucasien centrafricain chilien chinois chypriote colombien congolais coréen corse costaricain
    croate cubain danois
    djiboutien dominicain écossais égyptien émirati équatorien érythréen espagnol estonien éthiopien européen
    finlandais flamand français gabonais gallois gambien géorgien ghanéen grec guatémaltèque guinéen haïtien
    hollandais
    hondurien hongrois indien indonésien irakien iranien irlandais islandais israélien italien ivoirien jamaïcain
    japonais jordanien kabyle kazakh kényan kirghize kosovar koweïtien kurde laotien letton libanais libérien
    libyen lituanien luxembourgeois macédonien malaisien malgache malien maltais maori marocain mauricien
    mauritanien
    mexicain moldave mongol monténégrin mozambicain namibien népalais néerlandais nicaraguayen nigérian nigérien
    norvégien omanais ossète ougandais ouïghour ouzbek pakistanais palestinien panaméen paraguayen péruvien
    perse philippin
    polonais portugais prussien qatari québécois roumain russe rwandais saoudien savoyard sénégalais serbe
    sibérien sicilien singapourien
    slave slovaque slovène somalien soudanais soviétique suédois suisse syrien tadjik taïwanais tanzanien tatar
    tchadien
    tchèque tchétchène thaïlandais tibétain togolais tunisien turc turkmène ukrainien uruguayen vaudois genevois
    bernois vénézuélien
    vietnamien wallon yéménite yougoslave zambien zimbabwéen parisien moscovite londonien new-yorkais
    pyongyangais séoulien
    """
)

# Groups beyond states: only ever nouns of the press with a capital.
GROUPS = _words("occidental oriental alliés asiatique balkanique insulaire méridional tsigane rom sioniste")

# What stands before the hyphen of « Nord-Coréens », « russo-ukrainien ».
PREFIXES = _words("nord sud est ouest")
COMBINING = _words(
    """
    russo américano sino nippo germano franco israélo irano turco italo anglo afro euro indo arméno coréano
    austro gréco
    syro serbo soviéto ukraino polono libano saoudo arabo hispano tchétchéno
    """
)

FEMININES = {"grec": "grecque", "turc": "turque", "rom": "rom"}
"""Feminines that no rule of endings gives."""


def forms(masculine: str) -> tuple[str, ...]:
    """Masculine and feminine, singular and plural, each once.

    >>> forms("coréen"), forms("chinois"), forms("occidental")[2]
    (('coréen', 'coréenne', 'coréens', 'coréennes'), ('chinois', 'chinoise', 'chinoises'), 'occidentaux')
    """
    feminine = _feminine(masculine)
    plural = masculine[:-2] + "aux" if masculine.endswith("al") else masculine + "s" * (masculine[-1] not in "sx")
    return tuple(dict.fromkeys((masculine, feminine, plural, feminine + "s")))


def _feminine(masculine: str) -> str:
    if masculine in FEMININES:
        return FEMININES[masculine]
    if masculine.endswith(("ien", "éen")) or masculine in ("letton", "breton", "wallon"):
        return masculine + masculine[-1] + "e"
    return masculine if masculine.endswith(("e", "i")) else masculine + "e"
