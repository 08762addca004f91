"""Institutions and places that a general word names with what follows it: « Institut Montaigne », « mer de Corail »."""

from __future__ import annotations

import re
from collections.abc import Iterator

from parallaxe.annotate.entity_rules.candidates import Candidate
from parallaxe.annotate.entity_rules.folding import fold_name, slug
from parallaxe.annotate.entity_rules.grammar import CHAIN, OF, SMALL, THE, WORD
from parallaxe.annotate.entity_rules.institution_words import KEPT_HEADS, LOOSE_HEADS, PLACED_HEADS, STATE_BODIES
from parallaxe.annotate.entity_rules.peoples import adjective_end, adjectives
from parallaxe.annotate.entity_rules.place_words import PLACE_HEADS
from parallaxe.annotate.entity_rules.sighting import Sighting
from parallaxe.annotate.entity_rules.small_words import COMMON, DAYS, STOP_VERBS, STOP_WORDS
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
    r"|ant|ante|manent|manente|ier|ière"
    r"|é|ée|i|ie|u|ue|rd|rde|ond|ort|ile|ille|ide|are|ure)s?|nationale?s?|rouge|noir|blanc|libre|jeune|rural)$",
    re.IGNORECASE,
)


def institution_at(at: Sighting) -> list[Candidate]:
    """The institution that begins with the general word at a place, if one does."""
    body = _state_body(at) if at.folded in STATE_BODIES else None
    if body:
        return [body]
    written = at.words
    if written[0].islower():
        return _without_capital(at)
    return [] if written.isupper() and len(written) > 4 else _with_capital(at)


def _state_body(at: Sighting) -> Candidate | None:
    """« armée russe », « corps nord-coréen »."""
    stop = adjective_end(at.plain, at.end)
    if stop is None or not at.text[at.end + 1].islower():
        return None
    return Candidate(at.start, stop, "ORG", slug(at.text[at.start : stop]), 0.7, "body-of-a-state")


_MINISTRY = re.compile(
    rf"(?: {SMALL}+)? (?:de la |de l['’]|des |du ){WORD}(?: {SMALL}*gères| et (?:de la |de l['’]|des |du ){WORD}"
    rf"| {SMALL}+ales?)?"
)


def ministry_at(at: Sighting) -> Iterator[Candidate]:
    """« ministère russe de la Défense », « ministère de la Défense ukrainien »; without a country it is none."""
    adjective = adjective_end(at.plain, at.end)
    found = _MINISTRY.match(at.text, adjective or at.end, at.reach(_LONGEST))
    if found:
        behind = None if adjective else adjective_end(at.plain, found.end())
        if adjective or behind or at.words[0].isupper():
            stop = behind or found.end()
            yield Candidate(at.start, stop, "ORG", slug(at.text[at.start : stop]), 0.75, "ministry")


def _with_capital(at: Sighting) -> list[Candidate]:
    """« Centre des confins orientaux », « Haute Autorité de santé », « Institut Montaigne »."""
    stop = _complement_end(at.text, at.end, at.reach(_LONGEST))
    rank = _RANK.search(at.text, max(at.floor, at.start - 9), at.start)
    opens = at.opens
    if stop == at.end or (opens and stop < at.end + 4):
        return []
    begin, score = rank.start() if rank else at.start, 0.5 if opens else 0.85
    return [Candidate(begin, stop, "ORG", slug(at.text[begin:stop]), score, "institution-head")]


_RANK = re.compile(r"\b(?:Haute?|Grande?|Petite?|Nouvelle) $")


def _complement_end(text: str, end: int, ceiling: int) -> int:
    """Where the noun phrase ends that begins before `end`: words joined by `de`, capitals, and adjectives."""
    stop, needs_noun, plural, capital, described = end, False, False, False, False
    for _ in range(_MOST_STEPS):
        found = _STEP.match(text, stop, ceiling)
        if not found:
            break
        word = fold_name(found["word"]).split(" ")[0]
        joined = found["of"] is not None
        if joined and (stop == end or not found["of"].startswith(("pour", "en", "sur"))):
            if word in STOP_WORDS and word not in ("deux", "trois"):
                break
            plural = found["of"].startswith(("des", "pour les", "sur les")) or plural
            needs_noun = word in _COUNTS
        elif needs_noun or (found["word"][0].isupper() and (stop == end or capital)):
            needs_noun = word in _COUNTS
        elif joined or word in _ENDS or not _fits(found["word"], plural=plural) or (described and word in adjectives()):
            if word != "et" or not _GOES_ON.match(text, found.end(), ceiling):
                break
            stop, needs_noun = found.end(), True
            continue
        described = not joined and not needs_noun
        capital = found["word"][0].isupper()
        stop = found.end()
    return stop


_MOST_STEPS = 9
_ENDS = STOP_WORDS | STOP_VERBS | SPEECH | DAYS
_COUNTS = frozenset("deux trois quatre cinq sept dix cent mille grands grandes jeunes nouveaux hautes".split())
_GOES_ON = re.compile(
    r" (?:(?:de la|de l['’]|des|du|d['’]|de) ?)?[\w-]+(?:iques?|ales?|aires?|elles?|ives?|aux|tion|ité|ités|tions)"
    r"(?!\w)"
)


def _fits(word: str, *, plural: bool) -> bool:
    """A small word after a noun that may be its adjective; after a plural it is one itself."""
    return word.endswith(("s", "x")) if plural else bool(_ADJECTIVE.match(word))


def _without_capital(at: Sighting) -> list[Candidate]:
    """« université Kookmin », « université de Nantes », « cercle X et Y »; of « agence X » the name alone."""
    found = _NAME.match(at.text, at.end, at.reach(_LONGEST))
    if found and fold_name(found["name"]).split(" ")[0] not in COMMON:
        begin = found.start("name") if at.folded in LOOSE_HEADS else at.start
        return [Candidate(begin, found.end(), "ORG", slug(at.text[begin : found.end()]), 0.8, "institution-and-name")]
    placed = _PLACE.match(at.text, at.end, at.reach(_LONGEST)) if at.folded in PLACED_HEADS else None
    if placed:
        name = slug(at.text[at.start : placed.end()])
        return [Candidate(at.start, placed.end(), "ORG", name, 0.75, "institution-of-place")]
    return []


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


# « Stade Toulousain » plays in a stadium.
_CLUB = re.compile(r"Stade \w+(?:ais|ois|ain|ien)")


def place_at(at: Sighting) -> Iterator[Candidate]:
    """« fleuve Tumen », « région de Kharkiv », « péninsule coréenne », « gare de Khassan », if it is one."""
    found = _GENERIC_PLACE.match(at.text, at.end, at.reach(60))
    if found and fold_name(found["name"]) not in COMMON and not _CLUB.fullmatch(at.text, at.start, found.end()):
        yield Candidate(at.start, found.end(), "LOC", slug(at.text[at.start : found.end()]), 0.8, PLACE_HEAD)
    elif at.folded in ("peninsule", "mer", "archipel", "presqu ile"):
        stop = adjective_end(at.plain, at.end)
        if stop:
            yield Candidate(at.start, stop, "LOC", slug(at.text[at.start : stop]), 0.85, PLACE_HEAD)
