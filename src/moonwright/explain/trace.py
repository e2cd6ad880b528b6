"""What a flight brings, and who can make use of it: read off the plan and the scenario, without solving anything."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from moonwright.plan import Flight, Plan
from moonwright.scenario.demand import BuildDemand, CrewDemand, DeliverDemand, FlyDemand, ReserveDemand
from moonwright.scenario.element import Element
from moonwright.scenario.node import LaunchSite, Recovery
from moonwright.scenario.scenario import Scenario


@dataclass(frozen=True)
class Use:
    """`what` a flight brings; `why` somebody can use it; the `demands` behind that, and the `flights` that go on with it."""

    what: str
    why: str
    demands: tuple[str, ...] = ()
    flights: tuple[str, ...] = ()


def uses(scenario: Scenario, plan: Plan, flight: Flight) -> tuple[Use, ...]:
    """All uses of what a flight brings."""
    found = [
        *_asked_itself(scenario, flight),
        *_elements(scenario, flight),
        *_resources(scenario, plan, flight),
        *_people(scenario, flight),
        *_vehicles(scenario, plan, flight),
    ]
    return tuple(dict.fromkeys(found))


def stops(scenario: Scenario, flight: Flight) -> tuple[str, ...]:
    """The nodes that a flight comes to, its origin first."""
    routes = [scenario.routes[leg.route] for leg in scenario.missions[flight.mission].legs]
    return (routes[0].origin, *(route.destination for route in routes))


def _asked_itself(scenario: Scenario, flight: Flight) -> Iterator[Use]:
    leaves = scenario.horizon.start.toordinal() + int(flight.departure_d // 1)
    asked = tuple(
        name
        for name, demand in scenario.demands.items()
        if isinstance(demand, FlyDemand)
        and demand.mission == flight.mission
        and (demand.starts is None or demand.starts.toordinal() <= leaves)
        and (demand.until is None or leaves < demand.until.toordinal())
    )
    if asked:
        yield Use(f"a flight of {flight.mission}", "it is asked for itself", asked)
    for contract in scenario.initial.contracts:
        starts, until = contract.starts.toordinal(), contract.until.toordinal()
        if contract.mission == flight.mission and starts <= leaves < until:
            yield Use(f"a flight of {flight.mission}", "it is contracted")


def _within(scenario: Scenario, demand: DeliverDemand, day_d: float) -> bool:
    """Whether goods that come on a day of the horizon may count: after the first day of the demand, till its end."""
    starts, until = demand.starts or scenario.horizon.start, demand.until or scenario.horizon.end
    day = scenario.horizon.start.toordinal() + day_d
    return starts.toordinal() < day <= until.toordinal()


def _elements(scenario: Scenario, flight: Flight) -> Iterator[Use]:
    for name in dict.fromkeys(item.element for item in flight.items):
        count = sum(item.element == name for item in flight.items)
        what = f"{count} {name}"
        if asked := _built(scenario, name):
            yield Use(what, f"{name} is asked for", asked)
        for later in _after(scenario, name):
            if asked := _built(scenario, later):
                yield Use(what, f"{later} is commissioned only after {name}", asked)
        element = scenario.elements[name]
        lives = _crews(scenario, element.node)
        if lives and (element.provides.berths or element.provides.closure or element.provides.storage):
            yield Use(what, f"{name} serves those who live at {element.node}", lives)
        for product in element.provides.produces:
            yield from _consumers(scenario, what, product, element.node)
        if powered := _powered(scenario, element):
            yield Use(what, f"{name} gives power at {element.node}", powered)


def _built(scenario: Scenario, element: str) -> tuple[str, ...]:
    return tuple(
        name for name, d in scenario.demands.items() if isinstance(d, BuildDemand) and d.element == element
    )


def _after(scenario: Scenario, element: str) -> tuple[str, ...]:
    """Elements that can only be commissioned after another, directly or in turn."""
    found: list[str] = [element]
    for known in found:
        found += [name for name, x in scenario.elements.items() if known in x.after and name not in found]
    return tuple(found[1:])


def _powered(scenario: Scenario, element: Element) -> tuple[str, ...]:
    gives = element.provides.power_day or element.provides.power_night or element.provides.energy_storage
    if not gives:
        return ()
    return tuple(
        name
        for name, d in scenario.demands.items()
        if isinstance(d, BuildDemand)
        and scenario.elements[d.element].node == element.node
        and (scenario.elements[d.element].uses.power or scenario.elements[d.element].provides.produces)
    )


def _crews(scenario: Scenario, node: str) -> tuple[str, ...]:
    return tuple(name for name, d in scenario.demands.items() if isinstance(d, CrewDemand) and d.node == node)


def _resources(scenario: Scenario, plan: Plan, flight: Flight) -> Iterator[Use]:
    visited = stops(scenario, flight)
    totals: dict[tuple[str, str], float] = {}
    for cargo in flight.cargo:
        key = cargo.resource, visited[cargo.alight]
        totals[key] = totals.get(key, 0.0) + cargo.mass_kg
    for (resource, node), kg in totals.items():
        what = f"{kg:,.0f} kg of {resource}"
        asked = tuple(
            name
            for name, d in scenario.demands.items()
            if isinstance(d, DeliverDemand)
            and (d.resource, d.node) == (resource, node)
            and _within(scenario, d, flight.arrival_d)
        )
        if asked:
            yield Use(what, f"its delivery to {node} is asked for", asked)
        yield from _consumers(scenario, what, resource, node)
        yield from _refuelled(scenario, plan, flight, what, (resource, node))


def _consumers(scenario: Scenario, what: str, resource: str, node: str) -> Iterator[Use]:
    """Who uses a resource at a node: people, elements, plants, thrusters, activities; and who wants it in reserve."""
    if any(resource in kind.uses for kind in scenario.crew.values()) and (lives := _crews(scenario, node)):
        yield Use(what, f"those who live at {node} use {resource}", lives)
    for name, x in scenario.elements.items():
        inputs = {r for plant in x.provides.produces.values() for r in plant.inputs}
        thruster = {x.provides.thruster.resource} if x.provides.thruster else set()
        if x.node == node and resource in {*x.uses.resources, *x.uses.spares, *inputs, *thruster}:
            yield Use(what, f"{name} uses {resource}", _built(scenario, name))
    for name, activity in scenario.activities.items():
        if activity.node == node and resource in {*activity.uses, *activity.spacewalk_uses}:
            yield Use(what, f"{name} uses {resource}")
    reserves = tuple(
        name
        for name, d in scenario.demands.items()
        if isinstance(d, ReserveDemand)
        and d.node == node
        and (resource in d.resources or (not d.resources and scenario.resources[resource].life_critical))
    )
    if reserves:
        yield Use(what, f"{resource} is kept in reserve at {node}", reserves)


def _refuelled(
    scenario: Scenario, plan: Plan, flight: Flight, what: str, cargo: tuple[str, str]
) -> Iterator[Use]:
    resource, node = cargo
    later = tuple(
        one.name
        for one in plan.flights
        if one.departure_d >= flight.departure_d
        and any(
            unit.part in scenario.missions[one.mission].refuels
            and unit.tanked_kg > 0
            and (tank := scenario.vehicles[unit.vehicle].tank) is not None
            and tank.resource == resource
            for unit in one.units
        )
        and node in stops(scenario, one)[:-1]
    )
    if later:
        yield Use(what, f"flights fill their tanks with {resource} at {node}", flights=later)


def _people(scenario: Scenario, flight: Flight) -> Iterator[Use]:
    visited = stops(scenario, flight)
    for seat in flight.crew:
        origin, node = scenario.nodes[visited[seat.board]], scenario.nodes[visited[seat.alight]]
        what = f"{seat.count} {seat.kind}"
        if isinstance(node, Recovery) and not isinstance(origin, LaunchSite):
            yield Use(what, f"they come home from {visited[seat.board]}")
            continue
        owner = scenario.crew[seat.kind].owner
        asked = tuple(
            name
            for name, d in scenario.demands.items()
            if isinstance(d, CrewDemand)
            and d.node == visited[seat.alight]
            and d.of in (None, seat.kind, owner)
        )
        if asked:
            yield Use(what, f"people are asked for at {visited[seat.alight]}", asked)
        elif isinstance(node, Recovery):
            yield Use(what, "they go out and come home on the same flight")
        else:
            yield Use(what, f"they work at {visited[seat.alight]}")


def _vehicles(scenario: Scenario, plan: Plan, flight: Flight) -> Iterator[Use]:
    """Vehicles that others fly on, or that wait as a way home."""
    for unit in flight.units:
        later = tuple(
            one.name
            for one in plan.flights
            if one.name != flight.name
            and one.departure_d >= flight.departure_d
            and any(other.serial == unit.serial for other in one.units)
        )
        if later:
            yield Use(unit.serial, "it is flown on", flights=later)
    last = stops(scenario, flight)[-1]
    waiting = [
        unit.serial
        for unit in flight.units
        if scenario.vehicles[unit.vehicle].seats
        and unit.part not in scenario.missions[flight.mission].expends
        and not isinstance(scenario.nodes[last], Recovery)
    ]
    if waiting and (lives := _crews(scenario, last)):
        yield Use(", ".join(waiting), f"a way home for those who live at {last}", lives)
