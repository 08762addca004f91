"""What the markup says about the role of a block: element names state it, class names and microdata suggest it.

Votes only: a hint never adds or drops text. What a class says counts for a whole element only where the element is as
short as its role allows, for page templates put words such as `share` or `live` on boxes around the entire article.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import NamedTuple

from parallaxe.text.extraction import Hint
from parallaxe.text.formats.declared import Declared, comparison_key
from parallaxe.text.formats.elements import HEADINGS
from parallaxe.text.formats.page import Element, Page, Run

_WORD = re.compile(r"[^\W\d_]+")
_HUMP = re.compile(r"(?<=[a-zà-ÿ])(?=[A-Z])")
_CLOCK = re.compile(r"\W*\d{1,2}\s*(?:h|:)\s*(?:\d{2})?(?:\s*:\s*\d{2})?\W*", re.IGNORECASE)


class Vote(NamedTuple):
    """`role` with a weight in 0–1 and the feature that speaks for it."""

    role: str
    weight: float
    why: str


# Words of class and id, also two neighbours written as one. Where several speak, the first role in this order counts.
CLASS_WORDS = {
    "related": """related lireaussi alire voiraussi asavoir relies associes recommended recommandes recommandations
        readalso seealso""",
    "noise": """share sharing shares partage partager partages social sociaux newsletter infolettre subscribe abonnement
        abonner abonnez paywall ad ads advert advertisement publicite sponsor toolbar outils comments commentaires
        reactions tags motscles""",
    "pull_quote": "exergue pullquote pullquotes",
    "caption": "legende légende caption figcaption legendes captions",
    "credit": "credit credits crédit crédits copyright",
    "byline": "byline author authors auteur auteurs autrice signature signatures",
    "dateline": "dateline date dates published datepublished publication",
    "lead": "chapo chapeau chapô standfirst lead lede accroche soustitre deck dek intro",
    "label": "label direct live time timestamp heure horodatage kicker surtitre",
    "title": "headline titrearticle articletitle titreprincipal",
}
_ROLE_OF_WORD = {word: role for role, words in reversed(CLASS_WORDS.items()) for word in words.split()}
_RANK = {role: rank for rank, role in enumerate(CLASS_WORDS)}

_ITEM_PROPERTIES = {
    "headline": Vote("title", 0.9, "itemprop=headline"),
    "description": Vote("lead", 0.8, "itemprop=description"),
    "author": Vote("byline", 0.8, "itemprop=author"),
    "datepublished": Vote("dateline", 0.6, "itemprop=datePublished"),
    "caption": Vote("caption", 0.9, "itemprop=caption"),
    "copyrightholder": Vote("credit", 0.8, "itemprop=copyrightHolder"),
}
_ELEMENTS = {
    "h1": Vote("title", 1.0, "<h1>"),
    "figcaption": Vote("caption", 1.0, "<figcaption>"),
    "figure": Vote("caption", 0.4, "<figure>"),
    "blockquote": Vote("paragraph", 0.5, "<blockquote>"),
    "li": Vote("paragraph", 0.3, "<li>"),
    "time": Vote("dateline", 0.6, "<time>"),
    "address": Vote("byline", 0.6, "<address>"),
    "button": Vote("noise", 0.8, "<button>"),
    "form": Vote("noise", 0.7, "<form>"),
    "nav": Vote("noise", 0.6, "<nav>"),
    "footer": Vote("credit", 0.3, "<footer>"),
    "aside": Vote("related", 0.3, "<aside>"),
}

# The longest element, in characters, for which a suggestion is believed.
_LONGEST = {
    "title": 400,
    "lead": 1500,
    "caption": 1000,
    "credit": 300,
    "byline": 250,
    "dateline": 150,
    "label": 60,
    "pull_quote": 700,
}
# Boxes of these roles have any length, but at most this share of the article.
_LARGEST_SHARE = 0.4
_SURROUNDING = frozenset({"title", "lead", "byline", "dateline", "caption", "credit", "label"})


def class_words(element: Element) -> frozenset[str]:
    """The words of an element's class and id, in lower case, and each pair of neighbours written as one.

    >>> sorted(class_words(Element("p", 0, 0, 0, 0, {"class": "lire-aussi bigBox"}, "")))
    ['aussi', 'big', 'bigbox', 'box', 'lire', 'lireaussi']
    """
    found = element.attributes
    return _words(found.get("class", ""), found.get("id", "")) if found else frozenset()


@lru_cache(maxsize=4096)
def _words(classes: str, identifier: str) -> frozenset[str]:
    found: set[str] = set()
    for token in (*classes.split(), identifier):
        parts = [part.lower() for part in _WORD.findall(_HUMP.sub("-", token))]
        found.update(parts)
        found.update(first + second for first, second in pairwise(parts))
    return frozenset(found)


def votes(element: Element) -> Iterator[Vote]:
    """What an element's name, microdata and class say of the role of its text."""
    if element.name in _ELEMENTS:
        yield _ELEMENTS[element.name]
    elif element.name in HEADINGS:
        yield Vote("heading", 0.8, f"<{element.name}>")
    if not element.attributes:
        return
    if (stated := _ITEM_PROPERTIES.get(element.attributes.get("itemprop", "").lower())) is not None:
        yield stated
    if "author" in element.attributes.get("rel", "").lower().split():
        yield Vote("byline", 0.8, "rel=author")
    roles = {(_RANK[_ROLE_OF_WORD[word]], word) for word in class_words(element) if word in _ROLE_OF_WORD}
    if roles:
        word = min(roles)[1]
        yield Vote(_ROLE_OF_WORD[word], 0.9 if element.name != "h1" else 0.3, f"class {word}")


