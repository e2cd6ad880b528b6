"""Plans nearly as good as the best that are known, and as different as possible in who flies what.

They are found one after the other. Each is as far as can be from all before it: what is made greatest is the least of its
distances to them (`roles.distance`). Shortfalls and earlier aims are held; only the last aim may be worse, by the
fraction that is allowed. Among plans equally far the cheapest is taken, as far as time allows.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from moonwright.choose.extend import Extension, extended
from moonwright.choose.held import aims_of, holding, reached
from moonwright.choose.roles import Counts, Role, columns, distance, flown
from moonwright.network.expand import expand
from moonwright.optimise.highs import Answer, Limits, Progress, solve
from moonwright.optimise.model import Floats, Model, costs_of, divisible
from moonwright.optimise.optimise import optimise
from moonwright.optimise.problem import Problem
from moonwright.optimise.ranks import Found, polished
from moonwright.optimise.recall import completed, recall
from moonwright.optimise.row import Terms, at_most, equal
from moonwright.optimise.strength import strengthened
from moonwright.plan import Plan
from moonwright.scenario.scenario import Scenario
from moonwright.world.observe import observe

# Shares of the time of one alternative: to hop away from what is known, to be as far as can be; the rest makes it cheap.
_HOP_SHARE, _FAR_SHARE = 0.3, 0.4
_HOP_GAP = 0.05  # it is a start, no more
_RELAXED = Limits(gap=0.0, time_s=600.0)  # an LP takes seconds; only a broken machine meets this
_ROUNDING = 1e-6  # added before a bound on a count is rounded down


@dataclass(frozen=True)
class Alternative:
    """A plan, its distances to the best and to the nearest before it, and the most that the latter could be.

    `worse`: by which fraction its last aim is worse than that of the best.
    """

    plan: Plan
    from_best: int
    from_nearest: int
    at_most: int
    worse: float


@dataclass(frozen=True)
class Alternatives:
    """`found` in the order in which they were found. `exhausted`: it is proven that nobody else can fly anything else."""

    best: Plan
    within: float
    found: tuple[Alternative, ...]
    exhausted: bool


def alternatives(
    scenario: Scenario,
    best: Plan,
    *,
    within: float,
    count: int,
    limits: Limits,
    progress: Progress | None = None,
) -> Alternatives:
    """Up to `count` plans whose last aim is within the fraction `within` of the best. `limits.time_s` is for all."""
    network = expand(observe(scenario))
    each = replace(limits, time_s=limits.time_s / count)
    known, found, ceilings = [best], list[Alternative](), dict[Role, int]()
    for _ in range(count):
        step = _Step(known, within, ceilings)
        plan = optimise(network, each, progress, step).plan
        nearest = 0 if plan is None else step.nearest(plan)
        if plan is None or not nearest:
            return Alternatives(best, within, tuple(found), exhausted=step.most == 0)
        plan = _honest(plan)
        known.append(plan)
        from_best = distance(flown(best), flown(plan))
        found.append(Alternative(plan, from_best, nearest, step.most, worse(best, plan)))
    return Alternatives(best, within, tuple(found), exhausted=False)


def _honest(plan: Plan) -> Plan:
    """A plan farther from the proven bound than was asked does not call itself optimal."""
    outcome = plan.outcome
    status = outcome.status if outcome.last.gap <= outcome.asked_gap else "feasible"
    return plan.model_copy(update={"outcome": outcome.model_copy(update={"status": status})})


def worse(best: Plan, plan: Plan) -> float:
    """How much worse a plan is than the best one, as a fraction of the best one's value."""
    value = best.outcome.last.value
    return (plan.outcome.last.value - value) / max(abs(value), 1e-9)


