"""Changes as people see them: counts first, then each change with the words around it; as text, JSON or Markdown.

As text a restricted article is shown to whoever has it. JSON and Markdown are kept and passed on: there its words are
withheld, and offsets stand in for them.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from rich.console import Console
from rich.text import Text

from parallaxe.cli.claim_words import SPANS, Piece, decided, in_context, plain, value
from parallaxe.compare.changes import KINDS, ClaimChange, LayerChange
from parallaxe.compare.conflicts import claim_as_line
from parallaxe.core.claims import Claim
from parallaxe.store.diff import Diff

FORMATS = ("text", "json", "markdown")

_FAINT = "bright_black"
_STYLES = {"added": "green", "removed": "red", "flipped": "bold magenta"}
_ARTICLE = {"text": "text changed", "changed": "changed"}
_HISTORY = frozenset({"id", "tool", "score", "why", "created", "derived_from"})
"""Fields that say how a claim came to be: claims that differ in nothing else are counted, not listed."""

_TOLD_ONE_BY_ONE = {"flipped", "relabelled", "relinked", "moved"}
"""What a changelog tells claim by claim; all else are figures there."""


def show_diff(diff: Diff, form: str) -> None:
    """Print a diff in one of the formats."""
    out = Console(highlight=False, soft_wrap=True)
    if form == "json":
        told = json.dumps(diff_as_json(diff), ensure_ascii=False, indent=2)
        # A lone surrogate, which JSON may hold and UTF-8 not, stays the escape that it was in the layer.
        out.print(told.encode("utf-8", "backslashreplace").decode(), markup=False)
        return
    for line in markdown_lines(diff) if form == "markdown" else text_lines(diff):
        out.print(line, markup=False)


def text_lines(diff: Diff) -> Iterator[Text]:
    """A diff for a terminal, line by line."""
    yield Text(f"{diff.old} → {diff.new}", style="bold")
    if not diff.changes:
        yield Text("no article, layer or claim changed")
        return
    yield from (Text(line) for line in _counts(diff))
    for article in diff.changes.articles:
        style = _STYLES.get(article.kind, "")
        told = Text.assemble("\n" if article is diff.changes.articles[0] else "", (article.article_id, "bold"), "  ")
        named = f" ({', '.join(article.fields)})" if article.fields else ""
        yield told.append(_ARTICLE.get(article.kind, article.kind), style=style).append(named, style=_FAINT)
    for line in _whole_layers(diff):
        yield Text(f"\n{line}")
    for layer in diff.changes.layers:
        if layer.old_text is not None and layer.new_text is not None:
            yield from _layer_lines(layer, diff.texts)


def _counts(diff: Diff) -> Iterator[str]:
    """A line for articles and one for claims, where any changed."""
    if articles := diff.changes.article_counts:
        order = ("added", "removed", "text", "changed")
        told = [f"{articles[kind]} {_ARTICLE.get(kind, kind)}" for kind in order if kind in articles]
        yield f"articles: {', '.join(told)}"
    if claims := diff.changes.claim_counts:
        yield f"claims: {', '.join(f'{count} {kind}' for kind, count in claims.items())}"


def _whole_layers(diff: Diff) -> Iterator[str]:
    """Layers of articles that came or went whole: their claims are counted, not listed."""
    files: Counter[tuple[str, str]] = Counter()
    claims: Counter[tuple[str, str]] = Counter()
    for layer in diff.changes.layers:
        if layer.old_text is None or layer.new_text is None:
            key = (layer.layer, "added" if layer.old_text is None else "removed")
            files[key] += 1
            claims[key] += len(layer.claims)
    for (name, what), count in files.items():
        yield f"{value(name)}  {what} for {_number(count, 'article')}, {_number(claims[name, what], 'claim')}"


def _number(count: int, of: str) -> str:
    return f"{count:,} {of}{'' if count == 1 else 's'}"


def _layer_lines(layer: LayerChange, texts: Mapping[str, str]) -> Iterator[Text]:
    told = Text.assemble("\n", (value(layer.article_id), "bold"), "  ", (value(layer.layer), "bold"))
    if layer.fields:
        told.append(f"  header: {', '.join(layer.fields)}", style=_FAINT)
    if layer.unanchored:
        told.append("  a text is not at hand: places were not compared", style="yellow")
    yield told
    before, after = texts.get(layer.old_text or ""), texts.get(layer.new_text or "")
    folded = []
    for change in layer.claims:
        if change.kinds == ("changed",) and _HISTORY.issuperset(change.fields):
            folded.append(change)
        else:
            yield from _claim_lines(change, before, after)
    if folded:
        names = ", ".join(sorted({name for change in folded for name in change.fields}))
        yield Text(f"  {len(folded)} changed in {names} alone", style=_FAINT)


def _claim_lines(change: ClaimChange, before: str | None, after: str | None) -> Iterator[Text]:
    text = after if change.new is not None else before
    style = _STYLES.get(change.kinds[0], "yellow")
    heading = Text.assemble("  ", (", ".join(change.kinds), style), f"  {decided(change.claim)}  ")
    if "moved" not in change.kinds and change.claim.fragments:
        heading.append_text(_styled(in_context(change.claim.fragments, text), style)).append("  ")
    yield heading.append(value(change.claim.id), style=_FAINT)
    if change.old is None or change.new is None:
        return
    for name in change.fields:
        if name in SPANS:
            for sign, claim, its_text in (("−", change.old, before), ("+", change.new, after)):
                own = in_context(getattr(claim, name), its_text) or [Piece("–", False)]
                shade = "red" if sign == "−" else "green"
                yield Text.assemble(f"    {name} ", (sign, shade), " ").append_text(_styled(own, shade))
        else:
            old, new = _values(change.old, change.new, name)
            yield Text.assemble(f"    {name} ", (old, "red"), " → ", (new, "green"))


def _styled(pieces: list[Piece], style: str) -> Text:
    told = Text()
    for piece in pieces:
        told.append(
            f"[{piece.words}]" if piece.meant else piece.words, style=f"{style} bold" if piece.meant else _FAINT
        )
    return told


def _values(old: Claim, new: Claim, name: str) -> tuple[str, str]:
    return tuple(value(getattr(side if hasattr(side, name) else side.provenance, name)) for side in (old, new))  # type: ignore[return-value]


def markdown_lines(diff: Diff) -> Iterator[str]:
    """A diff for a changelog: counts, articles by name, and of the claims what was decided anew."""
    yield f"#### {_escaped(diff.old)} → {_escaped(diff.new)}"
    yield ""
    if not diff.changes:
        yield "No article, layer or claim changed."
        return
    yield from (f"- {line[0].upper()}{line[1:]}." for line in _counts(diff))
    for article in diff.changes.articles:
        named = f" ({', '.join(article.fields)})" if article.fields else ""
        yield f"- `{article.article_id}`: {_ARTICLE.get(article.kind, article.kind)}{named}."
    yield from (f"- {line.replace('  ', ' ', 1)}." for line in map(_escaped, _whole_layers(diff)))
    for layer in diff.changes.layers:
        if layer.old_text is not None and layer.new_text is not None:
            yield from _markdown_layer(layer, _passed_on(diff, layer))


def _markdown_layer(layer: LayerChange, texts: Mapping[str, str]) -> Iterator[str]:
    counted = Counter(kind for change in layer.claims for kind in change.kinds)
    told = [f"{counted[kind]} {kind}" for kind in KINDS if counted[kind]]
    told += [f"header: {', '.join(layer.fields)}"] if layer.fields else []
    yield f"- `{value(layer.article_id)}`, {_escaped(value(layer.layer))}: {', '.join(told)}"
    before, after = texts.get(layer.old_text or ""), texts.get(layer.new_text or "")
    for change in layer.claims:
        if change.old is None or change.new is None or not _TOLD_ONE_BY_ONE.intersection(change.kinds):
            continue
        context = [] if "moved" in change.kinds else in_context(change.new.fragments, after)
        words = _marked(context) or _escaped(decided(change.new))
        fields = (_markdown_field(change.old, change.new, name, before, after) for name in change.fields)
        yield f"  - {' and '.join(change.kinds)}: {words}: {'; '.join(fields)}"


def _markdown_field(old: Claim, new: Claim, name: str, before: str | None, after: str | None) -> str:
    if name not in SPANS:
        return f"{name} {' → '.join(map(_escaped, _values(old, new, name)))}"
    own = (
        " ".join(
            _marked([piece for piece in in_context([span], text) if piece.meant or text is None]) for span in spans
        )
        for spans, text in ((getattr(old, name), before), (getattr(new, name), after))
    )
    return f"{name} {' → '.join(told or '–' for told in own)}"


def _marked(pieces: list[Piece]) -> str:
    return "".join(f"**{_escaped(piece.words)}**" if piece.meant else _escaped(piece.words) for piece in pieces)


def _escaped(words: str) -> str:
    """Words that Markdown shows as they are."""
    return re.sub(r"([\\`*_\[\]<>])", r"\\\1", words)


def _passed_on(diff: Diff, layer: LayerChange) -> Mapping[str, str]:
    """The texts that may leave this machine with what is told of a layer."""
    return {} if layer.article_id in diff.restricted else diff.texts


def diff_as_json(diff: Diff) -> dict[str, Any]:
    """A diff as one JSON object; claims as in a layer file, with their words where the text may be passed on."""
    return {
        "old": diff.old,
        "new": diff.new,
        "counts": {"articles": diff.changes.article_counts, "claims": diff.changes.claim_counts},
        "articles": [change._asdict() for change in diff.changes.articles],
        "layers": [_layer_as_json(layer, _passed_on(diff, layer)) for layer in diff.changes.layers],
    }


def _layer_as_json(layer: LayerChange, texts: Mapping[str, str]) -> dict[str, Any]:
    before, after = texts.get(layer.old_text or ""), texts.get(layer.new_text or "")
    claims = [
        {
            "kinds": change.kinds,
            "fields": change.fields,
            "old": claim_as_line(change.old),
            "new": claim_as_line(change.new),
            "old_words": _words(change.old, before),
            "new_words": _words(change.new, after),
        }
        for change in layer.claims
    ]
    return layer._asdict() | {"claims": claims}


def _words(claim: Claim | None, text: str | None) -> str | None:
    """What a claim stands on, between the words around it; null where it stands on none, or the text is withheld."""
    return plain(in_context(claim.fragments, text)) or None if claim is not None and text is not None else None
