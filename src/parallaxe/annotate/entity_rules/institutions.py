"""Institutions and places that a general word and what follows it name: « Institut des Trois Détroits », « mer de X »."""

from __future__ import annotations

import re

from parallaxe.annotate.entity_rules.candidates import Candidate
from parallaxe.annotate.entity_rules.folding import fold_name, slug
from parallaxe.annotate.entity_rules.grammar import CHAIN, OF, SMALL, THE, WORD
from parallaxe.annotate.entity_rules.institution_words import KEPT_HEADS, LOOSE_HEADS, PLACED_HEADS, STATE_BODIES
from parallaxe.annotate.entity_rules.peoples import adjective_end, adjectives
from parallaxe.annotate.entity_rules.place_words import PLACE_HEADS
from parallaxe.annotate.entity_rules.small_words import COMMON, STOP_VERBS, STOP_WORDS
from parallaxe.annotate.entity_rules.title_words import SPEECH

ORG_HEADS = frozenset(fold_name(head) for head in KEPT_HEADS) | STATE_BODIES
LOC_HEADS = frozenset(fold_name(head) for head in PLACE_HEADS)
HEADS = ORG_HEADS | LOC_HEADS
"""Folded words at which an institution or a place may begin."""

_LONGEST = 110
_NAME = re.compile(rf" (?P<name>{CHAIN}(?: et {WORD})?)")
_PLACE = re.compile(rf" (?P<of>{OF})(?P<the>{THE})?(?P<name>{CHAIN}(?:-sur-\w+)?)")
_WORD = re.compile(r"(?P<gap> | ?(?=['’]))?(?P<word>[\w-]+)(?P<elision>['’])?")
_STEP = re.compile(
    rf" (?P<of>{OF}|pour (?:la |le |les |l['’])?|sur (?:la |le |les |l['’])?|en )?(?P<word>[\w-]+(?:['’]\w+)?)"
)
_ADJECTIVE = re.compile(
    r"(?:.{2,}(?:ique|ale|al|aux|ien|enne|éen|ais|aise|ois|oise|ain|aine|aire|eux|euse|if|ive|el|elle|ible|able"
    r"|ant|ante|ent|ente|ier|ière"
    r"|é|ée|i|ie|u|ue|rd|rde|ond|ort|ile|ille|ide|are|ure)s?|nationale?s?|rouge|noir|blanc|libre|jeune|rural)$",
    re.IGNORECASE,
)


def institution_at(
    text: str, folded: str, start: int, end: int, floor: int, ceiling: int, *, opens: bool
) -> Candidate | None:
    """The institution that begins with the general word at `text[start:end]`, or null; `opens` where a sentence does."""
    head = folded[start:end]
    ceiling = min(ceiling, end + _LONGEST)
    capital = text[start].isupper()
    body = _state_body(text, folded, start, end) if head in STATE_BODIES else None
    if body:
        return body
    if capital and text[start:end].isupper() and end - start > 4:
        return None
    if capital:
        return _with_capital(text, folded, start, end, ceiling, opens=opens)
    return _without_capital(text, head, start, end, ceiling)


def _state_body(text: str, folded: str, start: int, end: int) -> Candidate | None:
    """« armée russe », « ministère russe de la Défense »."""
    stop = adjective_end(folded, end)
    if stop is None or not text[end + 1].islower():
        return None
    return Candidate(start, stop, "ORG", slug(text[start:stop]), 0.7, "body-of-a-state")


_MINISTRY = re.compile(
    rf"(?: {SMALL}+)? (?:de la |de l['’]|des |du ){WORD}(?: {SMALL}*gères| et (?:de la |de l['’]|des |du ){WORD}"
    rf"| {SMALL}+ales?)?"
)


def ministry_at(text: str, folded: str, start: int, end: int, ceiling: int) -> Candidate | None:
    """« ministère russe de la Défense », « ministère de la Défense ukrainien »; without a country it is none."""
    adjective = adjective_end(folded, end)
    found = _MINISTRY.match(text, adjective or end, min(ceiling, end + _LONGEST))
    if not found or (text[start].islower() and not adjective and not adjective_end(folded, found.end())):
        return None
    stop = found.end() if adjective else adjective_end(folded, found.end()) or found.end()
    return Candidate(start, stop, "ORG", slug(text[start:stop]), 0.75, "ministry")


def _with_capital(text: str, folded: str, start: int, end: int, ceiling: int, *, opens: bool) -> Candidate | None:
    """« Centre des confins orientaux », « Amicale du bogie lourd », « Institut Montaigne »."""
    stop = _complement_end(text, end, ceiling)
    if stop == end or (opens and stop < end + 4):
        return None
    return Candidate(start, stop, "ORG", slug(text[start:stop]), 0.5 if opens else 0.85, "institution-head")


