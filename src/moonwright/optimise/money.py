"""Money: what every decision costs, whom, when; and the yearly budgets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from moonwright.network.element import ends_d
from moonwright.network.network import Arc
from moonwright.optimise.problem import Problem
from moonwright.optimise.row import Row, Terms, at_most
from moonwright.scenario.scenario import Scenario
from moonwright.units import DAYS_PER_YEAR

_KG_PER_T = 1000.0


class Price(NamedTuple):
    """One unit of a column costs a partner so much in a calendar year."""

    owner: str
    year: int
    column: int
    amount_musd: float


def prices(problem: Problem) -> Iterator[Price]:
    """The price of every decision, not yet split between the owners of what is shared."""
    for a, arc in enumerate(problem.network.arcs):
        yield from _flight(problem, a, arc)
    for (vehicle, k), column in problem.bought.items():
        x = problem.scenario.vehicles[vehicle]
        year = problem.network.world.year_of(problem.network.periods[k].end_d)
        refurbished = float(x.reuse.refurbishment) if x.reuse else 0.0
        yield Price(x.owner, year, column, float(x.price) - refurbished)
    for (name, k), column in problem.built.items():
        yield from _element(problem, name, k, column)


def _flight(problem: Problem, a: int, arc: Arc) -> Iterator[Price]:
    scenario, course = problem.scenario, arc.itinerary.course
    year = problem.network.world.year_of(arc.departure_d)
    flight = problem.flights[a]
    first_owner = scenario.vehicles[course.parts[0].vehicle].owner
    if course.launcher:
        launcher = scenario.launchers[course.launcher]
        yield Price(launcher.owner, year, flight, float(launcher.price))
    for part in course.parts:
        vehicle = scenario.vehicles[part.vehicle]
        if part.launched:
            paid = float(vehicle.reuse.refurbishment if vehicle.reuse else vehicle.price)
            yield Price(vehicle.owner, year, flight, paid)
    yield Price(payer_of(scenario, arc), year, flight, float(scenario.missions[course.mission].price))
    for i in arc.loads:
        load = arc.itinerary.loads[i]
        if load.kind in ("resource", "tank") and load.board == 0 and course.launcher:
            price_musd_kg = float(scenario.resources[load.name].price) / _KG_PER_T
            yield Price(first_owner, year, problem.loads[a, i], price_musd_kg)


def payer_of(scenario: Scenario, arc: Arc) -> str:
    """Who pays for a flight's operations."""
    course = arc.itinerary.course
    return scenario.missions[course.mission].payer or scenario.vehicles[course.parts[0].vehicle].owner


def _element(problem: Problem, name: str, k: int, column: int) -> Iterator[Price]:
    """Its price in the year of commissioning, its operations by the days it serves in each year."""
    element, world = problem.scenario.elements[name], problem.network.world
    built_d = problem.network.periods[k].end_d
    yield Price(element.owner, world.year_of(built_d), column, float(element.price))
    if element.operations:
        until_d = min(float(world.horizon_d), ends_d(world, element, built_d))
        for year, days in days_by_year(world.scenario.horizon.start, built_d, until_d):
            yield Price(element.owner, year, column, float(element.operations) * days / DAYS_PER_YEAR)


@lru_cache(maxsize=4096)
def days_by_year(start: date, from_d: float, until_d: float) -> tuple[tuple[int, float], ...]:
    """(year, days) of a stretch of days counted from `start`."""
    split = []
    year = date.fromordinal(start.toordinal() + int(from_d)).year
    while from_d < until_d:
        next_year_d = date(year + 1, 1, 1).toordinal() - start.toordinal()
        split.append((year, min(until_d, next_year_d) - from_d))
        from_d, year = min(until_d, float(next_year_d)), year + 1
    return tuple(split)


def initial_operations(problem: Problem) -> dict[tuple[str, int], float]:
    """Operations of elements in place at the start, MUSD by owner and year: nobody decides them, somebody pays."""
    world = problem.network.world
    totals: dict[tuple[str, int], float] = defaultdict(float)
    for there in problem.scenario.initial.elements:
        element = problem.scenario.elements[there.element]
        if there.commissioned and element.operations:
            since_d = float(world.day_of(there.since) if there.since else 0)
            until_d = min(float(world.horizon_d), ends_d(world, element, since_d))
            for year, days in days_by_year(world.scenario.horizon.start, 0.0, until_d):
                totals[element.owner, year] += (
                    float(there.count) * float(element.operations) * days / DAYS_PER_YEAR
                )
    return dict(totals)


def shares(scenario: Scenario, owner: str) -> dict[str, float]:
    """Who pays for what an owner owns: itself, or every partner its share where the owner is `shared`."""
    if owner != "shared":
        return {owner: 1.0}
    return {name: float(partner.share) for name, partner in scenario.partners.items() if partner.share}


def cost(problem: Problem) -> tuple[Terms, float]:
    """(terms, constant) of all costs, MUSD, discounted to the year of the start where a rate is given."""
    rate = float(problem.scenario.discount_rate)
    first = problem.scenario.horizon.start.year
    totals: dict[int, float] = defaultdict(float)
    for price in prices(problem):
        totals[price.column] += price.amount_musd * (1.0 + rate) ** (first - price.year)
    known = sum(
        musd * (1.0 + rate) ** (first - year) for (_, year), musd in initial_operations(problem).items()
    )
    return list(totals.items()), known


def budgets(problem: Problem) -> Iterator[Row]:
    """charges to a partner in a calendar year <= its budget for the year."""
    scenario = problem.scenario
    spent: dict[tuple[str, int], Terms] = defaultdict(list)
    for price in prices(problem):
        for partner, share in shares(scenario, price.owner).items():
            if price.amount_musd:
                spent[partner, price.year].append((price.column, share * price.amount_musd))
    known: dict[tuple[str, int], float] = defaultdict(float)
    for (owner, year), musd in initial_operations(problem).items():
        for partner, share in shares(scenario, owner).items():
            known[partner, year] += share * musd
    for (partner, year), terms in sorted(spent.items()):
        cap = scenario.partners[partner].budgets.get(year, scenario.partners[partner].budget)
        if cap is not None:
            yield at_most((partner, year), terms, float(cap) - known[partner, year])
