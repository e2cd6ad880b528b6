"""The past, frozen: in the model of a whole campaign, all that a plan decided before some day is fixed.

What was done is done, whatever the scenario (which may have changed since) says of it. So rows that speak of the past
alone are left out, but for balances, which carry its state into the future, and for those that tell how short demands were.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from moonwright.errors import PlanError
from moonwright.network.demand import requirements
from moonwright.network.network import Network
from moonwright.optimise.model import Model
from moonwright.optimise.problem import Problem
from moonwright.optimise.recall import recall
from moonwright.optimise.row import label
from moonwright.plan import Plan

_SAME_D = 1e-6  # moments closer than this are one
_DUST, _DUST_SHARE = 1e-7, 1e-9  # how far an amount may drift (kg, N s): it was rounded when it was written
SHARED = ("budgets", "cadence", "turnaround", "element_quantity")  # limits that past and future share
TELLING = ("crew_demand", "build_demand", "deliver_demand", "fly_demand", "finish_day")


def opening_on(network: Network, day: int) -> int:
    """The period that opens on a day. Raises PlanError where none does: plans change only from period to period."""
    starts = {period.start_d: period.index for period in network.periods}
    if day in starts and day > 0:
        return starts[day]
    around = [
        *[start for start in starts if 0 < start < day][-1:],
        *[start for start in starts if start > day][:1],
    ]
    dates = " or ".join(network.world.date_of(start).isoformat() for start in around if start) or "none"
    raise PlanError(f"{network.world.date_of(day)} opens no period after the first; the nearest: {dates}")


def before(plan: Plan, day: int) -> Plan:
    """What a plan had decided when a day opens."""
    ended = day + _SAME_D
    return plan.model_copy(
        update={
            "flights": tuple(flight for flight in plan.flights if flight.departure_d <= ended),
            "builds": tuple(build for build in plan.builds if build.day_d <= ended),
            "made": tuple(made for made in plan.made if made.until_d <= ended),
            "reboosts": tuple(reboost for reboost in plan.reboosts if reboost.until_d <= ended),
            "purchases": tuple(bought for bought in plan.purchases if bought.day_d < day - _SAME_D),
        }
    )


def frozen(problem: Problem, model: Model, plan: Plan, day: int) -> Model:
    """The model with everything fixed that a plan decided before the period that opens on a day.

    Raises PlanError where the problem does not know some flight, build or purchase of the past.
    """
    first = opening_on(problem.network, day)
    past = _Past(problem, model, first)
    done = before(plan, day)
    recalled = recall(problem, done)
    if recalled.strangers:
        named = ", ".join(recalled.strangers[:5]) + (" and more" if len(recalled.strangers) > 5 else "")
        raise PlanError(
            f"the scenario does not know what was done before {problem.network.world.date_of(day)}: {named}; "
            "give what changes a date (from, until, outages), and leave in what was used"
        )
    values = np.zeros(len(model.column_lower))
    for column, amount in (*recalled.decided.items(), *_rates(problem, done)):
        values[column] += amount
    return past.kept(values)


def unjudged(problem: Problem, day: int) -> Problem:
    """The problem without limits on flights of the past.

    Rows that strengthen a model are drawn from what flights can carry; flights of the past may have carried more than the
    scenario now allows.
    """
    first = opening_on(problem.network, day)
    arcs = tuple(
        replace(arc, itinerary=replace(arc.itinerary, limits=())) if arc.depart < first else arc
        for arc in problem.network.arcs
    )
    return replace(problem, network=replace(problem.network, arcs=arcs))


def _rates(problem: Problem, done: Plan) -> Iterator[tuple[int, float]]:
    """(column, amount) of what was made, recovered and pushed in each period."""
    opens = {float(period.start_d): period.index for period in problem.network.periods}
    for made in done.made:
        table = problem.made if made.how == "produced" else problem.recovered
        column = table.get((made.element, made.resource, opens.get(made.from_d, -1)))
        if column is not None:
            yield column, made.mass_kg
    types = {unit.serial: unit.vehicle for flight in done.flights for unit in flight.units}
    for reboost in done.reboosts:
        k = opens.get(reboost.from_d, -1)
        column = problem.thrust.get((reboost.provider, k))
        if column is None:
            vehicle = types.get(reboost.provider, reboost.provider.rpartition("-")[0])
            column = problem.pushed.get((vehicle, reboost.node, k))
        if column is not None:
            yield column, reboost.impulse_n_s


@dataclass(frozen=True)
class _Past:
    """Which columns and rows of a model lie before the period `first`."""

    problem: Problem
    model: Model
    first: int

    def kept(self, values: NDArray[np.float64]) -> Model:
        """The model in which decisions of the past have their values, and nothing is asked of it but its account."""
        decided, lies_before = self._decided(), self._before()
        drift = np.where(self.model.whole, 0.0, _DUST + _DUST_SHARE * np.abs(values))
        lower, upper = self.model.column_lower.copy(), self.model.column_upper.copy()
        lower[decided] = np.maximum(0.0, values - drift)[decided]
        upper[decided] = (values + drift)[decided]
        followed = lies_before & ~decided & ~self.model.whole & ~self._counted()
        lower[followed], upper[followed] = -np.inf, np.inf
        model = replace(
            self.model,
            column_lower=lower,
            column_upper=upper,
            row_upper=self._used_up(np.where(decided, upper, 0.0)),
        )
        return _without(model, self._settled(decided))

    def _used_up(self, spent: NDArray[np.float64]) -> NDArray[np.float64]:
        """Upper bounds of rows; where the past alone has overrun what is now allowed, nothing is left."""
        model = self.model
        row_of = np.repeat(np.arange(len(model.row_lower)), np.diff(model.starts))
        used = np.bincount(row_of, model.values * spent[model.indices], minlength=len(model.row_lower))
        shared = np.array([row.startswith(SHARED) for row in model.row_labels], dtype=bool)
        most: NDArray[np.float64] = np.where(shared, np.maximum(model.row_upper, used), model.row_upper)
        return most

    def _before(self) -> NDArray[np.bool_]:
        openings = np.array(self.problem.columns.openings)
        before: NDArray[np.bool_] = openings < self.first
        return before

    def _decided(self) -> NDArray[np.bool_]:
        """Columns of decisions, before the first period that is open."""
        problem = self.problem
        tables = (problem.flights, problem.loads, problem.bought, problem.built)
        rates = (problem.made, problem.recovered, problem.thrust, problem.pushed)
        decides = np.zeros(len(self.model.column_lower), dtype=bool)
        decides[[column for table in (*tables, *rates) for column in table.values()]] = True
        return decides & self._before()

    def _counted(self) -> NDArray[np.bool_]:
        """Columns that are counted in an aim, and must not run away."""
        counted = np.zeros(len(self.model.column_lower), dtype=bool)
        counted[[*self.problem.short.values(), *self.problem.done.values(), self.problem.finish]] = True
        return counted

    def _settled(self, decided: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Rows of which nothing is open: all is decided, or it is a limit on the past alone."""
        model, sizes = self.model, np.diff(self.model.starts)
        row_of = np.repeat(np.arange(len(sizes)), sizes)
        is_open, is_later = np.zeros(len(sizes), dtype=bool), np.zeros(len(sizes), dtype=bool)
        is_open[row_of[~decided[model.indices]]] = True
        is_later[row_of[~self._before()[model.indices]]] = True
        limits = model.row_lower != model.row_upper
        tells = np.array([row.startswith(TELLING) for row in model.row_labels], dtype=bool)
        owed = self._owed()
        due = np.array([row in owed for row in model.row_labels], dtype=bool)
        settled: NDArray[np.bool_] = (~is_open & ~due) | (~is_later & limits & ~tells)
        return settled

    def _owed(self) -> set[str]:
        """Rows of what is asked beyond the past: one of which nothing is open is met by now, or never will be."""
        problem, day_d = self.problem, self.problem.network.openings[self.first].start_d
        found: set[str] = set()
        for name, demand in problem.scenario.demands.items():
            for one in requirements(problem.network, demand):
                reaches = one.until_d > day_d if one.opening is None else one.opening >= self.first
                if reaches:
                    found.add(label(f"{demand.kind}_demand", (name, one.label)))
        for number, contract in enumerate(problem.scenario.initial.contracts):
            if problem.network.world.day_of(contract.until) > day_d:
                found.add(label("contracts", (contract.mission, number)))
        return found


def _without(model: Model, left_out: NDArray[np.bool_]) -> Model:
    """The model without some of its rows."""
    sizes = np.diff(model.starts)
    entries = ~np.repeat(left_out, sizes)
    return replace(
        model,
        row_lower=model.row_lower[~left_out],
        row_upper=model.row_upper[~left_out],
        row_labels=tuple(
            name for name, gone in zip(model.row_labels, left_out.tolist(), strict=True) if not gone
        ),
        starts=np.concatenate([[0], np.cumsum(sizes[~left_out])]).astype(np.int32),
        indices=model.indices[entries],
        values=model.values[entries],
    )
