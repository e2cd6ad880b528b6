"""Damage by cause, and what is left of it without the cause."""

import numpy as np
import pytest

from moonwright.ensemble.damage import damages, reliefs
from unit.ensemble.samples import sample


def test_damage_is_shared_out_by_the_record() -> None:
    launch, weather, sun = damages(sample(4, damage_d=[[10, 0, 0], [0, 0, 0], [20, 10, 0], [0, 0, 0]]))
    assert (launch.damage_d.value, weather.damage_d.value, sun.damage_d.value) == (7.5, 2.5, 0.0)
    assert (launch.part, weather.part, sun.part) == (0.75, 0.25, 0.0)
    assert (launch.any.value, weather.any.value) == (0.5, 0.25)


def test_where_nothing_happens_nobody_is_to_blame() -> None:
    assert all(d.part == 0.0 for d in damages(sample(3)))


def test_a_change_has_the_error_of_its_differences() -> None:
    rng = np.random.default_rng(1)
    with_all = rng.normal(
        5000, 900, size=400
    )  # they share their draws, so the difference is far surer than each
    without = with_all[:100] - 50 + rng.normal(0, 10, size=100)
    told = reliefs(sample(400, cost_musd=with_all), {"launch": sample(100, cost_musd=without)})
    cost = next(r for r in told if r.figure.key == "cost_musd")
    assert cost.cause == "launch"
    assert cost.change.error == pytest.approx(1.0, rel=0.25)  # 10 / sqrt(100)
    assert cost.change.value == pytest.approx(50, abs=4 * cost.change.error)
