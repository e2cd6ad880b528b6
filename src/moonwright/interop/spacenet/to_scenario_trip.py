"""Transports of a SpaceNet campaign as trips: legs that one vehicle flies each, joined where the same ones go on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from moonwright.interop.spacenet.campaign import Campaign
from moonwright.interop.spacenet.element import ElementCarrier, PropulsiveVehicle, SurfaceVehicle
from moonwright.interop.spacenet.event import FlightTransport, SpaceTransport
from moonwright.interop.spacenet.place import FlightEdge, SpaceEdge, SurfaceNode
from moonwright.interop.spacenet.to_scenario_frame import Frame

_AS_GIVEN = "as the SpaceNet file has it"


class UnsayableError(Exception):
    """A transport that no mission of ours can be; the message says why."""


@dataclass(frozen=True)
class Leg:
    """A route flown by an element with others, then a stay. Without a flyer it is a launch."""

    flyer: str | None
    carried: tuple[str, ...]
    route: str
    stay_d: float = 0.0


@dataclass(frozen=True)
class Trip:
    """What some vehicles do one after the other, by ids of elements and nodes; days of the campaign."""

    legs: tuple[Leg, ...]
    units: tuple[str, ...]
    dropped: tuple[str, ...]
    origin: str
    destination: str
    begins_d: float
    ends_d: float

    @property
    def left(self) -> tuple[str, ...]:
        """The vehicles that make its last leg and are not dropped."""
        last = self.legs[-1]
        return tuple(
            one for one in (last.flyer, *last.carried) if one is not None and one not in self.dropped
        )

    def then(self, later: Trip) -> Trip | None:
        """Both as one trip, where the second begins where the first ends, with vehicles of its last leg."""
        if later.origin != self.destination or later.begins_d < self.ends_d or not later.legs[0].flyer:
            return None
        if not set(later.units) <= set(self.left):
            return None
        waiting = replace(self.legs[-1], stay_d=later.begins_d - self.ends_d)
        return replace(
            self,
            legs=(*self.legs[:-1], waiting, *later.legs),
            dropped=self.dropped + later.dropped,
            destination=later.destination,
            ends_d=later.ends_d,
        )


def is_vehicle(campaign: Campaign, key: str) -> bool:
    """Whether an element is of a kind that flies or carries others."""
    return isinstance(campaign.element[key], ElementCarrier | PropulsiveVehicle | SurfaceVehicle)


def trip(frame: Frame, event: SpaceTransport | FlightTransport, begins_d: float) -> Trip:
    """One transport. Raises UnsayableError."""
    campaign = frame.campaign
    edge = campaign.edge[event.edge]
    assert isinstance(edge, SpaceEdge | FlightEdge)  # checked when it was read
    units = tuple(key for key in event.elements if is_vehicle(campaign, key))
    origin = campaign.node[edge.origin]
    if isinstance(origin, SurfaceNode) and origin.body == "Earth":
        gone = set(staged(event))
        units = tuple(key for key in units if key not in gone)
        legs: tuple[Leg, ...] = (Leg(None, units, frame.names[edge.id]),)
        dropped: tuple[str, ...] = ()
        if not units:
            raise UnsayableError("nothing that arrives is a vehicle")
    elif isinstance(event, SpaceTransport) and isinstance(edge, SpaceEdge):
        legs, dropped = _burned_legs(frame, event, edge, units)
    elif not units:
        raise UnsayableError("no vehicle flies it")
    else:  # nobody tells who burns: the first vehicle flies
        legs, dropped = (Leg(units[0], units[1:], frame.names[edge.id]),), ()
    return Trip(legs, units, dropped, edge.origin, edge.destination, begins_d, begins_d + edge.duration_d)


def staged(event: SpaceTransport | FlightTransport) -> Iterator[str]:
    """The elements that a transport drops."""
    for sequence in event.sequence if isinstance(event, SpaceTransport) else ():
        yield from (action.element for action in sequence.actions if action.type == "Stage")


@dataclass(frozen=True)
class _Segment:
    """Consecutive burns of one transport that one vehicle flies, and what is dropped when they are done."""

    flyer: str
    burns: tuple[int, ...]
    dropped: tuple[str, ...]


def _burned_legs(
    frame: Frame, event: SpaceTransport, edge: SpaceEdge, units: tuple[str, ...]
) -> tuple[tuple[Leg, ...], tuple[str, ...]]:
    """A leg for each vehicle that burns; and what is dropped."""
    segments = tuple(_segments(event, edge))
    if not segments:
        raise UnsayableError("no vehicle burns")
    legs, there = list[Leg](), frame.names[edge.origin]
    left, gone = list(units), list[str]()
    for number, segment in enumerate(segments):
        if segment.flyer not in left:
            raise UnsayableError("a vehicle burns that is not aboard, or no more")
        route = frame.names[edge.id]
        if len(segments) > 1:
            route, there = _part_of_route(frame, edge, segments, number, there)
        legs.append(Leg(segment.flyer, tuple(one for one in left if one != segment.flyer), route))
        gone += [one for one in segment.dropped if one in left]
        left = [one for one in left if one not in gone]
    return tuple(legs), tuple(gone)


def _segments(event: SpaceTransport, edge: SpaceEdge) -> Iterator[_Segment]:
    actions = {one.burn: one.actions for one in event.sequence}
    rows: list[tuple[str, int, tuple[str, ...]]] = []
    for number, burn in enumerate(edge.burns):
        told = actions.get(burn.id, ())
        burning = {action.element for action in told if action.type == "Burn"}
        if len(burning) != 1 or told[0].type != "Burn":
            why = "is not that of one vehicle, which may drop others after it"
            raise UnsayableError(f"burn {number + 1} {why}")
        rows.append((burning.pop(), number, tuple(one.element for one in told if one.type == "Stage")))
    for flyer, group in groupby(rows, key=lambda row: row[0]):
        same = list(group)
        if any(dropped for _, _, dropped in same[:-1]):
            raise UnsayableError("something is dropped between two burns of one vehicle")
        yield _Segment(flyer, tuple(number for _, number, _ in same), same[-1][2])


def _part_of_route(
    frame: Frame, edge: SpaceEdge, segments: tuple[_Segment, ...], number: int, there: str
) -> tuple[str, str]:
    """(the part of a way that one vehicle flies, where it ends): between them are points that are passed through."""
    burns, is_last = segments[number].burns, number == len(segments) - 1
    begins_d = edge.burns[burns[0]].time_d if number else 0.0
    ends_d = edge.duration_d if is_last else edge.burns[segments[number + 1].burns[0]].time_d
    key = f"{edge.id} part {number} {[one.burns for one in segments]}"
    if key not in frame.names:
        to = (
            frame.arrival(edge.destination) if is_last else frame.free(f"{edge.name} after part {number + 1}")
        )
        frame.data["nodes"].setdefault(to, {"kind": "transfer"})
        frame.names[f"{key} ends"] = to
        frame.data["routes"][frame.name(key, f"{edge.name} part {number + 1}")] = {
            "from": there, "to": to, "burns": [f"{edge.burns[one].dv_m_s!r} m/s" for one in burns],
            "duration": f"{max(0.0, ends_d - begins_d)!r} d", "assumed": _AS_GIVEN,
        }  # fmt: skip
    return frame.names[key], frame.names[f"{key} ends"]
