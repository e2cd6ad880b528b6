"""A base on the Moon, its scenario and a plan written by hand: nothing here is solved."""

from __future__ import annotations

from typing import Any

import pytest

from moonwright.plan import Cargo, Flight, Item, Outcome, Plan, Rank, Seat, Unit, digest
from moonwright.scenario.scenario import Scenario


@pytest.fixture
def camp() -> Scenario:
    """People come on a ship that waits, eat, and go home on it; a plant makes air once the hut stands."""
    data: dict[str, Any] = {
        "name": "camp",
        "currency_year": 2024,
        "horizon": {"start": "2030-01-01", "end": "2031-01-01"},
        "partners": {"a": {"name": "A", "budget": "500 MUSD/yr"}},
        "nodes": {
            "cape": {"kind": "launch site", "body": "earth", "latitude": "28 deg", "longitude": "-80 deg"},
            "base": {"kind": "surface", "body": "moon", "latitude": "-89 deg", "longitude": "0 deg"},
            "sea": {"kind": "recovery", "body": "earth"},
        },
        "routes": {
            "up": {"from": "cape", "to": "base", "duration": "5 d"},
            "down": {"from": "base", "to": "sea", "duration": "5 d"},
        },
        "launchers": {
            "rocket": {"owner": "a", "site": "cape", "payload": {"base": "9 t"}, "cadence": "12 /yr"}
        },
        "vehicles": {"ship": {"owner": "a", "dry_mass": "1 t", "seats": 2, "room": {"total": "3 t"}}},
        "missions": {
            "come": {"legs": [{"by": "rocket", "carrying": ["ship"], "route": "up"}]},
            "go": {"legs": [{"by": "ship", "route": "down"}]},
        },
        "crew": {
            "hand": {
                "owner": "a",
                "mass": "100 kg",
                "uses": {"food": "1 kg/d", "air": "1 kg/d"},
                "rotation": {"longest": "200 d"},
            }
        },
        "resources": {
            "food": {"supply_class": 2},
            "air": {"supply_class": 2, "life_critical": True},
            "goods": {"supply_class": 6},
        },
        "elements": {
            "hut": {"owner": "a", "node": "base", "mass": "1 t", "provides": {"berths": 2}},
            "plant": {
                "owner": "a",
                "node": "base",
                "mass": "1 t",
                "after": ["hut"],
                "provides": {"produces": {"air": {"rate": "5 kg/d"}}},
            },
        },
        "demands": {
            "crew": {"kind": "crew", "node": "base", "count": 2, "from": "2030-06-01", "until": "2030-09-01"},
            "the plant runs": {"kind": "build", "element": "plant", "by": "2030-06-01"},
            "early goods": {
                "kind": "deliver",
                "resource": "goods",
                "node": "base",
                "amount": "1 t",
                "until": "2030-03-01",
            },
            "breath": {"kind": "reserve", "node": "base", "cover": "10 d"},
        },
    }
    return Scenario.model_validate(data)


def _flight(name: str, mission: str, day_d: float, **aboard: Any) -> Flight:
    return Flight(
        name=name,
        mission=mission,
        launcher="rocket" if mission == "come" else None,
        departure_d=day_d,
        arrival_d=day_d + 5,
        units=(Unit(part="ship", vehicle="ship", serial="ship-1"),),
        **aboard,
    )


@pytest.fixture
def plan(camp: Scenario) -> Plan:
    """One ship comes in April with hut, food, air, goods and two people; they go home on it in September."""
    come = _flight(
        "come 1",
        "come",
        100.0,
        cargo=(
            Cargo(resource="food", mass_kg=200.0, board=0, alight=1),
            Cargo(resource="air", mass_kg=50.0, board=0, alight=1),
            Cargo(resource="goods", mass_kg=10.0, board=0, alight=1),
        ),
        items=(Item(element="hut", copy_no=1, board=0, alight=1),),
        crew=(Seat(kind="hand", count=2, board=0, alight=1),),
    )
    go = _flight("go 1", "go", 250.0, crew=(Seat(kind="hand", count=2, board=0, alight=1),))
    cost = Rank(name="cost", value=100.0, bound=90.0, gap=0.1, unit="MUSD")
    outcome = Outcome(status="feasible", ranks=(cost,), solver="nobody", asked_gap=0.0, wall_s=0.0)
    return Plan(
        scenario="camp",
        scenario_digest=digest(camp),
        horizon_d=365.0,
        flights=(come, go),
        outcome=outcome,
    )
