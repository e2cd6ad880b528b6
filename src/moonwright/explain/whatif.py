"""What if: the same question asked anew with something changed, beginning from a known plan.

Nobody can wait for each such question to be solved to the end, so every answer is an interval: a plan that was found,
and a bound below which there is none.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from moonwright.errors import PlanError
from moonwright.explain.seek import Start, left_s, seek
from moonwright.network.expand import expand
from moonwright.network.network import Itinerary, Load, Network
from moonwright.optimise.highs import Answer, Limits, Progress
from moonwright.optimise.model import Floats, Model, assemble, dense
from moonwright.optimise.optimise import optimise
from moonwright.optimise.pose import pose
from moonwright.optimise.problem import Problem
from moonwright.optimise.ranks import Aim, Found, aims, held
from moonwright.optimise.recall import Recalled, completed, recall
from moonwright.plan import Plan, Rank, digest
from moonwright.scenario.scenario import Scenario
from moonwright.simulate.replay import replay
from moonwright.world.observe import observe

NOTHING = 1e-6  # differences below this, relative, are the solver's rounding

_FIRST_SHARE = 0.7  # of the time, before it is known whether earlier ranks can be kept

Change = Callable[[Problem, Model], Model]
Sense = Literal["more", "less", "other"]


@dataclass(frozen=True)
class Interval:
    """A number known to lie between two others, both included."""

    least: float
    most: float

    @property
    def exact(self) -> bool:
        """True where both ends are known and the same, to rounding."""
        return math.isfinite(self.most) and self.most - self.least <= NOTHING * max(1.0, abs(self.most))


@dataclass(frozen=True)
class Known:
    """A plan, the problem that it answers, and the values that it has there."""

    scenario: Scenario
    plan: Plan
    network: Network
    problem: Problem
    model: Model
    recalled: Recalled
    values: Floats

    @cached_property
    def aims(self) -> tuple[Aim, ...]:
        """What was made least, rank by rank, as in the plan's outcome."""
        return ranked(self.problem)

    @property
    def ranks(self) -> tuple[Rank, ...]:
        """What the plan reached in each."""
        return self.plan.outcome.ranks


@dataclass(frozen=True)
class Difference:
    """What a change does to the first rank that it touches, in the unit of the rank.

    `now` and `then` are the least that is possible without and with the change; `by` = then - now; `found` is how
    much the plan found with the change differs from the known one (None: none was found). Where `outcome` is
    impossible there is no plan at all with the change, where it is unknown time was up before there was one.
    """

    outcome: Literal["plan", "impossible", "unknown"]
    rank: str
    unit: str
    now: Interval
    then: Interval
    by: Interval
    found: float | None
    plan: Plan | None


def known(scenario: Scenario, plan: Plan) -> Known:
    """A plan in the problem of its scenario. Raises PlanError where it is not one of that scenario."""
    if plan.scenario_digest != digest(scenario):
        raise PlanError("the plan was made for another scenario than this one")
    network = expand(observe(scenario))
    problem = pose(network)
    model = assemble(problem)
    recalled = recall(problem, plan)
    held = holding(problem, model, plan.outcome.ranks)
    values = completed(problem, held, dense(problem, ranked(problem)[-1].terms), recalled)
    if values is None:
        raise PlanError("the plan does not hold in its own scenario")
    return Known(scenario, plan, network, problem, model, recalled, values)


def ranked(problem: Problem) -> tuple[Aim, ...]:
    """All aims in order: shortfalls by rank, then the objective's."""
    shortfalls, goals = aims(problem)
    return (*shortfalls, *goals)


def holding(problem: Problem, model: Model, ranks: Sequence[Rank]) -> Model:
    """The model in which none of a plan's earlier ranks becomes worse (than what it had, and its slack)."""
    for rank, aim in zip(ranks[:-1], ranked(problem), strict=False):
        model = held(model, aim, rank.value, rank.slack)
    return model


def with_more(base: Known, scenario: Scenario, time_s: float) -> Difference:
    """What would be gained in a scenario that allows more than the plan's own."""
    network = expand(observe(scenario))
    sense: Sense = "more" if _wider(base.network, network) else "other"
    return _asked(base, network, lambda _, model: model, time_s, sense)


def with_less(base: Known, change: Change, time_s: float, around: int | None = None) -> Difference:
    """What would be lost if the model were narrowed by `change`, which touches the plan around a period, if any."""
    return _asked(base, base.network, change, time_s, "less", around)


def against(gain: Difference, again: Difference) -> Difference:
    """A gain measured from what planning again, with nothing changed, has found: the rest is not the change's doing."""
    if gain.rank != again.rank or gain.outcome != "plan" or again.outcome != "plan":
        return gain
    now = Interval(max(gain.now.least, again.then.least), min(gain.now.most, again.then.most))
    by = Interval(gain.then.least - now.most, gain.then.most - now.least)
    if gain.by.most <= 0.0:  # more is allowed, so whatever was found before still is
        by = Interval(min(by.least, 0.0), min(by.most, 0.0))
    found = None if gain.found is None else _rounded(min(0.0, gain.then.most - now.most), now.most)
    return replace(gain, now=now, by=by, found=found)


def _asked(
    base: Known, network: Network, change: Change, time_s: float, sense: Sense, around: int | None = None
) -> Difference:
    """Search, extract, pack and replay, as in planning."""
    question = _Question(base, change, time_s, sense, around)
    plan = optimise(network, Limits(0.0, time_s), search=question).plan
    if plan and not replay(plan, network.world).certified:
        plan = None  # what does not replay is no answer
    turn, answer = question.heard[-1]
    if plan is None and answer.status != "infeasible":
        answer = replace(answer, objective=math.inf)
    return _difference(base, turn, answer, plan, sense=sense)


