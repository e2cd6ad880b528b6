"""What holds for every campaign: random ones, with crews, cargo, boil-off, a plant, vehicles that stay."""

import random
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from moonwright.plan import Plan, digest
from moonwright.scenario.dump import write_scenario
from moonwright.scenario.load import load
from moonwright.scenario.scenario import Scenario
from moonwright.simulate.onward import onward
from moonwright.simulate.replay import replay
from moonwright.simulate.run import Run
from moonwright.world.observe import observe

MONTHS = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365]  # ends of the months of 2030

SCENARIO = Scenario.model_validate(
    {
        "name": "law",
        "currency_year": 2024,
        "horizon": {"start": "2030-01-01", "end": "2031-01-01"},
        "partners": {"us": {"name": "Us", "budget": "1e6 MUSD/yr"}},
        "nodes": {
            "cape": {"kind": "launch site", "body": "earth", "latitude": "28 deg", "longitude": "-80 deg"},
            "base": {"kind": "surface", "body": "moon", "latitude": "-89 deg", "longitude": "0 deg"},
            "earth": {"kind": "recovery", "body": "earth"},
        },
        "routes": {
            "out": {"from": "cape", "to": "base", "duration": "5 d"},
            "home": {"from": "base", "to": "earth", "duration": "5 d", "burns": ["1 km/s", "300 m/s"]},
        },
        "launchers": {
            "rocket": {
                "owner": "us",
                "site": "cape",
                "payload": {"base": "20 t"},
                "cadence": "99 /yr",
                "price": "9 MUSD",
            }
        },
        "vehicles": {
            "hauler": {"owner": "us", "dry_mass": "2 t", "room": {"total": "5 t"}, "price": "3 MUSD"},
            "ferry": {
                "owner": "us",
                "dry_mass": "4 t",
                "seats": 4,
                "price": "7 MUSD",
                "room": {"total": "1 t"},
                "tank": {"resource": "fuel", "capacity": "9 t", "isp": "310 s", "boil_off": "0.05 %/d"},
            },
        },
        "missions": {
            "haul": {
                "legs": [{"by": "rocket", "carrying": ["hauler"], "route": "out"}],
                "expends": ["hauler"],
            },
            "leave": {"legs": [{"by": "rocket", "carrying": ["hauler"], "route": "out"}]},
            "up": {"legs": [{"by": "rocket", "carrying": ["ferry"], "route": "out"}]},
            "down": {"legs": [{"by": "ferry", "route": "home"}]},
        },
        "resources": {
            "food": {"supply_class": 2, "life_critical": True, "packing": "12 %"},
            "fuel": {"supply_class": 1, "storage": "tank", "boil_off": "0.3 %/d"},
        },
        "elements": {
            "hab": {
                "owner": "us",
                "node": "base",
                "mass": "2 t",
                "price": "50 MUSD",
                "operations": "4 MUSD/yr",
                "provides": {
                    "berths": 12,
                    "closure": {"food": {"share": "40 %", "crew": 12}},
                    "produces": {"fuel": {"rate": "1 kg/d", "inputs": {"food": "0.1 kg/kg"}}},
                },
            }
        },
        "crew": {
            "pilot": {
                "owner": "us",
                "mass": "90 kg",
                "uses": {"food": "2 kg/d"},
                "rotation": {"longest": "400 d"},
            }
        },
        "demands": {"science": {"kind": "fly", "mission": "leave", "count": 3, "rank": 1}},
    }
)
WORLD = observe(SCENARIO)
FREE = {"demand", "ride_home", "stock"}  # what chance may well break; everything else is kept by construction


