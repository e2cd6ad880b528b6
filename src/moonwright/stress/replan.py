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
from moonwright.network.expand import expand
from moonwright.optimise.highs import Limits
from moonwright.scenario.contingency import Contingency
from moonwright.scenario.demand import Demand, FlyDemand
from moonwright.scenario.scenario import Scenario
from moonwright.simulate.run import Violation
from moonwright.stress.shock import struck
from moonwright.world.observe import observe

# met: every hard demand and contract is; short: the least of them is lost; idle: the work at the nodes stops, too;
# unsafe: no plan keeps everybody supplied and brings them home, or holds the orbit
Fate = Literal["met", "short", "idle", "unsafe", "unknown"]


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
    shortfall is then the least there is; where crews cannot do their work either, without it. A plan cannot change
    between periods: the past ends where the first period opens on the date or later. Raises StressError where none does.
    """
    began = time.perf_counter()
    day = opening(base.scenario, contingency.on)
    scenario = struck(base.scenario, contingency)
    for fate, asked in _rungs(scenario, day):
        left_s = limits.time_s - (time.perf_counter() - began)
        found = onward(asked, base.plan, day, replace(limits, time_s=max(1.0, left_s)))
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
    yield "idle", idle(softened(scenario), scenario.horizon.start + timedelta(days=day))


def opening(scenario: Scenario, on: date) -> int:
    """The first day of the first period that opens on a date or later."""
    world = observe(scenario)
    wanted = world.day_of(on)
    opens = [period.start_d for period in expand(world).periods if period.start_d >= max(1, wanted)]
    if not opens:
        raise StressError(f"no period opens on {on} or later; the last opens before that")
    return int(opens[0])


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
    """The scenario in which nobody need work from a day on: what activities ask of crew and stocks ends."""
    ended = {
        name: activity.model_copy(update={"until": on if activity.until is None else min(on, activity.until)})
        for name, activity in scenario.activities.items()
    }
    return scenario.model_copy(update={"activities": ended})
