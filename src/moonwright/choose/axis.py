"""What cost is weighed against: the finish, the crew's days, or what one partner pays."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from moonwright.choose.compare import cost_by_partner, crew_days
from moonwright.choose.result import Result
from moonwright.errors import MoonwrightError
from moonwright.optimise import money
from moonwright.optimise.problem import Problem
from moonwright.optimise.ranks import Aim
from moonwright.scenario.demand import BuildDemand
from moonwright.scenario.finding import did_you_mean
from moonwright.scenario.scenario import Scenario

FINISH, CREW, PARTNER = "finish", "crew-days", "partner:"


class AxisError(MoonwrightError):
    """Cost cannot be weighed against this in the scenario."""


@dataclass(frozen=True)
class Axis:
    """A measure of plans in `unit`. `sign` 1: less is better; -1: more is better. `partner`: whose payments."""

    name: str
    unit: str
    sign: float
    partner: str | None = None


def axis_of(scenario: Scenario, told: str) -> Axis:
    """The axis of a name: finish, crew-days or partner:NAME. Raises AxisError where the scenario has no such thing."""
    if told == FINISH:
        if not any(isinstance(demand, BuildDemand) for demand in scenario.demands.values()):
            raise AxisError("nothing is asked to be built, so there is no finish to weigh cost against")
        return Axis(FINISH, "d", 1.0)
    if told == CREW:
        if not scenario.crew:
            raise AxisError("the scenario has no crew, so there are no crew days to weigh cost against")
        return Axis(CREW, "person-days", -1.0)
    if told.startswith(PARTNER):
        name = told.removeprefix(PARTNER)
        if name not in scenario.partners:
            near = did_you_mean(name, scenario.partners) or f"there are {', '.join(scenario.partners)}"
            raise AxisError(f"no partner {name!r}; {near}")
        return Axis(told, "MUSD", 1.0, name)
    raise AxisError(f"{told!r}: cost is weighed against finish, crew-days or partner:NAME")


def posed_for(scenario: Scenario, axis: Axis) -> Scenario:
    """The scenario with cost for its aim, and the finish counted where it is asked for."""
    aims = ("cost", "finish") if axis.name == FINISH else ("cost",)
    objective = scenario.objective.model_copy(update={"minimise": aims})
    return scenario.model_copy(update={"objective": objective})


def aim_of(problem: Problem, axis: Axis) -> Aim:
    """The measure as something to make least: with its sign."""
    if axis.name == FINISH:
        return Aim(axis.name, [(problem.finish, 1.0)], 0.0, axis.unit)
    if axis.partner is None:
        openings = problem.network.openings
        days = [
            (column, axis.sign * openings[k].length_d)
            for (_, _, k), column in problem.present.items()
            if k < problem.last
        ]
        return Aim(axis.name, days, 0.0, axis.unit)
    return _paid(problem, axis, axis.partner)


def _paid(problem: Problem, axis: Axis, partner: str) -> Aim:
    """All that a partner pays, undiscounted."""
    scenario = problem.scenario
    totals: dict[int, float] = defaultdict(float)
    for price in money.prices(problem):
        share = money.shares(scenario, price.owner).get(partner, 0.0)
        if share and price.amount_musd:
            totals[price.column] += share * price.amount_musd
    known = sum(
        musd * money.shares(scenario, owner).get(partner, 0.0)
        for (owner, _), musd in money.initial_operations(problem).items()
    )
    return Aim(axis.name, list(totals.items()), known, axis.unit)


def measured(axis: Axis, result: Result) -> float:
    """The measure of a plan, as its replay finds it; a finish that is never reached counts as the horizon's end."""
    if axis.name == FINISH:
        return float(result.run.horizon_d if result.run.finish_d is None else result.run.finish_d)
    if axis.partner is None:
        return crew_days(result)
    return cost_by_partner(result)[axis.partner]
