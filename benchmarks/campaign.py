"""Made-up campaigns of any length and number of partners, to see how the planner's work grows.

Every partner brings one launcher, three types of vehicle (cargo lander, crew ship, crew lander), one kind of crew and
its share of the base. No programme is described: sizes are near those of the Long March 10 class, prices follow the
library's rates for landed and launched mass, and the partners differ by the factors in SIZES.
"""

from __future__ import annotations

import itertools
from typing import Any

Noun = dict[str, Any]

SIZES = (1.0, 0.6, 1.6, 0.8, 1.2, 0.7, 1.4, 0.9)  # of launchers and cargo landers, one partner each
FIRST_CREW_YEARS = 3  # after these somebody is always there; sooner where the campaign is short


def campaign(years: int, partners: int) -> Noun:
    """A scenario of `years` from 2030 on, months for three years and quarters after them, shared by 1 to 8 partners."""
    owners = [f"p{n + 1}" for n in range(partners)]
    nouns: Noun = {
        "name": f"{years} years, {partners} partners",
        "currency_year": 2024,
        "horizon": _horizon(years),
        "partners": {owner: {"name": owner} for owner in owners},
        "nodes": {
            "llo": {"kind": "orbit", "body": "moon", "altitude": "100 km"},
            "base": {"kind": "surface", "body": "moon", "latitude": "-89 deg", "longitude": "0 deg"},
            "tli": {"kind": "orbit", "body": "earth", "altitude": "300000 km"},
            "earth": {"kind": "recovery", "body": "earth"},
        },
        "routes": {
            "brake": {"from": "tli", "to": "llo", "burns": ["952 m/s"], "duration": "5 d"},
            "down": {"from": "llo", "to": "base", "burns": ["2180 m/s"], "duration": "1 d"},
            "up": {"from": "base", "to": "llo", "burns": ["1968 m/s"], "duration": "1 d"},
            "home": {"from": "llo", "to": "earth", "burns": ["1267 m/s"], "duration": "6 d"},
        },
        "launchers": {},
        "vehicles": {},
        "missions": {},
        "resources": _resources(),
        "elements": {},
        "crew": {},
        "demands": {},
        "objective": {"minimise": ["cost"]},
    }
    for n, owner in enumerate(owners):
        _fleet(nouns, owner, SIZES[n])
        _crew(nouns, owner)
        _base(nouns, owner, n, years, partners)
    for here, there in itertools.pairwise(owners):  # a ship may meet the next partner's lander
        _crossing(nouns, here, there)
    _life(nouns, years, partners)
    return nouns


def _horizon(years: int) -> Noun:
    months: list[Noun] = [{"length": "1 month"}]
    if years > 3:
        months = [{"length": "1 month", "until": "2033-01-01"}, {"length": "3 months"}]
    return {"start": "2030-01-01", "end": f"{2030 + years}-01-01", "periods": months}


def _resources() -> Noun:
    kept = {"supply_class": 2, "storage": "pressurised", "packing": "20 %", "life_critical": True}
    return {
        "propellant": {"supply_class": 1, "price": "0.01 MUSD"},
        "provisions": {**kept, "price": "0.05 MUSD"},
        "water": {**kept, "packing": "10 %", "price": "0.01 MUSD"},
        "spares": {"supply_class": 4, "storage": "pressurised", "packing": "20 %", "price": "2 MUSD"},
        "science": {"supply_class": 6, "storage": "pressurised", "packing": "20 %"},
    }


def _fleet(nouns: Noun, owner: str, size: float) -> None:
    site, rocket = f"site-{owner}", f"rocket-{owner}"
    nouns["nodes"][site] = {
        "kind": "launch site",
        "body": "earth",
        "latitude": "20 deg",
        "longitude": "0 deg",
    }
    nouns["routes"][f"lift-{owner}"] = {"from": site, "to": "tli", "duration": "1 d"}
    nouns["launchers"][rocket] = {
        "owner": owner,
        "site": site,
        "payload": {"tli": f"{27 * max(1.0, size):.1f} t"},
        "cadence": "6 /yr",
        "turnaround": "15 d",
        "price": f"{280 * max(1.0, size):.0f} MUSD",
    }
    tank = {"resource": "propellant", "isp": "340 s"}
    nouns["vehicles"] |= {
        f"cargo-{owner}": {
            "owner": owner,
            "dry_mass": f"{3.0 * size:.2f} t",
            "tank": {**tank, "capacity": f"{16.4 * size:.2f} t"},
            "room": {"total": f"{7.5 * size:.2f} t"},
            "price": f"{180 * size:.0f} MUSD",
        },
        f"ship-{owner}": {
            "owner": owner,
            "dry_mass": "9.4 t",
            "tank": {**tank, "isp": "318 s", "capacity": "11.2 t"},
            "room": {"total": "500 kg"},
            "seats": 4,
            "stay": "200 d",
            "price": "300 MUSD",
        },
        f"lander-{owner}": {
            "owner": owner,
            "dry_mass": "4.7 t",
            "tank": {**tank, "capacity": "20.2 t"},
            "room": {"total": "400 kg"},
            "seats": 2,
            "stay": "200 d",
            "price": "380 MUSD",
        },
    }
    lift = f"lift-{owner}"
    nouns["missions"] |= {
        f"cargo {owner}": {
            "legs": [
                {"by": rocket, "carrying": [f"cargo-{owner}"], "route": lift},
                {"by": f"cargo-{owner}", "route": "brake"},
                {"by": f"cargo-{owner}", "route": "down"},
            ],
            "expends": [f"cargo-{owner}"],
        },
        f"lander ahead {owner}": {
            "legs": [
                {"by": rocket, "carrying": [f"lander-{owner}"], "route": lift},
                {"by": f"lander-{owner}", "route": "brake"},
            ]
        },
    }
    _crossing(nouns, owner, owner)


