"""A plan of ours as a SpaceNet campaign: every flight a mission of its own, with its stack, burns and load.

Cargo, people and elements ride in the stack itself, not in a vehicle of it: our plans do not say in which. What
happens at a node between flights (use, production, building) has no event in SpaceNet, and is listed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any

from moonwright.interop.spacenet.campaign import Campaign, Mission
from moonwright.interop.spacenet.duration import days
from moonwright.interop.spacenet.element import HumanAgent
from moonwright.interop.spacenet.event import (
    Action,
    AddResources,
    ConsumeResources,
    CreateElements,
    Event,
    FlightTransport,
    RemoveElements,
    Sequence,
    SpaceTransport,
)
from moonwright.interop.spacenet.from_plan_network import identity, network, resources
from moonwright.interop.spacenet.from_plan_things import USED_UP, Things
from moonwright.interop.spacenet.place import Burn, Edge, FlightEdge, SpaceEdge
from moonwright.interop.spacenet.shelved import shelved
from moonwright.interop.spacenet.supply import Measured
from moonwright.plan import Plan, Seat, Unit
from moonwright.scenario.scenario import Scenario
from moonwright.simulate.manifest import load, packed_kg, provisions_kg
from moonwright.simulate.mission import Hop, Voyage
from moonwright.simulate.replay import Story, tell
from moonwright.simulate.setting import Setting
from moonwright.simulate.vehicle import Wait
from moonwright.world.world import World

_DAY_S = 86_400.0
_BOARDING, _FUELLING, _LEAVING, _ALIGHTING = 1, 2, 4, 1  # priorities at one moment; arrivals have 0


def from_plan(plan: Plan, world: World) -> tuple[Campaign, tuple[str, ...]]:
    """The campaign that a plan flies, and in a sentence each what of the plan it does not hold."""
    maker = _Maker(tell(plan, world), Things(world.scenario))
    return shelved(maker.campaign()), tuple(dict.fromkeys((*maker.left, *_unsaid(maker.setting))))


@dataclass
class _Maker:
    """Gathers what a campaign needs. `serving`: the element that a serial is now; `waiting`: who is where since when."""

    story: Story
    things: Things
    edges: dict[str, Edge] = field(default_factory=dict)
    existing: set[str] = field(default_factory=set)
    serving: dict[str, str] = field(default_factory=dict)
    waiting: defaultdict[tuple[str, str], list[tuple[float, str]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    left: list[str] = field(default_factory=list)

    @property
    def setting(self) -> Setting:
        return self.story.setting

    @property
    def scenario(self) -> Scenario:
        return self.story.setting.scenario

    @cached_property
    def waits(self) -> dict[tuple[str, float], Wait]:
        """How each vehicle waited, by its serial and the moment when it ended."""
        return {(wait.serial, wait.until_d): wait for wait in self.story.flown.waits}

    def campaign(self) -> Campaign:
        scenario = self.scenario
        start = datetime.combine(scenario.horizon.start, datetime.min.time(), UTC)
        voyages = sorted(self.story.voyages, key=lambda one: one.flight.departure_d)
        flown = {one.flight.name for one in voyages}
        unsound = (flight.name for flight in self.setting.plan.flights if flight.name not in flown)
        self.left += [f"flight {name}: its units do not fit its mission" for name in unsound]
        opening = Mission(name="There at the start", start=start, events=tuple(self._opening(voyages)))
        missions = (opening, *(self._mission(start, one) for one in voyages))
        return Campaign(
            name=scenario.name,
            created_by="Moonwright",
            description=scenario.description,
            start=start,
            network=network(scenario, tuple(self.edges.values())),
            missions=missions,
            elements=tuple(self.things.elements.values()),
            resources=resources(scenario),
        )

    def _opening(self, voyages: Iterable[Voyage]) -> Iterator[Event]:
        """Vehicles and people that are there before anything flies, or come with a flight under way."""
        free = sorted(self._there(), key=lambda one: one[0])
        for one in voyages:
            for unit in one.flight.units:
                wanted = (unit.vehicle, one.hops_of(unit.part)[0].origin)
                there = next((entry for entry in free if entry[1:] == wanted), None)
                if one.lifted(unit.part) or unit.serial in self.serving or there is None:
                    continue
                free.remove(there)
                key = self._serve(unit, unit.serial, self.things.capacity_kg(unit.vehicle))
                yield from self._created(f"{unit.serial} waits", there[0], there[2], [key])
        initial, day_of = self.scenario.initial, self.setting.calendar.day_of
        crews = [(0.0, one.kind, one.node, one.count) for one in initial.crew]
        for arrival in initial.under_way:
            crews += [(float(day_of(arrival.on)), kind, arrival.node, n) for kind, n in arrival.crew.items()]
        for day_d, kind, node, count in crews:
            keys = [self.things.person(kind) for _ in range(int(count))]
            self.waiting[kind, node] += [(day_d, key) for key in keys]
            yield from self._created(f"{kind} at {node}", day_d, node, keys)

    def _there(self) -> Iterator[tuple[float, str, str]]:
        """(since which day, vehicle, node) of every vehicle that no flight of the plan brings."""
        initial, day_of = self.scenario.initial, self.setting.calendar.day_of
        for one in initial.vehicles:
            yield from [(0.0, one.vehicle, one.node)] * int(one.count)
        for arrival in initial.under_way:
            for vehicle, count in arrival.vehicles.items():
                yield from [(float(day_of(arrival.on)), vehicle, arrival.node)] * int(count)

    def _mission(self, start: datetime, one: Voyage) -> Mission:
        """A flight: at each stop some board, the stack goes on, and at the next some alight."""
        name, begins_d = one.flight.name, one.flight.departure_d
        aboard: dict[str, int] = {}  # what rides, and the stop where it alights
        events: list[Event] = []
        for hop in one.hops:
            at_d = _microseconds(hop.enter_d - begins_d)
            events += self._units_come(one, hop, at_d)
            aboard |= dict(self._boarding(one, hop.number - 1))
            events += self._created(f"{name} loads", at_d, hop.origin, aboard)
            units = [self.serving[one.unit(part).serial] for part in hop.parts]
            events.append(self._transport(one, hop, at_d, (*units, *aboard)))
            gone = [*self._alighting(one, hop, aboard), *self._units_gone(one, hop)]
            if gone:
                ends_d, to = _microseconds(hop.leave_d - begins_d), identity("node", hop.destination)
                told: dict[str, Any] = {
                    "priority": _ALIGHTING,
                    "at_d": ends_d,
                    "location": to,
                    "elements": tuple(gone),
                }
                events.append(RemoveElements(name=f"{name} unloads", **told))
        ends: dict[str, Any] = {
            "origin": identity("node", one.origin),
            "destination": identity("node", one.destination),
        }
        return Mission(name=name, start=start + timedelta(days=begins_d), events=tuple(events), **ends)

    def _created(self, name: str, at_d: float, node: str, keys: Iterable[str]) -> Iterator[Event]:
        """The event in which those of `keys` that do not exist yet come into being at a node."""
        fresh = tuple(key for key in keys if key not in self.existing)
        self.existing.update(fresh)
        if fresh:
            place = identity("node", node)
            told: dict[str, Any] = {
                "priority": _BOARDING,
                "at_d": at_d,
                "location": place,
                "container": place,
            }
            yield CreateElements(name=name, elements=fresh, **told)

    def _serve(self, unit: Unit, name: str, held_kg: float) -> str:
        """A vehicle that is there with so much in its tank, and now serves as a unit."""
        key = self.things.vehicle(unit.vehicle, name, held_kg)
        self.serving[unit.serial] = key
        return key

    def _units_come(self, one: Voyage, hop: Hop, at_d: float) -> Iterator[Event]:
        """Units that start with this leg: new ones come into being, others may be refuelled."""
        for unit in (one.unit(part) for part in hop.parts):
            if one.hops_of(unit.part)[0] is not hop:
                continue
            if one.lifted(unit.part) or unit.serial not in self.serving:
                held_kg = unit.tanked_kg if one.lifted(unit.part) else self.things.capacity_kg(unit.vehicle)
                key = self._serve(unit, f"{unit.serial} on {one.flight.name}", held_kg)
                yield from self._created(f"{unit.serial} is ready", at_d, hop.origin, [key])
            yield from self._tank_changes(one, hop, unit, at_d)

    def _tank_changes(self, one: Voyage, hop: Hop, unit: Unit, at_d: float) -> Iterator[Event]:
        """What boiled off while a unit waited, and what it takes on before it leaves."""
        tank = self.scenario.vehicles[unit.vehicle].tank
        wait = self.waits.get((unit.serial, hop.enter_d))
        if tank is None or wait is None or one.lifted(unit.part):
            return
        key, what = self.serving[unit.serial], identity("resource", tank.resource)
        told: dict[str, Any] = {"at_d": at_d, "location": identity("node", hop.origin)}
        held_kg = wait.held_until_kg
        boiled_kg = held_kg * ((1.0 - tank.boil_off) ** -(wait.until_d - max(wait.from_d, 0.0)) - 1.0)
        if boiled_kg > 0:
            gone = (Measured(resource=what, amount=boiled_kg),)
            name = f"{unit.serial} boils off"
            yield ConsumeResources(name=name, priority=_BOARDING, resources=gone, source=key, **told)
        loaded_kg = load(self.setting, one, hop).tanked_kg.get(unit.part, 0.0)
        taken_kg = min(unit.tanked_kg, max(0.0, tank.capacity - held_kg - loaded_kg))
        if unit.part in one.mission.refuels and taken_kg > 0:
            more = (Measured(resource=what, amount=taken_kg),)
            name = f"{unit.serial} refuels"
            yield AddResources(name=name, priority=_FUELLING, resources=more, container=key, **told)

    def _boarding(self, one: Voyage, stop: int) -> Iterator[tuple[str, int]]:
        """(what comes aboard at a stop, where it alights): cargo, elements, people, and what they use under way."""
        flight = one.flight
        for number, cargo in enumerate(flight.cargo, start=1):
            if cargo.board == stop:
                packing_kg = packed_kg(self.setting, cargo) - cargo.mass_kg
                name = f"{cargo.resource} {number} of {flight.name}"
                yield self.things.box(name, cargo.resource, cargo.mass_kg, packing_kg), cargo.alight
        for item in flight.items:
            if item.board == stop:
                yield self.things.item(item.element, item.copy_no), item.alight
        for number, seat in enumerate(flight.crew, start=1):
            if seat.board != stop:
                continue
            for key in self._people(seat, one.stop(stop), one.leave_d(stop)):
                yield key, seat.alight
            if (mass_kg := provisions_kg(self.setting, one, seat)) > 0:
                key = self.things.thing(
                    f"provisions {number} of {flight.name}", mass_kg, 2, "what its crew uses up"
                )
                yield key, seat.alight

    def _people(self, seat: Seat, node: str, day_d: float) -> Iterator[str]:
        """Those who have waited longest at the node, or new ones."""
        there = self.waiting[seat.kind, node]
        for _ in range(seat.count):
            first = min((one for one in there if one[0] <= day_d), key=lambda one: one[0], default=None)
            if first is not None:
                there.remove(first)
            yield first[1] if first is not None else self.things.person(seat.kind)

    def _alighting(self, one: Voyage, hop: Hop, aboard: dict[str, int]) -> Iterator[str]:
        """What leaves the flight where a leg ends is taken from `aboard`; what also leaves the campaign is told."""
        home = self.setting.recovery(hop.destination)
        for key in [key for key, alight in aboard.items() if alight == hop.number]:
            del aboard[key]
            element = self.things.elements[key]
            if home or element.description == USED_UP:
                yield key
            elif isinstance(element, HumanAgent):
                self.waiting[element.description, hop.destination].append((hop.leave_d, key))

    def _units_gone(self, one: Voyage, hop: Hop) -> Iterator[str]:
        """Units whose last leg this was, and that are recovered or thrown away."""
        for part in hop.parts:
            unit = one.unit(part)
            if one.hops_of(part)[-1] is hop and (
                self.setting.recovery(hop.destination) or part in one.mission.expends
            ):
                yield self.serving.pop(unit.serial)

    def _transport(self, one: Voyage, hop: Hop, at_d: float, stack: tuple[str, ...]) -> Event:
        told: dict[str, Any] = {
            "priority": _LEAVING,
            "at_d": at_d,
            "location": identity("node", hop.origin),
            "elements": stack,
        }
        name, edge = f"{one.flight.name} to {hop.destination}", self._edge(hop)
        if isinstance(edge, FlightEdge):
            return FlightTransport(name=name, edge=edge.id, **told)
        flyer = self.serving[one.unit(hop.flyer or "").serial]
        act = (Action(type="Burn", element=flyer),)
        return SpaceTransport(
            name=name,
            edge=edge.id,
            sequence=tuple(Sequence(burn=burn.id, actions=act) for burn in edge.burns),
            **told,
        )

    def _edge(self, hop: Hop) -> FlightEdge | SpaceEdge:
        """The edge of a leg. Burn times are not in our routes: the first burn is at the start, the others at the end."""
        lasts_d = _microseconds(hop.leave_d - hop.enter_d)
        key = identity("edge", f"{hop.route} {hop.flyer is None} {lasts_d!r} {hop.burns_m_s}")
        ends: dict[str, Any] = {
            "origin": identity("node", hop.origin),
            "destination": identity("node", hop.destination),
        }
        told: dict[str, Any] = {"id": key, "name": hop.route, "duration_d": lasts_d, **ends}
        if key not in self.edges and hop.flyer is None:
            self.edges[key] = FlightEdge(
                max_crew=1000, max_cargo_kg=1e9, **told
            )  # the launcher's own limits differ
        elif key not in self.edges:
            burns = tuple(
                Burn(
                    id=identity("burn", f"{key} {number}"),
                    time_d=0.0 if number == 0 else lasts_d,
                    dv_m_s=dv_m_s,
                )
                for number, dv_m_s in enumerate(burn for burn in hop.burns_m_s if burn > 0)
            )
            self.edges[key] = SpaceEdge(burns=burns, **told)
        edge = self.edges[key]
        assert isinstance(edge, FlightEdge | SpaceEdge)
        return edge


def _microseconds(duration_d: float) -> float:
    """A duration to the microsecond, as it will be written."""
    return days(duration_d * _DAY_S)


def _unsaid(setting: Setting) -> Iterator[str]:
    """What a plan holds and a campaign does not."""
    plan, scenario = setting.plan, setting.scenario
    told = {
        "what people and elements use at a node, and its stocks: cargo stays in its boxes there": scenario.crew,
        "what plants make and life support recovers": plan.made,
        "when elements are put to work": plan.builds,
        "impulse given to stations": plan.reboosts,
        "new reusable vehicles and their price": plan.purchases,
        "money": any(launcher.price for launcher in scenario.launchers.values()),
        "boil-off of stocks": any(resource.boil_off for resource in scenario.resources.values()),
        "what launchers can lift: launches are flights without a limit": scenario.launchers,
        "burn times: the first burn of a leg is at its start, the others at its end": plan.flights,
    }
    yield from (what for what, there in told.items() if there)
