"""What people see on a terminal: progress, documents, reports; plain lines where the output is a pipe."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as RichProgress
from rich.table import Table
from rich.text import Text

from parallaxe.core.wording import counted
from parallaxe.text.language import language_in_words

if TYPE_CHECKING:
    from parallaxe.store.building.build import Build
    from parallaxe.text.document import Document

_out = Console(highlight=False, soft_wrap=True)
_errors = Console(stderr=True, highlight=False, soft_wrap=True)

# Every role of the text layer that is read as the article, against those that are skipped.
_STYLES = {
    "title": "bold bright_white",
    "lead": "bold",
    "heading": "bold cyan",
    "paragraph": "default",
    "caption": "italic",
    "dateline": "cyan",
    "byline": "yellow",
}
_SKIPPED = "bright_black"


class Progress:
    """A bar on a terminal, nothing in a pipe; call it with how much is done, and of how much."""

    def __init__(self, what: str) -> None:
        columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        self._bar = RichProgress(*columns, console=_errors, transient=True, disable=not _errors.is_terminal)
        self._task = self._bar.add_task(what, total=None)

    def __enter__(self) -> Self:
        """Show the bar."""
        self._bar.start()
        return self

    def __exit__(self, *raised: object) -> None:
        """Take the bar away."""
        self._bar.stop()

    def __call__(self, done: int, total: int) -> None:
        """Move the bar."""
        self._bar.update(self._task, completed=done, total=total)


def show_build(built: Build, *, as_json: bool) -> None:
    """What was built, config by config, and what a reader should know of it."""
    for warning in built.warnings:
        _errors.print(f"warning: {warning}", markup=False)
    if as_json:
        _out.print_json(json.dumps(built._asdict() | {"parts": [part._asdict() for part in built.parts]}, default=str))
        return
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column("config")
    splits = list(dict.fromkeys(part.split for part in built.parts))
    for split in splits:
        table.add_column(split, justify="right")
    for config in dict.fromkeys(part.config for part in built.parts):
        counts = {part.split: f"{part.rows:,}" for part in built.parts if part.config == config}
        table.add_row(config, *(counts.get(split, "–") for split in splits))
    _out.print(table)
    count = counted(built.articles, "article")
    _out.print(f"{count} → {built.out} (version {built.version}, sha256:{built.digest[:12]})", markup=False)


def show_document(document: Document, *, with_plan: bool) -> None:
    """The blocks of a document with their roles in the margin, sentences divided by a bar."""
    text = document.text or ""
    facts = {
        "title": document.title,
        "byline": document.byline,
        "dateline": document.dateline,
        "published": document.published,
        "outlet": document.outlet,
    }
    told = " · ".join(f"{name}: {value}" for name, value in facts.items() if value)
    language = language_in_words(document.language)
    counts = f"{language} · {counted(len(document.sentences), 'sentence')} · {counted(document.n_tokens, 'token')}"
    _out.print(Text(" · ".join(part for part in (told, counts) if part), style=_SKIPPED))
    table = Table(box=None, show_header=False, padding=(0, 2, 1, 0), pad_edge=False)
    table.add_column(justify="right", style=_SKIPPED, no_wrap=True)
    table.add_column(overflow="fold")
    for index, block in enumerate(document.blocks):
        body = Text(style=_STYLES.get(block.role, _SKIPPED))
        for sentence in document.sentences:
            if sentence.block == index:
                body.append(" │ " if body.plain else "", style=_SKIPPED).append(text[sentence.start : sentence.end])
        table.add_row(block.role, body)
    Console(highlight=False).print(table)
    for step in document.plan if with_plan else ():
        _show_step(step.name, [(edit.reason, edit.start, edit.end, edit.replacement) for edit in step.edits])


def _show_step(name: str, edits: list[tuple[str, int, int, str]]) -> None:
    _out.print(Text(f"{name}: {len(edits)} edits", style="bold"))
    for reason, start, end, replacement in edits:
        _out.print(Text(f"  [{start}, {end}) → {replacement!r}{f' ({reason})' if reason else ''}", style=_SKIPPED))


def document_as_json(document: Document) -> dict[str, Any]:
    """A document as one JSON object; offsets are code points."""
    return {
        "text": document.text,
        "text_sha256": document.text_sha256,
        "normalizer": document.normalizer,
        "language": document.language,
        "title": document.title,
        "byline": document.byline,
        "dateline": document.dateline,
        "published": document.published,
        "outlet": document.outlet,
        "n_tokens": document.n_tokens,
        "blocks": [block._asdict() for block in document.blocks],
        "sentences": [sentence._asdict() for sentence in document.sentences],
        "alignment": [segment._asdict() for segment in document.alignment.segments],
        "plan": [{"fix": step.name, "edits": [edit._asdict() for edit in step.edits]} for step in document.plan],
    }
