"""A search near an earlier one says honestly what it reached."""

from pathlib import Path

import numpy as np
import pytest

import moonwright
from moonwright.network.expand import expand
from moonwright.optimise.highs import Limits, solve
from moonwright.optimise.model import assemble, dense
from moonwright.optimise.near import Near, completed_near
from moonwright.optimise.pose import pose
from moonwright.optimise.ranks import aims, without_shortfall
from moonwright.world.observe import observe

TOY = Path(__file__).parents[3] / "examples" / "toy.yaml"
LEAST_MUSD = 360.0  # by hand, in the comments of toy.yaml


@pytest.mark.parametrize(
    ("bound", "gap", "status", "stopped"),
    [(LEAST_MUSD, 0.0, "optimal", "gap"), (300.0, 1 / 6, "feasible", "time")],
    ids=["the bound is reached", "the earlier search ran out of time below it"],
)
def test_it_is_measured_against_the_earlier_bound(
    bound: float, gap: float, status: str, stopped: str
) -> None:
    """Whole values all known: the part that is left is an LP, solved to the end, which proves nothing of the whole."""
    problem = pose(expand(observe(moonwright.load(TOY))))
    model = without_shortfall(problem, assemble(problem))
    aim = aims(problem)[1][0]
    costs = dense(problem, aim.terms)
    values = solve(model, costs, Limits(0.0, 30.0), offset=aim.constant).values
    for known in (values, np.full(len(values), np.nan)):
        near = Near(known, aim.name, bound, stopped="time")
        answer = completed_near(model, costs, aim.constant, near, Limits(1e-6, 30.0))
        assert answer is not None
        assert answer.objective == pytest.approx(LEAST_MUSD)
        assert answer.gap == pytest.approx(gap, abs=1e-6)
        assert (answer.status, answer.stopped) == (status, stopped)
