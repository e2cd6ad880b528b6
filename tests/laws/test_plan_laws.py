"""The four loopholes that a solver would use, closed for whatever numbers the scenario has.

Each test has a twin in which the same thing is possible by honest means, so that it does not pass for want of a plan.
"""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from moonwright.plan import Plan
from worlds import Noun, best, cape_and_base, one_way, rocket

FEW = settings(max_examples=12)  # each example is several solves
PERIODS = {"10 d": 19, "1 month": 6, "2 months": 3}  # how many of a length the half-year is cut into
periods = st.sampled_from(sorted(PERIODS))


def moon(period: str, **more: Any) -> Noun:
    """Orbit and base on the Moon, a recovery node, half a year; no launcher, no vehicle on the way."""
    return cape_and_base(
        "loophole",
        {"start": "2030-01-01", "end": "2030-07-01", "periods": [{"length": period}]},
        nodes={
            "orbit": {"kind": "orbit", "body": "moon", "altitude": "100 km"},
            "sea": {"kind": "recovery", "body": "earth"},
        },
        routes={
            "lift": {"from": "cape", "to": "base", "duration": "5 d"},
            "down": {"from": "orbit", "to": "base", "duration": "1 d"},
            "up": {"from": "base", "to": "orbit", "duration": "1 d"},
            "home": {"from": "base", "to": "sea", "duration": "4 d"},
            "home from orbit": {"from": "orbit", "to": "sea", "duration": "4 d"},
        },
        launchers={"rocket": rocket("10 t", "12 /yr", price="50 MUSD")},
        vehicles={"ship": {"owner": "a", "dry_mass": "3 t", "seats": 2, "price": "100 MUSD"}},
        **more,
    )


@given(period=periods, flights=st.integers(1, 3), there=st.integers(0, 1))
@FEW
def test_legs_that_cancel_conjure_no_lander(period: str, flights: int, there: int) -> None:
    """Down and up within one period would cancel; a lander that nobody launched must not fly, nor one fly twice at once."""
    data = moon(
        period,
        missions={
            "descend": {"legs": [{"by": "ship", "route": "down"}]},
            "ascend": {"legs": [{"by": "ship", "route": "up"}]},
        },
        demands={
            "d": {"kind": "fly", "mission": "descend", "count": flights},
            "u": {"kind": "fly", "mission": "ascend", "count": flights},
        },
        initial={
            "vehicles": [{"vehicle": "ship", "node": "orbit", "count": 1, "arrived": "2029-12-01"}] * there
        },
    )
    plan = best(data)
    possible = there == 1 and 2 * flights <= PERIODS[period]  # what arrives in a period leaves in a later one
    assert (plan is not None) == possible
    if plan is not None:
        legs = [flight.mission for flight in sorted(plan.flights, key=lambda flight: flight.departure_d)]
        assert legs == [("descend", "ascend")[n % 2] for n in range(len(legs))]
        assert legs.count("ascend") >= flights


def crewed(period: str, longest_d: int, **more: Any) -> Noun:
    """Two people at the base since the first day, with two ships to go home in."""
    return moon(
        period,
        missions={
            "hop": {"legs": [{"by": "ship", "route": "up"}]},
            "hop back": {"legs": [{"by": "ship", "route": "down"}]},
            "go home": {"legs": [{"by": "ship", "route": "home"}]},
            "go home from orbit": {"legs": [{"by": "ship", "route": "home from orbit"}]},
            "come": {"legs": [{"by": "rocket", "carrying": ["ship"], "route": "lift"}], "least_crew": 1},
        },
        crew={
            "crew": {
                "owner": "a",
                "mass": "100 kg",
                "uses": {},
                "rotation": {"longest": f"{longest_d} d"},
            }
        },
        elements={
            "hut": {"owner": "a", "node": "base", "mass": "1 t", "provides": {"berths": 4}},
            "station": {"owner": "a", "node": "orbit", "mass": "1 t", "provides": {"berths": 4}},
        },
        **more,
    )


def stays_d(plan: Plan) -> list[float]:
    """Days of each stay at the base: flights up take 5 d, those home leave it at once."""
    flights = {flight.name: flight for flight in plan.flights}
    return [
        (flights[stay.down].departure_d if stay.down else 181.0)
        - (flights[stay.up].departure_d + 5.0 if stay.up else 0.0)
        for stay in plan.stays
    ]


