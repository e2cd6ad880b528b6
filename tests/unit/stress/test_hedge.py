"""Hedges of a small campaign, worked out by hand.

Two masts must stand by the year's end. Theirs carries each for 40 MUSD, in autumn; ours for 100 MUSD, until June; a third
launcher, at any time, for 300 MUSD. They may leave on 1 July.
"""

from __future__ import annotations

from typing import Any

import pytest

import moonwright
from moonwright.choose.result import Result, replayed
from moonwright.errors import StressError
from moonwright.optimise.highs import Limits
from moonwright.scenario.contingency import Contingency
from moonwright.scenario.scenario import Scenario
from moonwright.stress.hedge import NOTHING, last_hedge_day, secure
from moonwright.stress.replan import replan
from moonwright.stress.weigh import weighed
from worlds import Noun, cape_and_base, one_way, rocket

EXACT = Limits(0.0, 60.0)
LEAVING = Contingency.model_validate(
    {"on": "2030-07-01", "shocks": [{"kind": "withdrawal", "partner": "them"}]}
)


def masts(*, late: bool, **launchers: Any) -> Noun:
    told = cape_and_base(
        "masts",
        {"start": "2030-01-01", "end": "2031-01-01", "periods": [{"length": "3 months"}]},
        partners={"us": {"name": "Us"}, "them": {"name": "Them"}},
        launchers={
            "ours": {
                **rocket("2 t", "12 /yr", price="100 MUSD"), "owner": "us", "last_flight": "2030-06-30",
                **launchers.get("ours", {}),
            },
            "theirs": {**rocket("2 t", "12 /yr", price="40 MUSD"), "owner": "them", "first_flight": "2030-09-01"},
            "third": {**rocket("2 t", "12 /yr", price="300 MUSD"), "owner": "us"},
        },
        vehicles={"truck": {"owner": "us", "dry_mass": "1 t", "room": {"total": "1 t"}}},
        missions={"haul": one_way("truck", by=["ours", "theirs", "third"])},
        elements={"mast": {"owner": "us", "node": "base", "mass": "1 t", "quantity": 2}},
        demands={"two": {"kind": "build", "element": "mast", "count": 2, "by": "2030-12-31"}},
    )  # fmt: skip
    if not late:
        del told["launchers"]["third"]
        told["missions"] = {"haul": one_way("truck", by=["ours", "theirs"])}
    return told


def planned(told: Noun) -> Result:
    scenario = Scenario.model_validate(told)
    plan = moonwright.plan(scenario, gap=0.0, time_limit_s=60.0)
    assert plan is not None
    return replayed("base", scenario, plan)


def test_a_base_that_bears_the_loss_pays_no_premium() -> None:
    """With the third launcher the loss can be borne, for whatever money: the plan as it stands is secure."""
    base = planned(masts(late=True))
    found = secure(base, {"they leave": LEAVING}, EXACT)
    assert base.run.cost_musd == pytest.approx(80.0)
    assert (found.cost_musd, found.bound_musd) == pytest.approx((80.0, 80.0))
    assert found.futures_musd == pytest.approx({"nothing happens": 80.0, "they leave": 600.0}, abs=1e-6)


def test_the_premium_is_what_flying_early_costs_more() -> None:
    """Without it both masts must have left by June: for 120 MUSD more."""
    base = planned(masts(late=False))
    assert replan(base, LEAVING, EXACT).fate == "short"
    found = secure(base, {"they leave": LEAVING}, EXACT)
    assert found.result is not None
    assert found.result.run.certified
    assert found.cost_musd == pytest.approx(200.0)
    assert {flight.launcher for flight in found.result.plan.flights} == {"ours"}
    assert replan(found.result, LEAVING, EXACT).fate == "met"


def test_what_cannot_be_borne_at_all() -> None:
    """One of our launches a year is not enough."""
    base = planned(masts(late=False, ours={"cadence": "1 /yr"}))
    found = secure(base, {"they leave": LEAVING}, EXACT)
    assert found.result is None
    assert found.known
    assert last_hedge_day(base, "they leave", LEAVING, EXACT) is None


