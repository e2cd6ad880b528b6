"""Alternatives, trade-offs and pins on campaigns so small that all plans can be counted.

Partner a brings 3 t a flight for 150 MUSD, partner b 1 t for 60 MUSD; each launches at most six times in the half-year.
A plan is (a's flights, b's flights), and does what is asked where 3 a + b >= tonnes.
"""

from __future__ import annotations

import itertools
from collections import Counter
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import moonwright
from moonwright.choose.alternatives import Alternatives, alternatives
from moonwright.choose.freeze import before
from moonwright.choose.onward import onward
from moonwright.choose.pins import Pin, PinsError, pins_of, plan_pinned
from moonwright.choose.roles import Role, flown
from moonwright.errors import PlanError
from moonwright.optimise.highs import Limits
from moonwright.plan import Plan
from moonwright.scenario.scenario import Scenario

Pair = tuple[int, int]
SAME_MUSD = 1e-3
EXACT = Limits(gap=0.0, time_s=60.0)
GOODS = {"kind": "deliver", "resource": "goods", "node": "base"}
FEW = settings(max_examples=8)  # each example is several solves


def rocket(owner: str) -> dict[str, Any]:
    return {
        "owner": owner,
        "site": "cape",
        "payload": {"base": "5 t"},
        "cadence": "6 /yr",
        "price": "50 MUSD",
    }


def lander(owner: str, room_t: int, price: int) -> dict[str, Any]:
    return {"owner": owner, "dry_mass": "1 t", "room": {"total": f"{room_t} t"}, "price": f"{price} MUSD"}


def mission(launcher: str, vehicle: str) -> dict[str, Any]:
    return {"legs": [{"by": launcher, "carrying": [vehicle], "route": "up"}], "expends": [vehicle]}


def campaign(tonnes: float, **changes: Any) -> Scenario:
    data: dict[str, Any] = {
        "name": "pair",
        "currency_year": 2024,
        "horizon": {"start": "2030-01-01", "end": "2030-07-01"},
        "partners": {"a": {"name": "A"}, "b": {"name": "B"}},
        "nodes": {
            "cape": {"kind": "launch site", "body": "earth", "latitude": "28 deg", "longitude": "-80 deg"},
            "base": {"kind": "surface", "body": "moon", "latitude": "-89 deg", "longitude": "0 deg"},
        },
        "routes": {"up": {"from": "cape", "to": "base", "duration": "5 d"}},
        "launchers": {"rocket a": rocket("a"), "rocket b": rocket("b")},
        "vehicles": {"big": lander("a", 3, 100), "small": lander("b", 1, 10)},
        "missions": {"large": mission("rocket a", "big"), "little": mission("rocket b", "small")},
        "resources": {"goods": {"supply_class": 6}},
        "demands": {"d": {**GOODS, "amount": f"{tonnes} t"}},
    }
    return Scenario.model_validate({**data, **changes})


def cost(pair: Pair) -> float:
    return 150.0 * pair[0] + 60.0 * pair[1]


def plans(tonnes: float) -> list[Pair]:
    """Every plan that does what is asked."""
    return [(x, y) for x, y in itertools.product(range(7), repeat=2) if 3 * x + y >= tonnes]


def pair_of(plan: Plan) -> Pair:
    counts = flown(plan)
    return counts.get(Role("large", "rocket a"), 0), counts.get(Role("little", "rocket b"), 0)


def best(scenario: Scenario) -> Plan:
    plan = moonwright.plan(scenario, gap=0.0, time_limit_s=60.0)
    assert plan is not None
    return plan


def certified(scenario: Scenario, plan: Plan) -> bool:
    return moonwright.simulate(scenario, plan).violations == ()


def away(one: Pair, other: Pair) -> int:
    return abs(one[0] - other[0]) + abs(one[1] - other[1])


