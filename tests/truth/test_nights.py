"""Nights of a site by the sky above it, through the scenario: against closed forms, and what is stated by hand wins."""

from __future__ import annotations

import math
from typing import Any

import pytest

from moonwright.errors import OrbitError
from moonwright.scenario.scenario import Scenario
from moonwright.world.light import Light
from moonwright.world.observe import observe
from worlds import best, cape_and_base, one_way, rocket

SYNODIC_MONTH_D, DRACONIC_YEAR_D = 29.530589, 346.620  # Meeus, Astronomical Algorithms, 1998, ch. 49 and 55
AXIS_DEG = 1.5424  # between the Moon's axis and the pole of the ecliptic: IAU, Cassini's second law
SUN_DEG = 0.2666  # half the Sun's disc at 1 au


def light(end: str = "2032-01-01", start: str = "2030-01-01", **site: Any) -> Light | None:
    node = {"kind": "surface", "body": "moon", "latitude": "0 deg", "longitude": "0 deg", **site}
    data = {
        "name": "nights",
        "currency_year": 2024,
        "horizon": {"start": start, "end": end},
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
    assert found.longest_d == pytest.approx(SYNODIC_MONTH_D / 2 - disc_d, abs=0.3)
    assert found.lit == pytest.approx(0.5 + disc_d / SYNODIC_MONTH_D, abs=0.01)
    assert "flat" in found.told


def test_a_night_at_the_pole_is_half_a_year_less_the_suns_disc() -> None:
    """The Sun's height goes as 1.54 deg sin(2 pi t / 346.6 d): dark where that is under half a disc below nought.

    Within two days: the orbit about the Sun is not a circle, and the axis nods.
    """
    found = light(latitude="90 deg", skyline={"mast": "0 m"})
    assert found is not None
    twilight_d = DRACONIC_YEAR_D / (2 * math.pi) * math.asin(SUN_DEG / AXIS_DEG)
    assert found.longest_d == pytest.approx(DRACONIC_YEAR_D / 2 - 2 * twilight_d, abs=4.0)


@pytest.mark.parametrize(("more_deg", "whole"), [(-SUN_DEG, False), (SUN_DEG, True)])
def test_arrays_on_a_mast_high_enough_see_the_sun_all_year_at_the_pole(more_deg: float, whole: bool) -> None:
    """The horizon sinks by acos(R / (R + h)): from 500 m by the Sun's lowest, a nod, less half a disc, so that it is never
    dark, though in winter little of the Sun is seen; from 1100 m by half a disc more, and all of it is seen all year."""
    dip_deg = AXIS_DEG + more_deg + 0.1
    mast_m = 1737.4e3 * (1 / math.cos(math.radians(dip_deg)) - 1)
    found = light(latitude="90 deg", skyline={"mast": f"{mast_m} m"})
    assert found is not None
    assert (found.longest_d, found.lit) == (0.0, 1.0)
    assert found.sun is not None
    assert found.sun.max() == 1.0
    assert (found.sun.min() == 1.0) == whole


def test_a_wall_all_around_leaves_no_light() -> None:
    found = light("2030-07-01", latitude="45 deg", skyline={"mast": "2 m", "profile": ["60 deg"] * 4})
    assert found is not None
    assert found.longest_d > 180.0
    assert found.lit == 0.0
    assert found.sun is not None
    assert not found.sun.any()


def test_what_is_stated_by_hand_wins() -> None:
    found = light("2030-07-01", darkness="5 d", skyline={"mast": "2 m"})
    assert found is not None
    assert set(found.darkness_d) == {5.0}
    assert found.lit == pytest.approx(0.5, abs=0.05)
    for told in ({"skyline": {"mast": "2 m"}, "darkness": "5 d"}, {"darkness": "5 d"}, {}):
        stated = light("2030-07-01", light="80 %", **told)
        assert stated is not None
        assert (stated.longest_d, stated.sun, stated.lit, stated.told) == (
            5.0 if "darkness" in told else 0.0, None, 0.8, "stated",
        )  # fmt: skip
    assert light("2030-07-01") is None


def test_months_are_whole_where_the_horizon_cuts_them() -> None:
    """Half of a whole month is light, give or take a night that falls into it once or twice; of two days, maybe nothing."""
    found = light("2030-05-02", start="2030-01-30", skyline={"mast": "0 m"})
    assert found is not None
    assert found.sun is not None
    assert len(found.sun) == len(found.darkness_d) == 92
    assert found.sun == pytest.approx(0.5, abs=0.04)
    assert len(set(found.sun)) == 5  # January to May
    assert found.sun[:2].tolist() == [found.sun[0]] * 2


def test_the_sun_at_the_pole_follows_its_height() -> None:
    """Its height is 1.54 deg sin(2 pi t / 346.6 d): half of the disc is seen when that is nought."""
    found = light("2031-01-01", latitude="90 deg", skyline={"mast": "0 m"})
    assert found is not None
    assert found.sun is not None
    whole = (found.sun == 1.0).sum() / 365
    part = ((found.sun > 0.0) & (found.sun < 1.0)).sum() / 365
    assert whole == pytest.approx(0.5 - 2 * 31 / 365, abs=0.09)
    assert 0.1 < part < 0.4  # twice a fortnight of twilight (disc over slope), told by whole months
    assert found.longest_d in found.darkness_d[found.sun == 0.0]


def test_an_outpost_at_the_equator_has_the_arrays_and_stores_that_half_a_month_of_night_asks_for() -> None:
    """A month of 28 to 31 days with a night of 14.3 to 14.9 days in it, or parts of two, is light for 0.47 to 0.51 of it.

    9 kW always, by arrays of 4 kW: 4.4 to 4.8 of them, so five. Through the night 3,100 to 3,220 kWh: four stores of 1,000.
    """
    place = {
        "kind": "surface",
        "body": "moon",
        "latitude": "0 deg",
        "longitude": "0 deg",
        "skyline": {"mast": "0 m"},
    }
    one = {"owner": "a", "node": "base", "mass": "0.1 t", "quantity": 20}
    told = cape_and_base(
        "equator",
        {"start": "2030-01-01", "end": "2030-07-01"},
        {"base": place},
        launchers={"rocket": rocket("50 t", "12 /yr")},
        vehicles={"lander": {"owner": "a", "dry_mass": "1 t", "room": {"total": "40 t"}}},
        missions={"come": one_way("lander")},
        elements={
            "hut": {"owner": "a", "node": "base", "mass": "1 t", "uses": {"power": "9 kW"}},
            "array": {**one, "price": "100 MUSD", "provides": {"power_day": "4 kW"}},
            "store": {**one, "price": "1 MUSD", "provides": {"energy_storage": "1000 kWh"}},
        },
        demands={"built": {"kind": "build", "element": "hut", "count": 1, "by": "2030-03-01"}},
    )  # fmt: skip
    plan = best(told)
    assert plan is not None
    assert plan.outcome.last.value == pytest.approx(504.0)


def test_a_body_whose_days_are_not_known_is_told() -> None:
    with pytest.raises(OrbitError, match=r"nodes\.base: light is computed on earth and moon, not on 'mars'"):
        light(body="mars", skyline={"mast": "2 m"})
