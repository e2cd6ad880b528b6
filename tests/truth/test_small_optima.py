"""Small campaigns whose least cost counting, HiGHS and SCIP all find alike; every plan replays clean."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import pytest

import moonwright
from moonwright.scenario.scenario import Scenario
from worlds import Noun, cape_and_base, one_way, rocket

SAME_MUSD = 1e-4


def campaign(**changes: Any) -> Scenario:
    """A launch site, a base, two ships: `big` brings 3 t for 150 MUSD, `small` brings 1 t for 60 MUSD."""
    data = cape_and_base(
        "small",
        {"start": "2030-01-01", "end": "2030-07-01"},
        launchers={"rocket": rocket("5 t", "6 /yr", price="50 MUSD")},
        vehicles={
            "big": {"owner": "a", "dry_mass": "1 t", "room": {"total": "3 t"}, "price": "100 MUSD"},
            "small": {"owner": "a", "dry_mass": "1 t", "room": {"total": "1 t"}, "price": "10 MUSD"},
        },
        missions={"large": one_way("big"), "little": one_way("small")},
        resources={"goods": {"supply_class": 6}},
    )
    return Scenario.model_validate(data | changes)


def goods(tonnes: float, **more: Any) -> Noun:
    return {"kind": "deliver", "resource": "goods", "node": "base", "amount": f"{tonnes} t", **more}


def cheapest(fits: Callable[[int, int], bool], extra_musd: float = 0.0, most: int = 6) -> float:
    """Least cost over all numbers of large and little flights that together do what is asked: plain counting."""
    pairs = itertools.product(range(most + 1), repeat=2)
    return extra_musd + min(150.0 * x + 60.0 * y for x, y in pairs if x + y <= most and fits(x, y))


def hab(mass_t: float, quantity: int = 1) -> Noun:
    return {"owner": "a", "node": "base", "mass": f"{mass_t} t", "price": "20 MUSD", "quantity": quantity}


def built(count: int = 1) -> Noun:
    return {"kind": "build", "element": "hab", "by": "2030-06-01", "count": count}


CASES: dict[str, tuple[Scenario, float]] = {
    "one tonne goes little": (campaign(demands={"d": goods(1.0)}), cheapest(lambda x, y: 3 * x + y >= 1)),
    "four tonnes mix": (campaign(demands={"d": goods(4.0)}), cheapest(lambda x, y: 3 * x + y >= 4)),
    "eight tonnes fill the year": (
        campaign(demands={"d": goods(8.0)}),
        cheapest(lambda x, y: 3 * x + y >= 8),
    ),
    "the year's cadence binds": (
        campaign(demands={"d": goods(13.0)}),
        cheapest(lambda x, y: 3 * x + y >= 13),
    ),
    # Two habitats of 1.6 t: neither fits a little one, and one large one has room for one of them alone.
    "items do not split": (
        campaign(elements={"hab": hab(1.6, 2)}, demands={"d": built(2)}),
        cheapest(lambda x, y: x >= 2, extra_musd=40.0),
    ),
    # The habitat leaves 0.5 t on its ship; 1.2 t of goods need 0.7 t more.
    "goods fill up beside an item": (
        campaign(elements={"hab": hab(2.5)}, demands={"d": built(), "g": goods(1.2)}),
        cheapest(lambda x, y: x >= 1 and 3 * x + y >= 3.7, extra_musd=20.0),
    ),
    "flights are asked for by number": (
        campaign(demands={"f": {"kind": "fly", "mission": "large", "count": 2}, "g": goods(6.5)}),
        cheapest(lambda x, y: x >= 2 and 3 * x + y >= 6.5),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_planner_scip_and_counting_agree(name: str, scip_least: Callable[[Scenario], list[float]]) -> None:
    scenario, counted_musd = CASES[name]
    plan = moonwright.plan(scenario, gap=0.0, time_limit_s=60.0)
    assert plan is not None
    run = moonwright.simulate(scenario, plan)
    assert run.violations == ()
    assert plan.outcome.last.value == pytest.approx(counted_musd, abs=SAME_MUSD)
    assert run.cost_musd == pytest.approx(counted_musd, abs=SAME_MUSD)
    assert scip_least(scenario) == pytest.approx([counted_musd], abs=SAME_MUSD)


def test_the_referee_lets_no_part_of_a_launch_pass_for_one(
    scip_least: Callable[[Scenario], list[float]],
) -> None:
    """100 kg in each of two months: two ships of 1 t, 2,200 kg in all. 0.999999 of a launch would lift a gram less."""
    scenario = campaign(
        horizon={"start": "2030-01-01", "end": "2030-03-01"},
        launchers={
            "rocket": rocket("3 t", "1 /yr", price="1 MUSD"),
            "heavy": rocket("3 t", "2 /yr", price="1 MUSD"),
        },
        vehicles={"truck": {"owner": "a", "dry_mass": "1 t", "room": {"total": "2 t"}, "price": "1 MUSD"}},
        missions={"haul": one_way("truck", by=["rocket", "heavy"])},
        demands={"d": goods(0.1, every="1 month", rank=1, price="1 MUSD")},
        objective={"minimise": ["imleo", "cost"]},
    )
    # A shortfall is held to 1e-7, which is 0.1 g of the goods.
    assert scip_least(scenario) == pytest.approx([0.0, 2200.0, 4.0], abs=2e-4)


def test_demands_beyond_the_cadence_have_no_plan() -> None:
    """Six launches of at most 3 t bring 18 t."""
    assert moonwright.plan(campaign(demands={"d": goods(18.5)}), gap=0.0, time_limit_s=60.0) is None


def test_the_finish_is_the_day_of_the_last_copy() -> None:
    """Three habitats, one to a ship, two launches a calendar year: the third goes in January and stands when it ends."""
    scenario = campaign(
        horizon={"start": "2030-01-01", "end": "2031-07-01"},
        elements={"hab": hab(2.0, 3)},
        launchers={"rocket": rocket("5 t", "2 /yr", turnaround="58 d")},
        demands={"d": {"kind": "build", "element": "hab", "by": "2031-07-01", "count": 3}},
        objective={"minimise": ["finish", "cost"]},
    )
    plan = moonwright.plan(scenario, gap=0.0, time_limit_s=60.0)
    assert plan is not None
    run = moonwright.simulate(scenario, plan)
    assert run.violations == ()
    assert run.finish_d == pytest.approx(365 + 31)  # 1 February 2031, after a launch in January
    assert plan.outcome.ranks[0].value == pytest.approx(365 + 31, abs=1e-3)
