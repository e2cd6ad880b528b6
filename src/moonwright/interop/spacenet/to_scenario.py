"""A SpaceNet campaign as a scenario of ours: what is given and what should fly, for planning it anew.

A scenario asks; it does not say what is done when. So this tells launchers, vehicles and one mission a transport, and
asks that each be flown. Whatever a scenario has no word for is listed.
"""

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
from moonwright.interop.spacenet.place import FlightEdge, SpaceEdge, SurfaceNode
from moonwright.interop.spacenet.to_scenario_frame import (
    PARTNER,
    SLACK_D,
    UNSAID,
    Frame,
    day,
    framed,
    settled,
)
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
    frame = framed(campaign)
    frame.data |= {"launchers": {}, "vehicles": {}, "missions": {}, "elements": {}, "initial": {}}
    for mission in campaign.missions:
        for event in mission.events:
            starts_d = start_d(campaign, mission) + event.at_d
            if isinstance(event, SpaceTransport | FlightTransport):
                _transport(frame, event, starts_d)
            else:
                _other(frame, event)
    _waiting(frame)
    frame.left.append("who is aboard which flight, and what moves between vehicles: our plans decide that")
    return settled(frame)


def _other(frame: Frame, event: Event) -> None:
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
        frame.left.append(f"{event.name}: {told[event.type]}")


def _transport(frame: Frame, event: SpaceTransport | FlightTransport, starts_d: float) -> None:
    campaign, name = frame.campaign, frame.free(event.name)
    edge = campaign.edge[event.edge]
    origin = campaign.node[edge.origin]
    try:
        if isinstance(origin, SurfaceNode) and origin.body == "Earth":
            mission = _launch(frame, event, name)
        elif isinstance(event, SpaceTransport):
            mission = _voyage(frame, event, name)
        else:
            mission = _abstract(frame, event)
    except _UnsayableError as reason:
        frame.left.append(f"{event.name}: {reason}")
        return
    frame.data["missions"][name] = mission
    first = day(campaign, starts_d)
    until = first + timedelta(days=SLACK_D)
    frame.data["demands"][f"{name} is flown"] = {
        "kind": "fly", "mission": name, "from": first.isoformat(), "until": until.isoformat(), "rank": 1,
        "assumed": f"within {SLACK_D} days of the day in the SpaceNet file",
    }  # fmt: skip


def _launch(frame: Frame, event: SpaceTransport | FlightTransport, name: str) -> dict[str, Any]:
    """A launch: stages that do not arrive are the launcher; what arrives is its payload."""
    edge = frame.campaign.edge[event.edge]
    gone = set(_dropped(event))
    units = [key for key in event.elements if key not in gone and _is_vehicle(frame, key)]
    if not units:
        raise _UnsayableError("nothing that arrives is a vehicle")
    route = frame.names[edge.id]
    to = frame.arrival(edge.destination)
    payload_kg = edge.max_cargo_kg if isinstance(edge, FlightEdge) else _arriving_kg(frame, event)
    launcher = frame.free(f"{name} launcher")
    frame.data["launchers"][launcher] = {
        "owner": PARTNER, "site": frame.names[edge.origin], "payload": {to: f"{math.ceil(payload_kg)} kg"},
        "cadence": "12 /yr", "assumed": f"payload: what the SpaceNet file launches; cadence: {UNSAID}",
    }  # fmt: skip
    return {
        "legs": [{"by": launcher, "carrying": _units(frame, units), "route": route}],
        **_unit_types(frame, units),
    }


def _arriving_kg(frame: Frame, event: SpaceTransport | FlightTransport) -> float:
    """Most that what is left of a stack may weigh: tanks, rooms and seats full."""
    gone = set(_dropped(event))
    return sum(_full_kg(frame.campaign, key) for key in event.elements if key not in gone)


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


def _abstract(frame: Frame, event: FlightTransport) -> dict[str, Any]:
    """A flight whose burns nobody tells: the first vehicle flies it."""
    edge = frame.campaign.edge[event.edge]
    units = [key for key in event.elements if _is_vehicle(frame, key)]
    if not units:
        raise _UnsayableError("no vehicle flies it")
    leg = _leg(frame, units[0], units, frame.names[edge.id])
    return {"legs": [leg], **_unit_types(frame, units)}


