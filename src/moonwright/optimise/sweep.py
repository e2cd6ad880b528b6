"""A plan made better piece by piece: a stretch of periods is decided anew while all others stay, from first to last."""

from __future__ import annotations

import time

import numpy as np

from moonwright.optimise.highs import Limits, Progress, solve
from moonwright.optimise.model import Floats, Model, with_whole_held
from moonwright.optimise.problem import Problem

# Periods decided anew at once, and how far the next stretch begins; measured on the lunar base and the station.
STRETCH, STEP = 18, 9
_GAP = 0.002  # of one stretch: finer costs more time than it saves money
_MOST_S = 3.0  # for one stretch: what is found later is rare


def swept(
    problem: Problem,
    model: Model,
    costs: Floats,
    offset: float,
    values: Floats,
    limits: Limits,
    progress: Progress | None,
) -> Floats:
    """Values no worse than those given. The stretches share the seconds of `limits`; a limit on nodes is for each."""
    began = time.perf_counter()
    opening = np.array(problem.columns.openings)
    objective = float(costs @ values)
    firsts = range(0, max(1, problem.last - STRETCH + STEP), STEP)
    for n, first in enumerate(firsts):
        left_s = limits.time_s - (time.perf_counter() - began)
        if left_s <= 0.0:
            break
        anew = (opening >= first) & (opening < first + STRETCH)
        part = with_whole_held(model, model.whole & ~anew, values)
        share = 2.0 / (len(firsts) - n)  # most stretches are done at once and leave their share to the others
        answer = solve(
            part, costs, limits.part(left_s, min(1.0, share), gap=_GAP), offset=offset, start=values
        )
        if answer.values.size and float(costs @ answer.values) < objective:
            values, objective = answer.values, float(costs @ answer.values)
            if progress:
                progress(time.perf_counter() - began, objective + offset, -np.inf, np.inf)
    return values
