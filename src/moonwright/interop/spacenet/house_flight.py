"""The flights of a SpaceNet campaign in a scenario of ours: launchers, vehicles, and one mission a transport."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from typing import Any

from moonwright.interop.spacenet.campaign import Campaign
from moonwright.interop.spacenet.demand import start_d
from moonwright.interop.spacenet.element import (
    AnyElement,
    Carrier,
    ElementCarrier,
    HumanAgent,
    PropulsiveVehicle,
    SurfaceVehicle,
)
from moonwright.interop.spacenet.event import (
    CreateElements,
    Event,
    Exploration,
    FlightTransport,
    SpaceTransport,
    Spacewalk,
    SurfaceTransport,
)
from moonwright.interop.spacenet.house import PARTNER, SLACK_D, UNSAID, House, day, housed, settled
from moonwright.interop.spacenet.place import FlightEdge, SpaceEdge, SurfaceNode
from moonwright.scenario.scenario import Scenario

_AS_GIVEN = "as the SpaceNet file has it"


class _UnsayableError(Exception):
    """A transport that a mission of ours cannot be; the message says why."""


@dataclass(frozen=True)
class _Segment:
    """Consecutive burns of one transport that one vehicle flies, and what it drops when they are done."""

    flyer: str
    burns: tuple[int, ...]
    dropped: tuple[str, ...]


def to_scenario(campaign: Campaign) -> tuple[Scenario | None, tuple[str, ...]]:
    """A scenario that asks for the flights of a campaign, and in a sentence each what it cannot say.

    None where our rules refuse all of it, such as a campaign of the year 1900.
    """
    house = housed(campaign)
    house.data |= {"launchers": {}, "vehicles": {}, "missions": {}, "elements": {}, "initial": {}}
    for mission in campaign.missions:
        for event in mission.events:
            starts_d = start_d(campaign, mission) + event.at_d
            if isinstance(event, SpaceTransport | FlightTransport):
                _transport(house, event, starts_d)
            else:
                _other(house, event)
    _waiting(house)
    house.left.append("who is aboard which flight, and what moves between vehicles: our plans decide that")
    return settled(house)


def _other(house: House, event: Event) -> None:
    told = {
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
    if isinstance(event, SurfaceTransport | Spacewalk | Exploration) or event.type in told:
        house.left.append(f"{event.name}: {told[event.type]}")


def _transport(house: House, event: SpaceTransport | FlightTransport, starts_d: float) -> None:
    campaign, name = house.campaign, house.free(event.name)
    edge = campaign.edge[event.edge]
    origin = campaign.node[edge.origin]
    try:
        if isinstance(origin, SurfaceNode) and origin.body == "Earth":
            mission = _launch(house, event, name)
        elif isinstance(event, SpaceTransport):
            mission = _voyage(house, event, name)
        else:
            mission = _abstract(house, event)
    except _UnsayableError as reason:
        house.left.append(f"{event.name}: {reason}")
        return
    house.data["missions"][name] = mission
    first = day(campaign, starts_d)
    until = first + timedelta(days=SLACK_D)
    house.data["demands"][f"{name} is flown"] = {
        "kind": "fly", "mission": name, "from": first.isoformat(), "until": until.isoformat(), "rank": 1,
        "assumed": f"within {SLACK_D} days of the day in the SpaceNet file",
    }  # fmt: skip


def _launch(house: House, event: SpaceTransport | FlightTransport, name: str) -> dict[str, Any]:
    """A launch: stages that do not arrive are the launcher; what arrives is its payload."""
    edge = house.campaign.edge[event.edge]
    gone = set(_dropped(event))
    units = [key for key in event.elements if key not in gone and _is_vehicle(house, key)]
    if not units:
        raise _UnsayableError("nothing that arrives is a vehicle")
    route = house.names[edge.id]
    to = house.arrival(edge.destination)
    payload_kg = edge.max_cargo_kg if isinstance(edge, FlightEdge) else _arriving_kg(house, event)
    launcher = house.free(f"{name} launcher")
    house.data["launchers"][launcher] = {
        "owner": PARTNER, "site": house.names[edge.origin], "payload": {to: f"{math.ceil(payload_kg)} kg"},
        "cadence": "12 /yr", "assumed": f"payload: what the SpaceNet file launches; cadence: {UNSAID}",
    }  # fmt: skip
    return {
        "legs": [{"by": launcher, "carrying": _units(house, units), "route": route}],
        **_unit_types(house, units),
    }


def _arriving_kg(house: House, event: SpaceTransport | FlightTransport) -> float:
    """Most that what is left of a stack may weigh: tanks, rooms and seats full."""
    gone = set(_dropped(event))
    return sum(_full_kg(house.campaign, key) for key in event.elements if key not in gone)


def _full_kg(campaign: Campaign, key: str) -> float:
    element = campaign.element[key]
    tank_kg = (
        element.fuel.amount
        if isinstance(element, PropulsiveVehicle | SurfaceVehicle) and element.fuel
        else 0.0
    )
    room_kg = element.max_cargo_kg + 100.0 * element.max_crew if isinstance(element, Carrier) else 0.0
    return element.mass_kg + tank_kg + room_kg


def _dropped(event: SpaceTransport | FlightTransport) -> Iterator[str]:
    for sequence in event.sequence if isinstance(event, SpaceTransport) else ():
        yield from (action.element for action in sequence.actions if action.type == "Stage")


def _abstract(house: House, event: FlightTransport) -> dict[str, Any]:
    """A flight whose burns nobody tells: the first vehicle flies it."""
    edge = house.campaign.edge[event.edge]
    units = [key for key in event.elements if _is_vehicle(house, key)]
    if not units:
        raise _UnsayableError("no vehicle flies it")
    leg = _leg(house, units[0], units, house.names[edge.id])
    return {"legs": [leg], **_unit_types(house, units)}


def _voyage(house: House, event: SpaceTransport, name: str) -> dict[str, Any]:
    """A flight in segments: each vehicle that burns flies one, and drops what is staged at its end."""
    edge = house.campaign.edge[event.edge]
    assert isinstance(edge, SpaceEdge)
    units = [key for key in event.elements if _is_vehicle(house, key)]
    segments = list(_segments(house.campaign, event, edge))
    if not segments:
        raise _UnsayableError("no vehicle burns")
    if any(segment.flyer not in units for segment in segments):
        raise _UnsayableError("a vehicle burns that is not aboard, or no more")
    legs, there = [], house.names[edge.origin]
    left, gone = list(units), list[str]()
    for number, segment in enumerate(segments, start=1):
        if segment.flyer not in left:
            raise _UnsayableError("a vehicle burns after it was dropped")
        route = house.names[edge.id]
        if len(segments) > 1:
            route, there = _part_of_route(house, edge, segments, number, there)
        legs.append(_leg(house, segment.flyer, left, route))
        gone += [one for one in segment.dropped if one in left]
        left = [one for one in left if one not in gone]
    expends = _units(house, gone)
    return {"legs": legs, **({"expends": expends} if expends else {}), **_unit_types(house, units)}


def _segments(campaign: Campaign, event: SpaceTransport, edge: SpaceEdge) -> Iterator[_Segment]:
    actions = {one.burn: one.actions for one in event.sequence}
    rows: list[tuple[str, int, tuple[str, ...]]] = []
    for number, burn in enumerate(edge.burns):
        told = actions.get(burn.id, ())
        burning = [action.element for action in told if action.type == "Burn"]
        if len(set(burning)) != 1 or (told and told[0].type != "Burn"):
            raise _UnsayableError(
                f"burn {number + 1} is not that of one vehicle, which may drop others after it"
            )
        rows.append((burning[0], number, tuple(one.element for one in told if one.type == "Stage")))
    for flyer, group in groupby(rows, key=lambda row: row[0]):
        same = list(group)
        if any(dropped for _, _, dropped in same[:-1]):
            raise _UnsayableError("something is dropped between two burns of one vehicle")
        yield _Segment(flyer, tuple(number for _, number, _ in same), same[-1][2])


def _part_of_route(
    house: House, edge: SpaceEdge, segments: list[_Segment], number: int, there: str
) -> tuple[str, str]:
    """The part of a way that one vehicle flies, between points that are passed through."""
    segment = segments[number - 1]
    begins_d = edge.burns[segment.burns[0]].time_d if number > 1 else 0.0
    is_last = number == len(segments)
    ends_d = edge.duration_d if is_last else edge.burns[segments[number].burns[0]].time_d
    key = f"{edge.id} part {number} {[one.burns for one in segments]}"
    if key not in house.names:
        to = house.arrival(edge.destination) if is_last else house.free(f"{edge.name} after part {number}")
        house.data["nodes"].setdefault(to, {"kind": "transfer"})
        house.names[f"{key} ends"] = to
        house.data["routes"][house.name(key, f"{edge.name} part {number}")] = {
            "from": there, "to": to, "burns": [f"{edge.burns[one].dv_m_s!r} m/s" for one in segment.burns],
            "duration": f"{max(0.0, ends_d - begins_d)!r} d", "assumed": _AS_GIVEN,
        }  # fmt: skip
    return house.names[key], house.names[f"{key} ends"]


def _leg(house: House, flyer: str, aboard: list[str], route: str) -> dict[str, Any]:
    carried = [one for one in aboard if one != flyer]
    if carried:
        house.data["vehicles"][_vehicle(house, flyer)]["pushes"] = True
    leg: dict[str, Any] = {"by": _unit(house, flyer, aboard), "route": route}
    return {**leg, "carrying": _units(house, carried)} if carried else leg


def _units(house: House, keys: list[str]) -> list[str]:
    return [_unit(house, key, keys) for key in keys]


def _unit(house: House, key: str, aboard: list[str]) -> str:
    """A unit's part in a mission: its type, or its own name where there are several of a type."""
    types = Counter(_vehicle(house, one) for one in aboard)
    kind = _vehicle(house, key)
    return kind if types[kind] <= 1 else house.name(f"unit {key}", house.campaign.title(key))


