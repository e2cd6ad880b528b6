"""The model of a scenario with every given set apart, so that any of them can be lifted and laid on again.

It is posed on the network of the scenario without dates, whose arcs are a superset: dates come back as columns
that are held at nothing. A given that is lifted leaves what it rules free, or a hundred times as large where
nothing else would tie cargo to flights.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from moonwright.explain.given import OWNERS, Given, against_arc, against_load, of_limit
from moonwright.network.expand import expand
from moonwright.network.network import Arc, Network
from moonwright.optimise import flight, stock
from moonwright.optimise.highs import row_prices
from moonwright.optimise.model import FAMILIES, Floats, Model, model_of
from moonwright.optimise.pose import pose
from moonwright.optimise.problem import Problem
from moonwright.optimise.row import Row
from moonwright.scenario.demand import ReserveDemand
from moonwright.scenario.scenario import Scenario
from moonwright.world.observe import observe
from moonwright.world.world import World

_LOOSE = 100.0  # times what one flight holds or a plant makes: more than any campaign needs of it
_NO_PRICE = 1e-9  # below: rounding
_LOOSE_LEAST = 1e5  # kg, or people: where a limit is nothing at all, or less


@dataclass(frozen=True)
class Liftable:
    """`row_given[r]`: number of the given that row r stands for, -1 for none. `caps`: (column, given, upper bound)."""

    problem: Problem
    model: Model
    givens: tuple[Given, ...]
    row_given: NDArray[np.int32]
    caps: tuple[tuple[int, int, float], ...]

    def standing(self, active: Collection[Given], until: int | None = None) -> Model:
        """The model in which only these givens hold; of openings after `until` nothing is asked."""
        on = np.array([given in set(active) for given in self.givens] + [True])  # the last stands for "none"
        upper = self.model.column_upper.copy()
        for column, given, bound in self.caps:
            if on[given]:
                upper[column] = min(upper[column], bound)
        openings = np.array(self.problem.columns.openings)
        seen = openings <= (openings.max() if until is None else until)
        return _within(replace(self.model, column_upper=upper), on[self.row_given], seen)

    def blamed(self, active: Collection[Given], until: int | None = None) -> frozenset[Given]:
        """Givens whose rows or bounds have a price in the relaxation, where rows of givens may be broken at a cost."""
        on = np.array([given in set(active) for given in self.givens] + [True])
        openings = np.array(self.problem.columns.openings)
        kept = _kept_rows(
            self.model, on[self.row_given], openings <= (openings.max() if until is None else until)
        )
        soft = self.row_given[kept] >= 0
        elastic, costs = _elastic(self.standing(active, until), soft)
        prices = row_prices(elastic, costs)
        if prices is None:
            return frozenset(active)
        owners = self.row_given[kept][np.abs(prices) > _NO_PRICE]
        weights = elastic.values * prices[np.repeat(np.arange(len(prices)), np.diff(elastic.starts))]
        worth = np.bincount(elastic.indices, weights=weights, minlength=len(costs))
        held = [given for column, given, _ in self.caps if on[given] and worth[column] > _NO_PRICE]
        return frozenset(self.givens[n] for n in {*owners[owners >= 0].tolist(), *held})


def liftable(scenario: Scenario) -> Liftable:
    """The model of a scenario, every given set apart."""
    world = observe(scenario)
    problem = pose(_undated_network(scenario))
    owned = [(given, family, row) for given, family, row in _rows(problem)]
    caps = [*_forbidden(problem, world), *_copies(problem, scenario)]
    givens = tuple(dict.fromkeys([g for g, _, _ in owned if g] + [g for _, g, _ in caps]))
    number = {given: n for n, given in enumerate(givens)}
    return Liftable(
        problem=problem,
        model=_without_copies(problem, model_of(problem, [(family, row) for _, family, row in owned])),
        givens=givens,
        row_given=np.array([number[given] if given else -1 for given, _, _ in owned], dtype=np.int32),
        caps=tuple((column, number[given], upper) for column, given, upper in caps),
    )


# --- the network without dates


def _undated_network(scenario: Scenario) -> Network:
    """All arcs that would be there if no date forbade any; of a route with windows, those outside them too."""
    undated = _undated(scenario)
    network = expand(observe(undated), lean=False)
    if not any(route.windows for route in scenario.routes.values()):
        return network
    routes = {name: route.model_copy(update={"windows": ()}) for name, route in undated.routes.items()}
    known = {(arc.itinerary.name, arc.departure_d) for arc in network.arcs}
    own = {itinerary.name: itinerary for itinerary in network.itineraries}
    more: list[Arc] = [
        replace(arc, itinerary=own[arc.itinerary.name])
        for arc in expand(observe(undated.model_copy(update={"routes": routes})), lean=False).arcs
        if (arc.itinerary.name, arc.departure_d) not in known
    ]
    return replace(network, arcs=(*network.arcs, *more))


def _undated(scenario: Scenario) -> Scenario:
    ever = {"starts": None, "until": None}
    lifted = {
        "partners": ever,
        "missions": ever,
        "launchers": {"first_flight": None, "last_flight": None, "outages": ()},
        "vehicles": {"ready": None, "retired": None},
        "elements": {"ready": None},
    }
    return scenario.model_copy(
        update={
            noun: {name: entry.model_copy(update=change) for name, entry in getattr(scenario, noun).items()}
            for noun, change in lifted.items()
        }
    )


# --- rows and bounds, each with what it stands for


def _rows(problem: Problem) -> Iterator[tuple[Given | None, str, Row]]:
    scenario = problem.scenario
    yield from _flight_rows(problem)
    yield from _reserve_rows(problem)
    for family in FAMILIES:
        owner = OWNERS.get(family.__name__)
        if owner is not None:
            for row in family(problem):
                given = owner(scenario, row.key)
                yield given, family.__name__, row
                if given and family.__name__ == "production":
                    yield None, "production", _loosened(row)


def _flight_rows(problem: Problem) -> Iterator[tuple[Given | None, str, Row]]:
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


def _reserve_rows(problem: Problem) -> Iterator[tuple[Given | None, str, Row]]:
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


def _without_copies(problem: Problem, model: Model) -> Model:
    upper = model.column_upper.copy()
    upper[[*problem.built.values(), *problem.active.values()]] = np.inf
    return replace(model, column_upper=upper)


# --- the part of a model that speaks of what is seen


def _within(model: Model, rows: NDArray[np.bool_], seen: NDArray[np.bool_]) -> Model:
    """Some rows of a model, over the seen columns: a row is kept as far as it must hold whatever the unseen are.

    Unseen columns are at least nothing, so that they can only take from what a positive weight leaves to the others.
    """
    sizes = np.diff(model.starts)
    row_of = np.repeat(np.arange(len(sizes)), sizes)
    unseen = ~seen[model.indices]
    lower, upper = _implied(model, seen)
    rows = rows & (np.isfinite(lower) | np.isfinite(upper))
    entries = rows[row_of] & ~unseen
    counts = np.bincount(row_of[entries], minlength=len(sizes))[rows]
    return replace(
        model,
        column_upper=np.where(seen, model.column_upper, 0.0),
        row_lower=lower[rows],
        row_upper=upper[rows],
        row_labels=(),
        starts=np.concatenate([[0], np.cumsum(counts)]).astype(np.int32),
        indices=model.indices[entries],
        values=model.values[entries],
    )


def _implied(model: Model, seen: NDArray[np.bool_]) -> tuple[Floats, Floats]:
    """Bounds of each row that hold for its seen columns alone."""
    row_of = np.repeat(np.arange(len(model.row_lower)), np.diff(model.starts))
    unseen = ~seen[model.indices]
    lower, upper = model.row_lower.copy(), model.row_upper.copy()
    lower[row_of[unseen & (model.values > 0)]] = -np.inf
    upper[row_of[unseen & (model.values < 0)]] = np.inf
    return lower, upper


def _kept_rows(model: Model, rows: NDArray[np.bool_], seen: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Numbers of the rows that `_within` keeps, in order."""
    lower, upper = _implied(model, seen)
    return np.flatnonzero(rows & (np.isfinite(lower) | np.isfinite(upper)))


