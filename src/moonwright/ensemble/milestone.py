"""Milestones: how likely each is met by its due date and by any other, and with how much to spare."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from moonwright.ensemble.estimate import Quantile, Share, quantile, share
from moonwright.ensemble.sample import MOMENT_D, Sample

LOW, MIDDLE, HIGH = 0.05, 0.5, 0.95  # the quantiles told of every spread


class Spread(NamedTuple):
    """Three quantiles of a number that varies from trial to trial."""

    low: Quantile
    middle: Quantile
    high: Quantile


class Milestone(NamedTuple):
    """A demand over all trials: met by its due date, met at all, when (infinite: never), and days of margin.

    Margin is due minus met, less than nothing where late; a milestone never met has minus infinity.
    """

    name: str
    due_d: float
    on_time: Share
    ever: Share
    met_d: Spread
    margin_d: Spread


def spread(values: Sequence[float] | np.ndarray[tuple[int], np.dtype[np.float64]]) -> Spread:
    """5, 50 and 95 % of what trials gave."""
    held = np.asarray(values, dtype=np.float64)
    return Spread(*(quantile(held, p) for p in (LOW, MIDDLE, HIGH)))


def milestones(sample: Sample) -> tuple[Milestone, ...]:
    """Each milestone, in the order of the scenario's demands."""
    return tuple(
        Milestone(
            name,
            sample.names.due_d[at],
            share(int(sample.on_time[:, at].sum()), sample.count),
            share(int(np.isfinite(sample.met_d[:, at]).sum()), sample.count),
            spread(sample.met_d[:, at]),
            spread(sample.margin_d[:, at]),
        )
        for at, name in enumerate(sample.names.milestones)
    )


def all_on_time(sample: Sample) -> Share:
    """The probability that every milestone is met by its due date, of those that the plan itself meets in time."""
    return share(int(sample.all_on_time.sum()), sample.count)


def by_day(sample: Sample, milestone: int, days_d: Sequence[float]) -> tuple[Share, ...]:
    """The probability that a milestone is met by each day (at its end)."""
    met_d = np.sort(sample.met_d[:, milestone])
    met = np.searchsorted(met_d, np.asarray(days_d) + MOMENT_D, side="right")
    return tuple(share(int(count), sample.count) for count in met)
