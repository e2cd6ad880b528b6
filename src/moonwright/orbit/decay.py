"""How an orbit decays: mean altitude over time under drag alone, for many trials at once.

Within a month the air at a given altitude is taken not to change. Then how long the orbit needs from one altitude
to another is an integral over altitude, and a month's step is exact whatever its length: no step size has to be
chosen, and the plunge at the end costs no more than a quiet year. Time is counted in exposure, the days times Cd A / m,
so that one curve serves every station.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from moonwright.errors import OrbitError
from moonwright.orbit.atmosphere import (
    CEILING_M,
    FLOOR_M,
    Air,
    air_over,
    altitudes_m,
    ln_densities,
    sink_factors,
)
from moonwright.orbit.circular import Floats
from moonwright.orbit.weather import Weather, month_start

_HEAVIEST_DRAG_M2_KG: Final = (
    10.0  # a bare solar sail has 100; anything heavier than cloth has less than this
)


class Month(NamedTuple):
    """One step of a decay: which month of the weather, when it begins (days since the start), how long it is."""

    place: int
    of_year: int
    start_d: float
    length_d: float


class Fall(NamedTuple):
    """How trials sink in one month's air: at altitude nodes (n,), all arrays (trials, n).

    `sink` is the loss in m a day per m2/kg, `steep` its relative change a metre up to the next node, `exposure`
    the days times m2/kg from the node down to the lowest one.
    """

    altitude_m: Floats
    sink: Floats
    steep: Floats
    exposure: Floats


class Decay(NamedTuple):
    """Mean altitudes (trials, days) at `day_d` (days since the start), and when each trial passes each mark.

    After a trial has passed the lowest mark its altitude stays there. `passed_d` is (trials, marks), in the order of
    `marks_m`; infinite where a mark is not passed before the end.
    """

    day_d: Floats
    altitude_m: Floats
    marks_m: Floats
    passed_d: Floats


def decay(
    altitude_m: ArrayLike,
    drag_m2_kg: ArrayLike,
    inclination_deg: float,
    start: date,
    end: date,
    weather: Weather,
    marks_m: ArrayLike = (FLOOR_M,),
) -> Decay:
    """Mean altitude from `start` to `end` when nobody reboosts.

    `drag_m2_kg` is Cd A / m: one number, one a month (months,) or one a trial and month (trials, months); an error
    of the density model is a factor on it. The start is one altitude or one a trial.
    """
    months = months_between(start, end)
    trials = len(weather.flux_sfu)
    marks = checked_altitudes(marks_m)
    altitude = np.array(np.broadcast_to(checked_altitudes(altitude_m), trials))
    drag = checked_drag(drag_m2_kg, trials, len(months))
    air = air_over(inclination_deg)
    course = np.empty((trials, len(months) + 1))
    course[:, 0] = altitude
    passed = np.where(altitude[:, None] <= marks, 0.0, np.inf)
    for n, month in enumerate(months):
        fall = fall_in(air, month, weather)
        passed = np.minimum(passed, _passing(fall, altitude, drag[:, n], marks, month))
        altitude = altitude_after(fall, altitude, drag[:, n] * month.length_d)
        course[:, n + 1] = altitude
    days = np.array([month.start_d for month in months] + [float((end - start).days)])
    return Decay(days, course, marks, passed)


def months_between(start: date, end: date) -> list[Month]:
    """The calendar months between two days, the first and the last cut short."""
    first = start.year * 12 + start.month - 1
    steps = []
    day, place = start, 0
    while day < end:
        until = min(end, month_start(first + place + 1))
        steps.append(
            Month(place, day.month, float((day - start).days), float((until - day) / timedelta(days=1)))
        )
        day, place = until, place + 1
    return steps


def fall_in(air: Air, month: Month, weather: Weather) -> Fall:
    """How every trial of the weather sinks in one month."""
    nodes = altitudes_m()
    ln_rho = ln_densities(air, month.of_year, weather.flux_sfu[:, month.place], weather.ap[:, month.place])
    sink = np.exp(ln_rho) * sink_factors(air.inclination_rad)
    steep = np.log(sink[:, :-1] / sink[:, 1:]) / np.diff(nodes)
    between = (1 / sink[:, 1:] - 1 / sink[:, :-1]) / steep
    exposure = np.concatenate([np.zeros((len(sink), 1)), np.cumsum(between, axis=1)], axis=1)
    return Fall(nodes, sink, steep, exposure)


def exposure_above_floor(fall: Fall, altitude_m: Floats) -> Floats:
    """The exposure, days times m2/kg, that brings each trial (trials,) from its altitude to the floor."""
    rows = np.arange(len(altitude_m))
    low = np.clip(np.searchsorted(fall.altitude_m, altitude_m, side="right") - 1, 0, fall.altitude_m.size - 2)
    steep, sink = fall.steep[rows, low], fall.sink[rows, low]
    rest = np.expm1(steep * (altitude_m - fall.altitude_m[low])) / (steep * sink)
    return np.asarray(fall.exposure[rows, low] + rest)


def altitude_after(fall: Fall, altitude_m: Floats, exposure: Floats) -> Floats:
    """The altitude of each trial after so much exposure; the floor, if it is reached before."""
    left = exposure_above_floor(fall, altitude_m) - exposure
    rows = np.arange(len(left))
    low = np.clip((fall.exposure <= left[:, None]).sum(axis=1) - 1, 0, fall.altitude_m.size - 2)
    steep, sink = fall.steep[rows, low], fall.sink[rows, low]
    above = np.log1p(steep * sink * np.maximum(left - fall.exposure[rows, low], 0.0)) / steep
    return np.where(exposure > 0, fall.altitude_m[low] + above, altitude_m)


def sink_m_d(
    altitude_m: float, drag_m2_kg: float, inclination_deg: float, month: int, flux_sfu: float, ap: float
) -> float:
    """Loss of mean altitude in m a day, in one month of the year (1-12) under one flux and one Ap."""
    checked_drag(drag_m2_kg, 1, 1)
    weather = Weather(0, np.array([[flux_sfu]]), np.array([[ap]]))
    fall = fall_in(air_over(inclination_deg), Month(0, month, 0.0, 1.0), weather)
    return drag_m2_kg * float(sink_at(fall, checked_altitudes(altitude_m))[0])


def sink_at(fall: Fall, altitude_m: Floats) -> Floats:
    """Loss of altitude, m a day per m2/kg, of each trial at its altitude."""
    rows = np.arange(len(fall.sink))
    low = np.clip(np.searchsorted(fall.altitude_m, altitude_m, side="right") - 1, 0, fall.altitude_m.size - 2)
    return np.asarray(
        fall.sink[rows, low] * np.exp(-fall.steep[rows, low] * (altitude_m - fall.altitude_m[low]))
    )


def checked_altitudes(altitude_m: ArrayLike) -> Floats:
    """Altitudes as an array, all of them within the table of the atmosphere."""
    told = np.atleast_1d(np.asarray(altitude_m, dtype=np.float64))
    wrong = told[~((told >= FLOOR_M) & (told <= CEILING_M))]
    if wrong.size:
        raise OrbitError(
            f"the atmosphere is known from {FLOOR_M / 1e3:g} to {CEILING_M / 1e3:g} km, not at {wrong[0] / 1e3:g} km"
        )
    return told


def checked_drag(drag_m2_kg: ArrayLike, trials: int, months: int) -> Floats:
    """Drag Cd A / m as (trials, months); it is not negative."""
    told = np.asarray(drag_m2_kg, dtype=np.float64)
    if not (np.isfinite(told).all() and (told >= 0).all() and (told <= _HEAVIEST_DRAG_M2_KG).all()):
        raise OrbitError(
            f"Cd A / m lies between 0 and {_HEAVIEST_DRAG_M2_KG:g} m2/kg; found {told.min():g} to {told.max():g}"
        )
    return np.broadcast_to(told, (trials, months))


def _passing(fall: Fall, altitude_m: Floats, drag_m2_kg: Floats, marks_m: Floats, month: Month) -> Floats:
    """When each trial passes each mark if it does so in this month; infinite otherwise."""
    here = exposure_above_floor(fall, altitude_m)
    there = np.stack([exposure_above_floor(fall, np.full_like(altitude_m, mark)) for mark in marks_m], axis=1)
    need = here[:, None] - there
    spare = (drag_m2_kg * month.length_d)[:, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        when = month.start_d + need / drag_m2_kg[:, None]
    return np.where((need >= 0) & (need <= spare) & (drag_m2_kg[:, None] > 0), when, np.inf)
