"""What moves between places: stacks that burn, flights that nobody looks into, drives."""

from __future__ import annotations

import math
from collections.abc import Callable

from moonwright.interop.spacenet.agenda import Agenda, useful_kg
from moonwright.interop.spacenet.demand import lasts_d
from moonwright.interop.spacenet.element import HumanAgent
from moonwright.interop.spacenet.event import (
    Action,
    FlightTransport,
    PropulsiveBurn,
    SpaceTransport,
    SurfaceTransport,
)
from moonwright.interop.spacenet.flight import Flight, burn
from moonwright.interop.spacenet.history import Departure
from moonwright.interop.spacenet.place import Burn, Edge, FlightEdge, SpaceEdge, SurfaceEdge, SurfaceNode
from moonwright.interop.spacenet.yard import RefusedError

_ARRIVAL = (
    0  # arrivals come before whatever else happens at their moment, burns of a flight before its arrival
)


def propulsive_burn(agenda: Agenda, event: PropulsiveBurn) -> None:
    """A burn that leads nowhere."""
    agenda.yard.require(event.elements, event.location)
    flight = Flight(event.name, agenda.yard.name(event.location), list(event.elements))
    _burn(agenda, flight, 1, event.burn, event.actions)


def space_transport(agenda: Agenda, event: SpaceTransport) -> None:
    """A stack leaves; its burns and its arrival follow."""
    edge = agenda.campaign.edge[event.edge]
    assert isinstance(edge, SpaceEdge)  # checked when it was read
    flight = _leave(agenda, event.name, event.elements, event.location, edge.origin, edge)
    actions = {one.burn: one.actions for one in event.sequence}
    for number, one in enumerate(edge.burns, start=1):
        priority = number - 1 - len(edge.burns)
        agenda.at(
            agenda.now_d + one.time_d,
            priority,
            event.name,
            _burning(agenda, flight, number, one, actions.get(one.id, ())),
        )
    _arrive(agenda, flight, edge.destination, edge.duration_d)


def flight_transport(agenda: Agenda, event: FlightTransport) -> None:
    """A flight of which only the limits are known: mass of everything, and crew in its carriers."""
    edge, yard = agenda.campaign.edge[event.edge], agenda.yard
    assert isinstance(edge, FlightEdge)
    yard.require(event.elements, event.location)
    mass_kg = sum(yard.mass_kg(key) for key in event.elements)
    inside = [inner for key in event.elements for inner in yard.holds.get(key, ())]
    crew = sum(isinstance(yard.element(key), HumanAgent) for key in inside)
    if mass_kg > edge.max_cargo_kg:
        raise RefusedError(f"{mass_kg:,.1f} kg; {edge.name} takes {edge.max_cargo_kg:,.1f} kg")
    if crew > edge.max_crew:
        raise RefusedError(f"a crew of {crew}; {edge.name} takes {edge.max_crew}")
    flight = _leave(agenda, event.name, event.elements, event.location, edge.origin, edge)
    _arrive(agenda, flight, edge.destination, edge.duration_d)


def surface_transport(agenda: Agenda, event: SurfaceTransport) -> None:
    """A drive; a way over ground is passable both ways. It takes no fuel in SpaceNet."""
    edge, yard = agenda.campaign.edge[event.edge], agenda.yard
    assert isinstance(edge, SurfaceEdge)
    time_d = lasts_d(agenda.campaign, event)
    if math.isinf(time_d):
        raise RefusedError("it does not move: its speed or duty cycle is 0")
    ends = (edge.origin, edge.destination)
    origin, to = ends if event.location != edge.destination else ends[::-1]
    flight = _leave(agenda, event.name, (event.vehicle,), event.location, origin, edge)
    before, states = yard.state.get(event.vehicle), yard.element(event.vehicle).states
    wanted = event.state
    if isinstance(wanted, str):  # the Java tool names the state by its id
        wanted = next((row for row, state in enumerate(states) if state.id == wanted), None)
    if wanted is not None:
        yard.state[event.vehicle] = wanted
    _arrive(agenda, flight, to, time_d, lambda: yard.state.update({event.vehicle: before}))


def _leave(
    agenda: Agenda, name: str, keys: tuple[str, ...], location: str, origin: str, edge: Edge
) -> Flight:
    """Put elements onto an edge."""
    yard = agenda.yard
    yard.require(keys, location)
    if location != origin:
        raise RefusedError(f"{edge.name} starts at {yard.name(origin)}, not at {yard.name(location)}")
    node = agenda.campaign.node[origin]
    launched = isinstance(node, SurfaceNode) and node.body == "Earth"
    mass_kg, crew = sum(yard.mass_kg(key) for key in keys), yard.crew_in(keys)
    agenda.books.departures.append(Departure(agenda.now_d, name, edge.name, mass_kg, crew, launched))
    for key in keys:
        yard.put(key, edge.id)
    return Flight(name, edge.name, list(keys))


def _arrive(
    agenda: Agenda, flight: Flight, to: str, time_d: float, then: Callable[[], None] = lambda: None
) -> None:
    """Have what is left of a stack arrive, unless it was stopped on its way."""

    def arrive() -> None:
        if flight.stopped:
            return
        for key in flight.stack:
            agenda.yard.put(key, to)
        if agenda.elsewhere(to):
            inside = (one for key in flight.stack for one in agenda.yard.inside(key))
            agenda.books.exploration_kg += sum(useful_kg(agenda.yard, one) for one in inside)
        then()

    agenda.at(agenda.now_d + time_d, _ARRIVAL, flight.name, arrive)


def _burning(
    agenda: Agenda, flight: Flight, number: int, one: Burn, actions: tuple[Action, ...]
) -> Callable[[], None]:
    return lambda: _burn(agenda, flight, number, one, actions)


def _burn(agenda: Agenda, flight: Flight, number: int, one: Burn, actions: tuple[Action, ...]) -> None:
    """Work a burn off. A shortfall stops the flight or only warns; both are told, whatever the rules."""
    if flight.stopped:
        return
    record, trouble = burn(agenda.yard, flight, agenda.now_d, number, one, actions)
    agenda.books.burns.append(record)
    if not trouble:
        return
    flight.stopped = agenda.rules.shortfall_stops
    if flight.stopped:
        trouble += "; the flight stops here (by SpaceNet's rules it would go on)"
    else:
        trouble += "; SpaceNet lets the flight go on (by exact rules it would stop)"
    agenda.trouble(flight.name, trouble)
