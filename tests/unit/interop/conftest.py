"""What tests of doors share: a flight to the Moon and home, by way of places that have orbits."""

import pytest

from moonwright.plan import Flight, Outcome, Plan, Rank, Unit
from moonwright.scenario.scenario import Scenario
from worlds import cape_and_base


@pytest.fixture(scope="session")
def voyage() -> Scenario:
    """The station, a halo orbit, a low lunar orbit, and a way there and back."""
    return Scenario.model_validate(
        cape_and_base(
            "Würzburg",
            {"start": "2031-01-01", "end": "2032-01-01"},
            nodes={
                "iss": {"kind": "orbit", "body": "earth", "altitude": "415 km", "inclination": "51.64 deg"},
                "tli": {"kind": "transfer"},
                "llo": {"kind": "orbit", "body": "moon", "altitude": "100 km", "inclination": "90 deg"},
                "nrho": {"kind": "libration", "bodies": ["earth", "moon"], "point": "L2"},
                "far": {"kind": "libration", "bodies": ["earth", "moon"], "point": "L4"},
                "home": {"kind": "recovery", "body": "earth"},
            },
            routes={
                "lift": {"from": "cape", "to": "tli", "duration": "1 d"},
                "over": {"from": "tli", "to": "llo", "duration": "4 d", "burns": ["900 m/s"]},
                "back": {"from": "llo", "to": "home", "duration": "4.5 d", "burns": ["900 m/s"]},
            },
            vehicles={"ship": {"owner": "a", "dry_mass": "1 t"}},
            missions={
                "loop": {
                    "legs": [
                        {"by": "ship", "route": "lift"},
                        {"by": "ship", "route": "over", "stay": "2 d"},
                        {"by": "ship", "route": "back"},
                    ]
                }
            },
        )
    )


@pytest.fixture(scope="session")
def voyage_plan() -> Plan:
    rank = Rank(name="cost", value=1.0, bound=1.0, gap=0.0, unit="MUSD")
    ship = Unit(part="ship", vehicle="ship", serial="ship-1")
    flight = Flight(
        name="loop 1", mission="loop", launcher=None, departure_d=30.0, arrival_d=41.5, units=(ship,)
    )
    outcome = Outcome(status="optimal", ranks=(rank,), solver="none", asked_gap=0.0, wall_s=0.0)
    return Plan(scenario="Würzburg", scenario_digest="", horizon_d=365.0, flights=(flight,), outcome=outcome)
