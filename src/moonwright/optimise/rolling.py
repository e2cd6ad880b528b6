"""A first plan by rolling windows: whole decisions near, fractional ones far, the past fixed."""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np

from moonwright.optimise.highs import Limits, Progress, solve
from moonwright.optimise.model import Floats, Model
from moonwright.optimise.problem import Problem

WINDOW, STEP = 18, 9  # periods decided at once, and kept of them; measured on the station's nine years
_GAP = 0.003  # of one window: finer is lost in what the next window changes
LARGE = 1500  # whole columns above which a cold start is slower than rolling


def roll(
    problem: Problem, model: Model, costs: Floats, offset: float, time_s: float, progress: Progress | None
) -> Floats | None:
    """Values of a whole plan, or None where some window finds none. Later windows see all that earlier ones fixed."""
    began, last = time.perf_counter(), problem.last
    opening = np.array(problem.columns.openings)
    values: Floats = np.zeros(len(costs))
    starts = range(0, max(1, last - WINDOW + STEP), STEP)
    for n, first in enumerate(starts):
        past, near = opening < first, opening < first + WINDOW
        final = n == len(starts) - 1
        kept = model.whole & past
        window = replace(
            model,
            column_lower=np.where(kept, np.round(values), model.column_lower),
            column_upper=np.where(kept, np.round(values), model.column_upper),
            whole=model.whole & ~past & (near | final),
        )
        left_s = time_s - (time.perf_counter() - began)
        limits = Limits(_GAP, max(1.0, left_s / (len(starts) - n)), first_by_s=max(1.0, left_s))
        answer = solve(window, costs, limits, offset=offset)
        if not answer.values.size:
            return None
        values = answer.values
        if progress and final:
            progress(time.perf_counter() - began, answer.objective, -np.inf, np.inf)
    return values
