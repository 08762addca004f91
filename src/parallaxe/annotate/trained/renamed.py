"""A whole article under other names: what rules and models do where no list helps them.

Each name has one stand-in throughout, and a family name alone that of the person, so that whatever is remembered from
one mention to the next still holds. Only outer mentions are kept: the names inside them are gone.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace
from random import Random

from parallaxe.annotate.article import Article
from parallaxe.annotate.trained.examples import outermost
from parallaxe.annotate.trained.substitution import Names, eliding, stand_in
from parallaxe.core.claims import Entity, Span
from parallaxe.text.tokens import tokenize


def renamed(article: Article, mentions: Iterable[Entity], names: Names, random: Random) -> tuple[Article, list[Entity]]:
    """The article with a stand-in for every outer mention that has one, and these mentions where they stand then."""
    outer = outermost(mentions)
    others = _StandIns(names, random)
    longest_first = sorted(outer, key=lambda mention: mention.fragments[0].start - mention.fragments[0].end)
    chosen = {mention.id: others.of(mention, article) for mention in longest_first}
    borders, new, parts, position, length = [0], [0], [], 0, 0
    moved = []
    for mention in outer:
        start, end = mention.fragments[0]
        name = chosen[mention.id] or article.text[start:end]
        parts += [article.text[position:start], name]
        length += start - position
        moved.append(replace(mention, fragments=(Span(length, length + len(name)),), kb_id=None))
        borders += [start, end]
        new += [length, length + len(name)]
        position, length = end, length + len(name)
    parts.append(article.text[position:])
    return _moved(article, "".join(parts), borders, new), moved


class _StandIns:
    """One stand-in for each name of an article, in each of the places that it must fit."""

    def __init__(self, names: Names, random: Random) -> None:
        self._names, self._random = names, random
        self._chosen: dict[tuple[str, str, str], str | None] = {}

    def of(self, mention: Entity, article: Article) -> str | None:
        """What stands for a mention, or None; persons in full must be asked about first."""
        start, end = mention.fragments[0]
        surface = article.text[start:end]
        before = _word_before(article.text, start)
        key = (mention.label, surface.casefold(), eliding(before))
        if key not in self._chosen:
            words = tuple(surface[a:b] for a, b in tokenize(surface))
            self._chosen[key] = stand_in(mention.label, words, before, self._names, self._random)
            self._remember_family(key, surface)
        return self._chosen[key]

    def _remember_family(self, key: tuple[str, str, str], surface: str) -> None:
        name = self._chosen[key]
        if key[0] != "PER" or name is None or " " not in surface or " " not in name:
            return
        first = surface.split(maxsplit=1)[0].casefold()
        family = name.split(" ", 1)[1]
        for part in (surface.rsplit(maxsplit=1)[-1].casefold(), first):
            self._chosen.setdefault(("PER", part, key[2]), family)


def _word_before(text: str, start: int) -> str:
    """The token before a place, cut as it is in the text: « l' » is one only where something follows it."""
    line = text.rfind("\n", 0, start) + 1
    before = [token for token in tokenize(text, max(line, start - 40), start + 1) if token[1] <= start]
    return text[slice(*before[-1])] if before else ""


def _moved(article: Article, text: str, borders: Sequence[int], new: Sequence[int]) -> Article:
    """The article of a new text; a place is moved as the last border before it was."""

    def place(old: int) -> int:
        index = bisect_left(borders, old + 1) - 1
        return new[index] + old - borders[index]

    blocks = tuple(block._replace(start=place(block.start), end=place(block.end)) for block in article.blocks)
    sentences = tuple(s._replace(start=place(s.start), end=place(s.end)) for s in article.sentences)
    return Article(text, blocks, sentences, article.annotated)
