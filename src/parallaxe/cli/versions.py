"""Commands of versions: what changed, what git shows, what is rendered."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from parallaxe.cli.options import JsonOption, ProjectOption
from parallaxe.core.errors import UsageError


def diff(
    a: Annotated[
        str | None,
        typer.Argument(help="A commit, a tag, a project, a dataset, hf://OWNER/NAME@REVISION; by default HEAD."),
    ] = None,
    b: Annotated[str | None, typer.Argument(help="The same; by default the work tree.")] = None,
    layer: Annotated[list[str] | None, typer.Option(help="One layer; again for more. Default: all.")] = None,
    project: ProjectOption = Path(),
    form: Annotated[str, typer.Option("--format", help="text, json, or markdown for a changelog.")] = "text",
    json: JsonOption = False,
) -> None:
    """Tell what changed from A to B: articles by text, claims by what was decided; text that only moved is no change.

    Either side may be a revision of the repository, the directory of a project or of a built dataset, or a dataset on
    the Hub. Beside a dataset, a project is seen as its rows tell it.

    Examples: `parallaxe diff` · `parallaxe diff v0.1.0 --layer gold` · `parallaxe diff v0.1.0 v0.2.0 --format markdown`
    · `parallaxe diff hf://OWNER/NAME@v0.1.0 corpus`
    """
    from parallaxe.cli.show_diff import FORMATS, show_diff
    from parallaxe.store.versions.diff import diff_versions

    if form not in FORMATS:
        raise UsageError("--format", f"no format `{form}`", f"use one of {', '.join(FORMATS)}")
    show_diff(diff_versions(project, a, b, layer), "json" if json else form)


def show_layer(
    file: Annotated[Path, typer.Argument(help="A layer file, or a copy of one anywhere.")],
    project: ProjectOption = Path(),
) -> None:
    """Print a layer file with the words of its claims, for `git diff`; a broken file is printed as it is.

    Examples: `parallaxe show-layer annotations/layers/gold/le-port.jsonl` ·
    `git config diff.parallaxe-layer.textconv "parallaxe show-layer"`
    """
    from parallaxe.cli.claim_words import layer_words
    from parallaxe.store.layer_text import find_layer

    found = find_layer(file, project)
    shown = found.raw if found.layer is None else f"{layer_words(found.layer, found.text)}\n".encode()
    typer.echo(shown, nl=False)


def render(
    project: ProjectOption = Path(),
    check: Annotated[bool, typer.Option("--check", help="Write nothing; exit 1 where a file would change.")] = False,
) -> None:
    """Write everything that is rendered from schemas and data: JSON Schemas, the reference, tables between marks.

    Example: `parallaxe render --check`
    """
    from parallaxe.store.project import find_project
    from parallaxe.store.render import render_project

    changed = render_project(find_project(project), write=not check)
    for path in changed:
        typer.echo(f"{'would change' if check else 'wrote'} {path}")
    if check and changed:
        typer.echo("rendered files do not match their source: run `make render`", err=True)
        raise typer.Exit(1)
