"""The farmer of Birge and Louveaux (Introduction to Stochastic Programming, chapter 1), case P4: yields 20 % up or down."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from moonwright.optimise.highs import Limits, solve
from moonwright.optimise.model import Model
from moonwright.stress.futures import (
    Future,
    Together,
    cvar,
    least_expected,
    least_risk,
    together,
    with_trunk,
)

EXACT = Limits(0.0, 60.0)
CROPS = ("wheat", "corn", "beets")
YIELDS_T_ACRE = {"wheat": 2.5, "corn": 3.0, "beets": 20.0}
PLANTED = tuple(f"plant {crop}" for crop in CROPS)
COLUMNS = (*PLANTED, "buy wheat", "buy corn", "sell wheat", "sell corn", "sell beets", "sell more beets")
COSTS = np.array([150.0, 230.0, 260.0, 238.0, 210.0, -170.0, -150.0, -36.0, -10.0])


def farm(share: float) -> Model:
    """500 acres; 200 t of wheat and 240 t of corn are fed; beets above 6,000 t sell for 10 instead of 36."""
    y = {crop: share * rate for crop, rate in YIELDS_T_ACRE.items()}
    table = np.array(
        [
            [1.0, 1.0, 1.0, 0, 0, 0, 0, 0, 0],
            [y["wheat"], 0, 0, 1.0, 0, -1.0, 0, 0, 0],
            [0, y["corn"], 0, 0, 1.0, 0, -1.0, 0, 0],
            [0, 0, y["beets"], 0, 0, 0, 0, -1.0, -1.0],
        ]
    )
    rows, columns = np.nonzero(table)
    return Model(
        column_lower=np.zeros(9),
        column_upper=np.array([np.inf] * 7 + [6000.0, np.inf]),
        whole=np.zeros(9, dtype=bool),
        column_labels=COLUMNS,
        row_lower=np.array([-np.inf, 200.0, 240.0, 0.0]),
        row_upper=np.array([500.0, np.inf, np.inf, np.inf]),
        row_labels=("land", "wheat", "corn", "beets"),
        starts=np.concatenate([[0], np.cumsum(np.bincount(rows))]).astype(np.int32),
        indices=columns.astype(np.int32),
        values=table[rows, columns],
    )


@pytest.fixture(scope="module")
def stage() -> Together:
    shares = {"good": 1.2, "fair": 1.0, "bad": 0.8}
    planted_first = np.array([0, 0, 0, 1, 1, 1, 1, 1, 1])
    return together(
        [Future(name, 1 / 3, farm(share), COSTS, planted_first, 1) for name, share in shares.items()]
    )


def test_stochastic_solution(stage: Together) -> None:
    """Plant 170, 80 and 250 acres: 108,390 in the mean."""
    found = least_expected(stage, EXACT)
    assert -found.objective == pytest.approx(108_390.0, abs=0.5)
    assert found.values[:3] == pytest.approx([170.0, 80.0, 250.0])
    assert (stage.costs_of(found.values) @ np.full(3, 1 / 3)) == pytest.approx(found.objective)


def test_expected_value_of_perfect_information(stage: Together) -> None:
    """7,015.6, of 115,406 with it."""
    knowing = np.mean([-solve(f.model, f.costs, EXACT).objective for f in stage.futures])
    assert knowing + least_expected(stage, EXACT).objective == pytest.approx(7_015.6, abs=0.5)


def test_value_of_the_stochastic_solution(stage: Together) -> None:
    """1,150, of 107,240 with what is best for the mean yields."""
    mean = solve(farm(1.0), COSTS, EXACT).values
    values = np.zeros(len(stage.model.column_lower))
    values[stage.places[1]] = mean
    costs, offset = stage.expected()
    held = solve(with_trunk(stage, values), costs, EXACT, offset=offset)
    assert -held.objective == pytest.approx(107_240.0, abs=0.5)
    assert held.objective - least_expected(stage, EXACT).objective == pytest.approx(1_150.0, abs=0.5)


@pytest.mark.parametrize("tail", [1 / 3, 0.5, 1.0])
def test_who_minds_risk_has_a_better_worst(stage: Together, tail: float) -> None:
    """The least CVaR is no more than that of the least mean; with the whole distribution for a tail it is the mean."""
    thirds = np.full(3, 1 / 3)
    careful = least_risk(stage, EXACT, tail=tail, weight=1.0)
    bold = least_expected(stage, EXACT)
    risk = cvar(stage.costs_of(careful.values), thirds, tail)
    assert risk == pytest.approx(careful.objective)
    assert risk <= cvar(stage.costs_of(bold.values), thirds, tail) + 1e-6
    if tail == 1.0:
        assert careful.objective == pytest.approx(bold.objective)


def test_the_worst_future_alone_decides_where_only_it_counts(stage: Together) -> None:
    """A tail of a third is the worst of three: then the farmer plants as if the year were bad, for 59,950."""
    careful = least_risk(stage, EXACT, tail=1 / 3, weight=1.0)
    worst: Any = solve(farm(0.8), COSTS, EXACT)
    assert -worst.objective == pytest.approx(59_950.0, abs=0.5)
    assert careful.objective == pytest.approx(worst.objective)
