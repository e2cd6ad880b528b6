"""Holding a station's orbit: what a burn gives, what the air takes, and when to burn within a band of altitudes."""

from __future__ import annotations

import math
from datetime import date
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from moonwright.errors import OrbitError
from moonwright.orbit.atmosphere import CEILING_M, FLOOR_M, air_over
from moonwright.orbit.circular import EARTH_MU_M3_S2, EARTH_RADIUS_M, Floats, raise_m, transfer_dv_m_s
from moonwright.orbit.decay import (
    Fall,
    altitude_after,
    checked_altitudes,
    checked_drag,
    exposure_above_floor,
    fall_in,
    months_between,
    sink_at,
)
from moonwright.orbit.rocket import propellant_kg, reboost_propellant_kg
from moonwright.orbit.weather import Weather


class Gain(NamedTuple):
    """What one burn along the orbit does: the impulse on the station, the rise of its mean altitude, what it burns."""

    dv_m_s: float
    raised_m: float
    propellant_kg: float


class Band(NamedTuple):
    """An orbit kept between two altitudes.

    `altitude_m` (trials, months + 1) at `day_d`, `dv_m_s` and `burns` (trials, months) of all burns in a month;
    `burn_d` and `burn_trial` tell each burn's day and trial.
    """

    day_d: Floats
    altitude_m: Floats
    dv_m_s: Floats
    burns: Floats
    burn_d: Floats
    burn_trial: Floats


def burn_gain(impulse_n_s: float, isp_s: float, mass_kg: float, altitude_m: float) -> Gain:
    """What an impulse (thrust times duration) gives a station of some mass at some altitude.

    For impulses that are small beside m v: below 10 m/s within 0.2 %.
    """
    for told, value in (("impulse", impulse_n_s), ("specific impulse", isp_s), ("mass", mass_kg)):
        if not (math.isfinite(value) and value > 0):
            raise OrbitError(f"a burn's {told} is a positive number, not {value:g}")
    dv_m_s = impulse_n_s / mass_kg
    return Gain(dv_m_s, raise_m(altitude_m, dv_m_s), reboost_propellant_kg(impulse_n_s, isp_s))


def raise_propellant_kg(mass_kg: float, from_m: float, to_m: float, isp_s: float) -> float:
    """Propellant that brings a station from one circular orbit to another, by the two burns of a Hohmann transfer."""
    return propellant_kg(mass_kg, sum(transfer_dv_m_s(from_m, to_m)), isp_s)


def holding_dv_m_s(
    altitude_m: float, drag_m2_kg: ArrayLike, inclination_deg: float, start: date, end: date, weather: Weather
) -> Floats:
    """The impulse that holds one altitude against the air, m/s in each month, (trials, months).

    dv = v / (2 a) times the loss that drag would cause; `drag_m2_kg` as in `decay`.
    """
    months = months_between(start, end)
    trials = len(weather.flux_sfu)
    drag = checked_drag(drag_m2_kg, trials, len(months))
    altitude = np.broadcast_to(checked_altitudes(altitude_m), trials)
    air = air_over(inclination_deg)
    axis = EARTH_RADIUS_M + altitude
    per_metre = np.sqrt(EARTH_MU_M3_S2 / axis) / (2 * axis)
    columns = [
        per_metre * sink_at(fall_in(air, month, weather), altitude) * drag[:, n] * month.length_d
        for n, month in enumerate(months)
    ]
    return np.stack(columns, axis=1)


def keep_band(  # noqa: PLR0913, PLR0917  # a band, a station, its orbit, and the time
    altitude_m: ArrayLike,
    low_m: float,
    high_m: float,
    drag_m2_kg: ArrayLike,
    inclination_deg: float,
    start: date,
    end: date,
    weather: Weather,
) -> Band:
    """Let the orbit sink to `low_m`, bring it up to `high_m`, and so on from `start` to `end`.

    A start below the band is brought up at once, a start above it sinks into it. Every trial burns when its own air asks.
    """
    if not FLOOR_M <= low_m < high_m <= CEILING_M:
        raise OrbitError(
            f"a band rises between {FLOOR_M / 1e3:g} and {CEILING_M / 1e3:g} km;"
            f" found {low_m / 1e3:g} to {high_m / 1e3:g} km"
        )
    months, trials = months_between(start, end), len(weather.flux_sfu)
    drag = checked_drag(drag_m2_kg, trials, len(months))
    air, altitude = (
        air_over(inclination_deg),
        np.array(np.broadcast_to(checked_altitudes(altitude_m), trials)),
    )
    course, dv_m_s = [altitude.copy()], np.zeros((trials, len(months)))
    burns = np.zeros_like(dv_m_s)
    burn_d: list[Floats] = []
    burn_trial: list[Floats] = []
    for n, month in enumerate(months):
        fall, left = fall_in(air, month, weather), drag[:, n] * month.length_d
        while (due := _spent(fall, altitude, low_m) <= left).any():
            left = np.where(due, left - np.maximum(_spent(fall, altitude, low_m), 0.0), left)
            dv_m_s[due, n] += [sum(transfer_dv_m_s(min(h, low_m), high_m)) for h in altitude[due]]
            burns[due, n] += 1
            with np.errstate(divide="ignore", invalid="ignore"):
                into_d = np.where(drag[:, n] > 0, month.length_d - left / drag[:, n], 0.0)
            burn_d.append(month.start_d + into_d[due])
            burn_trial.append(np.flatnonzero(due).astype(np.float64))
            altitude = np.where(due, high_m, altitude)
        altitude = altitude_after(fall, altitude, left)
        course.append(altitude.copy())
    days = np.array([month.start_d for month in months] + [float((end - start).days)])
    none = [np.zeros(0)]
    return Band(
        days,
        np.stack(course, axis=1),
        dv_m_s,
        burns,
        np.concatenate(burn_d or none),
        np.concatenate(burn_trial or none),
    )


def _spent(fall: Fall, altitude_m: Floats, low_m: float) -> Floats:
    """The exposure after which each trial is at the low end of the band; negative where it is below already."""
    return exposure_above_floor(fall, altitude_m) - exposure_above_floor(
        fall, np.full_like(altitude_m, low_m)
    )
