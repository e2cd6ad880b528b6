"""Space weather by month: solar flux and geomagnetic index as observed, as forecast, and as drawn for trials.

Observed means reach from October 1957 to February 2026, NASA's forecast of March 2026 with its percentiles on to October
2041; both stand in data/, with their sources. How far the percentiles can be trusted was measured on all 325
forecasts of 1999-2026 (design/decay/measure_forecast.py), and the trials spread accordingly.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from statistics import NormalDist
from typing import Final, NamedTuple

import numpy as np

from moonwright.errors import OrbitError
from moonwright.orbit.atmosphere import effective_flux_sfu
from moonwright.orbit.circular import Floats

DATA: Final = Path(__file__).with_name("data")

_Z95: Final = 1.6449  # normal score of 95 %

# What came, as normal scores between the published percentiles; all measured in measure_forecast.py.
_FLUX_SPREAD: Final = (
    1.15  # 1.04 within a year, 1.06 to 1.25 later: 10-20 % outside 5-95 %, where 10 % is honest
)
_FLUX_MEMORY_MONTHS: Final = 27.0  # 0.69 after 12 months, 0.33 after 24, nothing after 36
_AP_MEAN: Final = -1.5  # forecasts of Ap have been too high since 1999: -0.8 within a year, -2 later
_AP_SPREAD: Final = 1.2  # 0.8 to 1.4; lasts as long as a trial (0.8 after three years)
_BRIGHTEST_SFU: Final = 260.0  # smoothed; 243 in 1958, the brightest cycle of three centuries of sunspots
# A single month about the smoothed course.
_QUIET_FLUX_SFU: Final = 64.0  # of a Sun without spots: the lowest month on record is 66 (July 2019: 67)
_MONTH_FLUX, _MONTH_FLUX_MEMORY = (
    1.2,
    0.66,
)  # standard deviation per sqrt(F - 64), and from one month to the next
_MONTH_AP, _MONTH_AP_MEMORY = 0.28, 0.21  # standard deviation of ln Ap, and the same


class Weather(NamedTuple):
    """Space weather by month, (trials, months), from month `first` as `month_number` counts; the flux is effective."""

    first: int
    flux_sfu: Floats
    ap: Floats


class Forecast(NamedTuple):
    """Smoothed flux and Ap, (months, 3): at 5 %, 50 % and 95 %, from month `first`."""

    first: int
    flux_sfu: Floats
    ap: Floats


def month_number(day: date) -> int:
    """Months counted through the years."""
    return day.year * 12 + day.month - 1


def month_start(number: int) -> date:
    """The first day of a month counted through the years."""
    return date(number // 12, number % 12 + 1, 1)


@cache
def observed() -> Weather:
    """All months on record, as one trial."""
    first, rows = _read("weather_observed.csv")
    return Weather(first, effective_flux_sfu(rows[:, 0], rows[:, 1])[None], rows[None, :, 2])


@cache
def forecast() -> Forecast:
    """The months that were not yet observed when the data were gathered."""
    first, rows = _read("weather_forecast.csv")
    return Forecast(first, rows[:, :3], rows[:, 3:])


def known_until() -> date:
    """The day after the last month of the forecast."""
    return month_start(forecast().first + len(forecast().flux_sfu))


def expected_weather(start: date, end: date, quantile: float = 0.5) -> Weather:
    """One course from the month of `start` to that of the day before `end`: as observed, then as forecast.

    `quantile` is that of the Sun in the forecast: 0.95 is an active one, whose air is thick. Ap follows the
    forecast's median less its own bias.
    """
    if not 0 < quantile < 1:
        raise OrbitError(f"a quantile lies between 0 and 1, not at {quantile:g}")
    first, months, ahead = _span(start, end)
    z = np.full((1, ahead), _FLUX_SPREAD * NormalDist().inv_cdf(quantile))
    flux = _scored(forecast().flux_sfu[:ahead], z)
    return _course(first, months, flux, _scored(forecast().ap[:ahead], np.full_like(z, _AP_MEAN)))


def drawn_weather(start: date, end: date, streams: Sequence[np.random.Generator]) -> Weather:
    """One course a trial: as observed, then drawn about the forecast, each trial from its own stream.

    The score of the smoothed flux wanders with a memory of 27 months, that of Ap stays as drawn; single months
    scatter about both.
    """
    first, months, ahead = _span(start, end)
    draws = np.array([stream.standard_normal((3, ahead + 1)) for stream in streams]).reshape(-1, 3, ahead + 1)
    flux_z = _FLUX_SPREAD * _wander(draws[:, 0, :-1], math.exp(-1 / _FLUX_MEMORY_MONTHS))
    ap_z = _AP_MEAN + _AP_SPREAD * draws[:, 0, -1:]
    flux_noise = _MONTH_FLUX * _wander(draws[:, 1, :-1], _MONTH_FLUX_MEMORY)
    ap_noise = _MONTH_AP * _wander(draws[:, 2, :-1], _MONTH_AP_MEMORY) - _MONTH_AP**2 / 2
    smooth = np.clip(_scored(forecast().flux_sfu[:ahead], flux_z), _QUIET_FLUX_SFU, _BRIGHTEST_SFU)
    above = smooth - _QUIET_FLUX_SFU
    flux = _QUIET_FLUX_SFU + np.maximum(above + np.sqrt(above) * flux_noise, 0.0)
    ap = _scored(forecast().ap[:ahead], np.broadcast_to(ap_z, flux_z.shape)) * np.exp(ap_noise)
    return _course(first, months, flux, ap)


def _span(start: date, end: date) -> tuple[int, int, int]:
    """The first month, how many months, and how many of the forecast's months lie before the end."""
    earliest = month_start(observed().first)
    if not (earliest <= start < known_until() and end <= known_until()):
        raise OrbitError(
            f"space weather is known from {earliest} until {known_until()}, not from {start} until {end}"
        )
    if end <= start:
        raise OrbitError(f"the last day comes after the first; found {start} to {end}")
    first = month_number(start)
    months = month_number(date.fromordinal(end.toordinal() - 1)) - first + 1
    return first, months, max(0, first + months - forecast().first)


