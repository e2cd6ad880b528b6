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
from moonwright.world.observe import observe

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
