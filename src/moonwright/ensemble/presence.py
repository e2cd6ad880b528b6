"""Presence: how likely a place stands without the crew that it should have."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from moonwright.ensemble.estimate import Mean, Share, mean, share
from moonwright.ensemble.milestone import Spread, spread
from moonwright.ensemble.sample import MOMENT_D, Sample


class Presence(NamedTuple):
    """A place over all trials: crew-days there, and whether and when (infinite: never) its crew was first missing."""

    node: str
    crew_d: Mean
    lost: Share
    lost_d: Spread


def presences(sample: Sample) -> tuple[Presence, ...]:
    """Each place where anybody was in some trial, or should have been."""
    crew_d = sample.trials.crew_present_d
    used = np.asarray((crew_d > 0).any(axis=0) | sample.crew_lost.any(axis=0))
    return tuple(
        Presence(
            node,
            mean(crew_d[:, at]),
            share(int(sample.crew_lost[:, at].sum()), sample.count),
            spread(sample.trials.lost_presence_d[:, at]),
        )
        for at, node in enumerate(sample.names.nodes)
        if used[at]
    )


def any_lost(sample: Sample) -> Share:
    """The probability that some place is at some time without its crew."""
    return share(int(sample.crew_lost.any(axis=1).sum()), sample.count)


def lost_by_day(sample: Sample, node: str, days_d: Sequence[float]) -> tuple[Share, ...]:
    """The probability that a place has been without its crew by each day."""
    first_d = np.sort(sample.trials.lost_presence_d[:, sample.names.nodes.index(node)])
    lost = np.searchsorted(first_d, np.asarray(days_d) + MOMENT_D, side="right")
    return tuple(share(int(count), sample.count) for count in lost)
