"""Who can bring a station down, who meets a need, and what is refused."""

import math

import numpy as np
import pytest

from moonwright.errors import OrbitError
from moonwright.orbit.boosters import Booster, Visit, booster, known, share
from moonwright.orbit.circular import axis_m, period_s, speed_m_s
from moonwright.orbit.deorbit import Budget, budget, deadline, how_many, verdict
from moonwright.orbit.entry import casualty_area_m2, people_per_km2, time_under, world_population
from moonwright.orbit.reboost import burn_gain, keep_band
from moonwright.orbit.weather import expected_weather

TOLD = Budget(0.0, 50.0, 30.0)


def test_a_booster_must_be_both_rich_and_strong() -> None:
    # 420 t and 50 m/s at 300 s: 420e3 (1 - exp(-50 / 2942)) = 7078 kg, and a tenth more; a quarter turn at 220 km is 1333 s,
    # in which 30 m/s take 9450 N.
    needed = 420e3 * -math.expm1(-50 / (300 * 9.80665)) * 1.1
    rich, strong, both = (
        Booster("x", "y", kg, 300, newton) for kg, newton in ((8000, 9000), (7000, 10000), (8000, 10000))
    )
    told = [verdict([one], 420e3, TOLD) for one in (rich, strong, both)]
    assert told[2].needed_kg == pytest.approx(needed)
    assert told[2].longest_burn_s == pytest.approx(period_s(220e3) / 4)
    assert [(one.enough, one.strong, one.able) for one in told] == [
        (True, False, False),
        (False, True, False),
        (True, True, True),
    ]
    assert verdict([rich, strong], 420e3, TOLD).able
    assert [how_many(one, 420e3, TOLD) for one in (rich, strong, both)] == [2, 2, 1]


def test_the_deorbit_vehicle_can_and_a_progress_cannot() -> None:
    # The one is built for it, by NASA's account; of the other several and the station's own engines were planned.
    assert verdict([booster("usdv")], 420e3, budget(225e3)).able
    assert not verdict([booster("progress")], 420e3, budget(225e3)).able


def test_the_impulses_are_those_of_kepler() -> None:
    # vis-viva at the apogee of 220 x 50 km, by hand
    apogee, perigee = axis_m(220e3), axis_m(50e3)
    slow = math.sqrt(3.986004418e14 * (2 / apogee - 2 / (apogee + perigee)))
    told = budget(220e3, 220e3, 50e3)
    assert told.lower_dv_m_s == 0
    assert told.entry_dv_m_s == pytest.approx(speed_m_s(220e3) - slow)


def test_the_last_day_is_a_campaign_before_control_is_lost() -> None:
    told = deadline(np.array([100.0, np.inf]), np.array([104.0, np.inf]), 4.0)
    assert list(told.begin_d) == [96.0, np.inf]


def test_who_leaves_first_burns_first() -> None:
    each = Booster("x", "y", 1000, 300, 1)
    short, long = Visit(each, 0, 30), Visit(each, 0, 60)
    told = share(np.array([each.impulse_n_s, each.impulse_n_s]), np.array([0.0, 30.0, 60.0]), [long, short])
    assert told.missing_n_s.sum() == 0
    assert told.propellant_kg == pytest.approx(np.array([[0, 1000], [1000, 0]]))


def test_every_booster_says_where_its_figures_come_from() -> None:
    for one in known().values():
        assert one.note
        assert one.impulse_n_s > 0 < one.thrust_n


def test_an_orbit_over_the_poles_is_over_all_latitudes_alike() -> None:
    under = time_under(90.0)
    assert under == pytest.approx(np.full(under.size, 1 / under.size))


def test_people_are_counted_once() -> None:
    # Averaged over all directions of a polar orbit's ground and by area it is the mean of the sphere.
    assert world_population(2020) == pytest.approx(7.89e9)
    assert (
        5 < people_per_km2(90.0, 2020) < 15.5
    )  # 15.5 a km2 over the whole sphere; polar orbits dwell over the poles


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: budget(200e3, 220e3), "goes down"),
        (lambda: budget(400e3, 220e3, 230e3), "goes down"),
        (lambda: verdict([], 1.0, TOLD), "at least one booster"),
        (lambda: verdict([booster("usdv")], -1.0, TOLD), "positive number"),
        (lambda: booster("progres"), "did you mean 'progress'"),
        (lambda: burn_gain(1.0, -300, 1.0, 400e3), "specific impulse is a positive number"),
        (lambda: deadline(np.zeros(1), np.zeros(1), -1.0), "some days"),
        (lambda: world_population(1900), "from 1970 to 2050"),
        (lambda: time_under(0.0), "between 0 and 180"),
        (lambda: casualty_area_m2(-1.0), "not negative"),
        (lambda: axis_m(-7e6), "cannot have a mean altitude"),
    ],
)
def test_what_cannot_be_is_refused_in_words(call: object, words: str) -> None:
    assert callable(call)
    with pytest.raises(OrbitError, match=words):
        call()


def test_a_band_upside_down_is_refused() -> None:
    from datetime import date

    span = (date(2020, 1, 1), date(2021, 1, 1))
    with pytest.raises(OrbitError, match="a band rises"):
        keep_band(400e3, 410e3, 400e3, 0.005, 51.6, *span, expected_weather(*span))
