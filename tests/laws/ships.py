"""Random places and ways, and what flies between them."""

from __future__ import annotations

from typing import Any

from laws.dice import Dice, Noun


def partners(dice: Dice) -> Noun:
    """Two partners; they may part, and may not all carry each other."""
    partners: Noun = {"a": {"name": "A", "share": "60 %"}, "b": {"name": "B", "share": "40 %"}}
    if dice.often(2):
        partners["b"]["until"] = dice.day(100)
    if dice.often(2):
        partners["a"]["may_not_carry"] = ["b"]
    if dice.often(2):
        partners["a"]["budget"] = dice.pick("600 MUSD/yr", "2000 MUSD/yr")
    return partners


def nodes(dice: Dice) -> Noun:
    """A launch site, an orbit and a base on the Moon, and home."""
    base: Noun = {"kind": "surface", "body": "moon", "latitude": "-89 deg", "longitude": "0 deg"}
    if dice.often(3):
        base["darkness"] = "4 d"
    return {
        "cape": {"kind": "launch site", "body": "earth", "latitude": "28 deg", "longitude": "-80 deg"},
        "orbit": {"kind": "orbit", "body": "moon", "altitude": "100 km"},
        "base": base,
        "sea": {"kind": "recovery", "body": "earth"},
    }


def routes(dice: Dice) -> Noun:
    """The ways between them, some of them open for some days of a month only."""
    return {
        "to orbit": _route(dice, "cape", "orbit", dice.pick("5 d", "3.5 d", "40 d")),
        "to base": _route(dice, "cape", "base", dice.pick("5 d", "4.25 d", "100 d")),
        "down": _route(dice, "orbit", "base", dice.pick("1 d", "0.5 d"), "1.2 km/s", "0.7 km/s"),
        "up": _route(dice, "base", "orbit", dice.pick("1 d", "0.25 d"), "1.9 km/s"),
        "home": _route(dice, "base", "sea", dice.pick("4 d", "5.5 d"), "2.5 km/s"),
        "home from orbit": _route(dice, "orbit", "sea", dice.pick("4 d", "35 d"), "0.9 km/s"),
    }


def _route(dice: Dice, origin: str, destination: str, duration: str, *burns: str) -> Noun:
    route: Noun = {"from": origin, "to": destination, "duration": duration, "burns": list(burns)}
    if dice.often(1):
        route["windows"] = [{"opens": dice.day(-20, 20), "closes": "2030-01-27", "every": "29.5 d"}]
    return route


def launchers(dice: Dice) -> Noun:
    """A heavy and a light one, with their pads, outages and first flights."""
    return {
        "heavy": _launcher(dice, "a", {"orbit": "30 t", "base": "14 t"}, "100 MUSD"),
        "light": _launcher(dice, "b", {"orbit": "12 t", "base": "6 t"}, "50 MUSD"),
    }


def _launcher(dice: Dice, owner: str, payload: Noun, price: str) -> Noun:
    launcher: Noun = {
        "owner": owner,
        "site": "cape",
        "payload": payload,
        "cadence": dice.pick("12 /yr", "5 /yr", "2 /yr", "0.8 /yr"),
        "turnaround": dice.pick("0 d", "5 d", "12 d", "24.5 d", "45 d"),
        "price": price,
    }
    if dice.often(2):
        launcher["first_flight"] = dice.day(0, 120)
    if dice.often(2):
        launcher["outages"] = [{"from": "2030-03-10", "until": dice.day(90, 200)}]
    return launcher


