"""Numbers that trials estimate, each with how far it may be off."""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

Z: Final = 1.959963984540054  # the standard normal's 97.5 % point: intervals hold in 95 % of ensembles


class Share(NamedTuple):
    """A probability: what share of trials it happened in, its standard error and Wilson's 95 % interval."""

    value: float
    error: float
    low: float
    high: float


class Mean(NamedTuple):
    """A mean over trials and its standard error (nan with a single trial)."""

    value: float
    error: float


class Quantile(NamedTuple):
    """A quantile of what trials gave, and the 95 % interval for that of all campaigns, whatever their distribution."""

    value: float
    low: float
    high: float


def share(happened: int, trials: int) -> Share:
    """The probability of what happened in so many of the trials.

    Interval: Wilson, J. Am. Stat. Assoc. 22 (1927) 209; it keeps sense at none and at all.
    """
    value = happened / trials
    middle = (value + Z**2 / (2 * trials)) / (1 + Z**2 / trials)
    half = Z / (1 + Z**2 / trials) * math.sqrt(value * (1 - value) / trials + Z**2 / (4 * trials**2))
    low = 0.0 if happened == 0 else max(middle - half, 0.0)
    high = 1.0 if happened == trials else min(middle + half, 1.0)
    return Share(value, math.sqrt(value * (1 - value) / trials), low, high)


def mean(values: Floats) -> Mean:
    """The mean of one number a trial."""
    if len(values) < 2:
        return Mean(float(values.mean()), math.nan)
    return Mean(float(values.mean()), float(values.std(ddof=1)) / math.sqrt(len(values)))


def quantile(values: Floats, p: float) -> Quantile:
    """The quantile `p` as an order statistic (so that infinite values are allowed), with its interval.

    The interval is between two order statistics, whose ranks come from the normal approximation to the binomial:
    David and Nagaraja, Order Statistics (3rd ed. 2003), section 7.1. It ends at the least and greatest trial.
    """
    ordered = np.sort(values)
    n = len(ordered)
    half = Z * math.sqrt(n * p * (1 - p))
    at = min(max(math.ceil(n * p), 1), n)
    low = min(max(math.floor(n * p - half), 1), at)
    high = max(min(math.ceil(n * p + half) + 1, n), at)
    return Quantile(float(ordered[at - 1]), float(ordered[low - 1]), float(ordered[high - 1]))
