"""Draw what a command shows on a terminal, as SVG: `python tools/picture.py OUT.svg parallaxe annotate FILE`."""

from __future__ import annotations

import io
import os
import pty
import subprocess
import sys
import termios
from pathlib import Path

from rich.console import Console
from rich.text import Text

_WIDTH, _HEIGHT = 104, 50
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


def picture(command: list[str], name: str, folder: Path | None = None) -> str:
    """What a command shows on a terminal of its own, in a window that bears the command.

    Args:
        command: the program and its arguments, as they are shown too.
        name: of the picture: styles of several on one page are told apart by it.
        folder: where it runs.
    """
    console = Console(record=True, force_terminal=True, color_system="truecolor", width=_WIDTH, file=io.StringIO())
    console.print(Text.from_ansi(_on_terminal(command, folder)), end="")
    return console.export_svg(title=" ".join(command), code_format=_FRAME, unique_id=name)


def _on_terminal(command: list[str], folder: Path | None) -> str:
    """What a command prints, standard error included, where it believes that a person looks at it."""
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (_HEIGHT, _WIDTH))
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "TERM": "xterm-256color", "COLORTERM": "truecolor"}
    with subprocess.Popen(command, stdout=theirs, stderr=theirs, stdin=theirs, cwd=folder, env=environment):
        os.close(theirs)
        printed = b"".join(iter(lambda: _read(ours), b""))
    os.close(ours)
    return printed.decode("utf-8").replace("\r\n", "\n")


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # Linux says so where the other side has hung up
        return b""


if __name__ == "__main__":
    target, *arguments = sys.argv[1:]
    Path(target).write_text(picture(arguments, Path(target).stem), "utf-8")
