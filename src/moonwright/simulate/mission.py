"""Voyages: the flights of a plan set on the legs of their missions, and the rules about when they fly."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from moonwright.plan import Flight, Unit
from moonwright.scenario.mission import Mission
from moonwright.scenario.scenario import Scenario
from moonwright.simulate.rule import Broken, rule
from moonwright.simulate.setting import Setting
from moonwright.simulate.tolerance import TIME_D, same_time
from moonwright.world.world import World


@dataclass(frozen=True)
class Hop:
    """One leg from `enter_d` to `leave_d`: `parts` in the stack, `flyer` at work (None: a launcher)."""

    number: int
    route: str
    origin: str
    destination: str
    flyer: str | None
    parts: tuple[str, ...]
    enter_d: float
    leave_d: float
    burns_m_s: tuple[float, ...] = ()

    @property
    def carried(self) -> tuple[str, ...]:
        """The parts that do not work on this leg."""
        return tuple(part for part in self.parts if part != self.flyer)

    def holds(self, board: int, alight: int) -> bool:
        """True where something that rides from stop to stop is aboard on this leg."""
        return board < self.number <= alight


@dataclass(frozen=True)
class Voyage:
    """A flight with its mission's legs. Stop 0 is where the first leg starts, stop i where leg i ends."""

    flight: Flight
    mission: Mission
    hops: tuple[Hop, ...]

    @property
    def where(self) -> str:
        """How a violation names it."""
        return f"flights.{self.flight.name}"

    @property
    def origin(self) -> str:
        """Where it starts."""
        return self.hops[0].origin

    @property
    def destination(self) -> str:
        """Where its last leg ends."""
        return self.hops[-1].destination

    @property
    def arrival_d(self) -> float:
        """When its last leg ends, by the routes' durations and the stays."""
        return self.hops[-1].leave_d

    def stop(self, index: int) -> str:
        """The node of a stop."""
        return self.origin if index == 0 else self.hops[index - 1].destination

    def reach_d(self, stop: int) -> float:
        """When it reaches a stop (stop 0: when it leaves)."""
        return self.flight.departure_d if stop == 0 else self.hops[stop - 1].leave_d

    def leave_d(self, stop: int) -> float:
        """When it goes on from a stop (last stop: when it arrives)."""
        return self.hops[stop].enter_d if stop < len(self.hops) else self.arrival_d

    def unit(self, part: str) -> Unit:
        """The unit that plays a part."""
        return next(unit for unit in self.flight.units if unit.part == part)

    def hops_of(self, part: str) -> tuple[Hop, ...]:
        """The legs on which a part is in the stack."""
        return tuple(hop for hop in self.hops if part in hop.parts)

    def lifted(self, part: str) -> bool:
        """True where a launcher lifts the part: it is new, or comes from the fleet on the ground."""
        return self.flight.launcher is not None and part in self.hops[0].parts


def voyage(world: World, flight: Flight) -> Voyage:
    """A flight on its mission's legs, timed from its departure; a leg with no flight that day takes what always suffices."""
    scenario = world.scenario
    mission = scenario.missions[flight.mission]
    clock_d, hops = flight.departure_d, []
    for number, leg in enumerate(mission.legs, start=1):
        launched = leg.flyers[0] in scenario.launchers
        route = scenario.routes[leg.route]
        flyer = None if launched else leg.flyers[0]
        parts = leg.carrying if flyer is None else (flyer, *leg.carrying)
        passing = world.passages.at(leg.route, clock_d) or world.passages.dearest(leg.route)
        leave_d = clock_d + passing.duration_d
        ends, times_d = (route.origin, route.destination), (clock_d, leave_d)
        hops.append(Hop(number, leg.route, *ends, flyer, parts, *times_d, passing.burns_m_s))
        clock_d = leave_d + leg.stay
    return Voyage(flight, mission, tuple(hops))


def cast(scenario: Scenario, mission: Mission) -> dict[str, str]:
    """The vehicle type of each part of a mission."""
    named = [part for leg in mission.legs for part in (*leg.flyers, *leg.carrying)]
    return {part: mission.units.get(part, part) for part in named if part not in scenario.launchers}


@rule
def timing(setting: Setting, voyage: Voyage) -> Iterator[Broken]:
    """A flight arrives when its routes' durations and stays have passed, and lies within the horizon."""
    flight = voyage.flight
    if not same_time(flight.arrival_d, voyage.arrival_d):
        told = f"arrives on day {flight.arrival_d:g}, but its legs take it there on day {voyage.arrival_d:g}"
        yield Broken(flight.arrival_d, voyage.where, told)
    if flight.departure_d < -TIME_D:
        yield Broken(
            flight.departure_d, voyage.where, f"leaves {-flight.departure_d:g} d before the horizon starts"
        )
    if _settled_d(setting, voyage) > setting.horizon_d + TIME_D:
        yield Broken(flight.arrival_d, voyage.where, "is not over when the horizon ends")


def _settled_d(setting: Setting, voyage: Voyage) -> float:
    """When it last changes what waits anywhere: a flight home may be under way when the horizon ends."""
    stops = range(1, len(voyage.hops) + 1)
    return max(
        (voyage.reach_d(s) for s in stops if not setting.recovery(voyage.stop(s))), default=voyage.leave_d(0)
    )


@rule
def season(setting: Setting, voyage: Voyage) -> Iterator[Broken]:
    """A mission is flown between its `from` and its `until`."""
    mission, day_d = voyage.mission, voyage.flight.departure_d
    if not setting.calendar.within(day_d, mission.starts, mission.until):
        yield Broken(
            day_d,
            voyage.where,
            f"leaves on day {day_d:g}, outside the dates of mission {voyage.flight.mission}",
        )


@rule
def window(setting: Setting, voyage: Voyage) -> Iterator[Broken]:
    """A route with windows is entered on a day on which it is open, a computed one on a day on which it is flown."""
    for hop in voyage.hops:
        if setting.world.passages.at(hop.route, hop.enter_d) is None:
            told = f"enters route {hop.route} on day {hop.enter_d:g}, on which it has no flight"
            yield Broken(hop.enter_d, voyage.where, told)
        days = setting.world.open_days.get(hop.route)
        day = int((hop.enter_d + TIME_D) // 1)
        if days is not None and not (0 <= day < len(days) and days[day]):
            yield Broken(
                hop.enter_d, voyage.where, f"enters route {hop.route} on day {day}, when it is closed"
            )


@rule
def least_crew(setting: Setting, voyage: Voyage) -> Iterator[Broken]:
    """A mission carries at least its least crew."""
    aboard = max(
        sum(s.count for s in voyage.flight.crew if hop.holds(s.board, s.alight)) for hop in voyage.hops
    )
    if aboard < voyage.mission.least_crew:
        told = (
            f"carries {aboard} people; mission {voyage.flight.mission} needs {int(voyage.mission.least_crew)}"
        )
        yield Broken(voyage.flight.departure_d, voyage.where, told)
