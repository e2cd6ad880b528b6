"""The least of an aim in a changed model, beginning from a plan that was made for the unchanged one."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from moonwright.optimise.highs import Answer, Limits, solve
from moonwright.optimise.model import Floats, Model, dense, divisible, with_whole_held
from moonwright.optimise.problem import Problem
from moonwright.optimise.ranks import Aim
from moonwright.optimise.recall import Recalled, completed
from moonwright.optimise.rolling import LARGE, roll

_LEAST_S = 1.0  # for one solve
_NEAR_SHARE = 0.6  # of the time left, for plans near the known one
_BEFORE, _AFTER = 6, 9  # periods around a change in which a plan is mended first
_ROLLING_SHARE = 0.6  # of the time left, for a first plan by rolling windows where there is none near
_SAME = 1e-6  # counts closer than this are one


@dataclass(frozen=True)
class Start:
    """Where a search begins: a plan, and the period around which it must be mended (None: nobody knows)."""

    recalled: Recalled
    around: int | None


def seek(problem: Problem, model: Model, aim: Aim, begin: Start, time_s: float) -> Answer:
    """The least of an aim, beginning from a plan where the model allows it.

    A large problem is first solved as if flights were divisible, which bounds it; then near the plan; then as it is.
    """
    ends = time.perf_counter() + time_s
    costs = dense(problem, aim.terms)
    start = completed(problem, model, costs, begin.recalled)
    if model.whole.sum() <= LARGE:
        return solve(model, costs, Limits(0.0, left_s(ends)), offset=aim.constant, start=start)
    least = solve(divisible(model), costs, Limits(0.0, time_s), offset=aim.constant)
    if least.status == "infeasible":
        return least
    for near in _near(problem, model, begin, least.values):
        limits = Limits(0.0, _NEAR_SHARE * left_s(ends))
        found = solve(near, costs, limits, offset=aim.constant, start=start).values
        if found.size and (start is None or costs @ found < costs @ start):
            start = found
    if start is None:
        start = roll(problem, model, costs, aim.constant, Limits(0.0, _ROLLING_SHARE * left_s(ends)), None)
    answer = solve(model, costs, Limits(0.0, left_s(ends)), offset=aim.constant, start=start)
    bound = max(answer.bound, least.objective) if least.values.size else answer.bound
    return replace(answer, bound=bound)


def _near(problem: Problem, model: Model, begin: Start, divisible: Floats) -> Iterator[Model]:
    """The model with most decisions fixed as in a plan: outside a window in time, then where `divisible` agrees.

    The latter is RINS (Danna, Rothberg and Le Pape 2005).
    """
    decided = begin.recalled.decided
    if begin.around is not None:
        first, last = begin.around - _BEFORE, begin.around + _AFTER
        opening = problem.columns.openings
        yield _fixed(model, {c: v for c, v in decided.items() if not first <= opening[c] <= last})
    if divisible.size:
        yield _fixed(model, {c: v for c, v in decided.items() if abs(divisible[c] - v) <= _SAME})


def _fixed(model: Model, decided: Mapping[int, float]) -> Model:
    columns = [column for column in decided if model.whole[column]]
    fixed, values = np.zeros_like(model.whole), np.zeros(len(model.whole))
    fixed[columns], values[columns] = True, [decided[column] for column in columns]
    return with_whole_held(model, fixed, values)


def left_s(ends: float) -> float:
    """Seconds until a moment, and never less than one solve needs."""
    return max(_LEAST_S, ends - time.perf_counter())
