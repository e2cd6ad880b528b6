"""What is left to be planned on some day, worked out from the outpost's plan."""

from datetime import date
from typing import Any

import pytest

from moonwright.plan import Plan, digest
from moonwright.scenario.scenario import Scenario
from moonwright.simulate.onward import onward
from moonwright.world.observe import observe


def left(outpost: Any, day: int) -> Scenario:
    scenario = Scenario.model_validate(outpost.scenario)
    told = {"scenario_digest": digest(scenario), **outpost.plan}
    return onward(Plan.model_validate(told), observe(scenario), day)


def test_the_state_in_april(outpost: Any) -> None:
    scenario = left(outpost, 90)
    initial = scenario.initial
    assert scenario.horizon.start == date(2030, 4, 1)
    assert [(c.kind, c.node, c.count, c.arrived) for c in initial.crew] == [
        ("pilot", "base", 2, date(2030, 3, 1))
    ]
    assert initial.stocks == {"base": {"food": pytest.approx(800 - 2 * 31)}}
    assert [(e.element, e.count, e.since) for e in initial.elements] == [("hab", 1, date(2030, 2, 1))]
    assert [(v.vehicle, v.node, v.arrived) for v in initial.vehicles] == [("ferry", "base", date(2030, 3, 1))]
    assert (initial.fleet, initial.under_way, initial.contracts) == ((), (), ())
    # Launches, hauler, ferry, habitat, and 59 days of its operations at 0.1 a day.
    assert initial.spent == {"us": pytest.approx(200 + 20 + 50 + 200 + 5.9)}


def test_a_moment_is_over_when_the_day_opens(outpost: Any) -> None:
    assert left(outpost, 59).initial.crew[0].count == 2
    july = left(outpost, 181).initial
    assert (july.crew, july.vehicles) == ((), ())
    assert july.stocks["base"]["food"] == pytest.approx(546)


def test_flights_under_way(outpost: Any) -> None:
    (haul,) = left(outpost, 26).initial.under_way
    assert (haul.node, haul.on, haul.vehicles) == ("base", date(2030, 2, 1), {})  # its hauler is expended
    assert (haul.resources, haul.elements, haul.crew) == ({"food": 800}, {"hab": 1}, {})
    (up,) = left(outpost, 56).initial.under_way
    assert (up.vehicles, up.crew, up.on) == ({"ferry": 1}, {"pilot": 2}, date(2030, 3, 1))


def test_what_is_under_way_before_stays_so(outpost: Any) -> None:
    outpost.scenario["initial"] = {
        "under_way": [{"node": "base", "on": "2030-05-01", "resources": {"food": "5 kg"}}]
    }
    assert len(left(outpost, 90).initial.under_way) == 1
    assert len(left(outpost, 120).initial.under_way) == 0


def test_elements_that_wait_for_work(outpost: Any) -> None:
    outpost.plan["builds"] = []
    (hab,) = left(outpost, 40).initial.elements
    assert (hab.commissioned, hab.since) == (False, date(2030, 2, 1))


def test_the_fleet(outpost: Any) -> None:
    """Two ferries are bought, and one flies: of its three flights one is left after the next launch."""
    outpost.scenario["vehicles"]["ferry"]["reuse"] = {"flights": 3}
    outpost.plan["purchases"] = [{"vehicle": "ferry", "count": 2, "day_d": 54}]
    outpost.add_flight("up-1", "up-2", "ferry-1", departure_d=207, arrival_d=212)

    def fleet(day: int) -> list[tuple[float, float]]:
        return [(group.flights_left, group.count) for group in left(outpost, day).initial.fleet]

    assert fleet(40) == []
    assert fleet(90) == [(3, 1)]  # the other one is in space
    assert fleet(190) == [(3, 1), (2, 1)]
    assert fleet(240) == [(3, 1)]


