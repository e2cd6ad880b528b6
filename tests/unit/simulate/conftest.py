"""An outpost small enough for hand arithmetic, and its plan, to be spoiled in one place by each test."""

import copy
import math
from dataclasses import replace
from typing import Any

import pytest

from moonwright.plan import Plan, digest
from moonwright.scenario.scenario import Scenario
from moonwright.simulate.replay import replay
from moonwright.simulate.run import Run
from moonwright.world.light import Light
from moonwright.world.observe import observe

HALVES = (
    f"{300 * 9.80665 * math.log(2)!r} m/s"  # at 300 s it burns half of whatever flies: exp(dv / (Isp g0)) = 2
)

SCENARIO: dict[str, Any] = {
    "name": "outpost",
    "currency_year": 2024,
    "horizon": {"start": "2030-01-01", "end": "2031-01-01"},  # twelve months, 365 days
    "partners": {"us": {"name": "Us"}, "them": {"name": "Them"}},
    "nodes": {
        "cape": {"kind": "launch site", "body": "earth", "latitude": "28 deg", "longitude": "-80 deg"},
        "gate": {"kind": "transfer"},
        "base": {"kind": "surface", "body": "moon", "latitude": "-89 deg", "longitude": "0 deg"},
        "earth": {"kind": "recovery", "body": "earth"},
    },
    "routes": {
        "direct": {"from": "cape", "to": "base", "duration": "5 d"},
        "home": {"from": "base", "to": "earth", "duration": "5 d", "burns": [HALVES]},
    },
    "launchers": {
        "heavy": {
            "owner": "us",
            "site": "cape",
            "payload": {"base": "10 t"},
            "cadence": "12 /yr",
            "price": "100 MUSD",
        }
    },
    "vehicles": {
        "hauler": {"owner": "us", "dry_mass": "2 t", "room": {"total": "3 t"}, "price": "20 MUSD"},
        "ferry": {
            "owner": "us",
            "dry_mass": "4 t",
            "seats": 2,
            "tank": {"resource": "fuel", "capacity": "5 t", "isp": "300 s"},
            "price": "50 MUSD",
        },
    },
    "missions": {
        "haul": {"legs": [{"by": "heavy", "carrying": ["hauler"], "route": "direct"}], "expends": ["hauler"]},
        "up": {"legs": [{"by": "heavy", "carrying": ["ferry"], "route": "direct"}]},
        "down": {"legs": [{"by": "ferry", "route": "home"}], "least_crew": 1},
    },
    "resources": {
        "food": {"supply_class": 2, "life_critical": True, "packing": "10 %"},
        "fuel": {"supply_class": 1, "storage": "tank"},
    },
    "elements": {
        "hab": {
            "owner": "us",
            "node": "base",
            "mass": "2 t",
            "provides": {"berths": 2, "power_day": "10 kW", "power_night": "10 kW"},
            "uses": {"power": "5 kW"},
            "price": "200 MUSD",
            "operations": "36.525 MUSD/yr",
        }
    },
    "crew": {
        "pilot": {
            "owner": "us",
            "mass": "100 kg",
            "uses": {"food": "1 kg/d"},
            "rotation": {"longest": "200 d"},
            "power": "1 kW",
            "work": "5 h/d",
        }
    },
}

# The habitat and 800 kg of food come on day 31 (1 February), two pilots on day 59 (1 March); they leave on
# day 181 (1 July). The ferry must lift 4,000 + 200 + 2 x 5 x 1.1 kg (food, packed) home, and burns as much.
PLAN: dict[str, Any] = {
    "scenario": "outpost",
    "horizon_d": 365,
    "flights": [
        {
            "name": "haul-1",
            "mission": "haul",
            "launcher": "heavy",
            "departure_d": 26,
            "arrival_d": 31,
            "units": [{"part": "hauler", "vehicle": "hauler", "serial": "hauler-1"}],
            "items": [{"element": "hab", "copy_no": 1, "board": 0, "alight": 1}],
            "cargo": [{"resource": "food", "mass_kg": 800, "board": 0, "alight": 1}],
        },
        {
            "name": "up-1",
            "mission": "up",
            "launcher": "heavy",
            "departure_d": 54,
            "arrival_d": 59,
            "units": [{"part": "ferry", "vehicle": "ferry", "serial": "ferry-1", "tanked_kg": 4211}],
            "crew": [{"kind": "pilot", "count": 2, "board": 0, "alight": 1}],
        },
        {
            "name": "down-1",
            "mission": "down",
            "launcher": None,
            "departure_d": 181,
            "arrival_d": 186,
            "units": [{"part": "ferry", "vehicle": "ferry", "serial": "ferry-1"}],
            "crew": [{"kind": "pilot", "count": 2, "board": 0, "alight": 1}],
        },
    ],
    "builds": [{"element": "hab", "copy_no": 1, "begun_d": 31, "day_d": 31}],
    "stays": [
        {
            "kind": "pilot",
            "node": "base",
            "count": 2,
            "arrived_d": 59,
            "leaves_d": 181,
            "up": "up-1",
            "down": "down-1",
        }
    ],
    "outcome": {
        "status": "optimal",
        "ranks": [{"name": "no claim", "value": 0, "bound": 0, "gap": 0, "unit": "MUSD"}],
        "solver": "by hand",
        "asked_gap": 0,
        "wall_s": 0,
    },
}


class Outpost:
    """The scenario and the plan as plain data, free to change."""

    def __init__(self) -> None:
        self.scenario: dict[str, Any] = copy.deepcopy(SCENARIO)
        self.plan: dict[str, Any] = copy.deepcopy(PLAN)
        self.light: Light | None = None  # of the base, instead of what the scenario says

    def flight(self, name: str) -> Any:
        return next(flight for flight in self.plan["flights"] if flight["name"] == name)

    def add_flight(self, like: str, name: str, serial: str, **changed: Any) -> Any:
        """A flight like another one, in a vehicle of its own that tanks as much but carries nothing."""
        flight = {
            **copy.deepcopy(self.flight(like)),
            "name": name,
            "items": [],
            "cargo": [],
            "crew": [],
            **changed,
        }
        flight["units"][0]["serial"] = serial
        self.plan["flights"].append(flight)
        return flight

    def run(self) -> Run:
        scenario = Scenario.model_validate(self.scenario)
        told = {"scenario_digest": digest(scenario), **self.plan}
        world = observe(scenario)
        if self.light is not None:
            world = replace(world, lights={"base": self.light})
        return replay(Plan.model_validate(told), world)

    def broken(self) -> set[str]:
        """The rules that the plan breaks."""
        return {violation.rule for violation in self.run().violations}


@pytest.fixture
def outpost() -> Outpost:
    return Outpost()
