"""What many small scenarios have in common, so that a test file tells only what is its own.

Each call makes new data, told the way a scenario file would tell them: a test may change what it gets.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import moonwright
from moonwright.plan import Plan
from moonwright.scenario.scenario import Scenario

Noun = dict[str, Any]


def cape_and_base(name: str, horizon: Noun, nodes: Mapping[str, Noun] | None = None, **more: Any) -> Noun:
    """A launch site, a base near the lunar south pole, a route `up` of five days between them, and one partner, `a`.

    Further `nodes` stand beside these two; whatever else is given is taken as it is, also in the stead of `up` or `a`.
    """
    return {
        "name": name,
        "currency_year": 2024,
        "horizon": horizon,
        "partners": {"a": {"name": "A"}},
        "nodes": {
            "cape": {"kind": "launch site", "body": "earth", "latitude": "28 deg", "longitude": "-80 deg"},
            "base": {"kind": "surface", "body": "moon", "latitude": "-89 deg", "longitude": "0 deg"},
            **(nodes or {}),
        },
        "routes": {"up": {"from": "cape", "to": "base", "duration": "5 d"}},
        **more,
    }


def rocket(payload: str, cadence: str, **more: Any) -> Noun:
    """A launcher of `a` that lifts so much from the cape to the base, so often."""
    return {"owner": "a", "site": "cape", "payload": {"base": payload}, "cadence": cadence, **more}


def one_way(*vehicles: str, by: str | list[str] = "rocket", route: str = "up") -> Noun:
    """A mission that brings vehicles somewhere in one stack and leaves them there."""
    return {"legs": [{"by": by, "carrying": [*vehicles], "route": route}], "expends": [*vehicles]}


def best(told: Noun | Scenario) -> Plan | None:
    """The best plan, replayed without a violation; None where there is none."""
    scenario = Scenario.model_validate(told)
    plan = moonwright.plan(scenario, gap=0.0, time_limit_s=60.0)
    if plan is not None:
        violations = moonwright.simulate(scenario, plan).violations
        assert violations == (), violations  # pytest tells what it finds in test files only
    return plan
