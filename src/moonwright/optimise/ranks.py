"""One rank after the other: shortfalls first, then the aims; each holds what the earlier ones reached."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, replace

from moonwright.optimise import demand, flight, money
from moonwright.optimise.highs import Answer, Limits, Progress, gap_to, solve
from moonwright.optimise.model import Floats, Model, costs_of, dense, with_row, with_whole_fixed
from moonwright.optimise.near import Near, completed_near
from moonwright.optimise.problem import Problem
from moonwright.optimise.rolling import LARGE, roll
from moonwright.optimise.row import Terms, at_most
from moonwright.optimise.strength import strengthened
from moonwright.optimise.sweep import swept
from moonwright.optimise.worth import lost_worth, weighed
from moonwright.plan import Rank

_POLISH_S = 60.0  # for the last LP, at least: it takes a second or two
_HOPE_SHARE = 0.5  # of the time limit, for a plan with nothing short; not heeded where nodes are limited
_ROLLING_SHARE = 0.8  # of the time left, at most, for a first plan by rolling windows
_SWEEPING_SHARE = 0.7  # of the time left, at most, to make that plan better piece by piece
_LAST_SWEEP = 0.15  # of the time left for the last aim, kept back to sweep what the solver ends with
_NEAR_SHARE = 0.5  # of the time left, at most, for a first plan near a known one
_EARLIER_SHARE = 0.5  # of the time left, for each aim but the last: a later one wants some too
HELD = 1e-6  # how far a held rank may drift, relative: solver tolerance
_NOTHING = 1e-9  # a shortfall below this is none


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

    `first_s` is how long the search ran before it had a plan; `opened` what it proved of the aim it began with.
    """

    answer: Answer
    ranks: tuple[Rank, ...]
    strategy: str
    first_s: float | None = None
    opened: Rank | None = None


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
        elif name == "net":
            (spent, paid), (missed, had) = money.cost(problem), lost_worth(problem)
            goals.append(Aim("net", [*spent, *missed], paid + had, "MUSD"))
        else:
            goals.append(Aim("finish", [(problem.finish, 1.0)], 0.0, "d"))
    return shortfalls, goals


def search(
    problem: Problem,
    model: Model,
    limits: Limits,
    progress: Progress | None,
    known: Near | None = None,
    *,
    hopeful: bool = True,
) -> Found:
    """Try first to leave nothing short; only where that fails, make shortfalls least rank by rank.

    `known`: what an earlier search of nearly the same model found; a shortfall that it could not avoid is not tried again.
    Nor is it where the caller knows that there is no hope.
    """
    shortfalls, goals = aims(problem)
    task = _Task(problem, limits, _Clock(time.perf_counter(), limits.time_s), progress, known)
    if shortfalls and hopeful and (known is None or known.aim == goals[0].name):
        trial = replace(task, limits=replace(limits, first_by_s=_HOPE_SHARE * limits.time_s))
        found = _in_turn(trial, strengthened(problem, without_shortfall(problem, model)), goals)
        if found.answer.values.size:
            met = tuple(
                Rank(name=aim.name, value=0.0, bound=0.0, gap=0.0, unit=aim.unit, kept=0.0)
                for aim in shortfalls
            )
            return replace(found, ranks=met + found.ranks, strategy=f"every demand met; {found.strategy}")
    found = _in_turn(task, strengthened(problem, model), [*shortfalls, *goals])
    how = "shortfalls made least rank by rank" if shortfalls else "all demands hard"
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


@dataclass(frozen=True)
class _Task:
    """What all turns of a search share."""

    problem: Problem
    limits: Limits
    clock: _Clock
    progress: Progress | None
    known: Near | None

    def costs(self, aim: Aim) -> Floats:
        """What an aim's terms weigh, by column."""
        return dense(self.problem, aim.terms)


def without_shortfall(problem: Problem, model: Model) -> Model:
    """The model in which nothing may be short but what is weighed by its worth."""
    upper, scenario = model.column_upper.copy(), problem.scenario
    ranked = [at for (name, _), at in problem.short.items() if not weighed(scenario, scenario.demands[name])]
    upper[ranked] = 0.0
    return replace(model, column_upper=upper)


