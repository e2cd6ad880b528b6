"""Hedging: the cheapest plan after which every listed contingency can still be borne, and what that costs.

One model holds the campaign as planned and, from its date on, each contingency's own; until then they share all decisions.
Whatever the secure plan does that the cheapest one does not (a second source, a stockpile, something bought early) is the
hedge, and the difference in cost is the insurance premium.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from moonwright.choose.freeze import frozen, opening_on
from moonwright.choose.held import holding
from moonwright.choose.result import Result, replayed
from moonwright.errors import StressError
from moonwright.network.expand import expand
from moonwright.network.period import cut
from moonwright.optimise.highs import Answer, Limits, Progress, gap_to, solve
from moonwright.optimise.model import Floats, Model, assemble, dense, with_whole_fixed
from moonwright.optimise.optimise import Result as Found
from moonwright.optimise.optimise import optimise
from moonwright.optimise.pose import pose
from moonwright.optimise.problem import Problem
from moonwright.optimise.ranks import Aim, aims
from moonwright.optimise.ranks import Found as Values
from moonwright.optimise.row import Terms
from moonwright.plan import Rank
from moonwright.scenario.contingency import Contingency
from moonwright.scenario.scenario import Scenario
from moonwright.stress.futures import NEVER, Future, Together, together
from moonwright.stress.replan import able_to_give_up, opening
from moonwright.stress.shock import struck
from moonwright.world.observe import observe

NOTHING = "nothing happens"  # the future in which no contingency comes
_POLISH = Limits(gap=0.0, time_s=60.0)  # an LP


@dataclass(frozen=True)
class Secure:
    """The plan found: `result` is None where none bears all, or none was found in time (`known` tells which).

    `cost_musd` lies between `bound_musd` and what the plan costs in the course of things, or in the mean over `weights`.
    `futures_musd`: what each future then costs as a whole, by the same model; the first is that nothing happens.
    """

    result: Result | None
    known: bool
    cost_musd: float
    bound_musd: float
    futures_musd: Mapping[str, float]
    stopped: str


def secure(
    base: Result,
    contingencies: Mapping[str, Contingency],
    limits: Limits,
    *,
    weights: Mapping[str, float] | None = None,
    since: int = 0,
) -> Secure:
    """The best plan that bears every contingency: all hard demands can still be met after each.

    Without `weights` the cost of the campaign as planned is made least; with them (probability by contingency, what is left
    is that nothing happens) the mean over futures. The base plan's earlier ranks are kept. `since`: a day until which the
    base plan has been followed already. Raises StressError where a date opens no period any more.
    """
    _check(contingencies, weights)
    blocks = [_block(name, base.scenario, one, weights) for name, one in contingencies.items()]
    kept: dict[str, object] = {}

    def search(problem: Problem, model: Model, within: Limits, told: Progress | None) -> Values:
        likely = 1.0 - sum((weights or {}).values())
        stage = together([_trunk(base, problem, model, likely, since), *blocks])
        answer, values = _solved(stage, within, told)
        kept.update(answer=answer, costs=stage.costs_of(values) if values.size else np.empty(0))
        return _values(base, problem, stage, answer, values)

    found = optimise(expand(observe(base.scenario)), limits, search=search)
    return _told(base, contingencies, found, kept)


def _check(contingencies: Mapping[str, Contingency], weights: Mapping[str, float] | None) -> None:
    if not contingencies:
        raise StressError("no contingency is given to be secured against")
    if weights is not None and set(weights) != set(contingencies):
        raise StressError("each contingency needs a weight, and nothing else")
    if weights is not None and sum(weights.values()) > 1.0 + 1e-9:
        raise StressError(f"the weights add up to {sum(weights.values()):g}, more than 1")


def _cost(problem: Problem) -> Aim:
    """The aim that is a cost."""
    for aim in aims(problem)[1]:
        if aim.name == "cost":
            return aim
    raise StressError("a hedge is weighed in money: give the objective a `cost`")


def _trunk(base: Result, problem: Problem, model: Model, likely: float, since: int) -> Future:
    """The campaign as planned, which parts from nothing; the past, if there is one, is frozen."""
    if since:
        model = frozen(problem, model, base.plan, since)
    earlier = [rank for rank in base.plan.outcome.ranks if rank.name != "cost"]
    aim = _cost(problem)
    return Future(
        NOTHING,
        likely,
        holding(problem, model, earlier),
        dense(problem, aim.terms),
        np.array(problem.columns.openings),
        NEVER,
        aim.constant,
    )


def _block(
    name: str, scenario: Scenario, contingency: Contingency, weights: Mapping[str, float] | None
) -> Future:
    """A contingency's own future: what is asked of it before its date is the trunk's business."""
    after = able_to_give_up(struck(scenario, contingency))
    network = expand(observe(after))
    problem = pose(network)
    model, aim = assemble(problem), _cost(problem)
    openings = np.array(problem.columns.openings)
    parts = opening_on(network, opening(scenario, contingency.on))
    weight = 0.0 if weights is None else weights[name]
    own = _rows_of(model, openings >= parts)
    return Future(name, weight, own, dense(problem, aim.terms), openings, float(parts), aim.constant)


def _rows_of(model: Model, columns: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> Model:
    """The model with only those rows that speak of some of the columns."""
    sizes = np.diff(model.starts)
    row_of = np.repeat(np.arange(len(sizes)), sizes)
    kept = np.zeros(len(sizes), dtype=np.bool_)
    kept[row_of[columns[model.indices]]] = True
    return replace(
        model,
        row_lower=model.row_lower[kept],
        row_upper=model.row_upper[kept],
        row_labels=tuple(label for label, keep in zip(model.row_labels, kept, strict=True) if keep),
        starts=np.concatenate([[0], np.cumsum(sizes[kept])]).astype(np.int32),
        indices=model.indices[kept[row_of]],
        values=model.values[kept[row_of]],
    )


def _solved(stage: Together, limits: Limits, told: Progress | None) -> tuple[Answer, Floats]:
    """The best decisions; continuous ones are solved anew, so that no rounding dust is in the plan."""
    costs, offset = stage.expected()
    answer = solve(stage.model, costs, limits, offset=offset, progress=told)
    if not answer.values.size:
        return answer, answer.values
    again = solve(with_whole_fixed(stage.model, answer.values), costs, _POLISH, offset=offset)
    values = again.values if again.values.size else answer.values
    return answer, values


def _values(base: Result, problem: Problem, stage: Together, answer: Answer, values: Floats) -> Values:
    """What the planner takes for the campaign as planned: its own columns, and its ranks."""
    if not values.size:
        return Values(answer, (), "")
    mine = stage.of(values, 0)
    aim = _cost(problem)
    reached = _worth(aim.terms, mine) + aim.constant
    weighed = stage.futures[0].probability < 1.0
    bound = -np.inf if weighed else answer.bound
    rank = Rank(
        name="cost", value=reached, bound=bound, gap=gap_to(bound, reached), unit="MUSD", kept=reached,
        stopped=answer.stopped,
    )  # fmt: skip
    earlier = [one for one in base.plan.outcome.ranks if one.name != "cost"]
    told = replace(answer, values=mine, objective=reached, bound=bound, gap=rank.gap)
    return Values(told, (*earlier, rank), f"secured against {len(stage.futures) - 1} contingencies")


def _worth(terms: Terms, values: Floats) -> float:
    return float(sum(weight * values[column] for column, weight in terms))


def _told(
    base: Result, contingencies: Mapping[str, Contingency], found: Found, kept: Mapping[str, object]
) -> Secure:
    answer, costs = kept["answer"], kept["costs"]
    assert isinstance(answer, Answer)
    assert isinstance(costs, np.ndarray)
    if found.plan is None:
        return Secure(None, found.status == "infeasible", np.inf, answer.bound, {}, answer.stopped)
    names = (NOTHING, *contingencies)
    return Secure(
        result=replayed("secure", base.scenario, found.plan),
        known=True,
        cost_musd=answer.objective,
        bound_musd=answer.bound,
        futures_musd=dict(zip(names, costs.tolist(), strict=True)),
        stopped=answer.stopped,
    )


def last_hedge_day(base: Result, name: str, contingency: Contingency, limits: Limits) -> int | None:
    """The latest opening up to which the base plan may be followed, and the contingency still be borne by hedging then.

    None where it cannot be borne at all; the contingency's own day where nothing need be done. Found by halving: whoever
    may wait until a day may wait until an earlier one.
    """
    comes_d = opening(base.scenario, contingency.on)
    days = [period.start_d for period in cut(base.scenario.horizon) if 0 < period.start_d <= comes_d]

    def borne(day: int) -> bool:
        return secure(base, {name: contingency}, limits, since=day).result is not None

    if not borne(0):
        return None
    low, high = -1, len(days) - 1  # borne with the past until days[low], -1: with none
    while low < high:
        middle = (low + high + 1) // 2
        if borne(days[middle]):
            low = middle
        else:
            high = middle - 1
    return 0 if low < 0 else days[low]
