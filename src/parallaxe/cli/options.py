"""Options that several commands have, and how they print."""

from __future__ import annotations

from json import dumps
from pathlib import Path
from typing import Annotated

import typer

ProjectOption = Annotated[Path, typer.Option("--project", "-p", help="A directory of the project, or below it.")]

JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]

ComponentOption = Annotated[
    str | None,
    typer.Option(help="What is trained: shipped, none, a folder that `train` wrote, a spaCy pipeline, a TOML file."),
]

ScorerOption = Annotated[
    str | None,
    typer.Option(help="A second opinion on stances: openai:URL#MODEL or transformers:FOLDER_OR_NAME."),
]

OutOption = Annotated[Path | None, typer.Option("--out", "-o", help="Where to write; by default, its station.")]


def write_or_print(text: str, out: Path | None) -> None:
    """Write a text and a line break to a file, or print it where there is none."""
    from parallaxe.store.atomic import write_text

    if out is None:
        typer.echo(text)
    else:
        write_text(out, f"{text}\n")


def print_json(value: object) -> None:
    """Print a value as JSON; what JSON has no form for (dates, paths) as it writes itself."""
    typer.echo(dumps(value, ensure_ascii=False, indent=2, default=str))
