"""Measures of the field."""

import math

import numpy as np
import pytest

from moonwright.ensemble.measure import capability, covers, measures
from unit.ensemble.samples import sample


def test_apollo_17_has_the_capability_of_apollo_17() -> None:
    # 75 h on the Moon less 20 s, for two; masses as assumed in the module
    two_on_the_moon = np.array([2 * (75 * 3600 - 20) / 86400])
    assert capability(two_on_the_moon, np.array([373.0]), np.array([140_000.0]))[0] == pytest.approx(1.0)


def test_capability_grows_with_days_and_mass_and_falls_with_what_is_launched() -> None:
    days, mass, launched = (
        np.array([6.25, 12.5, 6.25, 6.25]),
        np.array([400.0, 400, 800, 400]),
        np.array([1, 1, 1, 2.0]),
    )
    told = capability(days, mass, launched * 1e5)
    assert told / told[0] == pytest.approx([1, 2, 2, 0.5])


def test_whoever_launches_nothing_has_no_capability() -> None:
    assert capability(np.array([0.0]), np.array([0.0]), np.array([0.0]))[0] == 0.0


def test_measures_are_means_and_spreads_of_what_trials_gave() -> None:
    cost = np.arange(1.0, 101.0)
    told = {m.key: m for m in measures(sample(100, cost_musd=cost, launches=np.full(100, 7)))}
    assert told["cost_musd"].mean.value == 50.5
    assert [q.value for q in told["cost_musd"].spread] == [5.0, 50.0, 95.0]
    # of numbers 1 to n, the variance with divisor n - 1 is n (n + 1) / 12
    assert told["cost_musd"].mean.error == pytest.approx(math.sqrt(100 * 101 / 12 / 100))
    assert told["launches"].mean == (7.0, 0.0)


def test_stocks_that_nobody_uses_are_left_out() -> None:
    (water,) = covers(
        sample(4, least_cover_d=[[30, math.inf], [0, math.inf], [-1, math.inf], [20, math.inf]])
    )
    assert (water.node, water.resource, water.empty.value) == ("base", "water", 0.5)
    assert water.least_d.middle.value == 0.0
