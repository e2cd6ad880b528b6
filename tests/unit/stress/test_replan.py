"""Replanning: what was done stays, what is lost is the least there is, and the verdict says what that costs."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

import moonwright
from moonwright.choose.result import Result, replayed
from moonwright.errors import StressError
from moonwright.optimise.highs import Limits
from moonwright.scenario.contingency import Contingency
from moonwright.scenario.scenario import Scenario
from moonwright.stress.replan import Replan, opening, replan
from moonwright.stress.survive import survival
from moonwright.stress.verdict import judged
from worlds import Noun, cape_and_base, one_way, rocket

EXACT = Limits(0.0, 60.0)


def planned(told: Noun) -> Result:
    scenario = Scenario.model_validate(told)
    plan = moonwright.plan(scenario, gap=0.0, time_limit_s=60.0)
    assert plan is not None
    return replayed("base", scenario, plan)


def after(base: Result, on: str, *shocks: Any) -> Replan:
    return replan(base, Contingency.model_validate({"on": on, "shocks": list(shocks)}), EXACT)


def leaving(base: Result, on: str, partner: str = "them") -> Replan:
    return after(base, on, {"kind": "withdrawal", "partner": partner})


def test_the_base_flies_with_the_cheap_partner(told: Noun) -> None:
    """Four lorries for 40 MUSD each bring three masts for 5 MUSD and a hut for 7 MUSD."""
    assert planned(told).run.cost_musd == pytest.approx(4 * 40.0 + 3 * 5.0 + 7.0)


def test_what_is_left_is_flown_by_who_stays(told: Noun) -> None:
    """One mast is due in April, so one lorry at least has flown by May. What is left of three masts comes on our trucks,
    for 60 MUSD more each; the hut, which would have come for 40 and 7 MUSD, does not."""
    base = planned(told)
    found = leaving(base, "2030-05-01")
    assert found.fate == "met"
    assert found.certified
    past = [flight for flight in base.plan.flights if flight.departure_d <= found.day]
    assert [flight for flight in found.result.plan.flights if flight.departure_d <= found.day] == past  # type: ignore[union-attr]
    brought = sum(item.element == "mast" for flight in past for item in flight.items)
    hut_came = any(item.element == "hut" for flight in past for item in flight.items)
    verdict = judged("them", ("them",), base, found)
    assert verdict.extra_musd == pytest.approx((3 - brought) * 60.0 - (0.0 if hut_came else 47.0))
    assert verdict.never == (() if hut_came else ("hut 1",))
    assert [lost.demand for lost in verdict.lost] == ([] if hut_came else ["their hut"])


def test_a_hard_demand_that_fails_is_lost_and_no_more_than_that(told: Noun) -> None:
    """Nobody can fly after February: the first mast is late or not, the others never come."""
    told["launchers"]["ours"]["last_flight"] = "2030-01-31"
    base = planned(told)
    found = leaving(base, "2030-02-01")
    assert found.fate == "short"
    assert found.certified
    came = sum(
        item.element == "mast"
        for flight in base.plan.flights
        if flight.departure_d <= 31
        for item in flight.items
    )
    verdict = judged("them", ("them",), base, found)
    assert not verdict.borne
    assert verdict.crew_safe
    assert {lost.demand for lost in verdict.lost} >= ({"three"} if came < 3 else set())


def test_nothing_changes_for_who_has_done_all(told: Noun) -> None:
    base = planned(told)
    verdict = judged("us", ("us",), base, leaving(base, "2030-12-01", "us"))
    assert verdict.fate == "met"
    assert verdict.extra_musd == pytest.approx(0.0, abs=1e-6)
    assert verdict.lost == ()
    assert verdict.months_late == pytest.approx(0.0)


def test_a_price_rise_does_not_make_the_past_dearer(told: Noun) -> None:
    """Whatever is left to fly costs twice as much with them, still less than with us."""
    base = planned(told)
    found = after(base, "2030-05-01", {"kind": "price rise", "launchers": ["theirs"], "factor": 2})
    later = sum(flight.departure_d > found.day for flight in base.plan.flights)
    assert judged("dear", (), base, found).extra_musd == pytest.approx(later * 40.0)


def test_a_lander_that_nobody_will_use_is_given_up(told: Noun) -> None:
    """A tug waits in orbit for a truck of theirs, 200 d at most. Without it, it is left to itself, and that is no fault."""
    told["nodes"]["orbit"] = {"kind": "orbit", "body": "moon", "altitude": "100 km"}
    told["routes"] |= {
        "out": {"from": "cape", "to": "orbit", "duration": "5 d"},
        "down": {"from": "orbit", "to": "base", "duration": "1 d"},
    }
    for name in ("ours", "theirs"):
        told["launchers"][name]["payload"]["orbit"] = "10 t"
    told["vehicles"]["tug"] = {
        "owner": "us",
        "dry_mass": "1 t",
        "pushes": True,
        "stay": "200 d",
        "price": "1 MUSD",
    }
    told["missions"] = {
        "ahead": {"legs": [{"by": "ours", "carrying": ["tug"], "route": "out"}]},
        "bring": {
            "legs": [
                {"by": "theirs", "carrying": ["lorry"], "route": "out"},
                {"by": "tug", "carrying": ["lorry"], "route": "down"},
            ],
            "expends": ["tug", "lorry"],
        },
    }
    told["demands"] = {
        "ready": {"kind": "fly", "mission": "ahead", "until": "2030-02-15"},
        "one": {"kind": "build", "element": "mast", "by": "2030-06-01", "rank": 1},
    }
    base = planned(told)
    assert any(flight.mission == "bring" and flight.departure_d > 60 for flight in base.plan.flights)
    found = leaving(base, "2030-03-01")
    assert found.fate == "met"
    assert found.certified
    assert [f.mission for f in found.result.plan.flights] == ["ahead", "tug given up at orbit"]  # type: ignore[union-attr]


def test_a_crew_that_cannot_be_kept_comes_home() -> None:
    """Who brings food leaves; the crew has a ship of its own, and a month's food."""
    base = planned(manned(food="40 kg"))
    found = leaving(base, "2030-04-01")
    assert found.fate == "short"
    assert found.certified
    verdict = judged("them", ("them",), base, found)
    assert verdict.crew_safe
    assert [lost.demand for lost in verdict.lost] == ["two aboard"]
    assert verdict.least_margin_d is not None


