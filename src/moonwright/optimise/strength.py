"""Rows that every plan obeys but fractional flights do not: they bring the bound near the best plan.

Each family asks `least` what must come, be built or be carried in any plan, and says it of whole flights or copies.
Proofs: docs/model/strength.md.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from moonwright.network.network import Arc, Limit
from moonwright.optimise import money
from moonwright.optimise.demand import asked_of, bringing
from moonwright.optimise.element import commissioned
from moonwright.optimise.highs import Limits, solve
from moonwright.optimise.least import Least
from moonwright.optimise.model import Model, dense, model_of, with_rows
from moonwright.optimise.problem import Problem
from moonwright.optimise.row import Row, Terms, at_least
from moonwright.scenario.demand import DeliverDemand

MOMENTS = 30  # openings at which sums over the past are bounded, at most: more cost time and tell little
_WHOLE = 1e-4  # a least value this little above a whole number is that number
_FRACTION = 0.01  # what rounding up must add to be worth a row
_CHEAPEST = Limits(gap=0.001, time_s=10.0, nodes=1000)  # seen to take half a second at most
_DUST = 1e-6  # relative: a bound is told so much lower than the solver proves it

Family = Callable[[Problem, Least, Sequence[Row]], Iterator[Row]]


def strengthened(problem: Problem, model: Model) -> Model:
    """The model with the rows of every family here; its columns' bounds (shortfalls held at 0, say) are heeded."""
    least = Least(model)
    rows: list[tuple[str, Row]] = []
    for family in FAMILIES:
        told = [row for _, row in rows]
        rows += [(family.__name__, row) for row in family(problem, least, told)]
    return with_rows(model, rows)


def copies_needed(problem: Problem, least: Least, _told: Sequence[Row]) -> Iterator[Row]:
    """sum of copies commissioned by k, over elements that give one service, >= least, rounded up."""
    moments = _moments(problem)
    rows: list[Row] = []
    for name, elements in _services(problem).items():

        def built(k: int, elements: Sequence[str] = elements) -> Terms:
            return [term for element in elements for term in commissioned(problem, element, k)[0]]

        @cache
        def asked(k: int, built: Callable[[int], Terms] = built) -> float:
            return least(built(k))

        for need in range(1, math.ceil(asked(problem.last) - _WHOLE) + 1):
            k = moments[bisect_left(moments, need - 1.0 + _WHOLE, key=asked)]
            if need > asked(k) + _FRACTION:
                rows.append(at_least((name, problem.network.openings[k].label, need), built(k), float(need)))
    for row in rows:
        least.add(row)  # what must be built bounds what must come: it is asked next
    yield from rows


def _services(problem: Problem) -> dict[str, list[str]]:
    """Elements by what they give at a node, and each by itself; sets of one element are told once."""
    found: dict[str, list[str]] = {name: [name] for name in problem.scenario.elements}
    for name, element in problem.scenario.elements.items():
        gives = element.provides
        for service, amount in (
            ("robot hours", gives.robot_hours),
            ("berths", gives.berths),
            ("power by day", gives.power_day),
            ("power by night", gives.power_night + gives.energy_storage),
        ):
            if amount:
                found.setdefault(f"{service} at {element.node}", []).append(name)
    return {key: names for key, names in found.items() if len(names) > 1 or key in problem.scenario.elements}


def goods_arrive(problem: Problem, least: Least, _told: Sequence[Row]) -> Iterator[Row]:
    """sum over flights that reach a node by k of min(most kg one can bring, least) >= least kg that must have come."""
    for node in _goals(problem):
        for k in _moments(problem):
            yield from _cover(
                problem, least, (node, problem.network.openings[k].label), _bringing(problem, node, k)
            )


def goods_arrive_in_time(problem: Problem, least: Least, _told: Sequence[Row]) -> Iterator[Row]:
    """The same for one resource between two days that a demand names."""
    for name, demand, n, asked in asked_of(problem, DeliverDemand):
        found = [(a, [i]) for a, i in bringing(problem, demand, asked)]
        yield from _cover(problem, least, (name, n), found)


def people_arrive(problem: Problem, least: Least, _told: Sequence[Row]) -> Iterator[Row]:
    """sum over flights that bring people to a node by k of min(seats, least) >= least number that must have come."""
    for node in problem.network.homes:
        for k in _moments(problem):
            yield from _cover(
                problem,
                least,
                (node, problem.network.openings[k].label),
                _bringing(problem, node, k, people=True),
            )