@given(tonnes=st.integers(1, 20), percent=st.sampled_from([5, 15, 40, 80]))
@FEW
def test_each_alternative_is_the_farthest_and_the_cheapest_of_those(tonnes: int, percent: int) -> None:
    scenario = campaign(tonnes)
    first = best(scenario)
    least = min(map(cost, plans(tonnes)))
    assert first.outcome.last.value == pytest.approx(least, abs=SAME_MUSD)
    allowed = [p for p in plans(tonnes) if cost(p) <= least * (1 + percent / 100) + SAME_MUSD]
    found = alternatives(scenario, first, within=percent / 100, count=4, limits=EXACT)
    known = [pair_of(first)]
    for one in found.found:
        far = max(min(away(p, k) for k in known) for p in allowed)
        farthest = [p for p in allowed if min(away(p, k) for k in known) == far]
        assert (one.from_nearest, one.at_most) == (far, far)
        assert one.plan.outcome.last.value == pytest.approx(min(map(cost, farthest)), abs=SAME_MUSD)
        assert pair_of(one.plan) in farthest
        assert certified(scenario, one.plan)
        known.append(pair_of(one.plan))
    assert found.exhausted == (len(found.found) < 4)
    assert not found.exhausted or set(known) == set(allowed)


def ranked(tonnes: float, b_cadence: int) -> Scenario:
    """Goods asked for with a rank; a launches three times at most, b so often."""
    launchers = {"rocket a": rocket("a"), "rocket b": rocket("b")}
    launchers["rocket a"]["cadence"], launchers["rocket b"]["cadence"] = "3 /yr", f"{b_cadence} /yr"
    asked = {**GOODS, "amount": f"{tonnes} t", "rank": 1}
    return campaign(0, demands={"d": asked}, launchers=launchers)


def test_a_shortfall_is_no_price_for_being_different() -> None:
    """Of 14 t, three large and four little flights bring 13: nobody else can, and 14 are never given up for 13."""
    scenario = ranked(14, 4)
    found: Alternatives = alternatives(scenario, best(scenario), within=0.5, count=2, limits=EXACT)
    assert sum(s.amount for s in found.best.shortfalls) == pytest.approx(1.0, abs=1e-4)
    assert (pair_of(found.best), found.found, found.exhausted) == ((3, 4), (), True)


def test_alternatives_leave_nothing_short_where_nothing_must_be() -> None:
    """With eight little flights 14 t can come in five ways; (3, 5) is the cheapest."""
    scenario = ranked(14, 8)
    found = alternatives(scenario, best(scenario), within=0.5, count=9, limits=EXACT)
    assert pair_of(found.best) == (3, 5)
    assert {pair_of(one.plan) for one in found.found} == {(2, 8), (3, 6), (3, 7), (3, 8)}
    assert all(one.plan.shortfalls == () and certified(scenario, one.plan) for one in found.found)
    assert found.exhausted


def pin(mission: str, launcher: str, month: int, **count: int) -> Pin:
    return Pin((f"{mission} in month {month}",), mission, launcher, date(2030, month, 15), **count)


@given(tonnes=st.integers(1, 15), large=st.integers(0, 2), little=st.integers(0, 3))
@FEW
def test_a_pinned_plan_is_the_cheapest_that_has_the_pinned_flights(
    tonnes: int, large: int, little: int
) -> None:
    """And never cheaper than without pins."""
    scenario = campaign(tonnes)
    pins = [
        pin("large", "rocket a", 2, least=large),
        pin("little", "rocket b", 3, least=little),
        pin("little", "rocket b", 4, most=0),
    ]
    plan = plan_pinned(scenario, pins, EXACT).plan
    assert plan is not None
    allowed = [p for p in plans(tonnes) if p[0] >= large and p[1] >= little]
    assert plan.outcome.last.value == pytest.approx(min(map(cost, allowed)), abs=SAME_MUSD)
    assert plan.outcome.last.value >= best(scenario).outcome.last.value - SAME_MUSD
    leaves = [(f.mission, f.departure_d) for f in plan.flights]
    assert sum(mission == "large" and 31 < day <= 59 for mission, day in leaves) >= large
    assert sum(mission == "little" and 59 < day <= 90 for mission, day in leaves) >= little
    assert not any(mission == "little" and 90 < day <= 120 for mission, day in leaves)
    assert certified(scenario, plan)


