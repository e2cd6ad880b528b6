"""What binds, what a flight is worth, what a vehicle would cost: small campaigns, where counting gives the answer."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

import moonwright
from moonwright.explain.binding import Binding, bindings
from moonwright.explain.purpose import purpose
from moonwright.explain.unused import unused
from moonwright.explain.whatif import Known, known
from moonwright.scenario.scenario import Scenario
from worlds import Noun, cape_and_base, one_way, rocket

SAME_MUSD = 1e-4


def ship(room_t: float, price_musd: float, **more: Any) -> Noun:
    return {
        "owner": "a",
        "dry_mass": "1 t",
        "room": {"total": f"{room_t} t"},
        "price": f"{price_musd} MUSD",
        **more,
    }


def campaign(cadence: int = 6, **changes: Any) -> Scenario:
    """A rocket for 30 MUSD; `big` brings 3 t for 100 MUSD, `small` brings 2 t for 10 MUSD."""
    data = cape_and_base(
        "small",
        {"start": "2030-01-01", "end": "2030-07-01"},
        launchers={"rocket": rocket("5 t", f"{cadence} /yr", price="30 MUSD")},
        vehicles={"big": ship(3, 100), "small": ship(2, 10)},
        missions={"large": one_way("big"), "little": one_way("small")},
        resources={"goods": {"supply_class": 6, "price": "1 MUSD"}},
    )
    return Scenario.model_validate(data | changes)


def goods(tonnes: float, **more: Any) -> Noun:
    return {"d": {"kind": "deliver", "resource": "goods", "node": "base", "amount": f"{tonnes} t", **more}}


def least(tonnes: float, launches: int, *, large: range = range(7), little: range = range(7)) -> float:
    """Least cost of bringing so much with so many launches, a tonne of goods at 1 MUSD: plain counting."""
    return tonnes + min(
        130.0 * x + 40.0 * y
        for x, y in itertools.product(large, little)
        if x + y <= launches and 3 * x + 2 * y >= tonnes
    )


def planned(scenario: Scenario) -> Known:
    plan = moonwright.plan(scenario, gap=0.0, time_limit_s=60.0)
    assert plan is not None
    return known(scenario, plan)


def binding(base: Known, *path: str) -> Binding:
    return next(one for one in bindings(base, most=20).asked if one.step.path == path)


@pytest.mark.parametrize(("tonnes", "launches"), [(5.0, 2), (7.0, 3), (3.0, 1), (6.0, 2)])
def test_the_value_of_one_more_launch(tonnes: float, launches: int) -> None:
    base = planned(campaign(launches, demands=goods(tonnes)))
    gain = binding(base, "launchers", "rocket", "cadence").gain
    assert gain is not None
    saved = least(tonnes, launches) - least(tonnes, launches + 1)
    assert (-gain.by.most, -gain.by.least) == pytest.approx((saved, saved), abs=SAME_MUSD)
    assert gain.found == pytest.approx(-saved, abs=SAME_MUSD)


def test_one_more_launch_lessens_what_is_short() -> None:
    """One launch brings 3 of 5 t; a second brings the rest. What it costs no longer compares."""
    base = planned(campaign(1, demands=goods(5.0, rank=1)))
    gain = binding(base, "launchers", "rocket", "cadence").gain
    assert gain is not None
    assert gain.rank == "shortfall 1"
    assert (gain.by.least, gain.by.most) == pytest.approx((-2.0, -2.0), abs=1e-6)


def test_the_value_of_a_tonne_of_room() -> None:
    """4 t take two small ships; with 3 t of room in each, they still do, but 6 t take two instead of three."""
    base = planned(campaign(demands=goods(6.0)))
    gain = binding(base, "vehicles", "small", "room", "total").gain
    assert gain is not None
    assert -gain.by.least == pytest.approx(40.0, abs=SAME_MUSD)
    assert gain.by.exact


def test_the_value_of_a_tenth_more_budget() -> None:
    """131 MUSD a year are spent on one big flight with 1 t more than fits small; a tenth more changes nothing."""
    base = planned(campaign(1, demands=goods(3.0), partners={"a": {"name": "A", "budget": "133 MUSD/yr"}}))
    gain = binding(base, "partners", "a", "budget").gain
    assert gain is not None
    assert (gain.by.least, gain.by.most) == pytest.approx((0.0, 0.0), abs=SAME_MUSD)


def test_a_month_more_is_worth_what_the_cheaper_ship_saves() -> None:
    """The small ship is ready in March: 2 t by the end of February take a big one, by the end of March a small one."""
    crate = {"crate": {"owner": "a", "node": "base", "mass": "2 t"}}
    base = planned(
        campaign(
            vehicles={"big": ship(3, 100), "small": ship(2, 10, ready="2030-03-02")},
            elements=crate,
            demands={"d": {"kind": "build", "element": "crate", "by": "2030-03-01"}},
        )
    )
    gain = binding(base, "demands", "d", "by").gain
    assert gain is not None
    assert (gain.by.least, gain.by.most) == pytest.approx((-90.0, -90.0), abs=SAME_MUSD)


def test_goods_have_their_price_with_the_flights_as_planned() -> None:
    """A tonne less saves the 1 MUSD that it costs; the flights are there anyway."""
    base = planned(campaign(demands=goods(3.0)))
    assert binding(base, "demands", "d", "amount").as_flown == pytest.approx(1.0, abs=SAME_MUSD)


def test_what_a_flight_is_worth() -> None:
    """5 t go in three small ships (120 MUSD); without the third, one big and one small do (170 MUSD)."""
    base = planned(campaign(demands=goods(5.0)))
    found = purpose(base, base.plan.flights[0].name)
    worth = least(5.0, 6, little=range(3)) - least(5.0, 6)
    assert worth == pytest.approx(170.0 - 120.0)
    assert (found.without.by.least, found.without.by.most) == pytest.approx((worth, worth), abs=SAME_MUSD)
    assert (found.not_then.by.least, found.not_then.by.most) == pytest.approx((0.0, 0.0), abs=SAME_MUSD)
    assert [(use.demands, use.flights) for use in found.uses] == [(("d",), ())]


def test_a_flight_that_nothing_can_replace() -> None:
    """A crate of 3 t fits the big ship only: without it, it is never commissioned, 3 months late at the end."""
    base = planned(
        campaign(
            elements={"crate": {"owner": "a", "node": "base", "mass": "3 t"}},
            demands={"d": {"kind": "build", "element": "crate", "by": "2030-04-01"}},
        )
    )
    found = purpose(base, "large 1")
    assert found.without.outcome == "impossible"
    assert [(lack.demand, lack.unit) for lack in found.lacks] == [("d", "days late")]
    assert found.lacks[0].amount == pytest.approx(30 + 31 + 30)  # April, May, June


def test_a_ranked_demand_falls_short_without_its_flight() -> None:
    base = planned(
        campaign(
            elements={"crate": {"owner": "a", "node": "base", "mass": "3 t"}},
            demands={"d": {"kind": "build", "element": "crate", "by": "2030-04-01", "rank": 1}},
        )
    )
    found = purpose(base, "large 1").without
    assert (found.rank, found.outcome) == ("shortfall 1", "plan")
    assert (found.by.least, found.by.most) == pytest.approx((91.0, 91.0))
    assert found.plan is not None
    assert {short.demand for short in found.plan.shortfalls} == {"d"}


def test_an_unused_ship_costs_what_it_costs_more() -> None:
    """2 t go in a small ship; with a big one they go in it, and no small one flies."""
    base = planned(campaign(demands=goods(2.0)))
    found = unused(base, "big")
    assert found.reasons == ()
    assert found.forced is not None
    more = least(2.0, 6, large=range(1, 7)) - least(2.0, 6)
    assert (found.forced.by.least, found.forced.by.most) == pytest.approx((more, more), abs=SAME_MUSD)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"missions": {"little": one_way("small")}}, "no mission flies big"),
        (
            {"vehicles": {"big": ship(3, 100, ready="2031-01-01"), "small": ship(2, 10)}},
            "big is ready only from 2031-01-01",
        ),
        (
            {"vehicles": {"big": ship(3, 100, dry_mass="6 t"), "small": ship(2, 10)}},
            "launch mass to base is too small by 1,000 kg",
        ),
        (
            {
                "missions": {"little": one_way("small"), "hop": {"legs": [{"by": "big", "route": "on"}]}},
                "routes": {
                    "up": {"from": "cape", "to": "base", "duration": "5 d"},
                    "on": {"from": "base", "to": "cape", "duration": "5 d"},
                },
            },
            "it begins with big at base, which cannot be there in time",
        ),
    ],
)
def test_why_a_ship_cannot_fly(changes: Noun, why: str) -> None:
    found = unused(planned(campaign(demands=goods(2.0), **changes)), "big")
    assert found.forced is None
    assert len(found.reasons) == 1
    assert why in found.reasons[0]


def test_a_ship_that_flies_is_not_unused() -> None:
    base = planned(campaign(demands=goods(2.0)))
    assert unused(base, "small").flights == ("little 1",)
