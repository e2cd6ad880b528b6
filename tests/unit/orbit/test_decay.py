"""A month's step against a slow integration of the same equation, and what is refused."""

from datetime import date

import numpy as np
import pytest

from moonwright.errors import OrbitError
from moonwright.orbit.atmosphere import air_over, altitudes_m, ln_densities
from moonwright.orbit.circular import EARTH_MU_M3_S2, EARTH_RADIUS_M
from moonwright.orbit.decay import decay, months_between, sink_m_d
from moonwright.orbit.weather import Weather, expected_weather

SPAN = (date(2014, 1, 1), date(2014, 2, 1))


def test_a_months_step_is_what_small_steps_come_to() -> None:
    weather = expected_weather(*SPAN)
    height_m, drag, tilt = 300e3, 0.006, 51.6
    told = decay(height_m, drag, tilt, *SPAN, weather).altitude_m[0, -1]
    steps = 31 * 24
    for _ in range(steps):  # Heun's rule, every hour
        first, second = height_m, height_m - 31 / steps * rate(height_m, drag, tilt, weather)
        height_m -= 31 / steps * (rate(first, drag, tilt, weather) + rate(second, drag, tilt, weather)) / 2
    assert told == pytest.approx(height_m, abs=5)


def rate(height_m: float, drag: float, tilt: float, weather: Weather) -> float:
    return sink_m_d(height_m, drag, tilt, 1, float(weather.flux_sfu[0, 0]), float(weather.ap[0, 0]))


def test_the_rate_is_the_work_of_drag() -> None:
    # By hand at the equator, flown eastward: the air turns along, so w = v - Omega a, and da = 2 a^2 / mu times the power.
    height_m, drag = 400e3, 0.005
    ln_rho = ln_densities(air_over(0.0), 6, np.array([150.0]), np.array([8.0]))[0]
    rho = np.exp(ln_rho[altitudes_m() == height_m][0])
    axis = EARTH_RADIUS_M + height_m
    speed = np.sqrt(EARTH_MU_M3_S2 / axis)
    through = speed - 7.292115e-5 * axis
    power = rho * drag * through**2 * speed / 2
    by_hand = 2 * axis**2 / EARTH_MU_M3_S2 * power * 86400
    assert sink_m_d(height_m, drag, 0.0, 6, 150.0, 8.0) == pytest.approx(by_hand, rel=1e-4)


def test_months_are_cut_at_both_ends() -> None:
    months = months_between(date(2024, 1, 20), date(2024, 3, 10))
    assert [(m.of_year, m.start_d, m.length_d) for m in months] == [(1, 0, 12), (2, 12, 29), (3, 41, 9)]


def test_when_a_mark_is_passed_the_orbit_is_there() -> None:
    start, end = date(2001, 1, 1), date(2004, 1, 1)
    told = decay(420e3, 0.006, 51.6, start, end, expected_weather(start, end), (300e3, 420e3, 500e3, 120e3))
    assert list(told.passed_d[0, 1:3]) == [0, 0]  # it begins there, or below
    until = date.fromordinal(start.toordinal() + int(told.passed_d[0, 0]))
    there = decay(420e3, 0.006, 51.6, start, until, expected_weather(start, until)).altitude_m[0, -1]
    a_day = sink_m_d(300e3, 0.006, 51.6, until.month, 150.0, 10.0) * 3
    assert 300e3 <= there <= 300e3 + a_day
    assert told.passed_d[0, 3] > told.passed_d[0, 0]


@pytest.mark.parametrize(
    ("height_m", "drag", "tilt", "words"),
    [
        (100e3, 0.006, 51.6, "not at 100 km"),
        (1100e3, 0.006, 51.6, "not at 1100 km"),
        (float("nan"), 0.006, 51.6, "not at nan km"),
        (400e3, -0.1, 51.6, "found -0.1"),
        (400e3, float("nan"), 51.6, "between 0 and 10"),
        (400e3, 0.006, 181.0, "not at 181"),
        (400e3, 0.006, -1.0, "not at -1"),
    ],
)
def test_an_orbit_that_cannot_be_is_refused(height_m: float, drag: float, tilt: float, words: str) -> None:
    with pytest.raises(OrbitError, match=words):
        decay(height_m, drag, tilt, *SPAN, expected_weather(*SPAN))


def test_air_that_nobody_knows_is_refused() -> None:
    with pytest.raises(OrbitError, match="found 900 and 5"):
        sink_m_d(400e3, 0.006, 51.6, 1, 900.0, 5.0)
