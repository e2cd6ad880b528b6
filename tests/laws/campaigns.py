"""Random small campaigns as plain data, the way a scenario file would tell them, for laws and for brute force.

Two to four nodes, one or two launchers, up to three kinds of vehicle, two or three periods. Every feature is there in
some campaigns and absent in others; a failing campaign shrinks to the features that it needs.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from moonwright.scenario.check import check
from moonwright.scenario.scenario import Scenario

Noun = dict[str, Any]
Worth = (
    dict[str, float] | None
)  # what each rank reaches, by its name and in their order; None: there is no plan

PROOF = os.environ.get("MOONWRIGHT_PROOF") == "1"
STARTS = ("2030-01-01", "2030-11-01")  # the second one has New Year within its horizon
_PATIENT = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]


def counted(full: int) -> settings:
    """`full` new cases under `make proof`; else a tenth of them, the same ones each time."""
    return settings(
        max_examples=full if PROOF else full // 10,
        derandomize=not PROOF,
        deadline=None,
        suppress_health_check=_PATIENT,
    )


def scenario_of(data: Noun) -> Scenario | None:
    """The scenario, or None where its data speak of something impossible on their face, as a file must not."""
    scenario = Scenario.model_validate(data)
    return None if check(scenario) else scenario


def slop(name: str, values: Mapping[str, float]) -> float:
    """How far a rank may be off, when all of them reach `values`.

    Earlier ranks are held within a millionth: of many days of shortfall that is some grams of goods, which later ranks
    then need not lift or pay (at most 10 MUSD a tonne).
    """
    names = list(values)
    before = sum(abs(values[one]) for one in names[: names.index(name)])
    return 1e-5 * max(1.0, abs(values[name])) + 3e-6 * before * (1000.0 if name == "imleo" else 10.0)


def no_worse(one: Worth, other: Worth) -> bool:
    """True where the first comes before the second, or is the same. A rank that nobody asks for any more is nought."""
    if one is None or other is None:
        return other is None
    for name, value in other.items():
        if abs(one.get(name, 0.0) - value) > slop(name, other):
            return one.get(name, 0.0) < value
    return True


@st.composite
def campaigns(draw: st.DrawFn) -> Noun:
    """Any small campaign: either cargo alone, or people too."""
    return draw(crewed() if draw(st.booleans()) else cargo())


# --- what both kinds stand on


def maybe(draw: st.DrawFn, one_in: int = 3) -> bool:
    """True in one of so many cases; shrinks to False."""
    return draw(st.integers(0, one_in - 1)) == one_in - 1


def _world(draw: st.DrawFn, *, lengths: tuple[str, ...], most_periods: int = 3) -> Noun:
    start = draw(st.sampled_from(STARTS))
    length = draw(st.sampled_from(lengths))
    months = draw(st.integers(2, most_periods)) * (2 if length == "2 months" else 1)
    data: Noun = {
        "name": "small",
        "currency_year": 2024,
        "horizon": {"start": start, "end": month(start, months), "periods": [{"length": length}]},
        "partners": {"a": {"name": "A"}, "b": {"name": "B"}},
        "nodes": {
            "cape": {"kind": "launch site", "body": "earth", "latitude": "28 deg", "longitude": "-80 deg"},
            "base": {"kind": "surface", "body": "moon", "latitude": "-89 deg", "longitude": "0 deg"},
        },
        "routes": {"lift": {"from": "cape", "to": "base", "duration": "5 d"}},
        "launchers": {},
        "vehicles": {},
        "missions": {},
        "resources": {"goods": {"supply_class": 6}},
        "elements": {},
        "demands": {},
        "initial": {},
        "objective": {"minimise": ["cost"]},
    }
    if maybe(draw):
        data["discount_rate"] = "5 %"
    if maybe(draw):
        data["partners"]["b"]["may_not_carry"] = ["a"]
    if maybe(draw, 6):
        start = data["horizon"]["start"]
        data["partners"]["b"]["until"] = day(start, draw(st.integers(28, 84)))
    if maybe(draw, 4):
        opens = draw(st.integers(0, 20))
        data["routes"]["lift"]["windows"] = [
            {"opens": day(start, opens), "closes": day(start, opens + 12), "every": "30 d"}
        ]
    return data


def month(start: str, months: int) -> str:
    """The first of the month so many months on."""
    year, number = int(start[:4]), int(start[5:7]) - 1 + months
    return f"{year + number // 12}-{number % 12 + 1:02d}-01"


def day(start: str, days: int) -> str:
    """Roughly so many days on: months of 28 days, so that the date exists."""
    return month(start, days // 28)[:8] + f"{days % 28 + 1:02d}"


def _some_day(draw: st.DrawFn, data: Noun) -> str:
    """A day within the horizon, or shortly before or after it."""
    return day(data["horizon"]["start"], draw(st.integers(1, 120)))


def _launcher(draw: st.DrawFn, data: Noun, payload: Noun, cadences: tuple[str, ...]) -> Noun:
    made: Noun = {
        "owner": draw(st.sampled_from("ab")),
        "site": "cape",
        "payload": payload,
        "cadence": draw(st.sampled_from(cadences)),
        "price": f"{draw(st.integers(1, 30))} MUSD",
    }
    if maybe(draw):
        made["turnaround"] = f"{draw(st.sampled_from([10, 20, 40]))} d"
    if maybe(draw, 4):
        made["first_flight"] = _some_day(draw, data)
    if maybe(draw, 6):
        made["last_flight"] = day(data["horizon"]["start"], draw(st.integers(100, 120)))
    if maybe(draw, 4):
        start = data["horizon"]["start"]
        first = draw(st.integers(0, 60))
        made["outages"] = [
            {"from": day(start, first), "until": day(start, first + draw(st.integers(10, 60)))}
        ]
    return made


def _money(draw: st.DrawFn, data: Noun) -> None:
    if maybe(draw):
        data["partners"]["a"]["budget"] = f"{draw(st.integers(20, 120))} MUSD/yr"
    if maybe(draw, 5):
        data["missions"]["haul"]["payer"] = "b"
        data["partners"]["b"]["budgets"] = {2030: f"{draw(st.integers(0, 40))} MUSD/yr"}
    if maybe(draw):
        data["resources"]["goods"]["price"] = f"{draw(st.integers(1, 9))} MUSD"


def _ranked(draw: st.DrawFn, demand: Noun) -> Noun:
    rank = draw(st.sampled_from(["hard", 1, 1, 2]))
    if rank != "hard":
        demand |= {"rank": rank, "price": f"{draw(st.integers(1, 5))} MUSD"}
    return demand


# --- cargo alone: goods and elements, ships that are thrown away, tugs that wait and fly again


@st.composite
def deliveries(draw: st.DrawFn) -> Noun:
    """Cargo straight to the base, with nothing about it that calls for more than counting.

    Launches are not set apart, and goods have no price where it would matter when they fly.
    """
    data = draw(cargo(ways=("none", "van", "pair")))
    for launcher in data["launchers"].values():
        launcher.pop("turnaround", None)
    if "discount_rate" in data or any(p.keys() & {"budget", "budgets"} for p in data["partners"].values()):
        data["resources"]["goods"].pop("price", None)
    return data


@st.composite
def cargo(draw: st.DrawFn, ways: tuple[str, ...] = ("none", "van", "pair", "by orbit", "shuttle")) -> Noun:
    """Goods and elements for a base; `ways` are those besides trucks that go there straight."""
    data = _world(draw, lengths=("1 month", "1 month", "2 months", "22 d"), most_periods=2)
    for name in ("rocket", "heavy")[: draw(st.integers(1, 2))]:
        payload = {"base": f"{draw(st.integers(3, 6))} t", "low orbit": f"{draw(st.integers(6, 9))} t"}
        data["launchers"][name] = _launcher(draw, data, payload, ("1 /yr", "2 /yr", "3 /yr", "0.5 /yr"))
    data["vehicles"]["truck"] = _truck(draw)
    data["missions"]["haul"] = {
        "legs": [{"by": list(data["launchers"]), "carrying": ["truck"], "route": "lift"}],
        "expends": ["truck"],
    }
    second = draw(st.sampled_from(ways))
    if second == "van":
        data["vehicles"]["van"] = _truck(draw)
        data["missions"]["van"] = {
            "legs": [{"by": "rocket", "carrying": ["van"], "route": "lift"}],
            "expends": ["van"],
        }
    elif second == "pair":
        data["missions"]["pair"] = {
            "legs": [{"by": "rocket", "carrying": ["one", "two"], "route": "lift"}],
            "units": {"one": "truck", "two": "truck"},
            "expends": ["one", "two"],
        }
    elif second != "none":
        _orbit(draw, data, shuttle=second == "shuttle")
    if not any(r.get("to") == "low orbit" for r in data["routes"].values()):
        for launcher in data["launchers"].values():
            del launcher["payload"]["low orbit"]
    if maybe(draw):
        data["vehicles"]["truck"]["ready"] = _some_day(draw, data)
    _goods_and_elements(draw, data)
    _money(draw, data)
    data["objective"] = draw(
        st.sampled_from(
            [
                {"minimise": ["cost"]},
                {"minimise": ["cost"]},
                {"minimise": ["imleo", "cost"]},
                {"minimise": ["finish", "cost"]},
                {"minimise": ["cost", "imleo"], "slack": "10 %"},
            ]
        )
    )
    return data


def _truck(draw: st.DrawFn) -> Noun:
    truck: Noun = {
        "owner": draw(st.sampled_from("ab")),
        "dry_mass": "1 t",
        "room": {"total": f"{draw(st.integers(2, 4))} t"},
        "price": f"{draw(st.integers(1, 20))} MUSD",
    }
    if maybe(draw):
        truck["room"]["pressurised"] = "1 t"
    return truck


def _orbit(draw: st.DrawFn, data: Noun, *, shuttle: bool) -> None:
    """A lander that flies from an orbit: launched for one way, or there already, waiting for what a rocket brings."""
    data["nodes"]["low orbit"] = {"kind": "orbit", "body": "moon", "altitude": "100 km"}
    data["routes"]["to orbit"] = {"from": "cape", "to": "low orbit", "duration": "4 d"}
    data["routes"]["descent"] = {"from": "low orbit", "to": "base", "burns": ["1.9 km/s"], "duration": "1 d"}
    data["routes"]["ascent"] = {"from": "base", "to": "low orbit", "burns": ["1.9 km/s"], "duration": "1 d"}
    data["resources"]["fuel"] = {"supply_class": 1, "storage": "tank", "boil_off": "0.1 %/d"}
    lander: Noun = {
        "owner": "a",
        "dry_mass": "1 t",
        "room": {"total": f"{draw(st.integers(1, 2))} t"},
        "tank": {"resource": "fuel", "capacity": "5 t", "isp": "340 s"},
        "price": f"{draw(st.integers(1, 20))} MUSD",
    }
    if maybe(draw):
        lander["stay"] = f"{draw(st.integers(20, 200))} d"
    data["vehicles"]["lander"] = lander
    if not shuttle:
        data["missions"]["by orbit"] = {
            "legs": [
                {"by": "rocket", "carrying": ["lander"], "route": "to orbit"},
                {"by": "lander", "route": "descent", "stay": "3 d"},
            ],
            "expends": ["lander"],
        }
        return
    lander["refuelled"] = True
    data["missions"]["drop"] = {
        "legs": [
            {"by": "lander", "route": "descent", "stay": "2 d"},
            {"by": "lander", "route": "ascent"},
        ],
        "refuels": ["lander"],
    }
    data["missions"]["fill"] = {
        "legs": [{"by": "rocket", "carrying": ["truck"], "route": "to orbit"}],
        "expends": ["truck"],
    }
    data["initial"]["vehicles"] = [
        {"vehicle": "lander", "node": "low orbit", "arrived": data["horizon"]["start"]}
    ]
    data["initial"]["stocks"] = {"low orbit": {"fuel": f"{draw(st.integers(0, 9))} t"}}
    depot = {"owner": "a", "node": "low orbit", "mass": "1 t"}
    data["elements"]["depot"] = depot
    data["initial"]["elements"] = [{"element": "depot"}]
    if maybe(draw):
        depot["provides"] = {"storage": {"fuel": "9 t"}}


def _goods_and_elements(draw: st.DrawFn, data: Noun) -> None:
    goods = data["resources"]["goods"]
    if maybe(draw):
        goods["packing"] = "10 %"
    if maybe(draw):
        goods["boil_off"] = "0.5 %/d"
    kinds = draw(
        st.sampled_from(
            ["deliver", "build", "deliver+build", "fly+deliver", "build+after", "contract+deliver"]
        )
    )
    if "deliver" in kinds:
        wish: Noun = {
            "kind": "deliver",
            "resource": "goods",
            "node": "base",
            "amount": f"{draw(st.integers(1, 40)) / 10} t",
        }
        if maybe(draw):
            wish["until"] = _some_day(draw, data)
        elif maybe(draw):
            wish["every"] = "1 month"
        data["demands"]["goods wanted"] = _ranked(draw, wish)
    if "build" in kinds:
        hut = _element(draw, data)
        hut["quantity"] = draw(st.integers(1, 2))
        data["elements"]["hut"] = hut
        data["demands"]["hut wanted"] = _ranked(
            draw,
            {
                "kind": "build",
                "element": "hut",
                "by": day(data["horizon"]["start"], draw(st.integers(28, 84))),
                "count": draw(st.integers(1, hut["quantity"])),
            },
        )
    if "after" in kinds:
        data["elements"]["road"] = _element(draw, data)
        data["elements"]["hut"]["after"] = ["road"]
    if "fly" in kinds:
        data["demands"]["flights wanted"] = _ranked(
            draw, {"kind": "fly", "mission": "haul", "count": draw(st.integers(1, 2))}
        )
    if "contract" in kinds:
        start = data["horizon"]["start"]
        data["initial"]["contracts"] = [{"mission": "haul", "from": start, "until": day(start, 45)}]
    if maybe(draw, 4):
        data["initial"]["under_way"] = [
            {
                "node": "base",
                "on": day(data["horizon"]["start"], draw(st.integers(0, 40))),
                "resources": {"goods": "0.5 t"},
            }
        ]


def _element(draw: st.DrawFn, data: Noun) -> Noun:
    made: Noun = {
        "owner": draw(st.sampled_from("ab")),
        "node": "base",
        "mass": f"{draw(st.integers(5, 15)) / 10} t",
        "price": f"{draw(st.integers(0, 20))} MUSD",
    }
    if maybe(draw):
        made["ready"] = _some_day(draw, data)
    if maybe(draw):
        made["operations"] = f"{draw(st.integers(1, 20))} MUSD/yr"
    if maybe(draw, 5):
        made["life"] = f"{draw(st.integers(10, 90))} d"
    if maybe(draw):
        made["room"] = "pressurised"
    return made


# --- people: a base that stands, ships that wait to bring them home, food, air, power


@st.composite
def crewed(draw: st.DrawFn) -> Noun:
    """People for a base that stands, with what they use, and their ride home."""
    data = _world(draw, lengths=("1 month", "1 month", "2 months"), most_periods=2)
    start = data["horizon"]["start"]
    data["nodes"]["sea"] = {"kind": "recovery", "body": "earth"}
    data["routes"]["home"] = {"from": "base", "to": "sea", "duration": "4 d"}
    data["launchers"]["rocket"] = _launcher(
        draw, data, {"base": f"{draw(st.integers(5, 9))} t"}, ("1 /yr", "2 /yr", "3 /yr")
    )
    ship: Noun = {
        "owner": "a",
        "dry_mass": "2 t",
        "seats": draw(st.integers(1, 2)),
        "room": {"total": f"{draw(st.integers(0, 2))} t"},
        "price": f"{draw(st.integers(5, 40))} MUSD",
    }
    data["vehicles"]["ship"] = ship
    data["missions"]["come"] = {"legs": [{"by": "rocket", "carrying": ["ship"], "route": "lift"}]}
    data["missions"]["go home"] = {"legs": [{"by": "ship", "route": "home"}]}
    if maybe(draw):
        data["missions"]["come"]["least_crew"] = 1
    if maybe(draw):
        ship["stay"] = f"{draw(st.integers(30, 200))} d"
    if maybe(draw):
        ship["tank"] = {"resource": "fuel", "capacity": "1.5 t", "isp": "310 s", "boil_off": "0.1 %/d"}
        data["resources"]["fuel"] = {"supply_class": 1, "storage": "tank"}
        data["routes"]["home"]["burns"] = ["0.9 km/s"]
    if maybe(draw):
        ship["reuse"] = {"flights": draw(st.integers(1, 3)), "refurbishment": "2 MUSD", "turnaround": "10 d"}
        data["initial"]["fleet"] = [{"vehicle": "ship", "count": 1, "flights_left": 1}]
    data["vehicles"]["truck"] = {
        "owner": "b",
        "dry_mass": "1 t",
        "room": {"total": "2 t"},
        "price": f"{draw(st.integers(1, 9))} MUSD",
    }
    data["missions"]["haul"] = {
        "legs": [{"by": "rocket", "carrying": ["truck"], "route": "lift"}],
        "expends": ["truck"],
    }
    _base(draw, data)
    aboard = draw(st.integers(0, 2))
    if aboard:
        arrived = day(month(start, -2), draw(st.integers(0, 50)))
        data["initial"]["crew"] = [{"kind": "pilot", "node": "base", "count": aboard, "arrived": arrived}]
        data["initial"]["vehicles"] = [
            {
                "vehicle": "ship",
                "node": "base",
                "arrived": day(month(start, -2), draw(st.integers(0, 50))),
                "count": draw(st.integers(1, 2)),
            }
        ]
    wish: Noun = {"kind": "crew", "node": "base", "count": draw(st.integers(1, 2))}
    if not aboard or maybe(draw):
        wish["from"] = day(start, draw(st.integers(28, 60)))
    if maybe(draw):
        wish["until"] = day(start, draw(st.integers(61, 100)))
    data["demands"]["people wanted"] = _ranked(draw, wish)
    _living(draw, data)
    _money(draw, data)
    for extra in (_visits, _docks, _night, _farm, _spares, _guest):
        if maybe(draw, 6):
            extra(draw, data)
    return data


def _visits(draw: st.DrawFn, data: Noun) -> None:
    """Sorties: out and home within some days, in one ship that nobody leaves behind."""
    data["missions"]["visit"] = {
        "legs": [
            {"by": "rocket", "carrying": ["ship"], "route": "lift", "stay": "6 d"},
            {"by": "ship", "route": "home"},
        ],
        "least_crew": 1,
        "price": "1 MUSD",
    }
    wish = {"kind": "fly", "mission": "visit"}
    data["demands"]["visits wanted"] = _ranked(draw, wish)


def _docks(draw: st.DrawFn, data: Noun) -> None:
    """Ships need a port."""
    data["vehicles"]["ship"]["port"] = "dock"
    data["elements"]["hut"]["provides"]["ports"] = {"dock": draw(st.integers(1, 3))}


def _night(draw: st.DrawFn, data: Noun) -> None:
    """A fortnight of darkness, lived through on what is stored."""
    data["nodes"]["base"]["darkness"] = "14 d"
    hut = data["elements"]["hut"]
    hut["uses"] = {"power": "1 kW", "power_night": "0.5 kW"}
    hut["provides"] |= {"power_day": "5 kW", "energy_storage": f"{draw(st.integers(100, 900))} kWh"}
    if maybe(draw):
        hut["provides"]["power_night"] = "0.5 kW"


def _farm(draw: st.DrawFn, data: Noun) -> None:
    """A plant that makes food from goods, perhaps one that has yet to be brought."""
    farm: Noun = {
        "owner": "a",
        "node": "base",
        "mass": "1 t",
        "price": "2 MUSD",
        "provides": {
            "produces": {
                "food": {"rate": f"{draw(st.integers(1, 8))} kg/d", "inputs": {"goods": "0.5 kg/kg"}}
            }
        },
    }
    data["elements"]["farm"] = farm
    if maybe(draw, 2):
        data["initial"]["elements"] = [*data["initial"]["elements"], {"element": "farm"}]
    data["initial"]["stocks"]["base"]["goods"] = f"{draw(st.integers(0, 3)) * 100} kg"


def _spares(draw: st.DrawFn, data: Noun) -> None:
    """The hut wears out."""
    data["elements"]["hut"].setdefault("uses", {})["spares"] = {"goods": f"{draw(st.integers(5, 40))} %/yr"}
    data["initial"]["stocks"]["base"]["goods"] = f"{draw(st.integers(0, 3)) * 100} kg"


def _guest(draw: st.DrawFn, data: Noun) -> None:
    """Another kind of people, who eat less and stay less; a partner may want some of its own."""
    data["crew"]["guest"] = {
        "owner": draw(st.sampled_from("ab")),
        "mass": "80 kg",
        "uses": {"food": "1 kg/d"},
        "rotation": {"longest": "100 d"},
    }
    if maybe(draw):
        data["demands"]["people wanted"]["of"] = draw(st.sampled_from(["a", "b", "guest"]))


def _base(draw: st.DrawFn, data: Noun) -> None:
    hut: Noun = {"owner": "a", "node": "base", "mass": "2 t", "provides": {"berths": draw(st.integers(2, 4))}}
    data["elements"]["hut"] = hut
    data["initial"]["elements"] = [{"element": "hut"}]
    if maybe(draw):
        hut["provides"]["storage"] = {"food": f"{draw(st.integers(12, 20)) * 100} kg"}
    if maybe(draw):
        hut["provides"]["closure"] = {"food": {"share": "30 %", "crew": draw(st.integers(1, 3))}}
    if maybe(draw):
        hut["provides"] |= {"power_day": f"{draw(st.integers(2, 5))} kW"}
        hut["uses"] = {"power": "1 kW"}
    if maybe(draw):
        hut["operations"] = "3 MUSD/yr"
    if maybe(draw):
        lab: Noun = {"owner": "a", "node": "base", "mass": "1 t", "price": "5 MUSD"}
        lab["crew_work"] = f"{draw(st.integers(50, 600))} h"
        data["elements"]["lab"] = lab
        by = day(data["horizon"]["start"], draw(st.integers(30, 100)))
        data["demands"]["lab wanted"] = _ranked(draw, {"kind": "build", "element": "lab", "by": by})


def _living(draw: st.DrawFn, data: Noun) -> None:
    data["resources"]["food"] = {"supply_class": 2, "life_critical": True}
    if maybe(draw):
        data["resources"]["food"]["packing"] = "20 %"
    if maybe(draw):
        data["resources"]["food"]["boil_off"] = "0.1 %/d"
    data["crew"] = {
        "pilot": {
            "owner": draw(st.sampled_from("ab")),
            "mass": "100 kg",
            "uses": {"food": f"{draw(st.integers(1, 8))} kg/d"},
            "rotation": {"longest": f"{draw(st.sampled_from([90, 130, 500]))} d"},
            "work": "35 h/week",
        }
    }
    if maybe(draw):
        data["crew"]["pilot"]["rotation"]["shortest"] = f"{draw(st.integers(10, 60))} d"
    if maybe(draw):
        data["crew"]["pilot"]["power"] = "1 kW"
    data["initial"]["stocks"] = {"base": {"food": f"{draw(st.integers(4, 12)) * 100} kg"}}
    if maybe(draw):
        data["demands"]["margin"] = _ranked(
            draw, {"kind": "reserve", "node": "base", "cover": f"{draw(st.integers(5, 40))} d"}
        )
    if "crew" in data["initial"] and maybe(draw):
        data["activities"] = {"science": {"node": "base", "uses": {"food": "0.5 kg/d"}, "crew_time": "2 h/d"}}