def _crossing(nouns: Noun, ship: str, lander: str) -> None:
    """Missions up and down with one partner's ship and a lander of its own or of another."""
    nouns["missions"] |= {
        f"crew up {ship} {lander}": {
            "legs": [
                {"by": f"rocket-{ship}", "carrying": [f"ship-{ship}"], "route": f"lift-{ship}"},
                {"by": f"ship-{ship}", "route": "brake"},
                {"by": f"lander-{lander}", "route": "down"},
            ],
            "least_crew": 1,
        },
        f"crew down {ship} {lander}": {
            "legs": [
                {"by": f"lander-{lander}", "route": "up"},
                {"by": f"ship-{ship}", "route": "home"},
            ],
            "expends": [f"lander-{lander}"],
            "least_crew": 1,
        },
    }


def _crew(nouns: Noun, owner: str) -> None:
    nouns["crew"][f"crew-{owner}"] = {
        "owner": owner,
        "mass": "200 kg",
        "uses": {"provisions": "2.7 kg/d", "water": "3.2 kg/d"},
        "rotation": {"shortest": "20 d", "longest": "200 d"},
        "work": "35 h/week",
    }


def _base(nouns: Noun, owner: str, n: int, years: int, partners: int) -> None:
    """A partner's power plant, module, robots and laboratory, spread over the years before and after the first crew."""
    first = f"module-{owner}" if n else "habitat"
    nouns["elements"] |= {
        f"power-{owner}": _element(owner, 2.5, {"power_day": "20 kW", "power_night": "20 kW"}, robots=60),
        f"robots-{owner}": _element(owner, 0.8, {"robot_hours": "6 h/d"}),
        first: {
            **_element(
                owner, 5.0, {"berths": 2, "storage": {"water": "4 t"}}, robots=80, after=f"power-{owner}"
            ),
            "uses": {"power": "7 kW", "power_night": "5 kW", "spares": {"spares": "3 %/yr"}},
            "operations": "25 MUSD/yr",
        },
        f"laboratory-{owner}": {
            **_element(
                owner, 4.0, {"closure": {"water": {"share": 0.85, "crew": 4}}}, robots=40, after=first
            ),
            "uses": {"power": "5 kW", "power_night": "3 kW", "spares": {"spares": "5 %/yr"}},
            "operations": "10 MUSD/yr",
        },
    }
    opens = 2029 + max(1, _empty_years(years))
    later = max(1, years - _empty_years(years) - 1)
    dated = {
        f"power-{owner}": f"{opens}-07-01",
        first: f"{opens}-{'10' if n == 0 else '11'}-01",
        f"laboratory-{owner}": f"{min(opens + 1 + n * later // partners, 2029 + years)}-10-01",
    }
    for element, by in dated.items():
        nouns["demands"][f"{element} stands"] = {"kind": "build", "element": element, "by": by, "rank": 1}


def _empty_years(years: int) -> int:
    """Years before the first crew comes to stay."""
    return min(FIRST_CREW_YEARS, years - 1)


def _element(owner: str, tonnes: float, provides: Noun, robots: int = 0, after: str | None = None) -> Noun:
    return {
        "owner": owner,
        "node": "base",
        "mass": f"{tonnes} t",
        "price": f"{100 * tonnes:.0f} MUSD",
        "provides": provides,
        **({"robot_work": f"{robots} h"} if robots else {}),
        **({"after": [after]} if after else {}),
    }


def _life(nouns: Noun, years: int, partners: int) -> None:
    """People for good, their reserve, and science every year."""
    demands = nouns["demands"]
    if years > 1:
        starts = f"{2030 + _empty_years(years)}-01-01"
        demands["people stay"] = {"kind": "crew", "node": "base", "count": 2, "from": starts, "rank": 1}
        if partners > 2 and years > _empty_years(years) + 4:
            more = f"{2034 + _empty_years(years)}-01-01"
            demands["more people stay"] = {
                "kind": "crew",
                "node": "base",
                "count": 4,
                "from": more,
                "rank": 1,
            }
    demands["reserve"] = {
        "kind": "reserve",
        "node": "base",
        "cover": "60 d",
        "resources": ["provisions", "water"],
    }
    demands["science every year"] = {
        "kind": "deliver",
        "node": "base",
        "resource": "science",
        "amount": f"{0.5 * partners} t",
        "from": "2031-01-01" if years > 1 else "2030-01-01",
        "every": "12 months",
        "rank": 2,
    }
