"""What may ride on a course, from which stop to which."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from moonwright.network.course import aboard
from moonwright.network.network import Course, Load
from moonwright.scenario.demand import CrewDemand, DeliverDemand
from moonwright.scenario.node import LaunchSite, Recovery, Transfer
from moonwright.scenario.scenario import Scenario

Wanted = frozenset[tuple[str, str]]  # (resource or element, node) pairs where it is of use


def homes(scenario: Scenario) -> tuple[str, ...]:
    """Nodes where people may live: where crew is demanded, is at the start, or must work on an element."""
    found = [demand.node for demand in scenario.demands.values() if isinstance(demand, CrewDemand)]
    found += [aboard.node for aboard in scenario.initial.crew]
    found += [arrival.node for arrival in scenario.initial.under_way if arrival.crew]
    found += [element.node for element in scenario.elements.values() if element.crew_work > 0]
    return tuple(dict.fromkeys(found))


def wanted(scenario: Scenario, courses: Sequence[Course]) -> Wanted:
    """Where each resource and element is of use: where it is used or asked for, or a depot from which it can go on.

    A depot is a node with elements or people; elements themselves go straight to where they are built.
    """
    found = set(_asked(scenario, courses))
    depots = {*homes(scenario), *(element.node for element in scenario.elements.values())}
    while True:
        more = {
            (good, course.stops[board])
            for course in courses
            for good, node in found
            if good in scenario.resources
            for board, alight in _hops(scenario, course)
            if course.stops[alight] == node and course.stops[board] in depots
        }
        if more <= found:
            return frozenset(found)
        found |= more


def _asked(scenario: Scenario, courses: Sequence[Course]) -> Iterator[tuple[str, str]]:
    for home in homes(scenario):
        for kind in scenario.crew.values():
            yield from ((resource, home) for resource in kind.uses)
    for activity in scenario.activities.values():
        yield from ((resource, activity.node) for resource in (*activity.uses, *activity.spacewalk_uses))
    for demand in scenario.demands.values():
        if isinstance(demand, DeliverDemand):
            yield demand.resource, demand.node
    for name, element in scenario.elements.items():
        yield name, element.node
        yield from ((resource, element.node) for resource in (*element.uses.resources, *element.uses.spares))
        if element.provides.thruster:
            yield element.provides.thruster.resource, element.node
        for production in element.provides.produces.values():
            yield from ((resource, element.node) for resource in production.inputs)
    for course in courses:
        for part in course.parts:
            tank = scenario.vehicles[part.vehicle].tank
            if part.refuels and tank:
                yield tank.resource, course.stops[part.starts]


def _hops(scenario: Scenario, course: Course) -> Iterator[tuple[int, int]]:
    """Pairs of stops between which something could ride: neither is only passed through, nothing leaves a recovery node."""
    ends = [stop for stop, node in enumerate(course.stops) if not isinstance(scenario.nodes[node], Transfer)]
    for board in ends:
        for alight in ends:
            if board < alight and course.stops[board] != course.stops[alight]:
                from_home = isinstance(scenario.nodes[course.stops[board]], LaunchSite)
                if from_home or not isinstance(scenario.nodes[course.stops[board]], Recovery):
                    yield board, alight


def loads(scenario: Scenario, course: Course, useful: Wanted) -> tuple[Load, ...]:
    """All that may ride on a course."""
    found: list[Load] = []
    for board, alight in _hops(scenario, course):
        found += _goods(scenario, course, board, alight, useful)
        found += _people(scenario, course, board, alight)
    found += _tankers(scenario, course, useful)
    return tuple(found)


def _goods(scenario: Scenario, course: Course, board: int, alight: int, useful: Wanted) -> Iterator[Load]:
    if not all(_has_room(scenario, course, leg) for leg in range(board, alight)):
        return
    origin, node = course.stops[board], course.stops[alight]
    at_home = isinstance(scenario.nodes[origin], LaunchSite)
    for name, resource in scenario.resources.items():
        if (name, node) in useful and (
            at_home or (name, origin) in useful or _made_at(scenario, name, origin)
        ):
            room = "either" if resource.storage == "tank" else resource.storage
            yield Load("resource", name, board, alight, 1.0 + resource.packing, room)
    for name, element in scenario.elements.items():
        wished = (name, node) in useful and origin != element.node and _left(scenario, name) > 0
        there = at_home or origin in _stranded(scenario, name)
        if wished and there and _may_carry(scenario, course, element.owner):
            volume = float(element.volume or 0.0)
            yield Load("element", name, board, alight, float(element.mass), element.room, volume)


def _left(scenario: Scenario, element: str) -> float:
    """Copies that are neither in place nor under way at the start."""
    initial = scenario.initial
    known = sum(float(x.count) for x in initial.elements if x.element == element)
    known += sum(float(x.elements.get(element, 0.0)) for x in initial.under_way)
    return float(scenario.elements[element].quantity) - known


def _stranded(scenario: Scenario, element: str) -> set[str]:
    """Nodes to which copies are under way at the start; no flight that is decided leaves one on its way."""
    return {arrival.node for arrival in scenario.initial.under_way if element in arrival.elements}


def _made_at(scenario: Scenario, resource: str, node: str) -> bool:
    made = any(resource in e.provides.produces and e.node == node for e in scenario.elements.values())
    return made or resource in scenario.initial.stocks.get(node, {})


def _people(scenario: Scenario, course: Course, board: int, alight: int) -> Iterator[Load]:
    if not all(_seats(scenario, course, leg) for leg in range(board, alight)):
        return
    origin, node = scenario.nodes[course.stops[board]], scenario.nodes[course.stops[alight]]
    living = homes(scenario)
    up = isinstance(origin, LaunchSite) and course.stops[alight] in living
    down = course.stops[board] in living and isinstance(node, Recovery)
    mission = scenario.missions[course.mission]
    sortie = isinstance(origin, LaunchSite) and isinstance(node, Recovery) and mission.least_crew > 0
    if mission.uncrewed or not (up or down or sortie):
        return
    away_d = course.reached_d(alight) - course.left_d(board)
    for name, kind in scenario.crew.items():
        if _may_carry(scenario, course, kind.owner):
            packed = {
                r: rate * away_d * (1.0 + scenario.resources[r].packing) for r, rate in kind.uses.items()
            }
            drawn = (
                {} if isinstance(origin, LaunchSite) else {r: rate * away_d for r, rate in kind.uses.items()}
            )
            mass_kg = float(kind.mass) + float(sum(packed.values()))
            yield Load("crew", name, board, alight, mass_kg, "none", draws=tuple(drawn.items()))


def _tankers(scenario: Scenario, course: Course, useful: Wanted) -> Iterator[Load]:
    for part in course.parts:
        vehicle = scenario.vehicles[part.vehicle]
        node = course.stops[part.ends]
        able = vehicle.refuels and (part.launched or part.refuels) and part.end != "recovered"
        if able and vehicle.tank and (vehicle.tank.resource, node) in useful:
            yield Load("tank", vehicle.tank.resource, part.starts, part.ends, 1.0, "none", tank=part.name)


def _has_room(scenario: Scenario, course: Course, leg: int) -> bool:
    return any(vehicle.room for vehicle in aboard(scenario, course, leg))


def _seats(scenario: Scenario, course: Course, leg: int) -> int:
    return sum(int(vehicle.seats) for vehicle in aboard(scenario, course, leg))


def _may_carry(scenario: Scenario, course: Course, owner: str) -> bool:
    return all(
        owner not in scenario.partners[o].may_not_carry for o in course.owners if o in scenario.partners
    )
