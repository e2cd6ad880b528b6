"""A station as the air meets it: mass and drag area over the years, and trials of how long its orbit lasts."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from moonwright.errors import OrbitError
from moonwright.orbit.atmosphere import FLOOR_M
from moonwright.orbit.circular import Floats
from moonwright.orbit.decay import Decay, decay, months_between
from moonwright.orbit.weather import drawn_weather

DRAG_COEFFICIENT: Final = 2.2
"""Assumed: usual for satellites in free molecular flow (2.0 to 2.4)."""

DENSITY_SPREAD: Final = 0.15
"""Standard deviation of ln(true / modelled density) over months. Assumed: NRLMSISE-00 was fitted to orbits with
residuals of 15 to 20 %, most of which last as long as a trial; no source was read."""


class Station(NamedTuple):
    """What it is from a day on, until the next one."""

    since: date
    mass_kg: float
    area_m2: float
    drag_coefficient: float = DRAG_COEFFICIENT

    @property
    def drag_m2_kg(self) -> float:
        """Cd A / m: how much the air does to it."""
        return self.drag_coefficient * self.area_m2 / self.mass_kg


def checked(stations: Sequence[Station]) -> tuple[Station, ...]:
    """The stages of a station in order of their days, every number of them possible."""
    for station in stations:
        for told, value in (("mass", station.mass_kg), ("drag coefficient", station.drag_coefficient)):
            if not (math.isfinite(value) and value > 0):
                raise OrbitError(f"a station's {told} is a positive number, not {value:g}")
        if not (math.isfinite(station.area_m2) and station.area_m2 >= 0):
            raise OrbitError(f"a station's area is not negative; found {station.area_m2:g} m2")
    if not stations:
        raise OrbitError("a station needs a mass and an area at least once")
    return tuple(sorted(stations, key=lambda station: station.since))


def _by_month(stations: Sequence[Station], values: Sequence[float], start: date, end: date) -> Floats:
    """The mean of a value over each month from `start` to `end`, (months,), where each stage has its own.

    `values` are in the order of the days. The first stage counts before its day, too.
    """
    told = checked(stations)
    means = []
    for month in months_between(start, end):
        opens = start + timedelta(days=month.start_d)
        edges = [
            0.0,
            *(min(max((s.since - opens).days, 0.0), month.length_d) for s in told[1:]),
            month.length_d,
        ]
        share = np.diff(edges) / month.length_d
        means.append(float(share @ np.array(values)))
    return np.array(means)


def drag_by_month(stations: Sequence[Station], start: date, end: date) -> Floats:
    """Cd A / m in m2/kg over each month from `start` to `end`, (months,)."""
    return _by_month(stations, [station.drag_m2_kg for station in checked(stations)], start, end)


def mass_by_month(stations: Sequence[Station], start: date, end: date) -> Floats:
    """Mean mass in kg over each month from `start` to `end`, (months,)."""
    return _by_month(stations, [station.mass_kg for station in checked(stations)], start, end)


def streams(seed: int, trials: int) -> list[np.random.Generator]:
    """One stream of randomness a trial; a trial is the same whichever others are run beside it."""
    if trials < 1:
        raise OrbitError(f"at least one trial is needed, not {trials}")
    return np.random.default_rng(seed).spawn(trials)


def decay_trials(
    altitude_m: float,
    drag_m2_kg: ArrayLike,
    inclination_deg: float,
    start: date,
    end: date,
    trials: Sequence[np.random.Generator],
    marks_m: ArrayLike = (FLOOR_M,),
) -> Decay:
    """Decay in as many drawn courses of the Sun as there are streams, each with its own error of the density.

    `drag_m2_kg` is one number or one a month; see `decay`.
    """
    weather = drawn_weather(start, end, trials)
    drag = np.asarray(drag_m2_kg, dtype=np.float64) * density_factors(trials)[:, None]
    return decay(altitude_m, drag, inclination_deg, start, end, weather, marks_m)


def density_factors(trials: Sequence[np.random.Generator]) -> Floats:
    """True over modelled density, (trials,): log-normal, median 1. Drawn after the weather."""
    return np.exp(DENSITY_SPREAD * np.array([stream.standard_normal() for stream in trials]))