def _elastic(model: Model, soft: NDArray[np.bool_]) -> tuple[Model, Floats]:
    """The relaxation with a column for every side of a soft row, by which it may be missed, and what that costs."""
    rows, columns = len(model.row_lower), len(model.column_lower)
    below = np.flatnonzero(soft & np.isfinite(model.row_lower))
    above = np.flatnonzero(soft & np.isfinite(model.row_upper))
    missed = np.concatenate([below, above])
    order = np.argsort(
        np.concatenate([np.repeat(np.arange(rows), np.diff(model.starts)), missed]), kind="stable"
    )
    indices = np.concatenate([model.indices, columns + np.arange(len(missed))])[order]
    values = np.concatenate([model.values, np.ones(len(below)), -np.ones(len(above))])[order]
    sizes = np.diff(model.starts) + np.bincount(missed, minlength=rows)
    heaviest = np.ones(rows)
    np.maximum.at(heaviest, np.repeat(np.arange(rows), np.diff(model.starts)), np.abs(model.values))
    more = np.zeros(len(missed))
    elastic = replace(
        model,
        column_lower=np.concatenate([model.column_lower, more]),
        column_upper=np.concatenate([model.column_upper, more + np.inf]),
        whole=np.zeros(columns + len(missed), dtype=bool),
        starts=np.concatenate([[0], np.cumsum(sizes)]).astype(np.int32),
        indices=indices.astype(np.int32),
        values=values,
    )
    return elastic, np.concatenate([np.zeros(columns), 1.0 / heaviest[missed]])
