"""Futures weighed: what it is worth to know them, what a plan that minds them is worth, and what each would regret."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from moonwright.choose.result import Result
from moonwright.network.expand import expand
from moonwright.optimise.highs import Limits
from moonwright.optimise.optimise import optimise
from moonwright.scenario.contingency import Contingency
from moonwright.scenario.scenario import Scenario
from moonwright.stress.futures import cvar
from moonwright.stress.hedge import NOTHING, Secure, secure
from moonwright.stress.replan import able_to_give_up, replan
from moonwright.stress.shock import struck
from moonwright.world.observe import observe


@dataclass(frozen=True)
class Weighed:
    """Costs of the whole campaign as its objective counts them, MUSD. Infinite: some future cannot be borne.

    `foreseen_musd`: in each future, had it been known from the start. `base_musd`: of the base plan, replanned when a future
    parts. Source of the words: Birge and Louveaux, Introduction to Stochastic Programming, chapter 4.
    """

    weights: Mapping[str, float]
    plan: Secure
    foreseen_musd: Mapping[str, float]
    base_musd: Mapping[str, float]

    @property
    def mean_musd(self) -> float:
        """Of the plan that minds all futures."""
        return self._mean(self.plan.futures_musd)

    @property
    def perfect_information_musd(self) -> float:
        """What it would be worth to know which future comes: EVPI."""
        return self.mean_musd - self._mean(self.foreseen_musd)

    @property
    def stochastic_solution_musd(self) -> float:
        """What minding futures is worth over following the base plan until one parts: VSS."""
        return self._mean(self.base_musd) - self.mean_musd

    @property
    def regrets_musd(self) -> Mapping[str, float]:
        """How much dearer each future is than had it been foreseen."""
        return {name: self.plan.futures_musd[name] - best for name, best in self.foreseen_musd.items()}

    @property
    def mean_regret_musd(self) -> float:
        """The mean of the regrets; it is the value of perfect information."""
        return self._mean(self.regrets_musd)

    @property
    def most_regret_musd(self) -> float:
        """The largest regret."""
        return max(self.regrets_musd.values(), default=0.0)

    def tail_musd(self, tail: float) -> float:
        """CVaR: the mean of the dearest `tail` of the futures' probability."""
        names = list(self.weights)
        costs = np.array([self.plan.futures_musd[name] for name in names])
        return cvar(costs, np.array([self.weights[name] for name in names]), tail)

    def _mean(self, costs: Mapping[str, float]) -> float:
        return sum(weight * costs[name] for name, weight in self.weights.items() if weight > 0.0)


def weighed(
    base: Result,
    contingencies: Mapping[str, Contingency],
    weights: Mapping[str, float],
    limits: Limits,
) -> Weighed:
    """The plan of the least mean cost, and what it is compared with. Raises as `secure` does."""
    found = secure(base, contingencies, limits, weights=weights)
    foreseen = {NOTHING: _least(base.scenario, limits)}
    adapted = {NOTHING: base.run.discounted_musd}
    for name, one in contingencies.items():
        foreseen[name] = _least(able_to_give_up(struck(base.scenario, one)), limits)
        after = replan(base, one, limits)
        met = after.result is not None and after.fate == "met"
        adapted[name] = after.result.run.discounted_musd if met and after.result is not None else math.inf
    likely = {NOTHING: 1.0 - sum(weights.values()), **weights}
    return Weighed(likely, found, foreseen, adapted)


def _least(scenario: Scenario, limits: Limits) -> float:
    """The least cost found of a scenario known from the start; infinite where there is no plan."""
    plan = optimise(expand(observe(scenario)), limits).plan
    if plan is None:
        return math.inf
    return next(rank.value for rank in plan.outcome.ranks if rank.name == "cost")