@st.composite
def campaigns(draw: st.DrawFn) -> dict[str, Any]:
    """A plan as plain data: the habitat first, then crews that come and go, and cargo in any month."""
    flights = [haul("haul-0", 31, draw(st.floats(0, 2000)), 0.0)]
    flights[0]["items"] = [{"element": "hab", "copy_no": 1, "board": 0, "alight": 1}]
    stays = []
    for number in range(draw(st.integers(0, 3))):
        up, down = sorted(draw(st.lists(st.integers(2, 12), min_size=2, max_size=2, unique=True)))
        people, brings_kg = draw(st.integers(1, 4)), draw(st.floats(0, 500))
        flights += rotation(number, MONTHS[up], MONTHS[down], people, brings_kg)
        stay = {
            "kind": "pilot",
            "node": "base",
            "count": people,
            "arrived_d": MONTHS[up],
            "leaves_d": MONTHS[down],
        }
        stays.append({**stay, "up": f"up-{number}", "down": f"down-{number}"})
    for number in range(1, 1 + draw(st.integers(0, 4))):
        arrival_d = draw(st.sampled_from(MONTHS[2:])) - draw(st.sampled_from([0.0, 0.0, 1.25]))
        mission = draw(st.sampled_from(["haul", "leave"]))
        flights.append(
            haul(f"haul-{number}", arrival_d, draw(st.floats(0, 2000)), draw(st.floats(0, 2000)), mission)
        )
    made = [
        {
            "element": "hab",
            "node": "base",
            "resource": "fuel",
            "how": "produced",
            "from_d": 31,
            "until_d": 365,
        }
        | {"mass_kg": draw(st.floats(0, 334))}
    ]
    builds = [{"element": "hab", "copy_no": 1, "begun_d": 31, "day_d": 31}]
    return {"flights": flights, "stays": stays, "made": made, "builds": builds}


def haul(
    name: str, arrival_d: float, food_kg: float, fuel_kg: float, mission: str = "haul"
) -> dict[str, Any]:
    cargo = [("food", food_kg), ("fuel", fuel_kg)]
    return {
        "name": name,
        "mission": mission,
        "launcher": "rocket",
        "departure_d": arrival_d - 5,
        "arrival_d": arrival_d,
        "units": [{"part": "hauler", "vehicle": "hauler", "serial": f"hauler-{name}"}],
        "cargo": [{"resource": what, "mass_kg": kg, "board": 0, "alight": 1} for what, kg in cargo],
    }


def rotation(number: int, up_d: float, down_d: float, people: int, brings_kg: float) -> list[dict[str, Any]]:
    seats = [{"kind": "pilot", "count": people, "board": 0, "alight": 1}]
    unit = {"part": "ferry", "vehicle": "ferry", "serial": f"ferry-{number}"}
    home = [{"resource": "food", "mass_kg": brings_kg, "board": 0, "alight": 1}]
    up = {
        "name": f"up-{number}",
        "mission": "up",
        "launcher": "rocket",
        "departure_d": up_d - 5,
        "arrival_d": up_d,
    }
    down = {"name": f"down-{number}", "mission": "down", "departure_d": down_d, "arrival_d": down_d + 5}
    return [
        {**up, "units": [{**unit, "tanked_kg": 9000}], "crew": seats},
        {**down, "launcher": None, "units": [unit], "crew": seats, "cargo": home},
    ]


OUTCOME = {"status": "feasible", "ranks": [], "solver": "chance", "asked_gap": 0, "wall_s": 0}


def plan(campaign: dict[str, Any], scenario: Scenario = SCENARIO) -> Plan:
    days = (scenario.horizon.end - scenario.horizon.start).days
    told = {
        "scenario": scenario.name,
        "scenario_digest": digest(scenario),
        "horizon_d": days,
        "outcome": OUTCOME,
    }
    return Plan.model_validate({**told, **campaign})


def broken(run: Run) -> set[str]:
    return {violation.rule for violation in run.violations}


@given(campaigns())
def test_mass_is_conserved(campaign: dict[str, Any]) -> None:
    ledger = replay(plan(campaign), WORLD).ledger
    assert abs(ledger.imbalance_kg) <= 1e-9 * ledger.launched_kg


@given(campaigns())
def test_nothing_but_what_chance_decides_is_broken(campaign: dict[str, Any]) -> None:
    assert broken(replay(plan(campaign), WORLD)) <= FREE