def flights_cost(problem: Problem, _least: Least, told: Sequence[Row]) -> Iterator[Row]:
    """sum of price * flights >= cost of the cheapest whole flights that obey the rows before."""
    flights = set(problem.flights.values())
    rows = [("", row) for row in told if all(column in flights for column, _ in row.terms)]
    asked = {column for _, row in rows for column, _ in row.terms}
    prices = [(column, price) for column, price in money.cost(problem)[0] if column in asked and price > 0.0]
    if prices:
        found = solve(model_of(problem, rows), dense(problem, prices), _CHEAPEST)
        if math.isfinite(found.bound) and found.bound > 0.0:
            yield at_least(("all",), prices, found.bound * (1.0 - _DUST))


FAMILIES: tuple[Family, ...] = (
    copies_needed,
    goods_arrive_in_time,
    people_arrive,
    goods_arrive,
    flights_cost,
)

_Bringing = Sequence[tuple[int, list[int]]]  # (arc, its loads that count)


def _cover(problem: Problem, least: Least, key: tuple[object, ...], bringing: _Bringing) -> Iterator[Row]:
    """sum of min(most, need) * flights >= need, where need is the least that must come by the flights named."""
    arcs = problem.network.arcs
    people = any(arcs[a].itinerary.loads[i].kind == "crew" for a, loads in bringing for i in loads)
    worth = [
        (a, loads, [1.0 if people else arcs[a].itinerary.loads[i].mass_kg for i in loads])
        for a, loads in bringing
    ]
    most = {a: capacity(arcs[a], loads, weights) for a, loads, weights in worth}
    if not most or math.inf in most.values():
        return
    need = least(
        [(problem.loads[a, i], w) for a, loads, weights in worth for i, w in zip(loads, weights, strict=True)]
    )
    need = float(math.ceil(need - _WHOLE)) if people else need
    if need > _WHOLE:
        yield at_least(key, [(problem.flights[a], min(kg, need) / need) for a, kg in most.items()], 1.0)


def capacity(arc: Arc, loads: Sequence[int], weights: Sequence[float]) -> float:
    """Most of sum weight * load that one flight of an arc can carry: the least of what each limit by itself allows."""
    allowed = [
        _room(arc, limit, loads) * max(w / limit.weights[i] for i, w in zip(loads, weights, strict=True))
        for limit in arc.itinerary.limits
        if not limit.least and min(limit.weights) >= 0.0 and all(limit.weights[i] > 0.0 for i in loads)
    ]
    return max(0.0, min(allowed, default=math.inf))


def _room(arc: Arc, limit: Limit, loads: Sequence[int]) -> float:
    """What a limit leaves for some loads when the least crew is aboard, whoever that is."""
    taken = 0.0
    for other in arc.itinerary.limits:
        crew = [i for i in arc.loads if other.weights[i] > 0.0] if other.least else []
        if crew and not set(crew) & set(loads):
            taken = max(taken, other.capacity * min(limit.weights[i] for i in crew))
    return limit.capacity - taken


def _bringing(problem: Problem, node: str, until: int, *, people: bool = False) -> _Bringing:
    """Arcs that reach a node before a period with loads that alight there: people, or goods."""
    found = []
    for a, arc in enumerate(problem.network.arcs):
        stops = arc.itinerary.course.stops
        here = [
            i
            for i in arc.loads
            for load in [arc.itinerary.loads[i]]
            if (load.kind == "crew") == people
            and stops[load.alight] == node
            and arc.reached[load.alight] < until
        ]
        if here:
            found.append((a, here))
    return found


def _goals(problem: Problem) -> list[str]:
    """Nodes at which goods alight."""
    return list(
        dict.fromkeys(
            arc.itinerary.course.stops[arc.itinerary.loads[i].alight]
            for arc in problem.network.arcs
            for i in arc.loads
            if arc.itinerary.loads[i].kind != "crew"
        )
    )


def _moments(problem: Problem) -> list[int]:
    """At most MOMENTS openings, evenly over the horizon, its close among them."""
    step = max(1, math.ceil(problem.last / MOMENTS))
    return list(range(problem.last, 0, -step))[::-1]
