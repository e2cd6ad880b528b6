"""Why a flight is there: what would be lost without it (asked anew, an interval), and what it brings (a trace)."""

from __future__ import annotations

from dataclasses import dataclass

from moonwright.errors import PlanError
from moonwright.explain.trace import Use, uses
from moonwright.explain.whatif import Change, Difference, Known, with_less
from moonwright.network.demand import UNITS, requirements
from moonwright.network.expand import expand
from moonwright.network.network import Arc
from moonwright.optimise.demand import shortfall
from moonwright.optimise.highs import Limits, solve
from moonwright.optimise.model import Model, assemble, dense, with_row
from moonwright.optimise.pose import pose
from moonwright.optimise.problem import Problem
from moonwright.optimise.row import at_most
from moonwright.plan import Flight
from moonwright.scenario.scenario import Scenario
from moonwright.world.observe import observe

_FIRST, _LAST = 1, 9  # ranks that a demand may have
_SHORT = 1e-6  # shortfalls below this are rounding
_SHORT_SHARE = 0.5  # of the time of a question, for what would be short


@dataclass(frozen=True)
class Lack:
    """What a demand would lack, in `unit`."""

    demand: str
    amount: float
    unit: str


@dataclass(frozen=True)
class Purpose:
    """Why a flight is there.

    `without`: one flight of its mission fewer, whenever. `not_then`: no such flight in its period, another may take
    its place at another time. Both are exact up to their interval. `lacks`: where hard demands could not be met without
    it, what they would lack in one plan that lacks little. `uses`: what it brings, and for which demands that can be of use:
    a trace through the plan, not a proof that they need it.
    """

    flight: Flight
    flown: int
    uses: tuple[Use, ...]
    without: Difference
    lacks: tuple[Lack, ...]
    not_then: Difference


def purpose(base: Known, name: str, *, time_s: float = 60.0) -> Purpose:
    """Why a flight of the plan is there. Raises PlanError where the plan has no flight of that name."""
    flight = next((flight for flight in base.plan.flights if flight.name == name), None)
    if flight is None:
        known = ", ".join(sorted(flight.name for flight in base.plan.flights)[:10])
        raise PlanError(f"the plan has no flight {name!r}; it has, among others, {known}")
    flown = sum(one.mission == flight.mission for one in base.plan.flights)
    arc = base.problem.network.arcs[base.recalled.arcs[name]]
    without = with_less(base, _fewer(flight.mission, flown - 1), 0.5 * time_s, arc.depart)
    lacks: tuple[Lack, ...] = ()
    if without.outcome == "impossible":
        lacks = _lacks(base, _fewer(flight.mission, flown - 1), _SHORT_SHARE * time_s)
    return Purpose(
        flight=flight,
        flown=flown,
        uses=uses(base.scenario, base.plan, flight),
        without=without,
        lacks=lacks,
        not_then=with_less(base, _less_then(base, arc), 0.5 * time_s, arc.depart),
    )


def _fewer(mission: str, most: int) -> Change:
    """At most so many flights of a mission in all."""

    def change(problem: Problem, model: Model) -> Model:
        terms = [
            (problem.flights[a], 1.0)
            for a, arc in enumerate(problem.network.arcs)
            if arc.itinerary.course.mission == mission
        ]
        return with_row(model, "fewer", at_most((mission,), terms, float(most)))

    return change


def _less_then(base: Known, arc: Arc) -> Change:
    """One flight fewer of an arc's itinerary in the arc's period."""
    name, period = arc.itinerary.name, arc.depart
    most = sum(
        base.recalled.decided[base.problem.flights[a]]
        for a, one in enumerate(base.problem.network.arcs)
        if one.itinerary.name == name and one.depart == period
    )

    def change(problem: Problem, model: Model) -> Model:
        terms = [
            (problem.flights[a], 1.0)
            for a, one in enumerate(problem.network.arcs)
            if one.itinerary.name == name and one.depart == period
        ]
        return with_row(model, "fewer_then", at_most((name,), terms, most - 1.0))

    return change


def _lacks(base: Known, change: Change, time_s: float) -> tuple[Lack, ...]:
    """What the hard demands lack in a plan that lacks little: each weighs by its own unit, so this is one of many."""
    scenario = _softened(base.scenario)
    problem = pose(expand(observe(scenario)))
    model = change(problem, assemble(problem))
    answer = solve(model, dense(problem, shortfall(problem, _FIRST)), Limits(0.05, time_s))
    if not answer.values.size:
        return ()
    found = []
    for name, demand in scenario.demands.items():
        if base.scenario.demands[name].rank == "hard":
            asked = requirements(problem.network, demand)
            amount = sum(float(answer.values[problem.short[name, n]]) * x.weight for n, x in enumerate(asked))
            if amount > _SHORT:
                found.append(Lack(name, amount, UNITS[demand.kind]))
    return tuple(found)


def _softened(scenario: Scenario) -> Scenario:
    """The scenario with its hard demands ranked first, and the others one rank later."""
    demands = {
        name: demand.model_copy(
            update={"rank": _FIRST if demand.rank == "hard" else min(_LAST, demand.rank + 1)}
        )
        for name, demand in scenario.demands.items()
    }
    return scenario.model_copy(update={"demands": demands})
