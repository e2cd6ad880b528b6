"""What the scenario tests share: a way from a text to its faults, and one small campaign to spoil."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from moonwright.errors import Fault, ScenarioError
from moonwright.scenario.load import load


@pytest.fixture
def faults_in(tmp_path: Path) -> Callable[[str | bytes], tuple[Fault, ...]]:
    """The faults of a scenario text; it is an error if it has none."""

    def faults(text: str | bytes) -> tuple[Fault, ...]:
        path = tmp_path / "scenario.yaml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        with pytest.raises(ScenarioError) as error:
            load(path)
        return error.value.faults

    return faults


@pytest.fixture
def campaign() -> dict[str, Any]:
    """A campaign with one of everything, as plain data, in which nothing is wrong."""
    return {
        "name": "Small",
        "currency_year": 2024,
        "horizon": {"start": "2031-01-01", "end": "2033-01-01"},
        "partners": {"north": {"name": "North", "share": 0.6}, "south": {"name": "South", "share": 0.4}},
        "nodes": {
            "cape": {"kind": "launch site", "body": "earth", "latitude": "28 deg", "longitude": "-80 deg"},
            "tli": {"kind": "transfer"},
            "orbit": {"kind": "orbit", "body": "moon", "altitude": "100 km"},
            "base": {"kind": "surface", "body": "moon", "latitude": "-89 deg", "longitude": "0 deg"},
            "earth": {"kind": "recovery", "body": "earth"},
        },
        "routes": {
            "ascent": {"from": "cape", "to": "tli", "duration": "1 d"},
            "capture": {"from": "tli", "to": "orbit", "burns": ["0.9 km/s"], "duration": "4 d"},
            "landing": {"from": "orbit", "to": "base", "burns": ["2 km/s"], "duration": "1 d"},
            "takeoff": {"from": "base", "to": "orbit", "burns": ["1.9 km/s"], "duration": "1 d"},
            "return": {"from": "orbit", "to": "earth", "burns": ["0.9 km/s"], "duration": "4 d"},
        },
        "launchers": {
            "big": {"owner": "north", "site": "cape", "payload": {"tli": "27 t"}, "cadence": "4 /yr"},
        },
        "vehicles": {
            "ship": {
                "owner": "north",
                "dry_mass": "9 t",
                "seats": 3,
                "room": {"total": "500 kg"},
                "tank": {"resource": "fuel", "capacity": "12 t", "isp": "320 s"},
            },
            "lander": {
                "owner": "south",
                "dry_mass": "4 t",
                "seats": 2,
                "room": {"total": "3 t"},
                "refuelled": True,
                "tank": {"resource": "fuel", "capacity": "20 t", "isp": "340 s"},
            },
            "tug": {
                "owner": "south",
                "dry_mass": "2 t",
                "pushes": True,
                "tank": {"resource": "fuel", "capacity": "20 t", "isp": "340 s"},
            },
            "capsule": {"owner": "north", "dry_mass": "3 t", "reuse": {"flights": 5}},
        },
        "missions": {
            "cargo": {
                "legs": [
                    {"by": "big", "carrying": ["lander"], "route": "ascent"},
                    {"by": "lander", "route": "capture"},
                    {"by": "lander", "route": "landing"},
                ],
                "expends": ["lander"],
            },
            "sortie": {
                "legs": [
                    {"by": "big", "carrying": ["ship"], "route": "ascent"},
                    {"by": "ship", "route": "capture"},
                    {"by": "ferry", "route": "landing", "stay": "5 d"},
                    {"by": "ferry", "route": "takeoff"},
                    {"by": "ship", "route": "return"},
                ],
                "units": {"ferry": "lander"},
                "refuels": ["ferry"],
                "least_crew": 2,
            },
        },
        "resources": {"fuel": {"supply_class": 1, "storage": "tank"}, "water": {"supply_class": 2}},
        "elements": {
            "habitat": {"owner": "north", "node": "base", "mass": "2.5 t"},
            "plant": {"owner": "shared", "node": "base", "mass": "1 t", "after": ["habitat"]},
        },
        "crew": {
            "pilot": {
                "owner": "north",
                "mass": "100 kg",
                "uses": {"water": "3 kg/d"},
                "rotation": {"shortest": "5 d", "longest": "200 d"},
            }
        },
        "activities": {"survey": {"node": "base", "uses": {"water": "1 kg/d"}}},
        "station_keeping": [{"node": "orbit", "mass": "10 t", "needs": [{"need": "5 m/s/yr"}]}],
        "demands": {
            "stands": {"kind": "build", "element": "habitat", "by": "2032-01-01"},
            "watered": {"kind": "deliver", "resource": "water", "node": "base", "amount": "1 t"},
            "lived in": {"kind": "crew", "node": "base", "count": 1, "from": "2032-06-01"},
            "safe": {"kind": "reserve", "node": "base", "cover": "30 d", "resources": ["water"]},
            "visited": {"kind": "fly", "mission": "sortie", "every": "6 months"},
        },
        "initial": {
            "vehicles": [{"vehicle": "lander", "node": "orbit", "arrived": "2030-12-01"}],
            "fleet": [{"vehicle": "capsule", "count": 1, "flights_left": 3}],
        },
    }
