"""Trials of trains of flights, against reliability and queueing theory.

Standard errors are those of the number of trials; a share may be off by four of them.
"""

import math
from itertools import product

import numpy as np
import pytest

from moonwright.trial.trials import trials
from truth.trains import FLIGHT_D, train

TRIALS = 3000
FOUR = 4.0  # standard errors: one in 16,000 comparisons is farther off by chance


def share_error(share: float, trials: int) -> float:
    return math.sqrt(max(share * (1 - share), 1 / trials) / trials)


def test_of_n_launches_k_succeed_as_the_binomial_law_says() -> None:
    n, success = 10, 0.8
    found = trials(
        train([30.0 * i for i in range(1, n + 1)], {"launch": {"all": {"success": success, "debut": success}}}),
        3, 0, TRIALS,
    )  # fmt: skip
    for k in range(1, n + 1):
        expected = sum(math.comb(n, i) * success**i * (1 - success) ** (n - i) for i in range(k, n + 1))
        share = float(np.mean(np.isfinite(found.milestone_d[:, k - 1])))
        assert abs(share - expected) < FOUR * share_error(expected, TRIALS), k
    assert abs(np.mean(found.failures) - n * (1 - success)) < FOUR * math.sqrt(
        n * success * (1 - success) / TRIALS
    )


def test_stand_downs_delay_whoever_waits_for_the_family() -> None:
    """Every outcome of six launches, each day by hand: a failure stops the family for 50 days, the pad for 10."""
    planned, success, down, turnaround = [30.0 * i for i in range(1, 7)], 0.7, 50.0, 10.0
    noise = {
        "launch": {"all": {"success": success, "debut": success}},
        "grounding": {"all": {"median": f"{down} d", "spread": 1}},
    }
    chances: dict[tuple[int, float], float] = {}
    for outcome in product((True, False), repeat=len(planned)):
        free, tonnes, chance = 0.0, 0, 1.0
        for day, good in zip(planned, outcome, strict=True):
            left = max(day, free)
            free = left + turnaround if good else left + max(down, turnaround)
            chance *= success if good else 1 - success
            if good:
                tonnes += 1
                key = tonnes, left + FLIGHT_D
                chances[key] = chances.get(key, 0.0)
        free, tonnes = 0.0, 0
        for day, good in zip(planned, outcome, strict=True):
            left = max(day, free)
            free = left + turnaround if good else left + max(down, turnaround)
            if good:
                tonnes += 1
                chances[tonnes, left + FLIGHT_D] += chance
    found = trials(train(planned, noise, turnaround=f"{turnaround} d"), 4, 0, TRIALS)
    for (tonnes, day), chance in chances.items():
        share = float(np.mean(np.abs(found.milestone_d[:, tonnes - 1] - day) < 1e-6))
        assert abs(share - chance) < FOUR * share_error(chance, TRIALS), (tonnes, day)
    assert sum(chance for (tonnes, _), chance in chances.items() if tonnes == 1) == pytest.approx(1 - 0.3**6)


def test_scrubs_are_geometric() -> None:
    scrub, again = 0.4, 3.0
    found = trials(
        train([100.0], {"weather": {"all": {"scrub": scrub, "again": f"{again} d"}}}), 5, 0, TRIALS
    )
    scrubs = (found.milestone_d[:, 0] - 100.0 - FLIGHT_D) / again
    assert np.allclose(scrubs, np.round(scrubs), atol=1e-6)
    for count in range(6):
        expected = (1 - scrub) * scrub**count
        share = float(np.mean(np.round(scrubs) == count))
        assert abs(share - expected) < FOUR * share_error(expected, TRIALS), count


def test_a_slip_is_exponential() -> None:
    mean = 40.0
    found = trials(train([100.0], {"readiness": {"all": {"growth": 0.0, "late": f"{mean} d"}}}), 6, 0, TRIALS)
    slips = np.sort(found.milestone_d[:, 0] - 100.0 - FLIGHT_D)
    law = 1 - np.exp(-slips / mean)
    steps = np.arange(1, TRIALS + 1) / TRIALS
    assert np.max(np.abs(law - steps)) < 1.95 / math.sqrt(
        TRIALS
    )  # Kolmogorov: one in a thousand is farther off


def test_stand_downs_are_lognormal() -> None:
    """A first launch that always fails stops the second, long planned, for exp(ln median + Z ln spread) days."""
    median, spread = 200.0, 2.5
    noise = {
        "launch": {"all": {"success": 0.5, "debut": 0.5}},
        "grounding": {"all": {"median": f"{median} d", "spread": spread}},
    }
    found = trials(train([10.0, 11.0], noise), 7, 0, TRIALS)
    both_d = found.milestone_d[:, 0] - FLIGHT_D
    stopped = (
        both_d[np.isfinite(both_d) & (both_d > 11.5)] - 10.0
    )  # the first failed, the second flew after it
    scores = np.sort(np.log(stopped / median) / math.log(spread))
    cut = np.log(1.5 / median) / math.log(spread)  # shorter ones cannot be told from none
    law = np.array([0.5 * (1 + math.erf(z / math.sqrt(2))) for z in scores])
    below = 0.5 * (1 + math.erf(cut / math.sqrt(2)))
    law = (law - below) / (1 - below)
    steps = np.arange(1, len(scores) + 1) / len(scores)
    assert len(scores) == pytest.approx(TRIALS / 4, rel=0.15)
    assert np.max(np.abs(law - steps)) < 1.95 / math.sqrt(len(scores))


def test_waiting_for_a_pad_is_that_of_pollaczek_and_khinchine() -> None:
    """M/D/1: flights come at random to one pad, each of which keeps it for a day.

    All are planned for one day and slip by an exponential time of mean L, so they come at a rate that falls slowly from
    n/L; at load rho the mean wait is rho S / (2 (1 - rho)), and over all of them S (-1/2 - ln(1 - r) / (2 r)), r = n S / L.
    """
    flights, load, busy = 150, 0.6, 1.0
    mean = flights * busy / load
    noise = {"readiness": {"all": {"growth": 0.0, "late": f"{mean} d"}}}
    days = [1.0] * flights
    crowded = trials(train(days, noise, turnaround=f"{busy} d", end="2060-01-01"), 8, 0, 300)
    free = trials(train(days, noise, end="2060-01-01"), 8, 0, 300)  # the same slips: only the wait differs
    waits = np.mean(crowded.milestone_d - free.milestone_d, axis=1)
    expected = busy * (-0.5 - math.log(1 - load) / (2 * load))
    error = float(np.std(waits)) / math.sqrt(len(waits))
    assert abs(np.mean(waits) - expected) < FOUR * error + 0.05 * expected  # the rate falls while they wait
