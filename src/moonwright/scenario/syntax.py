"""What keeps a text from being YAML, in the words of its author: the line to look at, and what to do there."""

from __future__ import annotations

from dataclasses import dataclass

import yaml

_RESERVED = "@`%"
_CLOSE = "check the indentation, close every bracket and quote, quote texts with `: ` or commas"


@dataclass(frozen=True)
class Broken:
    """Where a text stops being YAML (line 0: not known), what stands there, and what to do."""

    line: int
    found: str
    todo: str


def syntax(error: yaml.MarkedYAMLError, text: str) -> Broken:
    """What a syntax error of the parser comes from.

    The parser notices an open bracket or quote only where the text after it makes no sense. The line to look at
    is where it was opened.
    """
    problem, context = str(error.problem or ""), str(error.context or "")
    noticed = error.problem_mark.line + 1 if error.problem_mark else 0
    opened = error.context_mark.line + 1 if error.context_mark else noticed
    if "flow" in context:
        return Broken(opened, f"a bracket is opened here and not rightly closed by line {noticed}", _CLOSE)
    if "quoted scalar" in context:
        return Broken(opened, f"a quote is opened here and not rightly closed by line {noticed}", _CLOSE)
    if "cannot start any token" in problem and error.problem_mark:
        return _odd_start(noticed, _character(text, error.problem_mark))
    if "mapping values are not allowed" in problem:
        return Broken(
            noticed, "a colon where no key can stand", "check the indentation, quote texts with `: `"
        )
    told = f"{problem} ({context})" if problem and context else problem or context or "it cannot be read"
    return Broken(noticed, told, _CLOSE if "expected" in problem else "")


def _odd_start(line: int, character: str) -> Broken:
    if character == "\t":
        return Broken(line, "a tab", "indent with spaces")
    if character and character in _RESERVED:
        return Broken(line, f"a text that starts with {character!r}", "quote it")
    return Broken(line, f"{character!r} where a value starts", "quote the text")


def _character(text: str, mark: yaml.Mark) -> str:
    lines = text.splitlines()
    line = lines[mark.line] if mark.line < len(lines) else ""
    return line[mark.column : mark.column + 1]