@pytest.mark.parametrize(("likely", "mean", "planned_musd"), [(0.1, 132.0, 80.0), (0.5, 200.0, 200.0)])
def test_a_likely_loss_is_hedged_and_an_unlikely_one_is_not(
    likely: float, mean: float, planned_musd: float
) -> None:
    """Two early launches cost 200 whatever comes; none costs 80, or 600 if they leave. They break even at 3/13."""
    base = planned(masts(late=True))
    found = secure(base, {"they leave": LEAVING}, EXACT, weights={"they leave": likely})
    assert (found.cost_musd, found.bound_musd) == pytest.approx((mean, mean))
    assert found.futures_musd["nothing happens"] == pytest.approx(planned_musd)
    assert found.result is not None
    assert found.result.run.cost_musd == pytest.approx(planned_musd)
    assert found.result.run.certified


def test_the_last_day_to_hedge_is_when_ours_still_flies() -> None:
    """In the second quarter both can still leave with ours; in the third nothing can."""
    assert last_hedge_day(planned(masts(late=False)), "they leave", LEAVING, EXACT) == 90


def test_who_need_not_hedge_may_wait_until_it_happens() -> None:
    assert last_hedge_day(planned(masts(late=True)), "they leave", LEAVING, EXACT) == 181


def test_several_contingencies_part_at_their_own_dates() -> None:
    """That they leave in July is borne by two early launches; if the site of ours is lost in April besides, the only
    two launches that no loss can touch are those of the first quarter."""
    base = planned(masts(late=False))
    loss = Contingency.model_validate(
        {"on": "2030-04-01", "shocks": [{"kind": "cut-off", "launchers": ["ours"]}, *LEAVING.shocks]}
    )
    found = secure(base, {"they leave": LEAVING, "we lose ours": loss}, EXACT)
    assert found.result is not None
    assert found.cost_musd == pytest.approx(200.0)
    assert all(flight.departure_d <= 90.0 for flight in found.result.plan.flights)


@pytest.mark.parametrize(
    ("contingencies", "weights", "told"),
    [
        ({}, None, "no contingency"),
        ({"a": LEAVING}, {}, "each contingency needs a weight"),
        ({"a": LEAVING}, {"a": 1.5}, "add up to 1.5"),
    ],
)
def test_what_cannot_be_asked(contingencies: Any, weights: Any, told: str) -> None:
    with pytest.raises(StressError, match=told):
        secure(planned(masts(late=True)), contingencies, EXACT, weights=weights)


@pytest.mark.parametrize(
    ("likely", "mean", "information", "minding", "regrets"),
    [
        (0.1, 132.0, 132.0 - (0.9 * 80.0 + 0.1 * 200.0), 0.0, (0.0, 400.0)),
        (0.5, 200.0, 200.0 - (0.5 * 80.0 + 0.5 * 200.0), 340.0 - 200.0, (120.0, 0.0)),
    ],
)
def test_futures_weighed(
    likely: float, mean: float, information: float, minding: float, regrets: tuple[float, float]
) -> None:
    """Who knew that they leave would fly early with ours, for 200; who follows the base plan pays 600 then."""
    found = weighed(planned(masts(late=True)), {"they leave": LEAVING}, {"they leave": likely}, EXACT)
    assert found.mean_musd == pytest.approx(mean)
    assert found.foreseen_musd == pytest.approx({NOTHING: 80.0, "they leave": 200.0})
    assert found.base_musd == pytest.approx({NOTHING: 80.0, "they leave": 600.0})
    assert found.perfect_information_musd == pytest.approx(information, abs=1e-6)
    assert found.stochastic_solution_musd == pytest.approx(minding, abs=1e-6)
    assert found.regrets_musd == pytest.approx({NOTHING: regrets[0], "they leave": regrets[1]}, abs=1e-6)
    assert found.most_regret_musd == pytest.approx(max(regrets))
    assert found.mean_regret_musd == pytest.approx(found.perfect_information_musd)
    assert found.tail_musd(0.1) == pytest.approx(max(found.plan.futures_musd.values()))
    assert found.tail_musd(1.0) == pytest.approx(mean)


def test_a_future_that_the_base_cannot_bear_makes_minding_it_worth_everything() -> None:
    found = weighed(planned(masts(late=False)), {"they leave": LEAVING}, {"they leave": 0.01}, EXACT)
    assert found.mean_musd == pytest.approx(200.0)
    assert found.stochastic_solution_musd == float("inf")
