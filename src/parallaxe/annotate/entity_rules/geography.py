"""Places by name: states and territories from Babel, the cities of its time zones, and what `place_words` adds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

from parallaxe.annotate.entity_rules import place_words as words
from parallaxe.annotate.entity_rules.folding import fold_name, slug


class Place(NamedTuple):
    """A spelling of a place, the id of what it names, and what kind of place that is.

    `kind` is `state`, `capital`, `bloc` (these act in politics), `city`, `region` or `area`.
    """

    spelling: str
    name: str
    kind: str


ACTING = frozenset({"state", "capital", "bloc", "cardinal"})
"""Kinds of places that stand for a government."""

# Zones named after what is no city, and cities whose name is a family name in the press.
_NO_CITIES = frozenset(
    "Eastern Central Mountain Pacific Center Knox Beulah Davis Casey Troll Mawson Vostok Palmer Rothera Syowa "
    "Easter Regina Nome Adak Phoenix Juneau Vincennes Marengo Petersburg Winamac Monticello Louisville Dawson "
    "Creston Resolute Thule Menominee".split()
)


@cache
def places() -> tuple[Place, ...]:
    """Every place, each spelling once; where two share it the first kind of this list stands: state, capital, other."""
    listed = [
        *_states(),
        *_of("bloc", words.BLOCS),
        *_of("capital", words.CAPITALS),
        *_of("bloc", ("Occident", "Europe", "Amérique")),
        *_of("area", words.CONTINENTS),
        *_of("city", words.CITIES),
        *_of("region", words.REGIONS),
        *_of("region", words.DEPARTMENTS),
        *_of("area", words.SEAS),
        *_of("cardinal", words.CARDINALS),
        *_of("city", _zone_cities()),
    ]
    seen: dict[str, Place] = {}
    for place in listed:
        seen.setdefault(fold_name(place.spelling), place)
    return tuple(seen.values())


@cache
def kinds() -> Mapping[str, str]:
    """The kind of each place by its folded spelling.

    >>> kinds()["coree du nord"], kinds()["pyongyang"], kinds()["marseille"]
    ('state', 'capital', 'city')
    """
    return {fold_name(place.spelling): place.kind for place in places()}


def _of(kind: str, names: Iterable[str]) -> list[Place]:
    return [Place(name, slug(name), kind) for name in names]


def _states() -> list[Place]:
    from babel import Locale

    territories = Locale.parse("fr").territories
    left_out = frozenset(map(fold_name, words.NO_STATES))
    listed = [Place(usual, slug(name), "state") for usual, name in words.STATES.items()]
    for code, name in territories.items():
        plain = name.replace("’", "'").partition(" (")[0]
        if fold_name(plain) not in left_out and not plain.startswith("R.A.S."):
            kind = "region" if code in _DEPENDENT else "state" if code.isalpha() else "area"
            listed.append(Place(plain, slug(plain), kind))
    return listed


# Territories without a government that the press would name by them.
_DEPENDENT = frozenset(
    "RE GP MQ GF YT PM WF PF NC BL MF GI FO AX GG JE IM BM KY TC VG VI PR GU AS MP AQ SJ IO GS TF FK AW CW SX "
    "BQ CX CC NF PN TK NU "
    "CK AC CP DG EA IC TA UM BV HM IC MS AI SH".split()
)


def _zone_cities() -> list[str]:
    from babel import Locale
    from babel.core import get_global

    french = Locale.parse("fr").time_zones
    zones = [zone for zone in get_global("zone_territories") if zone.partition("/")[0] in _WORLD]
    named = {zone: zone.rpartition("/")[2].replace("_", " ") for zone in zones}
    named |= {zone: french[zone]["city"] for zone in zones if "city" in french.get(zone, {})}
    return [city for city in dict.fromkeys(named.values()) if city not in _NO_CITIES]


_WORLD = frozenset({"Africa", "America", "Asia", "Europe", "Australia", "Pacific", "Indian", "Atlantic"})
