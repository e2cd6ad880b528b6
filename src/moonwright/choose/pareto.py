"""Cost against something else: plans none of which is better in both, from the cheapest to the best in the other.

The two ends come first: the cheapest plan, and the plan best in the other measure (the cheapest of those). Between them, the
measure is held at levels evenly apart, and the cost made least at each (the epsilon-constraint method of Haimes,
Lasdon and Wismer 1971); then the measure is made as good as that cost allows. Shortfalls are held all the while. Every
point is a task of its own that knows only the scenario and the ends, so that any number of workers gives the same answer.
"""

from __future__ import annotations

import math
import multiprocessing
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace

import numpy as np

from moonwright.choose.axis import Axis, aim_of, measured, posed_for
from moonwright.choose.held import aims_of, holding, reached, worth
from moonwright.choose.result import Result, replayed
from moonwright.network.expand import expand
from moonwright.optimise.highs import Answer, Limits, Progress, solve
from moonwright.optimise.model import Floats, Model, costs_of, with_row
from moonwright.optimise.optimise import optimise
from moonwright.optimise.problem import Problem
from moonwright.optimise.ranks import HELD, Aim, Found, polished
from moonwright.optimise.recall import completed, recall
from moonwright.optimise.row import at_most
from moonwright.optimise.strength import strengthened
from moonwright.plan import Plan, Rank
from moonwright.scenario.scenario import Scenario
from moonwright.world.observe import observe

_SAME = 1e-6  # relative: values closer than this are one
_SHARE = 0.6  # of a point's time for its first aim; the rest for the second


@dataclass(frozen=True)
class Point:
    """A plan, its cost and its measure. `level`: the measure that was asked for (None: the measure made best)."""

    result: Result
    cost_musd: float
    measure: float
    level: float | None

    @property
    def rank(self) -> Rank:
        """The cost: value, proven bound at this level, gap."""
        return self.result.plan.outcome.last


@dataclass(frozen=True)
class Front:
    """Points from the cheapest on. `dominated`: measures of plans that another beats; `failed`: levels without a plan."""

    axis: Axis
    points: tuple[Point, ...]
    dominated: tuple[float, ...]
    failed: tuple[float, ...]


@dataclass(frozen=True)
class _Task:
    """One point: the cost made least with the (signed) measure at most `level`; None: the measure first."""

    scenario: Scenario
    axis: Axis
    ranks: tuple[Rank, ...]
    start: Plan
    level: float | None
    limits: Limits


def pareto(
    scenario: Scenario, best: Plan, axis: Axis, *, points: int, limits: Limits, workers: int = 1
) -> Front:
    """Up to `points` plans along the trade of cost for a measure, `best` being the cheapest plan known.

    `limits` are those of one point.
    """
    posed = posed_for(scenario, axis)
    ranks = (*(rank for rank in best.outcome.ranks if rank.name.startswith("shortfall")),)
    base = _Task(posed, axis, ranks, best, None, limits)
    cheapest, other = _made([replace(base, level=math.inf), base], min(workers, 2))
    if cheapest is None or other is None:
        found = [point for point in (cheapest, other) if point is not None]
        return Front(axis, _undominated(axis, found), (), ())
    ends = axis.sign * cheapest.measure, axis.sign * other.measure
    levels = [float(level) for level in np.linspace(*ends, points)[1:-1]] if points > 2 else []
    if abs(ends[0] - ends[1]) <= _SAME * max(1.0, abs(ends[0])):
        levels = []
    start = other.result.plan  # it is a plan at every level between the ends
    between = _made([replace(base, level=level, start=start) for level in levels], workers)
    found = [point for point in (cheapest, *between, other) if point is not None]
    kept = _undominated(axis, found)
    beaten = tuple(point.measure for point in found if all(point is not other for other in kept))
    failed = tuple(axis.sign * x for x, point in zip(levels, between, strict=True) if point is None)
    return Front(axis, kept, beaten, failed)


def _made(tasks: Sequence[_Task], workers: int) -> list[Point | None]:
    """The points of tasks, in their order, each worked out by itself."""
    if workers <= 1 or len(tasks) <= 1:
        return [_point(task) for task in tasks]
    context = multiprocessing.get_context("spawn")  # the same on every system; nothing is shared but the task
    with ProcessPoolExecutor(min(workers, len(tasks)), mp_context=context) as pool:
        return list(pool.map(_point, tasks))


def _undominated(axis: Axis, found: Sequence[Point]) -> tuple[Point, ...]:
    """Points that no other beats, from the cheapest on."""
    kept: list[Point] = []
    for point in sorted(found, key=lambda p: (p.cost_musd, axis.sign * p.measure)):
        tolerance = _SAME * max(1.0, abs(point.measure))
        if all(axis.sign * point.measure < axis.sign * other.measure - tolerance for other in kept):
            kept.append(point)
    return tuple(kept)


def _point(task: _Task) -> Point | None:
    network = expand(observe(task.scenario))

    def searched(problem: Problem, model: Model, limits: Limits, progress: Progress | None) -> Found:
        return _searched(task, problem, model, limits)

    plan = optimise(network, task.limits, search=searched).plan
    if plan is None:
        return None
    result = replayed("", task.scenario, plan)
    return Point(result, plan.outcome.last.value, measured(task.axis, result), task.level)


def _searched(task: _Task, problem: Problem, model: Model, limits: Limits) -> Found:
    """Shortfalls held: cost at a level of the measure, then the measure at that cost; or the other way round."""
    (cost,) = aims_of(problem, [Rank(name="cost", value=0.0, bound=0.0, gap=0.0, unit="MUSD")])
    measure = aim_of(problem, task.axis)
    model = holding(problem, model, task.ranks)
    if task.level is not None and math.isfinite(task.level):
        model = _capped(model, measure, task.level)
    model = strengthened(problem, model)
    first, second = (measure, cost) if task.level is None else (cost, measure)
    start = completed(problem, model, costs_of(model, first.terms), recall(problem, task.start))
    answers: list[Answer] = []
    for aim, share in ((first, _SHARE), (second, 1.0 - _SHARE)):
        part = limits.part(limits.time_s, share)
        answer = solve(model, costs_of(model, aim.terms), part, offset=aim.constant, start=start)
        if not answer.values.size:
            return Found(answer, (), "")
        start, model = answer.values, _capped(model, aim, answer.objective)
        answers.append(answer)
    priced = answers[1] if task.level is None else answers[0]
    return _found(task, problem, cost, priced, polished(model, cost, answers[1].values))


def _capped(model: Model, aim: Aim, most: float) -> Model:
    """The model in which an aim is no worse than `most`, but for the solver's tolerance."""
    loose = HELD * (1.0 + abs(most))
    return with_row(model, "at_most", at_most((aim.name,), aim.terms, most - aim.constant + loose))


def _found(task: _Task, problem: Problem, cost: Aim, priced: Answer, values: Floats) -> Found:
    rank = Rank(
        name=cost.name,
        value=worth(cost, values),
        bound=priced.bound,
        gap=priced.gap,
        unit=cost.unit,
        stopped=priced.stopped,
    )
    told = "made best" if task.level is None else "left free" if math.isinf(task.level) else "held at a level"
    kept = reached(problem, (*task.ranks, rank), values)
    return Found(replace(priced, values=values), kept, f"cost made least, {task.axis.name} {told}")
