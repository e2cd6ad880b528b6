"""Figures: what a trial comes to in one number, so that causes and numbers can be weighed against each other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from moonwright.ensemble.estimate import Mean, mean
from moonwright.ensemble.sample import Sample

Floats = NDArray[np.float64]


class Figure(NamedTuple):
    """One number a trial. `unit` "" means a probability: the number is 0 or 1."""

    key: str
    name: str
    unit: str
    of: Callable[[Sample], Floats]


FIGURES: Final = (
    Figure("late_d", "days late, all milestones together", "d", lambda s: np.asarray(s.late_d.sum(axis=1))),
    Figure("late", "some milestone late", "", lambda s: np.asarray(~s.all_on_time, dtype=np.float64)),
    Figure(
        "crew_lost",
        "some place without its crew",
        "",
        lambda s: np.asarray(s.crew_lost.any(axis=1), dtype=np.float64),
    ),
    Figure("crew_surface_d", "crew surface days", "crew-days", lambda s: s.trials.crew_surface_d),
    Figure("cost_musd", "cost", "MUSD", lambda s: s.trials.cost_musd),
)


def change(figure: Figure, one: Sample, other: Sample) -> Mean:
    """By how much a figure's mean is greater in `one`, over the trials that both have.

    Trials of one number share their draws, so the error is that of the differences, trial by trial.
    """
    both = min(one.count, other.count)
    return mean(figure.of(one)[:both] - figure.of(other)[:both])
