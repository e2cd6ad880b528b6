"""Small campaigns, each with one thing to decide, whose optimum plain arithmetic, HiGHS and SCIP all find alike.

The arithmetic here knows numbers of flights and their dates, nothing of the project's network. Every plan replays clean.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import moonwright
from moonwright.scenario.scenario import Scenario

SAME = 1e-6  # relative
G0_M_S2 = 9.80665
TOY = Path(__file__).parents[2] / "examples" / "toy.yaml"

Scip = Callable[[Scenario], list[float]]
Noun = dict[str, Any]


def agree(scenario: Scenario, least: Sequence[float], scip_least: Scip, same: float = SAME) -> None:
    """Rank by rank the planner, SCIP and the arithmetic find the same, and the plan replays clean."""
    plan = moonwright.plan(scenario, gap=0.0, time_limit_s=60.0)
    assert plan is not None
    assert moonwright.simulate(scenario, plan).violations == ()
    assert [rank.value for rank in plan.outcome.ranks] == pytest.approx(least, rel=same, abs=same)
    assert scip_least(scenario) == pytest.approx(least, rel=same, abs=same)


def base(start: str = "2030-01-01", end: str = "2030-07-01", **more: Any) -> Noun:
    """A launch site, a base on the Moon and a recovery node; 5 d each way."""
    return {
        "name": "small",
        "currency_year": 2024,
        "horizon": {"start": start, "end": end},
        "partners": {"a": {"name": "A"}},
        "nodes": {
            "cape": {"kind": "launch site", "body": "earth", "latitude": "28 deg", "longitude": "-80 deg"},
            "base": {"kind": "surface", "body": "moon", "latitude": "-89 deg", "longitude": "0 deg"},
            "sea": {"kind": "recovery", "body": "earth"},
        },
        "routes": {
            "up": {"from": "cape", "to": "base", "duration": "5 d"},
            "down": {"from": "base", "to": "sea", "duration": "5 d"},
        },
        "launchers": {"rocket": rocket()},
        **more,
    }


def rocket(**more: Any) -> Noun:
    return {
        "owner": "a",
        "site": "cape",
        "payload": {"base": "5 t"},
        "cadence": "12 /yr",
        "price": "50 MUSD",
        **more,
    }


def carrier(room_t: float, price_musd: float) -> Noun:
    return {
        "owner": "a",
        "dry_mass": "1 t",
        "room": {"total": f"{room_t} t"},
        "price": f"{price_musd} MUSD",
    }


def one_way(vehicle: str) -> Noun:
    return {"legs": [{"by": "rocket", "carrying": [vehicle], "route": "up"}], "expends": [vehicle]}


# 3 t for 150 MUSD, or 1 t for 60 MUSD, launch included
CARRIERS: Noun = {
    "vehicles": {"big": carrier(3.0, 100.0), "small": carrier(1.0, 10.0)},
    "missions": {"large": one_way("big"), "little": one_way("small")},
}


def first_days(year: int, months: int) -> list[int]:
    """Days from 1 January of `year` to the ends of the months that follow."""
    starts = [date(year + m // 12, m % 12 + 1, 1) for m in range(1, months + 1)]
    return [(day - date(year, 1, 1)).days for day in starts]


def test_the_toy_costs_what_its_comments_work_out(scip_least: Scip) -> None:
    agree(moonwright.load(TOY), [360.0], scip_least)


# --- the rocket equation: a light lander with a poor engine against a heavy one with a good engine

LANDERS = {  # dry t, tank t, Isp s, room t, price MUSD
    "storable": (1.0, 5.0, 320.0, 4.0, 40.0),
    "cryogenic": (2.0, 6.0, 450.0, 4.0, 55.0),
}
DV_M_S = 2800.0
LIFT_T = 9.0


def landed_t(dry_t: float, tank_t: float, isp_s: float, room_t: float) -> float:
    """Most that one lander brings down: room, launch mass and tank each set a limit."""
    ratio = math.exp(DV_M_S / (isp_s * G0_M_S2))
    return min(room_t, LIFT_T / ratio - dry_t, tank_t / (ratio - 1.0) - dry_t)


@pytest.mark.parametrize("asked_t", [2.0, 2.6, 5.5, 8.0, 10.3])
def test_the_rocket_equation_chooses_the_landers(asked_t: float, scip_least: Scip) -> None:
    data = base()
    data["nodes"]["tli"] = {"kind": "transfer"}
    data["routes"] = {
        "up": {"from": "cape", "to": "tli", "duration": "1 d"},
        "land": {"from": "tli", "to": "base", "burns": [f"{DV_M_S} m/s"], "duration": "4 d"},
    }
    data["launchers"] = {"rocket": rocket(payload={"tli": f"{LIFT_T} t"})}
    data["resources"] = {"fuel": {"supply_class": 1, "storage": "tank"}, "goods": {"supply_class": 6}}
    data["vehicles"] = {
        name: {
            "owner": "a",
            "dry_mass": f"{dry} t",
            "tank": {"resource": "fuel", "capacity": f"{tank} t", "isp": f"{isp} s"},
            "room": {"total": f"{room} t"},
            "price": f"{price} MUSD",
        }
        for name, (dry, tank, isp, room, price) in LANDERS.items()
    }
    data["missions"] = {
        name: {
            "legs": [{"by": "rocket", "carrying": [name], "route": "up"}, {"by": name, "route": "land"}],
            "expends": [name],
        }
        for name in LANDERS
    }
    data["demands"] = {
        "d": {"kind": "deliver", "resource": "goods", "node": "base", "amount": f"{asked_t} t"}
    }

    each = [(landed_t(*row[:4]), 50.0 + row[4]) for row in LANDERS.values()]
    counted = min(
        sum(n * price for n, (_, price) in zip(numbers, each, strict=True))
        for numbers in itertools.product(range(8), repeat=len(each))
        if sum(n * mass for n, (mass, _) in zip(numbers, each, strict=True)) >= asked_t
    )
    agree(Scenario.model_validate(data), [counted], scip_least)


# --- prerequisites: the pad needs 50 d between launches; a mast stands on a foundation, whose robot may have to raise it


@pytest.mark.parametrize(
    ("after", "work_h"), [([], 0.0), (["foundation"], 0.0), (["foundation"], 28.0), (["foundation"], 30.5)]
)
def test_what_comes_first_delays_and_costs(after: list[str], work_h: float, scip_least: Scip) -> None:
    ready, turnaround_d = date(2030, 2, 15), 50
    part = {"owner": "a", "node": "base", "mass": "2 t", "price": "20 MUSD"}
    data = base(
        **CARRIERS,
        elements={
            "foundation": {**part, "ready": ready.isoformat(), "provides": {"robot_hours": "1 h/d"}},
            "mast": {**part, "after": after, "robot_work": f"{work_h} h"},
        },
        demands={"m": {"kind": "build", "element": "mast", "by": "2030-06-30"}},
        objective={"minimise": ["finish", "cost"]},
    )
    data["launchers"] = {"rocket": rocket(turnaround=f"{turnaround_d} d")}

    ends = first_days(2030, 6)
    opens = [0, *ends[:-1]]
    if not after:
        least = (float(ends[0]), 170.0)  # a large flight and the mast
    else:
        finish_d = min(
            end
            for foundation, mast in itertools.product(ends, repeat=2)
            if foundation - 5 >= (ready - date(2030, 1, 1)).days and abs(foundation - mast) >= turnaround_d
            for start, end in zip(opens, ends, strict=True)
            if (start >= max(foundation, mast) and end - start >= work_h)
            or (work_h == 0.0 and end >= max(foundation, mast))
        )
        least = (float(finish_d), 340.0)
    agree(Scenario.model_validate(data), least, scip_least)


# --- indivisible packing


def fewest_musd(items_t: Sequence[float]) -> float:
    """Least price of large (3 t) and little (1 t) flights that take these items whole: every way to share them out."""
    best = math.inf

    def place(rest: Sequence[float], flights: list[float]) -> None:
        nonlocal best
        if not rest:
            best = min(best, sum(60.0 if mass <= 1.0 else 150.0 for mass in flights))
            return
        for i, mass in enumerate(flights):
            if mass + rest[0] <= 3.0 + 1e-9:
                place(rest[1:], [*flights[:i], mass + rest[0], *flights[i + 1 :]])
        place(rest[1:], [*flights, rest[0]])

    place(items_t, [])
    return best


@pytest.mark.parametrize("masses_t", [(1.6, 1.6, 1.4, 1.4), (2.2, 0.9, 0.9, 0.8), (1.8, 1.7, 1.3, 1.1, 0.6)])
def test_items_fly_whole(masses_t: tuple[float, ...], scip_least: Scip) -> None:
    data = base(
        **CARRIERS,
        elements={f"e{i}": {"owner": "a", "node": "base", "mass": f"{m} t"} for i, m in enumerate(masses_t)},
        demands={
            f"d{i}": {"kind": "build", "element": f"e{i}", "by": "2030-06-01"} for i in range(len(masses_t))
        },
    )
    agree(Scenario.model_validate(data), [fewest_musd(masses_t)], scip_least)


# --- crews: two people always there, each stay bounded, each ship waits to take its crew home


@pytest.mark.parametrize(
    ("longest_d", "outage"),
    [(95, None), (125, None), (125, ("2030-05-10", "2030-07-10")), (400, None)],
)
def test_crews_relieve_each_other_in_time(
    longest_d: int, outage: tuple[str, str] | None, scip_least: Scip
) -> None:
    data = base(
        end="2031-01-01",
        vehicles={"ship": {"owner": "a", "dry_mass": "3 t", "seats": 2, "price": "100 MUSD"}},
        missions={
            "outward": {"legs": [{"by": "rocket", "carrying": ["ship"], "route": "up"}], "least_crew": 1},
            "home": {"legs": [{"by": "ship", "route": "down"}], "price": "7 MUSD"},
        },
        elements={"hut": {"owner": "a", "node": "base", "mass": "1 t", "provides": {"berths": 4}}},
        initial={"elements": [{"element": "hut"}]},
        crew={
            "crew": {
                "owner": "a",
                "mass": "100 kg",
                "uses": {},
                "rotation": {"longest": f"{longest_d} d"},
            }
        },
        demands={"two": {"kind": "crew", "node": "base", "count": 2, "from": "2030-04-01"}},
    )
    outages = [{"from": outage[0], "until": outage[1]}] if outage else []
    data["launchers"] = {"rocket": rocket(outages=outages)}

    counted = min(
        150.0 * len(comes) + 7.0 * (len(comes) - 1)
        for comes in _arrivals(longest_d, outage)  # every crew but the last goes home as the next one comes
    )
    agree(Scenario.model_validate(data), [counted], scip_least)


def _arrivals(longest_d: int, outage: tuple[str, str] | None) -> Iterator[tuple[int, ...]]:
    """Every choice of months at whose ends crews of two come, so that two are there from 1 April on."""
    ends = first_days(2030, 12)
    closed = [(date.fromisoformat(day) - date(2030, 1, 1)).days for day in outage] if outage else [0, 0]
    flyable = [end for end in ends[:-1] if not closed[0] <= end - 5 < closed[1]]
    for number in range(1, 6):
        for comes in itertools.combinations(flyable, number):
            stays = [*itertools.pairwise(comes)]
            ends_open = ends[-1] - comes[-1] <= longest_d
            if comes[0] <= ends[2] and all(b - a <= longest_d for a, b in stays) and ends_open:
                yield comes


# --- a depot: propellant boils off in orbit while launches, one a month, bring it


@pytest.mark.parametrize(("stage_t", "boil_off"), [(3.9, 0.0), (4.0, 0.001), (4.5, 0.0005)])
def test_tankers_fill_a_stage_against_boil_off(stage_t: float, boil_off: float, scip_least: Scip) -> None:
    dv_m_s, isp_s, coast_d = 4000.0, 450.0, 3
    tankers = {"small": (3.0, 40.0), "big": (6.0, 100.0)}  # t, MUSD
    data = base()
    data["nodes"]["orbit"] = {"kind": "orbit", "body": "earth", "altitude": "400 km"}
    data["routes"] = {
        "lift": {"from": "cape", "to": "orbit", "duration": "1 d"},
        "land": {"from": "orbit", "to": "base", "burns": [f"{dv_m_s} m/s"], "duration": f"{coast_d} d"},
    }
    data["launchers"] = {"rocket": rocket(payload={"orbit": "20 t"}, turnaround="25 d")}
    data["resources"] = {"fuel": {"supply_class": 1, "storage": "tank", "boil_off": f"{100 * boil_off} %/d"}}
    data["vehicles"] = {
        "stage": {
            "owner": "a",
            "dry_mass": f"{stage_t} t",
            "tank": {"resource": "fuel", "capacity": "20 t", "isp": f"{isp_s} s"},
            "refuelled": True,
            "price": "30 MUSD",
        },
        **{name: carrier(room_t, price_musd) for name, (room_t, price_musd) in tankers.items()},
    }
    data["missions"] = {
        "place": {"legs": [{"by": "rocket", "carrying": ["stage"], "route": "lift"}]},
        "go": {"legs": [{"by": "stage", "route": "land"}], "refuels": ["stage"], "expends": ["stage"]},
        **{
            name: {"legs": [{"by": "rocket", "carrying": [name], "route": "lift"}], "expends": [name]}
            for name in tankers
        },
    }
    data["demands"] = {"go": {"kind": "fly", "mission": "go"}}

    need_t = stage_t * (math.exp(dv_m_s / (isp_s * G0_M_S2)) - 1.0)
    ends = first_days(2030, 6)
    counted = math.inf
    for launches in itertools.product([None, "stage", *tankers], repeat=len(ends) - 1):
        if launches.count("stage") != 1:
            continue
        for go_d in [end - coast_d for end in ends]:
            there = [(x, end) for x, end in zip(launches, ends, strict=False) if x and end <= go_d]
            fuel_t = sum(tankers[x][0] * (1.0 - boil_off) ** (go_d - end) for x, end in there if x in tankers)
            if fuel_t >= need_t and "stage" in [x for x, _ in there]:
                counted = min(
                    counted, sum(50.0 + (tankers[x][1] if x in tankers else 30.0) for x in launches if x)
                )
    agree(Scenario.model_validate(data), [counted], scip_least)


# --- power: panels by day, batteries or a reactor through the night

PLANTS = {  # t, MUSD, kW by day, kW by night, kWh stored, most
    "panel": (0.9, 40.0, 5.0, 0.0, 0.0, 4),
    "battery": (0.7, 15.0, 0.0, 0.0, 200.0, 4),
    "reactor": (2.5, 160.0, 3.0, 3.0, 0.0, 2),
}


@pytest.mark.parametrize(("day_kw", "night_kw", "dark_d"), [(9.0, 2.0, 3), (9.0, 4.0, 8), (2.0, 2.0, 14)])
def test_the_night_is_lived_through(day_kw: float, night_kw: float, dark_d: int, scip_least: Scip) -> None:
    plant = {
        name: {
            "owner": "a",
            "node": "base",
            "mass": f"{mass} t",
            "price": f"{price} MUSD",
            "quantity": most,
            "provides": {
                "power_day": f"{day} kW",
                "power_night": f"{night} kW",
                "energy_storage": f"{store} kWh",
            },
        }
        for name, (mass, price, day, night, store, most) in PLANTS.items()
    }
    hut = {
        "owner": "a",
        "node": "base",
        "mass": "2 t",
        "uses": {"power": f"{day_kw} kW", "power_night": f"{night_kw} kW"},
    }
    data = base(
        **CARRIERS,
        elements={"hut": hut, **plant},
        demands={"hut": {"kind": "build", "element": "hut", "by": "2030-06-01"}},
    )
    data["nodes"]["base"]["darkness"] = f"{dark_d} d"

    counted = math.inf
    for numbers in itertools.product(*(range(row[5] + 1) for row in PLANTS.values())):
        made = [(n, *row) for n, row in zip(numbers, PLANTS.values(), strict=True)]
        by_day = sum(n * day for n, _, _, day, *_ in made)
        missing_kw = night_kw - sum(n * night for n, _, _, _, night, *_ in made)
        stored = sum(n * store for n, *_, store, _ in made)
        if by_day >= day_kw and stored >= 24.0 * dark_d * missing_kw:
            items = sorted([2.0, *(mass for n, mass, *_ in made for _ in range(n))], reverse=True)
            if sum(items) <= 18.0:
                counted = min(counted, fewest_musd(items) + sum(n * price for n, _, price, *_ in made))
    agree(Scenario.model_validate(data), [counted], scip_least)


# --- ranks and budgets


@pytest.mark.parametrize(("first_t", "second_t", "cadence"), [(8, 8, 3), (2, 5, 2), (7, 1, 2), (1, 1, 6)])
def test_the_first_rank_is_served_first(first_t: int, second_t: int, cadence: int, scip_least: Scip) -> None:
    wish = {"kind": "deliver", "node": "base"}
    data = base(
        **CARRIERS,
        resources={"water": {"supply_class": 2}, "books": {"supply_class": 3}},
        demands={
            "w": {**wish, "resource": "water", "amount": f"{first_t} t", "rank": 1},
            "b": {**wish, "resource": "books", "amount": f"{second_t} t", "rank": 2},
        },
    )
    data["launchers"] = {"rocket": rocket(cadence=f"{cadence} /yr")}

    best = min(
        (float(first_t - water), float(second_t - books), 150.0 * x + 60.0 * y)
        for x, y, water, books in itertools.product(
            range(cadence + 1), range(cadence + 1), range(first_t + 1), range(second_t + 1)
        )
        if x + y <= cadence and water + books <= 3 * x + y
    )
    # an earlier rank is held within 1e-6 of its value and 1e-6 t, which a later one may use: 1e-5 t in all
    agree(Scenario.model_validate(data), best, scip_least, same=1e-5)


@pytest.mark.parametrize("caps_musd", [(1000, 1000), (140, 140), (100, 160), (70, 200)])
def test_yearly_budgets_choose_smaller_flights(caps_musd: tuple[int, int], scip_least: Scip) -> None:
    data = base(
        end="2032-01-01",
        **CARRIERS,
        resources={"goods": {"supply_class": 6}},
        demands={"d": {"kind": "deliver", "resource": "goods", "node": "base", "amount": "4 t"}},
    )
    caps = {2030 + i: f"{cap} MUSD/yr" for i, cap in enumerate(caps_musd)}
    data["partners"] = {"a": {"name": "A", "budgets": caps}}

    counted = min(
        150.0 * (x0 + x1) + 60.0 * (y0 + y1)
        for x0, y0, x1, y1 in itertools.product(range(5), repeat=4)
        if 150 * x0 + 60 * y0 <= caps_musd[0]
        and 150 * x1 + 60 * y1 <= caps_musd[1]
        and 3 * (x0 + x1) + y0 + y1 >= 4
    )
    agree(Scenario.model_validate(data), [counted], scip_least)
