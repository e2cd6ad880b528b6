"""A growing station, and trials of it."""

from datetime import date

import numpy as np
import pytest

from moonwright.errors import OrbitError
from moonwright.orbit.station import (
    DENSITY_SPREAD,
    Station,
    decay_trials,
    density_factors,
    drag_by_month,
    mass_by_month,
    streams,
)

SPAN = (date(2027, 1, 1), date(2027, 4, 1))


def test_a_station_that_grows_within_a_month_counts_by_days() -> None:
    stages = [Station(date(2027, 2, 15), 200e3, 800.0, 2.0), Station(date(2020, 1, 1), 100e3, 200.0, 2.0)]
    assert mass_by_month(stages, *SPAN) == pytest.approx(
        [100e3, 150e3, 200e3]
    )  # 14 of 28 days each in February
    assert drag_by_month(stages, *SPAN) == pytest.approx([0.004, 0.006, 0.008])


def test_a_stage_that_comes_later_counts_before_where_none_is() -> None:
    assert mass_by_month([Station(date(2030, 1, 1), 100e3, 200.0)], *SPAN) == pytest.approx([100e3] * 3)


@pytest.mark.parametrize(
    ("station", "words"),
    [
        (Station(date(2027, 1, 1), -1.0, 10.0), "mass is a positive number, not -1"),
        (Station(date(2027, 1, 1), 0.0, 10.0), "mass is a positive number"),
        (Station(date(2027, 1, 1), 1e5, -10.0), "area is not negative"),
        (Station(date(2027, 1, 1), 1e5, float("inf")), "area is not negative"),
        (Station(date(2027, 1, 1), 1e5, 10.0, 0.0), "drag coefficient is a positive number"),
    ],
)
def test_a_station_that_cannot_be_is_refused(station: Station, words: str) -> None:
    with pytest.raises(OrbitError, match=words):
        drag_by_month([station], *SPAN)


def test_no_station_and_no_trial_are_refused() -> None:
    with pytest.raises(OrbitError, match="at least once"):
        drag_by_month([], *SPAN)
    with pytest.raises(OrbitError, match="at least one trial"):
        streams(1, 0)


def test_the_density_errs_both_ways_alike() -> None:
    factors = np.log(density_factors(streams(3, 5000)))
    assert factors.mean() == pytest.approx(0, abs=4 * DENSITY_SPREAD / np.sqrt(5000))
    assert factors.std() == pytest.approx(DENSITY_SPREAD, rel=0.05)


def test_another_seed_is_another_future() -> None:
    one, other = (decay_trials(400e3, 0.006, 51.6, *SPAN, streams(seed, 3)).altitude_m for seed in (1, 2))
    assert not np.array_equal(one, other)
