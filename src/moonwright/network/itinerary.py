"""Course and loads -> itinerary: every limit of one flight, linear in what it carries."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from moonwright.network.course import aboard
from moonwright.network.load import Wanted, homes, loads
from moonwright.network.network import Course, Itinerary, Limit, Load, Part, Refuel
from moonwright.network.presolve import binding, can_ride
from moonwright.network.tank import Fills, Form, launch_mass, needs
from moonwright.scenario.node import LaunchSite, Recovery
from moonwright.scenario.scenario import Scenario
from moonwright.scenario.vehicle import Room


def itinerary(
    scenario: Scenario, course: Course, useful: Wanted, fills: Fills, *, lean: bool = True
) -> Itinerary:
    """The itinerary of a course: loads, limits, what it tanks and lifts, and the moment it is timed by.

    `lean` leaves out loads that no flight can carry, and limits that others imply.
    """
    wished = loads(scenario, course, useful)
    able = can_ride(wished, _limits(scenario, course, wished, fills)) if lean else (True,) * len(wished)
    riding = tuple(itertools.compress(wished, able))
    at_stops = needs(scenario, course, riding, fills)
    lifted = _lifted(scenario, course, riding, at_stops)
    timed_by = anchor(scenario, course, riding)
    limits = _limits(scenario, course, riding, fills)
    takes = [
        _take(scenario, course, part.name, at_stops, fills)
        for part in course.parts
        if part.launched or part.refuels
    ]
    return Itinerary(
        course=course,
        loads=riding,
        limits=binding(limits) if lean else limits,
        refuels=tuple(take for take in takes if take and _part(course, take.part).refuels),
        tanked=tuple(take for take in takes if take and not _part(course, take.part).refuels),
        launch_kg=float(lifted[0]),
        launch_weights=tuple(lifted[1:].tolist()),
        anchor_d=timed_by.after_d(course),
        homeward=timed_by.homeward,
    )


def _limits(scenario: Scenario, course: Course, riding: Sequence[Load], fills: Fills) -> tuple[Limit, ...]:
    at_stops = needs(scenario, course, riding, fills)
    lifted = _lifted(scenario, course, riding, at_stops)
    limits = [*_lift(scenario, course, lifted), *_tanks(scenario, course, at_stops, fills)]
    return tuple(
        dict.fromkeys([*limits, *_rooms(scenario, course, riding), *_seats(scenario, course, riding)])
    )


def _lifted(
    scenario: Scenario, course: Course, riding: Sequence[Load], at_stops: Sequence[Mapping[str, Form]]
) -> Form:
    return launch_mass(scenario, course, riding, at_stops) if course.launcher else np.zeros(1 + len(riding))


def _part(course: Course, name: str) -> Part:
    return next(part for part in course.parts if part.name == name)


def _take(
    scenario: Scenario, course: Course, name: str, at_stops: Sequence[Mapping[str, Form]], fills: Fills
) -> Refuel | None:
    """What a part tanks: all that it needs, less what one that waited holds in any case."""
    part = _part(course, name)
    tank = scenario.vehicles[part.vehicle].tank
    if tank is None:
        return None
    form = at_stops[part.starts][name]
    held_kg = 0.0 if part.launched else fills.get((part.vehicle, course.stops[part.starts]), 0.0)
    return Refuel(
        name, tank.resource, part.starts, max(0.0, float(form[0]) - held_kg), tuple(form[1:].tolist())
    )


def _limit(name: str, form: Form, capacity: float) -> Iterator[Limit]:
    """form <= capacity, with the part that does not depend on loads moved to the right; left out where nothing weighs."""
    if np.any(form[1:] != 0.0) or form[0] > capacity:
        yield Limit(name, tuple(form[1:].tolist()), float(capacity - form[0]))


def _lift(scenario: Scenario, course: Course, lifted: Form) -> Iterator[Limit]:
    if course.launcher:
        payload_kg = scenario.launchers[course.launcher].payload[course.stops[1]]
        yield from _limit(f"launch mass to {course.stops[1]}", lifted, payload_kg)


def _tanks(
    scenario: Scenario, course: Course, at_stops: Sequence[Mapping[str, Form]], fills: Fills
) -> Iterator[Limit]:
    for part in course.parts:
        tank = scenario.vehicles[part.vehicle].tank
        if tank is None:
            continue
        waited = not part.launched and not part.refuels
        full = fills.get((part.vehicle, course.stops[part.starts]), 0.0) if waited else tank.capacity
        yield from _limit(f"tank of {part.name}", at_stops[part.starts][part.name], full + 1e-9 * full)


def _rooms(scenario: Scenario, course: Course, riding: Sequence[Load]) -> Iterator[Limit]:
    for leg in range(len(course.rides)):
        rooms = [v.room for v in aboard(scenario, course, leg) if v.room]
        cargo = [load.room != "none" and load.board <= leg < load.alight for load in riding]
        for name, kinds, capacity in (
            ("room", ("pressurised", "unpressurised", "either"), sum(_in_all_kg(r) for r in rooms)),
            ("pressurised room", ("pressurised",), sum(_part_kg(r, r.pressurised) for r in rooms)),
            ("unpressurised room", ("unpressurised",), sum(_part_kg(r, r.unpressurised) for r in rooms)),
        ):
            weights = [
                load.mass_kg if here and load.room in kinds else 0.0
                for load, here in zip(riding, cargo, strict=True)
            ]
            yield from _limit(name, np.array([0.0, *weights]), capacity)
        if rooms and all(room.volume is not None for room in rooms):
            volumes = [load.volume_m3 if here else 0.0 for load, here in zip(riding, cargo, strict=True)]
            yield from _limit("volume", np.array([0.0, *volumes]), sum(float(r.volume or 0.0) for r in rooms))
        if rooms and isinstance(scenario.nodes[course.stops[leg + 1]], Recovery):
            down = [load.mass_kg if here else 0.0 for load, here in zip(riding, cargo, strict=True)]
            capacity = sum(float(_or(r.down, r.total)) for r in rooms)
            yield from _limit("room down", np.array([0.0, *down]), capacity)


def _part_kg(room: Room, part: float | None) -> float:
    """What the pressurised or the unpressurised part of a room takes."""
    return float(min(room.total, _or(part, room.total)))


def _in_all_kg(room: Room) -> float:
    """What a room takes: its total, where its parts together take as much."""
    return float(min(room.total, _part_kg(room, room.pressurised) + _part_kg(room, room.unpressurised)))


def _or(value: float | None, otherwise: float) -> float:
    return otherwise if value is None else value


def _seats(scenario: Scenario, course: Course, riding: Sequence[Load]) -> Iterator[Limit]:
    for leg in range(len(course.rides)):
        seats = sum(float(vehicle.seats) for vehicle in aboard(scenario, course, leg))
        people = [float(load.kind == "crew" and load.board <= leg < load.alight) for load in riding]
        yield from _limit("seats", np.array([0.0, *people]), seats)
    least = float(scenario.missions[course.mission].least_crew)
    if least:
        boarding = tuple(float(load.kind == "crew" and load.board == 0) for load in riding)
        yield Limit("least crew", boarding, least, least=True)


class Anchor(NamedTuple):
    """Which moment of a flight falls on a period's end: the first at which people board or alight where they live;
    else the departure, where it goes home from off a launch site; else the last arrival."""

    boards: tuple[int, ...]  # stops
    alights: tuple[int, ...]
    goes_home: bool

    @property
    def homeward(self) -> bool:
        """True where the flight goes home from that moment on."""
        return not self.alights if self.boards else self.goes_home and not self.alights

    def after_d(self, course: Course) -> float:
        """Days after departure, on a course with these stops."""
        if self.boards or self.alights:
            moments = [course.left_d(stop) for stop in self.boards]
            return min(moments + [course.reached_d(stop) for stop in self.alights])
        return 0.0 if self.goes_home else course.duration_d


def anchor(scenario: Scenario, course: Course, riding: Sequence[Load]) -> Anchor:
    """The anchor of a course on which certain loads may ride."""
    living, people = homes(scenario), [load for load in riding if load.kind == "crew"]
    from_earth = isinstance(scenario.nodes[course.stops[0]], LaunchSite)
    to_earth = isinstance(scenario.nodes[course.stops[-1]], Recovery)
    return Anchor(
        tuple(load.board for load in people if course.stops[load.board] in living),
        tuple(load.alight for load in people if course.stops[load.alight] in living),
        to_earth and not from_earth,
    )
