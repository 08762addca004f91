"""The command that carries annotations to texts and labels that have changed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from parallaxe.cli.options import JsonOption, ProjectOption
from parallaxe.core.errors import UsageError


def migrate(
    labels: Annotated[
        Path | None, typer.Option("--labels", help="A TOML file that renames, merges or splits labels.")
    ] = None,
    reverse: Annotated[bool, typer.Option("--reverse", help="Take the last migration of labels back.")] = False,
    revision: Annotated[
        str | None, typer.Option("--from", help="A revision that has the texts as they were; by default HEAD.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Tell what would be done; write nothing.")] = False,
    project: ProjectOption = Path(),
    json: JsonOption = False,
) -> None:
    """Carry annotations along when texts were edited, the normalizer changed, or labels are renamed, merged or split.

    Examples: `parallaxe migrate --dry-run` · `parallaxe migrate --from v0.1.0` ·
    `parallaxe migrate --labels people.toml` · `parallaxe migrate --labels people.toml --reverse`
    """
    from parallaxe.store.project import find_project

    found = find_project(project)
    if labels is None:
        if reverse:
            raise UsageError("--reverse", "only labels go back", "name their migration with --labels")
        from parallaxe.cli.show_migration import show_texts
        from parallaxe.store.migration.texts import migrate_texts

        texts = migrate_texts(found, revision, dry_run=dry_run, in_full=json)
        show_texts(texts, dry_run=dry_run, as_json=json)
        if texts.left:
            raise typer.Exit(1)
        return
    if revision is not None:
        raise UsageError("--from", "a migration of labels asks for no older text", "leave it out")
    from parallaxe.cli.show_label_migration import show_labels
    from parallaxe.store.migration.labels import migrate_labels

    show_labels(migrate_labels(found, labels, reverse=reverse, dry_run=dry_run), dry_run=dry_run, as_json=json)
