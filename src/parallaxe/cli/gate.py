"""The command of the gate."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from parallaxe.cli.options import JsonOption, OutOption, print_json, write_or_print


def validate(
    path: Annotated[
        Path | None,
        typer.Argument(help="A project, a dataset (also one of others), a layer, a folder of layers. Default: here."),
    ] = None,
    form: Annotated[str, typer.Option("--format", "-f", help="text, json, github, sarif or junit.")] = "text",
    profile: Annotated[
        str | None, typer.Option(help="Judge a dataset as public or full. Default: as it was built.")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Show every finding, not only a screen of them.")] = False,
    out: OutOption = None,
    rules: Annotated[bool, typer.Option("--rules", help="List all rules and their severities here.")] = False,
    explain: Annotated[str | None, typer.Option("--explain", metavar="RULE", help="Show the page of a rule.")] = None,
    json: JsonOption = False,
) -> None:
    """Ask every rule of the gate, and tell at once all that is wrong, worst first, with what to do.

    A project is asked as a whole: raw files, layers, schemas, rendered files, the dataset. Exit 1 where an error is
    found; severities are those of `schemas/validate.toml`.

    Examples: `parallaxe validate` · `parallaxe validate corpus --format sarif --out report.sarif`
    """
    from parallaxe.cli import show_validation as show
    from parallaxe.store.validation import explained, listed_rules, rendered_report, validate_path

    if explain is not None:
        show.show_page(explained(explain))
        return
    if rules:
        described, severities = listed_rules(path)
        if json or form == "json":
            print_json([rule.as_row(severities) for rule in described])
        else:
            show.show_rules(described, severities)
        return
    subject, report = validate_path(path, profile)
    text = rendered_report("json" if json else form, subject, report)
    if text is None and out is None:
        show.show_validation(subject, report, every=every)
    else:
        told = "\n".join(line.text for line in show.report_lines(subject, report, show.PIPE_WIDTH, None))
        write_or_print(told if text is None else text, out)
    if not report.ok:
        raise typer.Exit(1)
