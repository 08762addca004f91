"""How people see what a takedown did, and what is left for them to do."""

from __future__ import annotations

from collections.abc import Iterator

import typer

from parallaxe.core.wording import counted
from parallaxe.store.rights.takedown import TakenDown


def show_takedown(done: TakenDown, *, dry_run: bool) -> None:
    """The files that went, those that changed, and what a program cannot do."""
    for line in _lines(done, dry_run=dry_run):
        typer.echo(line)


def _lines(done: TakenDown, *, dry_run: bool) -> Iterator[str]:
    verb = "would take down" if dry_run else "took down"
    yield f"{verb} {done.article.id}: {counted(len(done.removed), 'file')} removed, {len(done.rewritten)} changed"
    yield from (f"  removed  {name}" for name in done.removed)
    yield from (f"  changed  {name}" for name in done.rewritten)
    if done.unused:
        yield f"linked by no other article, and kept in the knowledge base: {', '.join(done.unused)}"
    if done.naming:
        yield f"still named, until reports are made anew, in {', '.join(done.naming)}"
    for pass_name, task in done.tasks:
        yield f"task {task} of pass {pass_name} still shows the text: delete it on the server of Label Studio"
    yield "git and published versions still hold it: docs/rights.md says what to do"
    dataset = "`parallaxe build`" if done.left else "delete corpus/ (no article is left)"
    yield f"next: {dataset}, `parallaxe render`, and a commit"