@given(period=periods, longest_d=st.sampled_from([70, 100, 175, 185, 400]), rescue=st.booleans())
@FEW
def test_a_hop_between_homes_starts_no_new_stay(period: str, longest_d: int, rescue: bool) -> None:
    """People stay the half-year only if their own limit allows, or others come: to hop to orbit and back is no way out."""
    data = crewed(
        period,
        longest_d,
        initial={
            "elements": [{"element": "hut"}, {"element": "station"}],
            "crew": [{"kind": "crew", "node": "base", "count": 2, "arrived": "2030-01-01"}],
            "vehicles": [{"vehicle": "ship", "node": "base", "count": 2, "arrived": "2030-01-01"}],
        },
        demands={
            "base": {"kind": "crew", "node": "base", "count": 2},
            "orbit": {"kind": "crew", "node": "orbit", "count": 0},
        },
    )
    if not rescue:
        del data["missions"]["come"]
    plan = best(data)
    assert (plan is not None) == (longest_d >= 181 or rescue)
    if plan is not None:
        assert max(stays_d(plan)) <= longest_d


@given(price_musd=st.floats(1e-3, 1e3), fare_musd=st.floats(1.0, 1e5), rank=st.integers(1, 9))
@FEW
def test_no_price_of_a_shortfall_is_worth_a_sortie_not_flown(
    price_musd: float, fare_musd: float, rank: int
) -> None:
    """A ranked shortfall cheaper than a flight is still made least first."""
    data = crewed(
        "1 month",
        400,
        initial={"elements": [{"element": "hut"}]},
        demands={
            "c": {
                "kind": "crew",
                "node": "base",
                "count": 2,
                "from": "2030-04-01",
                "rank": rank,
                "price": f"{price_musd} MUSD",
            }
        },
    )
    data["launchers"]["rocket"]["price"] = f"{fare_musd} MUSD"
    plan = best(data)
    assert plan is not None
    assert plan.shortfalls == ()
    assert [flight.mission for flight in plan.flights if flight.launcher] == ["come"]


@pytest.mark.parametrize("count", [1, 2])
@pytest.mark.parametrize("reserve_d", [0, 20])
@pytest.mark.parametrize("period", ["1 month", "3 months"])
def test_the_end_is_no_reason_to_stop_deliveries(period: str, count: int, reserve_d: int) -> None:
    """What is brought lasts to the end, through one more period as long as the last, and leaves the reserve.

    Going home costs more than the food here, so that people stay.
    """
    data = hungry(period, count, reserve_d)
    data["missions"]["go home"]["price"] = "1000 MUSD"
    assert brought_kg(data) == pytest.approx(max(0.0, lasting_kg(period, count, reserve_d)), abs=1e-3)


def test_people_do_not_leave_at_the_last_moment_to_spare_deliveries() -> None:
    """A crew asked for all the time is asked for in the state that closes the horizon too."""
    assert brought_kg(hungry("1 month", 2, 0)) == pytest.approx(lasting_kg("1 month", 2, 0), abs=1e-3)


A_DAY_KG, STOCK_KG = 5.0, 1500.0


def lasting_kg(period: str, count: int, reserve_d: int) -> float:
    """What half a year, one more period like the last and the reserve take beyond the stock."""
    last_d = 30 if period == "1 month" else 91  # June; April to June
    return count * A_DAY_KG * (181 + last_d + reserve_d) - STOCK_KG


def hungry(period: str, count: int, reserve_d: int) -> Noun:
    """People at the base with a stock of food, trucks that bring more."""
    data = crewed(
        period,
        400,
        initial={
            "elements": [{"element": "hut"}],
            "crew": [{"kind": "crew", "node": "base", "count": count, "arrived": "2030-01-01"}],
            "vehicles": [{"vehicle": "ship", "node": "base", "arrived": "2030-01-01"}],
            "stocks": {"base": {"food": f"{STOCK_KG} kg"}},
        },
        demands={
            "c": {"kind": "crew", "node": "base", "count": count},
            "r": {"kind": "reserve", "node": "base", "cover": f"{reserve_d} d", "resources": ["food"]},
        },
        resources={"food": {"supply_class": 2, "price": "1 MUSD"}},
    )
    data["crew"]["crew"]["uses"] = {"food": f"{A_DAY_KG} kg/d"}
    data["vehicles"]["truck"] = {
        "owner": "a",
        "dry_mass": "1 t",
        "room": {"total": "0.5 t"},
        "price": "10 MUSD",
    }
    data["missions"]["bring"] = one_way("truck", route="lift")
    return data


def brought_kg(data: Noun) -> float:
    """Food that the best plan brings."""
    plan = best(data)
    assert plan is not None
    return sum(cargo.mass_kg for flight in plan.flights for cargo in flight.cargo)
