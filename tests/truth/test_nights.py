"""Nights of a site by the sky above it, through the scenario: against closed forms, and what is stated by hand wins."""

from __future__ import annotations

import math
from typing import Any

import pytest

from moonwright.errors import OrbitError
from moonwright.scenario.scenario import Scenario
from moonwright.world.light import Light
from moonwright.world.observe import observe

SYNODIC_MONTH_D, DRACONIC_YEAR_D = 29.530589, 346.620  # Meeus, Astronomical Algorithms, 1998, ch. 49 and 55
AXIS_DEG = 1.5424  # between the Moon's axis and the pole of the ecliptic: IAU, Cassini's second law
SUN_DEG = 0.2666  # half the Sun's disc at 1 au


def light(end: str = "2032-01-01", **site: Any) -> Light | None:
    node = {"kind": "surface", "body": "moon", "latitude": "0 deg", "longitude": "0 deg", **site}
    data = {
        "name": "nights",
        "currency_year": 2024,
        "horizon": {"start": "2030-01-01", "end": end},
        "partners": {"a": {"name": "A"}},
        "nodes": {"base": node},
        "demands": {},
    }
    return observe(Scenario.model_validate(data)).lights.get("base")


def test_a_night_at_the_equator_is_half_a_month_less_the_suns_disc() -> None:
    """Months differ by 0.25 d from their mean either way."""
    found = light(skyline={"mast": "0 m"})
    assert found is not None
    disc_d = 2 * SUN_DEG / (360 / SYNODIC_MONTH_D)
    assert found.darkness_d == pytest.approx(SYNODIC_MONTH_D / 2 - disc_d, abs=0.3)
    assert found.share == pytest.approx(0.5 + disc_d / SYNODIC_MONTH_D, abs=0.01)
    assert "flat" in found.told


def test_a_night_at_the_pole_is_half_a_year_less_the_suns_disc() -> None:
    """The Sun's height goes as 1.54 deg sin(2 pi t / 346.6 d): dark where that is under half a disc below nought.

    Within two days: the orbit about the Sun is not a circle, and the axis nods.
    """
    found = light(latitude="90 deg", skyline={"mast": "0 m"})
    assert found is not None
    twilight_d = DRACONIC_YEAR_D / (2 * math.pi) * math.asin(SUN_DEG / AXIS_DEG)
    assert found.darkness_d == pytest.approx(DRACONIC_YEAR_D / 2 - 2 * twilight_d, abs=4.0)


def test_arrays_on_a_mast_high_enough_see_the_sun_all_year_at_the_pole() -> None:
    """The horizon sinks by acos(R / (R + h)): by the Sun's lowest, 1.54 - 0.27 deg and a nod, from 500 m."""
    dip_deg = AXIS_DEG - SUN_DEG + 0.1
    mast_m = 1737.4e3 * (1 / math.cos(math.radians(dip_deg)) - 1)
    found = light(latitude="90 deg", skyline={"mast": f"{mast_m} m"})
    assert found is not None
    assert (found.darkness_d, found.share) == (0.0, 1.0)


def test_a_wall_all_around_leaves_no_light() -> None:
    found = light("2030-07-01", latitude="45 deg", skyline={"mast": "2 m", "profile": ["60 deg"] * 4})
    assert found is not None
    assert found.darkness_d > 180.0
    assert found.share == 0.0


def test_what_is_stated_by_hand_wins() -> None:
    found = light("2030-07-01", darkness="5 d", skyline={"mast": "2 m"})
    assert found is not None
    assert found.darkness_d == 5.0
    assert found.share == pytest.approx(0.5, abs=0.05)
    both = light("2030-07-01", darkness="5 d", light="80 %", skyline={"mast": "2 m"})
    assert both == Light(5.0, 0.8, "stated")
    assert light("2030-07-01", light="80 %") == Light(0.0, 0.8, "stated")
    assert light("2030-07-01") is None


def test_a_body_whose_days_are_not_known_is_told() -> None:
    with pytest.raises(OrbitError, match=r"nodes\.base: light is computed on earth and moon, not on 'mars'"):
        light(body="mars", skyline={"mast": "2 m"})
