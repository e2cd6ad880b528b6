"""Whatever is asked, a plan that the planner makes is one that the replay certifies."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator

import moonwright
from laws.expeditions import expedition
from moonwright.errors import NoPlanError
from moonwright.plan import Plan
from moonwright.scenario.check import check
from moonwright.scenario.scenario import Scenario

COUNT = 2000  # plans; a tenth of them where it is not `make proof`
LEAST = {  # of a hundred plans, how many must have it: else the campaigns have grown too plain to prove anything
    "flights": 80,
    "many flights": 25,
    "people come": 20,
    "people go home": 15,
    "people aboard from the start": 10,
    "builds": 45,
    "production": 12,
    "recovery": 8,
    "a load in a tanker": 5,
    "refuelled at a node": 4,
    "a vehicle is launched again": 2,
    "a vehicle flies on and on": 0.5,
    "bought for many flights": 35,
    "reboosts": 20,
    "shortfalls": 50,
}


def features(plan: Plan) -> Iterator[str]:
    """What happens in a plan."""
    serials = Counter(unit.serial for flight in plan.flights for unit in flight.units)
    lifted = Counter(unit.serial for flight in plan.flights if flight.launcher for unit in flight.units)
    told = {
        "flights": plan.flights,
        "many flights": plan.flights[4:],
        "people come": [stay for stay in plan.stays if stay.up],
        "people go home": [stay for stay in plan.stays if stay.down],
        "people aboard from the start": [stay for stay in plan.stays if not stay.up],
        "builds": plan.builds,
        "production": [made for made in plan.made if made.how == "produced"],
        "recovery": [made for made in plan.made if made.how == "recovered"],
        "a load in a tanker": [cargo for flight in plan.flights for cargo in flight.cargo if cargo.tank],
        "refuelled at a node": [u for f in plan.flights for u in f.units if not f.launcher and u.tanked_kg > 0],
        "a vehicle is launched again": [serial for serial, times in lifted.items() if times > 1],
        "a vehicle flies on and on": [serial for serial, times in serials.items() if times > 2],
        "bought for many flights": plan.purchases,
        "reboosts": plan.reboosts,
        "shortfalls": plan.shortfalls,
    }  # fmt: skip
    yield from (feature for feature, found in told.items() if found)


def planned(scenario: Scenario) -> Plan | None:
    """A plan that need not be good: half of its cost may be too much. None where there is none, or none is found soon."""
    try:
        return moonwright.plan(scenario, gap=0.5, time_limit_s=20.0, nodes=20)
    except NoPlanError:
        return None


def test_every_plan_is_certified(proof: bool) -> None:
    """Random expeditions, planned within seconds and replayed: no violation, and all that can happen does happen."""
    seen: Counter[str] = Counter()
    count = COUNT if proof else COUNT // 10
    for seed in itertools.count():
        scenario = Scenario.model_validate(expedition(seed))
        if check(scenario):
            continue
        plan = planned(scenario)
        if plan is not None:
            violations = moonwright.simulate(scenario, plan).violations
            assert not violations, f"expedition({seed}): {violations}"
            seen.update(["plans", *features(plan)])
        if seen["plans"] == count:
            break
    assert seed < 2 * count, "most of the campaigns should have a plan"
    rare = {feature: seen[feature] for feature in LEAST if 100 * seen[feature] < LEAST[feature] * count}
    assert not rare, f"too few of {count} plans have: {rare}"
