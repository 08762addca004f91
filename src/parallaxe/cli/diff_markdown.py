"""A diff for a changelog: counts, articles and entities by name, and of the claims what was decided anew.

Markdown is passed on: the words of a restricted article are withheld, and offsets stand in for them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from parallaxe.cli.claim_words import SPANS, Piece, decided, in_context, value
from parallaxe.cli.diff_words import KINDS_OF_ARTICLES, claim_values, counts, entity_values, passed_on, whole_layers
from parallaxe.compare.changes import KINDS, ArticleChange, ClaimChange, EntityChange, LayerChange
from parallaxe.core.claims import Claim
from parallaxe.store.versions.diff import Diff

_TOLD_ONE_BY_ONE = {"flipped", "relabelled", "relinked", "moved"}
"""What a changelog tells claim by claim; all else are figures there."""


def markdown_lines(diff: Diff) -> Iterator[str]:
    """A diff for a changelog, line by line."""
    yield f"#### {escaped(diff.old)} → {escaped(diff.new)}"
    yield ""
    changes = diff.changes
    if not changes:
        yield "No article, layer, claim or entity changed."
        return
    yield from (f"- {what.capitalize()}: {told}." for what, told in counts(changes))
    yield from map(article_line, changes.articles)
    yield from map(entity_line, changes.entities)
    yield from (f"- {line.replace('  ', ' ', 1)}." for line in map(escaped, whole_layers(changes)))
    for layer in changes.layers:
        if not layer.is_whole:
            yield from _layer(layer, passed_on(diff, layer))


def article_line(article: ArticleChange) -> str:
    """An article, and what changed of it."""
    named = f" ({', '.join(article.fields)})" if article.fields else ""
    return f"- `{value(article.article_id)}`: {KINDS_OF_ARTICLES[article.kind]}{named}."


def entity_line(change: EntityChange) -> str:
    """A row of the knowledge base: its name where it came or went, else the columns that changed."""
    told = (f"{name} {' → '.join(map(escaped, entity_values(change, name)))}" for name in change.fields)
    rest = "; ".join(told) or f"{change.kind} ({escaped(value(change.entity.name))})"
    return f"- `{value(change.entity.kb_id)}`: {rest.removesuffix('.')}."


def _layer(layer: LayerChange, texts: Mapping[str, str]) -> Iterator[str]:
    counted = Counter(kind for change in layer.claims for kind in change.kinds)
    told = [f"{counted[kind]} {kind}" for kind in KINDS if counted[kind]]
    told += [f"header: {', '.join(layer.fields)}"] if layer.fields else []
    yield f"- `{value(layer.article_id)}`, {escaped(value(layer.layer))}: {', '.join(told)}"
    yield from (f"  - {line}" for line in claims_one_by_one(layer, texts))


def claims_one_by_one(layer: LayerChange, texts: Mapping[str, str]) -> Iterator[str]:
    """The claims of a layer of which something was decided anew, in their words where their text may be told."""
    before, after = texts.get(layer.old_text or ""), texts.get(layer.new_text or "")
    for change in layer.claims:
        if is_told_one_by_one(change):
            yield claim_line(change, before, after)


def is_told_one_by_one(change: ClaimChange) -> bool:
    """True where a claim is in both versions, and what it says or where it stands is not the same."""
    return change.old is not None and change.new is not None and bool(_TOLD_ONE_BY_ONE.intersection(change.kinds))


def claim_line(change: ClaimChange, before: str | None, after: str | None) -> str:
    """A claim that is in both versions: how it changed, its words, its fields before and after."""
    assert change.old is not None, "only in one version"
    assert change.new is not None, "only in one version"
    context = [] if "moved" in change.kinds else in_context(change.new.fragments, after)
    words = marked(context) or escaped(decided(change.new))
    fields = (field_change(change.old, change.new, name, before, after) for name in change.fields)
    return f"{' and '.join(change.kinds)}: {words}: {'; '.join(fields)}"


def field_change(old: Claim, new: Claim, name: str, before: str | None, after: str | None) -> str:
    """A field of a claim before and after, each in the words of its own text."""
    if name not in SPANS:
        return f"{name} {' → '.join(map(escaped, claim_values(old, new, name)))}"
    own = (
        " ".join(marked([piece for piece in in_context([span], text) if piece.meant or text is None]) for span in spans)
        for spans, text in ((getattr(old, name), before), (getattr(new, name), after))
    )
    return f"{name} {' → '.join(told or '–' for told in own)}"


def marked(pieces: list[Piece]) -> str:
    """Pieces in one line, what is meant in bold."""
    return "".join(f"**{escaped(piece.words)}**" if piece.meant else escaped(piece.words) for piece in pieces)


def prose(words: str) -> str:
    r"""A sentence of ours: what stands in it between backticks is code, all else is shown as it is.

    >>> print(prose("no row `le_port` in <kb>"))
    no row `le_port` in \<kb\>
    """
    parts = words.split("`")
    if len(parts) % 2 == 0:
        return escaped(words)
    return "`".join(part if place % 2 else escaped(part) for place, part in enumerate(parts))


def escaped(words: str) -> str:
    """Words that Markdown shows as they are."""
    return re.sub(r"([\\`*_\[\]<>|~])", r"\\\1", words)
