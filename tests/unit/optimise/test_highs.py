"""The door to HiGHS: what it hands back is what it says it is."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from moonwright.errors import InternalError
from moonwright.optimise import highs
from moonwright.optimise.highs import Answer, Limits, solve
from moonwright.optimise.model import Floats, Model


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


def market_split() -> tuple[Model, Floats]:
    """Three customers of forty products each want half: slacks as costs. Bounds say nothing, so the tree is large.

    Cornuejols and Dawande, A class of hard small 0-1 programs, IPCO 1998.
    """
    rows, products = 3, 40
    rng = np.random.default_rng(1998)
    bought = rng.integers(0, 100, (rows, products)).astype(float)
    miss = np.hstack([np.eye(rows), -np.eye(rows)])
    matrix = np.hstack([bought, miss])
    columns, half = matrix.shape[1], bought.sum(axis=1) // 2
    model = Model(
        column_lower=np.zeros(columns),
        column_upper=np.concatenate([np.ones(products), np.full(2 * rows, np.inf)]),
        whole=np.arange(columns) < products,
        column_labels=tuple(f"x{n}" for n in range(columns)),
        row_lower=half,
        row_upper=half,
        row_labels=tuple(f"customer{n}" for n in range(rows)),
        starts=np.arange(0, rows * columns + 1, columns, dtype=np.int32),
        indices=np.tile(np.arange(columns, dtype=np.int32), rows),
        values=matrix.ravel(),
    )
    return model, np.concatenate([np.zeros(products), np.ones(2 * rows)])


def test_a_search_limited_by_nodes_stops_there_with_the_same_plan_each_time() -> None:
    model, costs = market_split()
    answers = [solve(model, costs, Limits(0.0, 60.0, nodes=20)) for _ in range(2)]
    assert [answer.stopped for answer in answers] == ["nodes", "nodes"]
    assert answers[0].status == "feasible"
    assert answers[0].values.tolist() == answers[1].values.tolist()
    assert answers[0].bound == answers[1].bound <= answers[0].objective


def test_more_nodes_never_leave_a_worse_plan_or_bound() -> None:
    model, costs = market_split()
    few, more = (solve(model, costs, Limits(0.0, 60.0, nodes=nodes)) for nodes in (1, 200))
    assert more.objective <= few.objective
    assert more.bound >= few.bound


def test_where_nodes_are_limited_no_part_of_the_search_looks_at_the_clock() -> None:
    """Settling at once would end the first of these searches with its first plan."""
    model, costs = market_split()
    hasty = Limits(0.0, 60.0, settle_s=0.0, first_by_s=0.0)
    assert solve(model, costs, hasty).stopped == "time"
    assert solve(model, costs, replace(hasty, nodes=20)).stopped == "nodes"


def test_the_net_under_a_search_limited_by_nodes_is_told_as_time() -> None:
    model, costs = market_split()
    assert solve(model, costs, Limits(0.0, 0.1, nodes=10**9)).stopped == "time"


def test_a_search_that_reaches_its_gap_was_stopped_by_nothing_else() -> None:
    answer = solve(two_columns(), COSTS, Limits(0.0, 10.0, nodes=10**6))
    assert (answer.status, answer.stopped) == ("optimal", "gap")


def test_no_plan_within_the_limit_says_which_limit() -> None:
    model, costs = market_split()
    exact = replace(model, column_upper=np.where(model.whole, model.column_upper, 0.0))
    answer = solve(exact, costs, Limits(0.0, 60.0, nodes=1))
    assert (answer.status, answer.stopped) == ("no_plan", "nodes")


@pytest.mark.parametrize("left_s", [0.0, 10.0, 100.0])
@pytest.mark.parametrize("share", [0.25, 1.0])
def test_a_part_of_limits_is_a_share_of_the_time_but_never_of_the_nodes(left_s: float, share: float) -> None:
    timed = Limits(0.01, 300.0).part(left_s, share, settle_s=5.0)
    assert (timed.time_s, timed.settle_s, timed.nodes) == (max(1.0, share * left_s), 5.0, None)
    counted = Limits(0.01, 300.0, nodes=7).part(left_s, share, gap=0.5, settle_s=5.0, first_by_s=5.0)
    assert counted == Limits(0.5, max(1.0, left_s), math.inf, math.inf, 7)
