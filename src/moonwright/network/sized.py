"""Courses by period where routes are computed: on which day a flight may leave, and what it is sized for.

What a computed route takes changes from day to day, while a flight's tanks are filled for one number. So in each period a
course flies on its good days, those that cost little more than the best, and is sized for the dearest of them: whichever
of these days a flight gets, its propellant suffices (docs/decisions/0011).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product
from typing import NamedTuple

import numpy as np

from moonwright.network.arc import allowed, windows_open
from moonwright.network.course import burned_before_carried, retimed
from moonwright.network.itinerary import Anchor, anchor
from moonwright.network.network import Course, Load, Period
from moonwright.world.world import World

_DIGITS = 6  # of days and m/s that count


class Sizing(NamedTuple):
    """A course as it flies in one period: its latest good day, with the burns that suffice on all of them."""

    departure_d: float
    course: Course


def sizings(
    world: World, periods: Sequence[Period], course: Course, wished: Sequence[Load]
) -> tuple[Sizing, ...]:
    """What a course that depends on the day is sized for, one a period in which it has a day at all."""
    timed_by = anchor(world.scenario, course, wished)
    afters_d = _afters_d(world, course, timed_by)
    found = []
    for period in periods:
        days = list(_days(world, periods, course, timed_by, (period, afters_d)))
        if days:
            found.append(_sized(world, days))
    return tuple(found)


def _afters_d(world: World, course: Course, timed_by: Anchor) -> tuple[float, ...]:
    """All spans from departure to anchor that the durations of computed routes allow, d."""
    stays_d = [leg.stay for leg in world.scenario.missions[course.mission].legs]
    found = set()
    for durations_d in product(*(_durations_d(world, ride.route) for ride in course.rides)):
        clock_d, rides = 0.0, []
        for ride, duration_d, stay_d in zip(course.rides, durations_d, stays_d, strict=True):
            rides.append(replace(ride, starts_d=clock_d, ends_d=clock_d + duration_d))
            clock_d += duration_d + stay_d
        found.add(round(timed_by.after_d(replace(course, rides=tuple(rides))), _DIGITS))
    return tuple(sorted(found))


def _durations_d(world: World, route: str) -> list[float]:
    table = world.passages.tables.get(route)
    if table is None:
        return [world.passages.dearest(route).duration_d]
    durations: list[float] = np.unique(table.duration_d[table.flies]).tolist()
    return durations


def _days(
    world: World,
    periods: Sequence[Period],
    course: Course,
    timed_by: Anchor,
    span: tuple[Period, tuple[float, ...]],
) -> Iterator[Sizing]:
    """Every day on which the course can be flown with its anchor in a period, with what it takes then."""
    period, afters_d = span
    for early in range(period.length_d):
        for after_d in afters_d:
            departure_d = period.end_d - after_d - early
            if departure_d < periods[0].start_d:
                continue
            flown = retimed(world, course, departure_d)
            if flown is None or round(timed_by.after_d(flown), _DIGITS) != after_d:
                continue
            if windows_open(world, flown, departure_d) and allowed(world, flown, departure_d):
                yield Sizing(departure_d, flown)


def _sized(world: World, days: Sequence[Sizing]) -> Sizing:
    """The most of the good days that take as long, leg by leg; the latest of them, sized for the dearest."""
    within_m_s = sum(
        float(computed.within)
        for ride in days[0].course.rides
        if ride.active is not None and (computed := world.scenario.routes[ride.route].computed)
    )
    least_m_s = min(_cost_m_s(day.course) for day in days)
    alike: dict[tuple[float, ...], list[Sizing]] = defaultdict(list)
    for day in days:
        if _cost_m_s(day.course) <= least_m_s + within_m_s + 10**-_DIGITS:
            alike[_kind(day.course)].append(day)
    good = max(alike.values(), key=lambda some: (len(some), max(day.departure_d for day in some)))
    rides = tuple(
        replace(ride, dv_m_s=max(day.course.rides[leg].dv_m_s for day in good))
        for leg, ride in enumerate(good[0].course.rides)
    )
    course = replace(good[0].course, rides=rides)
    return Sizing(max(day.departure_d for day in good), replace(course, sized=_told(world, course)))


def _cost_m_s(course: Course) -> float:
    """All that vehicles burn for."""
    return math.fsum(ride.dv_m_s for ride in course.rides if ride.active is not None)


def _kind(course: Course) -> tuple[float, ...]:
    """What must be the same on all days that one sizing serves: times, and burns that may not be less."""
    times = [round(moment_d, _DIGITS) for ride in course.rides for moment_d in (ride.starts_d, ride.ends_d)]
    return (*times, *(round(course.rides[leg].dv_m_s, _DIGITS) for leg in burned_before_carried(course)))


def _told(world: World, course: Course) -> str:
    return ", ".join(
        f"{ride.dv_m_s:g} m/s in {ride.ends_d - ride.starts_d:.4g} d"
        for ride in course.rides
        if ride.route in world.passages.tables
    )
