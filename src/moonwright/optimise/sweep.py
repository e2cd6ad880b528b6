"""A plan made better piece by piece: a part of it is decided anew while the rest stays."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from moonwright.optimise.highs import Limits, Progress, solve
from moonwright.optimise.model import Floats, Model, with_whole_held
from moonwright.optimise.problem import Problem

# Periods decided anew at once, and how far on the next stretch begins; measured on the lunar base and the station.
STRETCH, STEP = 18, 9
_GAP = 0.002  # of one piece: finer costs more time than it saves money
_STRETCH_S, _KIND_S = 3.0, 10.0  # for one piece at most: what is found later is rare

Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Piece:
    """Columns that are decided anew, and for how long at most."""

    anew: Bools
    most_s: float


def swept(  # noqa: PLR0913  # the parts of a solve, and what is enough
    problem: Problem,
    model: Model,
    costs: Floats,
    offset: float,
    values: Floats,
    limits: Limits,
    progress: Progress | None,
    *,
    bound: float,
) -> Floats:
    """Values no worse than those given; the gap of `limits` to `bound` is enough.

    The pieces share the seconds of `limits`; a limit on nodes is for each.
    """
    began = time.perf_counter()
    objective = float(costs @ values)
    pieces = list(_pieces(problem))
    for n, piece in enumerate(pieces):
        left_s = limits.time_s - (time.perf_counter() - began)
        if left_s <= 0.0 or objective + offset - bound <= limits.gap * abs(objective + offset):
            break
        part = with_whole_held(model, model.whole & ~piece.anew, values)
        # Most pieces are done at once and leave their share to the others.
        share_s = min(piece.most_s, 2.0 * left_s / (len(pieces) - n))
        within = limits.part(left_s, min(1.0, share_s / left_s), gap=_GAP)
        answer = solve(part, costs, within, offset=offset, start=values)
        if answer.values.size and float(costs @ answer.values) < objective:
            values, objective = answer.values, float(costs @ answer.values)
            if progress:
                progress(time.perf_counter() - began, objective + offset, -np.inf, np.inf)
    return values


def _pieces(problem: Problem) -> Iterator[Piece]:
    """Stretches of time from first to last; then cargo with people's flights as they are, then people's with cargo's."""
    opening = np.array(problem.columns.openings)
    for first in range(0, max(1, problem.last - STRETCH + STEP), STEP):
        yield Piece((opening >= first) & (opening < first + STRETCH), _STRETCH_S)
    people, cargo = _kinds(problem)
    if people.any() and cargo.any():
        yield Piece(~people, _KIND_S)
        yield Piece(~cargo, _KIND_S)


def _kinds(problem: Problem) -> tuple[Bools, Bools]:
    """(flights of people and of ships that wait for them, flights of cargo): their columns and what they are for."""
    people, cargo = (np.zeros(len(problem.columns.labels), dtype=bool) for _ in range(2))
    for a, arc in enumerate(problem.network.arcs):
        waits = any(part.end == "waits" for part in arc.itinerary.course.parts)
        kind = people if waits or arc.itinerary.carries_crew else cargo
        kind[problem.flights[a]] = True
        for i in arc.loads:
            if kind is cargo or arc.itinerary.loads[i].kind == "crew":
                kind[problem.loads[a, i]] = True
    return people, cargo
