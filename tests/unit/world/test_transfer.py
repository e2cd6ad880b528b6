"""Delta-v by departure of a scenario's own orbits, against published budgets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from moonwright.scenario.scenario import Scenario
from moonwright.world.observe import observe
from moonwright.world.transfer import ByDay, by_departure, grounds, ways

PARKING = {"kind": "orbit", "body": "earth", "altitude": "185 km", "inclination": "28.5 deg"}
POLAR = {"kind": "orbit", "body": "moon", "altitude": "100 km", "inclination": "90 deg"}
BASE = {"kind": "surface", "body": "moon", "latitude": "-89.45 deg", "longitude": "222.7 deg"}
FT_M = 0.3048


def scenario(nodes: Mapping[str, Any], end: str = "2031-02-01") -> Scenario:
    return Scenario.model_validate(
        {
            "name": "flights",
            "currency_year": 2024,
            "horizon": {"start": "2031-01-01", "end": end},
            "partners": {"a": {"name": "A"}},
            "nodes": nodes,
            "demands": {},
        }
    )


def flights(nodes: Mapping[str, Any], *, flown: bool = False) -> tuple[ByDay, ...]:
    tables, without = by_departure(observe(scenario(nodes)), flown=flown)
    assert not without
    return tables


def test_impulses_are_those_of_published_budgets() -> None:
    """3.13 to 3.147 km/s from 185 km, 0.80 to 0.865 into a low lunar orbit (to 0.01 km/s: docs/model/transfers.md)."""
    (one,) = flights({"parking": PARKING, "polar": POLAR}, flown=True)
    assert len(one.total_m_s) == 31
    assert 3130 <= np.nanmin(one.earth_m_s) <= np.nanmax(one.earth_m_s) <= 3147
    assert 795 <= np.nanmin(one.moon_m_s) <= np.nanmax(one.moon_m_s) <= 865
    assert set(one.flight_d[np.isfinite(one.flight_d)]) <= {3.5, 4.0, 4.5, 5.0}


def test_a_place_on_the_ground_costs_a_landing_more() -> None:
    """Apollo 11 planned 6728.6 ft/s for it, from an orbit 11 km higher and so 9 m/s more at most."""
    polar, base = flights({"parking": PARKING, "polar": POLAR, "base": BASE})
    landing = base.total_m_s - polar.total_m_s
    assert landing == pytest.approx(np.full(31, 6728.6 * FT_M), abs=10)
    assert base.way.name == "parking to base"


def test_orbits_that_are_told_are_paired_and_ways_home_with_them() -> None:
    nodes = {
        "parking": PARKING,
        "tli": {"kind": "transfer"},
        "long": {**POLAR, "altitude": None, "periapsis": "100 km", "apoapsis": "1000 km"},
        "round": {**POLAR, "altitude": None, "periapsis": "100 km", "apoapsis": "100 km"},
        "untold": {**POLAR, "inclination": None},
        "mars": {**POLAR, "body": "mars"},
        "halo": {"kind": "libration", "bodies": ["earth", "moon"], "point": "L2"},
        "home": {"kind": "recovery", "body": "earth"},
    }
    found = ways(scenario(nodes))
    assert [way.name for way in found] == [
        "parking to long",
        "parking to round",
        "tli to long",
        "tli to round",
        "long to home",
        "round to home",
    ]
    assert not any(way.lands for way in found)
    assert [way.assumed for way in found[1:3]] == [(), ("185 km high, tilted 28.5 degrees",)]


def test_after_injection_and_on_the_way_home_only_the_moon_is_paid_for() -> None:
    """An orbit up to 1,000 km is 199 m/s faster at 100 km than the circle there: vis-viva, by hand."""
    nodes = {
        "tli": {"kind": "transfer"},
        "long": {**POLAR, "altitude": None, "periapsis": "100 km", "apoapsis": "1000 km"},
        "polar": POLAR,
        "home": {"kind": "recovery", "body": "earth"},
    }
    tables = {one.way.name: one for one in flights(nodes)}
    for one in tables.values():
        assert np.array_equal(one.total_m_s, one.moon_m_s)
    saved = tables["tli to polar"].total_m_s - tables["tli to long"].total_m_s
    mu_m3_s2, low_m, axis_m = 4.902800118e12, 1837.4e3, 2287.4e3
    faster_m_s = (mu_m3_s2 * (2 / low_m - 1 / axis_m)) ** 0.5 - (mu_m3_s2 / low_m) ** 0.5
    assert saved == pytest.approx(np.full(31, faster_m_s), abs=1e-6)
    back = tables["polar to home"].total_m_s
    assert 760 <= np.nanmin(back) <= np.nanmax(back) <= 850  # conics: 25 m/s below 0.80 to 0.865


def test_landing_and_ascent_are_told_by_what_they_spend() -> None:
    """Apollo planned 477 ft/s of hovering, of 6728.6 in all; 1,968 m/s up are published with 5 % of reserve."""
    down, up = grounds(scenario({"polar": POLAR, "base": BASE}))
    assert (down.orbit, down.down, up.down) == ("polar", True, False)
    assert down.hover_m_s == pytest.approx(477 * FT_M)
    assert down.total_m_s == pytest.approx(6728.6 * FT_M, abs=10)
    assert up.total_m_s == pytest.approx(1968 / 1.05, abs=10)
    assert grounds(scenario({"polar": POLAR})) == ()


def test_days_that_no_ephemeris_covers_are_told() -> None:
    world = observe(scenario({"parking": PARKING, "polar": POLAR}, end="2072-01-01"))
    tables, without = by_departure(world, flown=False)
    assert not tables
    assert "covers 1998-01-01 to 2071-01-01" in without["parking to polar"]
