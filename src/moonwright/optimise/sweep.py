"""A plan made better piece by piece: a part of it is decided anew while the rest stays."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from moonwright.optimise.highs import Limits, Progress, gap_to, solve
from moonwright.optimise.model import Floats, Model, divisible, with_whole_held
from moonwright.optimise.problem import Problem

# Periods decided anew at once, and how far on the next stretch begins; measured on the lunar base and the station.
STRETCH, STEP = 18, 9
_GAP = 0.002  # of one piece: finer costs more time than it saves money
_FAR = 1e-4  # of a whole: what the relaxation has otherwise
_FAR_MOST = 0.25  # of all whole columns: where more are far, the relaxation tells little
_FAR_S, _STRETCH_S, _KIND_S = 5.0, 3.0, 10.0  # for one piece at most: what is found later is rare

Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Piece:
    """Columns that are decided anew, told from the plan as it is by then, and for how long at most.

    `most`: the share of all whole columns beyond which the piece is left out.
    """

    anew: Callable[[Floats], Bools]
    most_s: float
    most: float = 1.0


def swept(  # noqa: PLR0913  # the parts of a solve
    problem: Problem,
    model: Model,
    costs: Floats,
    offset: float,
    values: Floats,
    limits: Limits,
    progress: Progress | None,
    *,
    bound: float = -np.inf,
) -> tuple[Floats, float]:
    """(values no worse than those given, the best bound known); the gap of `limits` between them is enough.

    The pieces share the seconds of `limits`; a limit on nodes is for each.
    """
    began = time.perf_counter()
    objective = float(costs @ values)
    relaxed = solve(divisible(model), costs, limits, offset=offset)
    bound = max(bound, relaxed.bound if relaxed.status == "optimal" else -np.inf)
    pieces = list(_pieces(problem, relaxed.values))
    for n, piece in enumerate(pieces):
        left_s = limits.time_s - (time.perf_counter() - began)
        if left_s <= 0.0 or gap_to(bound, objective + offset) <= limits.gap:
            break
        anew = model.whole & piece.anew(values)
        if anew.sum() > piece.most * model.whole.sum():
            continue
        part = with_whole_held(model, model.whole & ~anew, values)
        # Most pieces are done at once and leave their share to the others.
        share_s = min(piece.most_s, 2.0 * left_s / (len(pieces) - n))
        within = limits.part(left_s, min(1.0, share_s / left_s), gap=_GAP)
        answer = solve(part, costs, within, offset=offset, start=values)
        if answer.values.size and float(costs @ answer.values) < objective:
            values, objective = answer.values, float(costs @ answer.values)
            if progress:
                progress(time.perf_counter() - began, objective + offset, -np.inf, np.inf)
    return values, bound


def _pieces(problem: Problem, relaxed: Floats) -> Iterator[Piece]:
    """Where the plan is far from the relaxation; stretches of time; cargo, people as they are; people, cargo as it is."""
    opening = np.array(problem.columns.openings)
    people, cargo = _kinds(problem)
    far = _far(problem, relaxed) if relaxed.size else []
    yield from far
    for first in range(0, max(1, problem.last - STRETCH + STEP), STEP):
        yield _fixed((opening >= first) & (opening < first + STRETCH), _STRETCH_S)
    yield from far
    if people.any() and cargo.any():
        yield _fixed(~people, _KIND_S)
        yield _fixed(~cargo, _KIND_S)
        yield from far


def _fixed(anew: Bools, most_s: float) -> Piece:
    return Piece(lambda _: anew, most_s)


def _far(problem: Problem, relaxed: Floats) -> list[Piece]:
    """What the plan has otherwise than the relaxation, and its like just before and after: where money lies idle."""
    alike = _alike(problem)
    return [Piece(lambda values: _about(alike, np.abs(values - relaxed) > _FAR), _FAR_S, _FAR_MOST)]


def _about(alike: Iterable[NDArray[np.int_]], far: Bools) -> Bools:
    """The columns that are far, and of those alike the one before and the one after."""
    anew = far.copy()
    for columns in alike:
        there = far[columns]
        anew[columns[:-1][there[1:]]] = True
        anew[columns[1:][there[:-1]]] = True
    return anew


def _alike(problem: Problem) -> list[NDArray[np.int_]]:
    """Columns that differ in nothing but their time, in order of time: flights, what they carry, builds, purchases."""
    found: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for a, arc in enumerate(problem.network.arcs):
        found[arc.itinerary.name, arc.single].append(problem.flights[a])
        for i in arc.loads:
            found[arc.itinerary.name, arc.single, i].append(problem.loads[a, i])
    for what in (problem.built, problem.bought, problem.done):
        for (name, _), column in what.items():
            found[id(what), name].append(column)
    opening = np.array(problem.columns.openings)
    return [np.array(each)[np.argsort(opening[each], kind="stable")] for each in found.values()]


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