def test_contracts(outpost: Any) -> None:
    contract = {"mission": "haul", "from": "2030-01-01", "until": "2030-12-01", "count": 2}
    outpost.scenario["initial"] = {"contracts": [contract]}
    assert [c.count for c in left(outpost, 20).initial.contracts] == [2]
    assert [c.count for c in left(outpost, 90).initial.contracts] == [1]
    assert left(outpost, 340).initial.contracts == ()


def test_budget_of_the_first_year(outpost: Any) -> None:
    outpost.scenario["partners"]["us"]["budget"] = "600 MUSD/yr"
    partner = left(outpost, 90).partners["us"]
    assert (partner.budget, partner.budgets) == (600, {2030: pytest.approx(600 - 475.9)})


def test_periods_go_on(outpost: Any) -> None:
    outpost.scenario["horizon"]["periods"] = [
        {"length": "1 month", "until": "2030-07-01"},
        {"length": "3 months"},
    ]
    assert [rule.length for rule in left(outpost, 90).horizon.periods] == ["1 month", "3 months"]
    assert [rule.length for rule in left(outpost, 181).horizon.periods] == ["3 months"]


def demand_left(outpost: Any, day: int, demand: dict[str, Any]) -> dict[str, Any]:
    outpost.scenario["demands"] = {"it": demand}
    return dict(left(outpost, day).demands)


def test_crew_and_reserves_are_asked_until_they_end(outpost: Any) -> None:
    for kind in ({"kind": "crew", "count": 2}, {"kind": "reserve", "cover": "9 d"}):
        demand = {**kind, "node": "base", "until": "2030-05-01"}
        assert list(demand_left(outpost, 90, demand)) == ["it"]
        assert demand_left(outpost, 120, demand) == {}


def test_builds_are_asked_until_they_stand(outpost: Any) -> None:
    demand = {"kind": "build", "element": "hab", "by": "2030-03-01"}
    assert list(demand_left(outpost, 30, demand)) == ["it"]
    assert demand_left(outpost, 31, demand) == {}


def test_deliveries_are_reduced(outpost: Any) -> None:
    demand = {"kind": "deliver", "resource": "food", "node": "base", "amount": "1 t", "until": "2030-12-01"}
    assert demand_left(outpost, 30, demand)["it"].amount == 1000
    assert demand_left(outpost, 31, demand)["it"].amount == pytest.approx(200)
    assert demand_left(outpost, 340, demand) == {}
    assert demand_left(outpost, 31, {**demand, "amount": "800 kg"}) == {}


def test_a_span_that_goes_on_is_asked_by_itself(outpost: Any) -> None:
    demand = {"kind": "deliver", "resource": "food", "node": "base", "amount": "1 t", "every": "3 months"}
    found = demand_left(outpost, 59, demand)
    assert list(found) == ["it until 2030-04-01", "it"]
    now, later = found.values()
    assert (now.amount, now.starts, now.until, now.every) == (
        pytest.approx(200),
        date(2030, 1, 1),
        date(2030, 4, 1),
        None,
    )
    assert (later.amount, later.starts, later.every) == (1000, date(2030, 4, 1), "3 months")
    assert list(demand_left(outpost, 90, demand)) == ["it"]
    assert list(demand_left(outpost, 59, {**demand, "amount": "800 kg"})) == ["it"]
    assert list(demand_left(outpost, 300, {**demand, "until": "2031-01-01"})) == ["it until 2031-01-01"]


def test_flights_are_reduced(outpost: Any) -> None:
    demand = {"kind": "fly", "mission": "haul", "count": 2}
    assert demand_left(outpost, 25, demand)["it"].count == 2
    assert demand_left(outpost, 26, demand)["it"].count == 1  # it has left; it comes on day 31
    assert demand_left(outpost, 31, {**demand, "count": 1}) == {}


@pytest.mark.parametrize("day", [0, 365])
def test_the_day_lies_within_the_horizon(outpost: Any, day: int) -> None:
    with pytest.raises(ValueError, match="does not lie within the horizon"):
        left(outpost, day)
