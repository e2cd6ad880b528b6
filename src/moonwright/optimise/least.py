"""The least that an amount can come to in any plan: a lower bound by the linear relaxation of what is asked.

Rows that speak of flights and vehicles are left out, so whoever brings a thing is free to bring any part of it at any
time. What is left is small, and a plan that is feasible is feasible in it: its least is a bound on every plan.
"""

from __future__ import annotations

from collections import defaultdict

import highspy
import numpy as np

from moonwright.errors import InternalError
from moonwright.optimise import crew, demand, element, power, stock
from moonwright.optimise.highs import small_solver
from moonwright.optimise.model import Ints, Model
from moonwright.optimise.row import Row, Terms

ASKED = frozenset(
    family.__name__
    for family in (
        element.element_active,
        element.element_quantity,
        element.prerequisites,
        element.commissioning_work,
        element.robot_hours,
        stock.stock_balance,
        stock.stock_covers,
        stock.storage,
        stock.recovery,
        stock.production,
        crew.crew_balance,
        crew.longest_rotation,
        crew.shortest_rotation,
        crew.berths,
        crew.crew_hours,
        power.power_by_day,
        power.power_by_night,
        power.power_by_light,
        demand.crew_demand,
        demand.build_demand,
        demand.deliver_demand,
    )
)
_DUST = 1e-6  # relative: a bound is told so much lower than the solver finds it


class Least:
    """Least values of sums of a model's columns. Rows may be added; each new question starts where the last one ended."""

    def __init__(self, model: Model) -> None:
        self._group, first = _alike(model)
        self._solver = _solver(model, self._group, first)

    def __call__(self, terms: Terms) -> float:
        """The least of sum of terms (weights >= 0), a little lower than found; 0 where the solver has no answer."""
        weights = np.full(self._solver.getNumCol(), np.inf)
        for column, weight in terms:
            weights[self._group[column]] = min(weights[self._group[column]], weight)
        members = np.bincount(self._group, minlength=len(weights))
        told = np.bincount(self._group[[column for column, _ in terms]], minlength=len(weights))
        costs = np.where(
            told == members, weights, 0.0
        )  # a group of which a part is not asked for may come free
        count = len(costs)
        self._solver.changeColsCost(count, np.arange(count, dtype=np.int32), costs)
        self._solver.run()
        if self._solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return 0.0
        value = self._solver.getInfo().objective_function_value
        return float(max(0.0, value - _DUST * (1.0 + value)))

    def add(self, row: Row) -> None:
        """Let a row that is known to hold bound what follows. Its columns must be alike with no others."""
        weights: dict[int, float] = {}
        for column, weight in row.terms:
            weights[int(self._group[column])] = weight
        columns, values = np.array(list(weights), dtype=np.int32), np.array(list(weights.values()))
        self._solver.addRow(row.lower, row.upper, len(columns), columns, values)


def _alike(model: Model) -> tuple[Ints, Ints]:
    """(group of each column, first column of each group): columns of the same entries and bounds stand for each other."""
    entries: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for row in _asked(model):
        for e in range(model.starts[row], model.starts[row + 1]):
            entries[int(model.indices[e])].append((row, float(model.values[e])))
    seen: dict[object, int] = {}
    group = np.zeros(len(model.column_lower), dtype=np.int32)
    first: list[int] = []
    for column in range(len(group)):
        bounds = float(model.column_lower[column]), float(model.column_upper[column])
        free = bounds == (0.0, np.inf)
        key = (tuple(entries[column]), None if free else column)
        if key not in seen:
            seen[key] = len(first)
            first.append(column)
        group[column] = seen[key]
    return group, np.array(first, dtype=np.int32)


def _asked(model: Model) -> list[int]:
    return [row for row, name in enumerate(model.row_labels) if name.partition("[")[0] in ASKED]


def _solver(model: Model, group: Ints, first: Ints) -> highspy.Highs:
    kept = np.zeros(len(group), dtype=bool)
    kept[first] = True
    starts, indices, values = [0], [np.zeros(0, dtype=np.int32)], [np.zeros(0)]
    rows = _asked(model)
    for row in rows:
        here = slice(int(model.starts[row]), int(model.starts[row + 1]))
        chosen = kept[model.indices[here]]
        indices.append(group[model.indices[here][chosen]])
        values.append(model.values[here][chosen])
        starts.append(starts[-1] + int(chosen.sum()))
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(first), len(rows)
    lp.col_cost_ = np.zeros(len(first))
    lp.col_lower_, lp.col_upper_ = model.column_lower[first], model.column_upper[first]
    lp.row_lower_, lp.row_upper_ = model.row_lower[rows], model.row_upper[rows]
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = np.array(starts, dtype=np.int32)
    lp.a_matrix_.index_, lp.a_matrix_.value_ = np.concatenate(indices), np.concatenate(values)
    solver = small_solver()
    if solver.passModel(lp) == highspy.HighsStatus.kError:
        raise InternalError("HiGHS refused the model of what is asked")
    return solver
