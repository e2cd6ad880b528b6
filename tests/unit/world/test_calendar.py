"""The sky by month, against what anyone knows of it: nights of half a month, polar winters, the side that we see."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from moonwright.scenario.scenario import Scenario
from moonwright.world.calendar import Calendar, calendars
from moonwright.world.observe import observe

SYNODIC_MONTH_D = 29.530589  # Meeus, Astronomical Algorithms, 1998, ch. 49


def skies(end: str = "2031-01-01", **node: Any) -> tuple[tuple[Calendar, ...], Mapping[str, str]]:
    place = {"kind": "surface", "body": "moon", "latitude": "0 deg", "longitude": "0 deg", **node}
    data = {
        "name": "skies",
        "currency_year": 2024,
        "horizon": {"start": "2030-01-01", "end": end},
        "partners": {"a": {"name": "A"}},
        "nodes": {"base": place},
        "demands": {},
    }
    return calendars(observe(Scenario.model_validate(data)))


def calendar(**node: Any) -> Calendar:
    (found,), without = skies(**node)
    assert not without
    return found


@pytest.mark.parametrize(("longitude", "share"), [("0 deg", 1.0), ("180 deg", 0.0)])
def test_the_earth_is_in_sight_always_from_the_near_side_and_never_from_the_far_one(
    longitude: str, share: float
) -> None:
    found = calendar(longitude=longitude)
    assert found.months.earth is not None
    assert found.months.earth.tolist() == [share] * 12


def test_a_lunar_night_lasts_half_a_month_and_a_year_is_half_light() -> None:
    found = calendar()
    disc_d = 2 * 0.2666 / (360 / SYNODIC_MONTH_D)  # the Sun's disc takes an hour to set
    assert found.whole.darkness_d[0] == pytest.approx(SYNODIC_MONTH_D / 2 - disc_d, abs=0.3)
    # A year is 12.4 lunar days: up to 0.02 of it may be the light or the dark of a day that it cuts.
    assert found.years.sun[0] == pytest.approx(0.5, abs=0.02)
    # Of the hours with a part of the disc in sight half are light.
    assert found.years.lit[0] - found.years.sun[0] == pytest.approx(disc_d / SYNODIC_MONTH_D, rel=0.1)
    assert found.assumed


def test_an_arctic_winter_is_dark_and_its_summer_light() -> None:
    """At 80 degrees north, without air: December and June whole, and nothing is said of the Earth in the Earth's sky."""
    found = calendar(body="earth", latitude="80 deg")
    assert found.months.lit[[5, 11]].tolist() == [1.0, 0.0]
    assert found.months.sun[[5, 11]].tolist() == [1.0, 0.0]
    assert found.months.darkness_d[[5, 11]].tolist() == [0.0, 31.0]
    assert found.months.earth is None


def test_the_year_is_the_mean_of_its_months() -> None:
    found = calendar(latitude="-89.45 deg", longitude="222.7 deg")
    days = np.array([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])
    assert found.years.lit[0] == pytest.approx(days @ found.months.lit / 365, abs=1e-3)
    assert found.years.darkness_d[0] >= found.months.darkness_d.max()


def test_a_given_skyline_is_the_one_that_is_used() -> None:
    """Behind a wall all around that is 45 degrees high, a place at a pole never sees the Sun."""
    found = calendar(latitude="-89.9 deg", skyline={"mast": "2 m", "profile": ["45 deg"]})
    assert found.months.lit.tolist() == [0.0] * 12
    assert not found.assumed


def test_bodies_and_years_without_an_ephemeris_are_told_and_not_fatal() -> None:
    found, without = skies(body="mars")
    assert not found
    assert "not on mars" in without["base"]
    found, without = skies(end="2071-01-01")
    assert not found
    assert "covers 1998-01-01 to 2071-01-01" in without["base"]
