"""Small linear programs with every coefficient written out: least costs * x within rows and bounds."""

from __future__ import annotations

from typing import NamedTuple

import highspy
import numpy as np

from moonwright.errors import InternalError
from moonwright.optimise.highs import small_solver
from moonwright.stress.game.game import Floats

_TIGHT = 1e-10  # what HiGHS allows at the finest: worths are scaled to about one


class Solved(NamedTuple):
    """The least value, where it is reached, and the price of each row (shape (rows,))."""

    value: float
    at: Floats
    prices: Floats


def least(costs: Floats, rows: Floats, row_lower: Floats, row_upper: Floats, lower: Floats) -> Solved | None:
    """Minimise costs * x subject to row_lower <= rows x <= row_upper and x >= lower; None where nothing meets them.

    Raises InternalError where there is no least.
    """
    solver = small_solver()
    for option in ("primal_feasibility_tolerance", "dual_feasibility_tolerance"):
        solver.setOptionValue(option, _TIGHT)
    lp = highspy.HighsLp()
    lp.num_row_, lp.num_col_ = rows.shape
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = costs, lower, np.full(len(costs), np.inf)
    lp.row_lower_, lp.row_upper_ = row_lower, row_upper
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    at = np.nonzero(rows)
    lp.a_matrix_.start_ = np.concatenate([[0], np.cumsum((rows != 0.0).sum(axis=1))])
    lp.a_matrix_.index_, lp.a_matrix_.value_ = at[1], rows[at]
    solver.passModel(lp)
    solver.run()
    status = solver.getModelStatus()
    if status == highspy.HighsModelStatus.kInfeasible:
        return None
    if status != highspy.HighsModelStatus.kOptimal:
        raise InternalError(f"a linear program of a game has no least: {solver.modelStatusToString(status)}")
    found = solver.getSolution()
    value = float(solver.getInfo().objective_function_value)
    return Solved(value, np.array(found.col_value), np.array(found.row_dual))