def vehicles(dice: Dice) -> Noun:
    """For cargo, for crews, to land, to refuel others, to push others; some of them fly again."""
    return {
        "hauler": _vehicle(
            dice, "b", "1 t", room={"total": "4 t", "down": "0 t"}, reboost="100 kN s", price="20 MUSD"
        ),
        "ship": _vehicle(dice, "a", "2 t", seats=2, room={"total": "1 t"}, tank=_tank(dice, "6 t")),
        "lander": _vehicle(
            dice, "a", "2 t", seats=2, room={"total": "2 t"}, tank=_tank(dice, "8 t"), refuelled=True
        ),
        "tanker": _vehicle(dice, "b", "1 t", tank=_tank(dice, "9 t"), refuels=True, price="30 MUSD"),
        "tug": _vehicle(dice, "shared", "1 t", tank=_tank(dice, "9 t"), pushes=True, price="40 MUSD"),
    }


def _vehicle(dice: Dice, owner: str, dry_mass: str, **more: Any) -> Noun:
    vehicle: Noun = {"owner": owner, "dry_mass": dry_mass, "price": "60 MUSD", **more}
    if dice.often(3):
        vehicle["stay"] = dice.pick("200 d", "120 d", "70 d")
    if dice.often(3):
        vehicle["port"] = "dock"
    if dice.often(5):
        vehicle["reuse"] = {
            "flights": dice.pick(2, 3, 5),
            "turnaround": dice.pick("0 d", "20 d", "50 d"),
            "refurbishment": "5 MUSD",
        }
    if dice.often(1):
        vehicle["ready"] = dice.day(0, 150)
    if dice.often(1):
        vehicle["retired"] = dice.day(150)
    return vehicle


def _tank(dice: Dice, capacity: str) -> Noun:
    return {
        "resource": "fuel",
        "capacity": capacity,
        "isp": dice.pick("320 s", "450 s"),
        "boil_off": dice.pick("0 %/d", "0 %/d", "0.1 %/d"),
    }


def _leg(by: Any, route: str, *carrying: str, **more: Any) -> Noun:
    return {"by": by, "route": route, "carrying": list(carrying), **more}


def missions(dice: Dice) -> Noun:
    """Most of what these vehicles can fly."""
    rocket = dice.pick("heavy", "light", ["heavy", "light"])
    crewed = {"least_crew": dice.pick(0, 1)}
    missions: Noun = {
        "haul": {"legs": [_leg(rocket, "to base", "hauler")], "expends": dice.pick([], ["hauler"])},
        "haul to orbit": {"legs": [_leg(rocket, "to orbit", "hauler")], "expends": dice.pick([], ["hauler"])},
        "come": {"legs": [_leg(rocket, "to base", "ship")], **crewed},
        "go": {"legs": [_leg("ship", "home")]},
        "come to orbit": {"legs": [_leg(rocket, "to orbit", "ship")], **crewed},
        "go from orbit": {"legs": [_leg("ship", "home from orbit")], "price": "3 MUSD", "payer": "b"},
        "visit": {
            "legs": [
                _leg(rocket, "to orbit", "ship", stay=dice.pick("0 d", "6 d")),
                _leg("ship", "home from orbit"),
            ],
            "least_crew": dice.pick(0, 1, 2),
        },
        "place": {"legs": [_leg("heavy", "to orbit", "lander")]},
        "shuttle": {
            "legs": [_leg("lander", "down", stay=dice.pick("0 d", "3 d")), _leg("lander", "up")],
            "refuels": ["lander"],
        },
        "descend": {"legs": [_leg("lander", "down")], "refuels": dice.pick([], ["lander"])},
        "ascend": {"legs": [_leg("lander", "up")], "refuels": dice.pick([], ["lander"])},
        "land": {"legs": [_leg(rocket, "to orbit", "ship"), _leg("lander", "down")], **crewed},
        "return": {"legs": [_leg("lander", "up"), _leg("ship", "home from orbit")]},
        "tank": {"legs": [_leg(rocket, "to orbit", "tanker")], "expends": ["tanker"]},
        "push": {
            "legs": [_leg("heavy", "to orbit", "tug", "hauler"), _leg("tug", "down", "hauler")],
            "expends": ["tug", "hauler"],
        },
    }
    return dice.some(9, missions) or {"haul": missions["haul"]}