@given(tonnes=st.integers(1, 18))
@FEW
def test_to_pin_the_whole_plan_changes_nothing(tonnes: int) -> None:
    scenario = campaign(tonnes)
    plan = best(scenario)
    pins = pins_of(scenario, plan, [flight.name for flight in plan.flights], [])
    again = plan_pinned(scenario, pins, EXACT).plan
    assert again is not None
    assert pair_of(again) == pair_of(plan)
    assert again.outcome.last.value == pytest.approx(plan.outcome.last.value, abs=SAME_MUSD)


def test_a_flight_that_is_forbidden_is_replaced() -> None:
    """3 t come on one large flight; without it in its month, the next best is the same flight in another month."""
    scenario = campaign(3)
    plan = best(scenario)
    (only,) = plan.flights
    again = plan_pinned(scenario, pins_of(scenario, plan, [], [only.name]), EXACT).plan
    assert again is not None
    assert again.outcome.last.value == pytest.approx(150.0, abs=SAME_MUSD)
    assert [f.departure_d for f in again.flights] != [only.departure_d]


def far(until: str) -> Scenario:
    """A base 31 days away, which wants 3 t by a date: a flight for each month's end leaves 31 days before that."""
    return campaign(
        3,
        routes={"up": {"from": "cape", "to": "base", "duration": "31 d"}},
        missions={"large": mission("rocket a", "big")},
        demands={"d": {**GOODS, "amount": "3 t", "until": until}},
    )


@pytest.mark.parametrize(
    ("until", "departure_d", "leaves"),
    [
        ("2030-02-01", 0.0, date(2030, 1, 1)),  # there by the end of January: gone as the horizon opens
        ("2030-04-01", 59.0, date(2030, 2, 28)),  # there by the end of March: gone as February ends
    ],
)
def test_a_flight_that_leaves_on_a_border_can_be_pinned(until: str, departure_d: float, leaves: date) -> None:
    """It may leave on day 0 or 28, in January, or on day 59; for the last to be chosen, those before are forbidden."""
    scenario = far(until)
    none_before = Pin(("January's",), "large", "rocket a", date(2030, 1, 15), most=0)
    earlier = [none_before] if departure_d else []
    plan = plan_pinned(scenario, earlier, EXACT).plan
    assert plan is not None
    (only,) = plan.flights
    assert only.departure_d == departure_d
    stays = pins_of(scenario, plan, [only.name], [])
    assert [pin.leaves for pin in stays] == [leaves]
    again = plan_pinned(scenario, stays, EXACT).plan
    assert again is not None
    assert [flight.departure_d for flight in again.flights] == [departure_d]
    with pytest.raises(PinsError, match="cannot all hold together"):
        plan_pinned(scenario, [*earlier, *pins_of(scenario, plan, [], [only.name])], EXACT)


def test_pins_that_cannot_hold_together_are_named() -> None:
    """Six launches a year: four in February and three in March are one too many; those in April have no part in it."""
    pins = [
        pin("large", "rocket a", 2, least=4),
        pin("little", "rocket b", 4, least=2),
        pin("large", "rocket a", 3, least=3),
    ]
    with pytest.raises(PinsError) as told:
        plan_pinned(campaign(3), pins, EXACT)
    (fault,) = told.value.faults
    assert fault.endswith("cannot all hold together: large in month 2 stays; large in month 3 stays")


def test_without_a_plan_pins_are_not_to_blame() -> None:
    found = plan_pinned(campaign(25), [pin("large", "rocket a", 2, least=1)], EXACT)
    assert (found.status, found.plan) == ("infeasible", None)


def month_opens(month: int) -> int:
    return (date(2030, month, 1) - date(2030, 1, 1)).days


