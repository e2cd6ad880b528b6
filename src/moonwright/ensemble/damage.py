"""Which cause did the damage: by what started it, and by what would be without the cause.

The two answer different questions. By the record, each day of delay goes to the cause that began its chain of events.
Without a cause, people meet the others with all that they have in hand, so the changes need not sum to the whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from moonwright.ensemble.estimate import Mean, Share, mean, share
from moonwright.ensemble.figure import FIGURES, Figure, change
from moonwright.ensemble.sample import Sample


class Damage(NamedTuple):
    """What a cause began: mean days of damage a trial, in what share of trials any, and its part of all damage."""

    cause: str
    damage_d: Mean
    any: Share
    part: float


class Relief(NamedTuple):
    """By how much a figure's mean is greater with a cause than without it."""

    cause: str
    figure: Figure
    change: Mean


def damages(sample: Sample) -> tuple[Damage, ...]:
    """Each cause by the record, in the order of the causes."""
    damage_d = sample.trials.damage_d
    total_d = float(damage_d.sum())
    return tuple(
        Damage(
            cause,
            mean(damage_d[:, at]),
            share(int((damage_d[:, at] > 0).sum()), sample.count),
            float(damage_d[:, at].sum()) / total_d if total_d > 0 else 0.0,
        )
        for at, cause in enumerate(sample.names.causes)
    )


def reliefs(sample: Sample, without: Mapping[str, Sample]) -> tuple[Relief, ...]:
    """Each figure for each cause that was left out."""
    return tuple(
        Relief(cause, figure, change(figure, sample, muted))
        for cause, muted in without.items()
        for figure in FIGURES
    )
