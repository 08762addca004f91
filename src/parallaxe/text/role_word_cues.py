"""Cues in the words of a block: each function looks at one block alone and casts a vote, or none.

French headings are as often « Publicité » or « Photo de famille » as labels are: where a word alone is not enough, the
cue wants a separator, an imperative, or a reader that is addressed. Every cue first asks for the length, so that a
long paragraph costs nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeAlias

from parallaxe.text import role_words as words
from parallaxe.text.french import places
from parallaxe.text.names import is_signature
from parallaxe.text.role_votes import (
    BYLINE,
    CAPTION,
    CREDIT,
    DATELINE,
    LABEL,
    LIKELY,
    NOISE,
    RELATED,
    STATED,
    Passage,
    Vote,
)

WordCue: TypeAlias = Callable[[Passage], Vote | None]
"""A cue that needs nothing but the block."""

LONGEST_BOX = 700
"""No cue of this module speaks about a longer block, in code points."""

_LINE, _BOX = 120, 350
_QUOTATION_MARKS = re.compile("[«»“”]")


def label(passage: Passage) -> Vote | None:
    """« En direct », « 9 h 12 », « Le brief · 18 h 30 », « Mis à jour le 5 septembre à 14h » label what follows.

    >>> label(Passage("[14:32]"))
    Vote(role='label', weight=12.0, why='live or time label')
    >>> label(Passage("Un direct du droit"))
    """
    if len(passage.text) > _LINE:
        return None
    parts = words.LABEL_SEPARATOR.split(passage.bare.strip(" :.!"))
    timed = [part for part in parts if _tells_the_time(part)]
    others = [part for part in parts if not (words.RUBRIC.fullmatch(part) or words.date_alone().fullmatch(part))]
    return Vote(LABEL, STATED, "live or time label") if timed and set(others) <= set(timed) else None


def _tells_the_time(part: str) -> bool:
    return any(pattern.fullmatch(part) for pattern in (words.LIVE, words.TIME, words.dated_label()))


def is_rubric(passage: Passage) -> bool:
    """True for the name of a genre or section (« Analyse », « Éditorial · International »)."""
    return len(passage.text) <= _LINE and all(
        words.RUBRIC.fullmatch(part) for part in words.LABEL_SEPARATOR.split(passage.bare.strip(" :."))
    )


def dateline(passage: Passage) -> Vote | None:
    """A block that is only place and date, or only a date.

    >>> dateline(Passage("SÉOUL, 5 septembre 2023 (Agence) —")).role
    'dateline'
    """
    if len(passage.text) > _LINE:
        return None
    if words.date_alone().fullmatch(passage.text):
        return Vote(DATELINE, STATED, "date alone")
    found = words.place_and_date().fullmatch(passage.text)
    if found and _is_place(found["place"], dated=bool(words.any_date().search(passage.text))):
        return Vote(DATELINE, LIKELY, "place and date alone")
    return None


def _is_place(name: str, *, dated: bool) -> bool:
    """A place by its capitals or its name; before a date and a comma, any one or two capitalised words."""
    place = name.split(" (", maxsplit=1)[0].split(",", maxsplit=1)[0]
    if "." in place:
        return False  # initials
    capitalised = [word[:1].isupper() for word in place.split()]
    return place.isupper() or place.casefold() in places() or (dated and len(capitalised) <= 2 and all(capitalised))


def byline(passage: Passage) -> Vote | None:
    """« Par X », « Propos recueillis par X », « De notre correspondant à Séoul » sign."""
    return Vote(BYLINE, STATED, "signature") if is_signature(passage.text) else None


def related(passage: Passage) -> Vote | None:
    """« Lire aussi : … », « À lire : … », « Sur le même sujet » point to other articles.

    >>> related(Passage("À lire le communiqué, rien ne presse."))
    """
    text = passage.bare.strip("[]()» ")
    if len(passage.text) > _BOX:
        return None
    if is_related_header(passage):
        return Vote(RELATED, STATED, "related articles")
    header = words.RELATED_OPENING.match(text) or words.RELATED_HEADER.match(text) or words.RELATED_ITEM.match(text)
    if not header:
        return None
    follows = text[header.end() :].lstrip()
    opening = bool(words.RELATED_OPENING.match(text) or words.RELATED_ITEM.match(text))
    if follows.startswith((":", "|", ">", "»", "→")) or (opening and (follows[:1] in "«“—–-" or passage.last != ".")):
        return Vote(RELATED, STATED, "related article")
    return None


def is_related_header(passage: Passage) -> bool:
    """True for the line above a list of other articles."""
    return len(passage.text) <= _LINE and bool(words.RELATED_HEADER.fullmatch(passage.bare.strip("[]():… ")))


def credit(passage: Passage) -> Vote | None:
    """« (avec AFP) », « © … », « Traduit de l'arabe par … », « Source : … », « Photo : X / Y » give credit.

    >>> credit(Passage("Traduit de l'arabe, le texte circule à Moscou."))
    """
    if len(passage.text) > _LINE:
        return None
    if words.CREDIT.fullmatch(passage.bare):
        return Vote(CREDIT, STATED, "credit")
    photo = words.PHOTO.fullmatch(passage.bare)
    if photo and not words.LEGEND.match(passage.bare) and _names_a_photographer(photo["rest"]):
        return Vote(CREDIT, STATED, "photo credit")
    return None


def _names_a_photographer(rest: str) -> bool:
    short = len(rest.split()) <= 8 and not words.CIRCUMSTANCE.search(rest)
    return "/" in rest or "©" in rest or (short and not rest.rstrip().endswith("."))


def caption(passage: Passage) -> Vote | None:
    """« Légende : … », « Photo : » with a description, « Ci-dessus, … », or a sentence that ends in a photo credit."""
    text = passage.bare
    if len(text) > _BOX:
        return None
    photo = words.PHOTO.fullmatch(text)
    if photo and photo["rest"] and not credit(passage):
        return Vote(CAPTION, STATED, "announced caption")
    if words.CAPTION_OPENING.match(text):
        return Vote(CAPTION, LIKELY, "points to a picture")
    # All tails hold one of these marks; most blocks hold none, and asking is ten times as fast as searching.
    marked = any(mark in text for mark in ("©", "(", " :", " /", " |"))
    tail = words.CAPTION_TAIL.search(text, max(len(text) - _LINE, 0)) if marked else None
    if tail and len(text[: tail.start()].split()) >= 4:
        return Vote(CAPTION, LIKELY, "ends in a photo credit")
    return None


def sharing(passage: Passage) -> Vote | None:
    """« Partager sur : Facebook · X » and nothing else; « Partager le pouvoir » is text."""
    if len(passage.text) > _BOX or not words.SHARE_OPENING.match(passage.bare):
        return None
    left, actions = words.SHARE_ACTION.subn(" ", passage.text)
    left, networks = words.SHARE_NETWORK.subn(" ", left)
    if (actions or networks >= 2) and not re.search(r"\w", words.SHARE_WORD.sub(" ", left)):
        return Vote(NOISE, STATED, "share links")
    return None


def reader_call(passage: Passage) -> Vote | None:
    """« Inscrivez-vous », « Recevez chaque matin », « Votre e-mail » address the reader; in quotes they do not."""
    text = passage.bare
    if len(text) > _BOX or _QUOTATION_MARKS.search(text):
        return None
    has_stem = any(stem in passage.folded for stem in words.READER_CALL_STEMS)
    if words.READER_CALL.match(text) or (has_stem and words.READER_CALL_INSIDE.search(text)):
        return Vote(NOISE, STATED, "call to the reader")
    return None


def cookies(passage: Passage) -> Vote | None:
    """Text of a consent banner."""
    if len(passage.text) > LONGEST_BOX or not any(stem in passage.folded for stem in words.COOKIE_STEMS):
        return None
    is_banner = words.COOKIES.search(passage.text) and not _QUOTATION_MARKS.search(passage.text)
    return Vote(NOISE, STATED, "cookie banner") if is_banner else None


def furniture(passage: Passage) -> Vote | None:
    """« Publicité », « Temps de lecture : 4 min », « Commentaires (3) », « Mots-clés : … » belong to the page."""
    if len(passage.text) <= _BOX and words.NOISE.fullmatch(passage.bare.strip("[]> »→.")):
        return Vote(NOISE, STATED, "page furniture")
    return None


def slug(passage: Passage) -> Vote | None:
    """`img_2023-kim.jpg`, `kim-poutine-vladivostok`, addresses, hashtags, ornaments without a word.

    >>> slug(Passage("kim-poutine-vladivostok")).why
    'file, address or slug'
    >>> slug(Passage("peut-être"))
    """
    if len(passage.text) <= _BOX and not re.search(r"\w", passage.text):
        return Vote(NOISE, STATED, "ornament")
    if len(passage.text) <= _BOX and (
        words.FILE_OR_ADDRESS.fullmatch(passage.text) or words.SLUG.fullmatch(passage.text)
    ):
        return Vote(NOISE, STATED, "file, address or slug")
    return None


WORD_CUES: tuple[WordCue, ...] = (
    label, dateline, byline, related, credit, caption, sharing, reader_call, cookies, furniture, slug,
)  # fmt: skip
