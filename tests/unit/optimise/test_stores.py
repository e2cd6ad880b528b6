"""What is there, on which day: reserves, room in stores, boil-off of what was under way. Found by random campaigns."""

from __future__ import annotations

from typing import Any

import pytest

from moonwright.plan import Plan
from worlds import Noun, best, cape_and_base, one_way, rocket


def hut(food_kg: float) -> Noun:
    """A person in a hut for January and February 2030 (59 d), who eats 1 kg a day; a ship to go home in waits."""
    return cape_and_base(
        "hut",
        {"start": "2030-01-01", "end": "2030-03-01"},
        nodes={"sea": {"kind": "recovery", "body": "earth"}},
        routes={
            "up": {"from": "cape", "to": "base", "duration": "5 d"},
            "down": {"from": "base", "to": "sea", "duration": "5 d"},
        },
        launchers={"rocket": rocket("5 t", "12 /yr", price="50 MUSD")},
        vehicles={
            "truck": {"owner": "a", "dry_mass": "1 t", "room": {"total": "1 t"}},
            "ship": {"owner": "a", "dry_mass": "1 t", "seats": 1},
        },
        missions={
            "haul": one_way("truck"),
            "go": {"legs": [{"by": "ship", "route": "down"}], "least_crew": 1},
        },
        resources={"food": {"supply_class": 2, "life_critical": True}},
        elements={"hut": {"owner": "a", "node": "base", "mass": "1 t", "provides": {"berths": 1}}},
        crew={
            "crew": {
                "owner": "a",
                "mass": "80 kg",
                "uses": {"food": "1 kg/d"},
                "rotation": {"longest": "400 d"},
            }
        },
        demands={"people": {"kind": "crew", "node": "base", "count": 1}},
        initial={
            "elements": [{"element": "hut"}],
            "crew": [{"kind": "crew", "node": "base", "count": 1, "arrived": "2030-01-01"}],
            "vehicles": [{"vehicle": "ship", "node": "base", "arrived": "2030-01-01"}],
            "stocks": {"base": {"food": f"{food_kg} kg"}},
        },
    )


def brought_kg(plan: Plan | None) -> float:
    assert plan is not None
    return sum(cargo.mass_kg for flight in plan.flights for cargo in flight.cargo)


def reserve(cover_d: float, **more: Any) -> Noun:
    return {"kind": "reserve", "node": "base", "cover": f"{cover_d} d", **more}


@pytest.mark.parametrize("food_kg", [20.0, 31.0])
def test_a_ranked_reserve_is_no_licence_to_starve(food_kg: float) -> None:
    """The first flight comes on day 31: with less than 31 kg nobody lives until then, whatever a shortfall may weigh."""
    data = hut(food_kg)
    data["demands"]["margin"] = reserve(10, rank=1)
    plan = best(data)
    assert (plan is not None) == (food_kg >= 31)
    if plan is not None:  # January lacks 10 kg on each of its 31 days
        assert [(x.demand, x.amount) for x in plan.shortfalls] == [("margin", pytest.approx(310.0))]


@pytest.mark.parametrize("covers_d", [(10, 25), (25, 10)])
def test_of_two_reserves_the_larger_counts_and_not_both(covers_d: tuple[float, float]) -> None:
    """59 d, the 28 d after the end and 25 d of reserve, less the 80 kg that are there."""
    data = hut(80.0)
    data["demands"] |= {f"margin {n}": reserve(cover_d) for n, cover_d in enumerate(covers_d)}
    assert brought_kg(best(data)) == pytest.approx(59 + 28 + 25 - 80)


@pytest.mark.parametrize(("room_kg", "fits"), [(300.0, True), (200.0, True), (190.0, False)])
def test_what_comes_early_finds_room_on_that_day(room_kg: float, fits: bool) -> None:
    """Open on day 9 only, the route brings 120 kg on day 14, when 100 - 14 are left; 206 - 17 are there when the month ends.

    Of 120 kg asked for, 114 fit into 200 kg: a shortfall in tonnes.
    """
    data = hut(100.0)
    data["routes"]["up"]["windows"] = [{"opens": "2030-01-10", "closes": "2030-01-11"}]
    data["elements"]["hut"]["provides"]["storage"] = {"food": f"{room_kg} kg"}
    data["demands"]["food"] = {
        "kind": "deliver",
        "resource": "food",
        "node": "base",
        "amount": "120 kg" if room_kg >= 206 else "114 kg",
    }
    assert (best(data) is not None) == fits


def test_what_was_under_way_boils_off_from_its_arrival_on() -> None:
    """Day after day: boil-off of a hundredth, then 1 kg is eaten; 65 kg come on day 10. What lacks comes on day 59."""
    data = hut(60.0)
    data["resources"]["food"] |= {"boil_off": "1 %/d", "price": "1 MUSD"}  # no more is brought than needed
    data["initial"]["under_way"] = [{"node": "base", "on": "2030-01-11", "resources": {"food": "65 kg"}}]
    kg = 60.0
    for day in range(59 + 28):
        if day == 10:
            kg += 65.0
        kg = kg * 0.99 - 1.0
    assert brought_kg(best(data)) == pytest.approx(-kg / 0.99**28, rel=1e-6)


def test_a_flight_that_only_comes_takes_nothing() -> None:
    """What life support recovers counts to a period's end, though an empty truck may come before, on day 14 or 44.

    8 kg a day less 30 % are 5.6; of 500 kg 12.8 are left after 87 d, where 18 d of reserve are 144: 131.2 lack for 28 d.
    """
    data = hut(500.0)
    data["crew"]["crew"]["uses"] = {"food": "8 kg/d"}
    data["elements"]["hut"]["provides"]["closure"] = {"food": {"share": "30 %", "crew": 1}}
    data["vehicles"]["truck"]["room"] = {"total": "0 t"}
    data["routes"]["up"]["windows"] = [{"opens": "2030-01-10", "closes": "2030-01-11", "every": "30 d"}]
    data["demands"]["margin"] = reserve(18, rank=1)
    plan = best(data)
    assert plan is not None
    assert [short.amount for short in plan.shortfalls] == [pytest.approx(131.2 * 28)]
