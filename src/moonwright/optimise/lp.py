"""Sheet -> text in the LP format, as CPLEX defined it and HiGHS, SCIP, Gurobi and others read it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import groupby

from moonwright.optimise.row import Terms
from moonwright.optimise.sheet import EQUATIONS, Column, Sheet

_WIDTH = 100  # readers take at least 255 characters a line; people fewer


def lp_text(sheet: Sheet) -> str:
    """The sheet as an LP file. Each family's rows stand together below its equation."""
    lines = [f"\\ {line}".rstrip() for line in sheet.title]
    lines += ["Minimize", *_wrapped(" obj:", _sum(sheet, sheet.objective)), "Subject To"]
    for family, entries in groupby(sheet.entries, key=lambda entry: entry.family):
        lines += ["", f"\\ {family}: {EQUATIONS.get(family, '')}".rstrip(" :")]
        for entry in entries:
            compared = [*_sum(sheet, entry.terms), f"{entry.sense} {number(entry.right)}"]
            lines += _wrapped(f" {entry.name}:", compared)
    lines += _section("Bounds", [told for column in sheet.columns for told in _bound(column)])
    lines += _section("Generals", [column.name for column in sheet.columns if column.whole])
    return "\n".join([*lines, "", "End", ""])


def _section(heading: str, lines: list[str]) -> list[str]:
    return ["", heading, *(f" {line}" for line in lines)] if lines else []


def number(value: float) -> str:
    """The shortest text that reads back as the same number; zero has no sign."""
    return repr(float(value) + 0.0).removesuffix(".0")


def _sum(sheet: Sheet, terms: Terms) -> Iterator[str]:
    """Terms as "+ 3 x"; nothing at all is no times the first column, since a sum must have a term."""
    if not terms:
        yield f"0 {sheet.columns[0].name}"
    for column, weight in terms:
        size = "" if abs(weight) == 1.0 else f"{number(abs(weight))} "
        yield f"{'-' if weight < 0 else '+'} {size}{sheet.columns[column].name}"


def _wrapped(start: str, parts: Iterator[str] | list[str]) -> Iterator[str]:
    """`start` and the parts, in lines that are not too long; no part is broken."""
    line = start
    for part in parts:
        if len(line) + 1 + len(part) > _WIDTH and line != start:
            yield line
            line = "  "
        line += f" {part}"
    yield line


def _bound(column: Column) -> Iterator[str]:
    """Bounds as LP files have them, where they are not "at least 0"."""
    name, lower, upper = column.name, column.lower, column.upper
    if math.isinf(lower) and math.isinf(upper):
        yield f"{name} free"
    elif lower == 0.0 and math.isinf(upper):
        return
    elif math.isinf(upper):
        yield f"{name} >= {number(lower)}"
    else:
        yield f"{'-inf' if math.isinf(lower) else number(lower)} <= {name} <= {number(upper)}"
