"""Random settlements: what is built, who lives there, what is asked, and what is there already."""

from __future__ import annotations

from typing import Any

from laws.dice import Dice, Noun


def resources(dice: Dice) -> Noun:
    """Food, propellant, spare parts."""
    return {
        "food": {"supply_class": 2, "life_critical": True, "packing": "20 %", "price": "0.1 MUSD"},
        "fuel": {"supply_class": 1, "storage": "tank", "boil_off": dice.pick("0 %/d", "0.1 %/d", "0.4 %/d")},
        "parts": {"supply_class": 4, "storage": "unpressurised"},
    }


def elements(dice: Dice) -> Noun:
    """What may stand at the base or in orbit."""
    closure = {"food": {"share": "50 %", "crew": dice.pick(1, 2)}}
    stores, tanks = {"food": dice.pick("2 t", "0.9 t")}, {"fuel": dice.pick("12 t", "4 t")}
    plant = {
        "fuel": {
            "rate": dice.pick("5 kg/d", "20 kg/d"),
            "energy": "1 kWh/kg",
            "inputs": {"parts": "0.01 kg/kg"},
        }
    }
    thruster = {"resource": "fuel", "isp": "300 s"}
    return {
        "hut": _element(
            dice,
            "base",
            berths=dice.pick(2, 4),
            closure=dice.pick({}, closure),
            ports={"dock": 2},
            power_day="9 kW",
        ),
        "panel": _element(dice, "base", power_day="6 kW", power_night="1 kW", energy_storage="300 kWh"),
        "plant": _element(dice, "base", produces=plant),
        "rover": _element(dice, "base", robot_hours="6 h/d"),
        "tower": _element(dice, "base", after=dice.pick([], ["rover"], ["hut", "panel"])),
        "shed": _element(dice, "base", storage=dice.pick({}, stores)),
        "depot": _element(
            dice,
            "orbit",
            berths=dice.pick(0, 3),
            storage=dice.pick({}, tanks),
            ports=dice.pick({}, {"dock": 1}, {"dock": 2}),
        ),
        "engine": _element(dice, "orbit", thruster=thruster),
    }


def _element(dice: Dice, node: str, after: Any = (), **provides: Any) -> Noun:
    element: Noun = {
        "owner": dice.pick("a", "b", "shared"),
        "node": node,
        "mass": dice.pick("1 t", "1.8 t"),
        "quantity": dice.pick(3, 2),
        "after": list(after),
        "provides": provides,
        "price": "10 MUSD",
        "operations": dice.pick("0 MUSD/yr", "4 MUSD/yr"),
    }
    if dice.often(2):
        element["life"] = dice.pick("80 d", "150 d", "365 d")
    if dice.often(2):
        element["crew_work"] = dice.pick("50 h", "400 h")
    if dice.often(1):
        element["robot_work"] = "100 h"
    if dice.often(2):
        element["uses"] = {"spares": {"parts": "5 %/yr"}, "resources": {"fuel": "0.5 kg/d"}}
        element["uses"] |= {"power": "1 kW"} if node == "base" else {}
    if dice.often(1):
        element["ready"] = dice.day(0, 150)
    return element


def crew(dice: Dice) -> Noun:
    """One kind of people, or two."""
    crew = {name: _kind(dice, name[0]) for name in ("astronaut", "botanist")}
    return crew if dice.often(4) else {"astronaut": crew["astronaut"]}


def _kind(dice: Dice, owner: str) -> Noun:
    return {
        "owner": owner,
        "mass": "100 kg",
        "uses": {"food": dice.pick("2 kg/d", "4 kg/d")},
        "rotation": {
            "shortest": dice.pick("0 d", "40 d"),
            "longest": dice.pick("70 d", "130 d", "200 d", "500 d"),
        },
        "work": dice.pick("2 h/d", "6 h/d"),
        "power": dice.pick("0 kW", "0.5 kW"),
    }


def activities(dice: Dice) -> Noun:
    """Science that goes on, or none."""
    science = {"node": "base", "uses": {"parts": "0.5 kg/d"}, "from": dice.day(60, 200)}
    return dice.some(2, {"science": science})


def demands(dice: Dice, elements: Noun, missions: Noun) -> Noun:
    """What is asked, in three ranks; in one campaign of ten nothing may lack."""
    asked = dice.some(5, _wishes(dice, elements, missions))
    hard = dice.often(1)
    return {name: demand | {"rank": "hard" if hard else dice.pick(1, 2, 3)} for name, demand in asked.items()}


