"""Tanks: what each part must hold before each leg, as a linear form in the loads aboard.

A form is an array [per flight, per unit of load 1, load 2, ...] in kg. Going backwards over the legs,
need_before = need_after + (R - 1) m_after,  R = exp(sum(dv) / (Isp g0)),  m_after = all that rides, as it is after the burn.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from moonwright.network.course import aboard
from moonwright.network.network import Course, Load, Part, Ride
from moonwright.orbit.rocket import mass_ratio
from moonwright.scenario.scenario import Scenario
from moonwright.scenario.vehicle import Vehicle

Form = NDArray[np.float64]
Fills = Mapping[tuple[str, str], float]  # (vehicle, node) -> kg that one unit holds while it waits there


def needs(scenario: Scenario, course: Course, loads: Sequence[Load], fills: Fills) -> list[dict[str, Form]]:
    """What each part's tank must hold at each stop (kg), one dict a stop; `fills` is what it must hold when it waits.

    A part that waits at the end must still hold its standing fill, with what boils off during its longest stay.
    """
    vehicles = {part.name: scenario.vehicles[part.vehicle] for part in course.parts}
    held = {part.name: _alone(_left_at_end(scenario, course, part, fills), loads) for part in course.parts}
    for part in course.parts:
        held[part.name] += _carried_in_tank(part, loads)
    stops = [dict(held)]
    for index in range(len(course.rides) - 1, -1, -1):
        ride = course.rides[index]
        if ride.active is not None:
            after = _stack(scenario, course, index, loads, held, fills)
            ratio = burn_ratio(ride, vehicles[ride.active])
            held[ride.active] = held[ride.active] + (ratio - 1.0) * after
        stops.append(dict(held))
    return stops[::-1]


def burn_ratio(ride: Ride, vehicle: Vehicle) -> float:
    """m_before / m_after of all burns of a leg."""
    return mass_ratio(ride.dv_m_s, vehicle.tank.isp) if vehicle.tank and ride.dv_m_s else 1.0


def standing_fills(scenario: Scenario, courses: Sequence[Course]) -> dict[tuple[str, str], float]:
    """Standing fill (kg) of each vehicle type at each node where it may wait (docs/decisions/0002).

    What the hardest next mission needs with all that it may carry, but no more than an arriving flight with
    nothing else aboard can bring.
    """
    waits = {
        (part.vehicle, course.stops[part.ends])
        for course in courses
        for part in course.parts
        if part.end == "waits"
    }
    waits |= set(_full_at_first(scenario))
    most = _most(scenario, courses, sorted(waits))
    fills = dict.fromkeys(most, 0.0)
    for _ in range(
        len(fills) + 1
    ):  # a fill depends on those of the nodes that follow: as many rounds as nodes
        fills = {key: min(_hardest(scenario, courses, key, fills), most[key]) for key in fills}
    return fills


def _most(
    scenario: Scenario, courses: Sequence[Course], waits: Sequence[tuple[str, str]]
) -> dict[tuple[str, str], float]:
    """The most that each can hold where it waits, carried forward from launches and from those there at the start."""
    most = dict.fromkeys(waits, 0.0)
    for vehicle, node in _full_at_first(scenario):
        tank = scenario.vehicles[vehicle].tank
        most[vehicle, node] = float(tank.capacity) * _kept(scenario, vehicle) if tank else 0.0
    for _ in range(len(most) + 1):
        for key in most:
            most[key] = max(most[key], _deliverable(scenario, courses, key, most))
    return most


def _full_at_first(scenario: Scenario) -> list[tuple[str, str]]:
    """(vehicle, node) of what waits at the start or is under way then: their tanks are full."""
    found = [(there.vehicle, there.node) for there in scenario.initial.vehicles]
    return found + [
        (vehicle, arrival.node) for arrival in scenario.initial.under_way for vehicle in arrival.vehicles
    ]


def _kept(scenario: Scenario, vehicle: str) -> float:
    """What is left of a kg in a vehicle's tank after its longest stay: one without a limit may wait all the time."""
    x = scenario.vehicles[vehicle]
    if x.tank is None:
        return 1.0
    horizon_d = (scenario.horizon.end - scenario.horizon.start).days
    stay_d = float(horizon_d) if x.stay is None else float(x.stay)
    return float((1.0 - float(x.tank.boil_off)) ** stay_d)


