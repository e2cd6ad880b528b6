"""Brute force: every whole assignment of a model, one by one, and the linear programme that each of them leaves.

No branching, no cuts, no presolve: what is enumerated are all whole values within bounds; for each of them the simplex
method answers whether the rest fits, and how well. Slow, and easy to believe. Where it gives no answer it is asked in
other ways, and if none helps the test fails: what is not decided neither fits nor breaks anything.
"""

from __future__ import annotations

import highspy
import numpy as np

from moonwright.network.expand import expand
from moonwright.optimise.highs import small_solver
from moonwright.optimise.model import Floats, Model, assemble, dense
from moonwright.optimise.pose import pose
from moonwright.optimise.ranks import aims
from moonwright.scenario.scenario import Scenario
from moonwright.world.observe import observe

MOST = 4096  # assignments
_SAME = 1e-6  # of a row's size, or absolute: what counts as kept
_HELD = 1e-7
_FITS, _FITS_NOT = highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kInfeasible
# How a linear programme is solved, and how once more where that decides nothing. Always from nothing: kept warm over
# hundreds of changed bounds, the simplex method may lose its way.
_WAYS: tuple[dict[str, str | int], ...] = (
    {},
    {"presolve": "on"},
    {"simplex_strategy": 4},  # primal
    {"solver": "ipm"},
)


class TooManyError(Exception):
    """There are more whole assignments than `MOST`."""


def least(scenario: Scenario) -> list[float] | None:
    """The least value of every rank, earlier ones held; None where no assignment fits. Raises TooManyError."""
    problem = pose(expand(observe(scenario)))
    model = assemble(problem)
    rest = Rest(model)
    left = assignments(model, rest)
    shortfalls, goals = aims(problem)
    values: list[float] = []
    for aim in [*shortfalls, *goals]:
        costs = dense(problem, aim.terms)
        best, left = _best(rest, left, costs)
        if best is None:
            return None
        values.append(best + aim.constant)
        loose = abs(best) * float(scenario.objective.slack) if aim in goals else 0.0
        rest.hold(costs, best + loose + _HELD)
    return values


def _best(rest: Rest, left: list[Floats], costs: Floats) -> tuple[float | None, list[Floats]]:
    """(least cost over all assignments, those that may still fit): an assignment is tried unless it costs more by itself.

    What is not fixed costs nothing less than nothing, so that the cheapest wholes may come first.
    """
    assert np.all(np.delete(costs, rest.whole) >= 0.0)
    rest.costs(costs)
    alone = [float(costs[rest.whole] @ x) for x in left]
    best, unfit = None, set()
    for n in sorted(range(len(left)), key=alone.__getitem__):
        if best is not None and alone[n] >= best:
            break
        answer = rest.least(left[n])
        if answer is None:
            unfit.add(n)
        elif best is None or answer < best:
            best = answer
    return best, [x for n, x in enumerate(left) if n not in unfit]


def assignments(model: Model, rest: Rest) -> list[Floats]:
    """All whole values within the columns' bounds that break no row of whole columns alone, each as an array.

    A column without a bound of its own is bounded by what the linear relaxation can reach. Columns join one by one;
    what already breaks a row, whatever follows, is dropped.
    """
    columns = np.flatnonzero(model.whole)
    tops = [rest.reach(column) for column in columns]
    if any(top is None for top in tops):
        return []
    upper = np.array(tops, dtype=float)
    rows, lower, most = _whole_rows(model, columns)
    table = np.zeros((1, len(columns)))
    for n in range(len(columns)):
        values = np.arange(upper[n] + 1.0)
        table = np.repeat(table, len(values), axis=0)
        table[:, n] = np.tile(values, len(table) // len(values))
        to_come = np.where(np.arange(len(columns)) > n, upper, 0.0)
        sums = table @ rows.T
        least_more, most_more = np.minimum(rows, 0.0) @ to_come, np.maximum(rows, 0.0) @ to_come
        table = table[
            np.all((sums + least_more <= most + _SAME) & (sums + most_more >= lower - _SAME), axis=1)
        ]
        if len(table) > MOST:
            raise TooManyError
    return list(table)


def _whole_rows(model: Model, columns: Floats) -> tuple[Floats, Floats, Floats]:
    """(coefficients, lower, upper) of the rows that speak of whole columns alone."""
    place = {int(column): n for n, column in enumerate(columns)}
    rows, lower, upper = [np.zeros(len(columns))], [-np.inf], [np.inf]
    for r in range(len(model.row_lower)):
        entries = slice(model.starts[r], model.starts[r + 1])
        if all(int(column) in place for column in model.indices[entries]):
            row = np.zeros(len(columns))
            for column, value in zip(model.indices[entries], model.values[entries], strict=True):
                row[place[int(column)]] += value
            rows.append(row)
            lower.append(model.row_lower[r])
            upper.append(model.row_upper[r])
    return np.array(rows), np.array(lower), np.array(upper)


class Rest:
    """What a model leaves once its whole columns are fixed: a linear programme, solved anew each time."""

    def __init__(self, model: Model) -> None:
        self.whole = np.flatnonzero(model.whole).astype(np.int32)
        self.solver = small_solver()
        self.solver.setOptionValue("presolve", "off")
        self.solver.passModel(_lp(model))
        self.model, self.nothing = model, np.zeros(len(model.column_lower))

    def reach(self, column: int) -> float | None:
        """The most whole value of a column in the linear relaxation; None where nothing fits at all."""
        costs = self.nothing.copy()
        costs[column] = -1.0
        self.costs(costs)
        least = self._least()
        return None if least is None else float(np.floor(-least + _SAME))

    def costs(self, costs: Floats) -> None:
        """What is to be made least from now on."""
        every = np.arange(len(costs), dtype=np.int32)
        self.solver.changeColsCost(len(costs), every, costs)

    def hold(self, costs: Floats, most: float) -> None:
        """One more row: costs * x <= most."""
        used = np.flatnonzero(costs).astype(np.int32)
        self.solver.addRow(-highspy.kHighsInf, most, len(used), used, costs[used])

    def least(self, whole: Floats) -> float | None:
        """The least cost with the whole columns fixed; None where nothing fits."""
        self.solver.changeColsBounds(len(self.whole), self.whole, whole, whole)
        return self._least()

    def _least(self) -> float | None:
        """The least cost of the linear programme as it stands; None where it is proven that nothing fits."""
        for options in _WAYS:
            status = self._run(options)
            if status == _FITS:
                return float(self.solver.getObjectiveValue())
            if status == _FITS_NOT:
                return None
        raise AssertionError(f"HiGHS does not decide a linear programme: {status}")

    def _run(self, options: dict[str, str | int]) -> highspy.HighsModelStatus:
        """What HiGHS says, asked from nothing, with some options that hold for this once."""
        self.solver.clearSolver()
        usual = {name: self.solver.getOptionValue(name)[1] for name in options}
        for name, value in options.items():
            self.solver.setOptionValue(name, value)
        self.solver.run()
        for name, value in usual.items():
            self.solver.setOptionValue(name, value)
        return self.solver.getModelStatus()


def _lp(model: Model) -> highspy.HighsLp:
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(model.column_lower), len(model.row_lower)
    lp.col_cost_ = np.zeros(lp.num_col_)
    lp.col_lower_, lp.col_upper_ = model.column_lower, model.column_upper
    lp.row_lower_, lp.row_upper_ = model.row_lower, model.row_upper
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_, lp.a_matrix_.index_ = model.starts, model.indices
    lp.a_matrix_.value_ = model.values
    return lp