def _wishes(dice: Dice, elements: Noun, missions: Noun) -> Noun:
    flown = [
        *missions,
        *(name for name in ("shuttle", "shuttle", "return", "visit", "tank") if name in missions),
    ]
    goods, often = dice.pick("food", "fuel", "parts"), dice.pick("2 months", "60 d")
    return {
        "live": {"kind": "crew", "node": "base", "count": dice.pick(1, 2, 3), "from": dice.day(60, 150)},
        "man": {
            "kind": "crew",
            "node": "orbit",
            "count": dice.pick(1, 2),
            "from": dice.day(60, 150),
            "until": dice.day(200),
        },
        "raise": {"kind": "build", "element": "tower", "count": dice.pick(1, 2), "by": dice.day(120)},
        "make": {"kind": "build", "element": dice.pick("plant", "shed", "hut"), "by": dice.day(100)},
        "bring": {
            "kind": "deliver",
            "resource": goods,
            "node": dice.pick("base", "orbit"),
            "amount": dice.pick("3 t", "9 t"),
        },
        "supply": {"kind": "deliver", "resource": "parts", "node": "base", "amount": "0.7 t", "every": often},
        "fly": {"kind": "fly", "mission": dice.pick(*flown), "count": dice.pick(2, 4, 1)},
        "ply": {"kind": "fly", "mission": dice.pick(*flown), "every": dice.pick("3 months", "70 d")},
        "tour": {
            "kind": "fly",
            "mission": dice.pick(*reversed(flown)),
            "count": dice.pick(3, 1),
            "until": dice.day(150),
        },
        "keep": {"kind": "reserve", "node": dice.pick("base", "orbit"), "cover": dice.pick("10 d", "30 d")},
    }


def initial(dice: Dice, data: Noun) -> Noun:
    """Where the programme stands on the first day."""
    initial: Noun = {
        "stocks": {
            "base": {"parts": "200 kg", "fuel": "900 kg"},
            "orbit": {"parts": "50 kg", "fuel": dice.pick("4 t", "1 t")},
        }
    }
    initial["elements"] = _there(dice, data)
    if dice.often(5):
        initial["vehicles"] = [
            {"vehicle": vehicle, "node": node, "arrived": dice.day(-30, 0), "count": dice.pick(1, 2)}
            for vehicle, node in (("lander", "orbit"), ("ship", "orbit"), ("ship", "base"))
            if dice.often(5)
        ]
        ships = [x for x in initial["vehicles"] if (x["vehicle"], x["node"]) == ("ship", "base")]
        if ships and "go" in data["missions"] and dice.often(7):
            initial["elements"].append({"element": "hut"})
            initial["crew"] = [
                {"kind": "astronaut", "node": "base", "arrived": dice.day(-20, 0), "count": dice.pick(1, 2)}
            ]
            initial["stocks"]["base"]["food"] = dice.pick("0.5 t", "1.5 t")
    if dice.often(2):
        arrival: Noun = {
            "node": dice.pick("base", "orbit"),
            "on": dice.day(0, 60),
            "resources": {"fuel": "0.5 t"},
        }
        initial["under_way"] = [arrival | dice.some(5, {"vehicles": {"lander": 1}, "elements": {"shed": 1}})]
        if arrival["node"] == "orbit":
            initial["under_way"][0].pop("elements", None)
    initial["fleet"] = [
        {"vehicle": name, "count": dice.pick(1, 2), "flights_left": dice.pick(1, 2)}
        for name, vehicle in data["vehicles"].items()
        if "reuse" in vehicle and dice.often(5)
    ]
    if dice.often(1):
        initial["contracts"] = [
            {"mission": next(iter(data["missions"])), "from": "2030-02-01", "until": "2030-06-01"}
        ]
    return initial


def _there(dice: Dice, data: Noun) -> list[Noun]:
    always = ("panel", "depot", "shed")
    found: list[Noun] = [{"element": name} for name in always]
    for name in dice.some(3, {name: x for name, x in data["elements"].items() if name not in always}):
        there: Noun = {"element": name, "commissioned": dice.pick(True, True, False)}
        if dice.often(6):
            there["since"] = dice.day(-60, 0)
        found.append(there)
    return found
