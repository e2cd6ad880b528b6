"""A search that begins near what an earlier one found, where a part of it could not be flown as it was."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

import numpy as np

from moonwright.optimise.highs import Answer, Limits, gap_to, solve
from moonwright.optimise.model import Floats, Model, with_whole_held
from moonwright.optimise.problem import Problem
from moonwright.plan import Rank, Stopped

AROUND = 6  # periods before and after a refused flight in which all may be decided anew; measured on the benchmarks


@dataclass(frozen=True)
class Near:
    """Values of an earlier search by column, NaN where they are to be found anew.

    `bound` is what that search proved of its first aim, named `aim`: it holds for every model that only forbids more.
    `stopped` is what ended that search: where it was a limit, nobody searches on from here beyond what was refused.
    """

    values: Floats
    aim: str
    bound: float
    stopped: Stopped


def near(before: Problem, values: Floats, now: Problem, refused: Collection[int], opened: Rank) -> Near:
    """What is known of a problem from an earlier one that differs by rows, or by arcs taken apart.

    `refused`: periods in which flights left that could not be flown as they were. `opened`: the first aim of that search.
    """
    known = dict(zip(before.columns.labels, values, strict=True))
    found = np.array([known.get(label, np.nan) for label in now.columns.labels])
    opening = np.array(now.columns.openings)
    for k in refused:
        found[np.abs(opening - k) <= AROUND] = np.nan
    return Near(found, opened.name, opened.bound, opened.stopped)


def completed_near(model: Model, costs: Floats, offset: float, known: Near, limits: Limits) -> Answer | None:
    """The best plan that keeps the whole values known, its bound that of the earlier search; None where there is none."""
    held = model.whole & ~np.isnan(known.values)
    part = with_whole_held(model, held, np.nan_to_num(known.values))
    answer = solve(part, costs, limits, offset=offset)
    if not answer.values.size:
        return None
    gap = gap_to(known.bound, answer.objective)
    if gap <= limits.gap:
        return replace(answer, bound=known.bound, gap=gap, status="optimal", stopped="gap")
    return replace(answer, bound=known.bound, gap=gap, status="feasible", stopped=known.stopped)
