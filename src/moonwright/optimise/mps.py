"""Sheet -> text in the free MPS format, which every solver reads."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator

from moonwright.optimise.lp import number
from moonwright.optimise.sheet import Column, Sheet

_OBJECTIVE = "obj"
_SENSES = {"<=": "L", ">=": "G", "=": "E"}


def mps_text(sheet: Sheet) -> str:
    """The sheet as a free MPS file: fields between blanks, names of any length."""
    lines = [f"* {line}".rstrip() for line in sheet.title]
    lines += ["NAME moonwright", "ROWS", f" N {_OBJECTIVE}"]
    lines += [f" {_SENSES[entry.sense]} {entry.name}" for entry in sheet.entries]
    lines += ["COLUMNS", *_columns(sheet), "RHS"]
    lines += [f" RHS {entry.name} {number(entry.right)}" for entry in sheet.entries if entry.right]
    lines += ["BOUNDS", *(f" {told}" for column in sheet.columns for told in _bounds(column)), "ENDATA", ""]
    return "\n".join(lines)


def _columns(sheet: Sheet) -> Iterator[str]:
    """Coefficients column by column; whole columns stand between markers."""
    found: dict[int, list[tuple[str, float]]] = defaultdict(list)
    for c, weight in sheet.objective:
        found[c].append((_OBJECTIVE, weight))
    for entry in sheet.entries:
        for c, weight in entry.terms:
            found[c].append((entry.name, weight))
    whole = False
    for n, column in enumerate(sheet.columns):
        if column.whole != whole:
            whole = column.whole
            yield _marker(n, whole)
        for row, weight in found[n]:
            yield f" {column.name} {row} {number(weight)}"
    if whole:
        yield _marker(len(sheet.columns), False)


def _marker(n: int, whole: bool) -> str:
    return f" MARKER{n} 'MARKER' '{'INTORG' if whole else 'INTEND'}'"


def _bounds(column: Column) -> Iterator[str]:
    """Bounds in full for whole columns, since readers differ in what they take for granted there."""
    name, lower, upper = column.name, column.lower, column.upper
    if lower == upper:
        yield f"FX BND {name} {number(lower)}"
        return
    if math.isinf(lower):
        yield f"FR BND {name}" if math.isinf(upper) else f"MI BND {name}"
    elif lower != 0.0 or column.whole:
        yield f"LO BND {name} {number(lower)}"
    if math.isfinite(upper):
        yield f"UP BND {name} {number(upper)}"
    elif column.whole and math.isfinite(lower):
        yield f"PL BND {name}"