def _complement_end(text: str, end: int, ceiling: int) -> int:
    """Where the noun phrase ends that begins before `end`: words joined by `de`, capitals, and adjectives."""
    stop, needs_noun, plural, capital, described = end, False, False, False, False
    for _ in range(9):
        found = _STEP.match(text, stop, ceiling)
        if not found:
            break
        word = fold_name(found["word"]).split(" ")[0]
        joined = found["of"] is not None
        if joined and (stop == end or not found["of"].startswith(("pour", "en", "sur")) or stop == end):
            if word in STOP_WORDS and word not in ("deux", "trois"):
                break
            plural = found["of"].startswith(("des", "pour les", "sur les")) or plural
            needs_noun = word in _COUNTS
        elif needs_noun or (found["word"][0].isupper() and (stop == end or capital)):
            needs_noun = word in _COUNTS
        elif (
            joined
            or word in STOP_WORDS | STOP_VERBS | SPEECH
            or not _fits(found["word"], plural=plural)
            or (described and word in adjectives())
        ):
            if word == "et" and _goes_on(text, found.end(), ceiling):
                stop = found.end()
                needs_noun = True
                continue
            break
        described = not joined and not needs_noun
        capital = found["word"][0].isupper()
        stop = found.end()
    return stop


_COUNTS = frozenset("deux trois quatre cinq sept dix cent mille grands grandes jeunes nouveaux hautes".split())
_GOES_ON = re.compile(
    r" (?:(?:de la|de l['’]|des|du|d['’]|de) ?)?[\w-]+(?:iques?|ales?|aires?|elles?|ives?|aux|tion|ité|ités|tions)"
    r"(?!\w)"
)


def _goes_on(text: str, end: int, ceiling: int) -> bool:
    """True where « et » joins two adjectives or nouns of a name: « relations internationales et stratégiques »."""
    return bool(_GOES_ON.match(text, end, ceiling))


def _fits(word: str, *, plural: bool) -> bool:
    """A small word after a noun that may be its adjective; after a plural it is one itself."""
    return word.endswith(("s", "x")) if plural else bool(_ADJECTIVE.match(word))


def _without_capital(text: str, head: str, start: int, end: int, ceiling: int) -> Candidate | None:
    """« université Kookmin », « université de Nantes », « cercle Souveraineté et Granit »; « agence X » names X alone."""
    found = _NAME.match(text, end, ceiling)
    if found and fold_name(found["name"]).split(" ")[0] not in COMMON:
        begin = found.start("name") if head in LOOSE_HEADS else start
        return Candidate(begin, found.end(), "ORG", slug(text[begin : found.end()]), 0.8, "institution-and-name")
    placed = _PLACE.match(text, end, ceiling) if head in PLACED_HEADS else None
    if placed:
        return Candidate(start, placed.end(), "ORG", slug(text[start : placed.end()]), 0.75, "institution-of-place")
    return None


PLACE_HEAD = "place-head"
"""Why of a place that a general word and a name make."""

# What follows these names the same thing without them: « Vostochny » for the « centre spatial de Vostochny ».
_SHORTENED = re.compile(
    rf"(?:centre spatial|centre de lancement|cosmodrome|base|aéroport|gare|fleuve|lac|mont|île|polygone|camp|prison"
    rf"|centrale)"
    rf"(?: {SMALL}+)?(?: {OF}{THE}?| )(?P<name>{WORD})$"
)


def short_place(name: str) -> str:
    """The folded name that stands for a place whose general word was said once; empty if there is none.

    >>> short_place("cosmodrome de Baïkonour"), short_place("région de Lviv")
    ('baikonour', '')
    """
    found = _SHORTENED.match(name)
    return fold_name(found["name"]) if found else ""


_GENERIC_PLACE = re.compile(
    rf" (?:(?:russe|américain|chinois|français|militaire|nucléaire)e?s? )?(?:(?P<of>{OF})"
    rf"(?P<the>{THE})?)?(?P<name>{WORD}(?: (?:{OF})?{WORD}){{0,2}})"
)


def place_at(text: str, folded: str, start: int, end: int, ceiling: int) -> Candidate | None:
    """« fleuve Tumen », « région de Kharkiv », « péninsule coréenne », « gare de Khassan », or null."""
    found = _GENERIC_PLACE.match(text, end, min(ceiling, end + 60))
    if found and fold_name(found["name"]) not in COMMON:
        return Candidate(start, found.end(), "LOC", slug(text[start : found.end()]), 0.8, PLACE_HEAD)
    if folded[start:end] in ("peninsule", "mer", "archipel", "presqu ile"):
        stop = adjective_end(folded, end)
        if stop:
            return Candidate(start, stop, "LOC", slug(text[start:stop]), 0.85, "place-head")
    return None