def _in_turn(task: _Task, model: Model, turns: list[Aim]) -> Found:
    """Each aim made least in its turn, earlier ones held."""
    limits, clock = task.limits, task.clock
    slack = float(task.problem.scenario.objective.slack)
    answer = _opening(task, model, turns[0])
    first_s = answer.first_s if answer is not None else None
    only_mended = task.known is not None and task.known.stopped != "gap"
    ranks: list[Rank] = []
    for turn, aim in enumerate(turns):
        last = turn == len(turns) - 1
        if turn or answer is None or (answer.gap > limits.gap and not only_mended):
            before_s = clock.gone_s
            share = 1.0 if last else _EARLIER_SHARE
            now = limits.part(clock.left_s, share, settle_s=limits.settle_s, first_by_s=limits.first_by_s)
            answer = _solved(task, model, aim, now, None if answer is None else answer.values)
            if not answer.values.size:
                return Found(answer, tuple(ranks), "")
            first_s = before_s + (answer.first_s or answer.wall_s) if first_s is None else first_s
        answer = _worth(answer, polished(model, aim, answer.values, clock.left_s), task.costs(aim), aim)
        loose = 0.0 if last or aim.name.startswith("shortfall") else slack
        ranks.append(_rank(aim, answer, loose))
        model = held(model, aim, answer.objective, loose)
    assert answer is not None
    kept = [float(task.costs(aim) @ answer.values) + aim.constant for aim in turns]
    told = [rank.model_copy(update={"kept": value}) for rank, value in zip(ranks, kept, strict=True)]
    return Found(answer, tuple(told), _how(model, task.known), first_s, ranks[0])


def _opening(task: _Task, model: Model, aim: Aim) -> Answer | None:
    """A plan to begin with: near the known one, or by rolling windows; None where the model is small or none is found."""
    costs, limits, clock, known = task.costs(aim), task.limits, task.clock, task.known
    if known is not None and known.aim == aim.name:
        share = _NEAR_SHARE if known.stopped == "gap" else 1.0
        answer = completed_near(model, costs, aim.constant, known, limits.part(clock.left_s, share))
        if answer is not None:
            return replace(answer, first_s=clock.gone_s)
    if model.whole.sum() <= LARGE:
        return None
    part = limits.part(clock.left_s, _ROLLING_SHARE)
    values = roll(task.problem, model, costs, aim.constant, part, clock.told(task.progress))
    if values is None:
        return None
    first_s = clock.gone_s
    part = limits.part(clock.left_s, _SWEEPING_SHARE)
    told = clock.told(task.progress)
    values, bound = swept(task.problem, model, costs, aim.constant, values, part, told)
    return _worth(
        Answer("feasible", values, math.inf, bound, math.inf, clock.gone_s, first_s), values, costs, aim
    )


def _solved(task: _Task, model: Model, aim: Aim, limits: Limits, start: Floats | None) -> Answer:
    """The whole model solved; where the clock ends that on a large one, what time is kept back goes to another sweep."""
    began, progress, costs = time.perf_counter(), task.clock.told(task.progress), task.costs(aim)
    large = model.whole.sum() > LARGE
    share = 1.0 - _LAST_SWEEP if large else 1.0
    first = limits.part(limits.time_s, share, settle_s=limits.settle_s, first_by_s=limits.first_by_s)
    answer = solve(model, costs, first, offset=aim.constant, start=start, progress=progress)
    if not (large and answer.values.size and answer.stopped == "time" and limits.nodes is None):
        return answer
    left = limits.part(limits.time_s - (time.perf_counter() - began))
    values, bound = swept(
        task.problem, model, costs, aim.constant, answer.values, left, progress, bound=answer.bound
    )
    return _worth(replace(answer, bound=bound), values, costs, aim)


def _worth(answer: Answer, values: Floats, costs: Floats, aim: Aim) -> Answer:
    """The answer with other values, against the same bound."""
    objective = float(costs @ values) + aim.constant
    return replace(answer, values=values, objective=objective, gap=gap_to(answer.bound, objective))


def _how(model: Model, known: Near | None) -> str:
    if known is not None:
        return "near an earlier search, of which a part could not be flown"
    if model.whole.sum() > LARGE:
        return "rolling windows, a sweep, then the whole campaign"
    return "the whole campaign at once"


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


def held(model: Model, aim: Aim, value: float, slack: float) -> Model:
    """The model in which an aim stays at the value it reached, but for a slack, a fraction of it, and the tolerance.

    A shortfall of nothing stays nothing: a bound a hair above it misleads the solver's presolve.
    """
    if aim.name.startswith("shortfall") and value <= _NOTHING:
        upper = model.column_upper.copy()
        upper[[column for column, _ in aim.terms]] = 0.0
        return replace(model, column_upper=upper)
    reached = value - aim.constant
    heaviest = max((abs(weight) for _, weight in aim.terms), default=0.0)
    most = reached + slack * abs(value) + HELD * (abs(reached) + min(1.0, heaviest))
    return with_row(model, "held", at_most((aim.name,), aim.terms, most))


def polished(model: Model, aim: Aim, values: Floats, time_s: float = 0.0) -> Floats:
    """The same whole decisions with continuous ones solved anew: no rounding dust in the plan.

    A whole number may be off by the solver's tolerance, and what it then seems to carry is in no true plan.
    """
    enough = Limits(gap=0.0, time_s=max(_POLISH_S, time_s))
    again = solve(with_whole_fixed(model, values), costs_of(model, aim.terms), enough, offset=aim.constant)
    return again.values if again.values.size else values
