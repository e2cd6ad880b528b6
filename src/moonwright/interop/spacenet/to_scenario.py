"""A SpaceNet campaign as a scenario of ours: what is given and what should fly, for planning it anew.

A scenario asks; it does not say what is done when. So this tells launchers, vehicles and missions, and asks that each
mission be flown. Whatever a scenario has no word for is listed.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from moonwright.interop.spacenet.campaign import Campaign, Mission
from moonwright.interop.spacenet.demand import start_d
from moonwright.interop.spacenet.element import Carrier, HumanAgent, PropulsiveVehicle, SurfaceVehicle
from moonwright.interop.spacenet.event import CreateElements, FlightTransport, SpaceTransport
from moonwright.interop.spacenet.place import FlightEdge, SurfaceNode
from moonwright.interop.spacenet.to_scenario_frame import (
    PARTNER,
    SLACK_D,
    UNSAID,
    Frame,
    day,
    framed,
    settled,
)
from moonwright.interop.spacenet.to_scenario_trip import Leg, Trip, UnsayableError, is_vehicle, staged, trip
from moonwright.scenario.scenario import Scenario

_AS_GIVEN = "as the SpaceNet file has it"
_PERSON_KG = 100.0  # assumed for a seat that may be taken: as in SpaceNet's own examples
_UNSAID_EVENTS = {
    "Surface Transport": "a drive",
    "Crewed EVA": "a spacewalk",
    "Crewed Exploration": "spacewalks on given days (see `activities` for hours a week)",
    "Propulsive Burn": "a burn on the spot",
    "Add Resources": "resources that appear",
    "Transfer Resources": "resources that change their container",
    "Consume Resources": "resources used up",
    "Reconfigure Element": "a change of state",
    "Reconfigure Elements": "a change of state",
}


def to_scenario(campaign: Campaign) -> tuple[Scenario | None, tuple[str, ...]]:
    """A scenario that asks for the flights of a campaign, and in a sentence each what it cannot say.

    None where our rules refuse all of it, such as a campaign of the year 1900.
    """
    frame = framed(campaign)
    frame.data["objective"] = {"minimise": ["imleo"]}  # there is no money in SpaceNet
    frame.data |= {"launchers": {}, "vehicles": {}, "missions": {}, "elements": {}, "initial": {}}
    trips = [(mission, one) for mission in campaign.missions for one in _trips(frame, mission)]
    for mission, one in trips:
        later = {key for _, other in trips if other.begins_d > one.begins_d for key in other.units}
        _tell(frame, mission, one, tuple(key for key in one.left if key not in later))
    for event in (event for mission in campaign.missions for event in mission.events):
        if event.type in _UNSAID_EVENTS:
            frame.left.append(f"{event.name}: {_UNSAID_EVENTS[event.type]}")
    _waiting(frame)
    frame.left.append("who is aboard which flight, and what moves between vehicles: our plans decide that")
    return settled(frame)


def _trips(frame: Frame, mission: Mission) -> list[Trip]:
    """The transports of a mission; those in which the same vehicles go on are one trip."""
    trips: list[Trip] = []
    begins_d = start_d(frame.campaign, mission)
    for event in sorted(mission.events, key=lambda one: (one.at_d, one.priority, one.name)):
        if not isinstance(event, SpaceTransport | FlightTransport):
            continue
        try:
            made = trip(frame, event, begins_d + event.at_d)
        except UnsayableError as reason:
            frame.left.append(f"{event.name}: {reason}")
            continue
        if made.legs[0].flyer is None:
            _launcher(frame, event)
        for place, earlier in enumerate(trips):
            if joined := earlier.then(made):
                trips[place] = joined
                break
        else:
            trips.append(made)
    return trips


def _tell(frame: Frame, mission: Mission, one: Trip, spent: tuple[str, ...]) -> None:
    """A trip as a mission, and the demand that it be flown. `spent`: what never flies again, and need not be kept."""
    who = frame.campaign.title(next(iter(one.left), one.units[0])).rpartition(" | ")[2]
    name = frame.free(f"{mission.name} {who}")
    told: dict[str, Any] = {"legs": [_leg(frame, leg, one.units) for leg in one.legs]}
    types = {_unit(frame, key, one.units): _vehicle(frame, key) for key in one.units}
    if several := {unit: kind for unit, kind in types.items() if unit != kind}:
        told["units"] = several
    end = frame.data["nodes"][frame.arrival(one.destination)]
    gone = (*one.dropped, *(() if end["kind"] == "recovery" else spent))
    if gone:
        told["expends"] = [_unit(frame, key, one.units) for key in gone]
    frame.data["missions"][name] = told
    first = day(frame.campaign, one.begins_d)
    frame.data["demands"][f"{name} is flown"] = {
        "kind": "fly", "mission": name, "from": first.isoformat(),
        "until": (first + timedelta(days=SLACK_D)).isoformat(), "rank": 1,
        "assumed": f"within {SLACK_D} days of the day in the SpaceNet file",
    }  # fmt: skip


def _leg(frame: Frame, leg: Leg, units: tuple[str, ...]) -> dict[str, Any]:
    carried = [_unit(frame, key, units) for key in leg.carried]
    by = frame.names[f"launcher of {leg.route}"] if leg.flyer is None else _unit(frame, leg.flyer, units)
    if leg.flyer is not None and carried:
        frame.data["vehicles"][_vehicle(frame, leg.flyer)]["pushes"] = True
    told: dict[str, Any] = {"by": by, "route": leg.route}
    if carried:
        told["carrying"] = carried
    return told | ({"stay": f"{leg.stay_d!r} d"} if leg.stay_d else {})


def _launcher(frame: Frame, event: SpaceTransport | FlightTransport) -> None:
    """The launcher of a way up: what is dropped there. Its payload is the most that ever arrives."""
    edge, gone = frame.campaign.edge[event.edge], set(staged(event))
    full_kg = sum(_full_kg(frame.campaign, key) for key in event.elements if key not in gone)
    payload_kg = math.ceil(edge.max_cargo_kg if isinstance(edge, FlightEdge) else full_kg)
    name = frame.name(f"launcher of {frame.names[edge.id]}", f"{edge.name} launcher")
    to, known = frame.arrival(edge.destination), frame.data["launchers"].get(name, {"payload": {}})
    earlier_kg = int(str(known["payload"].get(to, "0 kg")).split(" ", maxsplit=1)[0])
    frame.data["launchers"][name] = {
        "owner": PARTNER, "site": frame.names[edge.origin], "payload": {to: f"{max(earlier_kg, payload_kg)} kg"},
        "cadence": "12 /yr", "assumed": f"payload: what the SpaceNet file launches; cadence: {UNSAID}",
    }  # fmt: skip


def _full_kg(campaign: Campaign, key: str) -> float:
    """Most that an element may weigh: tank, room and seats full."""
    element, load_kg = campaign.element[key], 0.0
    if isinstance(element, PropulsiveVehicle | SurfaceVehicle) and element.fuel is not None:
        load_kg += element.fuel.amount
    if isinstance(element, Carrier):
        load_kg += element.max_cargo_kg + _PERSON_KG * element.max_crew
    return element.mass_kg + load_kg


def _unit(frame: Frame, key: str, units: tuple[str, ...]) -> str:
    """A unit's part in a mission: its type, or its own name where there are several of a type."""
    types = Counter(_vehicle(frame, one) for one in units)
    kind = _vehicle(frame, key)
    return kind if types[kind] <= 1 else frame.name(f"unit {key}", frame.campaign.title(key))


