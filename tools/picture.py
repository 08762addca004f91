"""Draw what `parallaxe annotate FILE` shows on a terminal, as SVG: `python tools/picture.py FILE OUT.svg [WIDTH]`."""

from __future__ import annotations

import io
import sys
from pathlib import Path

from rich.console import Console

from parallaxe.cli.annotate_view import show_annotation
from parallaxe.store.annotate import annotate_file

_WIDTH = 104
# Rich's own frame would load its font from the web, and so a page that shows it would call there.
_FRAME = """<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<style>
.{unique_id}-matrix {{
    font-family: "Fira Code", "DejaVu Sans Mono", Menlo, Consolas, monospace;
    font-size: {char_height}px; line-height: {line_height}px; font-variant-east-asian: full-width;
}}
.{unique_id}-title {{ font-size: 18px; font-weight: bold; font-family: sans-serif; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}" />
</clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""


def picture(file: Path, width: int = _WIDTH) -> str:
    """The article in colour, in a window that bears the command."""
    console = Console(record=True, force_terminal=True, color_system="truecolor", width=width, file=io.StringIO())
    show_annotation(annotate_file(file, file.parent), why=False, console=console)
    return console.export_svg(title=f"parallaxe annotate {file.name}", code_format=_FRAME, unique_id=file.stem)


if __name__ == "__main__":
    source, target, *rest = sys.argv[1:]
    Path(target).write_text(picture(Path(source), *map(int, rest)), "utf-8")