@given(tonnes=st.integers(4, 12), more=st.integers(0, 8), month=st.integers(2, 6))
@FEW
def test_onward_is_the_cheapest_way_from_what_was_done(tonnes: int, more: int, month: int) -> None:
    """More is asked for from a day on; what has left by then has left, and counts against the year's launches."""
    scenario = campaign(tonnes)
    plan = best(scenario)
    day = month_opens(month)
    grown = campaign(tonnes + more)
    gone = Counter(flight.mission for flight in plan.flights if flight.departure_d <= day)
    after = [p for p in plans(tonnes + more) if p[0] >= gone["large"] and p[1] >= gone["little"]]
    again = onward(grown, plan, day, EXACT).plan
    assert again is not None
    assert again.outcome.last.value == pytest.approx(min(map(cost, after)), abs=SAME_MUSD)
    assert certified(grown, again)
    assert before(again, day).flights == before(plan, day).flights


def test_what_was_done_is_not_judged_by_what_is_known_now() -> None:
    """One large flight brings 3 t in January. Then they turn out to hold 2 t: 4 t more are two flights, not three."""
    only_large = {"large": mission("rocket a", "big")}
    soon = {**GOODS, "amount": "3 t", "until": "2030-02-01"}
    plan = best(campaign(3, missions=only_large, demands={"d": soon}))
    (first,) = plan.flights
    vehicles = {"big": lander("a", 2, 100), "small": lander("b", 1, 10)}
    now = campaign(7, missions=only_large, vehicles=vehicles)
    again = onward(now, plan, month_opens(2), EXACT).plan
    assert again is not None
    assert again.flights[0] == first
    assert pair_of(again) == (3, 0)
    violations = moonwright.simulate(now, again).violations
    assert {(violation.rule, violation.where) for violation in violations} == {
        ("room", f"flights.{first.name}")
    }


def test_what_the_past_has_overrun_leaves_nothing_and_forbids_nothing_else() -> None:
    """Two large flights left in January; now one a year is allowed. The seventh tonne comes on a little one."""
    soon = {**GOODS, "amount": "6 t", "until": "2030-02-01"}
    plan = best(campaign(6, missions={"large": mission("rocket a", "big")}, demands={"d": soon}))
    assert pair_of(plan) == (2, 0)
    slow = {"rocket a": {**rocket("a"), "cadence": "1 /yr"}, "rocket b": rocket("b")}
    again = onward(campaign(7, launchers=slow), plan, month_opens(2), EXACT).plan
    assert again is not None
    assert pair_of(again) == (2, 1)


def test_onward_says_what_the_scenario_does_not_know() -> None:
    plan = plan_pinned(campaign(3), [pin("little", "rocket b", 1, least=1)], EXACT).plan
    assert plan is not None
    forgetful = campaign(3, missions={"large": mission("rocket a", "big")})
    with pytest.raises(PlanError, match=r"does not know what was done before 2030-02-01: little 1; give"):
        onward(forgetful, plan, month_opens(2), EXACT)


def test_plans_change_from_period_to_period_only() -> None:
    with pytest.raises(
        PlanError, match="2030-02-08 opens no period after the first; the nearest: 2030-02-01 or 2030-03-01"
    ):
        onward(campaign(3), best(campaign(3)), month_opens(2) + 7, EXACT)


def renamed(scenario: Scenario, names: dict[str, str]) -> Scenario:
    """The same campaign with other names for its partners."""

    def told(entry: Any) -> Any:
        return entry.model_copy(update={"owner": names[entry.owner]})

    return scenario.model_copy(
        update={
            "partners": {names[name]: partner for name, partner in scenario.partners.items()},
            "launchers": {name: told(launcher) for name, launcher in scenario.launchers.items()},
            "vehicles": {name: told(vehicle) for name, vehicle in scenario.vehicles.items()},
        }
    )


@given(tonnes=st.integers(1, 18), percent=st.sampled_from([10, 50]))
@FEW
def test_names_of_partners_change_no_choice(tonnes: int, percent: int) -> None:
    told = []
    for scenario in (campaign(tonnes), renamed(campaign(tonnes), {"a": "zeta", "b": "alpha"})):
        first = best(scenario)
        found = alternatives(scenario, first, within=percent / 100, count=1, limits=EXACT)
        dearer = [round(one.plan.outcome.last.value, 3) for one in found.found]
        told.append((pair_of(first), [one.from_best for one in found.found], dearer, found.exhausted))
    assert told[0] == told[1]
