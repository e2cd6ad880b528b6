"""What is told to be kept of an aim is what the plan has, not what its slack would have allowed."""

from dataclasses import replace
from pathlib import Path

import pytest

import moonwright
from moonwright.network.expand import expand
from moonwright.optimise.highs import Limits
from moonwright.optimise.kept import settled
from moonwright.optimise.model import assemble
from moonwright.optimise.pose import pose
from moonwright.optimise.ranks import search
from moonwright.scenario.scenario import Scenario
from moonwright.world.observe import observe
from worlds import cape_and_base, one_way, rocket

TOY = Path(__file__).parents[3] / "examples" / "toy.yaml"
LIMITS = Limits(0.0, 60.0)


@pytest.mark.parametrize(("slack", "kept_d"), [(0.0, 120.0), (1.0, 90.0)])
def test_a_finish_left_high_by_the_solver_is_pressed_down_where_it_has_slack(
    slack: float, kept_d: float
) -> None:
    """The toy's habitat can stand on 1 April 2031, day 90. Without slack, what the solver says is not touched."""
    scenario = moonwright.load(TOY)
    scenario = scenario.model_copy(
        update={"objective": scenario.objective.model_copy(update={"minimise": ("finish", "cost")})}
    )
    problem = pose(expand(observe(scenario)))
    model = assemble(problem)
    found = search(problem, model, LIMITS, None)
    values = found.answer.values.copy()
    values[problem.finish] = 120.0
    finish, cost = found.ranks
    high = replace(
        found,
        answer=replace(found.answer, values=values),
        ranks=(finish.model_copy(update={"slack": slack, "kept": 120.0}), cost),
    )
    pressed = settled(problem, model, high, LIMITS)
    assert pressed.ranks[0].kept == pytest.approx(kept_d, abs=1e-3)
    assert pressed.ranks[1].kept == pytest.approx(cost.value)
    assert pressed.answer.values[problem.finish] == pytest.approx(kept_d, abs=1e-3)


def test_pressing_down_one_aim_lets_the_others_drift_no_further() -> None:
    """A hut that comes 28 d late for want of a launch, beside 100 kg of goods: no gram more of them stays at home.

    What the solver says of the last aim is then what the plan has. Found by random campaigns.
    """
    data = cape_and_base(
        "late",
        {"start": "2030-01-01", "end": "2030-03-01"},
        launchers={"rocket": rocket("3 t", "1 /yr", price="1 MUSD")},
        vehicles={"truck": {"owner": "a", "dry_mass": "1 t", "room": {"total": "2 t"}, "price": "2 MUSD"}},
        missions={"haul": one_way("truck")},
        resources={"goods": {"supply_class": 6}},
        elements={
            "hut": {"owner": "a", "node": "base", "mass": "0.5 t", "price": "0 MUSD", "ready": "2030-02-02"}
        },
        demands={
            "goods": {"kind": "deliver", "resource": "goods", "node": "base", "amount": "0.1 t", "rank": 1},
            "hut": {"kind": "build", "element": "hut", "by": "2030-02-01", "rank": 1},
        },
        objective={"minimise": ["cost", "imleo"], "slack": "10 %"},
    )
    scenario = Scenario.model_validate(data)
    plan = moonwright.plan(scenario, gap=0.0, time_limit_s=60.0)
    assert plan is not None
    run = moonwright.simulate(scenario, plan)
    assert run.violations == ()
    assert run.imleo_kg == pytest.approx(plan.outcome.last.value, abs=1e-2)
    assert plan.outcome.ranks[0].kept == pytest.approx(28.0, abs=1e-4)
