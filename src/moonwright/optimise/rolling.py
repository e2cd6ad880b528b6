"""A first plan by rolling windows: whole decisions near, fractional ones ahead, the past fixed, the far future unseen."""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from moonwright.optimise.highs import Limits, Progress, solve
from moonwright.optimise.model import Floats, Model
from moonwright.optimise.problem import Problem

# Periods decided at once, seen beyond, and kept; measured on the station's nine years.
WINDOW, AHEAD, STEP = 12, 9, 6
LARGE = 300  # whole columns above which a cold start is slower than rolling
_SETTLE = 0.25  # a window that has a plan stops after this share of its part of the time
_GAP = 0.01  # of one window: finer is lost in what the next window changes


def roll(
    problem: Problem, model: Model, costs: Floats, offset: float, limits: Limits, progress: Progress | None
) -> Floats | None:
    """Values of a whole plan, or None where some window finds none. Every window sees all that earlier ones fixed.

    Where what was fixed leaves a window no way on, some of it is decided anew with the window, then more, then all.
    The windows share the seconds of `limits`; a limit on nodes is for each of them.
    """
    began, last = time.perf_counter(), problem.last
    opening = np.array(problem.columns.openings)
    values: Floats = np.zeros(len(costs))
    objective = np.inf
    begins = _begins(model, opening)
    firsts = range(begins, max(begins + 1, last - WINDOW + STEP), STEP)
    for n, first in enumerate(firsts):
        final = n == len(firsts) - 1
        seen = opening <= (last if final else first + WINDOW + AHEAD)
        near = seen if final else opening < first + WINDOW
        for back in sorted({0, min(first, STEP), min(first, 3 * STEP), first}):
            past = opening < first - back
            window = _window(model, values, past, near, seen)
            left_s = limits.time_s - (time.perf_counter() - began)
            share_s = max(1.0, _SETTLE * left_s / (len(firsts) - n))
            answer = solve(
                window, costs * seen, limits.part(left_s, gap=_GAP, settle_s=share_s), offset=offset
            )
            if answer.status != "infeasible":
                break
        if not answer.values.size:
            return None
        values, objective = answer.values, answer.objective
    if progress:
        progress(time.perf_counter() - began, objective, -np.inf, np.inf)
    return values


def _begins(model: Model, opening: NDArray[np.int_]) -> int:
    """The first period in which something whole is open: a past that is fixed needs no window, and bears none."""
    is_open = opening[model.whole & (model.column_lower < model.column_upper)]
    return int(is_open.min(initial=opening.max(initial=0)))


def _window(
    model: Model, values: Floats, past: NDArray[np.bool_], near: NDArray[np.bool_], seen: NDArray[np.bool_]
) -> Model:
    """The model in which the past is as decided, what is near is whole, what is seen beyond may be divided."""
    kept = model.whole & past
    return replace(
        _rows_within(model, seen),
        column_lower=np.where(kept, np.round(values), model.column_lower),
        column_upper=np.where(kept, np.round(values), np.where(seen, model.column_upper, 0.0)),
        whole=model.whole & ~kept & near,
    )


def _rows_within(model: Model, seen: NDArray[np.bool_]) -> Model:
    """The model as far as it is seen: of a row that speaks of unseen columns too, the side that they could not help.

    They are at nought now and never below: where all of them add, what is seen keeps to the row's most; where all of
    them take away, to its least.
    """
    sizes = np.diff(model.starts)
    row_of = np.repeat(np.arange(len(sizes)), sizes)
    unseen = ~seen[model.indices]
    adds, takes = (np.zeros(len(sizes), dtype=bool) for _ in range(2))
    adds[row_of[unseen & (model.values > 0.0)]] = True
    takes[row_of[unseen & (model.values < 0.0)]] = True
    row_lower = np.where(adds, -np.inf, model.row_lower)
    row_upper = np.where(takes, np.inf, model.row_upper)
    says = np.isfinite(row_lower) | np.isfinite(row_upper)
    entries = says[row_of]
    return replace(
        model,
        row_lower=row_lower[says],
        row_upper=row_upper[says],
        row_labels=(),
        starts=np.concatenate([[0], np.cumsum(sizes[says])]).astype(np.int32),
        indices=model.indices[entries],
        values=model.values[entries],
    )
