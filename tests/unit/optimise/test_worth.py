"""Net cost: a demand is met where it is worth what it costs, and as far as that."""

from __future__ import annotations

from typing import Any

import pytest

import moonwright
from moonwright.scenario.scenario import Scenario
from worlds import Noun, best, cape_and_base, one_way, rocket


def hauling(*, cadence: str = "12 /yr", **demands: Any) -> Noun:
    """Trucks for 40 MUSD each carry a ton to the base, in four quarters."""
    return cape_and_base(
        "hauling",
        {"start": "2030-01-01", "end": "2031-01-01", "periods": [{"length": "3 months"}]},
        partners={"a": {"name": "A"}, "b": {"name": "B"}},
        launchers={"rocket": rocket("2 t", cadence, price="40 MUSD")},
        vehicles={"truck": {"owner": "a", "dry_mass": "1 t", "room": {"total": "1 t"}}},
        missions={"haul": one_way("truck")},
        resources={"ore": {"supply_class": 6}},
        elements={"mast": {"owner": "a", "node": "base", "mass": "1 t", "quantity": 2}},
        demands={name: {"rank": 1, **told} for name, told in demands.items()},
        objective={"minimise": ["net"]},
    )


def worked_out(data: Noun) -> tuple[float, float, float]:
    """(net cost, cost by replay, flights) of the best plan."""
    plan = best(data)
    assert plan is not None
    run = moonwright.simulate(Scenario.model_validate(data), plan)
    return plan.outcome.last.value, run.cost_musd, len(plan.flights)


ORE = {"kind": "deliver", "resource": "ore", "node": "base"}


@pytest.mark.parametrize(("worth", "net", "flights"), [(39.0, 0.0, 0), (41.0, -1.0, 1), (100.0, -60.0, 1)])
def test_what_does_not_pay_is_not_flown(worth: float, net: float, flights: int) -> None:
    found = worked_out(hauling(ore={**ORE, "amount": "1 t", "worth": {"a": f"{worth} MUSD"}}))
    assert found == pytest.approx((net, 40.0 * flights, flights))


def test_worth_to_several_adds_up() -> None:
    """Neither would fly for 25 MUSD, both together do."""
    found = worked_out(hauling(ore={**ORE, "amount": "1 t", "worth": {"a": "25 MUSD", "b": "25 MUSD"}}))
    assert found == pytest.approx((-10.0, 40.0, 1))


def test_worth_comes_in_proportion() -> None:
    """Three tons are worth 150 MUSD, so each 50; two launches a year can bring two of them."""
    found = worked_out(hauling(cadence="2 /yr", ore={**ORE, "amount": "3 t", "worth": {"a": "150 MUSD"}}))
    assert found == pytest.approx((-20.0, 80.0, 2))


def test_a_building_late_loses_for_the_time_it_is_late() -> None:
    """It is asked for on 1 April, with 275 days left, and can be there on 1 July: 91 of them are lost, of 275 MUSD."""
    data = hauling(mast={"kind": "build", "element": "mast", "by": "2030-04-01", "worth": {"a": "275 MUSD"}})
    data["launchers"]["rocket"]["first_flight"] = "2030-04-02"
    assert worked_out(data) == pytest.approx((40.0 - 275.0 + 91.0, 40.0, 1))


def test_flights_count_one_by_one() -> None:
    """Two flights in each half year, all for 100 MUSD: none pays; for 200, each is worth 50, and all do."""
    asked = {"kind": "fly", "mission": "haul", "count": 2, "every": "6 months"}
    assert worked_out(hauling(f={**asked, "worth": {"a": "100 MUSD"}})) == pytest.approx((0.0, 0.0, 0))
    assert worked_out(hauling(f={**asked, "worth": {"a": "200 MUSD"}})) == pytest.approx((-40.0, 160.0, 4))


def test_hard_demands_are_met_whatever_they_are_worth() -> None:
    found = worked_out(hauling(ore={**ORE, "amount": "1 t", "rank": "hard", "worth": {"a": "10 MUSD"}}))
    assert found == pytest.approx((30.0, 40.0, 1))


def test_ranked_demands_that_are_worth_nothing_come_first() -> None:
    """One is to be as little short as can be, whatever that costs; the other must pay."""
    data = hauling(ore={**ORE, "amount": "1 t"}, more={**ORE, "amount": "2 t", "worth": {"a": "60 MUSD"}})
    plan = best(data)
    assert plan is not None
    assert [rank.name for rank in plan.outcome.ranks] == ["shortfall 1", "net"]
    assert plan.outcome.last.value == pytest.approx(40.0 - 30.0)  # the first ton counts for both


def test_crew_days_are_worth_their_share() -> None:
    """A ship brings one for a quarter or more: a year of two is worth 800 MUSD, a quarter of one about 100."""
    data = hauling(c={"kind": "crew", "node": "base", "count": 2, "worth": {"b": "800 MUSD"}})
    data["nodes"]["sea"] = {"kind": "recovery", "body": "earth"}
    data["routes"]["home"] = {"from": "base", "to": "sea", "duration": "5 d"}
    data["vehicles"]["ship"] = {"owner": "a", "dry_mass": "1 t", "seats": 1}
    data["missions"] |= {
        "come": {"legs": [{"by": "rocket", "carrying": ["ship"], "route": "up"}]},
        "go": {"legs": [{"by": "ship", "route": "home"}]},
    }
    data["crew"] = {"pilot": {"owner": "b", "mass": "100 kg", "uses": {}, "rotation": {"longest": "184 d"}}}
    data["elements"]["hut"] = {"owner": "a", "node": "base", "mass": "1 t", "provides": {"berths": 2}}
    data["initial"] = {"elements": [{"element": "hut"}]}
    plan = best(data)
    assert plan is not None
    days = sum(run.present.sum() for run in moonwright.simulate(Scenario.model_validate(data), plan).crew)
    ups = sum(flight.mission == "come" for flight in plan.flights)
    assert plan.outcome.last.value == pytest.approx(40.0 * ups - 800.0 * days / 730.0)
    assert days > 365.0
