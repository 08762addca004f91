"""Calendar expressions: absolute ones, those counted from now, and vague ones; no durations, ages or clock times.

Every expression holds a number of a year, or one of a few words (month, day of the week, unit, `hier`). Lookups
find these, and a pattern of the one concerned is matched there; forty characters before it are read too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import chain

from parallaxe.annotate.entity_rules.candidates import Candidate
from parallaxe.annotate.entity_rules.folding import fold_name
from parallaxe.annotate.entity_rules.grammar import CAPITAL

_BEFORE = 48

_MONTH = (
    "janvier|février|fevrier|mars|avril|mai|juin|juillet|août|aout|septembre|octobre|novembre|décembre|decembre"
    "|janv\\.|févr?\\.|avr\\.|juill?\\.|sept\\.|oct\\.|nov\\.|déc\\."
)
_WEEKDAY = "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
_SEASON = "printemps|été|automne|hiver"
_UNIT = "jours?|semaines?|mois|ans?|années?|trimestres?|décennies?|week-ends?"
_NUMBER = (
    r"(?:\d{1,3}|un|une|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize"
    r"|vingt(?:[- ]\w+)?"
    r"|trente|quarante|cinquante|soixante|cent|mille|quelques|plusieurs|peu de|une dizaine de|une quinzaine de"
    r"|une vingtaine d[e’'])"
)
_PART = (
    r"(?:(?:au |en )?(?:début|fin|milieu|cours)(?: de| d['’]| du)? ?|mi-|courant |première moitié de "
    r"|seconde moitié de )"
)
_DAY = r"(?:1er|[12]?\d|3[01])"
_YEAR = r"(?:1[0-9]\d\d|20\d\d)"
_AFTER_DAY = r"(?: (?:dernier|prochain|passé|soir|matin|après-midi|dans la nuit))?"

_FROM_MONTH = re.compile(rf"(?:{_MONTH})(?!\w)(?: (?:{_YEAR})(?![\d,.]\d|\w)| dernier| prochain)?", re.IGNORECASE)
# « 10 au 13 septembre », « 3, 4 et 5 mai », « lundi 11 septembre », « nuit du 3 au 4 mai »
_TO_MONTH = re.compile(
    rf"(?:(?:(?:{_WEEKDAY}),? )?(?:le )?(?<!\d)(?:{_DAY}(?: ?(?:au|et|ou|-|–|,) ?(?:le )?){{1,2}})?(?<!\d){_DAY} "
    rf"|\b{_PART})$",
    re.IGNORECASE,
)
_FROM_WEEKDAY = re.compile(
    rf"(?:{_WEEKDAY})(?!\w)(?: {_DAY}(?![\d,.:h]| h)(?! (?:{_MONTH})))?{_AFTER_DAY}", re.IGNORECASE
)
_TO_WEEKDAY = re.compile(r"\bce $", re.IGNORECASE)
_TO_YEAR = re.compile(rf"\b(?:(?:{_SEASON}|années|saison|rentrée) (?:de |d['’])?|{_PART}|an(?:née)? )$", re.IGNORECASE)
# What tells a year from a count: how it is led in, or what ends it.
_LEADS_YEAR = re.compile(
    r"(?:\b(?:en|de|depuis|dès|dans|jusqu['’]en|avant|après|vers|fin|début|mi|année|années|an|l['’]an|été"
    r"|printemps|automne|hiver|entre|et|"
    rf"à|ou|que|celui de|septembre|{_SEASON}) |d['’]|[(\[/–—-]|, )$",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"(?: (?:000|%|€|\$|°|pour cent|h\b|k[mg]\b|m\b|mètres|kilomètres|tonnes|euros|dollars|francs|personnes|hommes"
    r"|soldats|habitants|morts|"
    r"blessés|pages|fois|milliards|millions|voix|obus|missiles|places|kilos|litres|hectares|conteneurs|militaires"
    r"|ans|jours|exemplaires|emplois|"
    r"salariés|victimes|élèves|véhicules|milles|points)\b| ?[%€$]|[,.]\d|\d|-\d{3})"
)
# Both begin with a digit, for which a search can look, and look back from behind it.
_YEARS = re.compile(r"[12](?<![\w,.].)\d{3}(?:[-–/](?:[12]\d{3}|\d\d)(?!\d))?(?!\w)")
_NUMERIC = re.compile(r"\d(?<![\d/.].)\d{0,3}[/.-]\d{1,2}[/.-]\d{2,4}(?!\d)")
_IS_NUMERIC = re.compile(r"[0-3]?\d[/.][01]?\d[/.](?:19|20)\d\d|(?:19|20)\d\d-[01]\d-[0-3]\d")

# « il y a neuf mois », « voilà trois ans »
_AGO = re.compile(
    rf"(?:il y a|voilà|voici) (?:(?:à peine|environ|près de|plus d['’]|un peu plus d['’]) ?)?(?:{_NUMBER}) "
    rf"(?:{_UNIT})(?!\w)(?! que\b| qu['’])",
    re.IGNORECASE,
)
# « un mois plus tôt », « quelques jours auparavant »
_EARLIER = re.compile(rf"(?:{_NUMBER}) (?:{_UNIT}) (?:plus tôt|auparavant|plus tard)(?!\w)", re.IGNORECASE)
# « la semaine dernière », « le mois prochain », « ces derniers jours », « cette année », « ce mois-ci »
_RELATIVE = re.compile(
    rf"(?:(?:ces|les|des) (?:(?:\w+ )?(?:derniers|dernières|prochains|prochaines) (?:{_UNIT}|temps)(?<!temps))"
    rf"|(?:ce|cet|cette|ces) (?:{_UNIT}|{_SEASON}|week-end|fin de semaine)(?:-ci|-là)?(?: (?:dernier|prochain|là)e?s?)?"
    rf"|(?:la |le |l['’])?(?:{_UNIT}|{_SEASON}|siècle|mois de (?:{_MONTH})) (?:dernier|dernière|prochain|prochaine"
    rf"|passé|passée|suivante?s?|précédente?s?))(?!\w)",
    re.IGNORECASE,
)
# « premier trimestre », « second semestre 2024 »
_PART_OF_YEAR = re.compile(
    rf"(?:premier|deuxième|second|troisième|quatrième|dernier) (?:trimestre|semestre)(?!\w)(?: (?:de )?{_YEAR}(?!\w))?",
    re.IGNORECASE,
)
_YESTERDAY = re.compile(r"(?:avant-)?hier(?: (?:soir|matin|après-midi))?(?!\w)", re.IGNORECASE)
_CENTURY = re.compile(r"(?:[IVX]{1,5}|\d{1,2})e siècle(?!\w)")
_FIGURE = re.compile(r"\bd['’]$", re.IGNORECASE)
_FREQUENCY = re.compile(r"\b(?:chaque|tous les|toutes les|jours? de|un|le|les|d['’]un) $", re.IGNORECASE)

TRIGGERS = tuple(
    dict.fromkeys(
        fold_name(word)
        for word in chain(
            _MONTH.replace("\\", "").replace("?", "").split("|"),
            _WEEKDAY.split("|"),
            _SEASON.split("|"),
            "jour jours semaine semaines mois an ans annee annees trimestre semestre".split(),
            "decennie decennies hier siecle".split(),
            ("week end", "week ends"),
        )
    )
)
"""Folded words at which an expression may stand."""

_MONTHS = frozenset(fold_name(word) for word in _MONTH.replace("\\", "").replace("?", "").split("|"))
_WEEKDAYS = frozenset(_WEEKDAY.split("|"))
_SEASONS = frozenset(fold_name(word) for word in _SEASON.split("|"))


def date_at(text: str, start: int, end: int, floor: int) -> Candidate | None:
    """The calendar expression around a trigger at `text[start:end]`, that begins at `floor` or later, or null."""
    word = fold_name(text[start:end])
    if word in _MONTHS:
        return _month(text, start, floor)
    if word in _WEEKDAYS:
        return _weekday(text, start, floor)
    if word == "hier":
        return _yesterday(text, start, floor)
    return _relative(text, start, floor)


def years(text: str, start: int, end: int) -> Iterator[Candidate]:
    """Years and dates in figures in `text[start:end]`."""
    for found in _YEARS.finditer(text, start, end):
        year = _year(text, found, start)
        if year:
            yield year
    for found in _NUMERIC.finditer(text, start, end):
        if _IS_NUMERIC.fullmatch(found.group()):
            yield _candidate(found.start(), found.end(), 0.95, "date-numeric")


def _candidate(start: int, end: int, score: float, why: str) -> Candidate:
    return Candidate(start, end, "DATE", None, score, why, full=True)


def _extended(pattern: re.Pattern[str], text: str, start: int, floor: int) -> int:
    """Where an expression begins whose words before `start` fit a pattern that ends there."""
    opening = max(floor, start - _BEFORE)
    found = pattern.search(text[opening:start])
    return opening + found.start() if found else start


def _month(text: str, start: int, floor: int) -> Candidate | None:
    found = _FROM_MONTH.match(text, start)
    if not found or (text[start].isupper() and _AS_NAME.match(text, found.end())):
        return None
    begin = _extended(_TO_MONTH, text, start, floor)
    begin += _lead(text[begin:start])
    if (
        begin == start
        and found.group().casefold() in ("mars", "mai")
        and _FREQUENCY.search(text[max(floor, start - 9) : start])
    ):
        return None
    return _candidate(begin, found.end(), 0.95, "date-month")


_AS_NAME = re.compile(rf" {CAPITAL}|['’-]")
_LEAD = re.compile(r"(?:au|en) |le (?=\d)|cours (?:de|du) ", re.IGNORECASE)


def _lead(words: str) -> int:
    """How many characters of what stands before a month are no part of the date: « au » of « au début de »."""
    found = _LEAD.match(words)
    return found.end() if found else 0


def _weekday(text: str, start: int, floor: int) -> Candidate | None:
    found = _FROM_WEEKDAY.match(text, start)
    if not found or re.match(rf" {_DAY} (?:{_MONTH})", text[found.end() : found.end() + 20], re.IGNORECASE):
        return None
    before = text[max(floor, start - 12) : start].casefold()
    if before.endswith(("chaque ", "tous les ", "les ")):
        return None
    begin = _extended(_TO_WEEKDAY, text, start, floor)
    return _candidate(begin, found.end(), 0.95, "date-weekday")


def _yesterday(text: str, start: int, floor: int) -> Candidate | None:
    found = _YESTERDAY.match(text, start)
    if not found or _FIGURE.search(text[max(floor, start - 2) : start]):
        return None
    if text[max(floor, start - 6) : start].casefold() == "avant-":
        start -= 6
    return _candidate(start, found.end(), 0.9, "date-relative")


def _relative(text: str, start: int, floor: int) -> Candidate | None:
    """What begins up to four words before a unit of the calendar."""
    opening = max(floor, start - _BEFORE)
    window = text[opening : start + 32]
    at = start - opening
    for pattern, score, why in (
        (_AGO, 0.7, "date-ago"),
        (_EARLIER, 0.7, "date-earlier"),
        (_RELATIVE, 0.85, "date-relative"),
        (_PART_OF_YEAR, 0.85, "date-part-of-year"),
    ):
        for begin in _word_starts(window, at):
            found = pattern.match(window, begin)
            if found and found.end() > at:
                skipped = _article(found.group())
                return _candidate(opening + begin + skipped, opening + found.end(), score, why)
    return _season(text, start)


def _article(words: str) -> int:
    found = re.match(r"l['’]", words, re.IGNORECASE)
    return found.end() if found else 0


def _word_starts(window: str, at: int) -> list[int]:
    """The beginnings of the last six words up to `at`, the farthest first."""
    starts = [at]
    position = at
    while len(starts) < 7 and position > 0:
        position = (
            max(
                window.rfind(" ", 0, position - 1),
                window.rfind("'", 0, position - 1),
                window.rfind("’", 0, position - 1),
            )
            + 1
        )
        starts.append(position)
        if position == 0:
            break
    return starts[::-1]


_SEASON_YEAR = re.compile(rf"(?:{_SEASON}) (?:de )?{_YEAR}(?!\w)", re.IGNORECASE)
_DECADE = re.compile(
    r"années (?:\d{4}|[2-9]0|vingt|trente|quarante|cinquante|soixante(?:-dix)?|quatre-vingts?(?:-dix)?)(?!\w)",
    re.IGNORECASE,
)


def _season(text: str, start: int) -> Candidate | None:
    for pattern in (_SEASON_YEAR, _DECADE):
        found = pattern.match(text, start)
        if found:
            return _candidate(start, found.end(), 0.9, "date-season")
    return None


def _year(text: str, found: re.Match[str], floor: int) -> Candidate | None:
    start, end = found.span()
    after = text[end : end + 14]
    if _COUNTED.match(after):
        return None
    before = text[max(floor, start - _BEFORE) : start]
    led = bool(_LEADS_YEAR.search(before)) or not before.strip()
    closed = not after or after[0] in ".,;:)?!»…" or after[:2] in (" ;", " :", " »", " ?", " !")
    if not (led or closed) or not 1400 <= int(found.group()[:4]) <= 2100:
        return None
    begin = _extended(_TO_YEAR, text, start, floor)
    begin += _lead(text[begin:start])
    return _candidate(begin, end, 0.95 if led else 0.7, "date-year")


@cache
def triggers() -> tuple[str, ...]:
    """Folded words at which `date_at` is worth asking."""
    return tuple(trigger for trigger in TRIGGERS if trigger)
