"""Which part of a page is the article: one element, and the title, lead or byline that stand around it.

Prose decides: text of some length that is not mostly links. What the markup declares (`<article>`, `articleBody`,
`<main>`) is believed where it holds at least half of the prose; a page of teasers declares many articles and none of
them is it. A page that declares nothing has its article in the smallest element with four fifths of the prose.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from parallaxe.core.errors import RawFileError
from parallaxe.text.formats.declared import Declared, comparison_key
from parallaxe.text.formats.elements import HEADINGS
from parallaxe.text.formats.page import Element, Event, Page, Run
from parallaxe.text.formats.roles import class_words, surrounds, votes

_SHORTEST_PROSE = 40  # characters of a run that counts as prose: more than a button or a teaser's title
_SHORTEST_ARTICLE = 140  # characters of prose in an article that no markup declares: a brief of two sentences
_DECLARED_SHARE, _UNDECLARED_SHARE = 0.5, 0.8
_MARGIN = 0.3  # how much more text than an undeclared article the box around it may hold

_TAGS = {
    "nav": "navigation",
    "menu": "navigation",
    "footer": "footer",
    "header": "header",
    "aside": "aside",
    "form": "form",
    "dialog": "dialog",
}
_ARIA_ROLES = {
    "navigation": "navigation",
    "menubar": "navigation",
    "contentinfo": "footer",
    "banner": "header",
    "complementary": "aside",
    "search": "form",
    "dialog": "dialog",
    "alertdialog": "dialog",
}
_CLASS_WORDS = {
    "cookie-banner": """cookie cookies consent consentement rgpd gdpr didomi onetrust axeptio tarteaucitron cmp
        quantcast usercentrics cookiebot""",
    "navigation": "nav navigation navbar menu breadcrumb breadcrumbs ariane pagination",
    "footer": "footer pied pieddepage mentionslegales",
    "header": "bandeau masthead topbar siteheader entete",
    "aside": "sidebar",
    "comments": "comments commentaires disqus",
}
_REASON_OF_WORD = {word: reason for reason, words in _CLASS_WORDS.items() for word in words.split()}
_NEVER = frozenset({"navigation", "footer"})  # tags that hold no article however long they are
_INLINE_CONTAINERS = HEADINGS | {"p", "li", "blockquote", "pre", "center", "dd", "dt"}


class Part(NamedTuple):
    """The article's part of a page.

    `roots` are the elements kept whole but for `dropped`; `around` the elements that hold a root; `reasons` why each
    other element is left out (element → reason, only where it says so itself).
    """

    roots: frozenset[int]
    around: frozenset[int]
    reasons: dict[int, str]
    dropped: dict[int, str]


class Passage(NamedTuple):
    """A step through the page: a token of the article, one outside it, or a whole element that is left out."""

    kind: Literal["kept", "outside", "dropped"]
    start: int
    end: int
    event: Event
    reason: str


def article_part(page: Page, runs: list[Run], declared: Declared) -> Part:
    """The part of the page that holds the article.

    Raises:
        RawFileError: if the page holds no article text.
    """
    prose = _below(page, ((run.block, _prose(run)) for run in runs))
    reasons = _reasons(page, prose)
    left_out = _inherited(page, reasons)
    counted = _below(page, ((run.block, _prose(run)) for run in runs if not left_out[run.block]))
    region = _declared_region(page, counted, left_out) or _only_article(page, runs, left_out)
    is_declared = region is not None
    if region is None:
        region = _undeclared_region(page, runs, counted, left_out)
    roots = {region, *_surroundings(page, runs, declared, region, reasons)}
    holding = _below(page, ((root, 1) for root in roots))
    return Part(
        frozenset(roots),
        frozenset(index for index, amount in enumerate(holding) if amount and index not in roots),
        reasons,
        _dropped_inside(page, region, is_declared, reasons, prose),
    )


def passages(page: Page, part: Part) -> Iterator[Passage]:
    """The whole page in order, cut into what is kept and what is not; passages tile the source."""
    index, kept_until = 0, len(page.events) * (0 in part.roots)
    while index < len(page.events):
        event = page.events[index]
        opens = event.element if event.opens else 0
        inside = index < kept_until
        if opens and not inside and opens in part.roots:
            inside, kept_until = True, page.elements[opens].last
        reason = _reason(page, part, opens, inside) if opens else ""
        if reason:
            element = page.elements[opens]
            yield Passage("dropped", element.start, element.end, event, reason)
            index = element.last
            continue
        kept = inside or (event.element in part.around and event.kind != "text")
        yield Passage("kept" if kept else "outside", event.start, event.end, event, "")
        index += 1


def _reason(page: Page, part: Part, element: int, inside: bool) -> str:
    if element in part.around or element in part.roots:
        return ""
    return page.elements[element].silent or (part.dropped if inside else part.reasons).get(element, "")


def _prose(run: Run) -> int:
    """How many characters of a run speak for an article; none where it is short or mostly links."""
    return run.length - run.in_link if run.length >= _SHORTEST_PROSE and 2 * run.in_link < run.length else 0


def _below(page: Page, amounts: Iterable[tuple[int, int]]) -> list[int]:
    """Sums per element over all that stands in it: children are added to parents, last first."""
    total = [0] * len(page.elements)
    for element, amount in amounts:
        total[element] += amount
    for index in range(len(total) - 1, 0, -1):
        total[page.elements[index].parent] += total[index]
    return total


def _reasons(page: Page, prose: list[int]) -> dict[int, str]:
    """Why elements are no part of an article, as far as their name, ARIA role or class says so.

    Templates put `menu` or `cookie` on boxes around everything: a box with a declared article in it, or with half of
    the page's prose, is believed only where its very tag says so.
    """
    declared = _below(page, ((index, 1) for index, element in enumerate(page.elements) if _declares_article(element)))
    found: dict[int, str] = {}
    for index, element in enumerate(page.elements):
        reason = _TAGS.get(element.name) or _said_reason(element)
        believed = not prose[index] or 2 * prose[index] < prose[0] or _TAGS.get(element.name) in _NEVER
        if reason and believed and not declared[index]:
            found[index] = reason
    return found


def _said_reason(element: Element) -> str:
    if not element.attributes:
        return ""
    stated = _ARIA_ROLES.get(element.attributes.get("role", "").strip().lower())
    return stated or min(
        (_REASON_OF_WORD[word] for word in class_words(element) if word in _REASON_OF_WORD), default=""
    )


def _declares_article(element: Element) -> bool:
    said = element.attributes
    return (
        element.name in ("article", "main")
        or said.get("role", "").lower() in ("main", "article")
        or said.get("itemprop", "").lower() == "articlebody"
        or said.get("itemtype", "").endswith("Article")
    )


def _inherited(page: Page, reasons: dict[int, str]) -> list[bool]:
    """For each element, whether it or an element around it is left out."""
    found = [False] * len(page.elements)
    for index, element in enumerate(page.elements):
        found[index] = index in reasons or bool(element.silent) or (index > 0 and found[element.parent])
    return found


def _declared_region(page: Page, prose: list[int], left_out: list[bool]) -> int | None:
    """The element that the markup declares to be the article; None where what it declares cannot be all of it."""
    candidates = [
        index for index, element in enumerate(page.elements) if _declares_article(element) and not left_out[index]
    ]
    articles = [index for index in candidates if page.elements[index].name == "article"]
    for group in (articles, candidates):
        best = max(group, key=lambda index: prose[index], default=0)
        if best and prose[best] and prose[best] >= _DECLARED_SHARE * prose[0]:
            return best
    return None


def _only_article(page: Page, runs: list[Run], left_out: list[bool]) -> int | None:
    """The one `<article>` of a page, where what it holds is too short to be told from a button, but is no link."""
    articles = [
        index for index, element in enumerate(page.elements) if element.name == "article" and not left_out[index]
    ]
    if len(articles) != 1:
        return None
    inside = range(page.elements[articles[0]].first, page.elements[articles[0]].last)
    written = sum(run.length - run.in_link for run in runs if run.first in inside)
    elsewhere = any(_prose(run) for run in runs if run.first not in inside and not left_out[run.block])
    return articles[0] if written and not elsewhere else None


def _undeclared_region(page: Page, runs: list[Run], prose: list[int], left_out: list[bool]) -> int:
    """The innermost element with four fifths of the prose, or a box around it with little more than that."""
    if prose[0] < _SHORTEST_ARTICLE:
        raise RawFileError(
            "HTML source", "the page holds no article text", "save the page of an article, with its text in it"
        )
    # Elements with four fifths stand in one line of descent, so the last of them is the innermost.
    region = [index for index, amount in enumerate(prose) if amount >= _UNDECLARED_SHARE * prose[0]][-1]
    region = page.elements[region].block
    while page.elements[region].name in _INLINE_CONTAINERS:
        region = page.elements[page.elements[region].parent].block
    shown = _below(page, ((run.block, run.length) for run in runs))
    in_links = _below(page, ((run.block, run.in_link + run.length * left_out[run.block]) for run in runs))
    while page.elements[above := page.elements[region].parent].name not in ("", "html", "body") and region:
        more, links = shown[above] - shown[region], in_links[above] - in_links[region]
        if more > _MARGIN * shown[region] or 2 * links > more:
            break
        region = above
    return region


def _dropped_inside(
    page: Page, region: int, is_declared: bool, reasons: dict[int, str], prose: list[int]
) -> dict[int, str]:
    """What is left out of the article's own part: navigation and cookie banners always.

    An `<article>` keeps its header, footer, forms and asides: share bars, newsletter boxes, credits are roles. In a
    `<main>`, and more so in a part that nothing declares, footers and side bars are the page's.
    """
    always = {"navigation", "cookie-banner"}
    if page.elements[region].name != "article":
        always |= {"footer"}
    if not is_declared:
        always |= {"aside", "form", "dialog", "header", "comments"}
    return {
        index: reason
        for index, reason in reasons.items()
        if reason in always
        and 2 * prose[index] < max(prose[region], 1)
        and not _is_box_of_article(page.elements[index], reason)
    }


def _is_box_of_article(element: Element, reason: str) -> bool:
    """True for a box whose class gives it a role in the article, such as a `<nav class="partage">`."""
    return reason != "cookie-banner" and any(vote.why.startswith("class") for vote in votes(element))


def _ancestors(page: Page, index: int) -> Iterator[int]:
    while index:
        index = page.elements[index].parent
        yield index


def _surroundings(page: Page, runs: list[Run], declared: Declared, region: int, reasons: dict[int, str]) -> set[int]:
    """Elements outside the region that belong to the article: the box of its `<h1>`, its lead, byline, date, caption.

    A title counts anywhere but in navigation or a footer; the rest where it stands between title and region, or
    beside the region in the same box.
    """
    inside = range(page.elements[region].first, page.elements[region].last)
    around = set(_ancestors(page, region))
    barred = _inherited(page, {index: reason for index, reason in reasons.items() if reason != "header"})
    outside = [run for run in runs if run.first not in inside and run.block not in around and not barred[run.block]]
    title = None if _has_title(page, runs, inside) else _title(page, outside, declared, inside.start)
    found: set[int] = set()
    from_event = inside.start
    if title is not None:
        found.add(_box(page, title.block, around, _below(page, ((index, 1) for index in reasons))))
        from_event = min(from_event, title.first)
    beside = page.elements[max(page.elements[region].parent, 0)]
    until_event = beside.last if beside.name not in ("", "html", "body") else inside.start
    for run in outside:
        if from_event <= run.first < until_event and _belongs(page, run, declared):
            found.add(run.block)
    return found


def _has_title(page: Page, runs: list[Run], inside: range) -> bool:
    return any(run.first in inside and page.elements[run.block].name == "h1" for run in runs)


def _title(page: Page, outside: list[Run], declared: Declared, region_start: int) -> Run | None:
    """The title: the run that the page declares as such, else the last `<h1>` before the region, else the first."""
    for run in outside:
        if declared.titles and comparison_key(page.text(run.first, run.last)) in declared.titles:
            return run
    headings = [run for run in outside if page.elements[run.block].name == "h1"]
    before = [run for run in headings if run.first < region_start]
    return before[-1] if before else next(iter(headings), None)


def _box(page: Page, block: int, around: set[int], left_out: list[int]) -> int:
    """The largest element around a title that holds neither the region nor navigation: the head of the article."""
    box = block
    while (above := page.elements[box].parent) not in around and left_out[above] - left_out[box] <= 1:
        if left_out[above] - left_out[box] == 1 and page.elements[above].name != "header":
            break
        box = above
    return box


def _belongs(page: Page, run: Run, declared: Declared) -> bool:
    key = comparison_key(page.text(run.first, run.last))
    return surrounds(page.elements[run.block]) or key in declared.leads or key in declared.authors
