"""The rows of a model and the bounds of its columns, each with the given that it stands for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from moonwright.explain.given import OWNERS, Given, against_arc, against_load, of_limit
from moonwright.optimise import flight, stock
from moonwright.optimise.model import FAMILIES
from moonwright.optimise.problem import Problem
from moonwright.optimise.row import Row
from moonwright.scenario.demand import ReserveDemand
from moonwright.scenario.scenario import Scenario
from moonwright.world.world import World

_LOOSE = 100.0  # times what one flight holds or a plant makes: more than any campaign needs of it
_LOOSE_LEAST = 1e5  # kg, or people: where a limit is nothing at all, or less


Laid = tuple[Given | None, str, Row]  # what a row stands for, the family that labels it, and the row
FLIGHTS, COVERS = "flight_limits", "stock_covers"  # parts of several families, or of one laid in layers
PARTS = (FLIGHTS, COVERS, *OWNERS)


def laid(problem: Problem, part: str) -> Iterator[Laid]:
    """The rows of one part of the model: a family, or families that belong together."""
    if part == FLIGHTS:
        yield from _flight_rows(problem)
    elif part == COVERS:
        yield from _reserve_rows(problem)
    else:
        yield from _family_rows(problem, part)


def _family_rows(problem: Problem, name: str) -> Iterator[Laid]:
    for row in (row for family in FAMILIES if family.__name__ == name for row in family(problem)):
        given = OWNERS[name](problem.scenario, row.key)
        yield given, name, row
        if name == "production":
            yield None, name, _loosened(row)


def _flight_rows(problem: Problem) -> Iterator[Laid]:
    """Limits of flights; and for each limit how many copies of an item one flight can lift by it."""
    itineraries = {itinerary.name: itinerary for itinerary in problem.network.itineraries}
    for row in flight.flight_limits(problem):
        itinerary = itineraries[str(row.key[0])]
        limit = itinerary.limits[int(str(row.key[2]))]
        yield of_limit(problem.scenario, itinerary, limit), "flight_limits", row
        if not limit.least:
            yield None, "flight_limits", _loosened(row)
    for a, arc in enumerate(problem.network.arcs):
        for limit in arc.itinerary.limits:
            for i in arc.loads:
                if arc.itinerary.loads[i].kind == "element" and not limit.least and limit.weights[i] > 0:
                    fits = max(0.0, limit.capacity // limit.weights[i])
                    item = Row(
                        (a, i, limit.name),
                        [(problem.loads[a, i], 1.0), (problem.flights[a], -fits)],
                        -np.inf,
                        0.0,
                    )
                    yield of_limit(problem.scenario, arc.itinerary, limit), "item_needs_flight", item
                    yield None, "item_needs_flight", _loosened(item)


def _loosened(row: Row) -> Row:
    """A row a x <= c y, with a c so large that it never binds but still ties x to y, which is its last term."""
    *terms, (column, weight) = row.terms
    return row._replace(
        key=(*row.key, "loose"), terms=[*terms, (column, -max(abs(weight) * _LOOSE, _LOOSE_LEAST))]
    )


def _reserve_rows(problem: Problem) -> Iterator[Laid]:
    """Stocks must cover what is used; and, for each reserve asked for, that reserve too."""
    demands = problem.scenario.demands
    reserves = [name for name, demand in demands.items() if isinstance(demand, ReserveDemand)]
    for kept in (None, *reserves):
        asked = {n: d for n, d in demands.items() if n not in reserves or n == kept}
        for row in stock.stock_covers(_with(problem, problem.scenario.model_copy(update={"demands": asked}))):
            yield (Given("demand", ("demands", kept)) if kept else None), "stock_covers", row


def _with(problem: Problem, scenario: Scenario) -> Problem:
    """The same columns, read by another scenario."""
    world: World = replace(problem.network.world, scenario=scenario)
    return replace(problem, network=replace(problem.network, world=world))


def caps(problem: Problem, world: World) -> Iterator[tuple[int, Given, float]]:
    """(column, given, upper bound): arcs and loads that dates forbid, and copies that there may be of elements."""
    yield from _forbidden(problem, world)
    yield from _copies(problem, world.scenario)


def _forbidden(problem: Problem, world: World) -> Iterator[tuple[int, Given, float]]:
    for a, arc in enumerate(problem.network.arcs):
        for given in against_arc(world, arc):
            yield problem.flights[a], given, 0.0
        for i in arc.loads:
            for given in against_load(world, arc, i):
                yield problem.loads[a, i], given, 0.0


def _copies(problem: Problem, scenario: Scenario) -> Iterator[tuple[int, Given, float]]:
    for table in (problem.built, problem.active):
        for (name, _), column in table.items():
            yield (
                column,
                Given("capacity", ("elements", name, "quantity")),
                float(scenario.elements[name].quantity),
            )
