"""Replanning after a contingency: the past stays, the rest is planned anew; where not all can be met, the least is lost."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from moonwright.choose.onward import onward
from moonwright.choose.result import Result, replayed
from moonwright.errors import StressError
from moonwright.network.period import cut
from moonwright.optimise.highs import Limits
from moonwright.scenario.contingency import Contingency
from moonwright.scenario.datum import Datum
from moonwright.scenario.demand import Demand, FlyDemand
from moonwright.scenario.element import Element, Uses
from moonwright.scenario.keeping import KeepingNeed
from moonwright.scenario.mission import Leg, Mission
from moonwright.scenario.node import Recovery
from moonwright.scenario.route import Route
from moonwright.scenario.scenario import Scenario
from moonwright.simulate.run import Violation
from moonwright.stress.shock import lost, struck

# met: every hard demand and contract is; short: the least of them is lost; idle: work stops as well, and what gives crews
# nothing is switched off; abandoned: all come home and the sites are left; unsafe: not even that
Fate = Literal["met", "short", "idle", "abandoned", "unsafe", "unknown"]
GIVEN_UP = "given up"
TO_LEAVE_D = 183.0  # assumed: a crew's stay of half a year is seen through, and its ships bring it home


@dataclass(frozen=True)
class Replan:
    """What best can be done after a contingency. `result` is None where nothing can be, or nothing was found in time.

    `day`: where the past ends: the opening of the first period that begins on the date or after. `scenario` is the one
    that holds then, with hard demands ranked first where they cannot all be met. `wall_s`: how long it took.
    """

    fate: Fate
    day: int
    scenario: Scenario
    result: Result | None
    wall_s: float

    @property
    def broken(self) -> tuple[Violation, ...]:
        """What the replay finds wrong from the day on; the past was done by other rules."""
        if self.result is None:
            return ()
        return tuple(one for one in self.result.run.violations if one.day_d > self.day)

    @property
    def certified(self) -> bool:
        """True where there is a plan and the replay finds nothing wrong with what is left of it."""
        return self.result is not None and not self.broken


def replan(base: Result, contingency: Contingency, limits: Limits) -> Replan:
    """The best plan after a contingency, with everything done before it as the base plan did it.

    First with all hard demands and contracts; where no plan meets them, with these ranked before all others: their
    shortfall is then the least there is; then without the crews' work; at last all come home and the sites are
    left. A plan cannot change between periods: the past ends where the first period opens on the date or later. Raises
    StressError where none does.
    """
    began = time.perf_counter()
    day = opening(base.scenario, contingency.on)
    scenario = able_to_give_up(struck(base.scenario, contingency))
    for fate, asked in _rungs(scenario, day):
        left_s = limits.time_s - (time.perf_counter() - began)
        found = onward(asked, base.plan, day, replace(limits, time_s=max(1.0, left_s)), hopeful=fate == "met")
        if found.plan is not None:
            result = replayed(base.name, asked, found.plan)
            return Replan(fate, day, asked, result, time.perf_counter() - began)
        if found.status != "infeasible":
            return Replan("unknown", day, asked, None, time.perf_counter() - began)
    return Replan("unsafe", day, scenario, None, time.perf_counter() - began)


def _rungs(scenario: Scenario, day: int) -> Iterator[tuple[Fate, Scenario]]:
    """Ever less is asked, until something can be done."""
    yield "met", scenario
    yield "short", softened(scenario)
    on = scenario.horizon.start + timedelta(days=day)
    yield "idle", idle(softened(scenario), on)
    yield "abandoned", abandoned(idle(softened(scenario), on), on)


def opening(scenario: Scenario, on: date) -> int:
    """The first day of the first period that opens on a date or later."""
    wanted = max(1, (on - scenario.horizon.start).days)
    day = next((period.start_d for period in cut(scenario.horizon) if period.start_d >= wanted), None)
    if day is None:
        raise StressError(f"no period opens on {on} or later; the last opens before that")
    return day


def softened(scenario: Scenario) -> Scenario:
    """The scenario whose hard demands are ranked first, and all others one rank lower; contracts are such demands too."""
    ranked: dict[str, Demand] = {
        name: demand.model_copy(update={"rank": 1 if demand.rank == "hard" else min(9, demand.rank + 1)})
        for name, demand in scenario.demands.items()
    }
    for number, contract in enumerate(scenario.initial.contracts, start=1):
        ranked[f"contract {number}: {contract.mission}"] = FlyDemand.model_validate(
            {
                "kind": "fly",
                "mission": contract.mission,
                "count": contract.count,
                "from": contract.starts,
                "until": contract.until,
                "rank": 1,
            }
        )
    initial = scenario.initial.model_copy(update={"contracts": ()})
    return scenario.model_copy(update={"demands": ranked, "initial": initial})


def idle(scenario: Scenario, on: date) -> Scenario:
    """The scenario in which nobody need work from a day on, and elements that give crews nothing are switched off."""
    ended = {
        name: activity.model_copy(update={"until": on if activity.until is None else min(on, activity.until)})
        for name, activity in scenario.activities.items()
    }
    off = {
        name: one if _gives_crews(one) else one.model_copy(update={"uses": Uses()})
        for name, one in scenario.elements.items()
    }
    return scenario.model_copy(update={"activities": ended, "elements": off})


def _gives_crews(element: Element) -> bool:
    """True for what people live in, breathe from, dock to or stay aloft by."""
    gives = element.provides
    return bool(gives.berths or gives.closure or gives.ports or gives.thruster)


def abandoned(scenario: Scenario, on: date) -> Scenario:
    """The scenario in which everybody is home half a year after a day; nothing is kept running or in orbit after that."""
    last = on + timedelta(days=TO_LEAVE_D)
    left = {
        name: one.model_copy(update={"uses": Uses(), **lost(one, last)})
        for name, one in scenario.elements.items()
    }
    no_more = KeepingNeed(starts=on, need=Datum(0.0))
    falling = tuple(
        one.model_copy(update={"needs": (no_more, *one.needs)}) for one in scenario.station_keeping
    )
    return scenario.model_copy(update={"elements": left, "station_keeping": falling})


def able_to_give_up(scenario: Scenario) -> Scenario:
    """The scenario in which a vehicle that waits and has no way home of its own may be left to itself.

    Without the partner that was to use it, it would wait beyond its time. Nobody is aboard, and it is gone.
    """
    ends = {place for mission in scenario.missions.values() for place in _left_waiting(scenario, mission)}
    ends |= {(there.vehicle, there.node) for there in scenario.initial.vehicles}
    stuck = sorted(
        ends - {place for mission in scenario.missions.values() for place in _goes_home(scenario, mission)}
    )
    if not stuck:
        return scenario
    routes = {f"{GIVEN_UP} at {node}": _away(node) for _, node in stuck}
    missions = {
        f"{vehicle} {GIVEN_UP} at {node}": Mission(
            legs=(Leg(by=vehicle, route=f"{GIVEN_UP} at {node}"),), expends=(vehicle,), uncrewed=True
        )
        for vehicle, node in stuck
    }
    return scenario.model_copy(
        update={
            "nodes": {**scenario.nodes, GIVEN_UP: Recovery(kind="recovery", body="space")},
            "routes": {**scenario.routes, **routes},
            "missions": {**scenario.missions, **missions},
        }
    )


def _away(node: str) -> Route:
    return Route.model_validate({"from": node, "to": GIVEN_UP, "duration": "1 d"})


def _left_waiting(scenario: Scenario, mission: Mission) -> Iterator[tuple[str, str]]:
    """(vehicle, node) of what waits when a mission is over."""
    last: dict[str, str] = {}
    for leg in mission.legs:
        for part in (*_flown_by(scenario, leg), *leg.carrying):
            last[part] = scenario.routes[leg.route].destination
    for part, node in last.items():
        if part not in mission.expends and not isinstance(scenario.nodes[node], Recovery):
            yield mission.units.get(part, part), node


def _goes_home(scenario: Scenario, mission: Mission) -> Iterator[tuple[str, str]]:
    """(vehicle, node) of a vehicle that a mission brings home all by itself."""
    first, last = mission.legs[0], mission.legs[-1]
    parts = {part for leg in mission.legs for part in (*_flown_by(scenario, leg), *leg.carrying)}
    lifted = len(_flown_by(scenario, first)) == 0
    if (
        len(parts) == 1
        and not lifted
        and isinstance(scenario.nodes[scenario.routes[last.route].destination], Recovery)
    ):
        part = next(iter(parts))
        yield mission.units.get(part, part), scenario.routes[first.route].origin


def _flown_by(scenario: Scenario, leg: Leg) -> tuple[str, ...]:
    """The part that flies a leg; none where a launcher does."""
    return () if leg.flyers[0] in scenario.launchers else leg.flyers[:1]
