"""The command line: one command, one call of the library; what goes wrong is one line and an exit code."""

from parallaxe.cli.app import main

__all__ = ["main"]
