"""More light never costs more: neither to the planner, nor by the replay, whatever gives and uses power."""

from __future__ import annotations

import math
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from laws.campaigns import counted
from worlds import best, cape_and_base, one_way, rocket

loads_kw = st.integers(0, 6)
elevations_deg = st.lists(st.integers(-2, 4), min_size=1, max_size=4)


@st.composite
def bases(draw: st.DrawFn) -> dict[str, Any]:
    """What gives and uses power at a base, by day and by night."""
    hut = {"power": f"{draw(loads_kw)} kW", "power_night": f"{draw(loads_kw)} kW"}
    reactor_kw = draw(st.integers(1, 4))
    return {
        "hut": {"owner": "a", "node": "base", "mass": "1 t", "uses": hut},
        "array": _giving(draw(st.integers(1, 9)), power_day=f"{draw(st.integers(1, 4))} kW"),
        "store": _giving(draw(st.integers(1, 9)), energy_storage=f"{draw(st.sampled_from([50, 500, 5000]))} kWh"),
        "reactor": _giving(40, power_day=f"{draw(st.integers(0, reactor_kw))} kW", power_night=f"{reactor_kw} kW"),
    }  # fmt: skip


def _giving(price: int, **provides: str) -> dict[str, Any]:
    price_musd = f"{price} MUSD"
    return {
        "owner": "a",
        "node": "base",
        "mass": "0.1 t",
        "quantity": 6,
        "price": price_musd,
        "provides": provides,
    }


def cost_musd(elements: dict[str, Any], latitude_deg: int, profile_deg: list[float]) -> float:
    """Of the cheapest plan, which replays without a violation; infinite where there is none."""
    skyline = {"mast": "2 m", "profile": [f"{elevation} deg" for elevation in profile_deg]}
    base = {"kind": "surface", "body": "moon", "latitude": f"{latitude_deg} deg", "longitude": "0 deg"}
    plan = best(
        cape_and_base(
            "sun",
            {"start": "2030-03-10", "end": "2030-11-01", "periods": [{"length": "3 months"}]},
            {"base": {**base, "skyline": skyline}},
            launchers={"rocket": rocket("50 t", "12 /yr")},
            vehicles={"lander": {"owner": "a", "dry_mass": "1 t", "room": {"total": "40 t"}}},
            missions={"come": one_way("lander")},
            elements=elements,
            demands={"built": {"kind": "build", "element": "hut", "count": 1, "by": "2030-07-01"}},
        )
    )
    return math.inf if plan is None else plan.outcome.last.value


@counted(200)
@given(bases(), st.sampled_from([-90, -88, 0]), elevations_deg, st.integers(1, 3))
def test_more_light_never_costs_more(
    elements: dict[str, Any], latitude_deg: int, profile_deg: list[int], lower_deg: int
) -> None:
    lower = [float(elevation - lower_deg) for elevation in profile_deg]
    dear = cost_musd(elements, latitude_deg, [float(elevation) for elevation in profile_deg])
    assert cost_musd(elements, latitude_deg, lower) <= dear + 1e-6
