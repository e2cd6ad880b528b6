"""Games whose solutions are in every textbook: cases P1 to P3, and the dams of the Tennessee Valley."""

from __future__ import annotations

import numpy as np
import pytest

from moonwright.stress.game.core import blocking, has_core, least_core
from moonwright.stress.game.game import Game, game, of_costs
from moonwright.stress.game.gately import (
    gately_point,
    propensity_to_disrupt,
    separable_cost_remaining_benefit,
)
from moonwright.stress.game.nucleolus import nucleolus
from moonwright.stress.game.shapley import shapley

RUNWAYS = {"a": 8.0, "b": 11.0, "c": 13.0, "d": 18.0}
CLAIMS = {"a": 100.0, "b": 200.0, "c": 300.0}


def airport() -> Game:
    """The runway must serve the largest aircraft that anybody flies."""
    names = tuple(RUNWAYS)
    return of_costs(
        names, [max([RUNWAYS[n] for i, n in enumerate(names) if s >> i & 1], default=0.0) for s in range(16)]
    )


def test_airport_p1() -> None:
    """Shapley 2, 3, 4, 9; nucleolus 3.25, 3.25, 3.25, 8.25 (Littlechild and Owen)."""
    alone = np.array(list(RUNWAYS.values()))
    assert alone - shapley(airport()) == pytest.approx([2.0, 3.0, 4.0, 9.0])
    assert alone - nucleolus(airport()) == pytest.approx([3.25, 3.25, 3.25, 8.25])


@pytest.mark.parametrize(
    ("estate", "shares"),
    [(100.0, [100 / 3, 100 / 3, 100 / 3]), (200.0, [50.0, 75.0, 75.0]), (300.0, [50.0, 100.0, 150.0])],
)
def test_bankruptcy_p2(estate: float, shares: list[float]) -> None:
    """The Talmud's division is the nucleolus (Aumann and Maschler)."""

    def left_by_others(claimants: tuple[str, ...]) -> float:
        return max(0.0, estate - sum(claim for name, claim in CLAIMS.items() if name not in claimants))

    assert nucleolus(game(CLAIMS, left_by_others)) == pytest.approx(shares)


def test_majority_of_three_p3() -> None:
    """Core empty, least-core value 1/3, Shapley 1/3 each."""
    majority = game("abc", lambda who: float(len(who) >= 2))
    assert not has_core(majority)
    assert least_core(majority).excess == pytest.approx(1 / 3)
    assert shapley(majority) == pytest.approx([1 / 3] * 3)
    # under equal shares each two would gain what the third has
    assert [(one.players, pytest.approx(1 / 3)) for one in blocking(majority, [1 / 3] * 3)] == [
        (one.players, one.gain) for one in blocking(majority, [1 / 3] * 3)
    ]
    assert len(blocking(majority, [1 / 3] * 3)) == 3


def test_gloves_p3() -> None:
    """One left, two right: Shapley 2/3, 1/6, 1/6; nucleolus (1, 0, 0), which is all of the core."""
    gloves = game(["left", "right", "right too"], lambda who: float("left" in who and len(who) >= 2))
    assert shapley(gloves) == pytest.approx([2 / 3, 1 / 6, 1 / 6])
    assert nucleolus(gloves) == pytest.approx([1.0, 0.0, 0.0])
    assert blocking(gloves, [1.0, 0.0, 0.0]) == ()


def test_tennessee_valley() -> None:
    """Costs of dams for navigation, flood control and power, in thousand dollars (Straffin and Heaney 1981, from the
    Authority's own report of 1938): separable costs, remaining benefits charge 117,476, 99,157 and 195,951."""
    cost = [0.0, 163_520.0, 140_826.0, 301_607.0, 250_096.0, 378_821.0, 367_370.0, 412_584.0]
    alone, without = [cost[1], cost[2], cost[4]], [cost[6], cost[5], cost[3]]
    charged = separable_cost_remaining_benefit(alone, without, cost[7])
    assert charged == pytest.approx([117_476.0, 99_157.0, 195_951.0], abs=1.0)
    savings = of_costs(["navigation", "flood control", "power"], cost)
    assert np.array(alone) - gately_point(savings) == pytest.approx(charged)
    assert np.ptp(propensity_to_disrupt(savings, gately_point(savings))) < 1e-9