def _vehicle(frame: Frame, key: str) -> str:
    """The name of an element's type among the vehicles, told when it is first asked for."""
    campaign, element = frame.campaign, frame.campaign.element[key]
    assert isinstance(element, Carrier)
    templates = {one.id: one.name for one in campaign.templates}
    kind = element.template_id or element.id
    name = frame.name(f"vehicle {kind}", templates.get(kind, element.name))
    if name not in frame.data["vehicles"]:
        frame.data["vehicles"][name] = _told(frame, element)
    return name


def _told(frame: Frame, element: Carrier) -> dict[str, Any]:
    told: dict[str, Any] = {"name": element.name.rpartition(" | ")[2], "owner": PARTNER, "assumed": _AS_GIVEN}
    told["dry_mass"] = f"{element.mass_kg!r} kg"
    if element.max_cargo_kg:
        told["room"] = {"total": f"{element.max_cargo_kg!r} kg"}
    if element.max_crew:
        told |= {"seats": element.max_crew, "crewed": True}
    if isinstance(element, PropulsiveVehicle) and element.fuel.resource in frame.names and element.isp_s >= 1:
        unit_kg = frame.campaign.resource[str(element.fuel.resource)].unit_mass_kg
        capacity_kg = max(element.max_fuel, element.fuel.amount) * unit_kg
        tank = {"resource": frame.names[element.fuel.resource], "capacity": f"{capacity_kg!r} kg"}
        told["tank"] = {**tank, "isp": f"{element.isp_s!r} s"}
    return told


def _waiting(frame: Frame) -> None:
    """Vehicles that come into being off the Earth wait there; other things that do are listed."""
    waiting: list[dict[str, Any]] = []
    events = (event for mission in frame.campaign.missions for event in mission.events)
    for event in events:
        node = frame.campaign.node.get(event.location)
        if not isinstance(event, CreateElements) or node is None:
            continue
        if isinstance(node, SurfaceNode) and node.body == "Earth":
            continue
        vehicles = [
            key for key in event.elements if is_vehicle(frame.campaign, key) and event.container == node.id
        ]
        waiting += _entries(frame, frame.names[node.id], vehicles)
        rest = [frame.campaign.element[key] for key in event.elements if key not in vehicles]
        things = [one.name for one in rest if not isinstance(one, HumanAgent)]
        frame.left += [f"{name}: comes into being at {node.name}" for name in things]
    frame.data["initial"] = {"vehicles": waiting} if waiting else {}


def _entries(frame: Frame, node: str, vehicles: Iterable[str]) -> Iterable[dict[str, Any]]:
    for kind, count in Counter(_vehicle(frame, key) for key in vehicles).items():
        start = frame.data["horizon"]["start"]
        yield {"vehicle": kind, "node": node, "count": count, "arrived": start}
