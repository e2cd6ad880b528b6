"""The door to HiGHS: what it hands back is what it says it is."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from moonwright.errors import InternalError
from moonwright.optimise import highs
from moonwright.optimise.highs import Answer, Limits, solve
from moonwright.optimise.model import Model


def two_columns() -> Model:
    """x + y >= 1.5, x and y whole and at most 4."""
    return Model(
        column_lower=np.zeros(2),
        column_upper=np.full(2, 4.0),
        whole=np.array([True, True]),
        column_labels=("x", "y"),
        row_lower=np.array([1.5]),
        row_upper=np.array([np.inf]),
        row_labels=("enough",),
        starts=np.array([0, 2], dtype=np.int32),
        indices=np.array([0, 1], dtype=np.int32),
        values=np.array([1.0, 1.0]),
    )


COSTS = np.array([3.0, 2.0])
START = np.array([4.0, 0.0])


def stale(monkeypatch: pytest.MonkeyPatch, *, always: bool) -> None:
    """HiGHS as seen in 1.16.0: the objective is the optimum's, the values are the start's."""
    run = highs._run

    def lying(*given: Any, **named: Any) -> Answer:
        answer = run(*given, **named)
        return replace(answer, values=START) if always or given[4] is not None else answer

    monkeypatch.setattr(highs, "_run", lying)


def test_values_of_the_start_are_not_taken_for_the_optimum(monkeypatch: pytest.MonkeyPatch) -> None:
    stale(monkeypatch, always=False)
    answer = solve(two_columns(), COSTS, Limits(0.0, 10.0), offset=1.0, start=START)
    assert answer.objective == pytest.approx(5.0)
    assert answer.values.tolist() == pytest.approx([0.0, 2.0])


def test_without_time_for_another_solve_the_start_stands_at_what_it_costs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run = highs._run

    def late(*given: Any, **named: Any) -> Answer:
        answer = run(*given, **named)
        if given[4] is None:
            return replace(answer, status="no_plan", values=np.empty(0))
        return replace(answer, values=START)

    monkeypatch.setattr(highs, "_run", late)
    answer = solve(two_columns(), COSTS, Limits(0.0, 10.0), offset=1.0, start=START)
    assert answer.status == "feasible"
    assert [answer.objective, answer.bound] == pytest.approx([13.0, 5.0])
    assert answer.gap == pytest.approx(8.0 / 13.0)


def test_values_that_belie_their_objective_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    stale(monkeypatch, always=True)
    with pytest.raises(InternalError, match="do not have the objective"):
        solve(two_columns(), COSTS, Limits(0.0, 10.0), start=START)
