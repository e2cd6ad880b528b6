"""Every single vehicle: where it is, how long it waits, how often it flies."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from moonwright.simulate.horizon import booked
from moonwright.simulate.mission import Voyage, cast
from moonwright.simulate.rule import Broken, rule
from moonwright.simulate.setting import Setting
from moonwright.simulate.tolerance import TIME_D


@dataclass
class Craft:
    """One vehicle during the walk. `node` None: under way or gone for good; `grounded`: recovered."""

    serial: str
    vehicle: str
    node: str | None
    since_d: float
    held_kg: float
    at_start: bool = False
    grounded: bool = False


@dataclass(frozen=True)
class Wait:
    """A vehicle at a node for a while (`until_d` infinite: to the end); `between` two legs of one flight."""

    serial: str
    vehicle: str
    node: str
    from_d: float
    until_d: float
    held_until_kg: float
    between: bool = False

    @property
    def days(self) -> tuple[int, float]:
        """First day, and first day after, on which it is there all day long."""
        return booked(self.from_d), self.until_d if math.isinf(self.until_d) else math.floor(
            self.until_d + TIME_D
        )


@dataclass(frozen=True)
class Launch:
    """A vehicle leaves the ground; `ready_d`: when it was back from its last flight (None: its first)."""

    serial: str
    vehicle: str
    day_d: float
    ready_d: float | None


@dataclass(frozen=True)
class Use:
    """A vehicle uses up one of its flights: it is launched, or flies a mission that leaves it waiting."""

    serial: str
    vehicle: str
    day_d: float


@dataclass(frozen=True)
class Landing:
    """A vehicle comes home on a flight that left on `left_d`."""

    serial: str
    left_d: float


@rule
def crewing(setting: Setting, voyage: Voyage) -> Iterator[Broken]:
    """A flight has exactly the parts of its mission, each of its type, and a launcher that may lift it."""
    flight, parts = voyage.flight, cast(setting.scenario, voyage.mission)
    played = {unit.part: unit.vehicle for unit in flight.units}
    if played != parts or len(flight.units) != len(parts):
        yield Broken(
            flight.departure_d,
            voyage.where,
            f"is flown by {played}; mission {flight.mission} asks for {parts}",
        )
    if len({unit.serial for unit in flight.units}) != len(flight.units):
        yield Broken(flight.departure_d, voyage.where, "uses one vehicle in two parts")
    lifters = [name for name in voyage.mission.legs[0].flyers if name in setting.scenario.launchers]
    if (flight.launcher not in lifters) if lifters else (flight.launcher is not None):
        told = f"is launched by {flight.launcher}; its mission allows {', '.join(lifters) or 'no launcher'}"
        yield Broken(flight.departure_d, voyage.where, told)


@rule
def vehicle_there(
    voyage: Voyage, part: str, day_d: float, origin: str, craft: Craft | None
) -> Iterator[Broken]:
    """A unit that no launcher lifts waits where its first leg starts; one that is lifted is on the ground."""
    unit = voyage.unit(part)
    if craft is None:
        yield Broken(day_d, voyage.where, f"{unit.serial} is not waiting at {origin}")
    elif craft.vehicle != unit.vehicle:
        yield Broken(day_d, voyage.where, f"{unit.serial} is a {craft.vehicle}, not a {unit.vehicle}")
    elif voyage.lifted(part) and not craft.grounded:
        yield Broken(
            day_d, voyage.where, f"{unit.serial} has been launched before and is not back on the ground"
        )
    elif not voyage.lifted(part) and (craft.node != origin or craft.since_d > day_d + TIME_D):
        yield Broken(day_d, voyage.where, f"{unit.serial} is at {craft.node or 'no node'}, not at {origin}")


@rule
def opening_state(setting: Setting, voyage: Voyage, day_d: float, craft: Craft) -> Iterator[Broken]:
    """A unit is taken from the state that opened the period: never in the period in which it arrived."""
    opening = setting.calendar.opening(day_d)
    if craft.since_d > opening + TIME_D:
        told = (
            f"takes {craft.serial}, which came on day {craft.since_d:g}; the period opened on day {opening}"
        )
        yield Broken(day_d, voyage.where, told)


@rule
def left_behind(setting: Setting, voyage: Voyage, day_d: float, node: str, serial: str) -> Iterator[Broken]:
    """A unit that is neither expended nor recovered is left where things can wait."""
    if not setting.place(node):
        yield Broken(day_d, voyage.where, f"{serial} is left at {node}, where nothing can wait")


@rule
def service(setting: Setting, voyage: Voyage) -> Iterator[Broken]:
    """A vehicle flies from the date on which its type is ready, and is launched before it is retired."""
    for unit in voyage.flight.units:
        vehicle = setting.scenario.vehicles[unit.vehicle]
        retired = vehicle.retired if voyage.lifted(unit.part) else None  # whoever is out may still come home
        if not setting.calendar.within(voyage.flight.departure_d, vehicle.ready, retired):
            told = f"{unit.vehicle} flies before it is ready or after it is retired"
            yield Broken(voyage.flight.departure_d, voyage.where, told)


@rule
def stay_limit(setting: Setting, waits: Sequence[Wait]) -> Iterator[Broken]:
    """No vehicle waits docked or dormant for longer than its stay."""
    for wait in waits:
        limit = setting.scenario.vehicles[wait.vehicle].stay
        stayed_d = min(wait.until_d, setting.horizon_d) - wait.from_d
        if limit is not None and stayed_d > limit + TIME_D:
            told = f"{wait.serial} waits {stayed_d:g} d; {wait.vehicle} may stay {limit:g} d"
            yield Broken(wait.from_d + limit, f"nodes.{wait.node}", told)


@rule
def turnaround(setting: Setting, launches: Sequence[Launch]) -> Iterator[Broken]:
    """A reusable vehicle is launched again once its turnaround has passed since it came home."""
    for launch in launches:
        reuse = setting.scenario.vehicles[launch.vehicle].reuse
        if launch.ready_d is None:
            continue
        if reuse is None:
            yield Broken(
                launch.day_d,
                f"vehicles.{launch.vehicle}",
                f"{launch.serial} flies again, but is not reusable",
            )
        elif launch.day_d < launch.ready_d + reuse.turnaround - TIME_D:
            told = f"{launch.serial} flies again {launch.day_d - launch.ready_d:g} d after its return"
            yield Broken(
                launch.day_d, f"vehicles.{launch.vehicle}", f"{told}; it needs {reuse.turnaround:g} d"
            )
