"""What a reader of proposals should know of the text or the knowledge base that they were made from.

Nothing of this stops the machine: a result, and a row that says why it may be worse than it looks. No row repeats words
of a text, so that rows about restricted articles can be printed anywhere.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from parallaxe.annotate.article import Article
from parallaxe.annotate.entity_rules.folding import fold_name
from parallaxe.core.knowledge import KnownEntity
from parallaxe.text.language import UNDETERMINED

FRENCH = "fr"

# The longest paragraphs of the press have some 5,000 characters; beyond this, a text has lost its line breaks.
_LONGEST_BLOCK = 20_000
_GUILLEMET = re.compile("[«»]")
# Of a shorter text the language is a guess: French headlines are taken for Catalan.
_SHORTEST_SURE = 200


class Notice(NamedTuple):
    """A code in kebab case, what is the matter, and where: `[start, end)` of a text, or ids of the knowledge base."""

    code: str
    what: str
    where: str


def speaks_another_language(article: Article, language: str | None) -> bool:
    """True where a text is surely not in French: rules for French would find nothing in it but mistakes."""
    return language not in (None, FRENCH) and len(article.text) >= _SHORTEST_SURE


def article_notices(article: Article, language: str | None) -> Iterator[Notice]:
    """What is unusual about a text, once for each kind of thing."""
    if language not in (None, FRENCH):
        then = "nothing is proposed" if speaks_another_language(article, language) else "it is read as French"
        is_told = f"the language is {language}" if language != UNDETERMINED else "no letter tells the language"
        yield Notice("other-language", f"{is_told}, the rules read French; {then}", _all_of(article))
    if not article.annotated:
        yield Notice("no-body-block", "no block has a role that is annotated; nothing is proposed", _all_of(article))
    for block in article.body:
        if block.end - block.start > _LONGEST_BLOCK:
            what = f"a block of {block.end - block.start:,} characters; see whether line breaks were lost"
            yield Notice("long-block", what, _place(block.start, block.end))
    if (lone := lone_guillemet(article)) is not None:
        what = "a guillemet opens or closes alone; quotations near it may be cut wrongly"
        yield Notice("unbalanced-guillemets", what, _place(lone, lone + 1))


def lone_guillemet(article: Article) -> int | None:
    """Where the first guillemet stands that has no other, over all annotated blocks; null where each has one.

    A block that begins with an opening guillemet while a quotation is open goes on with it, as newspapers print
    quotations of several paragraphs.
    """
    opened: list[int] = []
    for block in article.body:
        for place in _guillemets(article.text, block.start, block.end):
            if article.text[place] == "«" and not (opened and place == block.start):
                opened.append(place)
            elif article.text[place] == "»" and not opened:
                return place
            elif article.text[place] == "»":
                opened.pop()
    return opened[0] if opened else None


def _guillemets(text: str, start: int, end: int) -> Iterator[int]:
    return (found.start() for found in _GUILLEMET.finditer(text, start, end))


def _all_of(article: Article) -> str:
    return _place(0, len(article.text))


def _place(start: int, end: int) -> str:
    return f"[{start}, {end})"


def knowledge_notices(known: Mapping[str, KnownEntity], surfaces: Iterable[str] | None = None) -> Iterator[Notice]:
    """Names in the knowledge base that find nothing (one letter or none in them) or more than one entity.

    With the surfaces of an article's mentions, names of several entities are told only where one of them bears it.
    """
    asked = None if surfaces is None else {fold_name(surface) for surface in surfaces}
    named: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for entity in known.values():
        for alias in (entity.name, *entity.aliases):
            if len(folded := fold_name(alias)) > 1:
                named[folded].setdefault(entity.kb_id, alias)
            else:
                yield Notice(
                    "empty-alias", f"the name `{alias}` has one letter or none; it finds nothing", entity.kb_id
                )
    for name, owners in named.items():
        if len(owners) > 1 and (asked is None or name in asked):
            ids = sorted(owners)
            yield Notice("ambiguous-alias", f"`{owners[ids[0]]}` names all of these; context must tell", ", ".join(ids))
