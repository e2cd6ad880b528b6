"""Constraints that demands and contracts impose, and what their shortfalls weigh."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from moonwright.network.demand import Requirement, requirements
from moonwright.optimise.crew import there_to_end
from moonwright.optimise.element import commissioned
from moonwright.optimise.problem import Problem
from moonwright.optimise.row import Row, Terms, at_least, at_most
from moonwright.optimise.worth import weighed
from moonwright.scenario.demand import BuildDemand, CrewDemand, DeliverDemand, FlyDemand

D = TypeVar("D", CrewDemand, BuildDemand, DeliverDemand, FlyDemand)


def crew_demand(problem: Problem) -> Iterator[Row]:
    """people present + shortfall >= count, in every period of the demand; and at the close, where it has no end by then."""
    horizon = problem.scenario.horizon
    for name, demand, n, asked in asked_of(problem, CrewDemand):
        assert asked.opening is not None
        lasts = asked.opening == problem.last - 1 and (demand.until is None or demand.until > horizon.end)
        for opening in (asked.opening, problem.last) if lasts else (asked.opening,):
            terms = [*_people(problem, demand, opening), *_short(problem, name, n)]
            yield at_least((name, problem.network.openings[opening].label), terms, asked.amount)


def _people(problem: Problem, demand: CrewDemand, opening: int) -> Terms:
    """Those present who count for a crew demand."""
    return [
        term
        for kind, x in problem.scenario.crew.items()
        if demand.of in (None, kind, x.owner) and (kind, demand.node, opening) in problem.present
        for term in there_to_end(problem, kind, demand.node, opening)
    ]


def build_demand(problem: Problem) -> Iterator[Row]:
    """copies commissioned + shortfall >= count, at every opening from the due date on."""
    for name, demand, n, asked in asked_of(problem, BuildDemand):
        assert asked.opening is not None
        terms, known = commissioned(problem, demand.element, asked.opening)
        yield at_least((name, asked.label), [*terms, *_short(problem, name, n)], asked.amount - known)


def deliver_demand(problem: Problem) -> Iterator[Row]:
    """what flights bring to the node within the window + shortfall >= amount."""
    for name, demand, n, asked in asked_of(problem, DeliverDemand):
        brought = [(problem.loads[a, i], 1.0) for a, i in bringing(problem, demand, asked)]
        known = sum(
            float(x.resources.get(demand.resource, 0.0))
            for x in problem.scenario.initial.under_way
            if x.node == demand.node and asked.from_d < problem.network.world.day_of(x.on) <= asked.until_d
        )
        yield at_least((name, asked.label), [*brought, *_short(problem, name, n)], asked.amount - known)


def bringing(problem: Problem, demand: DeliverDemand, asked: Requirement) -> Iterator[tuple[int, int]]:
    """(arc, load) pairs that count for a delivery: what alights at its node within its window and the horizon."""
    for a, arc in enumerate(problem.network.arcs):
        for i in arc.loads:
            load = arc.itinerary.loads[i]
            comes_d = arc.departure_d + arc.itinerary.course.reached_d(load.alight)
            if (
                load.name == demand.resource
                and arc.itinerary.course.stops[load.alight] == demand.node
                and asked.from_d < comes_d <= asked.until_d
                and arc.reached[load.alight] < problem.last
            ):
                yield a, i


def fly_demand(problem: Problem) -> Iterator[Row]:
    """flights of the mission that leave within the window + shortfall >= count."""
    for name, demand, n, asked in asked_of(problem, FlyDemand):
        flown = _flown(problem, demand.mission, asked.from_d, asked.until_d)
        yield at_least((name, asked.label), [*flown, *_short(problem, name, n)], asked.amount)


def contracts(problem: Problem) -> Iterator[Row]:
    """flights of a contracted mission that leave within its window >= the number contracted."""
    world = problem.network.world
    for i, contract in enumerate(problem.scenario.initial.contracts):
        from_d, until_d = world.day_of(contract.starts), world.day_of(contract.until)
        yield at_least(
            (contract.mission, i), _flown(problem, contract.mission, from_d, until_d), float(contract.count)
        )


def _flown(problem: Problem, mission: str, from_d: float, until_d: float) -> Terms:
    return [
        (problem.flights[a], 1.0)
        for a, arc in enumerate(problem.network.arcs)
        if arc.itinerary.course.mission == mission and from_d < arc.departure_d <= until_d
    ]


def asked_of(problem: Problem, kind: type[D]) -> Iterator[tuple[str, D, int, Requirement]]:
    """All that the demands of a kind ask: (name, demand, number of the requirement, requirement)."""
    for name, demand in problem.scenario.demands.items():
        if isinstance(demand, kind):
            for n, asked in enumerate(requirements(problem.network, demand)):
                yield name, demand, n, asked


def _short(problem: Problem, name: str, n: int) -> Terms:
    column = problem.short.get((name, n))
    return [] if column is None else [(column, 1.0)]


def shortfall(problem: Problem, rank: int) -> Terms:
    """Shortfalls of one rank, each in its unit times its price (MUSD)."""
    demands = problem.scenario.demands
    return [
        (problem.short[name, n], asked.weight * float(demand.price))
        for name, demand in demands.items()
        if demand.rank == rank and not weighed(problem.scenario, demand)
        for n, asked in enumerate(requirements(problem.network, demand))
    ]


def ranks(problem: Problem) -> list[int]:
    """The ranks of demands that are neither hard nor weighed by their worth, first one first."""
    scenario = problem.scenario
    return sorted(
        {d.rank for d in scenario.demands.values() if d.rank != "hard" and not weighed(scenario, d)}
    )


def finish_day(problem: Problem) -> Iterator[Row]:
    """finish >= sum_k end[k] done[k] + horizon (1 - sum_k done[k]), count * sum_(i<=k) done[i] <= commissioned."""
    horizon_d = float(problem.network.world.horizon_d)
    for name in dict.fromkeys(name for name, _ in problem.done):
        demand = problem.scenario.demands[name]
        assert isinstance(demand, BuildDemand)
        done = [problem.done[name, p.index] for p in problem.network.periods]
        late = [(d, horizon_d - p.end_d) for d, p in zip(done, problem.network.periods, strict=True)]
        yield at_least((name,), [(problem.finish, 1.0), *late], horizon_d)
        yield at_most((name, "once"), [(d, 1.0) for d in done], 1.0)
        for p in problem.network.periods:
            built, known = commissioned(problem, demand.element, p.index + 1)
            claimed = [(d, -float(demand.count)) for d in done[: p.index + 1]]
            yield at_least((name, p.label), [*built, *claimed], -known)
