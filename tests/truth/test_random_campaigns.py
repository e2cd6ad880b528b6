"""Random small campaigns on whose least values HiGHS, SCIP and brute force agree, rank by rank."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import assume, given

import moonwright
from laws.campaigns import campaigns, counted, no_worse, scenario_of, slop
from moonwright.network.expand import expand
from moonwright.optimise.highs import Limits
from moonwright.optimise.model import assemble
from moonwright.optimise.pose import pose
from moonwright.optimise.ranks import search
from moonwright.scenario.scenario import Scenario
from moonwright.world.observe import observe
from truth.enumeration import TooManyError, least

CASES = 500


def test_highs_scip_and_brute_force_agree(scip_least: Callable[[Scenario], list[float] | None]) -> None:
    """What HiGHS finds is what SCIP finds and the best of all whole assignments.

    The plan that comes of it replays without a violation; it is worse at most where its items fit no flight one by one.
    """
    seen: Counter[str] = Counter()

    @counted(CASES)
    @given(data=campaigns())
    def agree(data: dict[str, Any]) -> None:
        scenario = scenario_of(data)
        assume(scenario is not None)
        assert scenario is not None
        try:
            enumerated = least(scenario)
        except TooManyError:
            assume(False)
        found = highs_least(scenario)
        referee = scip_least(scenario)
        plan = moonwright.plan(scenario, gap=0.0, time_limit_s=60.0)
        seen["all"] += 1
        if enumerated is None:
            assert (found, referee, plan) == (None, None, None)
            seen["without a plan"] += 1
            return
        assert found is not None
        assert referee is not None
        for name, one, other in zip(found, enumerated, referee, strict=True):
            same = pytest.approx(found[name], rel=0.0, abs=slop(name, found))
            assert one == same
            assert other == same
        if plan is None:  # whole items may fit all flights in sum, and not one by one
            assert "elements" in data
            return
        assert moonwright.simulate(scenario, plan).violations == ()
        planned = {rank.name: rank.value for rank in plan.outcome.ranks}
        assert no_worse(found, planned)
        assert no_worse(planned, found) or any(flight.items for flight in plan.flights)
        seen["as modelled"] += no_worse(planned, found)
        seen["costly"] += plan.outcome.last.value > 1.0
        seen["short"] += plan.shortfalls != ()

    agree()
    assert seen["all"] >= counted(CASES).max_examples
    assert seen["as modelled"] >= 0.9 * (seen["all"] - seen["without a plan"]), seen
    for kind in ("costly", "short", "without a plan"):
        assert seen[kind] >= 0.1 * seen["all"], seen


def highs_least(scenario: Scenario) -> dict[str, float] | None:
    """What the planner's search reaches with its model, before flights are packed one by one."""
    problem = pose(expand(observe(scenario)))
    found = search(problem, assemble(problem), Limits(0.0, 60.0), None)
    return {rank.name: rank.value for rank in found.ranks} if found.answer.values.size else None
