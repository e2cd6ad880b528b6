"""Model -> Sheet: a model as files have it, named, with one comparison a row, and without what says nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from moonwright.optimise.model import FAMILIES, Floats, Model
from moonwright.optimise.naming import names
from moonwright.optimise.row import Terms
from moonwright.optimise.strength import FAMILIES as STRENGTH

Sense = Literal["<=", ">=", "="]

EQUATIONS = {
    **{family.__name__: (family.__doc__ or "").strip().splitlines()[0] for family in (*FAMILIES, *STRENGTH)},
    "aim_is": "sum_c w_c x_c + constant = aim: what each aim adds up to.",
}


@dataclass(frozen=True)
class Entry:
    """One row of a file: terms, a comparison, a number. `family` names the constraint it belongs to."""

    name: str
    family: str
    terms: Terms
    sense: Sense
    right: float


@dataclass(frozen=True)
class Column:
    """One column of a file that some row or the objective speaks of."""

    name: str
    lower: float
    upper: float
    whole: bool


@dataclass(frozen=True)
class Sheet:
    """A model ready to be written. Terms count the columns of this sheet; the objective is made least."""

    title: tuple[str, ...]
    objective: Terms
    entries: tuple[Entry, ...]
    columns: tuple[Column, ...]


def sheet(model: Model, costs: Floats, title: Sequence[str] = ()) -> Sheet:
    """The sheet of min costs x over a model, without columns that nothing speaks of and rows that hold by themselves."""
    used = np.zeros(len(costs), dtype=bool)
    used[model.indices] = True
    used |= costs != 0.0
    used[0] |= not used.any()  # a file must have some column
    place = np.cumsum(used) - 1
    told = names(model.column_labels)
    columns = tuple(
        Column(told[c], float(model.column_lower[c]), float(model.column_upper[c]), bool(model.whole[c]))
        for c in np.flatnonzero(used)
    )
    objective = [(int(place[c]), float(costs[c])) for c in np.flatnonzero(costs)]
    return Sheet(tuple(title), objective, tuple(_entries(model, place.tolist())), columns)


def _entries(model: Model, place: list[int]) -> Iterator[Entry]:
    """Rows as comparisons of one side; a row with two different sides becomes two."""
    indices, values, starts = model.indices.tolist(), model.values.tolist(), model.starts.tolist()
    sides = zip(model.row_lower.tolist(), model.row_upper.tolist(), strict=True)
    for row, (name, (lower, upper)) in enumerate(zip(names(model.row_labels), sides, strict=True)):
        span = slice(starts[row], starts[row + 1])
        terms = [(place[c], w) for c, w in zip(indices[span], values[span], strict=True)]
        if not terms and lower <= 0.0 <= upper:
            continue
        family = model.row_labels[row].partition("[")[0]
        compared = list(_compared(lower, upper))
        for end, sense, right in compared:
            yield Entry(name + end if len(compared) > 1 else name, family, terms, sense, right)


def _compared(lower: float, upper: float) -> Iterator[tuple[str, Sense, float]]:
    """(what tells it from the other side, comparison, number) of each side that binds."""
    if lower == upper:
        yield "", "=", lower
        return
    if np.isfinite(lower):
        yield "!low", ">=", lower
    if np.isfinite(upper):
        yield "!high", "<=", upper
