"""A small expedition whose routes depend on the day, under skies that are made up: tables of any shape, no ephemeris."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from moonwright.scenario.scenario import Scenario
from moonwright.world.observe import observe
from moonwright.world.passage import AFTER_D, Passages, Table
from moonwright.world.world import World

Noun = dict[str, Any]

ORBIT = {"altitude": "185 km", "inclination": "28.5 deg"}
# By route: what is stated where it is not computed (m/s, d).
STATED = {"out": (900.0, 5.0), "down": (2100.0, 1.0), "up": (1900.0, 1.0), "home": (1000.0, 5.0)}


def expedition(*, computed: Mapping[str, Noun] | None = None, months: int = 4, **demands: Noun) -> Noun:
    """A lander and a ship to a base by way of a lunar orbit; `computed` has what computed routes say of themselves."""
    routes: Noun = {"ascent": {"from": "cape", "to": "tli", "duration": "1 d"}}
    ends = {"out": ("tli", "llo"), "down": ("llo", "base"), "up": ("base", "llo"), "home": ("llo", "earth")}
    for name, (origin, destination) in ends.items():
        burn_m_s, duration_d = STATED[name]
        stated = {"burns": [f"{burn_m_s:g} m/s"], "duration": f"{duration_d:g} d"}
        at_earth = {"at_earth": ORBIT} if name in ("out", "home") else {}
        asked = computed is not None and name in computed
        told = {"computed": {**at_earth, **(computed or {})[name]}} if asked else stated
        routes[name] = {"from": origin, "to": destination, **told}
    return {
        "name": "Expedition by the day",
        "currency_year": 2024,
        "horizon": {
            "start": "2031-01-01",
            "end": f"2031-{1 + months:02}-01",
            "periods": [{"length": "1 month"}],
        },
        "partners": {"a": {"name": "A"}},
        "nodes": {
            "cape": {"kind": "launch site", "body": "earth", "latitude": "28 deg", "longitude": "-80 deg"},
            "tli": {"kind": "transfer"},
            "llo": {"kind": "orbit", "body": "moon", "altitude": "100 km", "inclination": "90 deg"},
            "base": {"kind": "surface", "body": "moon", "latitude": "-89 deg", "longitude": "0 deg"},
            "earth": {"kind": "recovery", "body": "earth"},
        },
        "routes": routes,
        "launchers": {
            "big": {
                "owner": "a",
                "site": "cape",
                "payload": {"tli": "40 t"},
                "cadence": "8 /yr",
                "turnaround": "4 d",
                "price": "100 MUSD",
            }
        },
        "resources": {
            "fuel": {"supply_class": 1, "storage": "tank"},
            "food": {"supply_class": 2, "life_critical": True},
        },
        "vehicles": {
            "ship": {
                "owner": "a",
                "dry_mass": "9 t",
                "seats": 3,
                "stay": "120 d",
                "tank": {"resource": "fuel", "capacity": "14 t", "isp": "320 s"},
                "price": "50 MUSD",
            },
            "lander": {
                "owner": "a",
                "dry_mass": "4 t",
                "seats": 3,
                "stay": "120 d",
                "room": {"total": "500 kg"},
                "tank": {"resource": "fuel", "capacity": "30 t", "isp": "320 s"},
                "price": "40 MUSD",
            },
            "carrier": {
                "owner": "a",
                "dry_mass": "2 t",
                "room": {"total": "6 t"},
                "tank": {"resource": "fuel", "capacity": "14 t", "isp": "320 s"},
                "price": "10 MUSD",
            },
        },
        "missions": {
            "freight": {
                "legs": [
                    {"by": "big", "carrying": ["carrier"], "route": "ascent"},
                    {"by": "carrier", "route": "out"},
                    {"by": "carrier", "route": "down"},
                ],
                "expends": ["carrier"],
            },
            "lander ahead": {
                "legs": [
                    {"by": "big", "carrying": ["lander"], "route": "ascent"},
                    {"by": "lander", "route": "out"},
                ]
            },
            "crew up": {
                "legs": [
                    {"by": "big", "carrying": ["ship"], "route": "ascent"},
                    {"by": "ship", "route": "out"},
                    {"by": "lander", "route": "down"},
                ],
                "least_crew": 1,
            },
            "crew down": {
                "legs": [{"by": "lander", "route": "up"}, {"by": "ship", "route": "home"}],
                "expends": ["lander"],
                "least_crew": 1,
            },
        },
        "crew": {
            "people": {
                "owner": "a",
                "mass": "100 kg",
                "uses": {"food": "2 kg/d"},
                "rotation": {"shortest": "10 d", "longest": "120 d"},
            }
        },
        "elements": {"hut": {"owner": "a", "node": "base", "mass": "1 t", "provides": {"berths": 4}}},
        "initial": {"elements": [{"element": "hut"}]},
        "demands": demands,
    }


def under(told: Noun, tables: Mapping[str, Table]) -> World:
    """The world of a scenario, with these tables in place of what would be computed."""
    asked = Scenario.model_validate(told)
    stated = {
        name: route.model_copy(
            update={"computed": None, "duration": STATED[name][1] if name in STATED else route.duration}
        )
        for name, route in asked.routes.items()
    }
    world = observe(asked.model_copy(update={"routes": stated}))
    return replace(world, scenario=asked, passages=Passages(asked.routes, tables))


def days(told: Noun) -> int:
    """How many days a table of a scenario has."""
    horizon = Scenario.model_validate(told).horizon
    return (horizon.end - horizon.start).days + AFTER_D


def steady(told: Noun, route: str, more_m_s: float = 0.0) -> Table:
    """A table that says every day what is stated where the route is not computed, or so much more."""
    burn_m_s, duration_d = STATED[route]
    return Table(np.full(days(told), duration_d), np.full((days(told), 1), burn_m_s + more_m_s))
