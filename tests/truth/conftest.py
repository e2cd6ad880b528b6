"""SCIP as a referee: it solves the same arrays as HiGHS, rank after rank."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pyscipopt
import pytest

from moonwright.network.expand import expand
from moonwright.optimise.model import Floats, Model, assemble, dense, with_row
from moonwright.optimise.pose import pose
from moonwright.optimise.ranks import aims
from moonwright.optimise.row import at_most
from moonwright.scenario.scenario import Scenario
from moonwright.world.observe import observe

# SCIP's own tolerance of 1e-6 would let 0.999999 of a launch pass for one. Its "least" mass then is 1 g in 2.2 t below
# what any plan has, and held, that leaves none. So it must be exact well within what a held rank may drift.
_TOLERANCE = 1e-9  # relative: of rows, bounds and whole numbers
_HELD = 1e-7  # how far an earlier rank may drift, relative to its value


@pytest.fixture(scope="session")
def scip_least() -> Callable[[Scenario], list[float] | None]:
    """The least value of every rank (shortfalls first, then the aims), earlier ones held; None where there is no plan."""
    return _scip_least


def _scip_least(scenario: Scenario) -> list[float] | None:
    problem = pose(expand(observe(scenario)))
    model = assemble(problem)
    shortfalls, goals = aims(problem)
    values: list[float] = []
    slack = float(scenario.objective.slack)
    for aim in [*shortfalls, *goals]:
        least = _least(model, dense(problem, aim.terms))
        if least is None:
            assert not values, f"SCIP has a plan up to {values}, and none that holds this"
            return None
        values.append(least + aim.constant)
        loose = abs(least) * slack if aim in goals else 0.0
        most = least + loose + _HELD * max(1.0, abs(least))
        model = with_row(model, "held", at_most((aim.name,), aim.terms, most))
    return values


def _least(model: Model, costs: Floats) -> float | None:
    scip = pyscipopt.Model()
    scip.hideOutput()
    scip.setParam("numerics/feastol", _TOLERANCE)
    columns = [
        scip.addVar(vtype="I" if whole else "C", lb=low, ub=None if np.isinf(high) else high, obj=cost)
        for whole, low, high, cost in zip(
            model.whole, model.column_lower, model.column_upper, costs, strict=True
        )
    ]
    for row, (low, high) in enumerate(zip(model.row_lower, model.row_upper, strict=True)):
        entries = range(model.starts[row], model.starts[row + 1])
        total = pyscipopt.quicksum(model.values[e] * columns[model.indices[e]] for e in entries)
        if np.isfinite(low):
            scip.addCons(total >= low)
        if np.isfinite(high):
            scip.addCons(total <= high)
    scip.optimize()
    if scip.getStatus() == "infeasible":
        return None
    assert scip.getStatus() == "optimal"
    return float(scip.getObjVal())