@given(campaigns(), st.randoms(use_true_random=False))
def test_the_order_of_the_list_is_of_no_matter(campaign: dict[str, Any], chance: random.Random) -> None:
    one = replay(plan(campaign), WORLD)
    shuffled = {key: chance.sample(entries, len(entries)) for key, entries in campaign.items()}
    other = replay(plan(shuffled), WORLD)
    assert one.violations == other.violations
    assert one.cost_musd == pytest.approx(other.cost_musd)
    for mine, its in zip(one.stocks, other.stocks, strict=True):
        assert mine.stock_kg == pytest.approx(its.stock_kg)


@given(campaigns(), st.floats(1, 100))
def test_more_food_leaves_no_more_to_complain_of(campaign: dict[str, Any], more_kg: float) -> None:
    before = replay(plan(campaign), WORLD)
    campaign["flights"][0]["cargo"][0]["mass_kg"] += more_kg
    after = replay(plan(campaign), WORLD)
    assert broken(after) <= broken(before)
    assert all(
        np.all(its.stock_kg >= mine.stock_kg - 1e-9)
        for mine, its in zip(before.stocks, after.stocks, strict=True)
    )


@given(campaigns())
def test_money_is_what_was_bought(campaign: dict[str, Any]) -> None:
    run = replay(plan(campaign), WORLD)
    rockets = sum(flight["launcher"] == "rocket" for flight in campaign["flights"])
    ferries = sum(flight["mission"] == "up" for flight in campaign["flights"])
    # A rocket is 9, a hauler 3, a ferry 7, the habitat 50, and 334 days of it at 4 a year.
    assert run.cost_musd == pytest.approx(
        9 * rockets + 3 * (rockets - ferries) + 7 * ferries + 50 + 4 * 334 / 365.25
    )


def rest(campaign: dict[str, Any], day: int) -> dict[str, Any]:
    """What of a campaign is still to be done on a day, told from that day on."""
    flights = [
        {**f, "departure_d": f["departure_d"] - day, "arrival_d": f["arrival_d"] - day}
        for f in campaign["flights"]
        if f["departure_d"] > day
    ]
    names = {flight["name"] for flight in flights}
    stays = [
        {
            **s,
            "arrived_d": s["arrived_d"] - day,
            "leaves_d": s["leaves_d"] - day,
            "up": s["up"] if s["up"] in names else None,
        }
        for s in campaign["stays"]
        if s["leaves_d"] > day
    ]
    builds = [
        b | {"begun_d": b["begun_d"] - day, "day_d": b["day_d"] - day}
        for b in campaign["builds"]
        if b["day_d"] > day
    ]
    made = campaign["made"][0]
    first = max(made["from_d"], day)
    share = (made["until_d"] - first) / (made["until_d"] - made["from_d"])
    left = {
        **made,
        "from_d": first - day,
        "until_d": made["until_d"] - day,
        "mass_kg": made["mass_kg"] * share,
    }
    return {"flights": flights, "stays": stays, "builds": builds, "made": [left]}


@given(campaigns(), st.sampled_from(MONTHS[1:-1]))
def test_going_on_is_the_same_as_going_through(campaign: dict[str, Any], day: int) -> None:
    whole = replay(plan(campaign), WORLD)
    scenario = onward(plan(campaign), WORLD, day)
    later = replay(plan(rest(campaign, day), scenario), observe(scenario))
    assert broken(later) <= broken(whole)
    assert ("demand" in broken(later)) == ("demand" in broken(whole))
    if "stock" not in broken(whole):
        told = {(s.node, s.resource): s.stock_kg for s in later.stocks}
        for stock in whole.stocks:
            nothing = np.zeros(365 - day)
            assert told.get((stock.node, stock.resource), nothing) == pytest.approx(
                stock.stock_kg[day:], abs=2e-3
            )
    for crew in whole.crew:
        there = next((c.present for c in later.crew), np.zeros(365 - day))
        assert there.tolist() == crew.present[day:].tolist()
    assert later.cost_musd + float(scenario.initial.spent["us"]) == pytest.approx(whole.cost_musd)


@given(campaigns(), st.sampled_from(MONTHS[1:-1]))
def test_what_is_left_is_a_scenario_file(campaign: dict[str, Any], day: int) -> None:
    scenario = onward(plan(campaign), WORLD, day)
    assert load(Path("onward.yaml"), data=write_scenario(scenario).encode()) == scenario
