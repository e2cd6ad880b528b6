"""Artemis III, flight by flight, as modelled for SpaceNet: propellant left in each vehicle's tank.

Masses and burns: Grogan et al., AIAA SciTech 2024, tables 6-9; what is left: table 10. The four astronauts of
100 kg are told as ballast, since two of them wait in Orion while the lander flies: our flights cannot say
that of people. The climb to low orbit is the launcher's business here.
"""

from typing import Any

import pytest

from moonwright.plan import Plan, digest
from moonwright.scenario.scenario import Scenario
from moonwright.simulate.replay import replay
from moonwright.simulate.run import FlightRecord
from moonwright.world.observe import observe

PAPERS_G0 = (
    9.81  # the paper's; ours is 9.80665, so every specific impulse is scaled to give the same exhaust speed
)


def isp(seconds: float) -> str:
    return f"{seconds * PAPERS_G0 / 9.80665!r} s"


def tank(resource: str, capacity: str, seconds: float) -> dict[str, str]:
    return {"resource": resource, "capacity": capacity, "isp": isp(seconds)}


def route(origin: str, destination: str, days: float, *burns: float) -> dict[str, Any]:
    told = {"from": origin, "to": destination, "duration": f"{days} d"}
    return {**told, "burns": [f"{dv_m_s} m/s" for dv_m_s in burns]}


ORBIT = {"kind": "orbit", "body": "moon"}
SCENARIO = {
    "name": "Artemis III",
    "currency_year": 2024,
    "horizon": {"start": "2028-01-01", "end": "2028-03-01", "periods": [{"length": "5 d"}]},
    "partners": {"nasa": {"name": "NASA"}},
    "nodes": {
        "ksc": {"kind": "launch site", "body": "earth", "latitude": "28.6 deg", "longitude": "-80.6 deg"},
        "leo": {"kind": "transfer"},
        "tli": {"kind": "transfer"},
        "nro": {"kind": "libration", "bodies": ["earth", "moon"], "point": "L2"},
        "llo": ORBIT,
        "pole": {"kind": "surface", "body": "moon", "latitude": "-90 deg", "longitude": "0 deg"},
        "pacific": {"kind": "recovery", "body": "earth"},
    },
    "routes": {
        "ascent": route("ksc", "leo", 0.25),
        "injection": route("leo", "tli", 0.3, 3124),
        "coast": route("tli", "nro", 6.7, 30, 242, 1, 126),
        "nro to llo": route("nro", "llo", 0.5, 126.4, 648.6),
        "llo to pole": route("llo", "pole", 0.2, 19.4, 1692.5),
        "pole to llo": route("pole", "llo", 0.2, 1692.4, 19.4),
        "llo to nro": route("llo", "nro", 0.5, 649.2, 125.1),
        "return": route("nro", "pacific", 6.4, 147, 2, 263),
    },
    "launchers": {"sls": {"owner": "nasa", "site": "ksc", "payload": {"leo": "60 t"}, "cadence": "1 /yr"}},
    "vehicles": {
        "icps": {
            "owner": "nasa",
            "dry_mass": "3490 kg",
            "tank": tank("lh2-lox", "28576 kg", 465),
            "pushes": True,
        },
        "orion": {
            "owner": "nasa",
            "dry_mass": f"{6185 + 9300} kg",  # service module and crew module
            "tank": tank("mmh-nto", "9276 kg", 316),
            "room": {"total": "1100 kg"},
        },
        "hls": {
            "owner": "nasa",
            "dry_mass": "8149 kg",
            "tank": tank("methalox", "32285 kg", 363),
            "room": {"total": "900 kg"},
        },
    },
    "missions": {
        "outbound": {
            "legs": [
                {"by": "sls", "carrying": ["icps", "orion"], "route": "ascent", "stay": "0.75 d"},
                {"by": "icps", "carrying": ["orion"], "route": "injection"},
                {"by": "orion", "route": "coast"},
            ],
            "expends": ["icps"],
        },
        "sortie": {
            "legs": [
                {"by": "hls", "route": "nro to llo", "stay": "0.5 d"},
                {"by": "hls", "route": "llo to pole", "stay": "7 d"},
                {"by": "hls", "route": "pole to llo", "stay": "0.5 d"},
                {"by": "hls", "route": "llo to nro"},
            ]
        },
        "homebound": {"legs": [{"by": "orion", "route": "return"}]},
    },
    "resources": {
        "lh2-lox": {"supply_class": 1, "storage": "tank"},
        "mmh-nto": {"supply_class": 1, "storage": "tank"},
        "methalox": {"supply_class": 1, "storage": "tank"},
        "ballast": {"supply_class": 10},
    },
    "initial": {
        "vehicles": [{"vehicle": "hls", "node": "nro", "arrived": "2028-01-01"}],
        "stocks": {"pole": {"ballast": "100 kg"}},  # the samples
    },
}


def ballast(mass_kg: float, board: int, alight: int) -> dict[str, Any]:
    return {"resource": "ballast", "mass_kg": mass_kg, "board": board, "alight": alight}


def unit(vehicle: str, tanked_kg: float = 0.0) -> dict[str, Any]:
    return {"part": vehicle, "vehicle": vehicle, "serial": f"{vehicle}-1", "tanked_kg": tanked_kg}


FLIGHTS = [
    {
        "name": "outbound",
        "mission": "outbound",
        "launcher": "sls",
        "departure_d": 2,
        "arrival_d": 10,
        "units": [unit("icps", 28576), unit("orion", 9276)],
        "cargo": [ballast(400, 0, 3)],  # four people
    },
    {
        "name": "sortie",
        "mission": "sortie",
        "launcher": None,
        "departure_d": 10.6,
        "arrival_d": 20,
        "units": [unit("hls")],
        "cargo": [ballast(200, 0, 4), ballast(100, 2, 4)],  # two people, and from the pole on the samples
    },
    {
        "name": "homebound",
        "mission": "homebound",
        "launcher": None,
        "departure_d": 20,
        "arrival_d": 26.4,
        "units": [unit("orion")],
        "cargo": [ballast(500, 0, 1)],
    },
]


@pytest.fixture(scope="module")
def records() -> dict[str, FlightRecord]:
    scenario = Scenario.model_validate(SCENARIO)
    outcome = {"status": "feasible", "ranks": [], "solver": "published", "asked_gap": 0, "wall_s": 0}
    told = {"scenario": "Artemis III", "scenario_digest": digest(scenario), "horizon_d": 60}
    run = replay(Plan.model_validate({**told, "flights": FLIGHTS, "outcome": outcome}), observe(scenario))
    assert run.violations == ()
    return {record.flight: record for record in run.flights}


@pytest.mark.parametrize(
    ("flight", "serial", "left_kg", "tolerance_kg"),
    [
        ("outbound", "icps-1", 201.2, 0.05),
        ("sortie", "hls-1", 1656.0, 0.5),  # printed in whole kilograms
        ("homebound", "orion-1", 3471.7, 0.05),
    ],
)
def test_propellant_left(
    records: dict[str, FlightRecord], flight: str, serial: str, left_kg: float, tolerance_kg: float
) -> None:
    assert records[flight].left_kg[serial] == pytest.approx(left_kg, abs=tolerance_kg)
