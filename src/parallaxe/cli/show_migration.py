"""A migration of texts as people see it: counts of layers and articles, then the claims that a person should look at.

What only moved is counted. As JSON every claim that was not simply kept is told, with its offsets; words of restricted
articles are withheld there, since JSON is kept and passed on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich.text import Text

from parallaxe.cli.claim_words import Piece, decided, in_context, plain, value
from parallaxe.cli.lines import print_lines
from parallaxe.cli.options import print_json
from parallaxe.compare.anchoring import Fate
from parallaxe.compare.conflicts import claim_as_line
from parallaxe.core.claims import Claim
from parallaxe.core.wording import counted
from parallaxe.store.migration.reports import LayerMigration, TextMigration

_STYLES = {"changed": "yellow", "ambiguous": "magenta", "lost": "bold red"}
_FAINT = "bright_black"


def show_texts(done: TextMigration, *, dry_run: bool, as_json: bool) -> None:
    """Print what a migration of texts did."""
    if as_json:
        print_json(texts_as_json(done, dry_run=dry_run))
        return
    print_lines(text_lines(done, dry_run=dry_run))


def text_lines(done: TextMigration, *, dry_run: bool) -> Iterator[Text]:
    """A migration of texts for a terminal, line by line."""
    yield from _heading(done, dry_run=dry_run)
    for layer in done.layers:
        yield from _layer_lines(layer, done.texts)
    for left in done.left:
        yield Text.assemble("\n", (value(left.article_id), "bold"), "  ", ("left as it is", "bold red"))
        yield Text(f"  {', '.join(map(value, left.layers))}: {value(left.why)}; {left.remedy}")


def _heading(done: TextMigration, *, dry_run: bool) -> Iterator[Text]:
    would = "would be " if dry_run else ""
    if done.completed:
        yield Text(f"completed an earlier migration that was cut short: {counted(done.completed, 'file')}")
    if not (done.layers or done.left or done.edited or done.refreshed):
        yield Text("nothing to migrate: every layer is about the text that its article has")
        return
    articles = len({layer.article_id for layer in done.layers})
    told = f"{counted(len(done.layers), 'layer')} of {counted(articles, 'article')} {would}carried to another text"
    yield Text(told, style="bold")
    if counts := done.counts:
        yield Text(f"claims: {_counts(counts)}")
    for names, what in (
        (done.edited, "raw file edited, catalogue follows"),
        (done.refreshed, "text layer written anew"),
    ):
        if names:
            yield Text(f"{what}: {_listed(names)}")
    if done.decisions:
        yield Text(f"{counted(done.decisions, 'decision')} about claims that are lost")
    if lost := done.counts.get("lost"):
        where = "would be kept" if dry_run else "is kept" if lost == 1 else "are kept"
        yield Text(f"{counted(lost, 'lost claim')} {where} in annotations/migrations/lost.jsonl")
    if not dry_run:
        yield Text("next: `parallaxe validate` says what has to be built and rendered anew", style=_FAINT)


def _listed(names: Sequence[str], most: int = 5) -> str:
    more = f" and {len(names) - most:,} more" if len(names) > most else ""
    return f"{', '.join(map(value, names[:most]))}{more}"


def _counts(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{count:,} {status}" for status, count in counts.items()) or "none"


def _layer_lines(layer: LayerMigration, texts: Mapping[str, str]) -> Iterator[Text]:
    told = Text.assemble("\n", (value(layer.article_id), "bold"), "  ", (value(layer.layer), "bold"))
    yield told.append(f"  {_counts(layer.counts)}", style=_FAINT)
    before, after = texts.get(layer.old), texts.get(layer.new)
    for fate in layer.told:
        if fate.status != "moved":
            yield from _fate_lines(fate, before, after)


def _fate_lines(fate: Fate, before: str | None, after: str | None) -> Iterator[Text]:
    style = _STYLES[fate.status]
    heading = Text.assemble("  ", (fate.status, style), f"  {decided(fate.old)}  ")
    heading.append(value(fate.old.id), style=_FAINT)
    yield heading.append(f"  {value(fate.why)}" if fate.why else "", style=_FAINT)
    for sign, shade, claim, text in (("−", "red", fate.old, before), ("+", "green", fate.new, after)):
        if claim is not None and claim.fragments:
            yield Text.assemble("    ", (sign, shade), " ").append_text(
                _styled(in_context(claim.fragments, text), shade)
            )


def _styled(pieces: Sequence[Piece], style: str) -> Text:
    told = Text()
    for piece in pieces:
        words = f"[{piece.words}]" if piece.meant else piece.words
        told.append(words, style=f"{style} bold" if piece.meant else _FAINT)
    return told


def texts_as_json(done: TextMigration, *, dry_run: bool) -> dict[str, Any]:
    """A migration of texts as one JSON object."""
    return {
        "dry_run": dry_run,
        "completed": done.completed,
        "files": done.files,
        "counts": done.counts,
        "edited": done.edited,
        "refreshed": done.refreshed,
        "decisions_lost": done.decisions,
        "layers": [_layer_as_json(layer, _passed_on(done, layer)) for layer in done.layers],
        "left": [left._asdict() for left in done.left],
    }


def _passed_on(done: TextMigration, layer: LayerMigration) -> Mapping[str, str]:
    """The texts that may leave this machine with what is told of a layer."""
    return {} if layer.article_id in done.restricted else done.texts


def _layer_as_json(layer: LayerMigration, texts: Mapping[str, str]) -> dict[str, Any]:
    before, after = texts.get(layer.old), texts.get(layer.new)
    claims = [
        {
            "id": fate.old.id,
            "status": fate.status,
            "why": fate.why,
            "old": claim_as_line(fate.old),
            "new": claim_as_line(fate.new),
            "old_words": _words(fate.old, before),
            "new_words": _words(fate.new, after),
        }
        for fate in layer.told
    ]
    return {**layer._asdict(), "told": claims}


def _words(claim: Claim | None, text: str | None) -> str | None:
    """What a claim stands on, between the words around it; null where it stands on none, or the text is withheld."""
    return plain(in_context(claim.fragments, text)) or None if claim is not None and text is not None else None