def _course(first: int, months: int, flux_ahead: Floats, ap_ahead: Floats) -> Weather:
    """What was observed, and after it what is ahead; of all trials, from the first month on."""
    trials, skip = len(flux_ahead), first - observed().first

    def joined(past: Floats, ahead: Floats) -> Floats:
        whole = np.concatenate([np.repeat(past, trials, axis=0), ahead], axis=1)
        return np.asarray(whole[:, skip : skip + months])

    return Weather(first, joined(observed().flux_sfu, flux_ahead), joined(observed().ap, ap_ahead))


def _scored(percentiles: Floats, z: Floats) -> Floats:
    """Values at normal scores, between and beyond the published 5, 50 and 95 %: each side has its own spread."""
    low, middle, high = percentiles.T
    side = np.where(z > 0, high - middle, middle - low)
    return np.asarray(np.maximum(middle + side * z / _Z95, 0.0))


def _wander(draws: Floats, keep: float) -> Floats:
    """A course of standard normal values along the last axis, of which each keeps a share of the one before."""
    out = np.array(draws)
    fresh = math.sqrt(1 - keep**2)
    for n in range(1, out.shape[1]):
        out[:, n] = keep * out[:, n - 1] + fresh * draws[:, n]
    return out


def _read(name: str) -> tuple[int, Floats]:
    """The first month of a file and its rows; the months follow one another."""
    with (DATA / name).open(encoding="utf-8") as lines:
        rows = list(csv.reader(line for line in lines if not line.startswith("#")))[1:]
    first = month_number(date.fromisoformat(f"{rows[0][0]}-01"))
    return first, np.array([[float(cell) for cell in row[1:]] for row in rows])
