"""Random numbers by address."""

from __future__ import annotations

import statistics

import numpy as np

from moonwright.trial.draw import draw, exponential, lognormal, normal

SUBJECT = 0x1234_5678_9ABC_DEF0


def many(count: int) -> np.ndarray:
    return np.array([draw(7, trial, 3, SUBJECT, number) for trial in range(count) for number in range(10)])


def test_numbers_are_spread_evenly() -> None:
    """Kolmogorov: of 20,000 even numbers the distribution is farther off than 0.0138 once in a thousand times."""
    found = np.sort(many(2000))
    steps = np.arange(1, len(found) + 1) / len(found)
    assert np.max(np.abs(found - steps)) < 1.95 / np.sqrt(len(found))
    assert 0.0 < found[0] < found[-1] < 1.0


def test_neighbours_do_not_know_each_other() -> None:
    """In every part of the address: the correlation of 20,000 independent pairs has a standard error of 0.007."""
    first = many(2000)
    for step in ((1, 0, 0, 0), (0, 1, 0, 0), (0, 0, 1, 0), (0, 0, 0, 1)):
        other = np.array(
            [
                draw(7 + step[0], trial, 3 + step[1], SUBJECT + step[2], number + 10 * step[3])
                for trial in range(2000)
                for number in range(10)
            ]
        )
        assert abs(np.corrcoef(first, other)[0, 1]) < 0.03, step
        assert not (first == other).any()


def test_an_address_always_has_the_same_number() -> None:
    assert draw(7, 8, 3, SUBJECT, 2) == draw(7, 8, 3, SUBJECT, 2)


def test_normal_deviates_are_those_of_the_standard_library() -> None:
    law = statistics.NormalDist()
    for share in (1e-300, 1e-12, 1e-3, 0.0749, 0.075, 0.3, 0.5, 0.77, 0.9251, 1 - 1e-9):
        assert abs(normal(share) - law.inv_cdf(share)) <= 1e-14 * max(1.0, abs(law.inv_cdf(share))), share


def test_lognormal_and_exponential_have_their_medians() -> None:
    assert lognormal(100.0, 2.0, 0.5) == 100.0
    one_in_six = 1 - statistics.NormalDist().cdf(1.0)
    assert abs(lognormal(100.0, 2.0, 1 - one_in_six) - 200.0) < 1e-9  # a spread above the median
    assert lognormal(100.0, 1.0, 0.9) == 100.0  # no spread at all
    assert abs(exponential(30.0, np.exp(-2.0)) - 60.0) < 1e-12