def surrounds(element: Element) -> bool:
    """True where an element outside the article's own says that it is its title, lead, byline, date or caption."""
    return any(vote.role in _SURROUNDING and vote.weight >= 0.6 for vote in votes(element))


def hints(
    page: Page, kept: Iterable[int], runs: list[Run], declared: Declared, lines: frozenset[str]
) -> tuple[Hint, ...]:
    """The votes on blocks of the article, ordered by place.

    Args:
        page: the page.
        kept: the elements that belong to the article's part of the page, in order.
        runs: the runs of text in that part, in order.
        declared: what the page says of its article.
        lines: comparison keys of what trafilatura takes for text.
    """
    found = [*_element_hints(page, kept, runs), *_run_hints(page, runs, declared, lines)]
    return tuple(sorted(found, key=lambda hint: (hint.start, hint.end)))


def _element_hints(page: Page, kept: Iterable[int], runs: list[Run]) -> Iterator[Hint]:
    before = [0, *accumulate(len(page.text(index, index + 1).strip()) for index in range(len(page.events)))]
    firsts = [run.first for run in runs]
    most = _LARGEST_SHARE * sum(run.length for run in runs)
    titled = False
    for index in kept:
        element = page.elements[index]
        length = before[element.last] - before[element.first]
        if not length or (element.block != index and not _fills_run(element, length, runs, firsts)):
            continue
        for vote in votes(element):
            if _believed(vote, length, most):
                yield Hint(element.start, element.end, *_corrected(vote, page, element, titled))
        titled = titled or element.name == "h1"


def _corrected(vote: Vote, page: Page, element: Element, titled: bool) -> Vote:
    """The same vote, but for a second `<h1>` (a heading) and a time of day (it labels an entry of a live blog)."""
    if vote.why == "<h1>" and titled:
        return Vote("heading", 0.8, "a second <h1>")
    if vote.role == "dateline" and _CLOCK.fullmatch(page.text(element.first, min(element.last, element.first + 8))):
        return Vote("label", 0.8, "a time of day")
    return vote


def _believed(vote: Vote, length: int, most: float) -> bool:
    """False where an element is too long for the role that its class suggests."""
    if vote.weight == 1.0 or vote.role in ("paragraph", "heading"):
        return True
    return length <= _LONGEST.get(vote.role, most)


def _fills_run(element: Element, length: int, runs: list[Run], firsts: list[int]) -> bool:
    """True where an element inside a line is at least half of it."""
    place = bisect_right(firsts, element.last) - 1
    return place >= 0 and 2 * length >= runs[place].length


def _run_hints(page: Page, runs: list[Run], declared: Declared, lines: frozenset[str]) -> Iterator[Hint]:
    for run in runs:
        key = comparison_key(page.text(run.first, run.last))
        start, end = page.events[run.first].start, page.events[run.last - 1].end
        if key in declared.titles:
            yield Hint(start, end, "title", 0.9, "equals the declared title")
        if key in declared.leads:
            yield Hint(start, end, "lead", 0.9, "equals the declared description")
        if run.length <= _LONGEST["byline"] and any(key in (author, "par" + author) for author in declared.authors):
            yield Hint(start, end, "byline", 0.9, "equals the declared author")
        if key in lines:
            yield Hint(start, end, "paragraph", 0.3, "trafilatura")
