"""What a report is about: scenario, plan and run, with the names and dates that a reader knows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from moonwright.plan import Cargo, Flight, Plan
from moonwright.scenario.scenario import Scenario
from moonwright.simulate.run import FlightRecord, Run
from moonwright.world.passage import Passages, passages

SHARED = "shared"  # the owner of what the partners own together, by their shares


@dataclass(frozen=True)
class Stop:
    """Where a flight is on a day: it may reach a node on one day and leave it on a later one."""

    node: str
    day_d: float


@dataclass(frozen=True)
class Subject:
    """A plan for a scenario, and what follows from it. Every section of the report is a function of this."""

    scenario: Scenario
    plan: Plan
    run: Run

    def date_of(self, day_d: float) -> date:
        """The calendar date of a day counted from the horizon's first; a fraction of a day is dropped."""
        return self.scenario.horizon.start + timedelta(days=int(day_d // 1))

    def name_of(self, nouns: str, key: str) -> str:
        """The name an entry goes by: what the author calls it, or its key. `nouns` is such as "vehicles"."""
        entry = getattr(self.scenario, nouns).get(key)
        return getattr(entry, "name", None) or key

    def partner_name(self, key: str) -> str:
        """A partner's full name; "shared" stands for all of them together."""
        return "Shared" if key == SHARED else self.name_of("partners", key)

    def told(self, path: str) -> str:
        """A number's path in words: "launchers.long-march-10.price" -> "Long March 10: price"."""
        nouns, _, rest = path.partition(".")
        entries = getattr(self.scenario, nouns, None)
        if not isinstance(entries, dict):
            return path
        name = max((key for key in entries if rest.startswith(f"{key}.")), key=len, default=None)
        if name is None:
            return path
        inside = rest[len(name) + 1 :].replace(".", ", ").replace("_", " ")
        return f"{self.name_of(nouns, name)}: {inside}"

    def owners(self, owner: str) -> Mapping[str, float]:
        """Who owns what an entry's `owner` says, and how much of it (fractions)."""
        if owner != SHARED:
            return {owner: 1.0}
        partners = self.scenario.partners.items()
        return {key: float(partner.share) for key, partner in partners if partner.share}

    def flown_by(self, flight: Flight) -> str:
        """The partner that a flight belongs to: owner of its launcher, or else of its first vehicle."""
        if flight.launcher is not None:
            return self.scenario.launchers[flight.launcher].owner
        return self.scenario.vehicles[flight.units[0].vehicle].owner

    def stops(self, flight: Flight) -> tuple[Stop, ...]:
        """Where a flight departs and arrives, in order; a stay gives two stops at one node."""
        legs = self.scenario.missions[flight.mission].legs
        stops = [Stop(self.scenario.routes[legs[0].route].origin, flight.departure_d)]
        for leg, (_, ends_d) in zip(legs, self.legs_d(flight), strict=True):
            node = self.scenario.routes[leg.route].destination
            stops.append(Stop(node, ends_d))
            if leg.stay:
                stops.append(Stop(node, ends_d + leg.stay))
        return tuple(stops)

    def legs_d(self, flight: Flight) -> tuple[tuple[float, float], ...]:
        """When each leg of a flight begins and ends."""
        times, clock_d = [], flight.departure_d
        for leg in self.scenario.missions[flight.mission].legs:
            passing = self._passages.at(leg.route, clock_d) or self._passages.dearest(leg.route)
            times.append((clock_d, clock_d + passing.duration_d))
            clock_d += passing.duration_d + leg.stay
        return tuple(times)

    @cached_property
    def _passages(self) -> Passages:
        return passages(self.scenario)

    def nodes_of(self, flight: Flight) -> tuple[str, ...]:
        """Nodes of a flight, by the stop numbers that its manifest uses."""
        legs = [self.scenario.routes[leg.route] for leg in self.scenario.missions[flight.mission].legs]
        return (legs[0].origin, *(leg.destination for leg in legs))

    @cached_property
    def records(self) -> Mapping[str, FlightRecord]:
        """What the replay found of each flight, by the flight's name."""
        return {record.flight: record for record in self.run.flights}

    @cached_property
    def copies(self) -> Mapping[str, int]:
        """How many copies of each element the plan builds."""
        return Counter(build.element for build in self.plan.builds)


def supplies_kg(subject: Subject, flight: Flight, stop: int = 0) -> float:
    """Resources aboard from a stop on, packing counted."""
    return sum(packed_kg(subject, c) for c in flight.cargo if c.board <= stop < c.alight)


def packed_kg(subject: Subject, cargo: Cargo) -> float:
    """A resource aboard with its packing; what rides in a propellant tank has none."""
    packing = 0.0 if cargo.tank is not None else subject.scenario.resources[cargo.resource].packing
    return float(cargo.mass_kg * (1 + packing))


def elements_kg(subject: Subject, flight: Flight, stop: int = 0) -> float:
    """Elements aboard from a stop on."""
    return float(
        sum(subject.scenario.elements[i.element].mass for i in flight.items if i.board <= stop < i.alight)
    )


def people(flight: Flight, stop: int = 0) -> int:
    """People aboard from a stop on."""
    return sum(seat.count for seat in flight.crew if seat.board <= stop < seat.alight)
