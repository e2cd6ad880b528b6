"""Conflicts that need no solver: a demand that no single flight can serve in time, whatever else is done.

For each hard demand all flights that could bring what it asks, or are what it asks, are looked at. Where each of
them is forbidden by something given, a smallest set of such givens is named with the demand.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from moonwright.explain.given import Given, of_limit, told_before
from moonwright.explain.liftable import Liftable
from moonwright.network.demand import Requirement, requirements
from moonwright.network.network import Arc
from moonwright.scenario.demand import BuildDemand, CrewDemand, DeliverDemand, Demand, FlyDemand
from moonwright.scenario.scenario import Scenario

Carrier = tuple[int, int | None]  # number of an arc, and of the load that it brings


def without_solver(model: Liftable, scenario: Scenario) -> tuple[Given, ...]:
    """The first hard demand that no flight can serve, and what forbids them; nothing where each has a flight."""
    against: dict[int, list[Given]] = defaultdict(list)
    for column, given, bound in model.caps:
        if bound == 0.0:
            against[column].append(given)
    for name, demand in scenario.demands.items():
        if demand.rank != "hard" or _begun(scenario, demand):
            continue
        for asked in requirements(model.problem.network, demand):
            carriers = list(_carriers(model, demand, asked))
            forbidden = [_forbidding(model, against, carrier) for carrier in carriers]
            if all(forbidden) and asked.amount > 0.0:
                return (Given("demand", ("demands", name)), *_smallest_cover(forbidden))
    return ()


def _begun(scenario: Scenario, demand: Demand) -> bool:
    """True where some of what is asked is there, or under way, at the start: then it is not flights alone that count."""
    start = scenario.initial
    if isinstance(demand, BuildDemand):
        there = any(x.element == demand.element for x in start.elements)
        return there or any(demand.element in x.elements for x in start.under_way)
    if isinstance(demand, CrewDemand):
        return any(x.node == demand.node for x in start.crew) or any(x.crew for x in start.under_way)
    if isinstance(demand, DeliverDemand):
        return any(demand.resource in x.resources for x in start.under_way)
    return not isinstance(demand, FlyDemand)


def _carriers(model: Liftable, demand: Demand, asked: Requirement) -> Iterator[Carrier]:
    """Every flight, and what it carries, that could serve a requirement if nothing forbade it."""
    for a, arc in enumerate(model.problem.network.arcs):
        if isinstance(demand, FlyDemand):
            if (
                arc.itinerary.course.mission == demand.mission
                and asked.from_d <= arc.departure_d < asked.until_d
            ):
                yield a, None
            continue
        for i in arc.loads:
            if _serves(model, demand, asked, arc, i):
                yield a, i


def _serves(model: Liftable, demand: Demand, asked: Requirement, arc: Arc, i: int) -> bool:
    load, stops = arc.itinerary.loads[i], arc.itinerary.course.stops
    node = stops[load.alight]
    if isinstance(demand, DeliverDemand):
        day = arc.departure_d + arc.itinerary.course.reached_d(load.alight)
        return load.name == demand.resource and node == demand.node and asked.from_d < day <= asked.until_d
    in_time = asked.opening is not None and arc.reached[load.alight] < asked.opening
    if isinstance(demand, BuildDemand):
        home = model.problem.scenario.elements[demand.element].node
        return load.kind == "element" and load.name == demand.element and node == home and in_time
    return isinstance(demand, CrewDemand) and load.kind == "crew" and node == demand.node and in_time


def _forbidding(model: Liftable, against: dict[int, list[Given]], carrier: Carrier) -> frozenset[Given]:
    """What forbids a flight, or keeps a single unit of what it should carry off it."""
    a, i = carrier
    found = list(against[model.problem.flights[a]])
    if i is not None:
        found += against[model.problem.loads[a, i]]
        arc = model.problem.network.arcs[a]
        single = 1.0 if arc.itinerary.loads[i].whole else 0.0
        for limit in arc.itinerary.limits:
            if (
                not limit.least
                and min(limit.weights, default=0.0) >= 0.0
                and limit.weights[i] * single > limit.capacity
            ):
                found.append(of_limit(model.problem.scenario, arc.itinerary, limit))
    return frozenset(found)


def _smallest_cover(sets: Sequence[frozenset[Given]]) -> tuple[Given, ...]:
    """Givens of which each set has one, none of them needless: those that forbid most first."""
    chosen: list[Given] = []
    left = list(sets)
    while left:
        counts: dict[Given, int] = defaultdict(int)
        for one in left:
            for given in one:
                counts[given] += 1
        best = min(sorted(counts, key=str), key=lambda given: (-counts[given], told_before(given)))
        chosen.append(best)
        left = [one for one in left if best not in one]
    for given in list(chosen):
        if all(one & (set(chosen) - {given}) for one in sets):
            chosen.remove(given)
    return tuple(chosen)
