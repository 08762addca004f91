"""A diff for a terminal: counts, then each change with the words around it, also those of a restricted text here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from rich.text import Text

from parallaxe.cli.claim_words import SPANS, Piece, decided, in_context, value
from parallaxe.cli.diff_words import HISTORY, KINDS_OF_ARTICLES, claim_values, counts, entity_values, whole_layers
from parallaxe.compare.changes import ArticleChange, ClaimChange, EntityChange, LayerChange
from parallaxe.store.versions.diff import Diff

_FAINT = "bright_black"
_STYLES = {"added": "green", "removed": "red", "flipped": "bold magenta"}


def text_lines(diff: Diff) -> Iterator[Text]:
    """A diff for a terminal, line by line."""
    yield Text(f"{diff.old} → {diff.new}", style="bold")
    changes = diff.changes
    if not changes:
        yield Text("no article, layer, claim or entity changed")
        return
    yield from (Text(f"{what}: {told}") for what, told in counts(changes))
    yield from change_lines(diff)


def change_lines(diff: Diff) -> Iterator[Text]:
    """Each change by itself: articles, entities, layers."""
    changes = diff.changes
    for blocks in (map(_article_line, changes.articles), _entity_lines(changes.entities)):
        yield from apart(blocks)
    yield from (Text(f"\n{line}") for line in whole_layers(changes))
    for layer in changes.layers:
        if not layer.is_whole:
            yield from _layer_lines(layer, diff.texts)


def apart(lines: Iterable[Text]) -> Iterator[Text]:
    """Lines after an empty one, where there are any."""
    for position, line in enumerate(lines):
        yield line if position else Text("\n").append_text(line)


def _article_line(article: ArticleChange) -> Text:
    told = Text.assemble((article.article_id, "bold"), "  ")
    told.append(KINDS_OF_ARTICLES[article.kind], style=_STYLES.get(article.kind, ""))
    return told.append(f" ({', '.join(article.fields)})" if article.fields else "", style=_FAINT)


def _entity_lines(entities: tuple[EntityChange, ...]) -> Iterator[Text]:
    for change in entities:
        entity = change.entity
        told = Text.assemble((value(entity.kb_id), "bold"), "  ", (change.kind, _STYLES.get(change.kind, "yellow")))
        yield told.append(f"  {value(entity.type)} {value(entity.name)}", style=_FAINT)
        for name in change.fields:
            old, new = entity_values(change, name)
            yield Text.assemble(f"    {name} ", (old, "red"), " → ", (new, "green"))


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
        if change.kinds == ("changed",) and HISTORY.issuperset(change.fields):
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
            old, new = claim_values(change.old, change.new, name)
            yield Text.assemble(f"    {name} ", (old, "red"), " → ", (new, "green"))


def _styled(pieces: list[Piece], style: str) -> Text:
    told = Text()
    for piece in pieces:
        told.append(
            f"[{piece.words}]" if piece.meant else piece.words, style=f"{style} bold" if piece.meant else _FAINT
        )
    return told
