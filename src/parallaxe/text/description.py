"""The columns that an article's own text declares: title, byline, dateline, date of publication.

All are taken as they stand; what the text does not say is null, and a year is never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from typing import NamedTuple

from parallaxe.text.document import Block
from parallaxe.text.extraction import Metadata
from parallaxe.text.french import date_expression, full_dates, places
from parallaxe.text.names import names_in_signature
from parallaxe.text.role_votes import BYLINE, DATELINE, LABEL, PARAGRAPH, TITLE

_LONGEST_DATELINE = 90
_DASHES = " —–-"
_ARTICLE = re.compile(r"(?:le|la|les|un|une|l['’])\b", re.IGNORECASE)


class Description(NamedTuple):
    """What an article says of itself; null where it does not."""

    title: str | None
    byline: str | None
    dateline: str | None
    published: date | None


def describe(text: str, blocks: Sequence[Block], metadata: Metadata) -> Description:
    r"""What is printed, then what the source declares; for the date, the reverse.

    >>> text = "Par Jean Dupont\n\nSÉOUL — Kim est parti."
    >>> describe(text, [Block("byline", 0, 15), Block("paragraph", 17, 39)], Metadata())
    Description(title=None, byline='Jean Dupont', dateline='SÉOUL', published=None)
    """
    title = next(_texts(text, blocks, TITLE), None)
    byline = next(filter(None, map(names_in_signature, _texts(text, blocks, BYLINE))), None)
    dateline = _dateline(text, blocks)
    published = metadata.published or _published([*_texts(text, blocks, LABEL, DATELINE, BYLINE), dateline or ""])
    return Description(title or metadata.title, byline or metadata.byline, dateline, published)


def _texts(text: str, blocks: Sequence[Block], *roles: str) -> Iterator[str]:
    return (text[block.start : block.end] for block in blocks if block.role in roles)


def _dateline(text: str, blocks: Sequence[Block]) -> str | None:
    """A block of its own, or what stands before the dash that opens the first paragraph."""
    for block in _texts(text, blocks, DATELINE):
        return block.rstrip(_DASHES + ".") or None
    first = next(_texts(text, blocks, PARAGRAPH), "")
    return opening_dateline(first)


def opening_dateline(paragraph: str) -> str | None:
    """The place, with date and agency where printed, that opens a paragraph before a dash; null where none does.

    A place in capitals, or a known one, or any before a date or an agency: the rest is a speaker or a thought.

    >>> opening_dateline("WASHINGTON, 31 août (Agence) - La Maison-Blanche …")
    'WASHINGTON, 31 août (Agence)'
    >>> opening_dateline("H. V. — L'argument est usé."), opening_dateline("De notre correspondant à Séoul — Kim …")
    (None, None)
    """
    found = _opening().match(paragraph[: _LONGEST_DATELINE + 2])
    if not found or found.end() > _LONGEST_DATELINE:
        return None
    place = found["place"].split(",")[0].strip()
    is_known = place.casefold() in places()
    is_dated = found["date"] is not None or found["agency"] is not None
    if is_known or (not _ARTICLE.match(place) and (place.isupper() or is_dated)):
        return found["dateline"]
    return None


@cache
def _opening() -> re.Pattern[str]:
    word = r"[^\W\d_a-zà-ÿ][\w'’-]*"
    name = rf"{word}(?:[ -](?:(?:de|du|des|la|le|les|sur|en|d['’])[ -]?)?{word}){{0,4}}"
    agency = r"\([^()]{2,40}\)"
    return re.compile(
        rf"(?P<dateline>(?P<place>{name}(?:, {name})?(?: \((?!AFP|AP)[^()\d]{{3,30}}\))?)"
        rf"(?P<date>,? (?:le )?{date_expression()})?(?P<agency> {agency})?)"
        r"(?: ?[—–] ?| --? )(?=[^\W\d_a-zà-ÿ]|[«“\"(]|\d)"
    )


def _published(texts: Sequence[str]) -> date | None:
    """The first full date that is not the date of an update."""
    for text in texts:
        for start, day in full_dates(text):
            if not text[:start].casefold().rstrip().endswith(("à jour le", "à jour", "modifié le", "actualisé le")):
                return day
    return None
