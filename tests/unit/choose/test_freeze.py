"""What of a plan lies in the past."""

from datetime import date

import pytest

from moonwright.choose.freeze import before, frozen, opening_on
from moonwright.choose.result import Result
from moonwright.errors import PlanError
from moonwright.network.expand import expand
from moonwright.optimise.model import assemble
from moonwright.optimise.pose import pose
from moonwright.world.observe import observe


def day(year: int, month: int, of_month: int = 1) -> int:
    return (date(year, month, of_month) - date(2031, 1, 1)).days


def test_what_happens_when_the_day_opens_has_happened(toy: Result) -> None:
    first, second = sorted(flight.departure_d for flight in toy.plan.flights)
    assert len(before(toy.plan, int(first) - 1).flights) == 0
    assert len(before(toy.plan, int(first)).flights) == 1
    assert before(toy.plan, int(second)).flights == toy.plan.flights
    (build,) = toy.plan.builds
    assert before(toy.plan, int(build.day_d)).builds == (build,)
    assert before(toy.plan, int(build.day_d) - 1).builds == ()


def test_a_day_opens_a_period_or_the_nearest_are_told(toy: Result) -> None:
    network = expand(observe(toy.scenario))
    assert opening_on(network, day(2031, 3)) == 2
    with pytest.raises(
        PlanError, match="2031-03-02 opens no period after the first; the nearest: 2031-03-01 or 2031-04-01"
    ):
        opening_on(network, day(2031, 3, 2))
    with pytest.raises(PlanError, match="2031-01-01 opens no period"):
        opening_on(network, 0)


def test_all_that_flew_is_fixed_and_nothing_else(toy: Result) -> None:
    problem = pose(expand(observe(toy.scenario)))
    model = assemble(problem)
    at = day(2031, 12)
    fixed = frozen(problem, model, toy.plan, at)
    flights = [column for a, column in problem.flights.items() if problem.network.arcs[a].depart < 11]
    still_open = [column for a, column in problem.flights.items() if problem.network.arcs[a].depart >= 11]
    assert flights
    assert still_open
    assert (fixed.column_lower[flights] == fixed.column_upper[flights]).all()
    assert fixed.column_lower[flights].sum() == len(toy.plan.flights)
    assert (fixed.column_upper[still_open] == model.column_upper[still_open]).all()
    assert len(fixed.row_labels) == len(fixed.row_lower) < len(model.row_lower)
