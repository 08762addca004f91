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
    summary: Annotated[Path | None, typer.Option(help="A file for the Markdown, whatever is printed.")] = None,
    json: JsonOption = False,
) -> None:
    """Tell what the work tree changes since it left a branch: claims, agreement, rules newly broken, the bump implied.

    The gate judges what is there; this tells what is new, so it ends with 0 but with `--check`.

    Examples: `parallaxe review` · `parallaxe review origin/main --summary summary.md`
    """
    from parallaxe.cli.show_review import FORMATS, review_as, show_review
    from parallaxe.store.versions.review import review_project

    form = "json" if json else form
    if form not in FORMATS:
        raise UsageError("--format", f"no format `{form}`", f"use one of {', '.join(FORMATS)}")
    found = review_project(project, base)
    if form == "text" and out is None:
        show_review(found)
    else:
        write_or_print(review_as(form, found), out)
    if summary is not None:
        write_or_print(review_as("markdown", found), summary)
    if check and found.findings.new_errors:
        raise typer.Exit(1)
