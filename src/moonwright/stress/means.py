"""Means: what gives a campaign its capabilities (a mission's flights, an element, a ship that pushes), and whose it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from moonwright.choose.roles import Role, partners
from moonwright.plan import Flight, Plan
from moonwright.scenario.element import Element, Provides
from moonwright.scenario.mission import Leg
from moonwright.scenario.node import LaunchSite, Recovery, Surface
from moonwright.scenario.scenario import Scenario
from moonwright.scenario.vehicle import Vehicle

SHARED = "shared"


@dataclass(frozen=True)
class Means:
    """One way to give a capability, and the amount of it that a plan gives so.

    `designs`: launchers, vehicles and elements without which it is nothing; `owners`: the partners to whom these belong.
    `ready`: the first day on which all are there (None: from the start). `role`, `element` or `pushes` names what in a
    plan's model it is; `there`: it stood when the campaign began.
    """

    name: str
    designs: frozenset[str]
    owners: tuple[str, ...]
    ready: date | None
    amount: float
    role: Role | None = None
    element: str | None = None
    pushes: str | None = None
    there: bool = False


@dataclass(frozen=True)
class Capability:
    """Something that a campaign needs, in `unit`, with all ways to give it that its scenario knows, used or not."""

    name: str
    unit: str
    means: tuple[Means, ...]

    @property
    def total(self) -> float:
        """What the plan gives by all of them."""
        return sum(one.amount for one in self.means)


def capabilities(scenario: Scenario, plan: Plan) -> tuple[Capability, ...]:
    """What the plan gives, and by what; capabilities of which it gives nothing are left out."""
    by_role: dict[Role, list[Flight]] = {}
    for flight in plan.flights:
        by_role.setdefault(Role(flight.mission, flight.launcher), []).append(flight)
    known = _Known(scenario, plan, by_role)
    found = (*known.flown(), *known.launched(), *known.provided(), *known.pushed())
    return tuple(capability for capability in found if capability.total > 0.0)


@dataclass(frozen=True)
class _Known:
    scenario: Scenario
    plan: Plan
    by_role: Mapping[Role, list[Flight]]

    def flown(self) -> Iterator[Capability]:
        """What flights give."""
        tanked = self._propellants()
        yield self._of("crew up", "people", self._seats_up, lambda f: _people(f, up=True))
        yield self._of("crew down", "people", self._seats_down, lambda f: _people(f, up=False))
        yield self._of("cargo up", "kg", self._room_up, self._lifted_kg)
        if tanked:
            name = "propellant up"
            yield self._of(name, "kg", self._room_outside, lambda f: _cargo_kg(f, tanked))
        yield self._of("landings", "flights", self._lands, lambda _: 1.0)

    def launched(self) -> Iterator[Capability]:
        """Launches from each site."""
        for site, node in self.scenario.nodes.items():
            if isinstance(node, LaunchSite):
                yield self._of(f"launches from {site}", "flights", self._from(site), lambda _: 1.0)

    def provided(self) -> Iterator[Capability]:
        """What elements give while they stand, in the sum over those that are built or there."""
        given: Mapping[str, tuple[str, Callable[[Provides], float]]] = {
            "power": ("kW", lambda one: max(float(one.power_day), float(one.power_night))),
            "berths": ("people", lambda one: float(one.berths)),
            "life support": ("people", lambda one: max((float(c.crew) for c in one.closure.values()), default=0.0)),
        }  # fmt: skip
        for name, (unit, amount) in given.items():
            yield Capability(name, unit, tuple(self._elements(lambda e, a=amount: a(e.provides))))  # type: ignore[misc]

    def pushed(self) -> Iterator[Capability]:
        """Who holds an orbit: thrusters of elements, and ships that visit."""
        given: dict[str, float] = {}
        types = {unit.serial: unit.vehicle for flight in self.plan.flights for unit in flight.units}
        for one in self.plan.reboosts:
            name = types.get(one.provider, one.provider)
            name = (
                name
                if name in self.scenario.vehicles or name in self.scenario.elements
                else name.rpartition("-")[0]
            )
            given[name] = given.get(name, 0.0) + one.impulse_n_s / 1e3
        means: list[Means] = []
        for name, element in self.scenario.elements.items():
            if element.provides.thruster:
                means.append(self._element(name, element, given.get(name, 0.0)))
        for name, vehicle in self.scenario.vehicles.items():
            if vehicle.reboost:
                owners = self._owners(vehicle.owner)
                means.append(
                    Means(name, frozenset({name}), owners, vehicle.ready, given.get(name, 0.0), pushes=name)
                )
        yield Capability("orbit keeping", "kN s", tuple(means))

    def _of(
        self, name: str, unit: str, able: Callable[[Role], bool], amount: Callable[[Flight], float]
    ) -> Capability:
        return Capability(
            name,
            unit,
            tuple(
                self._flight(role, sum(amount(flight) for flight in self.by_role.get(role, ())))
                for role in self._roles()
                if able(role)
            ),
        )

    def _roles(self) -> Iterator[Role]:
        for name, mission in self.scenario.missions.items():
            launchers = [one for one in mission.legs[0].flyers if one in self.scenario.launchers]
            for launcher in launchers or (None,):
                yield Role(name, launcher)

    def _flight(self, role: Role, amount: float) -> Means:
        mission, scenario = self.scenario.missions[role.mission], self.scenario
        vehicles = self._vehicles(role)
        readies = [mission.starts, *(vehicle.ready for vehicle in vehicles.values())]
        if role.launcher:
            readies.append(scenario.launchers[role.launcher].first_flight)
        designs = {*vehicles, *([role.launcher] if role.launcher else [])}
        return Means(
            role.told, frozenset(designs), partners(scenario, role), _last(readies), amount, role=role
        )  # fmt: skip

    def _elements(self, amount: Callable[[Element], float]) -> Iterator[Means]:
        for name, element in self.scenario.elements.items():
            if each := amount(element):
                there = sum(float(x.count) for x in self.scenario.initial.elements if x.element == name)
                built = sum(build.element == name for build in self.plan.builds)
                yield self._element(name, element, each * (there + built))

    def _element(self, name: str, element: Element, amount: float) -> Means:
        there = any(x.element == name for x in self.scenario.initial.elements)
        owners = self._owners(element.owner)
        return Means(
            name, frozenset({name}), owners, element.ready, amount, element=name, there=there
        )  # fmt: skip

    def _owners(self, owner: str) -> tuple[str, ...]:
        if owner != SHARED:
            return (owner,)
        return tuple(name for name, partner in self.scenario.partners.items() if partner.share)

    def _vehicles(self, role: Role) -> dict[str, Vehicle]:
        mission = self.scenario.missions[role.mission]
        parts = [part for leg in mission.legs for part in (*leg.flyers, *leg.carrying)]
        names = [mission.units.get(part, part) for part in parts if part not in self.scenario.launchers]
        return {name: self.scenario.vehicles[name] for name in names}

    def _seats_up(self, role: Role) -> bool:
        uncrewed = self.scenario.missions[role.mission].uncrewed
        return (
            role.launcher is not None and not uncrewed and any(v.seats for v in self._vehicles(role).values())
        )

    def _seats_down(self, role: Role) -> bool:
        mission = self.scenario.missions[role.mission]
        home = any(isinstance(self._ends(leg), Recovery) for leg in mission.legs)
        return home and not mission.uncrewed and any(v.seats for v in self._vehicles(role).values())

    def _room_up(self, role: Role) -> bool:
        return role.launcher is not None and any(v.room for v in self._vehicles(role).values())

    def _room_outside(self, role: Role) -> bool:
        rooms = [v.room for v in self._vehicles(role).values() if v.room]
        return role.launcher is not None and any(
            r.unpressurised is None or r.unpressurised > 0 for r in rooms
        )

    def _lands(self, role: Role) -> bool:
        return any(isinstance(self._ends(leg), Surface) for leg in self.scenario.missions[role.mission].legs)

    def _from(self, site: str) -> Callable[[Role], bool]:
        launchers = self.scenario.launchers
        return lambda role: role.launcher is not None and launchers[role.launcher].site == site

    def _ends(self, leg: Leg) -> object:
        return self.scenario.nodes[self.scenario.routes[leg.route].destination]

    def _propellants(self) -> frozenset[str]:
        thrusters = [one.provides.thruster for one in self.scenario.elements.values()]
        return frozenset(one.resource for one in thrusters if one)

    def _lifted_kg(self, flight: Flight) -> float:
        elements = self.scenario.elements
        lifted = sum(float(elements[item.element].mass) for item in flight.items if item.board == 0)
        return lifted + _cargo_kg(flight, None)


def _people(flight: Flight, *, up: bool) -> float:
    last = max((seat.alight for seat in flight.crew), default=0)
    seats = flight.crew
    return float(sum(s.count for s in seats if (s.board == 0 if up else s.alight == last)))


def _cargo_kg(flight: Flight, resources: frozenset[str] | None) -> float:
    told = (one for one in flight.cargo if one.board == 0)
    return sum(one.mass_kg for one in told if resources is None or one.resource in resources)


def _last(days: list[date | None]) -> date | None:
    return max((day for day in days if day is not None), default=None)
