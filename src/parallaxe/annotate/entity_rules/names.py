"""Names nobody listed: words with capitals, and what the words around them say that they name.

Each chain of capitals is read once. The first rule that has evidence decides; evidence is a title, a first name, an
apposition, a verb of speech, a preposition of place, the shape of the name. A chain without evidence waits for the
rest of the article (`repeats`): a name that is clear once is clear everywhere.
"""

from __future__ import annotations

import re

from parallaxe.annotate.entity_rules.candidates import Candidate
from parallaxe.annotate.entity_rules.chains import Chain
from parallaxe.annotate.entity_rules.evidence import NOTHING, Name, Reading
from parallaxe.annotate.entity_rules.folding import slug
from parallaxe.annotate.entity_rules.grammar import CAPITAL
from parallaxe.annotate.entity_rules.name_contexts import by_article, by_house, by_layout, by_place, by_speech
from parallaxe.annotate.entity_rules.name_shapes import by_first_name, by_institution, by_materiel
from parallaxe.annotate.entity_rules.name_titles import by_apposition, by_nationality, by_title
from parallaxe.annotate.entity_rules.small_words import COMMON

_WINDOW = 72
_RULES = (
    by_materiel,
    by_layout,
    by_title,
    by_first_name,
    by_nationality,
    by_institution,
    by_apposition,
    by_place,
    by_house,
    by_speech,
    by_article,
)


def read(text: str, chain: Chain) -> Reading:
    """What a chain names by its own words and those around it in its block."""
    before = text[max(chain.block_start, chain.start - _WINDOW) : chain.start]
    after = text[chain.end : min(chain.block_end, chain.end + _WINDOW)]
    at = Name.of(text[chain.start : chain.end], before, after)
    if not at.words[0] or (all(word in COMMON for word in at.words) and not at.written.startswith(_SAINTS)):
        return NOTHING
    found = next((reading for rule in _RULES if (reading := rule(at))), None)
    if found:
        return found
    if not at.several or (chain.opening and at.words[0] in COMMON):
        return NOTHING
    if at.written.startswith(("La ", "Les ")) and not chain.opening:
        return Reading("ORG", 0.55, "name-with-article")
    return Reading("PER", 0.45 if chain.opening else 0.55, "two-capitals")


# « Sainte-Mère-Église » is made of common nouns.
_SAINTS = ("Saint-", "Sainte-")


CLEAR = 0.6
"""From which score on a reading says what the same words name elsewhere in the article."""


def as_candidate(text: str, chain: Chain, reading: Reading) -> Candidate:
    """The candidate of a chain that was read; its id is the slug of its words."""
    name = text[chain.start : chain.end]
    full = reading.label in ("LOC", "ORG")
    return Candidate(chain.start, chain.end, reading.label, slug(name), reading.score, reading.why, full=full)


_PARENTHESIS = re.compile(rf" ?\((?:[^()]{{0,12}}: )?(?P<acronym>{CAPITAL}[{CAPITAL[1:-1]}.-]{{1,8}})[),]")


def acronym_after(text: str, end: int) -> tuple[int, int] | None:
    """Where the acronym stands that follows an expansion: « Agence … atomique (AIEA) »; null if none does."""
    found = _PARENTHESIS.match(text, end)
    return found.span("acronym") if found else None
