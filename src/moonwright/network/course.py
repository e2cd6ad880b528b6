"""Missions -> courses: who flies which leg, when after departure, and what becomes of each part."""

from __future__ import annotations

from dataclasses import replace

from moonwright.network.network import Course, Part, Ride
from moonwright.scenario.mission import Mission
from moonwright.scenario.node import Recovery
from moonwright.scenario.scenario import Scenario
from moonwright.scenario.vehicle import Vehicle
from moonwright.world.world import World

_SAME_D = 1e-6  # moments closer than this are one
_SAME_M_S = 1e-6


def courses(world: World) -> tuple[Course, ...]:
    """Every way to fly every mission: one a launcher that may lift it; missions of partners kept apart are left out.

    On computed routes they suffice on every day; `sized.sizings` makes of them what flies in a period.
    """
    scenario, found = world.scenario, []
    for name, mission in scenario.missions.items():
        for chosen in mission.legs[0].flyers:
            course = _course(world, name, mission, chosen)
            if not _kept_apart(scenario, course.owners):
                found.append(course)
    return tuple(found)


def _course(world: World, name: str, mission: Mission, first: str) -> Course:
    scenario = world.scenario
    launcher = first if first in scenario.launchers else None
    rides: list[Ride] = []
    clock_d = 0.0
    for index, leg in enumerate(mission.legs):
        active = first if index == 0 else leg.flyers[0]
        aboard = leg.carrying if active in scenario.launchers else (active, *leg.carrying)
        active_part = None if active in scenario.launchers else active
        passing = world.passages.dearest(leg.route)
        ends_d = clock_d + passing.duration_d
        rides.append(Ride(leg.route, active_part, aboard, clock_d, ends_d, sum(passing.burns_m_s)))
        clock_d = ends_d + leg.stay
    routes = [scenario.routes[ride.route] for ride in rides]
    stops = (routes[0].origin, *(route.destination for route in routes))
    parts = _parts(scenario, mission, tuple(rides), stops, launcher)
    owners = [scenario.vehicles[part.vehicle].owner for part in parts]
    if launcher:
        owners.append(scenario.launchers[launcher].owner)
    return Course(name, launcher, stops, tuple(rides), parts, tuple(dict.fromkeys(owners)))


def _parts(
    scenario: Scenario,
    mission: Mission,
    rides: tuple[Ride, ...],
    stops: tuple[str, ...],
    launcher: str | None,
) -> tuple[Part, ...]:
    names = dict.fromkeys(name for ride in rides for name in ride.parts)
    parts = []
    for name in names:
        legs = [index for index, ride in enumerate(rides) if name in ride.parts]
        ends = legs[-1] + 1
        at_home = isinstance(scenario.nodes[stops[ends]], Recovery)
        parts.append(
            Part(
                name=name,
                vehicle=mission.units.get(name, name),
                starts=legs[0],
                ends=ends,
                launched=launcher is not None and legs[0] == 0,
                refuels=name in mission.refuels,
                end="expended" if name in mission.expends else "recovered" if at_home else "waits",
            )
        )
    return tuple(parts)


def by_day(world: World, course: Course) -> bool:
    """True where a route of a course is computed, so that it takes one thing today and another tomorrow."""
    return any(ride.route in world.passages.tables for ride in course.rides)


def retimed(world: World, course: Course, departure_d: float) -> Course | None:
    """The course with the times and burns of one departure; None where a leg is not flown on the day of its turn."""
    clock_d, rides, told = 0.0, [], []
    for ride, leg in zip(course.rides, world.scenario.missions[course.mission].legs, strict=True):
        passing = world.passages.at(ride.route, departure_d + clock_d)
        if passing is None:
            return None
        ends_d, dv_m_s = clock_d + passing.duration_d, float(sum(passing.burns_m_s))
        rides.append(replace(ride, starts_d=clock_d, ends_d=ends_d, dv_m_s=dv_m_s))
        clock_d = ends_d + leg.stay
        if ride.route in world.passages.tables:
            told.append(f"{dv_m_s:g} m/s in {passing.duration_d:.4g} d")
    return replace(course, rides=tuple(rides), sized=", ".join(told))


def same_times(course: Course, other: Course) -> bool:
    """True where two courses of one mission take as long, leg by leg."""
    return all(
        abs(a.starts_d - b.starts_d) <= _SAME_D and abs(a.ends_d - b.ends_d) <= _SAME_D
        for a, b in zip(course.rides, other.rides, strict=True)
    )


def covers(world: World, course: Course, departure_d: float) -> bool:
    """True where a flight that is sized for a course may leave then: it takes as long, and burns no more on any leg.

    What it burns less stays in its tank. Where others carry it later on, that would weigh: then it must burn as much.
    """
    if not by_day(world, course):
        return True
    flown = retimed(world, course, departure_d)
    if flown is None or not same_times(course, flown):
        return False
    exact = burned_before_carried(course)
    return all(
        today.dv_m_s <= sized.dv_m_s + _SAME_M_S
        and (leg not in exact or today.dv_m_s >= sized.dv_m_s - _SAME_M_S)
        for leg, (sized, today) in enumerate(zip(course.rides, flown.rides, strict=True))
    )


def burned_before_carried(course: Course) -> tuple[int, ...]:
    """Legs flown by a part that another one carries later."""
    return tuple(
        leg
        for leg, ride in enumerate(course.rides)
        if ride.active is not None
        and any(
            ride.active in later.parts and later.active != ride.active for later in course.rides[leg + 1 :]
        )
    )


def aboard(scenario: Scenario, course: Course, leg: int) -> list[Vehicle]:
    """The vehicles that ride a leg (counted from 0), the one that flies it too."""
    riding = course.rides[leg].parts
    return [scenario.vehicles[part.vehicle] for part in course.parts if part.name in riding]


def _kept_apart(scenario: Scenario, owners: tuple[str, ...]) -> bool:
    return any(
        other in scenario.partners[owner].may_not_fly_with
        for owner in owners
        for other in owners
        if owner in scenario.partners
    )
