"""The coefficients satisfy the conditions that make a Runge-Kutta method what it is called."""

import numpy as np
import pytest

from moonwright.orbit.dop853 import COUNT, FIFTH, NODES, STAGES, THIRD, WEIGHTS


def test_each_stage_stands_at_its_node() -> None:
    assert STAGES.sum(axis=1) == pytest.approx(NODES, abs=1e-14)


def test_only_stages_before_are_used() -> None:
    assert not np.triu(STAGES).any()


@pytest.mark.parametrize("power", range(8))
def test_the_step_integrates_powers_up_to_the_seventh(power: int) -> None:
    """A method of order 8: sum b c^k = 1 / (k + 1)."""
    assert WEIGHTS @ NODES**power == pytest.approx(1.0 / (power + 1), abs=1e-13)


@pytest.mark.parametrize("power", range(6))
def test_the_step_has_the_order_of_nested_stages(power: int) -> None:
    """sum b_i a_ij c_j^k = 1 / ((k + 1) (k + 2)), one of the conditions on trees of height two."""
    assert WEIGHTS @ STAGES @ NODES**power == pytest.approx(1.0 / ((power + 1) * (power + 2)), abs=1e-13)


@pytest.mark.parametrize(("estimate", "order"), [(FIFTH, 5), (THIRD, 3)])
def test_an_estimate_sees_nothing_below_its_order_and_something_at_it(
    estimate: np.ndarray, order: int
) -> None:
    seen = [abs(float(estimate @ NODES**power)) for power in range(order + 1)]
    assert max(seen[:order]) < 1e-13
    assert seen[order] > 1e-5
    assert len(estimate) == COUNT
