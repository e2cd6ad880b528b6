"""Where nothing goes wrong, a trial is the replay: same stocks each day, same flights, builds, people and money.

Trials and replay share no code for any of these: one is an agenda of moments, the other a walk and sums over days.
"""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

import moonwright
import quiet
from laws.expeditions import expedition
from moonwright.errors import NoPlanError
from moonwright.scenario.check import check
from moonwright.scenario.scenario import Scenario
from moonwright.world.observe import observe

EXAMPLES = Path(__file__).parents[3] / "examples"
PLANS, PROOF_PLANS = 6, 200


def test_every_plan_is_carried_out_as_it_stands(proof: bool) -> None:
    """Random expeditions: crews and rotations, depots and tankers, plants and life support, reboosts, fleets."""
    found = 0
    for seed in itertools.count():
        scenario = Scenario.model_validate(expedition(seed))
        if check(scenario):
            continue
        try:
            plan = moonwright.plan(scenario, gap=0.5, time_limit_s=20.0, nodes=20)
        except NoPlanError:
            continue
        if plan is not None:
            assert quiet.differences(plan, observe(scenario)) == [], f"expedition({seed})"
            found += 1
        if found == (PROOF_PLANS if proof else PLANS):
            return


@pytest.mark.parametrize("name", ["toy", "ilrs", "ilrs-permanent", "iss", "artemis"])
def test_the_examples_are_carried_out_as_planned(name: str, proof: bool) -> None:
    if not proof and name != "toy":
        pytest.skip("planned in make proof only: it takes a minute")
    scenario = moonwright.load(EXAMPLES / f"{name}.yaml")
    plan = moonwright.plan(scenario, gap=0.1, time_limit_s=120.0)
    assert plan is not None
    assert quiet.differences(plan, observe(scenario)) == []
