"""What a page declares about its article: JSON-LD, `og:` and `article:` metadata, `<html lang>`.

None of it becomes text. It fills the columns, and where a block says the same thing as the declaration does, that is
a vote for the role of the block.
"""

from __future__ import annotations

import json
import logging
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from html import unescape
from typing import Any, NamedTuple

from parallaxe.text.extraction import Metadata
from parallaxe.text.formats.markup import attributes
from parallaxe.text.formats.page import Page

_NOT_A_LETTER = re.compile(r"[\W_]++")
_LANGUAGE = re.compile(r"([a-zA-Z]{2,3})(?:[-_]|$)")
_URL = re.compile(r"https?://", re.IGNORECASE)
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
# Some of what trafilatura does is quadratic in the size of the page; beyond these its vote is not asked for.
_TRAFILATURA_SOURCE, _TRAFILATURA_EVENTS = 1_000_000, 20_000


class Declared(NamedTuple):
    """Metadata of the page, and comparison keys (see `comparison_key`) of what its blocks may repeat."""

    metadata: Metadata
    titles: frozenset[str]
    leads: frozenset[str]
    authors: frozenset[str]


def comparison_key(text: str) -> str:
    """Letters and digits alone, without case, so that typography does not hide that two texts say the same.

    >>> comparison_key("L’été&nbsp;: « enfin »") == comparison_key("L'été : enfin")
    True
    """
    return _NOT_A_LETTER.sub("", unicodedata.normalize("NFC", unescape(text))).casefold()


def day(written: object) -> date | None:
    """The date that an ISO 8601 time begins with; None for anything else.

    >>> day("2023-09-05T08:00:00+02:00")
    datetime.date(2023, 9, 5)
    """
    try:
        return date.fromisoformat(written.strip()[:10]) if isinstance(written, str) else None
    except ValueError:
        return None


def clean_value(written: object) -> str | None:
    """A declared string on one line, without what no file could hold; None where nothing is left."""
    if not isinstance(written, str | int) or isinstance(written, bool):
        return None
    return " ".join(_LONE_SURROGATE.sub("", unescape(str(written))).split()) or None


def language_code(written: object) -> str | None:
    """The primary subtag of a language tag (BCP 47).

    >>> language_code("fr-FR")
    'fr'
    """
    match = _LANGUAGE.match(written.strip()) if isinstance(written, str) else None
    return match[1].lower() if match else None


def read_declared(page: Page) -> Declared:
    """All that a page declares; where sources differ JSON-LD goes first, then `og:`, then plain `<meta>`."""
    article, graph = _linked_article(page)
    meta = _meta(page)
    names = [name for name in map(clean_value, _names(article.get("author"), graph)) if name]
    written_by = [name for name in _values(meta, "article:author", "author", "dc.creator") if not _URL.match(name)]
    headlines = [*_strings(article, "headline", "name"), *_values(meta, "og:title", "twitter:title")]
    leads = [*_strings(article, "description"), *_values(meta, "og:description", "twitter:description", "description")]
    outlets = [*map(clean_value, _names(article.get("publisher"), graph)), *_values(meta, "og:site_name")]
    dates = [article.get("datePublished"), *_values(meta, "article:published_time", "date", "dc.date", "datepublished")]
    languages = [_html_language(page), article.get("inLanguage"), *_values(meta, "og:locale")]
    metadata = Metadata(
        title=next(iter(headlines), None),
        byline=", ".join(names) or next(iter(written_by), None),
        outlet=next(filter(None, outlets), None),
        published=next(filter(None, map(day, dates)), None),
        language=next(filter(None, map(language_code, languages)), None),
    )
    return Declared(metadata, _keys(headlines), _keys(leads), _keys([*names, ", ".join(names), *written_by[:1]]))


def trafilatura_lines(page: Page) -> frozenset[str]:
    """Comparison keys of the lines that trafilatura takes for the text of the article; empty where it finds none."""
    if len(page.source) > _TRAFILATURA_SOURCE or len(page.events) > _TRAFILATURA_EVENTS:
        return frozenset()
    from trafilatura import bare_extraction  # heavy, and of use to HTML alone

    for name in ("trafilatura", "htmldate", "justext"):  # what they have to say is no news to the reader of a build
        logging.getLogger(name).addHandler(logging.NullHandler())
    found = bare_extraction(_LONE_SURROGATE.sub(" ", page.source), include_comments=False, fast=True)
    return _keys((getattr(found, "text", None) or "").splitlines())


def _keys(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(filter(None, map(comparison_key, texts)))


def _html_language(page: Page) -> str | None:
    return next((element.attributes.get("lang") for element in page.elements if element.name == "html"), None)


def _meta(page: Page) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for event in page.events:
        if event.kind == "start" and event.name == "meta":
            said = attributes(page.source[event.start + len("<meta") : event.end - 1])
            name = said.get("property") or said.get("name") or said.get("itemprop") or ""
            if value := clean_value(said.get("content")):
                found.setdefault(name.lower(), []).append(value)
    return found


def _values(meta: Mapping[str, list[str]], *names: str) -> list[str]:
    return [value for name in names for value in meta.get(name, ())]


def _strings(article: Mapping[str, Any], *names: str) -> list[str]:
    return [value for name in names if (value := clean_value(article.get(name)))]


def _linked_article(page: Page) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    """The first article that the page's JSON-LD describes, and every node of it by its `@id`."""
    nodes = [node for written in _linked_data(page) for node in _nodes(written)]
    graph: dict[str, dict[str, Any]] = {}
    for node in nodes:
        if isinstance(node.get("@id"), str) and len(node) > 1:
            graph.setdefault(node["@id"], node)
    return next(filter(_is_article, nodes), {}), graph


def _linked_data(page: Page) -> Iterator[object]:
    for event in page.events:
        if event.kind == "raw" and event.name == "script":
            said = page.elements[event.element].attributes.get("type", "")
            if said.partition(";")[0].strip().lower() == "application/ld+json":
                try:
                    yield json.loads(page.source[event.start : event.end], strict=False)
                except (ValueError, RecursionError):  # a broken declaration declares nothing
                    continue


def _nodes(written: object) -> Iterator[dict[str, Any]]:
    """The objects on top of a JSON-LD document: itself, those of a list, of `@graph`, of `mainEntity`."""
    waiting = [written]
    while waiting:
        node = waiting.pop()
        if isinstance(node, list):
            waiting.extend(reversed(node))
        elif isinstance(node, dict):
            yield node
            waiting.extend(node[name] for name in ("mainEntity", "@graph") if name in node)


def _is_article(node: Mapping[str, Any]) -> bool:
    kinds = node.get("@type")
    return any(
        isinstance(kind, str) and kind.endswith(("Article", "BlogPosting"))
        for kind in (kinds if isinstance(kinds, list) else [kinds])
    )


def _names(said: object, graph: Mapping[str, dict[str, Any]]) -> Iterator[object]:
    """Names of the persons or organizations in a property: strings, objects, lists of them, references by `@id`."""
    for each in said if isinstance(said, list) else [said]:
        if isinstance(each, dict):
            reference = each.get("@id")
            node = graph.get(reference, {}) if isinstance(reference, str) else {}
            yield each.get("name") or node.get("name")
        elif isinstance(each, str) and not _URL.match(each):
            yield each
