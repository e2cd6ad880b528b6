"""Missions -> courses: who flies which leg, when after departure, and what becomes of each part."""

from __future__ import annotations

from moonwright.network.network import Course, Part, Ride
from moonwright.scenario.mission import Leg, Mission
from moonwright.scenario.node import Recovery
from moonwright.scenario.scenario import Scenario
from moonwright.scenario.vehicle import Vehicle


def courses(scenario: Scenario) -> tuple[Course, ...]:
    """Every way to fly every mission: one a launcher that may lift it; missions of partners kept apart are left out."""
    found = []
    for name, mission in scenario.missions.items():
        first = mission.legs[0].by
        alternatives = (first,) if isinstance(first, str) else first
        for chosen in alternatives:
            course = _course(scenario, name, mission, chosen)
            if not _kept_apart(scenario, course.owners):
                found.append(course)
    return tuple(found)


def _course(scenario: Scenario, name: str, mission: Mission, first: str) -> Course:
    launcher = first if first in scenario.launchers else None
    rides: list[Ride] = []
    clock_d = 0.0
    for index, leg in enumerate(mission.legs):
        active = first if index == 0 else _only(leg)
        aboard = leg.carrying if active in scenario.launchers else (active, *leg.carrying)
        ends_d = clock_d + scenario.routes[leg.route].duration
        rides.append(
            Ride(leg.route, None if active in scenario.launchers else active, aboard, clock_d, ends_d)
        )
        clock_d = ends_d + leg.stay
    routes = [scenario.routes[ride.route] for ride in rides]
    stops = (routes[0].origin, *(route.destination for route in routes))
    parts = _parts(scenario, mission, tuple(rides), stops, launcher)
    owners = [scenario.vehicles[part.vehicle].owner for part in parts]
    if launcher:
        owners.append(scenario.launchers[launcher].owner)
    return Course(name, launcher, stops, tuple(rides), parts, tuple(dict.fromkeys(owners)))


def _only(leg: Leg) -> str:
    return leg.by if isinstance(leg.by, str) else leg.by[0]


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
