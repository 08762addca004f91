"""Changes as people and programs want them: as text, JSON or Markdown."""

from __future__ import annotations

import json

from rich.console import Console

from parallaxe.cli.diff_json import diff_as_json
from parallaxe.cli.diff_markdown import markdown_lines
from parallaxe.cli.diff_text import text_lines
from parallaxe.cli.lines import print_lines
from parallaxe.store.versions.diff import Diff

FORMATS = ("text", "json", "markdown")


def show_diff(diff: Diff, form: str) -> None:
    """Print a diff in one of the formats."""
    out = Console(highlight=False, soft_wrap=True)
    if form == "json":
        told = json.dumps(diff_as_json(diff), ensure_ascii=False, indent=2)
        # A lone surrogate, which JSON may hold and UTF-8 not, stays the escape that it was in the layer.
        out.print(told.encode("utf-8", "backslashreplace").decode(), markup=False)
        return
    if form == "markdown":
        for line in markdown_lines(diff):
            out.print(line, markup=False)
        return
    print_lines(text_lines(diff))
