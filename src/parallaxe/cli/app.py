"""The command line: which commands there are, in the order of their help, and how it ends.

A command parses what it is given, calls one function of the store, and shows the result. The libraries behind it take
seconds to import, so each command imports what it needs when it is called: `parallaxe --help` answers at once.
"""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from parallaxe.cli import gate, machine, project, quality, texts, versions
from parallaxe.cli.migrate import migrate
from parallaxe.cli.publish import publish
from parallaxe.cli.release import release
from parallaxe.cli.review import review
from parallaxe.cli.rights import exposure, takedown
from parallaxe.cli.studio import studio
from parallaxe.core.errors import GateError, ParallaxeError, SurroundingsError, UsageError

COMMANDS = {
    "Articles": (project.init, project.add, project.hydrate, exposure, takedown, texts.normalize),
    "Dataset": (texts.build, gate.validate, versions.render),
    "Annotation": (
        machine.annotate,
        quality.agreement,
        quality.adjudicate,
        quality.effort,
        machine.train,
        machine.evaluate,
    ),
    "Versions": (
        versions.diff,
        review,
        versions.show_layer,
        migrate,
        release,
        publish,
    ),
}
"""Every command but those of `studio`, by the heading under which the help shows it."""

app = typer.Typer(
    name="parallaxe",
    help="An annotated corpus of French news, and the machine that grows it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
)
for heading, commands in COMMANDS.items():
    for command in commands:
        app.command(rich_help_panel=heading)(command)
app.add_typer(studio, rich_help_panel="Annotation")


def main() -> None:
    """Run the command line; exit 0 fine, 1 the data is wrong, 2 the call is wrong, 3 the surroundings failed."""
    try:
        code = _run()
    except ParallaxeError as error:
        typer.echo(f"parallaxe: {error}" if "\n" not in str(error) else str(error), err=True)
        for issue in error.issues if isinstance(error, GateError) else ():
            typer.echo(f"  {issue}", err=True)
        sys.exit(error.exit_code)
    except typer.Abort:
        typer.echo("parallaxe: interrupted; nothing was written", err=True)
        sys.exit(130)
    except Exception as error:
        # Typer carries its own copy of click, whose usage errors have an exit code and know how to show themselves.
        if not (hasattr(error, "exit_code") and hasattr(error, "show")):
            raise
        error.show()
        sys.exit(error.exit_code)
    if isinstance(code, int):
        sys.exit(code)


def _run() -> object:
    """What the command returns; a file or folder that the system refuses is an error of the surroundings, named."""
    if any(not word.isprintable() and word.encode("utf-8", "replace").decode() != word for word in sys.argv):
        raise UsageError("the call", "a word of it is no UTF-8", "name files with letters a-z or digits")
    try:
        # Outside its standalone mode Typer returns the code of `typer.Exit` instead of ending with it.
        return app(standalone_mode=False)
    except OSError as error:
        where, what = str(error.filename or "parallaxe"), (error.strerror or str(error)).lower()
        raise SurroundingsError(where, what, "mend that and run it again") from error


@app.callback(invoke_without_command=True)
def _global(version: Annotated[bool, typer.Option("--version", help="Print the version and exit.")] = False) -> None:
    if version:
        from parallaxe import __version__

        typer.echo(__version__)
        raise typer.Exit
