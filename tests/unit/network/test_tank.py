"""Standing fills: what a unit holds while it waits lets it fly on at the end of its longest stay."""

from __future__ import annotations

import math
from typing import Any

import pytest

from moonwright.network.course import courses
from moonwright.network.tank import standing_fills
from moonwright.scenario.scenario import Scenario
from moonwright.world.observe import observe

G0_M_S2 = 9.80665
NEED_KG = 2000.0 * (
    math.exp(900.0 / (310.0 * G0_M_S2)) - 1.0
)  # a ship of 2 t, 900 m/s, 310 s, nothing aboard


def waiting(capacity_t: float, lost: str, **more: Any) -> Scenario:
    """A ship that waits at the base for a way home; the horizon has 181 d."""
    tank = {"resource": "fuel", "capacity": f"{capacity_t} t", "isp": "310 s", "boil_off": lost}
    return Scenario.model_validate(
        {
            "name": "waiting",
            "currency_year": 2024,
            "horizon": {"start": "2030-01-01", "end": "2030-07-01"},
            "partners": {"a": {"name": "A"}},
            "nodes": {
                "base": {"kind": "surface", "body": "moon", "latitude": "-89 deg", "longitude": "0 deg"},
                "sea": {"kind": "recovery", "body": "earth"},
            },
            "routes": {"home": {"from": "base", "to": "sea", "burns": ["900 m/s"], "duration": "5 d"}},
            "resources": {"fuel": {"supply_class": 1, "storage": "tank"}},
            "vehicles": {"ship": {"owner": "a", "dry_mass": "2 t", "tank": tank, **more}},
            "missions": {"go home": {"legs": [{"by": "ship", "route": "home"}]}},
            "initial": {"vehicles": [{"vehicle": "ship", "node": "base", "arrived": "2030-01-01"}]},
        }
    )


@pytest.mark.parametrize(
    ("lost", "stay", "kept"),
    [("0 %/d", {}, 1.0), ("1 %/d", {"stay": "60 d"}, 0.99**60), ("1 %/d", {}, 0.99**181)],
)
@pytest.mark.parametrize("capacity_t", [0.8, 8.0])
def test_a_full_tank_is_worth_what_is_left_of_it_after_the_longest_stay(
    capacity_t: float, lost: str, stay: dict[str, str], kept: float
) -> None:
    """One without a limit may wait all the time: its fill is what it needs, as far as 181 d leave that much."""
    scenario = waiting(capacity_t, lost, **stay)
    fills = standing_fills(scenario, courses(observe(scenario)))
    assert fills["ship", "base"] == pytest.approx(min(NEED_KG, 1000.0 * capacity_t * kept))
