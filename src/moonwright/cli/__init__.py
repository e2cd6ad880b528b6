"""The command line: one thin command a verb. Results go to stdout, progress and faults to stderr."""

from moonwright.cli.main import commands, main

__all__ = ["commands", "main"]