class _Step:
    """The search for one more plan; afterwards `most` is the greatest distance that any plan could have (-1: not known)."""

    def __init__(self, known: Sequence[Plan], within: float, ceilings: dict[Role, int]) -> None:
        self.known, self.within, self.most = known, within, -1
        self.ceilings = ceilings  # the most flights of each role, filled once for all steps

    def nearest(self, plan: Plan) -> int:
        """Distance of a plan to the nearest of those known."""
        return min(distance(flown(one), flown(plan)) for one in self.known)

    def __call__(self, problem: Problem, model: Model, limits: Limits, progress: Progress | None) -> Found:
        """The values of the plan that is farthest from those known, and cheapest among the farthest."""
        ranks = self.known[0].outcome.ranks
        aim = aims_of(problem, ranks)[-1]
        model = strengthened(problem, holding(problem, model, ranks[:-1]))
        model = holding(problem, model, ranks[-1:], self.within)
        start = completed(problem, model, costs_of(model, aim.terms), recall(problem, self.known[0]))
        if not self.ceilings:
            roles = columns(problem)
            self.ceilings.update((role, _most(model, terms)) for role, terms in roles.items())
        spread = _spread(problem, model, [flown(plan) for plan in self.known], self.ceilings)
        begin = None if start is None else _begun(spread, self._hopped(problem, model, start, limits))
        far = solve(
            spread.model,
            costs_of(spread.model, [(spread.least, -1.0)]),
            limits.part(limits.time_s, _FAR_SHARE, gap=0.0),
            start=begin,
            progress=progress and _turned(progress),
        )
        if not far.values.size:
            return Found(far, (), "")
        self.most = math.floor(min(-far.bound, spread.model.column_upper[spread.least]) + _ROUNDING)
        if round(-far.objective) < 1:
            return Found(replace(far, values=np.empty(0)), (), "")
        cheap = self._cheapest(spread, far, aim.terms, limits)
        values = polished(spread.model, aim, cheap)
        kept = reached(problem, ranks, values)
        far = replace(far, values=values[: len(problem.columns.labels)])
        told = f"as different as possible within {self.within:.1%} of the best"
        return Found(far, kept, told)

    def _hopped(self, problem: Problem, model: Model, start: Floats, limits: Limits) -> Floats:
        """A plan that is likely to be far: fewer flights of roles that are known, more of others.

        Hop, skip and jump, after Brill, Chang and Hopkins 1982: no column is needed for any distance, so that it is quick.
        """
        known = [flown(plan) for plan in self.known]
        terms: Terms = []
        for role, flights in columns(problem).items():
            weight = sum(1.0 if counts.get(role, 0) else -1.0 for counts in known)
            terms += [(column, weight * one) for column, one in flights]
        part = limits.part(limits.time_s, _HOP_SHARE, gap=_HOP_GAP)
        answer = solve(model, costs_of(model, terms), part, start=start)
        return answer.values if answer.values.size else start

    def _cheapest(self, spread: _Spread, far: Answer, terms: Terms, limits: Limits) -> Floats:
        """Values with the last aim as good as time allows, at the distance that was reached."""
        lower = spread.model.column_lower.copy()
        lower[spread.least] = round(-far.objective)
        model = replace(spread.model, column_lower=lower)
        part = limits.part(limits.time_s, 1.0 - _HOP_SHARE - _FAR_SHARE)
        answer = solve(model, costs_of(model, terms), part, start=far.values)
        return answer.values if answer.values.size else far.values


def _turned(progress: Progress) -> Progress:
    """Progress of what is made greatest, which the solver knows as its negative made least."""
    return lambda seconds, least, bound, gap: progress(seconds, -least, -bound, gap)


@dataclass(frozen=True)
class _Spread:
    """A model with the distances to known plans in it; `least` is the column of the least of them.

    `aways`: (terms, gone) with terms <= gone, for each known plan; `least` is one of the terms. `sides`: for each role
    that may have more flights or fewer, (flights, more, fewer, is more, flights known).
    """

    model: Model
    least: int
    aways: tuple[tuple[Terms, float], ...]
    sides: tuple[tuple[Terms, int, int, int, int], ...]


def _spread(problem: Problem, model: Model, known: Sequence[Counts], most: Counts) -> _Spread:
    """min over known plans of sum over roles of |flights - known|, linear: more - fewer = flights - known.

    `is more` is 0 or 1 and lets only one of both be positive. No column of the kind is needed where the sign is
    settled: where the known plan has no such flight, or no plan can have more.
    """
    roles = columns(problem)
    extension = Extension(len(model.column_lower))
    least = extension.column("distance", (), float(sum(most.values()) * 2), whole=True)
    sides, aways = [], []
    for n, counts in enumerate(known):
        away, gone = [(least, 1.0)], 0.0
        for role, terms in roles.items():
            flights, limit = counts.get(role, 0), most[role]
            if flights == 0 or limit <= flights:
                sign = 1.0 if flights == 0 else -1.0
                away += [(column, -sign * weight) for column, weight in terms]
                gone -= sign * flights
                continue
            key = (n, *role)
            more = extension.column("more", key, float(limit - flights), whole=False)
            fewer = extension.column("fewer", key, float(flights), whole=False)
            is_more = extension.column("is_more", key, 1.0, whole=True)
            balance = [*terms, (more, -1.0), (fewer, 1.0)]
            extension.row("differs", equal(key, balance, float(flights)))
            extension.row("more_or", at_most(key, [(more, 1.0), (is_more, flights - float(limit))], 0.0))
            extension.row("or_fewer", at_most(key, [(fewer, 1.0), (is_more, float(flights))], float(flights)))
            away += [(more, -1.0), (fewer, -1.0)]
            sides.append((terms, more, fewer, is_more, flights))
        gone += sum(flights for role, flights in counts.items() if role not in roles)
        extension.row("away", at_most((n,), away, gone))
        aways.append((away, gone))
    return _Spread(extended(model, extension), least, tuple(aways), tuple(sides))


def _most(model: Model, terms: Terms) -> int:
    """The most flights of a role that any plan can have, by the relaxation without whole numbers."""
    answer = solve(divisible(model), -costs_of(model, terms), _RELAXED)
    return math.floor(-answer.bound + _ROUNDING)


def _begun(spread: _Spread, values: Floats) -> Floats:
    """Values of all columns where those of the model are known: some plan, at its distances."""
    begun: Floats = np.append(values, np.zeros(len(spread.model.column_lower) - len(values)))
    for terms, more, fewer, is_more, known in spread.sides:
        change = round(sum(values[column] for column, _ in terms)) - known
        begun[more], begun[fewer] = max(0, change), max(0, -change)
        begun[is_more] = float(change > 0)
    begun[spread.least] = min(
        round(gone - sum(weight * begun[column] for column, weight in away if column != spread.least))
        for away, gone in spread.aways
    )
    return begun