def _hardest(scenario: Scenario, courses: Sequence[Course], key: tuple[str, str], fills: Fills) -> float:
    most = 0.0
    for course in courses:
        for part in course.parts:
            if part.launched or part.refuels or (part.vehicle, course.stops[part.starts]) != key:
                continue
            at_stops = needs(scenario, course, _fullest(scenario, course), fills)
            most = max(most, float(at_stops[part.starts][part.name].sum()))
    tank = scenario.vehicles[key[0]].tank
    return min(most, tank.capacity) if tank else 0.0


def _fullest(scenario: Scenario, course: Course) -> tuple[Load, ...]:
    """For each leg one load as heavy as all that may ride it."""
    person = max((float(kind.mass) for kind in scenario.crew.values()), default=0.0)
    daily = max((float(sum(kind.uses.values())) for kind in scenario.crew.values()), default=0.0)
    packed = 1.0 + max((float(resource.packing) for resource in scenario.resources.values()), default=0.0)
    found = []
    for leg in range(len(course.rides)):
        riding = aboard(scenario, course, leg)
        room = sum(float(vehicle.room.total) for vehicle in riding if vehicle.room)
        seats = sum(float(vehicle.seats) for vehicle in riding)
        kg = room + seats * (person + daily * packed * course.duration_d)
        found.append(Load("resource", "all", leg, leg + 1, kg, "none"))
    return tuple(found)


def _deliverable(scenario: Scenario, courses: Sequence[Course], key: tuple[str, str], fills: Fills) -> float:
    """Most that a unit can still hold when it arrives at a node, nothing else aboard."""
    best = [
        _left_on_arrival(scenario, course, part, fills)
        for course in courses
        for part in course.parts
        if part.end == "waits" and (part.vehicle, course.stops[part.ends]) == key
    ]
    return max(best, default=0.0)


def _left_on_arrival(scenario: Scenario, course: Course, part: Part, fills: Fills) -> float:
    vehicle = scenario.vehicles[part.vehicle]
    if vehicle.tank is None:
        return 0.0
    held = (
        float(vehicle.tank.capacity)
        if part.launched or part.refuels
        else fills.get((part.vehicle, course.stops[part.starts]), 0.0)
    )
    for leg in range(part.starts, part.ends):
        ride = course.rides[leg]
        stack = sum(float(riding.dry_mass) for riding in aboard(scenario, course, leg))
        if ride.active is None and course.launcher is not None:
            lifted = scenario.launchers[course.launcher].payload[course.stops[1]]
            held = min(held, max(0.0, lifted - stack))
        elif ride.active == part.name:
            held = (stack + held) / burn_ratio(ride, vehicle) - stack
    return max(0.0, float(held * _kept(scenario, part.vehicle)))


def _left_at_end(scenario: Scenario, course: Course, part: Part, fills: Fills) -> float:
    """Standing fill on arrival: what is needed after the longest stay, with what boils off until then."""
    vehicle = scenario.vehicles[part.vehicle]
    if part.end != "waits" or vehicle.tank is None:
        return 0.0
    return fills.get((part.vehicle, course.stops[part.ends]), 0.0) / _kept(scenario, part.vehicle)


def _stack(
    scenario: Scenario,
    course: Course,
    index: int,
    loads: Sequence[Load],
    held: Mapping[str, Form],
    fills: Fills,
) -> Form:
    """Mass of all that rides a leg: dry masses, loads, tanks. A carried part that waited counts with a full tank."""
    total = np.zeros(1 + len(loads))
    ride = course.rides[index]
    for part in course.parts:
        if part.name not in ride.parts:
            continue
        vehicle = scenario.vehicles[part.vehicle]
        total[0] += vehicle.dry_mass
        if vehicle.tank and not part.launched and part.name != ride.active:
            total[0] += vehicle.tank.capacity
        else:
            total += held[part.name]
    for column, load in enumerate(loads, start=1):
        if load.tank is None and load.board <= index < load.alight:
            total[column] += load.mass_kg
    return total


def launch_mass(
    scenario: Scenario, course: Course, loads: Sequence[Load], at_stops: Sequence[Mapping[str, Form]]
) -> Form:
    """Mass that the launcher lifts (kg): dry masses, tanks, loads."""
    return _stack(scenario, course, 0, loads, at_stops[0], {})


def _carried_in_tank(part: Part, loads: Sequence[Load]) -> Form:
    form = np.zeros(1 + len(loads))
    for column, load in enumerate(loads, start=1):
        form[column] = load.mass_kg if load.tank == part.name else 0.0
    return form


def _alone(fixed_kg: float, loads: Sequence[Load]) -> Form:
    form = np.zeros(1 + len(loads))
    form[0] = fixed_kg
    return form
