"""Cases R4 and R7, and the table of the atmosphere beside the model it was made from."""

import csv
import math
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from moonwright.orbit.atmosphere import air_over, altitudes_m, ln_densities
from moonwright.orbit.circular import mean_altitude_m
from moonwright.orbit.decay import decay, sink_m_d
from moonwright.orbit.weather import expected_weather

R7_DRAG_M2_KG = 0.0064825
MEANS = Path(__file__).with_name("nrlmsise_means.csv")


@pytest.mark.parametrize(
    ("month", "loss_km"),
    [
        (date(2008, 12, 1), 0.389),
        (date(2019, 6, 1), 0.299),
        (date(2001, 9, 1), 5.667),
        (date(2023, 11, 1), 2.955),
    ],
)
def test_r7_thirty_days_as_two_full_engines_measure_them(month: date, loss_km: float) -> None:
    # Orekit and brahe agree within 1 %; a fast semi-analytic model should be within 6 %. It starts on the node.
    start = mean_altitude_m(420e3 + 6378136.3 - 6378137.0, 0.0, math.radians(51.64))
    end = month + timedelta(days=30)
    course = decay(start, R7_DRAG_M2_KG, 51.64, month, end, expected_weather(month, end)).altitude_m[0]
    assert (course[0] - course[-1]) / 1e3 == pytest.approx(loss_km, rel=0.06)


def monthly_loss_m_d(height_m: float, drag_m2_kg: float, years: range) -> list[float]:
    losses = []
    for year in years:
        for month in range(1, 13):
            day = date(year, month, 1)
            weather = expected_weather(day, day + timedelta(days=1))
            losses.append(
                sink_m_d(
                    height_m, drag_m2_kg, 51.64, month, float(weather.flux_sfu[0, 0]), float(weather.ap[0, 0])
                )
            )
    return losses


def test_r4_a_hundred_metres_a_day_are_usual_under_an_active_sun_and_a_tenth_of_it_under_a_quiet_one() -> (
    None
):
    active = monthly_loss_m_d(415e3, R7_DRAG_M2_KG, range(2023, 2026))
    assert min(active) < 100 < max(active)  # Roscosmos: about 100 m a day near 415 km
    quiet = np.mean(monthly_loss_m_d(415e3, R7_DRAG_M2_KG, range(2019, 2020)))
    assert 0.05 < quiet / 100 < 0.15  # "a tenth"


def test_r4_two_hundred_metres_a_day_of_a_light_station_in_february_2003() -> None:
    # 382-406 km. The station of that year weighed 187 t and not 420 t, under a third of today's arrays and half its
    # rooms: today's Cd A / m and the same area on that mass lie on both sides.
    weather = expected_weather(date(2003, 2, 1), date(2003, 3, 1))
    today, bare = (
        sink_m_d(394e3, drag, 51.64, 2, float(weather.flux_sfu[0, 0]), float(weather.ap[0, 0]))
        for drag in (R7_DRAG_M2_KG, R7_DRAG_M2_KG * 420 / 187)
    )
    assert today < 200 < bare * 1.15  # "about 200"; the model is good to 15 %


def loss_m_d(height_m: float, day: date, drag_m2_kg: float = R7_DRAG_M2_KG) -> float:
    weather = expected_weather(day, day + timedelta(days=1))
    flux, ap = float(weather.flux_sfu[0, 0]), float(weather.ap[0, 0])
    return sink_m_d(height_m, drag_m2_kg, 51.64, day.month, flux, ap)


def test_ninety_metres_a_day_at_332_km_in_march_2007() -> None:
    # NASA's tracking, as NBC News told it on 15 March 2007. NRLMSISE-00 is known to be some 20 % too dense in those years.
    assert loss_m_d(332e3, date(2007, 3, 1)) == pytest.approx(90, rel=0.25)


def test_r4_more_than_a_hundred_metres_a_day_in_2008_do_not_go_with_what_was_tracked_in_2007() -> None:
    """The case's 100 to 150 m a day at about 356 km in 2008 (weakly sourced) are not reproduced, and cannot be.

    In March 2007 the station was 24 km lower under a Sun of 73 sfu, and lost 90 m a day. Atomic oxygen at 750 K thins by
    1/e in k T / (m g) = 44 km: so 52 m a day at 356 km, and less under the 66 sfu of August 2008. The station of 2008 had
    more arrays, and its Cd A / m was larger at most by what its mass of some 290 t (assumed) lacked of today's. It would
    take 105 to 140 sfu, a Sun as in 2011, or a height of 330 km, which it had in 2007.
    """
    quiet = loss_m_d(356e3, date(2008, 8, 1))
    assert 0.5 * 52 < quiet < 52
    assert loss_m_d(356e3, date(2008, 8, 1), R7_DRAG_M2_KG * 420 / 290) < 100
    assert loss_m_d(330e3, date(2007, 3, 1)) > 100


@pytest.mark.parametrize("height_m", [400e3, 415e3])
def test_r4_natural_decay_takes_two_to_five_years(height_m: float) -> None:
    # Energia, for no date of its own: so over all starts of two solar cycles, in the median.
    years = []
    for year in range(1996, 2018):
        span = (date(year, 1, 1), date(year + 12, 1, 1))
        fallen = decay(height_m, R7_DRAG_M2_KG, 51.64, *span, expected_weather(*span)).passed_d[0, 0]
        years.append(fallen / 365.25)
    assert 2 <= np.median(years) <= 5


def test_the_table_is_the_model_averaged_over_the_orbit() -> None:
    # Sixty cases between the table's values, averaged with other samples by pymsis; the samples' own error is 0.3 %.
    text = MEANS.read_text(encoding="utf-8").splitlines()
    rows = list(csv.reader(line for line in text if not line.startswith("#")))[1:]
    off = []
    for row in rows:
        height_km, tilt_deg, month, flux, ap, density = map(float, row)
        told = ln_densities(air_over(tilt_deg), int(month), np.array([flux]), np.array([ap]))[0]
        off.append(np.interp(height_km * 1e3, altitudes_m(), told) - math.log(density))
    assert len(off) == 60
    assert np.sqrt(np.mean(np.square(off))) < 0.02
    assert np.abs(off).max() < 0.045
