"""Random small campaigns on whose least values HiGHS, SCIP and brute force agree, rank by rank."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import assume, given

import moonwright
from laws.campaigns import campaigns, counted, scenario_of, slop
from moonwright.scenario.scenario import Scenario
from truth.enumeration import TooManyError, least

CASES = 500


def test_highs_scip_and_brute_force_agree(scip_least: Callable[[Scenario], list[float] | None]) -> None:
    """What HiGHS finds is what SCIP finds and the best of all whole assignments; each plan replays without a violation."""
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
        plan = moonwright.plan(scenario, gap=0.0, time_limit_s=60.0)
        referee = scip_least(scenario)
        seen["all"] += 1
        if plan is None:
            assert enumerated is None
            assert referee is None
            seen["without a plan"] += 1
            return
        assert moonwright.simulate(scenario, plan).violations == ()
        assert enumerated is not None
        assert referee is not None
        values = {rank.name: rank.value for rank in plan.outcome.ranks}
        for name, one, other in zip(values, enumerated, referee, strict=True):
            same = pytest.approx(values[name], rel=0.0, abs=slop(name, values))
            assert one == same
            assert other == same
        seen["costly"] += plan.outcome.last.value > 1.0
        seen["short"] += plan.shortfalls != ()

    agree()
    assert seen["all"] >= counted(CASES).max_examples
    for kind in ("costly", "short", "without a plan"):
        assert seen[kind] >= 0.1 * seen["all"], seen
