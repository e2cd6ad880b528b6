"""Constraints on crews: rotations, seats, berths, working hours, and a ride home at every moment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from moonwright.optimise.problem import AtStart, Problem, rides_home
from moonwright.optimise.row import Row, Terms, at_most, equal, scaled


def rotation_starts(problem: Problem) -> Iterator[Row]:
    """sum over departures of stay[j, .] = people who arrive in j; for those there at the start, their number."""
    stays: dict[tuple[str, str, int], Terms] = defaultdict(list)
    for (kind, node, j, _), column in problem.stays.items():
        stays[kind, node, j].append((column, 1.0))
    for i, group in enumerate(problem.scenario.initial.crew):
        yield equal(
            (group.kind, group.node, "start", i),
            stays[group.kind, group.node, AtStart - i],
            float(group.count),
        )
    for kind, node in dict.fromkeys((c, n) for c, n, _ in problem.present):
        for period in problem.network.periods:
            came = problem.exchanges.crew_in[kind, node, period.index]
            begun = stays[kind, node, period.index]
            if came or begun:
                known = _under_way(problem, kind, node, period.index)
                yield equal((kind, node, period.label), [*begun, *scaled(came, -1.0)], known)


def rotation_ends(problem: Problem) -> Iterator[Row]:
    """sum over arrivals of stay[., k] = people who leave in k."""
    stays: dict[tuple[str, str, int], Terms] = defaultdict(list)
    for (kind, node, _, k), column in problem.stays.items():
        stays[kind, node, k].append((column, 1.0))
    for kind, node in dict.fromkeys((c, n) for c, n, _ in problem.present):
        for period in problem.network.periods:
            went = problem.exchanges.crew_out[kind, node, period.index]
            ended = stays[kind, node, period.index]
            if went or ended:
                yield equal((kind, node, period.label), [*ended, *scaled(went, -1.0)], 0.0)


def crew_present(problem: Problem) -> Iterator[Row]:
    """present[k] = sum of stays that began before k opened and end in k or later."""
    stays: dict[tuple[str, str], list[tuple[int, int, int]]] = defaultdict(list)
    for (kind, node, j, k), column in problem.stays.items():
        stays[kind, node].append((j, k, column))
    for (kind, node, k), present in problem.present.items():
        there = [(column, -1.0) for j, end, column in stays[kind, node] if j < k <= end]
        yield equal((kind, node, problem.network.openings[k].label), [(present, 1.0), *there], 0.0)


def berths(problem: Problem) -> Iterator[Row]:
    """people present <= berths of commissioned elements."""
    elements = problem.scenario.elements
    for node in problem.network.homes:
        for opening in problem.network.openings:
            k = opening.index
            people = [(problem.present[kind, node, k], 1.0) for kind in problem.scenario.crew]
            given = [
                (problem.active[e, k], -float(x.provides.berths))
                for e, x in elements.items()
                if x.node == node and x.provides.berths
            ]
            yield at_most((node, opening.label), [*people, *given], 0.0)


def ride_home(problem: Problem) -> Iterator[Row]:
    """people present <= seats of missions home that could leave at once with the vehicles that wait.

    For each set of crew kinds that some mission home may not carry, those kinds alone must find seats too.
    """
    ways = {i.name: i for i in problem.network.itineraries if i.course.launcher is None}
    for node in problem.network.homes:
        carried = {
            name: frozenset(way.loads[i].name for i in rides_home(way, node))
            for name, way in ways.items()
            if rides_home(way, node)
        }
        groups = {frozenset(problem.scenario.crew), *(frozenset({kind}) for kind in problem.scenario.crew)}
        for opening in problem.network.openings:
            for group in sorted(groups, key=sorted):
                people = [(problem.present[kind, node, opening.index], 1.0) for kind in sorted(group)]
                seats = [
                    (problem.boats[name, node, opening.index], -_seats(ways[name], node))
                    for name, kinds in carried.items()
                    if kinds & group
                ]
                yield at_most((node, opening.label, "+".join(sorted(group))), [*people, *seats], 0.0)


def boats_wait(problem: Problem) -> Iterator[Row]:
    """sum over missions home of vehicles each would use <= vehicles that wait, by type and node."""
    ways = {i.name: i for i in problem.network.itineraries}
    uses: dict[tuple[str, str, int], Terms] = defaultdict(list)
    for (name, _, k), column in problem.boats.items():
        course = ways[name].course
        for part in course.parts:
            uses[part.vehicle, course.stops[part.starts], k].append((column, 1.0))
    for (vehicle, node, k), terms in uses.items():
        there = problem.waiting.get((vehicle, node, k))
        waits = [(there, -1.0)] if there is not None else []
        yield at_most((vehicle, node, problem.network.openings[k].label), [*terms, *waits], 0.0)


def _seats(way, node: str) -> float:  # type: ignore[no-untyped-def]
    """Seats from a node on a way home: the least of the legs that people ride."""
    riding = rides_home(way, node)
    return min(
        (x.capacity for x in way.limits if x.name == "seats" and any(x.weights[i] for i in riding)),
        default=0.0,
    )


def crew_hours(problem: Problem) -> Iterator[Row]:
    """work on what is built in a period + activities <= working hours of those present."""
    scenario, world = problem.scenario, problem.network.world
    busy = [a.node for a in scenario.activities.values() if a.crew_time + a.spacewalks > 0]
    for node in dict.fromkeys([*busy, *(e.node for e in scenario.elements.values() if e.crew_work > 0)]):
        for period in problem.network.periods:
            k = period.index
            work = [
                (problem.built[e, k], float(x.crew_work))
                for e, x in scenario.elements.items()
                if x.node == node and x.crew_work
            ]
            hours = [
                (problem.present[kind, node, k], -float(x.work) * period.length_d)
                for kind, x in scenario.crew.items()
                if (kind, node, k) in problem.present
            ]
            always = sum(
                float(activity.crew_time + activity.spacewalks) * activity.holds(world.date_of(day))
                for activity in scenario.activities.values()
                if activity.node == node
                for day in range(period.start_d, period.end_d)
            )
            yield at_most((node, period.label), [*work, *hours], -always)


def _under_way(problem: Problem, kind: str, node: str, k: int) -> float:
    network = problem.network
    return sum(
        float(x.crew.get(kind, 0.0))
        for x in problem.scenario.initial.under_way
        if x.node == node and network.period_at(network.world.day_of(x.on)) == k
    )
