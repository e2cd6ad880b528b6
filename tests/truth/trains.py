"""Trains of alike cargo flights, a tonne each, as plans for trials of which theory knows the answer."""

from __future__ import annotations

from typing import Any

import worlds
from moonwright.plan import Plan, digest
from moonwright.scenario.scenario import Scenario
from moonwright.trial.programme import Programme, programme
from moonwright.world.observe import observe

FLIGHT_D = 5.0
QUIET: dict[str, Any] = {
    "launch": {"all": {"success": 1.0, "debut": 1.0}},
    "grounding": {"all": {"median": "0 d", "spread": 1}},
    "weather": {"all": {"scrub": 0.0}},
    "readiness": {"all": {"growth": 0.0, "late": "0 d"}},
}
STUBBORN = {
    "reflight": {"when": "flight is lost", "do": "nothing"},
    "skipped cycle": {"when": "flight is late", "do": "nothing", "by": "0 d"},
}


def train(
    planned_d: list[float],
    noise: dict[str, Any],
    *,
    turnaround: str = "0 d",
    end: str = "2050-01-01",
) -> Programme:
    """A flight on each of the days; milestone `k` is the k-th tonne at the base."""
    told = worlds.cape_and_base(
        "train",
        {"start": "2030-01-01", "end": end},
        launchers={"rocket": worlds.rocket("10 t", "1000 /yr", turnaround=turnaround)},
        vehicles={"hauler": {"owner": "a", "dry_mass": "2 t", "room": {"total": "3 t"}}},
        missions={"haul": worlds.one_way("hauler")},
        resources={"goods": {"supply_class": 6}},
        demands={
            str(tonnes): {"kind": "deliver", "resource": "goods", "node": "base", "amount": f"{tonnes} t"}
            for tonnes in range(1, len(planned_d) + 1)
        },
        noise=QUIET | noise,
        reactions=STUBBORN,
    )
    scenario = Scenario.model_validate(told)
    plan = {
        "scenario": "train",
        "scenario_digest": digest(scenario),
        "horizon_d": (scenario.horizon.end - scenario.horizon.start).days,
        "flights": [_flight(number, day) for number, day in enumerate(planned_d, 1)],
        "outcome": {"status": "optimal", "ranks": [], "solver": "hand", "asked_gap": 0, "wall_s": 0},
    }
    return programme(Plan.model_validate(plan), observe(scenario))


def _flight(number: int, day: float) -> dict[str, Any]:
    return {
        "name": f"haul-{number}",
        "mission": "haul",
        "launcher": "rocket",
        "departure_d": day,
        "arrival_d": day + FLIGHT_D,
        "units": [{"part": "hauler", "vehicle": "hauler", "serial": f"hauler-{number}"}],
        "cargo": [{"resource": "goods", "mass_kg": 1000, "board": 0, "alight": 1}],
    }