def _voyage(frame: Frame, event: SpaceTransport, name: str) -> dict[str, Any]:
    """A flight in segments: each vehicle that burns flies one, and drops what is staged at its end."""
    edge = frame.campaign.edge[event.edge]
    assert isinstance(edge, SpaceEdge)
    units = [key for key in event.elements if _is_vehicle(frame, key)]
    segments = list(_segments(frame.campaign, event, edge))
    if not segments:
        raise _UnsayableError("no vehicle burns")
    if any(segment.flyer not in units for segment in segments):
        raise _UnsayableError("a vehicle burns that is not aboard, or no more")
    legs, there = [], frame.names[edge.origin]
    left, gone = list(units), list[str]()
    for number, segment in enumerate(segments, start=1):
        if segment.flyer not in left:
            raise _UnsayableError("a vehicle burns after it was dropped")
        route = frame.names[edge.id]
        if len(segments) > 1:
            route, there = _part_of_route(frame, edge, segments, number, there)
        legs.append(_leg(frame, segment.flyer, left, route))
        gone += [one for one in segment.dropped if one in left]
        left = [one for one in left if one not in gone]
    expends = _units(frame, gone)
    return {"legs": legs, **({"expends": expends} if expends else {}), **_unit_types(frame, units)}


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
    frame: Frame, edge: SpaceEdge, segments: list[_Segment], number: int, there: str
) -> tuple[str, str]:
    """The part of a way that one vehicle flies, between points that are passed through."""
    segment = segments[number - 1]
    begins_d = edge.burns[segment.burns[0]].time_d if number > 1 else 0.0
    is_last = number == len(segments)
    ends_d = edge.duration_d if is_last else edge.burns[segments[number].burns[0]].time_d
    key = f"{edge.id} part {number} {[one.burns for one in segments]}"
    if key not in frame.names:
        to = frame.arrival(edge.destination) if is_last else frame.free(f"{edge.name} after part {number}")
        frame.data["nodes"].setdefault(to, {"kind": "transfer"})
        frame.names[f"{key} ends"] = to
        frame.data["routes"][frame.name(key, f"{edge.name} part {number}")] = {
            "from": there, "to": to, "burns": [f"{edge.burns[one].dv_m_s!r} m/s" for one in segment.burns],
            "duration": f"{max(0.0, ends_d - begins_d)!r} d", "assumed": _AS_GIVEN,
        }  # fmt: skip
    return frame.names[key], frame.names[f"{key} ends"]


def _leg(frame: Frame, flyer: str, aboard: list[str], route: str) -> dict[str, Any]:
    carried = [one for one in aboard if one != flyer]
    if carried:
        frame.data["vehicles"][_vehicle(frame, flyer)]["pushes"] = True
    leg: dict[str, Any] = {"by": _unit(frame, flyer, aboard), "route": route}
    return {**leg, "carrying": _units(frame, carried)} if carried else leg


def _units(frame: Frame, keys: list[str]) -> list[str]:
    return [_unit(frame, key, keys) for key in keys]


def _unit(frame: Frame, key: str, aboard: list[str]) -> str:
    """A unit's part in a mission: its type, or its own name where there are several of a type."""
    types = Counter(_vehicle(frame, one) for one in aboard)
    kind = _vehicle(frame, key)
    return kind if types[kind] <= 1 else frame.name(f"unit {key}", frame.campaign.title(key))


def _unit_types(frame: Frame, keys: list[str]) -> dict[str, Any]:
    several = {_unit(frame, key, keys): _vehicle(frame, key) for key in keys}
    told = {unit: kind for unit, kind in several.items() if unit != kind}
    return {"units": told} if told else {}


def _is_vehicle(frame: Frame, key: str) -> bool:
    return isinstance(frame.campaign.element[key], ElementCarrier | PropulsiveVehicle | SurfaceVehicle)


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
    for mission in frame.campaign.missions:
        for event in mission.events:
            if not isinstance(event, CreateElements):
                continue
            node = frame.campaign.node.get(event.location)
            if node is None or (isinstance(node, SurfaceNode) and node.body == "Earth"):
                continue
            created = {key: frame.campaign.element[key] for key in event.elements}
            flown = [key for key in created if _is_vehicle(frame, key) and event.container == event.location]
            for kind, count in Counter(_vehicle(frame, key) for key in flown).items():
                entry = {"vehicle": kind, "node": frame.names[node.id], "count": count}
                waiting.append({**entry, "arrived": frame.data["horizon"]["start"]})
            rest = [one.name for key, one in created.items() if key not in flown and not _person(one)]
            frame.left += [f"{name}: comes into being at {node.name}" for name in rest]
    frame.data["initial"] = {"vehicles": waiting} if waiting else {}


def _person(element: AnyElement) -> bool:
    return isinstance(element, HumanAgent)
