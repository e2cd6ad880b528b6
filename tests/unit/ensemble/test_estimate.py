"""Estimates with their errors, against published numbers and against what they promise."""

import math

import numpy as np
import pytest

from moonwright.ensemble.estimate import mean, quantile, share


@pytest.mark.parametrize(
    ("happened", "trials", "low", "high"),
    [
        # Newcombe, Statist. Med. 17 (1998) 857, table I, method 3 (Wilson without continuity correction)
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_intervals_of_probabilities_are_those_that_newcombe_prints(
    happened: int, trials: int, low: float, high: float
) -> None:
    found = share(happened, trials)
    assert (found.low, found.high) == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))


def test_the_intervals_of_all_and_none_mirror_each_other() -> None:
    none, every = share(0, 40), share(40, 40)
    assert (none.low, every.high) == (0.0, 1.0)
    assert every.low == pytest.approx(1 - none.high)


def test_the_error_of_a_probability_is_the_binomials() -> None:
    assert share(36, 100).error == pytest.approx(0.048)  # sqrt(0.36 * 0.64 / 100)


def test_the_error_of_a_mean_is_students() -> None:
    # Student, Biometrika 6 (1908) 1: the ten gains of sleep of his second drug less his first
    gains = np.array([1.2, 2.4, 1.3, 1.3, 0.0, 1.0, 1.8, 0.8, 4.6, 1.4])
    found = mean(gains)
    assert found.value == pytest.approx(1.58)
    # he gives 1.17 with a divisor of n; the error of the mean is that over sqrt(n - 1)
    assert found.error == pytest.approx(1.17 / 3, abs=2e-3)
    assert math.isnan(mean(np.array([1.0])).error)


def test_intervals_of_quantiles_hold_in_at_least_nineteen_of_twenty_ensembles() -> None:
    rng = np.random.default_rng(20261124)
    for p in (0.05, 0.5, 0.95):
        drawn = [quantile(rng.exponential(size=200), p) for _ in range(2000)]
        held = np.mean([one.low <= -math.log(1 - p) <= one.high for one in drawn])
        assert 0.94 < held < 0.99
        assert all(one.low <= one.value <= one.high for one in drawn)


def test_quantiles_allow_what_never_happens() -> None:
    found = quantile(np.array([1.0, 2.0, math.inf, 3.0, math.inf]), 0.5)
    assert (found.value, found.low, found.high) == (3.0, 1.0, math.inf)
