"""Constraints on vehicles that wait, dock and fly again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from moonwright.network.period import period_of
from moonwright.optimise.problem import Problem, flies_on
from moonwright.optimise.row import Row, Terms, at_least, at_most, equal, scaled
from moonwright.scenario.initial import VehicleThere

_SAME_D = 1e-9  # days closer than this are one


def vehicle_balance(problem: Problem) -> Iterator[Row]:
    """waiting[k+1] = waiting[k] + arrivals[k] - departures[k]; what departs must have waited when k opened."""
    moves = problem.exchanges
    for (vehicle, node, k), column in problem.waiting.items():
        label = problem.network.openings[k].label
        if k == 0:
            yield equal(
                (vehicle, node, label),
                [(column, 1.0)],
                sum(float(x.count) for x in _there(problem, vehicle, node)),
            )
            continue
        before = problem.waiting[vehicle, node, k - 1]
        came, went = moves.vehicles_in[vehicle, node, k - 1], moves.vehicles_out[vehicle, node, k - 1]
        terms = [(column, 1.0), (before, -1.0), *scaled(came, -1.0), *went]
        yield equal(
            (vehicle, node, label),
            terms,
            sum(float(x.vehicles.get(vehicle, 0.0)) for x in problem.under_way(node, k - 1)),
        )
        if went and (came or problem.under_way(node, k - 1)):
            yield at_least((vehicle, node, label, "there"), [(before, 1.0), *scaled(went, -1.0)], 0.0)


def longest_stay(problem: Problem) -> Iterator[Row]:
    """departures from k until the day that a stay may end on >= waiting[k]: first come, first gone."""
    leavings, comings = _leavings(problem), _comings(problem)
    for (vehicle, node, k), column in problem.waiting.items():
        stay = problem.scenario.vehicles[vehicle].stay
        if stay is None:
            continue
        ended_d = float(problem.network.periods[k - 1].end_d) if k else 0.0
        came_d = comings.get((vehicle, node, k - 1), ended_d)
        known: list[tuple[float, Terms, float]] = [
            (day, [], count) for day, count in problem.come_by(_there(problem, vehicle, node))
        ]
        for arrived_d, terms, count in known if k == 0 else [(came_d, [(column, 1.0)], 0.0)]:
            if arrived_d + stay < problem.network.world.horizon_d:
                gone = [
                    (flight, 1.0)
                    for day, i, flight in leavings[vehicle, node]
                    if i >= k and day <= arrived_d + stay + _SAME_D
                ]
                yield at_least((vehicle, node, f"{arrived_d:g}d", k), [*gone, *scaled(terms, -1.0)], count)


def _leavings(problem: Problem) -> dict[tuple[str, str], list[tuple[float, int, int]]]:
    """(day, period, column of the flight) of all that may take a vehicle from where it waits."""
    found: dict[tuple[str, str], list[tuple[float, int, int]]] = defaultdict(list)
    for a, arc in enumerate(problem.network.arcs):
        course = arc.itinerary.course
        for part in course.parts:
            if not part.launched:
                day = arc.departure_d + course.left_d(part.starts)
                key = part.vehicle, course.stops[part.starts]
                found[key].append((day, arc.left[part.starts], problem.flights[a]))
    return found


def _there(problem: Problem, vehicle: str, node: str) -> list[VehicleThere]:
    return [x for x in problem.scenario.initial.vehicles if (x.vehicle, x.node) == (vehicle, node)]


def _comings(problem: Problem) -> dict[tuple[str, str, int], float]:
    """(vehicle, node, period) -> the earliest day on which one may come: several cargo launches are set apart."""
    network = problem.network
    found: dict[tuple[str, str, int], float] = {}
    for arrival in problem.scenario.initial.under_way:
        day_d = float(network.world.day_of(arrival.on))
        for vehicle in arrival.vehicles:
            key = vehicle, arrival.node, period_of(network.periods, day_d)
            found[key] = min(found.get(key, day_d), day_d)
    for a, arc in enumerate(network.arcs):
        course = arc.itinerary.course
        for part in course.parts:
            k = arc.reached[part.ends]
            if part.end == "waits" and k < problem.last:
                key = part.vehicle, course.stops[part.ends], k
                day_d = problem.slots.earliest[a] + course.reached_d(part.ends)
                found[key] = min(found.get(key, day_d), day_d)
    return found


def ports(problem: Problem) -> Iterator[Row]:
    """waiting + arrivals + those that pause between two legs at a node, by kind of port, <= ports of elements at work there.

    Where no element could have a port of that kind, vehicles fly free.
    """
    scenario, moves, pausing = problem.scenario, problem.exchanges, _pausing(problem)
    docking: dict[tuple[str, str], set[str]] = defaultdict(set)
    for vehicle, node, _ in (*problem.waiting, *pausing):
        if port := scenario.vehicles[vehicle].port:
            docking[port, node].add(vehicle)
    for (port, node), vehicles in docking.items():
        for period in problem.network.periods:
            k = period.index
            there = [
                (problem.waiting[v, node, k], 1.0)
                for v in sorted(vehicles)
                if (v, node, k) in problem.waiting
            ]
            for v in sorted(vehicles):
                there += [*moves.vehicles_in[v, node, k], *pausing[v, node, k]]
            given = [
                (problem.active[e, k], -float(x.provides.ports.get(port, 0.0)))
                for e, x in scenario.elements.items()
                if x.node == node and port in x.provides.ports
            ]
            coming = sum(float(x.vehicles.get(v, 0.0)) for x in problem.under_way(node, k) for v in vehicles)
            if given:
                yield at_most((port, node, period.label), [*there, *given], -coming)


def _pausing(problem: Problem) -> dict[tuple[str, str, int], Terms]:
    """Flights of which a vehicle stays at a node between two of its legs, by vehicle, node and period."""
    found: dict[tuple[str, str, int], Terms] = defaultdict(list)
    for a, arc in enumerate(problem.network.arcs):
        course = arc.itinerary.course
        for part in course.parts:
            legs = [n for n, ride in enumerate(course.rides) if part.name in ride.parts]
            for before, after in pairwise(legs):
                if course.rides[after].starts_d > course.rides[before].ends_d:
                    node = course.stops[before + 1]
                    for k in range(arc.reached[before + 1], arc.left[after] + 1):
                        found[part.vehicle, node, k].append((problem.flights[a], 1.0))
    return found


def fleet(problem: Problem) -> Iterator[Row]:
    """fleet[k+1] = fleet[k] + bought[k] - launched[k] + recovered and turned round by k; launches <= flights bought.

    What is bought is launched in that very period and year: nobody buys in advance.
    """
    scenario = problem.scenario
    for (vehicle, k), column in problem.fleet.items():
        known = [x for x in scenario.initial.fleet if x.vehicle == vehicle]
        if k == 0:
            yield equal((vehicle, "start"), [(column, 1.0)], sum(float(x.count) for x in known))
            continue
        label = problem.network.openings[k].label
        launched, back, uses = (
            _launched(problem, vehicle, k - 1),
            _back(problem, vehicle, k - 1),
            _uses(problem, vehicle, k - 1),
        )
        before, bought = problem.fleet[vehicle, k - 1], problem.bought[vehicle, k - 1]
        yield equal(
            (vehicle, label),
            [(column, 1.0), (before, -1.0), (bought, -1.0), *launched, *scaled(back, -1.0)],
            0.0,
        )
        yield at_least(
            (vehicle, label, "there"), [(before, 1.0), (bought, 1.0), *scaled(launched, -1.0)], 0.0
        )
        first_d = problem.purchase_d(k - 1)
        since = _launched(problem, vehicle, k - 1, first_d)
        yield at_most((vehicle, label, "new"), [(bought, 1.0), *scaled(since, -1.0)], 0.0)
        if len(since) < len(launched):  # what leaves in the old year was there before
            yield at_most((vehicle, label, "old"), [*launched, *scaled(since, -1.0), (before, -1.0)], 0.0)
        reuse = scenario.vehicles[vehicle].reuse
        flights = float(reuse.flights) if reuse else 1.0
        every = [(problem.bought[vehicle, i], -flights) for i in range(k)]
        left = sum(float(x.count * x.flights_left) for x in known) + _waiting_uses(problem, vehicle, flights)
        if flies_on(problem.network, vehicle):
            failed = problem.network.worn.count(vehicle)
            left -= failed * (failed + 1) / 2
        yield at_most((vehicle, label, "flights"), [*uses, *every], left)


def worn_out(problem: Problem) -> Iterator[Row]:
    """launches <= fleet[k] + bought[k] - worn[k], worn[k] >= (flights flown by those at home - flights + 1) / flights.

    Only for types of which a plan would have flown worn-out ones: as many may be worn out by then, whoever flew.
    """
    for (vehicle, k), worn in problem.worn.items():
        reuse, label = problem.scenario.vehicles[vehicle].reuse, problem.network.openings[k].label
        flights = float(reuse.flights) if reuse else 1.0
        known = [x for x in problem.scenario.initial.fleet if x.vehicle == vehicle]
        flown = sum(float(x.count) * (flights - float(x.flights_left)) for x in known)
        home = [term for i in range(k) for term in _back(problem, vehicle, i)]
        yield at_least((vehicle, label), [(worn, flights), *scaled(home, -1.0)], flown - flights + 1.0)
        if k < problem.last:
            there = [(problem.fleet[vehicle, k], 1.0), (problem.bought[vehicle, k], 1.0), (worn, -1.0)]
            terms = [*there, *scaled(_launched(problem, vehicle, k), -1.0)]
            yield at_least((vehicle, label, "able"), terms, 0.0)


def _launched(problem: Problem, vehicle: str, k: int, since_d: float = 0.0) -> Terms:
    return [
        (problem.flights[a], 1.0)
        for a, arc in enumerate(problem.network.arcs)
        for part in arc.itinerary.course.parts
        if part.launched and part.vehicle == vehicle and arc.depart == k and arc.departure_d >= since_d
    ]


def _back(problem: Problem, vehicle: str, k: int) -> Terms:
    """Recovered vehicles whose turnaround ends in period k."""
    reuse = problem.scenario.vehicles[vehicle].reuse
    wait_d = float(reuse.turnaround) if reuse else 0.0
    return [
        (problem.flights[a], 1.0)
        for a, arc in enumerate(problem.network.arcs)
        for part in arc.itinerary.course.parts
        if part.end == "recovered"
        and part.vehicle == vehicle
        and period_of(
            problem.network.periods, arc.departure_d + arc.itinerary.course.reached_d(part.ends) + wait_d
        )
        == k
    ]


def _uses(problem: Problem, vehicle: str, k: int) -> Terms:
    """Flights that count against a vehicle's life up to period k: launches, and missions that end where it waits."""
    return [
        (problem.flights[a], 1.0)
        for a, arc in enumerate(problem.network.arcs)
        for part in arc.itinerary.course.parts
        if part.vehicle == vehicle and arc.depart <= k and (part.launched or part.end == "waits")
    ]


def _waiting_uses(problem: Problem, vehicle: str, flights: float) -> float:
    """Flights left in those that wait somewhere at the start or are under way: all but the one that brought them."""
    initial = problem.scenario.initial
    there = sum(float(x.count) for x in initial.vehicles if x.vehicle == vehicle)
    there += sum(float(x.vehicles.get(vehicle, 0.0)) for x in initial.under_way)
    return there * (flights - 1.0)