def _unit_types(house: House, keys: list[str]) -> dict[str, Any]:
    several = {_unit(house, key, keys): _vehicle(house, key) for key in keys}
    told = {unit: kind for unit, kind in several.items() if unit != kind}
    return {"units": told} if told else {}


def _is_vehicle(house: House, key: str) -> bool:
    return isinstance(house.campaign.element[key], ElementCarrier | PropulsiveVehicle | SurfaceVehicle)


def _vehicle(house: House, key: str) -> str:
    """The name of an element's type among the vehicles, told when it is first asked for."""
    campaign, element = house.campaign, house.campaign.element[key]
    assert isinstance(element, Carrier)
    templates = {one.id: one.name for one in campaign.templates}
    kind = element.template_id or element.id
    name = house.name(f"vehicle {kind}", templates.get(kind, element.name))
    if name not in house.data["vehicles"]:
        house.data["vehicles"][name] = _told(house, element)
    return name


def _told(house: House, element: Carrier) -> dict[str, Any]:
    told: dict[str, Any] = {"name": element.name.rpartition(" | ")[2], "owner": PARTNER, "assumed": _AS_GIVEN}
    told["dry_mass"] = f"{element.mass_kg!r} kg"
    if element.max_cargo_kg:
        told["room"] = {"total": f"{element.max_cargo_kg!r} kg"}
    if element.max_crew:
        told |= {"seats": element.max_crew, "crewed": True}
    if isinstance(element, PropulsiveVehicle) and element.fuel.resource in house.names and element.isp_s >= 1:
        unit_kg = house.campaign.resource[str(element.fuel.resource)].unit_mass_kg
        capacity_kg = max(element.max_fuel, element.fuel.amount) * unit_kg
        tank = {"resource": house.names[element.fuel.resource], "capacity": f"{capacity_kg!r} kg"}
        told["tank"] = {**tank, "isp": f"{element.isp_s!r} s"}
    return told


def _waiting(house: House) -> None:
    """Vehicles that come into being off the Earth wait there; other things that do are listed."""
    waiting: list[dict[str, Any]] = []
    for mission in house.campaign.missions:
        for event in mission.events:
            if not isinstance(event, CreateElements):
                continue
            node = house.campaign.node.get(event.location)
            if node is None or (isinstance(node, SurfaceNode) and node.body == "Earth"):
                continue
            created = {key: house.campaign.element[key] for key in event.elements}
            flown = [key for key in created if _is_vehicle(house, key) and event.container == event.location]
            for kind, count in Counter(_vehicle(house, key) for key in flown).items():
                entry = {"vehicle": kind, "node": house.names[node.id], "count": count}
                waiting.append({**entry, "arrived": house.data["horizon"]["start"]})
            rest = [one.name for key, one in created.items() if key not in flown and not _person(one)]
            house.left += [f"{name}: comes into being at {node.name}" for name in rest]
    house.data["initial"] = {"vehicles": waiting} if waiting else {}


def _person(element: AnyElement) -> bool:
    return isinstance(element, HumanAgent)
