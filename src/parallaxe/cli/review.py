"""The command that reviews a pull request."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from parallaxe.cli.options import JsonOption, OutOption, ProjectOption, write_or_print
from parallaxe.core.errors import UsageError


def review(
    base: Annotated[
        str | None, typer.Argument(help="The branch that the pull request goes to, or a commit. Default: origin/main.")
    ] = None,
    project: ProjectOption = Path(),
    form: Annotated[str, typer.Option("--format", "-f", help="text, json, or markdown for a summary.")] = "text",
    check: Annotated[bool, typer.Option("--check", help="Exit 1 where a rule is newly broken.")] = False,
    out: OutOption = None,
    json: JsonOption = False,
) -> None:
    """Tell what the work tree changes since it left a branch: claims, agreement, rules newly broken, the bump implied.

    The gate judges what is there; this tells what is new, so it ends with 0 but with `--check`.

    Examples: `parallaxe review` · `parallaxe review origin/main --format markdown --out summary.md`
    """
    from json import dumps

    from parallaxe.cli.show_review import review_as_json, review_as_markdown, review_text, show_review
    from parallaxe.store.review import review_project

    forms = ("text", "json", "markdown")
    if form not in forms:
        raise UsageError("--format", f"no format `{form}`", f"use one of {', '.join(forms)}")
    found = review_project(project, base)
    if json or form == "json":
        # A lone surrogate, which JSON may hold and UTF-8 not, stays the escape that it was in the layer.
        told = dumps(review_as_json(found), ensure_ascii=False, indent=2, default=str)
        write_or_print(told.encode("utf-8", "backslashreplace").decode(), out)
    elif form == "markdown":
        write_or_print(review_as_markdown(found).encode("utf-8", "backslashreplace").decode(), out)
    elif out is not None:
        write_or_print(review_text(found), out)
    else:
        show_review(found)
    if check and found.findings.new_errors:
        raise typer.Exit(1)