def test_a_ship_that_is_out_flies_home_though_no_other_is_built() -> None:
    shocks = [{"kind": "withdrawal", "partner": "them"}, {"kind": "cut-off", "vehicles": ["ship"]}]
    found = after(planned(manned(food="40 kg")), "2030-04-01", *shocks)
    assert (found.fate, found.certified) == ("short", True)


def manned(food: str) -> Noun:
    """Two of ours at the base all year, whom their lorries feed."""
    return cape_and_base(
        "manned",
        {"start": "2030-01-01", "end": "2031-01-01"},
        nodes={"sea": {"kind": "recovery", "body": "earth"}},
        partners={"us": {"name": "Us"}, "them": {"name": "Them"}},
        routes={
            "up": {"from": "cape", "to": "base", "duration": "5 d"},
            "home": {"from": "base", "to": "sea", "duration": "5 d"},
        },
        launchers={"theirs": {**rocket("10 t", "12 /yr", price="40 MUSD"), "owner": "them"}},
        vehicles={
            "lorry": {"owner": "them", "dry_mass": "1 t", "room": {"total": "200 kg"}},
            "ship": {"owner": "us", "dry_mass": "3 t", "seats": 2},
        },
        missions={
            "bring": one_way("lorry", by="theirs"),
            "go": {"legs": [{"by": "ship", "route": "home"}]},
        },
        resources={"food": {"supply_class": 2, "life_critical": True}},
        crew={
            "pilot": {
                "owner": "us",
                "mass": "100 kg",
                "uses": {"food": "0.5 kg/d"},
                "rotation": {"longest": "800 d"},
            }
        },
        elements={"hut": {"owner": "us", "node": "base", "mass": "1 t", "provides": {"berths": 2}}},
        initial={
            "elements": [{"element": "hut"}],
            "crew": [{"kind": "pilot", "node": "base", "count": 2, "arrived": "2030-01-01"}],
            "vehicles": [{"vehicle": "ship", "node": "base", "arrived": "2030-01-01"}],
            "stocks": {"base": {"food": food}},
        },
        demands={"two aboard": {"kind": "crew", "node": "base", "count": 2}},
    )


@pytest.mark.parametrize(
    ("on", "day"), [("2030-01-01", 31), ("2030-01-15", 31), ("2030-02-01", 31), ("2030-02-02", 59)]
)
def test_the_past_ends_where_a_period_opens(told: Noun, on: str, day: int) -> None:
    """Not on the first day: a plan has nothing before that."""
    assert opening(Scenario.model_validate(told), date.fromisoformat(on)) == day


def test_after_the_last_opening_nothing_can_be_planned(told: Noun) -> None:
    with pytest.raises(StressError, match="no period opens on 2030-12-02 or later"):
        opening(Scenario.model_validate(told), date(2030, 12, 2))


def test_if_nobody_replans_the_food_lasts_as_long_as_it_lasts() -> None:
    """Two people eat a kilogram a day, and nobody brings any more from April on."""
    base = planned(manned(food="40 kg"))
    leaving_them = Contingency.model_validate(
        {"on": "2030-04-01", "shocks": [{"kind": "withdrawal", "partner": "them"}]}
    )
    found = survival(base, leaving_them)
    april = 90
    food = next(one for one in base.run.stocks if one.resource == "food")
    brought = [f for f in base.plan.flights if f.departure_d > april]
    assert found.dropped == tuple(flight.name for flight in brought)
    assert found.red_line is not None
    assert found.red_line.rule == "stock"
    under_way = sum(
        c.mass_kg for f in base.plan.flights if f.departure_d <= april < f.arrival_d for c in f.cargo
    )
    assert found.lasts_d == pytest.approx(food.stock_kg[april - 1] + under_way, abs=1.5)


def test_who_needs_nothing_survives(told: Noun) -> None:
    found = survival(planned(told), Contingency.model_validate(LEAVING_THEM))
    assert found.red_line is None
    assert found.lasts_d is None
    assert {one.where for one in found.demands} >= {"demands.three"}


LEAVING_THEM = {"on": "2030-02-01", "shocks": [{"kind": "withdrawal", "partner": "them"}]}
