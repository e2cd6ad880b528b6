"""A plan is asked about in its own scenario only, and nothing is taken for granted that need not hold."""

from __future__ import annotations

import math
from typing import Any

import pytest

import moonwright
from moonwright.errors import PlanError
from moonwright.explain.whatif import Difference, Interval, against, known
from moonwright.plan import Plan
from moonwright.scenario.scenario import Scenario


def test_a_plan_of_another_scenario_is_refused(camp: Scenario, plan: Plan) -> None:
    data: dict[str, Any] = camp.model_dump(by_alias=True)
    other = Scenario.model_validate({**data, "name": "another"})
    with pytest.raises(PlanError, match="another scenario"):
        known(other, plan)


def test_a_plan_that_breaks_its_scenario_is_refused(camp: Scenario, plan: Plan) -> None:
    """The hut is aboard but never built, though people live in it and the plant must run."""
    with pytest.raises(PlanError, match="does not hold"):
        known(camp, plan)


def test_the_values_of_a_plan_are_worth_what_it_costs(camp: Scenario) -> None:
    data: dict[str, Any] = camp.model_dump(by_alias=True)
    data["launchers"]["rocket"]["price"] = "30 MUSD"
    scenario = Scenario.model_validate(data)
    plan = moonwright.plan(scenario, gap=0.0, time_limit_s=60.0)
    assert plan is not None
    base = known(scenario, plan)
    worth = sum(weight * base.values[column] for column, weight in base.aims[-1].terms)
    assert worth + base.aims[-1].constant == pytest.approx(plan.outcome.last.value)
    assert base.ranks[-1].name == base.aims[-1].name == "cost"


@pytest.mark.parametrize(
    ("least", "most", "exact"),
    [(1.0, 1.0, True), (1.0, 1.1, False), (1.0, math.inf, False), (-math.inf, 1.0, False)],
)
def test_an_interval_is_exact_only_where_both_ends_are_known(least: float, most: float, exact: bool) -> None:
    assert Interval(least, most).exact is exact


def difference(plan: Plan, value: float, bound: float = 50.0) -> Difference:
    """From a plan of 100, at least 50, to one of `value`, at least `bound`."""
    by = Interval(bound - 100.0, min(0.0, value - 50.0))
    then = Interval(bound, value)
    return Difference("plan", "cost", "MUSD", Interval(50.0, 100.0), then, by, value - 100.0, plan)


@pytest.mark.parametrize(
    ("value", "again", "found", "least"),
    [
        (80.0, 100.0, -20.0, -60.0),
        (80.0, 90.0, -10.0, -50.0),
        (80.0, 80.0, 0.0, -40.0),
        (80.0, 70.0, 0.0, -30.0),
    ],
)
def test_a_gain_counts_from_what_planning_again_finds(
    plan: Plan, value: float, again: float, found: float, least: float
) -> None:
    """At least 40 would be left with the change; that is so much less than what is known without it."""
    gain = against(difference(plan, value, bound=40.0), difference(plan, again))
    assert (gain.found, gain.by.least) == (found, least)
