"""Elements that can never be built."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from moonwright.scenario.check.mission import hops, vehicle_of
from moonwright.scenario.element import Element
from moonwright.scenario.finding import Finding
from moonwright.scenario.node import Habitable
from moonwright.scenario.scenario import Scenario
from moonwright.scenario.vehicle import Vehicle

_CIRCLE_SHOWN = 12


def prerequisites(scenario: Scenario) -> Iterator[Finding]:
    """Elements that wait for each other in a circle. Each circle is told once."""
    done: set[str] = set()
    for start in scenario.elements:
        if start not in done:
            yield from _circles(scenario, start, done)


def _circles(scenario: Scenario, first: str, done: set[str]) -> Iterator[Finding]:
    """Depth first with a stack of its own, since the chain may be long."""
    stack, trail = [(first, iter(scenario.elements[first].after))], {first: None}
    while stack:
        name, rest = stack[-1]
        following = next((other for other in rest if other in scenario.elements and other not in done), None)
        if following is None:
            done.add(name)
            stack.pop()
            del trail[name]
        elif following in trail:
            names = list(trail)
            circle = [*names[names.index(following) :], following]
            allowed = "prerequisites that can be built one after the other"
            told = " after ".join(
                circle if len(circle) <= _CIRCLE_SHOWN else [*circle[:3], "...", *circle[-3:]]
            )
            yield Finding(("elements", name, "after"), f"a circle: {told}", allowed)
        else:
            stack.append((following, iter(scenario.elements[following].after)))
            trail[following] = None


def rooms(scenario: Scenario) -> Iterator[Finding]:
    """Elements too heavy for every vehicle that reaches their node."""
    there, come = given(scenario), arriving(scenario)
    for name, element in scenario.elements.items():
        bringing = {n: v for n, v in come.get(element.node, {}).items() if v.room is not None}
        if there[name] or not bringing:
            continue
        best = max(bringing, key=lambda n: room_for(element, bringing[n]))
        most = room_for(element, bringing[best])
        if element.mass > most:
            found = f"{element.mass / 1000:g} t, {element.room}"
            allowed = (
                f"at most {most / 1000:g} t: the room of {best!r}, the roomiest that reaches {element.node!r}"
            )
            yield Finding(("elements", name, "mass"), found, allowed)


def reach(scenario: Scenario) -> Iterator[Finding]:
    """Elements for a node that no mission reaches, or none with room for cargo."""
    there, come = given(scenario), arriving(scenario)
    for name, element in scenario.elements.items():
        if not isinstance(scenario.nodes.get(element.node), Habitable) or there[name]:
            continue
        if element.node not in come:
            allowed = "a node where a leg of a mission ends"
            yield Finding(("elements", name, "node"), f"no mission reaches {element.node!r}", allowed)
        elif not any(vehicle.room for vehicle in come[element.node].values()):
            found = f"no vehicle that reaches {element.node!r} has `room` for cargo"
            yield Finding(("elements", name, "node"), found, "a node that a vehicle with `room` reaches")


def given(scenario: Scenario) -> Counter[str]:
    """Copies of each element in place or under way at the start."""
    copies: Counter[str] = Counter()
    for there in scenario.initial.elements:
        copies[there.element] += int(there.count)
    for arrival in scenario.initial.under_way:
        copies.update({name: int(count) for name, count in arrival.elements.items()})
    return copies


def arriving(scenario: Scenario) -> dict[str, dict[str, Vehicle]]:
    """For each node where a leg of a mission ends, the vehicles that come with it, by type."""
    found: dict[str, dict[str, Vehicle]] = {}
    for name, mission in scenario.missions.items():
        for hop in hops(scenario, name):
            come = found.setdefault(hop.route.destination, {})
            for unit in hop.aboard:
                if vehicle := vehicle_of(scenario, mission, unit):
                    come[mission.units.get(unit, unit)] = vehicle
    return found


def room_for(element: Element, vehicle: Vehicle) -> float:
    """Mass (kg) that a vehicle can carry of an element's kind."""
    if vehicle.room is None:
        return 0.0
    kind = vehicle.room.pressurised if element.room == "pressurised" else vehicle.room.unpressurised
    return min(vehicle.room.total, vehicle.room.total if kind is None else kind)
