"""Laws of asking why: a plan comes back as the values it was made from, and what if agrees with planning anew."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import moonwright
from laws.campaigns import campaigns, counted, scenario_of
from moonwright.explain.change import at, put
from moonwright.explain.whatif import Difference, Known, known, with_less, with_more
from moonwright.optimise.model import Model, dense
from moonwright.optimise.problem import Problem
from moonwright.plan import Plan
from moonwright.scenario.datum import Datum
from moonwright.scenario.scenario import Scenario

Noun = dict[str, Any]
SAME = 1e-5  # relative, or absolute: each rank may drift by 1e-6 while later ones are sought

cases = counted(200)


def planned(data: Noun) -> tuple[Scenario, Plan]:
    scenario = scenario_of(data)
    assume(scenario is not None)
    assert scenario is not None
    plan = moonwright.plan(scenario, gap=0.0, time_limit_s=60.0)
    assume(plan is not None)
    assert plan is not None
    return scenario, plan


def agrees(found: Difference, base: Known, anew: Plan | None) -> None:
    """What if gives the first rank that differs, and the value that planning anew reaches in it."""
    assert anew is not None
    turn = [rank.name for rank in base.ranks].index(found.rank)
    for before, after in zip(base.ranks[:turn], anew.outcome.ranks, strict=False):
        assert after.value == pytest.approx(before.value, rel=SAME, abs=SAME)
    assert found.then.most == pytest.approx(anew.outcome.ranks[turn].value, rel=SAME, abs=SAME)
    assert found.then.least == pytest.approx(anew.outcome.ranks[turn].value, rel=SAME, abs=SAME)


@given(data=campaigns())
@cases
def test_a_plan_comes_back_as_the_values_it_was_made_from(data: Noun) -> None:
    scenario, plan = planned(data)
    base = known(scenario, plan)
    costs = dense(base.problem, base.aims[-1].terms)
    value = float(costs @ base.values) + base.aims[-1].constant
    assert base.recalled.strangers == ()
    assert value == pytest.approx(plan.outcome.last.value, rel=SAME, abs=SAME)


@given(data=campaigns(), pick=st.integers(0, 9))
@cases
def test_one_more_launch_is_worth_what_planning_anew_saves(data: Noun, pick: int) -> None:
    scenario, plan = planned(data)
    name = sorted(scenario.launchers)[pick % len(scenario.launchers)]
    path = ("launchers", name, "cadence")
    more = put(scenario, path, Datum(float(at(scenario, path)) + 1.0))
    base = known(scenario, plan)
    found = with_more(base, more, 30.0)
    assert found.by.most <= 0.0
    agrees(found, base, moonwright.plan(more, gap=0.0, time_limit_s=60.0))


@given(data=campaigns(), pick=st.integers(0, 99))
@cases
def test_nothing_is_gained_by_doing_without_a_flight(data: Noun, pick: int) -> None:
    scenario, plan = planned(data)
    assume(plan.flights)
    base = known(scenario, plan)
    flight = plan.flights[pick % len(plan.flights)]
    column = base.problem.flights[base.recalled.arcs[flight.name]]

    def without(problem: Problem, model: Model) -> Model:
        upper = model.column_upper.copy()
        upper[column] = base.recalled.decided[column] - 1.0
        return replace(model, column_upper=upper)

    found = with_less(base, without, 30.0)
    assert found.by.least >= 0.0
    assert found.found is None or found.found >= -SAME * max(1.0, abs(found.now.most))
