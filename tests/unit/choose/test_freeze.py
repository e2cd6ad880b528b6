"""What of a plan lies in the past."""

from datetime import date

import pytest

from moonwright.choose.freeze import before, frozen, opening_on
from moonwright.choose.onward import onward
from moonwright.choose.result import Result
from moonwright.errors import PlanError
from moonwright.network.expand import expand
from moonwright.optimise.highs import Limits
from moonwright.optimise.model import assemble
from moonwright.optimise.pose import pose
from moonwright.scenario.scenario import Scenario
from moonwright.world.observe import observe
from worlds import best, cape_and_base, one_way, rocket


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


@pytest.mark.parametrize(("wanted", "status"), [(1, "optimal"), (2, "infeasible")])
def test_what_can_never_be_met_any_more_is_not_forgotten(wanted: int, status: str) -> None:
    """One has flown when the only rocket is retired: a second flight will never come, and that is said."""
    told = cape_and_base(
        "retired",
        {"start": "2031-01-01", "end": "2032-01-01", "periods": [{"length": "3 months"}]},
        launchers={"rocket": rocket("2 t", "12 /yr", price="10 MUSD")},
        vehicles={"truck": {"owner": "a", "dry_mass": "1 t"}},
        missions={"haul": one_way("truck")},
        demands={"early": {"kind": "fly", "mission": "haul", "until": "2031-04-01"}},
    )
    plan = best(told)
    assert plan is not None
    told["launchers"]["rocket"]["outages"] = [{"from": "2031-04-01"}]
    told["demands"]["all"] = {"kind": "fly", "mission": "haul", "count": wanted}
    found = onward(Scenario.model_validate(told), plan, 90, Limits(0.0, 60.0))
    assert found.status == status
