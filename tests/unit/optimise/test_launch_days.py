"""When launches leave: set apart only to days that mean the same, in the year that a moment ends; and who pays for them.

Each fault here was found by random campaigns (tests/truth, tests/laws); days are counted by hand from 1 January 2030.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

import moonwright
from moonwright.network.expand import expand
from moonwright.optimise.slots import Slots
from moonwright.plan import Plan
from moonwright.scenario.scenario import Scenario
from moonwright.world.observe import observe

Noun = dict[str, Any]


def depot(wanted_t: float = 1.0, **rocket: Any) -> Noun:
    """Two months; a rocket that brings a truck with 1 t in 5 d for 50 + 10 MUSD."""
    return {
        "name": "depot",
        "currency_year": 2024,
        "horizon": {"start": "2030-01-01", "end": "2030-03-01"},
        "partners": {"a": {"name": "A"}, "b": {"name": "B"}},
        "nodes": {
            "cape": {"kind": "launch site", "body": "earth", "latitude": "28 deg", "longitude": "-80 deg"},
            "base": {"kind": "surface", "body": "moon", "latitude": "-89 deg", "longitude": "0 deg"},
        },
        "routes": {"up": {"from": "cape", "to": "base", "duration": "5 d"}},
        "launchers": {
            "rocket": {
                "owner": "a",
                "site": "cape",
                "payload": {"base": "5 t"},
                "cadence": "12 /yr",
                "price": "50 MUSD",
                **rocket,
            }
        },
        "vehicles": {
            "truck": {"owner": "a", "dry_mass": "1 t", "room": {"total": "1 t"}, "price": "10 MUSD"}
        },
        "missions": {
            "haul": {
                "legs": [{"by": "rocket", "carrying": ["truck"], "route": "up"}],
                "expends": ["truck"],
            }
        },
        "resources": {"goods": {"supply_class": 6}},
        "demands": {"d": {"kind": "deliver", "resource": "goods", "node": "base", "amount": f"{wanted_t} t"}},
    }


def best(data: Noun) -> Plan | None:
    """The best plan, replayed without a violation."""
    scenario = Scenario.model_validate(data)
    plan = moonwright.plan(scenario, gap=0.0, time_limit_s=60.0)
    if plan is not None:
        assert moonwright.simulate(scenario, plan).violations == ()
    return plan


def departures(data: Noun) -> list[float]:
    plan = best(data)
    assert plan is not None
    return sorted(flight.departure_d for flight in plan.flights)


def test_launches_are_set_apart_by_the_turnaround() -> None:
    """Both arrive in January: on day 31, and 12 days before."""
    data = depot(2.0, turnaround="12 d")
    data["demands"]["d"]["until"] = "2030-02-01"
    assert departures(data) == [14.0, 26.0]


@pytest.mark.parametrize(
    ("change", "second"),
    [
        ({"first_flight": "2030-01-20"}, None),  # day 19: nothing flies on day 14
        ({"outages": [{"from": "2030-01-12", "until": "2030-01-20"}]}, None),  # day 11 is too near New Year
        ({"outages": [{"from": "2030-01-14", "until": "2030-01-17"}]}, 12.0),  # days 13 to 15
    ],
)
def test_nothing_is_set_apart_to_a_day_without_service(change: Noun, second: float | None) -> None:
    """Where no earlier day will do, the two have no plan; else the last day before that does."""
    data = depot(2.0, turnaround="12 d", **change)
    data["demands"]["d"]["until"] = "2030-02-01"
    if second is None:
        assert best(data) is None
    else:
        assert departures(data) == [second, 26.0]


def test_nothing_is_set_apart_to_a_day_on_which_its_route_is_closed() -> None:
    """The route is open from day 20 to 30: a launch on day 26 leaves no other 12 days before."""
    data = depot(2.0, turnaround="12 d")
    data["routes"]["up"]["windows"] = [{"opens": "2030-01-21", "closes": "2030-01-31"}]
    assert best(data) is None


def test_launches_without_a_turnaround_all_leave_as_late_as_they_can() -> None:
    assert departures(depot(3.0)) in ([26.0] * 3, [26.0, 26.0, 54.0], [26.0, 54.0, 54.0], [54.0] * 3)


def test_one_launch_in_two_years_is_one_in_a_month_too() -> None:
    assert best(depot(2.0, cadence="0.5 /yr", first_flight="2030-02-01")) is None
    assert best(depot(1.0, cadence="0.5 /yr", first_flight="2030-02-01")) is not None


def new_year(amount_t: float, cadence: int) -> Noun:
    """Three periods of 22 d from 31 October; the third ends on 5 January, its flights leave as the old year ends."""
    data = depot(amount_t, cadence=f"{cadence} /yr")
    data["horizon"] = {"start": "2029-10-31", "end": "2030-01-27", "periods": [{"length": "22 d"}]}
    data["missions"]["haul"]["from"] = "2030-01-01"
    data["routes"]["up"]["duration"] = "4 d"
    return data


def test_a_launch_as_the_old_year_ends_is_one_of_the_old_year() -> None:
    """Day 62 is 1 January, 0:00; by the next period's end (day 88) a launch of the new year has come too."""
    scenario = Scenario.model_validate(new_year(2.0, 1))
    assert observe(scenario).date_of(62.0) == date(2030, 1, 1)
    assert observe(scenario).year_of(62.0) == 2029
    assert observe(scenario).year_of(62.5) == 2030
    assert departures(new_year(2.0, 1)) == [62.0, 84.0]
    assert best(new_year(3.0, 1)) is None


@pytest.mark.parametrize("cap", [59, 60])
def test_the_old_year_pays_for_it(cap: int) -> None:
    data = new_year(2.0, 1)
    data["partners"]["a"]["budgets"] = {2029: f"{cap} MUSD/yr", 2030: "60 MUSD/yr"}
    assert (best(data) is not None) == (cap >= 60)


@pytest.mark.parametrize("payer_can", [False, True])
def test_supplies_are_paid_by_the_owner_of_the_first_unit_whoever_pays_the_flight(payer_can: bool) -> None:
    """The mission's price is b's, its goods are a's: a's ship carries them (docs/decisions/0002)."""
    data = depot(1.0)
    data["missions"]["haul"] |= {"payer": "b", "price": "5 MUSD"}
    data["resources"]["goods"]["price"] = "7 MUSD"
    data["partners"]["b"]["budget"] = "5 MUSD/yr" if payer_can else "4 MUSD/yr"
    data["partners"]["a"]["budget"] = "67 MUSD/yr"
    assert (best(data) is not None) == payer_can


def test_how_early_a_launch_may_leave_is_told_for_each_arc() -> None:
    """With 12 d between launches a January holds two, a February (28 d) one only: 54 - 12 is within 12 d of its start."""
    network = expand(observe(Scenario.model_validate(depot(turnaround="12 d"))))
    slots = Slots(network)
    assert [arc.departure_d for arc in network.arcs] == [26.0, 54.0]
    assert slots.earliest == (14.0, 54.0)
