"""Flights with a halo orbit as they are shown, against published budgets."""

from __future__ import annotations

import numpy as np

from moonwright.scenario.scenario import Scenario
from moonwright.world.halo import halo_flights
from moonwright.world.observe import observe

NODES = {
    "tli": {"kind": "transfer"},
    "low": {"kind": "orbit", "body": "moon", "altitude": "100 km", "inclination": "90 deg"},
    "halo": {"kind": "libration", "bodies": ["earth", "moon"], "point": "L2"},
    "other": {"kind": "libration", "bodies": ["sun", "earth"], "point": "L2"},
}


def scenario(end: str) -> Scenario:
    return Scenario.model_validate(
        {
            "name": "halo",
            "currency_year": 2024,
            "horizon": {"start": "2030-01-01", "end": end},
            "partners": {"a": {"name": "A"}},
            "nodes": NODES,
            "demands": {},
        }
    )


def test_good_days_cost_the_published_budgets() -> None:
    """Case T4: 450 m/s from injection, 740 down to 100 km and 850 up; good days come once in a turn of 6.6 d."""
    found, without = halo_flights(observe(scenario("2030-01-04")))
    assert not without
    assert [one.name for one in found] == ["tli to halo", "halo to low", "low to halo"]
    out, down, up = (one.total_m_s for one in found)
    assert len(out) == 3  # no longer than the horizon
    assert 400 <= np.nanmin(out) <= 450
    assert 680 <= np.nanmin(down) <= 900
    assert 680 <= np.nanmin(up) <= 900


def test_days_that_no_ephemeris_covers_are_told() -> None:
    told = scenario("2030-01-04").model_dump(mode="json", by_alias=True)
    told["horizon"] |= {"start": "2075-01-01", "end": "2075-01-03"}
    found, without = halo_flights(observe(Scenario.model_validate(told)))
    assert not found
    assert "covers 1998-01-01 to 2071-01-01" in without["tli to halo"]