class _Question:
    """The search for what a change does; `heard`: (number of the rank that differs, what was found for it), a try each."""

    def __init__(self, base: Known, change: Change, time_s: float, sense: Sense, around: int | None) -> None:
        self.base, self.change, self.sense, self.around = base, change, sense, around
        self.ends = time.perf_counter() + time_s
        self.heard: list[tuple[int, Answer]] = []

    def __call__(self, problem: Problem, model: Model, limits: Limits, progress: Progress | None) -> Found:
        """The values of the best plan found with the change."""
        model = self.change(problem, model)
        begin = Start(recall(problem, self.base.plan), self.around)
        turn, answer = _search(self.base, problem, model, self.ends, self.sense, begin)
        self.heard.append((turn, answer))
        reached = {"value": answer.objective, "bound": answer.bound, "gap": answer.gap}
        ranks = (*self.base.ranks[:turn], self.base.ranks[turn].model_copy(update=reached))
        if answer.values.size:
            ranks = tuple(
                rank.model_copy(
                    update={"kept": float(dense(problem, aim.terms) @ answer.values) + aim.constant}
                )
                for rank, aim in zip(ranks, ranked(problem), strict=False)
            )
        return Found(answer, ranks, "what if")


def _search(
    base: Known, problem: Problem, model: Model, ends: float, sense: Sense, begin: Start
) -> tuple[int, Answer]:
    """(number of the first rank that differs, or of the last; what was found for it)."""
    turns, last = ranked(problem), len(base.ranks) - 1
    if sense != "less":  # an earlier rank may become better, and then later ones no longer compare
        for turn in range(last):
            if base.ranks[turn].value > NOTHING:
                answer = seek(problem, model, turns[turn], begin, left_s(ends) / 2)
                if answer.values.size and _better(answer.objective, base.ranks[turn].value):
                    return turn, answer
            model = held(model, turns[turn], base.ranks[turn].value, base.ranks[turn].slack)
        return last, seek(problem, model, turns[last], begin, left_s(ends))
    kept = holding(problem, model, base.ranks)
    answer = seek(problem, kept, turns[last], begin, left_s(ends) * (1.0 if last == 0 else _FIRST_SHARE))
    if answer.status != "infeasible" or last == 0:
        return last, answer
    for turn in range(last):  # which of the earlier ranks is it that cannot be kept?
        answer = seek(problem, model, turns[turn], begin, left_s(ends))
        if not answer.values.size or _better(base.ranks[turn].value, answer.bound):
            return turn, answer
        model = held(model, turns[turn], base.ranks[turn].value, base.ranks[turn].slack)
    return last - 1, answer


def _rounded(difference: float, of: float) -> float:
    return difference if abs(difference) > NOTHING * max(1.0, abs(of)) else 0.0


def _better(value: float, than: float) -> bool:
    return value < than - NOTHING * max(1.0, abs(than))


def _difference(base: Known, turn: int, answer: Answer, plan: Plan | None, *, sense: Sense) -> Difference:
    """What only allows more can only better a rank, what allows less only worsen it: each then bounds the other."""
    rank = base.ranks[turn]
    bound = answer.bound if not math.isnan(answer.bound) else -math.inf
    now, then = Interval(rank.bound, rank.value), Interval(bound, answer.objective)
    if sense == "more":
        then = Interval(min(then.least, now.most), min(then.most, now.most))
    if sense == "less":
        then = replace(then, least=max(then.least, now.least))
        now = replace(now, most=min(now.most, then.most))
    by = Interval(then.least - now.most, then.most - now.least)
    if sense == "more":
        by = replace(by, most=min(by.most, 0.0))
    if sense == "less":
        by = replace(by, least=max(by.least, 0.0))
    if answer.status == "infeasible":
        then = by = Interval(math.inf, math.inf)
    outcome: Literal["plan", "impossible", "unknown"] = "plan" if plan else "unknown"
    return Difference(
        outcome="impossible" if answer.status == "infeasible" else outcome,
        rank=rank.name,
        unit=rank.unit,
        now=now,
        then=then,
        by=by,
        found=None if plan is None else _rounded(answer.objective - rank.value, rank.value),
        plan=plan,
    )


def _wider(before: Network, after: Network) -> bool:
    """True where nothing that a flight takes or weighs is different: whatever was possible still is.

    Standing fills are the exception: what can bring more may be asked to hold more (docs/decisions/0002).
    """
    known = {itinerary.name: _taken(itinerary) for itinerary in after.itineraries}
    return all(
        _taken(itinerary).items() <= known.get(itinerary.name, {}).items() for itinerary in before.itineraries
    )


def _taken(itinerary: Itinerary) -> dict[tuple[str, Load | None], float]:
    """What a flight weighs and what it tanks, for itself (None) and for one unit of each load, kg."""
    forms = [("launch", itinerary.launch_kg, itinerary.launch_weights)]
    forms += [(take.part, take.fixed_kg, take.weights) for take in (*itinerary.refuels, *itinerary.tanked)]
    return {
        (name, load): kg
        for name, fixed_kg, weights in forms
        for load, kg in zip((None, *itinerary.loads), (fixed_kg, *weights), strict=True)
    }
