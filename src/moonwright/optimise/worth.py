"""What met demands are worth to the partners, as an aim beside cost."""

from __future__ import annotations

from moonwright.network.demand import requirements
from moonwright.optimise.problem import Problem
from moonwright.optimise.row import Terms
from moonwright.scenario.demand import Demand, ReserveDemand
from moonwright.scenario.scenario import Scenario


def weighed(scenario: Scenario, demand: Demand) -> bool:
    """True where the aim is net cost and it is said what the demand is worth: its shortfall is then weighed, not ranked."""
    return "net" in scenario.objective.minimise and demand.rank != "hard" and bool(demand.worth)


def worth_musd(demand: Demand) -> float:
    """What a demand met in full is worth to all partners; a reserve is a means, and is worth nothing by itself."""
    return 0.0 if isinstance(demand, ReserveDemand) else sum(float(one) for one in demand.worth.values())


def lost_worth(problem: Problem) -> tuple[Terms, float]:
    """(terms, constant) of - worth * (1 - shortfall / all that is asked), MUSD, summed over demands.

    A shortfall is that of the demand's own unit: a building late by a tenth of the days left loses a tenth of its worth.
    """
    terms: Terms = []
    constant = 0.0
    for name, demand in problem.scenario.demands.items():
        worth, asked = worth_musd(demand), requirements(problem.network, demand)
        constant -= worth
        full = sum(one.amount * one.weight for one in asked)
        if weighed(problem.scenario, demand) and full > 0.0:
            terms += [(problem.short[name, n], worth * one.weight / full) for n, one in enumerate(asked)]
    return terms, constant
