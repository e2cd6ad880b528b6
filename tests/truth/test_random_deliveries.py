"""Random small campaigns of cargo, whose best plan is what the scenario's words mean, counted through without the model."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import assume, given

import moonwright
from laws.campaigns import counted, deliveries, scenario_of, slop
from moonwright.scenario.demand import BuildDemand
from moonwright.scenario.scenario import Scenario
from truth.by_definition import TooManyError, least

CASES = 500


def test_the_best_plan_is_the_best_by_definition() -> None:
    """Flights, items and days of work counted through by what the words mean: the planner finds the same, rank by rank."""
    seen: Counter[str] = Counter()

    @counted(CASES)
    @given(data=deliveries())
    def agree(data: dict[str, Any]) -> None:
        scenario = scenario_of(data)
        assume(scenario is not None)
        assert scenario is not None
        assume(not due_at_the_end(scenario))
        try:
            meant = least(scenario)
        except TooManyError:
            assume(False)
        plan = moonwright.plan(scenario, gap=0.0, time_limit_s=60.0)
        seen["all"] += 1
        if plan is None:
            assert meant is None
            seen["without a plan"] += 1
            return
        assert moonwright.simulate(scenario, plan).violations == ()
        values = {rank.name: rank.value for rank in plan.outcome.ranks}
        assert meant is not None
        assert list(values) == list(meant)
        for name, value in values.items():
            assert value == pytest.approx(meant[name], rel=0.0, abs=slop(name, meant))
        seen["costly"] += values.get("cost", 0.0) > 1.0
        seen["short"] += plan.shortfalls != ()
        seen["items"] += any(flight.items for flight in plan.flights)

    agree()
    assert seen["all"] >= counted(CASES).max_examples
    for kind, share in {"costly": 0.1, "short": 0.1, "without a plan": 0.1, "items": 0.02}.items():
        assert seen[kind] >= share * seen["all"], seen


def due_at_the_end(scenario: Scenario) -> bool:
    """A ranked demand due when all is over is never late: how much it weighs is the planner's own business."""
    return any(
        isinstance(demand, BuildDemand) and demand.rank != "hard" and demand.by >= scenario.horizon.end
        for demand in scenario.demands.values()
    )
