"""What Babel knows of French: names of months, days, countries and great cities; dates as newspapers print them.

Babel is loaded at the first question, not at import: it takes longer than most articles.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from functools import cache

# Cities whose name begins with an article and that no time zone is named after.
_MORE_CITIES = ("La Haye", "Le Cap", "Le Havre", "La Rochelle", "Washington", "Pékin", "Genève", "Marseille", "Lyon")


@cache
def places() -> frozenset[str]:
    """Countries, continents and the cities after which time zones are named, case folded, with straight apostrophes.

    >>> {"séoul", "vladivostok", "corée du nord"} <= places()
    True
    """
    from babel import Locale
    from babel.core import get_global

    french = Locale.parse("fr")
    # CLDR names a city only where French writes it otherwise than the identifier of its zone.
    identifiers = {zone: zone.rpartition("/")[2].replace("_", " ") for zone in get_global("zone_territories")}
    cities = identifiers | {zone: known["city"] for zone, known in french.time_zones.items() if "city" in known}
    names = [*french.territories.values(), *cities.values(), *_MORE_CITIES]
    return frozenset(name.casefold().replace("’", "'") for name in names)


@cache
def _months() -> dict[str, int]:
    """Wide and abbreviated names, with and without accents and stops, case folded."""
    from babel import Locale

    widths = Locale.parse("fr").months["format"]
    named = {name: number for width in ("abbreviated", "wide") for number, name in widths[width].items()}
    spellings = {form: number for name, number in named.items() for form in (name, name.rstrip("."))}
    return spellings | {_without_accents(name): number for name, number in spellings.items()}


def _without_accents(text: str) -> str:
    return "".join(
        character for character in unicodedata.normalize("NFD", text) if not unicodedata.combining(character)
    )


@cache
def date_expression() -> str:
    """A regular expression for « lundi 4 septembre », « 1er août 2024 », « 05/09/2023 », « 2023-09-05 »; no groups."""
    from babel import Locale

    days = "|".join(Locale.parse("fr").days["format"]["wide"].values())
    months = "|".join(sorted(map(re.escape, _months()), key=len, reverse=True))
    spelt = rf"(?:(?:{days}),? )?(?:le )?(?:1er|[0-3]?\d) (?:{months})(?!\w)(?: \d{{4}}(?!\d))?"
    return rf"(?:{spelt}|[0-3]?\d[/.][01]?\d[/.]\d{{4}}(?!\d)|\d{{4}}-[01]\d-[0-3]\d(?!\d))"


@cache
def _full_date() -> re.Pattern[str]:
    months = "|".join(sorted(map(re.escape, _months()), key=len, reverse=True))
    spelt = rf"(?P<day>1er|[0-3]?\d) (?P<month>{months}) (?P<year>\d{{4}})"
    return re.compile(
        rf"(?<!\d)(?:{spelt}|(?P<d>[0-3]?\d)[/.](?P<m>[01]?\d)[/.](?P<y>\d{{4}})|(?P<iso>\d{{4}}-[01]\d-[0-3]\d))(?!\d)",
        re.IGNORECASE,
    )


def full_dates(text: str) -> Iterator[tuple[int, date]]:
    """Every date with day, month and year, and where it begins; days that no calendar has are passed over.

    >>> list(full_dates("Publié le 1er septembre 2023, lu le 05/09/2023, jamais le 31 juin 2023, ni le 5 mai"))
    [(10, datetime.date(2023, 9, 1)), (36, datetime.date(2023, 9, 5))]
    """
    for found in _full_date().finditer(text):
        try:
            yield found.start(), _read(found)
        except ValueError:
            continue


def _read(found: re.Match[str]) -> date:
    if found["iso"]:
        return date.fromisoformat(found["iso"])
    if found["y"]:
        return date(int(found["y"]), int(found["m"]), int(found["d"]))
    day = 1 if found["day"].casefold() == "1er" else int(found["day"])
    return date(int(found["year"]), _months()[found["month"].casefold()], day)
