"""Which single vehicle flies which flight: first come, first gone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from moonwright.errors import InternalError
from moonwright.network.network import Part
from moonwright.optimise.problem import Problem
from moonwright.optimise.timetable import Departure
from moonwright.plan import Purchase
from moonwright.scenario.vehicle import Reuse

_SAME_D = 1e-6  # moments closer than this are one


@dataclass(frozen=True)
class Wait:
    """A vehicle that waits at a node from a day until another (None: to the end)."""

    serial: str
    vehicle: str
    node: str
    from_d: float
    until_d: float | None


class WornOutError(Exception):
    """There are vehicles of a type for all flights in sum, but not flight by flight: some would fly too often."""

    def __init__(self, vehicle: str) -> None:
        self.vehicle = vehicle
        super().__init__(f"{vehicle}: no vehicle with flights left is there for every flight")


@dataclass
class _Yard:
    """Vehicles by where they are, while the flights are gone through in order of time.

    `even`: of those on the ground that may fly, the one that has flown least goes first, else the one that has most.
    `anyhow`: where none may fly, one flies all the same.
    """

    even: bool
    anyhow: bool = False
    waiting: dict[tuple[str, str], list[tuple[float, str]]] = field(default_factory=lambda: defaultdict(list))
    ready: dict[str, list[tuple[float, str]]] = field(default_factory=lambda: defaultdict(list))
    flown: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    count: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def new(self, vehicle: str) -> str:
        """The next serial of a type."""
        self.count[vehicle] += 1
        return f"{vehicle}-{self.count[vehicle]}"


Serials = dict[tuple[str, str], str]  # by flight and part


def assign(
    problem: Problem, departures: Sequence[Departure], bought: Sequence[Purchase], *, anyhow: bool = False
) -> tuple[Serials, tuple[Wait, ...]]:
    """(serial by flight and part, all waits). Raises WornOutError, or InternalError where a vehicle is not there at all.

    `anyhow`: worn-out vehicles fly on instead, and where none is on the ground, one that nobody bought.
    """
    try:
        return _assigned(problem, departures, _yard(problem, bought, even=True))
    except WornOutError:
        return _assigned(problem, departures, _yard(problem, bought, even=False, anyhow=anyhow))


def _assigned(
    problem: Problem, departures: Sequence[Departure], yard: _Yard
) -> tuple[Serials, tuple[Wait, ...]]:
    serials: Serials = {}
    waits = []
    moments = [
        (departure.day_d + time_d, 1 - comes, departure.day_d, index, part)
        for index, departure in enumerate(departures)
        for part in departure.arc.itinerary.course.parts
        for time_d, comes in (
            (departure.arc.itinerary.course.left_d(part.starts), 0),
            (departure.arc.itinerary.course.reached_d(part.ends), 1),
        )
    ]
    for moment_d, goes, _, index, part in sorted(
        moments, key=lambda m: (round(m[0], 6), m[1], m[3], m[4].name)
    ):
        departure = departures[index]
        if goes:
            serial, since_d = _take(problem, yard, departure, part, moment_d)
            serials[departure.name, part.name] = serial
            if since_d is not None:
                node = departure.arc.itinerary.course.stops[part.starts]
                waits.append(Wait(serial, part.vehicle, node, since_d, moment_d))
        else:
            _give(problem, yard, serials[departure.name, part.name], departure, part, moment_d)
    waits += [Wait(s, v, n, since, None) for (v, n), there in yard.waiting.items() for since, s in there]
    return serials, tuple(waits)


def _yard(problem: Problem, bought: Sequence[Purchase], *, even: bool, anyhow: bool = False) -> _Yard:
    yard, world = _Yard(even, anyhow), problem.network.world
    for there in sorted(problem.scenario.initial.vehicles, key=lambda x: x.arrived):
        for _ in range(int(there.count)):
            _came(yard, there.vehicle, there.node, float(world.day_of(there.arrived)))
    for known in problem.scenario.initial.fleet:
        reuse = problem.scenario.vehicles[known.vehicle].reuse
        for _ in range(int(known.count)):
            serial = yard.new(known.vehicle)
            yard.flown[serial] = int((reuse.flights if reuse else 1) - known.flights_left)
            yard.ready[known.vehicle].append((0.0, serial))
    for arrival in problem.scenario.initial.under_way:
        for vehicle, count in arrival.vehicles.items():
            for _ in range(int(count)):
                _came(yard, vehicle, arrival.node, float(world.day_of(arrival.on)))
    for purchase in bought:
        for _ in range(purchase.count):
            yard.ready[purchase.vehicle].append((purchase.day_d, yard.new(purchase.vehicle)))
    return yard


def _came(yard: _Yard, vehicle: str, node: str, day_d: float) -> None:
    """A vehicle that came before anything was decided: that was its first flight."""
    serial = yard.new(vehicle)
    yard.flown[serial] = 1
    yard.waiting[vehicle, node].append((day_d, serial))


def _take(
    problem: Problem, yard: _Yard, departure: Departure, part: Part, day_d: float
) -> tuple[str, float | None]:
    """(serial, since when it waited: None for one that is launched)."""
    reuse = problem.scenario.vehicles[part.vehicle].reuse
    if part.launched:
        serial = _from_ground(yard, part.vehicle, reuse, day_d)
        yard.flown[serial] += 1
        return serial, None
    node = departure.arc.itinerary.course.stops[part.starts]
    there = sorted(wait for wait in yard.waiting[part.vehicle, node] if wait[0] <= day_d + _SAME_D)
    if not there:
        raise InternalError(f"{departure.name}: no {part.vehicle} waits at {node} on day {day_d:g}")
    if part.end == "waits" and reuse is not None:
        able = [(since_d, serial) for since_d, serial in there if yard.flown[serial] < reuse.flights]
        if not able and not yard.anyhow:
            raise WornOutError(part.vehicle)
        there = able or there
    since_d, serial = there[0]
    yard.waiting[part.vehicle, node].remove(there[0])
    yard.flown[serial] += part.end == "waits"
    return serial, since_d


def _from_ground(yard: _Yard, vehicle: str, reuse: Reuse | None, day_d: float) -> str:
    """The vehicle that is launched: a new one, or one of the fleet."""
    if reuse is None:
        return yard.new(vehicle)
    there = [
        (yard.flown[serial] if yard.even else -yard.flown[serial], since_d, serial)
        for since_d, serial in yard.ready[vehicle]
        if since_d <= day_d + _SAME_D
    ]
    able = [wait for wait in there if yard.flown[wait[2]] < reuse.flights]
    if not able and not yard.anyhow:
        raise WornOutError(vehicle)
    if not there:
        return yard.new(vehicle)
    _, since_d, serial = min(able or there)
    yard.ready[vehicle].remove((since_d, serial))
    return serial


def _give(problem: Problem, yard: _Yard, serial: str, departure: Departure, part: Part, day_d: float) -> None:
    reuse = problem.scenario.vehicles[part.vehicle].reuse
    if part.end == "waits":
        yard.waiting[part.vehicle, departure.arc.itinerary.course.stops[part.ends]].append((day_d, serial))
    elif part.end == "recovered" and reuse is not None:
        yard.ready[part.vehicle].append((day_d + reuse.turnaround, serial))
