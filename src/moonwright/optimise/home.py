"""Constraints on a ride home: at every moment each person has a seat in missions that could leave at once."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from moonwright.network.network import Itinerary
from moonwright.optimise.problem import Problem, arc_key, early_d, rides_home
from moonwright.optimise.row import Row, Terms, at_most


def ride_home(problem: Problem) -> Iterator[Row]:
    """people present <= seats of missions home that could leave at once with the vehicles that wait.

    Whoever leaves before the period ends has a seat in what leaves with them, and counts no more; whoever comes before
    it ends has one in what comes with them, or else counts too. For each set of crew kinds that some mission home may
    not carry, those kinds alone must find seats too.
    """
    ways = {i.name: i for i in problem.network.itineraries if i.way_home}
    arrivals = _early_arrivals(problem, ways)
    for a, node, columns, own in arrivals:
        if own:
            people = [(column, 1.0) for column, _ in columns]
            flights = (problem.flights[a], -own)
            yield at_most((*arc_key(problem.network.arcs[a]), node, "early"), [*people, flights], 0.0)
    for node in problem.network.homes:
        carried = {
            name: frozenset(way.loads[i].name for i in rides_home(way, node))
            for name, way in ways.items()
            if rides_home(way, node)
        }
        groups = {frozenset(problem.scenario.crew), *(frozenset({kind}) for kind in problem.scenario.crew)}
        for opening in problem.network.openings:
            k = opening.index
            early = [
                (column, kind)
                for a, at, columns, own in arrivals
                if at == node and not own and _alights_in(problem, a, node) == k
                for column, kind in columns
            ]
            for group in sorted(groups, key=sorted):
                people = [term for kind in sorted(group) for term in _stay_on(problem, kind, node, k, ways)]
                people += [(column, 1.0) for column, kind in early if kind in group]
                seats = [
                    (problem.boats[name, node, k], -_seats(ways[name], node))
                    for name, kinds in carried.items()
                    if kinds & group
                ]
                yield at_most((node, opening.label, "+".join(sorted(group))), [*people, *seats], 0.0)


def boats_wait(problem: Problem) -> Iterator[Row]:
    """sum over missions home of vehicles each would use <= vehicles that wait to the period's end, by type and node."""
    ways = {i.name: i for i in problem.network.itineraries}
    uses: dict[tuple[str, str, int], Terms] = defaultdict(list)
    for (name, _, k), column in problem.boats.items():
        course = ways[name].course
        for part in course.parts:
            uses[part.vehicle, course.stops[part.starts], k].append((column, 1.0))
    for (vehicle, node, k), terms in uses.items():
        there = problem.waiting.get((vehicle, node, k))
        waits = [(there, -1.0)] if there is not None else []
        gone = problem.exchanges.early_vehicles_out[vehicle, node, k]
        label = problem.network.openings[k].label
        yield at_most((vehicle, node, label), [*terms, *gone, *waits], 0.0)


def _early_arrivals(
    problem: Problem, ways: Mapping[str, Itinerary]
) -> list[tuple[int, str, list[tuple[int, str]], float]]:
    """(arc, node, (column, kind) of its people, seats home in what comes with them) of who comes before a period ends."""
    found = []
    for a, arc in enumerate(problem.network.arcs):
        course = arc.itinerary.course
        for stop in range(1, len(course.stops)):
            columns = [
                (problem.loads[a, i], arc.itinerary.loads[i].name)
                for i in arc.loads
                if arc.itinerary.loads[i].kind == "crew" and arc.itinerary.loads[i].alight == stop
            ]
            node = course.stops[stop]
            if (
                columns
                and node in problem.network.homes
                and early_d(problem, arc, course.reached_d(stop)) > 0
            ):
                found.append((a, node, columns, _own_seats(arc.itinerary, stop, ways)))
    return found


def _alights_in(problem: Problem, a: int, node: str) -> int:
    arc = problem.network.arcs[a]
    return arc.reached[arc.itinerary.course.stops.index(node)]


def _own_seats(itinerary: Itinerary, stop: int, ways: Mapping[str, Itinerary]) -> float:
    """Seats on the roomiest way home, for every kind that may come, with what one flight leaves waiting by a stop."""
    course = itinerary.course
    left = Counter(
        (p.vehicle, course.stops[p.ends]) for p in course.parts if p.end == "waits" and p.ends <= stop
    )
    node, kinds = course.stops[stop], {load.name for load in itinerary.loads if load.kind == "crew"}
    able = [
        _seats(way, node)
        for way in ways.values()
        if kinds <= {way.loads[i].name for i in rides_home(way, node)}
        and Counter((p.vehicle, way.course.stops[p.starts]) for p in way.course.parts) <= left
    ]
    return max(able, default=0.0)


def _stay_on(problem: Problem, kind: str, node: str, k: int, ways: Mapping[str, Itinerary]) -> Terms:
    """People there when a period opens who do not leave before its end in vehicles that waited."""
    terms: Terms = [(problem.present[kind, node, k], 1.0)]
    early = dict(problem.exchanges.early_crew_out[kind, node, k])
    if early:
        terms += [
            (problem.loads[a, i], -1.0)
            for a, arc in enumerate(problem.network.arcs)
            if arc.itinerary.course.mission in ways and arc.itinerary.course.launcher is None
            for i in arc.loads
            if problem.loads[a, i] in early
        ]
    return terms


def _seats(way: Itinerary, node: str) -> float:
    """Seats from a node on a way home: the least of the legs that people ride."""
    riding = rides_home(way, node)
    return min(
        (x.capacity for x in way.limits if x.name == "seats" and any(x.weights[i] for i in riding)),
        default=0.0,
    )
