"""Delta-v by departure of a scenario's own orbits, against published budgets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from moonwright.scenario.scenario import Scenario
from moonwright.world.observe import observe
from moonwright.world.transfer import ByDay, by_departure, ways

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
    assert 3130 <= np.nanmin(one.injection_m_s) <= np.nanmax(one.injection_m_s) <= 3147
    assert 795 <= np.nanmin(one.capture_m_s) <= np.nanmax(one.capture_m_s) <= 865
    assert set(one.flight_d[np.isfinite(one.flight_d)]) <= {3.5, 4.0, 4.5, 5.0}


def test_a_place_on_the_ground_costs_a_landing_more() -> None:
    """Apollo 11 planned 6728.6 ft/s for it, from an orbit 11 km higher and so 9 m/s more at most."""
    polar, base = flights({"parking": PARKING, "polar": POLAR, "base": BASE})
    landing = base.total_m_s - polar.total_m_s
    assert landing == pytest.approx(np.full(31, 6728.6 * FT_M), abs=10)
    assert base.way.name == "parking to base"


def test_only_circular_orbits_with_a_tilt_are_paired() -> None:
    nodes = {
        "parking": PARKING,
        "ellipse": {**POLAR, "altitude": None, "periapsis": "100 km", "apoapsis": "1000 km"},
        "round": {**POLAR, "altitude": None, "periapsis": "100 km", "apoapsis": "100 km"},
        "untold": {**POLAR, "inclination": None},
        "mars": {**POLAR, "body": "mars"},
        "halo": {"kind": "libration", "bodies": ["earth", "moon"], "point": "L2"},
    }
    found = ways(scenario(nodes))
    assert [(way.origin, way.destination, way.lands) for way in found] == [("parking", "round", False)]


def test_days_that_no_ephemeris_covers_are_told() -> None:
    world = observe(scenario({"parking": PARKING, "polar": POLAR}, end="2072-01-01"))
    tables, without = by_departure(world, flown=False)
    assert not tables
    assert "covers 1998-01-01 to 2071-01-01" in without["parking to polar"]
