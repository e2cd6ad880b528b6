"""Constraints on flights: what one flight may lift, hold, carry and seat; how often it may leave."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from moonwright.network.network import Arc
from moonwright.optimise.problem import Problem, arc_key
from moonwright.optimise.row import Row, Terms, at_least, at_most
from moonwright.units import DAYS_PER_YEAR

_MORE = 1.0 + 1e-9  # more than a limit, rounding aside


def flight_limits(problem: Problem) -> Iterator[Row]:
    """sum_l w_l load_l <= capacity * flights  (>= for the least crew), for each limit of each arc."""
    for a, arc in enumerate(problem.network.arcs):
        for n, limit in enumerate(arc.itinerary.limits):
            aboard = [(problem.loads[a, i], limit.weights[i]) for i in arc.loads if limit.weights[i]]
            terms = [*aboard, (problem.flights[a], -limit.capacity)]
            key = (*arc_key(arc), n, limit.name)
            if limit.least:
                yield at_least(key, terms, 0.0)
            elif aboard or limit.capacity < 0:
                yield at_most(key, terms, 0.0)


def item_needs_flight(problem: Problem) -> Iterator[Row]:
    """item <= min(copies that one flight can lift, copies) * flights: an indivisible item flies whole on one flight."""
    for a, arc in enumerate(problem.network.arcs):
        for i in arc.loads:
            load = arc.itinerary.loads[i]
            if load.kind == "element":
                fits = [x.capacity // x.weights[i] for x in arc.itinerary.limits if x.weights[i] > 0]
                most = max(0.0, min(*fits, float(problem.scenario.elements[load.name].quantity)))
                key = (*arc_key(arc), load.name, load.alight)
                yield at_most(key, [(problem.loads[a, i], 1.0), (problem.flights[a], -most)], 0.0)


def big_items(problem: Problem) -> Iterator[Row]:
    """sum of items of which no k + 1 fit one flight together <= k * flights, for k = 1, 2, 3."""
    for a, arc in enumerate(problem.network.arcs):
        items = [i for i in arc.loads if arc.itinerary.loads[i].kind == "element"]
        limits = [limit for limit in arc.itinerary.limits if not limit.least and min(limit.weights) >= 0.0]
        for k in (1, 2, 3):
            sets = (tuple(i for i in items if x.weights[i] * (k + 1) > x.capacity * _MORE) for x in limits)
            for n, big in enumerate(dict.fromkeys(found for found in sets if len(found) > k)):
                terms = [(problem.loads[a, i], 1.0) for i in big]
                yield at_most((*arc_key(arc), k, n), [*terms, (problem.flights[a], -float(k))], 0.0)


def cadence(problem: Problem) -> Iterator[Row]:
    """sum of launches in a calendar year <= cadence; a cadence below one: one launch in 1/cadence years."""
    scenario = problem.scenario
    for name, launcher in scenario.launchers.items():
        launches = _launches(problem, name)
        if launcher.cadence >= 1.0:
            years: dict[int, Terms] = defaultdict(list)
            for a, arc in launches:
                years[problem.network.world.year_of(arc.departure_d)].append((problem.flights[a], 1.0))
            for year, terms in years.items():
                yield at_most((name, year), terms, float(int(launcher.cadence + 1e-9)))
        else:
            span_d = DAYS_PER_YEAR / max(launcher.cadence, 1e-9)
            yield from _spaced(problem, name, launches, span_d)


def turnaround(problem: Problem) -> Iterator[Row]:
    """Launches in a period <= what fits between its start and the latest departure; one in any shorter span."""
    for name, launcher in problem.scenario.launchers.items():
        if launcher.turnaround <= 0:
            continue
        by_period: dict[int, list[tuple[int, Arc]]] = defaultdict(list)
        for a, arc in _launches(problem, name):
            by_period[arc.depart].append((a, arc))
        for k, launches in by_period.items():
            fit = len(problem.slots.days([arc for _, arc in launches], float(launcher.turnaround)))
            flown = [(problem.flights[a], 1.0) for a, _ in launches]
            crewed = [(problem.flights[a], 1.0) for a, arc in launches if arc.itinerary.carries_crew]
            yield at_most((name, problem.network.periods[k].label), flown, float(fit))
            yield at_most((name, problem.network.periods[k].label, "crewed"), crewed, 1.0)
        yield from _spaced(problem, name, _launches(problem, name), float(launcher.turnaround), periods=2)


def _launches(problem: Problem, launcher: str) -> list[tuple[int, Arc]]:
    arcs = enumerate(problem.network.arcs)
    return [(a, arc) for a, arc in arcs if arc.itinerary.course.launcher == launcher]


def _spaced(
    problem: Problem, name: str, launches: list[tuple[int, Arc]], span_d: float, periods: int = 1
) -> Iterator[Row]:
    """At most one launch in any stretch of `span_d` that reaches over so many periods or more."""
    launches = sorted(launches, key=lambda launch: launch[1].departure_d)
    for first, (_, arc) in enumerate(launches):
        if first and launches[first - 1][1].departure_d == arc.departure_d:
            continue  # its row says less than that of the one before
        near = [(a, x) for a, x in launches[first:] if x.departure_d - arc.departure_d < span_d - 1e-9]
        if len({x.depart for _, x in near}) >= periods:
            yield at_most(
                (name, f"{arc.departure_d:g}d", f"{span_d:g}d"),
                [(problem.flights[a], 1.0) for a, _ in near],
                1.0,
            )


def imleo(problem: Problem) -> Terms:
    """Mass that launchers lift, kg: what is in orbit when each of them has done its work."""
    terms: Terms = []
    for a, arc in enumerate(problem.network.arcs):
        if arc.itinerary.course.launcher:
            terms.append((problem.flights[a], arc.itinerary.launch_kg))
            weights = arc.itinerary.launch_weights
            terms += [(problem.loads[a, i], weights[i]) for i in arc.loads if weights[i]]
    return terms
