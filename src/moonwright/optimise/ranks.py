"""One rank after the other: shortfalls first, then the aims; each holds what the earlier ones reached."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

from moonwright.optimise import demand, flight, money
from moonwright.optimise.highs import Answer, Limits, Progress, solve
from moonwright.optimise.model import Floats, Model, dense, with_row, with_whole_fixed
from moonwright.optimise.problem import Problem
from moonwright.optimise.rolling import LARGE, roll
from moonwright.optimise.row import Terms
from moonwright.optimise.strength import strengthened
from moonwright.plan import Rank

_POLISH_S = 60.0  # for the last LP, at least: it takes a second or two
_ROLLING_SHARE = 0.8  # of the time left, at most, for a first plan by rolling windows
HELD = 1e-6  # how far a held rank may drift, relative: solver tolerance


@dataclass(frozen=True)
class Aim:
    """Something to make least: terms + constant, in `unit`."""

    name: str
    terms: Terms
    constant: float
    unit: str


@dataclass(frozen=True)
class Found:
    """The best values found, rank by rank; `values` empty where there is no plan. `strategy` tells what was tried.

    `first_s` is how long the search ran before it had a plan.
    """

    answer: Answer
    ranks: tuple[Rank, ...]
    strategy: str
    first_s: float | None = None


def aims(problem: Problem) -> tuple[list[Aim], list[Aim]]:
    """(shortfalls by rank, aims of the objective)."""
    shortfalls = [
        Aim(f"shortfall {r}", demand.shortfall(problem, r), 0.0, "weighted") for r in demand.ranks(problem)
    ]
    goals = []
    for name in problem.scenario.objective.minimise:
        if name == "cost":
            goals.append(Aim("cost", *money.cost(problem), "MUSD"))
        elif name == "imleo":
            goals.append(Aim("imleo", flight.imleo(problem), 0.0, "kg"))
        else:
            goals.append(Aim("finish", [(problem.finish, 1.0)], 0.0, "d"))
    return shortfalls, goals


def search(problem: Problem, model: Model, limits: Limits, progress: Progress | None) -> Found:
    """Try first to leave nothing short; only where that fails, make shortfalls least rank by rank."""
    shortfalls, goals = aims(problem)
    clock = _Clock(time.perf_counter(), limits.time_s)
    if shortfalls:
        none_short = strengthened(problem, _without_shortfall(problem, model))
        first = replace(limits, first_by_s=0.5 * limits.time_s)  # not heeded where nodes are limited
        found = _in_turn(problem, none_short, goals, first, clock, progress)
        if found.answer.values.size:
            met = tuple(
                Rank(name=aim.name, value=0.0, bound=0.0, gap=0.0, unit=aim.unit, kept=0.0)
                for aim in shortfalls
            )
            return replace(found, ranks=met + found.ranks, strategy=f"every demand met; {found.strategy}")
    how = "shortfalls made least rank by rank" if shortfalls else "all demands hard"
    found = _in_turn(problem, strengthened(problem, model), [*shortfalls, *goals], limits, clock, progress)
    return replace(found, strategy=f"{how}; {found.strategy}")


@dataclass(frozen=True)
class _Clock:
    """When the search began, and how long it may take."""

    began: float
    time_s: float

    @property
    def gone_s(self) -> float:
        """Seconds since the search began."""
        return time.perf_counter() - self.began

    @property
    def left_s(self) -> float:
        """Seconds left, one at least."""
        return max(1.0, self.time_s - self.gone_s)

    def told(self, progress: Progress | None) -> Progress | None:
        """Progress of a part of the search, told by the clock of the whole."""
        if progress is None:
            return None
        before_s = self.gone_s
        return lambda seconds, objective, bound, gap: progress(before_s + seconds, objective, bound, gap)


def _without_shortfall(problem: Problem, model: Model) -> Model:
    upper = model.column_upper.copy()
    upper[list(problem.short.values())] = 0.0
    return replace(model, column_upper=upper)


def _in_turn(
    problem: Problem,
    model: Model,
    turns: list[Aim],
    limits: Limits,
    clock: _Clock,
    progress: Progress | None,
) -> Found:
    slack = float(problem.scenario.objective.slack)
    start: Floats | None = None
    first_s: float | None = None
    ranks: list[Rank] = []
    answer: Answer | None = None
    rolls = bool(model.whole.sum() > LARGE)
    for turn, aim in enumerate(turns):
        share = 1.0 if turn == len(turns) - 1 else 0.5  # of the time left: a later turn wants some too
        costs = dense(problem, aim.terms)
        if start is None and rolls:
            rolling = limits.part(clock.left_s, _ROLLING_SHARE * share)
            start = roll(problem, model, costs, aim.constant, rolling, clock.told(progress))
            first_s = None if start is None else clock.gone_s
        now = limits.part(clock.left_s, share, settle_s=limits.settle_s, first_by_s=limits.first_by_s)
        before_s = clock.gone_s
        answer = solve(model, costs, now, offset=aim.constant, start=start, progress=clock.told(progress))
        if not answer.values.size:
            return Found(answer, tuple(ranks), "")
        if first_s is None:
            first_s = before_s + (answer.wall_s if answer.first_s is None else answer.first_s)
        last = turn == len(turns) - 1
        loose = 0.0 if last or aim.name.startswith("shortfall") else slack
        ranks.append(_rank(aim, answer, loose))
        start = answer.values
        model = with_row(model, f"held[{aim.name}]", aim.terms, _held(aim, answer, loose))
    assert answer is not None
    answer = _polished(problem, model, turns[-1], answer, limits.part(clock.left_s))
    ranks[-1] = ranks[-1].model_copy(update={"value": answer.objective, "gap": answer.gap})
    kept = [float(dense(problem, aim.terms) @ answer.values) + aim.constant for aim in turns]
    told = [rank.model_copy(update={"kept": value}) for rank, value in zip(ranks, kept, strict=True)]
    how = "rolling windows, then the whole campaign" if rolls else "the whole campaign at once"
    return Found(answer, tuple(told), how, first_s)


def _rank(aim: Aim, answer: Answer, slack: float) -> Rank:
    return Rank(
        name=aim.name,
        value=answer.objective,
        bound=answer.bound,
        gap=answer.gap,
        unit=aim.unit,
        slack=slack,
        stopped=answer.stopped,
    )


def _held(aim: Aim, answer: Answer, slack: float) -> float:
    """The most that a rank's terms may come to from now on: what was reached, its slack, and the solver's tolerance.

    The slack is a fraction of the rank's value, as the rank says it, constant and all.
    """
    reached = answer.objective - aim.constant
    heaviest = max((abs(weight) for _, weight in aim.terms), default=0.0)
    return reached + slack * abs(answer.objective) + HELD * (abs(reached) + min(1.0, heaviest))


def _polished(problem: Problem, model: Model, aim: Aim, answer: Answer, limits: Limits) -> Answer:
    """The same whole decisions with continuous ones solved anew: no rounding dust in the plan."""
    fixed = with_whole_fixed(model, answer.values)
    enough = replace(limits, gap=0.0, time_s=max(_POLISH_S, limits.time_s))
    again = solve(fixed, dense(problem, aim.terms), enough, offset=aim.constant)
    if not again.values.size:
        return answer
    gap = max(0.0, again.objective - answer.bound) / max(abs(again.objective), 1e-9)
    return replace(answer, values=again.values, objective=again.objective, gap=gap)
