"""Stocks from day to day over some trials, beside the plan's: what a fan is drawn from."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from moonwright.ensemble.ensemble import Ensemble
from moonwright.ensemble.measure import covers
from moonwright.trial.history import as_days
from moonwright.trial.programme import Programme

_TRIALS = 100  # each is carried out once more with its notes kept; a band of 5 to 95 % needs no more
_STOCKS = 6
_POINTS = 200  # more than a chart shows


class Course(NamedTuple):
    """A stock at the end of some days: by trial (rows), and as planned."""

    node: str
    resource: str
    days_d: NDArray[np.int64]
    stock_kg: NDArray[np.float64]
    planned_kg: NDArray[np.float64]


def courses(programme: Programme, one: Ensemble) -> tuple[Course, ...]:
    """The stocks that came nearest to their end, over the first trials, tightest first."""
    tight = sorted(covers(one.sample), key=lambda cover: cover.least_d.low.value)[:_STOCKS]
    if not tight:
        return ()
    days = np.arange(0, programme.horizon_d, max(1, programme.horizon_d // _POINTS))
    trials = [as_days(programme, one.asked.seed, trial) for trial in range(min(_TRIALS, one.sample.count))]
    rows = {stock: row for row, stock in enumerate(programme.stocks)}
    return tuple(
        Course(
            node,
            resource,
            days,
            np.array([trial[node, resource][days] for trial in trials]),
            programme.tables.planned_kg[rows[node, resource]][days],
        )
        for node, resource in ((cover.node, cover.resource) for cover in tight)
    )
