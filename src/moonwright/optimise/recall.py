"""Plan -> values: a plan's decisions as columns again, the inverse of extract."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from moonwright.network.network import Load
from moonwright.network.period import period_of
from moonwright.optimise.highs import Limits, solve
from moonwright.optimise.model import Floats, Model
from moonwright.optimise.problem import Problem
from moonwright.plan import Flight, Plan

_SAME_D = 1e-6  # moments closer than this are one
_COMPLETE = Limits(gap=0.0, time_s=60.0)  # what is left once the decisions are fixed is an LP, or nearly


@dataclass(frozen=True)
class Recalled:
    """`decided`: value of every column of a flight, load, purchase or build, nought where the plan has none.

    `arcs`: the number of each flight's arc, by its name. `strangers`: flights, purchases and builds of the plan
    that the problem does not know, as may happen where it is not the one that the plan was made for.
    """

    decided: Mapping[int, float]
    arcs: Mapping[str, int]
    strangers: tuple[str, ...]


def recall(problem: Problem, plan: Plan) -> Recalled:
    """The columns that a plan decides. What follows from them (stocks, crews, rides home) is left to `completed`."""
    decided: dict[int, float] = dict.fromkeys(
        [
            *problem.flights.values(),
            *problem.loads.values(),
            *problem.bought.values(),
            *problem.built.values(),
        ],
        0.0,
    )
    strangers: list[str] = []
    arcs = _arcs(problem, plan)
    for flight in plan.flights:
        columns = _aboard(problem, arcs[flight.name], flight) if flight.name in arcs else None
        if columns is None:
            strangers.append(flight.name)
            continue
        decided[problem.flights[arcs[flight.name]]] += 1.0
        for column, amount in columns:
            decided[column] += amount
    for what, copy in _other(problem, plan):
        if copy is None:
            strangers.append(what)
        else:
            decided[copy] += 1.0
    return Recalled(decided, {f: a for f, a in arcs.items() if f not in strangers}, tuple(strangers))


def _arcs(problem: Problem, plan: Plan) -> dict[str, int]:
    """The number of the arc that each flight flies, by name; flights without one are left out.

    A launch may leave earlier in its period than its arc, since launches of a period are set apart: the arc is the
    one of the same course and period on the very day, else the next one after it.
    """
    by_course: dict[tuple[str, str | None, int], list[int]] = defaultdict(list)
    for a, arc in enumerate(problem.network.arcs):
        by_course[arc.itinerary.course.mission, arc.itinerary.course.launcher, arc.depart].append(a)
    found: dict[str, int] = {}
    taken: set[int] = set()
    for flight in sorted(plan.flights, key=lambda f: -f.departure_d):
        depart = period_of(problem.network.periods, flight.departure_d)
        free = [
            a
            for a in by_course[flight.mission, flight.launcher, depart]
            if problem.network.arcs[a].departure_d >= flight.departure_d - _SAME_D and a not in taken
        ]
        if free:
            nearest = min(free, key=lambda a: problem.network.arcs[a].departure_d)
            found[flight.name] = nearest
            if problem.network.arcs[nearest].single:
                taken.add(nearest)
    return found


def _aboard(problem: Problem, a: int, flight: Flight) -> list[tuple[int, float]] | None:
    """(column, amount) of all that a flight carries; None where something may not ride on its arc."""
    arc = problem.network.arcs[a]
    places = {_place(arc.itinerary.loads[i]): i for i in arc.loads}
    columns = []
    for place, amount in _carried(flight):
        if place not in places:
            return None
        columns.append((problem.loads[a, places[place]], amount))
    return columns


_Place = tuple[str, str, int, int, str | None]  # kind, name, board, alight, tank


def _place(load: Load) -> _Place:
    return load.kind, load.name, load.board, load.alight, load.tank


def _carried(flight: Flight) -> Iterator[tuple[_Place, float]]:
    for cargo in flight.cargo:
        kind = "tank" if cargo.tank else "resource"
        yield (kind, cargo.resource, cargo.board, cargo.alight, cargo.tank), cargo.mass_kg
    for item in flight.items:
        yield ("element", item.element, item.board, item.alight, None), 1.0
    for seat in flight.crew:
        yield ("crew", seat.kind, seat.board, seat.alight, None), float(seat.count)


def _other(problem: Problem, plan: Plan) -> Iterator[tuple[str, int | None]]:
    """(what, column) of every copy built or bought."""
    opens = {problem.purchase_d(p.index): p.index for p in problem.network.periods}
    closes = {float(p.end_d): p.index for p in problem.network.periods}
    for build in plan.builds:
        k = closes.get(build.day_d, -1)
        yield f"{build.element} {build.copy_no}", problem.built.get((build.element, k))
    for purchase in plan.purchases:
        k = opens.get(purchase.day_d, -1)
        for _ in range(purchase.count):
            yield f"purchase of {purchase.vehicle}", problem.bought.get((purchase.vehicle, k))


def completed(problem: Problem, model: Model, costs: Floats, recalled: Recalled) -> Floats | None:
    """Values of all columns with the whole decisions of a plan, the others as cheap as they can be (costs * x).

    None where the model does not allow those decisions.
    """
    if recalled.strangers:
        return None
    answer = solve(with_decided_fixed(model, recalled), costs, _COMPLETE)
    return answer.values if answer.values.size else None


def with_decided_fixed(model: Model, recalled: Recalled) -> Model:
    """The model in which every whole decision of a plan is taken; loads that come by the kg stay free."""
    columns = np.array([c for c in recalled.decided if model.whole[c]], dtype=int)
    values = np.array([recalled.decided[c] for c in columns])
    lower, upper = model.column_lower.copy(), model.column_upper.copy()
    lower[columns] = values
    upper[columns] = values
    return replace(model, column_lower=lower, column_upper=upper)
